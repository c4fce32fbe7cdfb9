using System.Globalization;

namespace EtradeBot.Learning.Judgement;

/// <summary>The model beside what it has to beat, on the same samples.</summary>
public sealed record Comparison(IReadOnlyList<ScoreRow> Rows, Verdict Verdict)
{
    /// <param name="samples">Test samples of all folds, in the order of time.</param>
    /// <param name="predictions">Probabilities by predictor, samples × classes; the model first, then its rivals.</param>
    /// <param name="horizon">Candles of a label.</param>
    public static Comparison Of(Sample[] samples, IReadOnlyList<KeyValuePair<string, float[]>> predictions, int horizon)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var draws = new BlockDraws(samples, horizon);
        var losses = predictions.Select(p => (p.Key, Losses: Losses.Of(p.Value, samples), Ranking: new Ranking(p.Value, samples))).ToArray();
        var rows = losses.Select(l => Row((l.Key, l.Losses, l.Ranking), samples, draws)).ToArray();
        var model = losses[0].Losses;
        foreach (var (name, rival, _) in losses[1..])
        {
            // Not the loss over three classes: whoever foresees only how wild the market is beats the baselines there and earns nothing.
            var gain = draws.Of(chosen => Mean(rival.Direction, chosen) - Mean(model.Direction, chosen));
            if (gain.Low <= 0) return new(rows, new(false, NoEdge(name, gain)));
        }
        return new(rows, new(true, string.Create(CultureInfo.InvariantCulture, $"edge found: on {samples.Length:N0} samples it never learned from, the model told up from down better than {Rivals()}, each beyond the 95 % interval. Whether that pays after costs is for a backtest to say.")));

        string Rivals() => string.Join(", ", predictions.Skip(1).Select(p => p.Key));
    }

    static string NoEdge(string rival, Score gain) => string.Create(CultureInfo.InvariantCulture,
        $"no edge found: in telling up from down the model gains {gain.Value:0.0000} nats a sample against {rival}, 95 % interval {gain.Low:0.0000} to {gain.High:0.0000}; only an interval above zero would be an edge.");

    static ScoreRow Row((string Name, Losses Losses, Ranking Ranking) of, Sample[] samples, BlockDraws draws) => new(
        of.Name,
        draws.Of(chosen => Mean(of.Losses.Direction, chosen)),
        draws.Of(chosen => Mean(of.Losses.LogLoss, chosen)),
        draws.Of(chosen => Mean(of.Losses.IsRight, chosen)),
        draws.Of(chosen => Balanced(of.Losses.IsRight, samples, chosen)),
        draws.Of(chosen => Mean(of.Losses.Brier, chosen)),
        draws.Of(of.Ranking.Auc),
        draws.Of(of.Ranking.RankIc));

    /// <summary>Of those that are numbers.</summary>
    static double Mean(double[] values, ReadOnlySpan<int> chosen)
    {
        var (sum, count) = (0.0, 0);
        foreach (var i in chosen)
        {
            if (double.IsNaN(values[i])) continue;
            sum += values[i];
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    /// <summary>Classes that did not come are left out.</summary>
    static double Balanced(double[] isRight, Sample[] samples, ReadOnlySpan<int> chosen)
    {
        Span<double> right = stackalloc double[NetworkShape.Classes], came = stackalloc double[NetworkShape.Classes];
        foreach (var i in chosen)
        {
            right[(int)samples[i].Label] += isRight[i];
            came[(int)samples[i].Label]++;
        }
        double sum = 0, classes = 0;
        for (var k = 0; k < came.Length; k++)
        {
            if (came[k] == 0) continue;
            sum += right[k] / came[k];
            classes++;
        }
        return sum / classes;
    }
}
