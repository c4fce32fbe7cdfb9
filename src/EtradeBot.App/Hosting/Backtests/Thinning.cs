namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Chooses the points of a long curve that a screen needs: highs, lows and depths are never lost.</summary>
static class Thinning
{
    /// <summary>From each stretch the highest and lowest value, the deepest drawdown and the last point.</summary>
    const int EachStretch = 4;

    /// <param name="drawdown">Zero or negative, as long as <paramref name="values"/>.</param>
    /// <returns>Ascending indexes, at most <paramref name="most"/>.</returns>
    public static int[] Points(double[] values, double[] drawdown, int most)
    {
        if (values.Length <= most) return [.. Enumerable.Range(0, values.Length)];
        var stretches = (most - 1) / EachStretch;
        var chosen = new List<int>(most) { 0 };
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var from = (int)((long)values.Length * stretch / stretches);
            var until = (int)((long)values.Length * (stretch + 1) / stretches);
            var (low, high, deep) = (from, from, from);
            for (var i = from; i < until; i++)
            {
                if (values[i] < values[low]) low = i;
                if (values[i] > values[high]) high = i;
                if (drawdown[i] < drawdown[deep]) deep = i;
            }
            chosen.AddRange(new[] { low, high, deep, until - 1 }.Distinct().Where(i => i > 0).Order());
        }
        return [.. chosen];
    }
}
