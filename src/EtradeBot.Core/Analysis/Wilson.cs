namespace EtradeBot.Analysis;

/// <summary>Wilson's score interval of a share.</summary>
static class Wilson
{
    /// <param name="error">Probability that the interval misses the true share, both sides together; above 0 and below 1.</param>
    /// <returns>Within 0 and 1; all of it where nothing was counted.</returns>
    public static (double Low, double High) Interval(int hits, int count, double error)
    {
        if (count == 0) return (0, 1);
        var z = -NormalQuantile.At(error / 2);
        var square = z * z / count;
        var share = (double)hits / count;
        var centre = (share + square / 2) / (1 + square);
        var reach = z / (1 + square) * Math.Sqrt(share * (1 - share) / count + square / (4 * count));
        // Rounding must not leave a share of 0 or 1 outside its own interval.
        return (hits == 0 ? 0 : Math.Max(0, centre - reach), hits == count ? 1 : Math.Min(1, centre + reach));
    }
}
