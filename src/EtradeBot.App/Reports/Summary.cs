using EtradeBot.App.Commands;

namespace EtradeBot.App.Reports;

/// <summary>What a run came to, on the console: colours and a table on a terminal, plain aligned lines when piped.</summary>
static class Summary
{
    /// <param name="files">Paths of the files written; empty for none.</param>
    public static void Print(RunRecord run, Output output, IReadOnlyList<string> files)
    {
        output.Line($"{run.Strategy} on {run.SymbolNames}: BACKTEST{(run.IsSimulated ? ", SIMULATED candles" : "")}");
        output.Line(KeyFigures.Period(run.Curve), Tone.Faint);
        if (run.Curve.Count > 0) Verdict(run, output);
        output.Line();
        output.Table([Column.Text("Figure"), Column.Number("Value"), Column.Text("")], [.. Rows(run)]);
        var caveats = ReportCaveats.Of(run);
        if (caveats.Count > 0)
        {
            output.Line();
            output.Line("Before you believe this:", Tone.Warning);
            foreach (var caveat in caveats) output.Line("  - " + caveat, Tone.Warning);
        }
        if (files.Count == 0) return;
        output.Line();
        output.Line($"Written to {(Path.GetDirectoryName(files[0]) is { Length: > 0 } folder ? folder : ".")}: {string.Join(", ", files.Select(Path.GetFileName))}");
    }

    static void Verdict(RunRecord run, Output output)
    {
        var returns = run.Metrics.Returns;
        var held = run.Metrics.Benchmark is { } benchmark ? $"; {benchmark.Symbol.Ticker} bought and held: {Display.SignedPercent(benchmark.TotalReturn)}" : "";
        output.Line(
            $"{Display.Money(returns.StartValue)} became {Display.Money(returns.EndValue)}: {Display.SignedPercent(returns.TotalReturn)}{held}",
            returns.TotalReturn > 0 ? Tone.Good : returns.TotalReturn < 0 ? Tone.Bad : Tone.Plain);
    }

    static IEnumerable<string[]> Rows(RunRecord run)
    {
        foreach (var figure in KeyFigures.Of(run.Metrics)) yield return [figure.Row.Label, figure.Row.Text, figure.Beside];
        var open = run.Result.OpenPositions;
        yield return
        [
            "Open positions",
            Display.Number(open.Count, "N0"),
            open.Count == 0 ? "" : $"{string.Join(", ", open.Select(position => position.Symbol.Ticker).Distinct().Take(5))}: {Display.SignedMoney((double)open.Sum(position => position.UnrealizedProfitAndLoss))} not realised",
        ];
    }
}
