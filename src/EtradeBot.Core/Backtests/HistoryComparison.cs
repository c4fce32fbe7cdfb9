using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.Backtests;

/// <summary>The full run, and what differed from it so far.</summary>
sealed class HistoryComparison(CandleSeries candles, Func<Strategy> create, StrategyTrace full)
{
    /// <summary>Channels 0, 1, 2, ... are the lines; these two come after them.</summary>
    const int Decision = int.MaxValue - 1;

    const int Failure = int.MaxValue;

    /// <summary>Up to here every count of candles ahead is tried; a leak from further ahead is bisected.</summary>
    const int NearAhead = 32;

    readonly SortedDictionary<int, LookaheadFinding> _found = [];

    public IReadOnlyList<LookaheadFinding> Findings => [.. _found.Values];

    /// <summary>True when a second run over the same candles differs.</summary>
    public bool Repeat()
    {
        var again = StrategyTrace.Of(create(), candles);
        foreach (var channel in Channels(again))
        {
            var i = FirstDifference(channel, full, again, candles.Count);
            if (i < 0) continue;
            _found[channel] = new LookaheadFinding
            {
                Kind = LookaheadKind.NotRepeatable,
                Index = i,
                Line = LineNumber(channel),
                Message = $"{Name(channel)} at {candles.Label(i)}: the first run gave {Text(channel, full, i)}, a second run over the same candles {Text(channel, again, i)}; "
                    + "the strategy remembers something between runs (a static field), reads a clock or draws lots",
            };
        }
        return _found.Count > 0;
    }

    /// <returns>How many shortened histories were run.</returns>
    public int Cut(int[] lengths)
    {
        var run = 0;
        foreach (var length in lengths)
        {
            if (Trace(length) is not { } part) continue;
            run++;
            var open = false;
            foreach (var channel in Channels(part))
            {
                if (_found.ContainsKey(channel)) continue;
                var i = FirstDifference(channel, full, part, length);
                if (i >= 0) _found[channel] = Leak(channel, i, length, part);
                else open = true;
            }
            if (!open) break;
        }
        return run;
    }

    /// <summary>A run over the first candles; null when the strategy fails on them.</summary>
    StrategyTrace? Trace(int length)
    {
        if (length == candles.Count) return full;
        var history = candles.Slice(0, length);
        try
        {
            try
            {
                return StrategyTrace.Of(create(), history);
            }
            catch (CandleDataException)
            {
                // Shorter than the warm-up: the engine refuses to trade, so nothing is decided. The lines can still be compared.
                return StrategyTrace.LinesOf(create(), history);
            }
        }
        catch (StrategyFailedException failure)
        {
            _found.TryAdd(Failure, new LookaheadFinding
            {
                Kind = LookaheadKind.Failure,
                Index = length - 1,
                Message = string.Create(CultureInfo.InvariantCulture,
                    $"with only the first {length:N0} of the candles, up to {candles.Label(length - 1)}, it fails, with all {candles.Count:N0} it does not: {failure.Message}"),
            });
            return null;
        }
    }

    LookaheadFinding Leak(int channel, int i, int length, StrategyTrace part)
    {
        var (ahead, isExact) = CandlesAhead(channel, i, length);
        var distance = ahead is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; it looks {(isExact ? "" : "about ")}{ahead:N0} {(ahead == 1 ? "candle" : "candles")} ahead");
        return new LookaheadFinding
        {
            Kind = channel == Decision ? LookaheadKind.Decision : LookaheadKind.Line,
            Index = i,
            Line = LineNumber(channel),
            CandlesAhead = ahead,
            Message = string.Create(CultureInfo.InvariantCulture,
                $"{Name(channel)} at {candles.Label(i)}: {Text(channel, full, i)} with all {candles.Count:N0} candles, but {Text(channel, part, i)} with the first {length:N0} (up to {candles.Label(length - 1)}){distance}"),
        };
    }

    /// <summary>Fewest candles appended to a history that ends at <paramref name="i"/> that change the value there;
    /// null when that history alone has no value to compare.</summary>
    (int? Ahead, bool IsExact) CandlesAhead(int channel, int i, int length)
    {
        if (Trace(i + 1) is not { } ends || (channel == Decision && ends.Decisions.Length == 0)) return (null, false);
        // At 'length' or at the full length the value differs from the one at i + 1: they differ from each other.
        var most = length > i + 1 && Changed(length - i - 1) ? length - i - 1 : candles.Count - i - 1;
        for (var near = 1; near <= Math.Min(NearAhead, most); near++)
            if (Changed(near)) return (near, true);
        var (same, changed) = (Math.Min(NearAhead, most), most);
        while (changed - same > 1)
        {
            var middle = same + (changed - same) / 2;
            if (Changed(middle)) changed = middle;
            else same = middle;
        }
        return (changed, false);

        bool Changed(int more) => Trace(i + 1 + more) is { } longer && FirstDifference(channel, ends, longer, i + 1) >= 0;
    }

    /// <summary>The lines of a run, then its decisions. A line of the full run that a shorter one has not reached yet is left out.</summary>
    static IEnumerable<int> Channels(StrategyTrace other) => Enumerable.Range(0, other.Lines.Length).Append(Decision);

    static int FirstDifference(int channel, StrategyTrace one, StrategyTrace other, int count)
    {
        if (channel == Decision)
        {
            for (var i = 0; i < Math.Min(count, Math.Min(one.Decisions.Length, other.Decisions.Length)); i++)
                if (!Agreement.Of(one.Decisions[i], other.Decisions[i])) return i;
            return -1;
        }
        if (channel >= one.Lines.Length || channel >= other.Lines.Length) return 0;
        return Agreement.FirstDifference(one.Lines[channel].AsSpan(0, count), other.Lines[channel].AsSpan(0, count));
    }

    static int? LineNumber(int channel) => channel == Decision ? null : channel + 1;

    static string Name(int channel) => channel == Decision ? "the decision" : string.Create(CultureInfo.InvariantCulture, $"line {channel + 1}");

    static string Text(int channel, StrategyTrace run, int i) =>
        channel == Decision ? Agreement.Describe(run.Decisions[i])
        : channel < run.Lines.Length ? run.Lines[channel][i].ToString("R", CultureInfo.InvariantCulture)
        : "no such line";
}
