using System.Buffers.Text;
using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Periods of the indicator columns, in candles.</summary>
sealed record AnalysisPeriods
{
    public required int Rsi { get; init; }

    public required int Fast { get; init; }

    public required int Slow { get; init; }

    public required int Signal { get; init; }

    public required int Bollinger { get; init; }

    /// <summary>Half the width of the bands in standard deviations.</summary>
    public required double Deviations { get; init; }

    public required int Atr { get; init; }

    public required int Ema { get; init; }

    public required int Sma { get; init; }

    public required int StdDev { get; init; }
}

/// <summary>Candles with all indicators and patterns as CSV. Numbers carry every digit; a cell is empty while its column is not defined yet.</summary>
sealed class AnalysisColumns
{
    // Sign, 17 digits, point and exponent: the longest a double becomes.
    const int LongestNumber = 32;

    readonly CandleSeries _candles;
    readonly (string Name, double[] Values)[] _indicators;
    readonly PatternInfo[] _patterns = [.. Patterns.All];
    readonly sbyte[][] _found;
    readonly double[] _deviation;

    public AnalysisColumns(CandleSeries candles, AnalysisPeriods periods)
    {
        _candles = candles;
        var close = candles.Close;
        var macd = Indicators.Macd(close, periods.Fast, periods.Slow, periods.Signal);
        var bands = Indicators.Bollinger(close, periods.Bollinger, periods.Deviations);
        _indicators =
        [
            ("rsi", Indicators.Rsi(close, periods.Rsi)),
            ("macd", macd.Line), ("macd_signal", macd.Signal), ("macd_hist", macd.Histogram),
            ("bb_upper", bands.Upper), ("bb_middle", bands.Middle), ("bb_lower", bands.Lower),
            ("atr", Indicators.Atr(candles, periods.Atr)),
            ("ema", Indicators.Ema(close, periods.Ema)),
            ("sma", Indicators.Sma(close, periods.Sma)),
        ];
        _found = Patterns.FindAll(candles, [.. _patterns.Select(info => info.Pattern)]);
        _deviation = Indicators.StdDev(close, periods.StdDev);
    }

    /// <summary>Columns of the file.</summary>
    public int Count => 6 + _indicators.Length + _patterns.Length + 1;

    public void Write(Stream stream)
    {
        var output = new Utf8Writer(stream);
        output.Raw("time,open,high,low,close,volume"u8);
        foreach (var (name, _) in _indicators) Title(output, name);
        foreach (var info in _patterns) Title(output, info.TaLibName.ToLowerInvariant());
        Title(output, "stddev");
        output.Byte('\n');
        for (var i = 0; i < _candles.Count; i++) WriteRow(output, i);
        output.Flush();
    }

    static void Title(Utf8Writer output, string name)
    {
        output.Next();
        output.Text(name);
    }

    void WriteRow(Utf8Writer output, int i)
    {
        output.Text(_candles.Label(i));
        Number(output, _candles.Open[i]);
        Number(output, _candles.High[i]);
        Number(output, _candles.Low[i]);
        Number(output, _candles.Close[i]);
        output.Next();
        output.Integer(_candles.Volume[i]);
        foreach (var (_, values) in _indicators) Number(output, values[i]);
        for (var p = 0; p < _patterns.Length; p++)
        {
            output.Next();
            if (i >= _patterns[p].FirstIndex) output.Integer(_found[p][i]);
        }
        Number(output, _deviation[i]);
        output.Byte('\n');
    }

    static void Number(Utf8Writer output, double value)
    {
        output.Next();
        if (double.IsNaN(value)) return;
        Utf8Formatter.TryFormat(value, output.Room(LongestNumber), out var written);
        output.Advance(written);
    }
}
