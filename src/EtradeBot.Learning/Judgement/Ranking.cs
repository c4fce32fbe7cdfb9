namespace EtradeBot.Learning.Judgement;

/// <summary>How well the order of the predictions fits the order of what came; any choice of the samples is counted in one pass, since the sorting is done once.</summary>
sealed class Ranking
{
    readonly Sample[] _samples;
    readonly double[] _leans;
    readonly double[] _returns;
    readonly int[] _byLean;
    readonly int[] _byReturn;

    /// <param name="probabilities">Samples × classes.</param>
    public Ranking(ReadOnlySpan<float> probabilities, Sample[] samples)
    {
        _samples = samples;
        _leans = new double[samples.Length];
        _returns = [.. samples.Select(s => (double)s.Return)];
        for (var i = 0; i < samples.Length; i++)
            _leans[i] = (double)probabilities[(i * NetworkShape.Classes) + (int)Outcome.Up] - probabilities[(i * NetworkShape.Classes) + (int)Outcome.Down];
        (_byLean, _byReturn) = (Order(_leans), Order(_returns));
    }

    /// <summary>Chance that of an up and a down sample the up one leans further up, ties counting half; 0.5 knows nothing. 0.5 also where one of them never came.</summary>
    /// <remarks>Area under the ROC curve: Hanley and McNeil, The meaning and use of the area under a ROC curve (1982).</remarks>
    public double Auc(ReadOnlySpan<int> chosen)
    {
        var counts = Counts(chosen);
        double ups = 0, downs = 0, won = 0;
        for (var from = 0; from < _byLean.Length;)
        {
            double tiedUps = 0, tiedDowns = 0;
            var to = from;
            for (; to < _byLean.Length && _leans[_byLean[to]] == _leans[_byLean[from]]; to++)
            {
                var i = _byLean[to];
                if (_samples[i].Label == Outcome.Up) tiedUps += counts[i];
                if (_samples[i].Label == Outcome.Down) tiedDowns += counts[i];
            }
            won += tiedUps * (downs + (tiedDowns / 2));
            (ups, downs, from) = (ups + tiedUps, downs + tiedDowns, to);
        }
        return ups * downs == 0 ? 0.5 : won / (ups * downs);
    }

    /// <summary>Rank correlation (Spearman 1904, mean ranks for ties) of the lean to up with the return that came, over all chosen samples; 0 where either is constant.</summary>
    public double RankIc(ReadOnlySpan<int> chosen)
    {
        var counts = Counts(chosen);
        var (leans, returns) = (Ranks(_byLean, _leans, counts), Ranks(_byReturn, _returns, counts));
        var middle = (chosen.Length + 1) / 2.0;
        double both = 0, lean = 0, back = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var (a, b) = (leans[i] - middle, returns[i] - middle);
            both += counts[i] * a * b;
            lean += counts[i] * a * a;
            back += counts[i] * b * b;
        }
        return lean * back == 0 ? 0 : both / Math.Sqrt(lean * back);
    }

    /// <summary>How often a block draw chose each sample.</summary>
    int[] Counts(ReadOnlySpan<int> chosen)
    {
        var counts = new int[_samples.Length];
        foreach (var i in chosen) counts[i]++;
        return counts;
    }

    static double[] Ranks(int[] order, double[] values, int[] counts)
    {
        var ranks = new double[order.Length];
        double before = 0;
        for (var from = 0; from < order.Length;)
        {
            double tied = 0;
            var to = from;
            for (; to < order.Length && values[order[to]] == values[order[from]]; to++) tied += counts[order[to]];
            for (var k = from; k < to; k++) ranks[order[k]] = before + ((tied + 1) / 2);
            (before, from) = (before + tied, to);
        }
        return ranks;
    }

    static int[] Order(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort([.. values], order);
        return order;
    }
}
