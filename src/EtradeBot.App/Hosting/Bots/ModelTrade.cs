using EtradeBot.Brokers;
using EtradeBot.Engine;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>What the backtest's fill model makes of one entry and its exit, on the candles that came: beside it stands what the broker made of it.</summary>
/// <remarks>Without costs and slippage, so that the difference is what they were in truth.</remarks>
sealed class ModelTrade
{
    readonly Account _account = new(1_000_000_000);
    readonly PaperBroker _broker;

    /// <param name="candles">Up to the decision.</param>
    public ModelTrade(Decision decision, Order entry, CandleSeries candles)
    {
        Decision = decision;
        _broker = PaperBroker.ForComing(candles, _account, new FillRules(), new CostModel());
        _broker.Submit(entry with { IsAllCash = false });
    }

    public Decision Decision { get; }

    /// <summary>Dollars; null: it has not filled.</summary>
    public decimal? Entry => _account.Fills is [var first, ..] ? first.Price : null;

    /// <summary>Dollars; null while it is open.</summary>
    public decimal? Exit => _account.RoundTrips is [var first, ..] ? first.ExitPrice : null;

    public string ExitReason => _account.RoundTrips is [var first, ..] ? first.ExitReason : "";

    /// <summary>The next candle of its symbol, and what was decided at its close.</summary>
    public void Go(CandleSeries candles, Decision decision)
    {
        if (Exit is not null) return;
        _broker.OnCandle(candles);
        var held = _account.Fills.Sum(fill => fill.Side == Side.Buy ? fill.Shares : -fill.Shares);
        if (held != 0 && !_broker.HasExit && decision.Orders.FirstOrDefault(order => order.IsExit) is { } exit) _broker.Submit(exit with { Shares = Math.Abs(held) });
        else if (held == 0) _broker.CancelEntry("the broker's entry lives a candle", decision.Candle.OpenTime);
    }
}
