using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>The round trips. Dollars are after costs; a round trip that made exactly nothing is neither a win nor a loss.</summary>
public sealed record TradeMetrics
{
    public required int Count { get; init; }

    public required int Wins { get; init; }

    public required int Losses { get; init; }

    public double WinRate => Metrics.Ratio(Wins, Count);

    /// <summary>Sum of the wins.</summary>
    public required decimal GrossProfit { get; init; }

    /// <summary>Sum of the losses, zero or negative.</summary>
    public required decimal GrossLoss { get; init; }

    public decimal NetProfit => GrossProfit + GrossLoss;

    /// <summary>Wins over losses in dollars; NaN without a loss.</summary>
    public double ProfitFactor => Metrics.Ratio((double)GrossProfit, -(double)GrossLoss);

    /// <summary>Mean dollars a round trip.</summary>
    public double Expectancy => Metrics.Ratio((double)NetProfit, Count);

    /// <summary>Mean R of the round trips that had a stop.</summary>
    public required double ExpectancyR { get; init; }

    /// <summary>System quality number in dollars.</summary>
    public required double Sqn { get; init; }

    /// <summary>System quality number in R, as Van Tharp defined it, over the round trips that had a stop.</summary>
    public required double SqnR { get; init; }

    public double AverageWin => Metrics.Ratio((double)GrossProfit, Wins);

    /// <summary>Negative.</summary>
    public double AverageLoss => Metrics.Ratio((double)GrossLoss, Losses);

    /// <summary>Average win over average loss.</summary>
    public double PayoffRatio => Metrics.Ratio(AverageWin, -AverageLoss);

    /// <summary>Null without a win.</summary>
    public required decimal? LargestWin { get; init; }

    /// <summary>Negative; null without a loss.</summary>
    public required decimal? LargestLoss { get; init; }

    public required int LongestWinningStreak { get; init; }

    public required int LongestLosingStreak { get; init; }

    public required double AverageCandlesHeld { get; init; }

    /// <summary>Round trips by R, in bins of half an R; empty where no round trip had a stop.</summary>
    public required IReadOnlyList<HistogramBin> RDistribution { get; init; }

    internal static TradeMetrics From(IReadOnlyList<RoundTrip> roundTrips)
    {
        var tally = new TradeTally();
        for (var i = 0; i < roundTrips.Count; i++) tally.Add(roundTrips[i]);
        return new TradeMetrics
        {
            Count = roundTrips.Count,
            Wins = tally.Wins,
            Losses = tally.Losses,
            GrossProfit = tally.GrossProfit,
            GrossLoss = tally.GrossLoss,
            ExpectancyR = tally.Multiples.Mean,
            Sqn = Quality(tally.Dollars),
            SqnR = Quality(tally.Multiples),
            LargestWin = tally.LargestWin > 0 ? tally.LargestWin : null,
            LargestLoss = tally.LargestLoss < 0 ? tally.LargestLoss : null,
            LongestWinningStreak = tally.LongestWinningStreak,
            LongestLosingStreak = tally.LongestLosingStreak,
            AverageCandlesHeld = Metrics.Ratio(tally.CandlesHeld, roundTrips.Count),
            RDistribution = HistogramBin.Of(roundTrips),
        };
    }

    static double Quality(in Spread spread) => Metrics.Ratio(Math.Sqrt(spread.Count) * spread.Mean, spread.StandardDeviation);
}

/// <summary>Round trips with an R from <paramref name="From"/> up to, not including, <paramref name="To"/>.</summary>
public readonly record struct HistogramBin(double From, double To, int Count)
{
    const double Width = 0.5;

    /// <summary>Bins beyond these are one, so that a stray trade does not flatten the picture.</summary>
    const int First = -10, Last = 20;

    internal static IReadOnlyList<HistogramBin> Of(IReadOnlyList<RoundTrip> roundTrips)
    {
        var counts = new int[Last - First + 1];
        double least = First * Width, most = (Last + 1) * Width;
        for (var i = 0; i < roundTrips.Count; i++)
        {
            if (roundTrips[i].R is not { } r || !double.IsFinite(r)) continue;
            counts[(int)Math.Clamp(Math.Floor(r / Width), First, Last) - First]++;
            least = Math.Min(least, Math.Floor(r));
            most = Math.Max(most, Math.Floor(r) + 1);
        }
        var from = Array.FindIndex(counts, count => count > 0);
        var to = Array.FindLastIndex(counts, count => count > 0);
        if (from < 0) return [];
        var bins = new HistogramBin[to - from + 1];
        for (var i = from; i <= to; i++)
            bins[i - from] = new HistogramBin(i == 0 ? least : (i + First) * Width, i == Last - First ? most : (i + First + 1) * Width, counts[i]);
        return bins;
    }
}
