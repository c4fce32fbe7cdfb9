using System.Runtime.CompilerServices;

namespace EtradeBot.App.Reports;

/// <summary>equity.csv: one row a candle. Columns: docs/results.md.</summary>
static class EquityCsv
{
    // Optimised at once: the one loop over every candle would be over before the runtime noticed that it is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(Stream stream, RunRecord run)
    {
        var output = new Utf8Writer(stream);
        var curve = run.Curve;
        var times = new NewYorkTimes(curve.Timeframe);
        var peak = curve.StartingCash;
        output.Raw("time,equity,drawdown,exposure\n"u8);
        for (var i = 0; i < curve.Count; i++)
        {
            var equity = curve.Equity[i];
            if (equity > peak) peak = equity;
            times.Write(output, curve.OpenTicks[i]);
            output.Next();
            output.Number(equity, 4);
            output.Next();
            output.Number(peak > 0 ? 1 - equity / peak : double.NaN, 6);
            output.Next();
            output.Number(curve.Exposure[i], 6);
            output.Byte('\n');
        }
        output.Flush();
    }
}
