using System.Runtime.InteropServices;

namespace EtradeBot.Learning.Judgement;

/// <summary>Draws whole blocks of time with replacement, all symbols of a time together: neighbouring samples share prices, so single ones would look more independent than they are.</summary>
/// <remarks>Moving-block bootstrap: Künsch, The jackknife and the bootstrap for general stationary observations (1989). Percentile intervals of 95 %.</remarks>
sealed class BlockDraws
{
    const int Draws = 500;

    readonly int[][] _blocks;
    readonly int _count;

    /// <param name="samples">In the order of time.</param>
    /// <param name="horizon">Candles of a label; a block is at least twice as long, and at least 10 moments.</param>
    public BlockDraws(ReadOnlySpan<Sample> samples, int horizon)
    {
        _count = samples.Length;
        var starts = new List<int>();
        for (var i = 0; i < samples.Length; i++)
            if (i == 0 || samples[i].DecidedAt != samples[i - 1].DecidedAt) starts.Add(i);
        var length = Math.Max(2 * horizon, 10);
        starts.Add(samples.Length);
        _blocks = [.. Enumerable.Range(0, Math.Max(1, starts.Count - length)).Select(k => (int[])[starts[k], starts[Math.Min(k + length, starts.Count - 1)]])];
    }

    /// <summary>A statistic of the samples, with its interval over the draws.</summary>
    /// <param name="statistic">Of a choice of samples, by their indices.</param>
    public Score Of(Func<ReadOnlySpan<int>, double> statistic)
    {
        // The same draws for every statistic and every predictor: differences are then paired.
        ulong state = 0x9E3779B97F4A7C15;
        var values = new double[Draws];
        var chosen = new List<int>(_count + 1024);
        for (var d = 0; d < Draws; d++)
        {
            chosen.Clear();
            while (chosen.Count < _count)
            {
                var block = _blocks[Next(ref state, _blocks.Length)];
                for (var i = block[0]; i < block[1]; i++) chosen.Add(i);
            }
            values[d] = statistic(CollectionsMarshal.AsSpan(chosen));
        }
        Array.Sort(values);
        return new(statistic(Enumerable.Range(0, _count).ToArray()), values[(int)(Draws * 0.025)], values[(int)(Draws * 0.975)]);
    }

    // SplitMix64: Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
    static int Next(ref ulong state, int below)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)Math.BigMul(z ^ (z >> 31), (ulong)below, out _);
    }
}
