using CsCheck;
using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>Random candles: fine prices, or prices on a coarse grid where ties, dojis and empty ranges abound.</summary>
static class AnyCandles
{
    static readonly double[] Ticks = [0.0001, 0.5, 2];

    public static Gen<CandleSeries> Of(int least, int most) =>
        Gen.Select(Gen.Double[-1, 1].Array[4].Array[least, most], Gen.Int[0, 2]).Select((moves, tick) => Walk(moves, Ticks[tick]));

    static CandleSeries Walk(double[][] moves, double tick)
    {
        var columns = new CandleColumns(moves.Length);
        var close = 100.0;
        for (var i = 0; i < moves.Length; i++)
        {
            var open = Snap(close + moves[i][0]);
            close = Snap(Math.Max(open + 3 * moves[i][1], 10));
            var high = Snap(Math.Max(open, close) + Math.Abs(2 * moves[i][2]));
            var low = Snap(Math.Min(open, close) - Math.Abs(2 * moves[i][3]));
            // Every half hour around the clock, so that sessions change too.
            columns.Add(new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero).AddMinutes(30 * i).UtcTicks,
                open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, 1 + (long)(1000 * Math.Abs(moves[i][0])));
        }
        return CandleSeries.FromColumns(Symbol.Parse("ANY"), Timeframe.M30, new CandleOrigin("random"), columns);

        double Snap(double price) => Math.Round(price / tick) * tick;
    }
}
