namespace EtradeBot.Bench;

/// <summary>One line of the table.</summary>
/// <param name="Target">In <paramref name="Unit"/>; null: a part of the row above, without a target of its own.</param>
/// <param name="Peers">What others needed for the same, in words.</param>
/// <param name="Measure">The figures of all runs, in <paramref name="Unit"/>.</param>
sealed record BenchRow(string Work, string Unit, double? Target, string Peers, Func<Figures> Measure);

/// <summary>The figures of several runs.</summary>
/// <param name="Note">Why there are none, or what else is to be known.</param>
sealed record Figures(double[] Runs, string Note = "")
{
    public double Min => Runs.Min();

    public double Max => Runs.Max();

    public double Median => Runs.Order().ElementAt(Runs.Length / 2);
}
