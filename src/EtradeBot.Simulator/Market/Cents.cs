namespace EtradeBot.Simulator.Market;

/// <summary>The grid of prices, and the spread on it. A cent; below a dollar a hundredth of one (Regulation NMS, rule 612).</summary>
static class Cents
{
    /// <summary>The grid price next to a price.</summary>
    public static double Near(double price) => price >= 1 ? Math.Round(price, 2) : Math.Round(price, 4);

    /// <summary>Half of a spread as a fraction of the price: the thinner the trade, the wider.</summary>
    public static double HalfSpread(long sharesPerDay) =>
        Math.Clamp(0.0001 * Math.Sqrt(1e7 / Math.Max(sharesPerDay, 1)), 0.00002, 0.005);

    /// <summary>Dollars from a print to bid and ask, about: half of a spread of whole steps, one at least.</summary>
    public static double HalfSpread(double price, double fraction) => Steps(price, fraction) * Step(price) / 2;

    /// <summary>Bid and ask around a print. A spread of an odd number of steps lies a step more to one side, at random.</summary>
    public static (double Bid, double Ask) Around(double price, double fraction, ulong seed)
    {
        if (price <= 0) return (0, 0);
        var steps = Steps(price, fraction);
        var perDollar = price < 1 ? 10_000.0 : 100.0;
        var floor = Math.Floor(price * perDollar + 1e-6);
        var isOnGrid = price * perDollar - floor < 1e-5;
        var below = isOnGrid && (seed & 1) != 0 ? (steps + 1) / 2 : steps / 2;
        var bid = Math.Max(1, floor - below);
        return (bid / perDollar, (bid + steps) / perDollar);
    }

    static double Step(double price) => price < 1 ? 0.0001 : 0.01;

    static int Steps(double price, double fraction) => (int)Math.Clamp(Math.Round(2 * fraction * price / Step(price)), 1, 1_000_000);
}
