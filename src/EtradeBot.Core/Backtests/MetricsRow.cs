namespace EtradeBot.Backtests;

/// <summary>What a figure is counted in.</summary>
public enum MetricUnit
{
    Dollars,

    /// <summary>Fraction of one; printed in percent.</summary>
    Fraction,
    Ratio,

    /// <summary>Multiple of the dollars first at risk.</summary>
    R,
    Count,
    Candles,
    Days,
    Years,

    /// <summary>A candle's time: only <see cref="MetricsRow.Text"/> holds it.</summary>
    Time,

    /// <summary>A word, such as a ticker.</summary>
    Text,
}

/// <summary>One figure, ready to print: the console, the files and the report show the same rows.</summary>
public sealed record MetricsRow
{
    /// <summary>Heading the row stands under.</summary>
    public required string Group { get; init; }

    /// <summary>A few words for people.</summary>
    public required string Label { get; init; }

    /// <summary>The name in files: snake_case, unique among all rows.</summary>
    public required string Key { get; init; }

    /// <summary>For people: rounded, with its unit, profits and losses signed; <c>n/a</c> where undefined.</summary>
    public required string Text { get; init; }

    /// <summary>The whole figure; null where undefined, and for times and words.</summary>
    public required double? Number { get; init; }

    public required MetricUnit Unit { get; init; }

    /// <summary>What the figure is, in one line.</summary>
    public required string Definition { get; init; }

    /// <summary>False where <see cref="Text"/> says <c>n/a</c>.</summary>
    public bool IsDefined => Text != MetricText.Undefined;
}
