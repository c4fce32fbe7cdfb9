namespace EtradeBot.Market;

/// <summary>Why a row cannot become a candle. Of several reasons the first in this order counts.</summary>
public enum CsvReject
{
    /// <summary>More or fewer cells than the header.</summary>
    Cells,

    /// <summary>The date or time cannot be read.</summary>
    Date,

    /// <summary>A price (or the volume) is blank, <c>null</c>, <c>-</c> or not a finite number.</summary>
    Missing,

    /// <summary>A price is zero or below.</summary>
    NonPositive,

    /// <summary>The high lies below the open or close, or the low above them.</summary>
    Ohlc,
}

/// <summary>The order of the rows in the file, by time.</summary>
public enum CsvFileOrder
{
    Ascending,
    Descending,
    Mixed,
}

/// <summary>One row that was refused.</summary>
/// <param name="Line">1-based line in the file.</param>
/// <param name="Column">The header's name, or the 1-based number in a file without one; of a row with too few or too many cells, the first that is missing or too many.</param>
/// <param name="Value">The cell as written, shortened to 40 characters.</param>
/// <param name="Rule">What the value breaks, in words.</param>
public sealed record CsvBadRow(long Line, string Column, string Value, CsvReject Reason, string Rule)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}, value '{Value}': {Rule}");
}

/// <summary>What a candle file turned out to be, and what became of its rows.</summary>
public sealed record CsvReport
{
    /// <summary>The file's name as given by the caller.</summary>
    public required string Name { get; init; }

    /// <summary>The dialect found, in words.</summary>
    public required string Dialect { get; init; }

    /// <summary>Rows below the header, blank lines apart. Equal to <see cref="Kept"/> plus <see cref="Rejected"/> plus the duplicates.</summary>
    public long DataRows { get; init; }

    public long Kept { get; init; }

    public long RejectedCells { get; init; }

    public long RejectedDate { get; init; }

    public long RejectedMissing { get; init; }

    public long RejectedNonPositive { get; init; }

    public long RejectedOhlc { get; init; }

    public long Rejected => RejectedCells + RejectedDate + RejectedMissing + RejectedNonPositive + RejectedOhlc;

    /// <summary>The first 20 refused rows, in file order.</summary>
    public required IReadOnlyList<CsvBadRow> BadRows { get; init; }

    /// <summary>Rows left out because a later row says the same for the same time.</summary>
    public long DuplicatesIdentical { get; init; }

    /// <summary>Rows left out because a later row says something else for the same time.</summary>
    public long DuplicatesConflicting { get; init; }

    /// <summary>Labels of the first 20 rows counted by <see cref="DuplicatesIdentical"/>.</summary>
    public required IReadOnlyList<string> IdenticalTimes { get; init; }

    /// <summary>Labels of the first 20 rows counted by <see cref="DuplicatesConflicting"/>.</summary>
    public required IReadOnlyList<string> ConflictingTimes { get; init; }

    public CsvFileOrder Order { get; init; }

    /// <summary>Every decision the file did not prove by itself, in words.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    public Timeframe Timeframe { get; init; }

    /// <summary>How <see cref="Timeframe"/> was found.</summary>
    public required string TimeframeFound { get; init; }
}

/// <summary>The candles of a file, oldest first, and the report on how they were read.</summary>
public sealed record CsvReadResult(CandleSeries Candles, CsvReport Report);
