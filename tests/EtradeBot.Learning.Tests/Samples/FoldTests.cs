using EtradeBot.Market;

namespace EtradeBot.Learning.Samples;

public sealed class FoldTests
{
    const int Horizon = 5;

    static readonly CandleSeries[] Series = [.. DemoMarket.Symbols.Take(2).Select(s => new DemoMarket(1).Generate(s.Symbol, Timeframe.D1, new(2020, 1, 2), new(2023, 12, 29)))];
    static readonly SampleSet Set = SampleBuilder.Build(Series, new(10, Horizon, 0.001));

    [Fact]
    public void No_label_is_known_later_than_the_next_part_begins()
    {
        foreach (var fold in (Fold[])[.. Fold.Walk(Set.Samples, 4), Fold.Final(Set.Samples)])
        {
            Assert.True(fold.Train.Max(s => s.KnownAt) <= fold.Validation.Min(s => s.DecidedAt));
            if (fold.Test.Length > 0) Assert.True(fold.Validation.Max(s => s.KnownAt) <= fold.Test.Min(s => s.DecidedAt));
        }
    }

    [Fact]
    public void Every_moment_of_the_second_half_is_tested_once()
    {
        var folds = Fold.Walk(Set.Samples, 4);
        var tested = folds.SelectMany(f => f.Test).ToArray();
        Assert.Equal(Set.Samples[^tested.Length..], tested);
        Assert.InRange(tested.Length, Set.Samples.Length * 0.49, Set.Samples.Length * 0.51);
        Assert.All(folds.Zip(folds.Skip(1)), pair => Assert.True(pair.First.Train.Length < pair.Second.Train.Length));
    }

    [Fact]
    public void A_label_is_what_the_close_did_after_the_horizon()
    {
        var sample = Set.Samples.First(s => s.Symbol == 1);
        var at = sample.Row - Series[0].Count;
        var change = (Series[1].Close[at + Horizon] / Series[1].Close[at]) - 1;
        Assert.Equal((float)change, sample.Return);
        Assert.Equal(MarketCalendar.Nyse.CloseTime(Series[1].OpenTime(at), Timeframe.D1).UtcTicks, sample.DecidedAt);
        Assert.Equal(MarketCalendar.Nyse.CloseTime(Series[1].OpenTime(at + Horizon), Timeframe.D1).UtcTicks, sample.KnownAt);
        Assert.Equal(Outcome.Flat, new SampleOptions(1, 1, 0.01).Label(0.01));
        Assert.Equal(Outcome.Down, new SampleOptions(1, 1, 0.01).Label(-0.011));
    }

    [Fact]
    public void A_scaled_training_part_has_mean_0_and_deviation_1_whatever_came_later()
    {
        var fold = Fold.Walk(Set.Samples, 2)[0];
        var scaler = Scaler.Fit(Set.With(fold.Train));
        var scaled = scaler.Apply(Set.Rows);
        var column = fold.Train.Select(s => (double)scaled[s.Row * Set.Features.Count]).ToArray();
        Assert.Equal(0, column.Average(), 0.02);
        Assert.Equal(1, Math.Sqrt(column.Average(x => x * x)), 0.02);
        float[] later = [.. Set.Rows];
        Array.Fill(later, 1000, (fold.Test[^1].Row - 1) * Set.Features.Count, Set.Features.Count);
        Assert.Equal(scaler.Means, Scaler.Fit(Set.With(later).With(fold.Train)).Means);
    }

    [Fact]
    public void Two_timeframes_in_one_model_are_refused_by_the_file()
    {
        var minutes = new DemoMarket(1).Generate(DemoMarket.Symbols[1].Symbol, Timeframe.M5, new(2024, 1, 2), new(2024, 1, 31));
        var refusal = Assert.Throws<CandleDataException>(() => SampleBuilder.Build([Series[0], minutes.With(minutes.Symbol, new("minutes.csv"))], new(10, 1, 0)));
        Assert.StartsWith("minutes.csv holds 5m candles", refusal.Message, StringComparison.Ordinal);
    }
}
