using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Makes up a company for a ticker: the same one for the same seed.</summary>
static class InventedCompany
{
    /// <summary>Dollars between which every daily close from 2015 on is kept, where its ups and downs leave room for that. A little inside 15 to 600, for the minutes of the day.</summary>
    const double Lowest = 16, Highest = 560;

    static readonly DateOnly From = new(2015, 1, 1);

    public static DemoSymbol Of(Symbol symbol, DemoMarket market)
    {
        var random = new SeededRandom(SeededRandom.Derive(SeededRandom.Derive((uint)market.Seed, symbol.Ticker), "character"));
        var company = DemoSymbol.Invented(symbol, random);
        double low = double.MaxValue, high = double.MinValue;
        foreach (var day in market.Days(company, From, DateOnly.MaxValue)) (low, high) = (Math.Min(low, day.LogClose), Math.Max(high, day.LogClose));
        // Prices wander freely over the years; only how high all of them lie is drawn.
        var room = Math.Log(Highest / Lowest) - (high - low);
        return company.Times(Math.Exp(Math.Log(Lowest) - low + room * (room > 0 ? random.NextDouble() : 0.5)));
    }
}
