using System.Globalization;

namespace EtradeBot.Market;

/// <summary>Where a file keeps what: one column number for each part of a candle, -1 where the file has none.</summary>
sealed record CsvLayout
{
    /// <summary>Names as written, or <c>3</c> for the third column of a file without a header.</summary>
    public required string[] Names { get; init; }

    /// <summary>The time, or the date when <see cref="Clock"/> holds the time of day.</summary>
    public required int Time { get; init; }

    public int Clock { get; init; } = -1;

    public required int Open { get; init; }

    public required int High { get; init; }

    public required int Low { get; init; }

    public required int Close { get; init; }

    public int Volume { get; init; } = -1;

    public int Ticker { get; init; } = -1;

    public bool HasHeader { get; init; }

    /// <summary>Prices are integers of 1/10,000 dollar.</summary>
    public bool IsLean { get; init; }

    /// <summary>The column mapping was given by the user.</summary>
    public bool IsMapped { get; init; }

    /// <summary>The ticker a header row names.</summary>
    public string? NamedTicker { get; init; }

    /// <summary>The dialect in words.</summary>
    public string Words { get; init; } = "";

    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>The column's name, or its 1-based number where it has none.</summary>
    public string Name(int column) => column >= 0 && column < Names.Length ? Names[column] : (column + 1).ToString(CultureInfo.InvariantCulture);
}
