using EtradeBot.Backtests;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>A live run with paper brokers that is fed a history candle by candle, and compared with the backtest of that history.</summary>
sealed class PaperRun
{
    readonly CandleSeries[] _all;
    readonly List<(long Ticks, double Equity, double Exposure)> _curve = [];
    int[] _next;

    public PaperRun(BacktestSettings settings, Func<Strategy> strategy, params CandleSeries[] candles)
    {
        _all = candles;
        _next = [.. candles.Select(series => settings.From is { } from ? series.IndexAtOrAfter(from) : 0)];
        Account = new Account(settings.Cash);
        Brokers = new PaperBroker[candles.Length];
        var setups = new LaneSetup[candles.Length];
        for (var i = 0; i < setups.Length; i++)
        {
            // Columns of its own: what has not come yet is nowhere in memory.
            var past = Enumerable.Range(0, _next[i]).Select(k => candles[i][k]);
            var history = CandleSeries.From(candles[i].Symbol, candles[i].Timeframe, candles[i].Origin, past);
            Brokers[i] = PaperBroker.ForComing(history, Account, settings.Fills, settings.Costs);
            setups[i] = new LaneSetup { History = history, Strategy = strategy(), Broker = Brokers[i] };
        }
        var sizing = settings.Sizing ?? setups[0].Strategy.PreferredSizing ?? new Sizing(SizingKind.Risk, 0.01);
        Run = new LiveRun(Account, new RiskManager(settings.Limits, sizing), setups);
    }

    public Account Account { get; }

    public PaperBroker[] Brokers { get; }

    public LiveRun Run { get; }

    public List<Decision> Decisions { get; } = [];

    public IReadOnlyList<OrderReport> Working => [.. Brokers.SelectMany(broker => broker.StillWorking)];

    /// <summary>The candles of the next instant; false after the last.</summary>
    public bool Step()
    {
        var instant = Enumerable.Range(0, _all.Length).Where(i => _next[i] < _all[i].Count).Select(i => _all[i].OpenTicks[_next[i]]).DefaultIfEmpty(long.MaxValue).Min();
        if (instant == long.MaxValue) return false;
        var closed = new List<ClosedCandle>();
        for (var i = 0; i < _all.Length; i++)
            if (_next[i] < _all[i].Count && _all[i].OpenTicks[_next[i]] == instant) closed.Add(new ClosedCandle(_all[i].Symbol, _all[i][_next[i]++]));
        var step = Run.OnCandles(closed);
        _curve.Add((step.OpenTime.UtcTicks, step.Equity, step.Exposure));
        Decisions.AddRange(step.Decisions);
        return true;
    }

    public PaperRun ToTheEnd()
    {
        while (Step())
        {
        }
        return this;
    }

    public void AssertTraded(BacktestResult backtest)
    {
        Assert.Equal(backtest.Fills, Account.Fills);
        Assert.Equal(backtest.RoundTrips, Account.RoundTrips);
        Assert.Equal(backtest.Denials, Run.Lanes.SelectMany(lane => lane.Denials).OrderBy(denial => denial.At));
        Assert.Equal(backtest.Orders.OrderBy(report => report.Order.Id), Brokers.SelectMany(broker => broker.AllReports()).OrderBy(report => report.Order.Id));
        Assert.Equal(backtest.Curve.OpenTicks.ToArray(), _curve.Select(point => point.Ticks));
        Assert.Equal(backtest.Curve.Equity, _curve.Select(point => point.Equity));
        Assert.Equal(backtest.Curve.Exposure, _curve.Select(point => point.Exposure));
        Assert.Equal(backtest.AmbiguousAt.Select(at => at.OpenTime), Brokers.SelectMany(broker => broker.AmbiguousAt));
        Assert.Equal((backtest.GapFills, backtest.GapCost), (Brokers.Sum(broker => broker.GapFills), Brokers.Sum(broker => broker.GapCost)));
        Assert.Equal(backtest.OpenPositions.Select(open => (open.Symbol, open.Shares)), Account.Holdings.Where(held => !held.IsFlat).Select(held => (held.Symbol, held.Shares)));
    }
}
