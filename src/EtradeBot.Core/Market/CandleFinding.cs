namespace EtradeBot.Market;

/// <summary>How much a finding matters to a backtest.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; results stand.</summary>
    Note,

    /// <summary>Results may be wrong in places.</summary>
    Warning,

    /// <summary>Results are wrong until it is put right.</summary>
    Error,
}

/// <summary>Something about candles that a trader should know before believing a result.</summary>
/// <param name="Id">A fixed name such as <c>split-jump</c>.</param>
/// <param name="Count">How often it occurs; the unit is the one in <paramref name="Words"/>.</param>
/// <param name="Words">One plain sentence.</param>
/// <param name="Examples">The first five places.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record CandleFinding(string Id, FindingSeverity Severity, long Count, string Words, IReadOnlyList<string> Examples, string Remedy);

/// <summary>Collects the places of one finding.</summary>
sealed class FindingPlaces
{
    const int Shown = 5;

    readonly List<string> _examples = [];

    public long Count { get; private set; }

    public IReadOnlyList<string> Examples => _examples;

    public void Add(string example)
    {
        if (Count++ < Shown) _examples.Add(example);
    }

    /// <summary>The candle's label is written only when it will be shown.</summary>
    public void Add(CandleSeries candles, int index)
    {
        if (Count++ < Shown) _examples.Add(candles.Label(index));
    }
}
