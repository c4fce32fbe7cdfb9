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
    /// <remarks>Left of the sign: date, time, open, high, low, close, volume, symbol. With both date and time, time is the clock beside the date.</remarks>
    public string? Columns { get; init; }

    /// <summary>A named dialect the file cannot prove by itself (<c>lean</c>); null: found from the file.</summary>
    public string? Format { get; init; }

    /// <summary><c>mdy</c> or <c>dmy</c> for dates such as 03/04/2020 that never decide it; null: found from the file.</summary>
    public string? DateOrder { get; init; }

    /// <summary>True when times without an offset are UTC; false: New York.</summary>
    public bool TimesAreUtc { get; init; }

    /// <summary>True when a row's time is the end of its candle; false: its start. Within a day only.</summary>
    public bool TimesAreEnds { get; init; }

    /// <summary>Null: found from the times.</summary>
    public Timeframe? Timeframe { get; init; }

    /// <summary>Null: from the file when it names one, else from the file's name when that is a ticker.</summary>
    public Symbol? Symbol { get; init; }
}
