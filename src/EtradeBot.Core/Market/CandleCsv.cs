namespace EtradeBot.Market;

public enum BadRows
{
    /// <summary>Refuse the file when any row is bad.</summary>
    Fail,

    /// <summary>Leave bad rows out and report them.</summary>
    Skip,
}

/// <summary>How to read a candle file where the file itself cannot say.</summary>
public sealed record CsvOptions
{
    public BadRows BadRows { get; init; } = BadRows.Fail;

    /// <summary>Mapping for unknown headers, such as <c>time=Zeit,open=Eroeffnung,close=4</c> (names or 1-based numbers); null: found from the file.</summary>
    public string? Columns { get; init; }

    /// <summary>A named dialect the file cannot prove by itself (<c>lean</c>); null: found from the file.</summary>
    public string? Format { get; init; }

    /// <summary><c>mdy</c> or <c>dmy</c> for dates such as 03/04/2020 that never decide it; null: found from the file.</summary>
    public string? DateOrder { get; init; }

    /// <summary>True when times without an offset are UTC; false: New York.</summary>
    public bool TimesAreUtc { get; init; }

    /// <summary>True when a row's time is the end of its candle; false: its start.</summary>
    public bool TimesAreEnds { get; init; }

    /// <summary>Null: found from the times.</summary>
    public Timeframe? Timeframe { get; init; }

    /// <summary>Null: from the file when it names one, else required by the caller.</summary>
    public Symbol? Symbol { get; init; }
}

/// <summary>Reads candle files of every dialect met in the wild.</summary>
public static class CandleCsv
{
    /// <param name="name">File name for messages and for <see cref="CandleOrigin.Source"/>.</param>
    /// <exception cref="CandleDataException">Nothing usable, or bad rows under <see cref="BadRows.Fail"/>.</exception>
    public static CandleSeries Read(Stream stream, string name, CsvOptions options) => throw new NotSupportedException();
}
