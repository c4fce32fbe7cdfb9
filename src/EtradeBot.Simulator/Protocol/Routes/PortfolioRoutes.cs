using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Market;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>A position with its price.</summary>
sealed record PricedPosition(HeldPosition Held, MarketQuote? Quote)
{
    public decimal Last { get; } = Quote is null ? Held.CostPerShare : Dollars(Quote.Last);

    public decimal PreviousClose { get; } = Quote is null ? Held.CostPerShare : Dollars(Quote.PreviousClose);

    public decimal Value => decimal.Round(Held.Shares * Last, 2);

    public decimal Gain => Value - decimal.Round(Held.Cost, 2);

    public decimal GainPercent => Percent(Gain, Math.Abs(Held.Cost));

    /// <summary>Of the shares bought today the rise since they were bought, of the others that since the close before.</summary>
    public decimal DayGain => decimal.Round((Held.Shares - Held.Today.Shares) * (Last - PreviousClose) + Held.Today.Shares * (Last - Held.Today.Price), 2);

    public decimal DayGainPercent => Percent(DayGain, Math.Abs(Value - DayGain));

    public static decimal Percent(decimal part, decimal whole) => whole == 0 ? 0 : decimal.Round(100 * part / whole, 4);

    static decimal Dollars(double price) => double.IsFinite(price) && Math.Abs(price) < 1e9 ? decimal.Round((decimal)price, 4) : 0;
}

/// <summary>What an account holds.</summary>
sealed class PortfolioRoutes(World world)
{
    const int UsualCount = 50;

    public Answer List(Visit visit)
    {
        var key = visit.Arguments[0];
        var found = world.Broker.Positions(key);
        if (found.Refusal is { } refusal) return Answer.Of(refusal);
        var (count, page) = (visit.Number("count") ?? UsualCount, visit.Number("pageNumber") ?? 1);
        if (count < 1 || page < 1) return Answer.Refused("count and pageNumber must be at least 1.");
        var all = Sorted([.. found.Value!.Select(held => Priced(held, visit.Now))], visit);
        var shown = all.Skip((int)Math.Min((page - 1L) * count, int.MaxValue)).Take(count).ToList();
        if (shown.Count == 0) return Answer.Empty;
        var answer = new Element();
        if (visit.Flag("totalsRequired")) answer.Add("Totals", Totals(all, world.Broker.Balance(key).Value!));
        answer.Add("AccountPortfolio", [Page(visit, all, shown, (count, page))]);
        return Answer.Of("PortfolioResponse", answer);
    }

    public Answer Lots(Visit visit)
    {
        var found = world.Broker.Positions(visit.Arguments[0]);
        if (found.Refusal is { } refusal) return Answer.Of(refusal);
        var held = found.Value!.FirstOrDefault(held => held.PositionId.ToString(CultureInfo.InvariantCulture) == visit.Arguments[1]);
        if (held is null) return Answer.Refused("There is no such position.", 404);
        var priced = Priced(held, visit.Now);
        return Answer.Of("PositionLotsResponse", new Element { { "PositionLot", held.Lots.Select(lot => PositionViews.Lot(priced, lot)) } });
    }

    PricedPosition Priced(HeldPosition held, DateTimeOffset now) =>
        new(held, Symbol.TryParse(held.Ticker, out var symbol) && world.Market.Lists(symbol) ? world.Market.ShownAt(symbol, now) : null);

    static List<PricedPosition> Sorted(List<PricedPosition> positions, Visit visit)
    {
        if (visit.Query("sortBy") is not { } by) return positions;
        IEnumerable<PricedPosition> sorted = by.ToUpperInvariant() switch
        {
            "SYMBOL" => positions.OrderBy(position => position.Held.Ticker, StringComparer.Ordinal),
            "MARKET_VALUE" => positions.OrderBy(position => position.Value),
            "QUANTITY" => positions.OrderBy(position => position.Held.Shares),
            "TOTAL_GAIN" => positions.OrderBy(position => position.Gain),
            "TOTAL_GAIN_PCT" => positions.OrderBy(position => position.GainPercent),
            "DAYS_GAIN" => positions.OrderBy(position => position.DayGain),
            "PRICE_PAID" => positions.OrderBy(position => position.Held.CostPerShare),
            // The service sorts by thirty columns; the others keep their order here.
            _ => positions,
        };
        return visit.Word("sortOrder", "ASC", "DESC") == "ASC" ? [.. sorted] : [.. sorted.Reverse()];
    }

