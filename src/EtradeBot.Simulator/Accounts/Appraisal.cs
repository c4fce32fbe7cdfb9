using EtradeBot.Brokers;
using EtradeBot.Simulator.Market;
using EtradeBot.Trading;

namespace EtradeBot.Simulator.Accounts;

/// <summary>What an order comes to at a quote.</summary>
/// <param name="Price">Dollars a share that it is reckoned with: the limit, the stop, or the side of the quote a market order would meet.</param>
/// <param name="StopLevel">Where a stop stands at first; null for orders without one.</param>
/// <param name="Base">Last price, from which a trailing stop measures.</param>
sealed record Appraisal(int Shares, decimal Price, decimal? StopLevel, decimal Base)
{
    /// <summary>A stop has to keep at least so many dollars from the quote.</summary>
    const decimal LeastDistance = 0.01m;

    /// <summary>Commission is nothing for stocks; sales pay the regulators.</summary>
    public static readonly CostModel Costs = new() { RegulatoryFees = true };

    /// <param name="held">Shares of the position that an order for all of it closes.</param>
    public static Outcome<Appraisal> Of(OrderRequest terms, MarketQuote quote, int held)
    {
        var last = Money(quote.Last > 0 ? quote.Last : quote.PreviousClose);
        var side = Money(terms.Action.IsBuy() ? quote.Ask : quote.Bid);
        if (side <= 0) side = last;
        var level = terms.Type.IsTrailing() ? TrailingLevel(terms, last) : terms.Stop;
        var price = terms.Limit ?? (level is null ? side : level.Value + Sign(terms) * (terms.StopLimit ?? 0));
        if (last <= 0 || side <= 0) return Refusals.NoPrice;
        if (price <= 0 || level <= 0) return Refusals.Malformed("The trailing stop follows by more than the price.");
        if (level is { } stop && StopOutOfRange(terms, quote, stop) is { } refusal) return refusal;
        var shares = terms.IsAllIOwn ? held : terms.IsDollars ? decimal.Floor(terms.Quantity / price) : terms.Quantity;
        if (terms.IsDollars && shares is < 1 or > int.MaxValue) return Refusals.Malformed("The amount does not buy a whole share.");
        return new Appraisal((int)shares, price, level, last);
    }

    /// <summary>Where a trailing stop stands when the best price so far is this.</summary>
    public static decimal TrailingLevel(OrderRequest terms, decimal best)
    {
        var distance = terms.Type == PriceType.TrailingStopPercent ? best * terms.Stop!.Value / 100 : terms.Stop!.Value;
        return decimal.Round(best + Sign(terms) * distance, 4);
    }

    /// <summary>Dollars to be paid, negative for what comes in, costs included.</summary>
    public decimal Total(OrderAction action, DateTimeOffset at)
    {
        var value = Price * Shares;
        return (action.IsBuy() ? value : -value) + Fees(action, Shares, value, at);
    }

    public static decimal Fees(OrderAction action, int shares, decimal value, DateTimeOffset at) =>
        Costs.Fees(action.IsBuy() ? Side.Buy : Side.Sell, shares, value, at);

    static Refusal? StopOutOfRange(OrderRequest terms, MarketQuote quote, decimal stop)
    {
        // A side that is missing cannot be compared with.
        if (terms.Action.IsBuy()) return quote.Ask > 0 && stop < Money(quote.Ask) + LeastDistance ? Refusals.BuyStopTooLow : null;
        return quote.Bid > 0 && stop > Money(quote.Bid) - LeastDistance ? Refusals.SellStopTooHigh : null;
    }

    static int Sign(OrderRequest terms) => terms.Action.IsBuy() ? 1 : -1;

    static decimal Money(double price) => decimal.Round((decimal)price, 4);
}
