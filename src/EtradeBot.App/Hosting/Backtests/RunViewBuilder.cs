using System.Globalization;
using EtradeBot.App.Reports;
using EtradeBot.Backtests;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Takes from a run what its page shows.</summary>
static class RunViewBuilder
{
    const int MostExcursions = 2_000;
    const int MostExposures = 1_000;

    public static RunView Of(RunRecord run)
    {
        var result = run.Result;
        return new RunView
        {
            Strategy = run.Strategy,
            Symbols = [.. result.Candles.Select(series => series.Symbol.Ticker)],
            Timeframe = run.Curve.Timeframe.ToString(),
            IsSimulated = run.IsSimulated,
            Period = KeyFigures.Period(run.Curve),
            StartValue = run.Metrics.Returns.StartValue,
            EndValue = run.Metrics.Returns.EndValue,
            TotalReturn = run.Metrics.Returns.TotalReturn,
            BenchmarkReturn = run.Metrics.Benchmark?.TotalReturn,
            BenchmarkSymbol = run.Metrics.Benchmark?.Symbol.Ticker ?? "",
            MaxDrawdown = run.Metrics.Risk.MaxDrawdown,
            IntrabarPolicy = run.Intrabar.Policy,
            WorstEquity = run.Intrabar.WorstEquity,
            BestEquity = run.Intrabar.BestEquity,
            AmbiguousCandles = result.AmbiguousCandles,
            Trades = result.RoundTrips.Count,
            Caveats = ReportCaveats.Of(run),
            KeyFigures = [.. KeyFigures.Of(run.Metrics).Select(figure => new ViewLine(figure.Row.Key, figure.Row.Label, figure.Row.Text, figure.Beside))],
            Metrics = run.Metrics.Rows(),
            Months = run.Metrics.Months,
            Parameters = [.. run.Parameters.Select(Line)],
            Settings = [.. run.Settings.Select(setting => new ViewLine(setting.Key, setting.Label, setting.Words))],
            Data = [.. result.Candles.Select(series => Data(series, run))],
            Results = Histogram(result.RoundTrips),
            Excursions = Excursions(result.RoundTrips),
            Exposure = Exposures(run.Curve),
            EngineVersion = run.EngineVersion,
            Seed = run.Seed,
            DrawnTimeframe = RunChart.ScaleOf(run).Shown.ToString(),
        };
    }

    static ViewLine Line(RunParameter parameter) =>
        new(parameter.Name, parameter.Name, JsonValues.Words(parameter.Value), parameter.IsChanged ? "default " + JsonValues.Words(parameter.Default) : "");

    static ViewData Data(CandleSeries series, RunRecord run) => new(
        series.Symbol.Ticker, series.Origin.Source, series.Origin.IsSimulated, Words.Of(series.Origin.Adjustment).Replace('_', ' '), series.Count,
        series.Count > 0 ? series.Label(0) : "", series.Count > 0 ? series.Label(series.Count - 1) : "", run.DataHashes.GetValueOrDefault(series.Symbol, ""));

    static ViewHistogram? Histogram(IReadOnlyList<RoundTrip> trips)
    {
        if (trips.Count == 0) return null;
        var (values, unit) = ResultSteps.ValuesOf(trips);
        var steps = ResultSteps.Of(values);
        return new ViewHistogram(unit, steps.First * steps.Width, steps.Width, steps.Counts, values.Average(), values[values.Length / 2]);
    }

    static ViewExcursion[] Excursions(IReadOnlyList<RoundTrip> trips)
    {
        var every = (trips.Count + MostExcursions - 1) / MostExcursions;
        return [.. trips.Select((trip, number) => (trip, number)).Where(pair => pair.number % every == 0).Select(pair => Excursion(pair.trip, pair.number))];
    }

    static ViewExcursion Excursion(RoundTrip trip, int number)
    {
        var value = (double)trip.EntryPrice * trip.Shares / 100;
        return value == 0 ? new(number, 0, 0, 0) : new(number, (double)trip.Mae / value, (double)trip.Mfe / value, (double)trip.ProfitAndLoss / value);
    }

    /// <summary>The largest exposure of each of at most a thousand stretches.</summary>
    static ViewExposure[] Exposures(EquityCurve curve)
    {
        var length = Math.Max(1, (curve.Count + MostExposures - 1) / MostExposures);
        var found = new ViewExposure[(curve.Count + length - 1) / length];
        for (var i = 0; i < found.Length; i++)
        {
            var part = curve.Exposure.AsSpan(i * length, Math.Min(length, curve.Count - i * length));
            var largest = 0.0;
            foreach (var value in part) largest = Math.Max(largest, value);
            found[i] = new(MarketCalendar.Nyse.DayOf(curve.OpenTicks[i * length]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), largest);
        }
        return found;
    }
}
