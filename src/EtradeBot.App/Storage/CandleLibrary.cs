using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Which candles a command wants.</summary>
sealed record CandleRequest
{
    /// <summary>Null with <see cref="CsvFile"/>: named by the file.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>One candle file, read as it is.</summary>
    public string? CsvFile { get; init; }

    /// <summary>A folder of SYMBOL.csv files; null: the store under <see cref="StateDirectory"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>State and stores (<c>--data</c>).</summary>
    public string StateDirectory { get; init; } = "data";

    /// <summary>Wanted timeframe; null: the one found. A longer one is resampled from a shorter.</summary>
    public Timeframe? Timeframe { get; init; }

    public CsvOptions Csv { get; init; } = new();
}

/// <summary>Finds candles: a file, a folder of files, the store, or else the demo market.</summary>
static class CandleLibrary
{
    /// <exception cref="CandleDataException">Nothing found or nothing usable; the message says what exists and how to get candles.</exception>
    public static CandleSeries Load(CandleRequest request) => throw new NotSupportedException();
}
