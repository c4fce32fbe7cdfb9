using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>The price columns patterns are judged by.</summary>
readonly ref struct CandleSpans(ReadOnlySpan<double> open, ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close)
{
    public readonly ReadOnlySpan<double> Open = open, High = high, Low = low, Close = close;

    public CandleSpans(CandleSeries candles) : this(candles.Open, candles.High, candles.Low, candles.Close)
    {
    }

    public int Count => Close.Length;
}