    Element Page(Visit visit, List<PricedPosition> all, List<PricedPosition> shown, (int Count, int Number) page)
    {
        var key = visit.Arguments[0];
        var pages = (all.Count + page.Count - 1) / page.Count;
        var answer = new Element { { "accountId", world.Broker.Accounts.First(account => account.Key == key).Number } };
        if (page.Number < pages) answer.Add("next", visit.Link($"accounts/{key}/portfolio", string.Create(CultureInfo.InvariantCulture, $"pageNumber={page.Number + 1}")));
        answer.Add("totalPages", pages);
        if (page.Number < pages) answer.Add("nextPageNo", Wire.Number(page.Number + 1L));
        var total = all.Sum(position => Math.Abs(position.Value));
        answer.Add("Position", shown.Select(position => Position(visit, position, PricedPosition.Percent(position.Value, total))));
        return answer;
    }

    static Element Totals(List<PricedPosition> all, BalanceSheet sheet)
    {
        var (paid, value, gain, day) = (all.Sum(p => p.Held.Cost), all.Sum(p => p.Value), all.Sum(p => p.Gain), all.Sum(p => p.DayGain));
        return new Element
        {
            { "todaysGainLoss", day },
            { "todaysGainLossPct", PricedPosition.Percent(day, Math.Abs(value - day)) },
            { "totalMarketValue", value },
            { "totalGainLoss", gain },
            { "totalGainLossPct", PricedPosition.Percent(gain, Math.Abs(paid)) },
            { "totalPricePaid", decimal.Round(paid, 2) },
            { "cashBalance", decimal.Round(sheet.Cash, 2) },
        };
    }

    static Element Position(Visit visit, PricedPosition position, decimal share)
    {
        var held = position.Held;
        var answer = new Element
        {
            { "positionId", held.PositionId },
            { "symbolDescription", held.Ticker },
            { "dateAcquired", Wire.Milliseconds(held.AcquiredAt) },
            { "pricePaid", held.CostPerShare },
            { "commissions", 0 },
            { "otherFees", 0 },
            { "quantity", held.Shares },
            { "positionIndicator", held.Shares < 0 ? "TYPE5" : "TYPE2" },
            { "positionType", held.Shares < 0 ? "SHORT" : "LONG" },
            { "daysGain", position.DayGain },
            { "daysGainPct", position.DayGainPercent },
            { "marketValue", position.Value },
            { "totalCost", decimal.Round(held.Cost, 2) },
            { "totalGain", position.Gain },
            { "totalGainPct", position.GainPercent },
            { "pctOfPortfolio", share },
            { "costPerShare", held.CostPerShare },
            { "todayCommissions", 0 },
            { "todayFees", 0 },
            { "todayPricePaid", Scalar.Whole(held.Today.Price) },
            { "todayQuantity", held.Today.Shares },
            { "adjPrevClose", position.PreviousClose },
            { "lotsDetails", visit.Link($"accounts/{visit.Arguments[0]}/portfolio/{Wire.Number(held.PositionId)}") },
            { "quoteDetails", visit.Link($"market/quote/{Uri.EscapeDataString(held.Ticker)}") },
            { "Product", new Element { { "symbol", held.Ticker }, { "securityType", "EQ" }, { "expiryYear", 0 }, { "expiryMonth", 0 }, { "expiryDay", 0 }, { "strikePrice", 0 } } },
        };
        if (visit.Flag("lotsRequired")) answer.Add("positionLot", held.Lots.Select(lot => PositionViews.Lot(position, lot)));
        var view = visit.Word("view", "QUICK", "PERFORMANCE", "FUNDAMENTAL", "OPTIONSWATCH", "COMPLETE") ?? "QUICK";
        var (name, block) = PositionViews.Of(view, position);
        answer.Add(name, block);
        return answer;
    }
}
