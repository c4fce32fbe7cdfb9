using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>The trades' results sorted into equal steps, for a histogram.</summary>
/// <param name="First">Number of the first step: it begins at <c>First * Width</c>.</param>
readonly record struct ResultSteps(int First, double Width, int[] Counts)
{
    const int MostSteps = 40;

    static readonly double[] Widths = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000];

    /// <summary>Results in R where there were stops, else in percent of the money in the trade; ascending.</summary>
    public static (double[] Values, string Unit) ValuesOf(IReadOnlyList<RoundTrip> trips)
    {
        var r = trips.Where(trip => trip.R is { } value && double.IsFinite(value)).Select(trip => trip.R!.Value).ToArray();
        double[] values = r.Length > 0 ? r : [.. trips.Select(TripPercent)];
        Array.Sort(values);
        return (values, r.Length > 0 ? "R" : "%");
    }

    /// <summary>Profit in percent of the entry's value.</summary>
    public static double TripPercent(RoundTrip trip)
    {
        var value = (double)trip.EntryPrice * trip.Shares;
        return value == 0 ? 0 : (double)trip.ProfitAndLoss / value * 100;
    }

    /// <param name="values">Ascending, at least one.</param>
    public static ResultSteps Of(double[] values)
    {
        // The rarest results share the outer steps, or one of them would squeeze all the others into a single one.
        var low = Math.Min(values[(int)(values.Length * 0.005)], 0);
        var high = Math.Max(values[(int)((values.Length - 1) * 0.995)], 0);
        var width = Widths.FirstOrDefault(candidate => (high - low) / candidate <= MostSteps - 2, (high - low) / MostSteps);
        var first = (int)Math.Floor(low / width);
        var counts = new int[(int)Math.Floor(high / width) - first + 1];
        foreach (var value in values) counts[Math.Clamp((int)Math.Floor(value / width) - first, 0, counts.Length - 1)]++;
        return new(first, width, counts);
    }
}
