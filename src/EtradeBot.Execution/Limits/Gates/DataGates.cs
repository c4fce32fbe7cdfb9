using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>Is the price that the entry rests upon to be believed?</summary>
static class DataGates
{
    /// <summary>The limit of a stop order belongs close to the stop, as a fraction of it.</summary>
    const decimal NearStop = 0.05m;

    public static void Judge(SendRequest request, GateSheet sheet)
    {
        var (order, market, limits) = (request.Order, request.Market, request.Limits);
        sheet.Stage = GateStage.Data;
        var quote = market.Quote?.Symbol == order.Symbol ? market.Quote : null;
        sheet.Entry("quote", quote is not null, quote is not null ? "there is a quote" : $"there is no quote of {order.Symbol}");
        var isLive = quote is { IsAdjusted: false } && (quote.Status == QuoteStatus.RealTime || (quote.Status == QuoteStatus.ExtendedRealTime && order.IsExtendedSession));
        sheet.Entry("quote-live", isLive, isLive ? "the quote is of this moment" : $"the quote is {StatusWords(quote)}");
        sheet.Entry("quote-age", new Measure(Age(quote, request), StateGates.Seconds(limits.QuoteAge)!.Value, "seconds", "the quote is old"));
        var (bid, ask) = (QuotePrices.Of(quote?.Bid), QuotePrices.Of(quote?.Ask));
        // Locked counts as crossed: both sides at one price is a quote in the making.
        sheet.Entry("quote-uncrossed", bid < ask, bid is null || ask is null ? "bid or ask is missing" : FormattableString.Invariant($"bid {bid}, ask {ask}"));
        var middle = QuotePrices.Middle(quote);
        sheet.Entry("spread", new Measure(middle is { } half ? decimal.Round((ask!.Value - bid!.Value) / half, 9) : null, limits.Spread, "fraction", "the spread is wide"));
        sheet.Entry("halt", !market.IsHalted, market.IsHalted ? $"{order.Symbol} is halted" : $"{order.Symbol} is not known to be halted");
        if (QuotePrices.Of(market.LastGoodPrice) is { } before)
            sheet.Entry("quote-jump", new Measure(QuotePrices.Apart(middle, before), limits.QuoteJump, "fraction", "the quote has jumped from the good one before it"));
        else
            sheet.Skip("quote-jump", "there is no good quote before this one");
        Collar(order, middle, limits, sheet);
    }

    static void Collar(AskedOrder order, decimal? middle, TradingLimits limits, GateSheet sheet)
    {
        var prices = new[] { order.Limit, order.Stop }.Where(price => price is not null).ToList();
        if (prices.Count == 0)
        {
            sheet.Skip("price-collar", "the order has no price of its own");
            return;
        }
        var apart = new Measure(middle is null ? null : prices.Max(price => QuotePrices.Apart(price, middle)), limits.PriceCollar, "fraction", "the order's price lies off the market");
        // Far away a resting order does no harm but to wait; the bot has no business there, a person may have.
        if (order.IsByPerson && middle is { } market && Rests(order, market)) sheet.Entry("resting-price", apart);
        else sheet.Entry("price-collar", apart);
    }

    /// <summary>It waits for the market to come to it: a limit on the near side, or a stop that has not been reached and whose limit lies by it.</summary>
    static bool Rests(AskedOrder order, decimal market) => order switch
    {
        { Stop: { } stop, Limit: { } limit } => IsBeyond(order, stop, market) && QuotePrices.Apart(limit, stop) is <= NearStop,
        { Stop: { } stop } => IsBeyond(order, stop, market),
        { Limit: { } limit } => order.IsBuy ? limit < market : limit > market,
        _ => false,
    };

    static bool IsBeyond(AskedOrder order, decimal stop, decimal market) => order.IsBuy ? stop > market : stop < market;

    /// <summary>By the broker's time and by ours, whichever is older: a frozen quote arrives fresh. A quote of the future has no age.</summary>
    static decimal? Age(Quote? quote, SendRequest request)
    {
        if (quote is null) return null;
        var oldest = quote.At < quote.ReceivedAt ? quote.At : quote.ReceivedAt;
        var newest = quote.At < quote.ReceivedAt ? quote.ReceivedAt : quote.At;
        return newest - request.Now > request.Limits.ClockSkew ? null : StateGates.Seconds(request.Now - oldest);
    }

    static string StatusWords(Quote? quote) => quote switch
    {
        null => "missing",
        { IsAdjusted: true } => "adjusted for a corporate action",
        { Status: QuoteStatus.Delayed } => "delayed by some 15 minutes",
        _ => $"of the kind {quote.Status}",
    };
}
