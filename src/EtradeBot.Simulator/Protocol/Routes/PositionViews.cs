using System.Globalization;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>The part of a position that depends on the view asked for.</summary>
static class PositionViews
{
    public static (string Name, Element Block) Of(string view, PricedPosition position) => view switch
    {
        "PERFORMANCE" => ("Performance", Performance(position)),
        "FUNDAMENTAL" => ("Fundamental", Fundamental(position)),
        "OPTIONSWATCH" => ("OptionsWatch", OptionsWatch(position)),
        "COMPLETE" => ("Complete", Complete(position)),
        _ => ("Quick", Quick(position)),
    };

    public static Element Lot(PricedPosition position, HeldLot lot)
    {
        var (value, cost) = (lot.Shares * position.Last, lot.Shares * lot.Price);
        var day = lot.Shares * (position.Last - position.PreviousClose);
        return new Element
        {
            { "positionId", position.Held.PositionId },
            { "positionLotId", lot.LotId },
            { "price", lot.Price },
            { "termCode", 0 },
            { "daysGain", decimal.Round(day, 2) },
            { "daysGainPct", PricedPosition.Percent(day, Math.Abs(value - day)) },
            { "marketValue", decimal.Round(value, 2) },
            { "totalCost", decimal.Round(cost, 2) },
            { "totalCostForGainPct", decimal.Round(cost, 2) },
            { "totalGain", decimal.Round(value - cost, 2) },
            { "lotSourceCode", 0 },
            { "originalQty", (decimal)lot.Shares },
            { "remainingQty", (decimal)lot.Shares },
            { "availableQty", (decimal)lot.Shares },
            { "orderNo", 0 },
            { "legNo", 0 },
            { "acquiredDate", Wire.Milliseconds(lot.AcquiredAt) },
            { "locationCode", 0 },
            { "exchangeRate", 1m },
            { "settlementCurrency", "USD" },
            { "paymentCurrency", "USD" },
            { "adjPrice", lot.Price },
            { "commPerShare", 0m },
            { "feesPerShare", 0m },
            { "shortType", 0 },
        };
    }

    static Element Quick(PricedPosition position)
    {
        var quick = Price(position);
        quick.Add("volume", position.Quote?.TotalVolume ?? 0);
        quick.Add("quoteStatus", Status(position));
        return quick;
    }

    static Element Performance(PricedPosition position)
    {
        var view = Price(position);
        view.Add("daysGain", position.DayGain);
        view.Add("totalGain", position.Gain);
        view.Add("totalGainPct", position.GainPercent);
        view.Add("marketValue", position.Value);
        view.Add("quoteStatus", Status(position));
        return view;
    }

    static Element Fundamental(PricedPosition position)
    {
        var facts = Company.Of(position.Held.Ticker);
        var view = Price(position);
        view.Add("peRatio", facts.PriceEarnings((double)position.Last));
        view.Add("eps", facts.Earnings);
        view.Add("dividend", facts.Dividend);
        view.Add("divYield", facts.YieldAt((double)position.Last));
        view.Add("marketCap", facts.MarketCap((double)position.Last));
        view.Add("week52Range", Range(position));
        view.Add("quoteStatus", Status(position));
        return view;
    }

    static Element OptionsWatch(PricedPosition position) => new()
    {
        { "baseSymbolAndPrice", string.Create(CultureInfo.InvariantCulture, $"{position.Held.Ticker} {position.Last:0.00}") },
        { "premium", 0m },
        { "lastTrade", position.Last },
        { "lastTradeTime", TradeTime(position) },
        { "bid", position.Quote?.Bid ?? 0 },
        { "ask", position.Quote?.Ask ?? 0 },
        { "quoteStatus", Status(position) },
    };

    static Element Complete(PricedPosition position)
    {
        var quote = position.Quote;
        var view = Price(position);
        view.Add("priceAdjustedFlag", quote?.IsAdjusted ?? false);
        view.Add("price", position.Last);
        view.Add("prevClose", position.PreviousClose);
        view.Add("adjPrevClose", position.PreviousClose);
        view.Add("volume", quote?.TotalVolume ?? 0);
        view.Add("symbolDescription", quote?.Description ?? position.Held.Ticker);
        view.Add("prevDayVolume", quote?.PreviousDayVolume ?? 0);
        view.Add("week52Range", Range(position));
        view.Add("marketCap", Company.Of(position.Held.Ticker).MarketCap((double)position.Last));
        view.Add("daysRange", string.Create(CultureInfo.InvariantCulture, $"{quote?.Low ?? 0:0.00##} - {quote?.High ?? 0:0.00##}"));
        view.Add("currency", "USD");
        view.Add("exchange", quote?.Exchange ?? "");
        view.Add("marginable", true);
        view.Add("bid", quote?.Bid ?? 0);
        view.Add("ask", quote?.Ask ?? 0);
        view.Add("bidSize", quote?.BidSize ?? 0);
        view.Add("askSize", quote?.AskSize ?? 0);
        view.Add("open", quote?.Open ?? 0);
        view.Add("eps", Company.Of(position.Held.Ticker).Earnings);
        view.Add("quoteStatus", Status(position));
        return view;
    }

    static Element Price(PricedPosition position) => new()
    {
        { "lastTrade", position.Last },
        { "lastTradeTime", TradeTime(position) },
        { "change", position.Last - position.PreviousClose },
        { "changePct", PricedPosition.Percent(position.Last - position.PreviousClose, position.PreviousClose) },
    };

    static long TradeTime(PricedPosition position) => position.Quote is { } quote ? Wire.Seconds(quote.LastTradeAt) : 0;

    static string Status(PricedPosition position) => position.Quote is { } quote ? QuoteBlocks.Status(quote) : "CLOSING";

    static string Range(PricedPosition position)
    {
        if (position.Quote is not { } quote) return "";
        var (low, high) = Company.Of(position.Held.Ticker).YearRange(quote);
        return string.Create(CultureInfo.InvariantCulture, $"{low:0.00} - {high:0.00}");
    }
}
