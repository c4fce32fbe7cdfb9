namespace EtradeBot.Learning.Judgement;

/// <summary>What each prediction cost or earned, so that two predictors can be compared sample by sample.</summary>
/// <param name="LogLoss">-ln of the probability given to what came.</param>
/// <param name="Brier">Sum over the classes of the squared distance between probability and what came, 0 to 2.</param>
/// <param name="IsRight">1 where the likeliest class came, else 0.</param>
/// <param name="Direction">-ln of the probability given to the direction that came, given that one came; NaN where the price stayed.</param>
sealed record Losses(double[] LogLoss, double[] Brier, double[] IsRight, double[] Direction)
{
    /// <summary>A probability of 0 would make one miss cost infinitely much.</summary>
    const float Smallest = 1e-6f;

    /// <param name="probabilities">Samples × classes.</param>
    public static Losses Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<Sample> samples)
    {
        var losses = new Losses(new double[samples.Length], new double[samples.Length], new double[samples.Length], new double[samples.Length]);
        for (var i = 0; i < samples.Length; i++)
        {
            var row = probabilities.Slice(i * NetworkShape.Classes, NetworkShape.Classes);
            var came = (int)samples[i].Label;
            losses.LogLoss[i] = -Math.Log(Math.Max(row[came], Smallest));
            for (var k = 0; k < row.Length; k++) losses.Brier[i] += Math.Pow(row[k] - (k == came ? 1 : 0), 2);
            var (down, up) = (Math.Max(row[(int)Outcome.Down], Smallest), Math.Max(row[(int)Outcome.Up], Smallest));
            losses.Direction[i] = samples[i].Label == Outcome.Flat ? double.NaN : -Math.Log((samples[i].Label == Outcome.Up ? up : down) / (up + down));
            losses.IsRight[i] = Likeliest(row) == came ? 1 : 0;
        }
        return losses;
    }

    /// <summary>The first of the largest.</summary>
    public static int Likeliest(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var k = 1; k < row.Length; k++)
            if (row[k] > row[best]) best = k;
        return best;
    }
}
