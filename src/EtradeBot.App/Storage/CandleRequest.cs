using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Which candles a command wants.</summary>
sealed record CandleRequest
{
    /// <summary>Null: the only one there is, with <see cref="CsvFile"/> the one the file or its name says.</summary>
    public Symbol? Symbol { get; init; }

    /// <summary>One candle file, read as it is.</summary>
    public string? CsvFile { get; init; }

    /// <summary>A folder of SYMBOL.csv files, or of folders of them named by timeframe; null: the store under <see cref="StateDirectory"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>State and stores (<c>--data</c>).</summary>
    public string StateDirectory { get; init; } = "data";

    /// <summary>Wanted timeframe; null: the one found. A longer one is resampled from a shorter.</summary>
    public Timeframe? Timeframe { get; init; }

    /// <summary>How to read candle files. Its symbol and timeframe are filled in from the request.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>A file of <c>date,factor</c> lines to adjust raw prices by; null: those kept with stored candles, if any.</summary>
    public string? SplitFile { get; init; }

    /// <summary>Also read what was recorded of the demo market's companies, instead of their whole history: to judge the recording.</summary>
    public bool SeesPiecesOfDemo { get; init; }

    /// <summary>Of the demo market, when it has to stand in.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Candles, and what a reader of any result made from them should know.</summary>
/// <param name="Notes">Sentences without a full stop: rows left out, assumptions made, resampling, adjustment.</param>
sealed record FoundCandles(CandleSeries Candles, IReadOnlyList<string> Notes);
