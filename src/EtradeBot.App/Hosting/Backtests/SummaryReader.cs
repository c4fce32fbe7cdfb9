using System.Text.Json;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Reads what a list of runs needs from a summary.json, whoever wrote it.</summary>
static class SummaryReader
{
    public const string FileName = "summary.json";

    /// <summary>Null where there is no summary, or none that can be read.</summary>
    public static RunEntry? Read(string folder, RunRequest? request)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
            return new RunEntry(Path.GetFileName(folder), RunState.Finished, request?.Form ?? Form(root), request?.CreatedAt ?? written)
            {
                By = request?.By ?? "",
                AgainOf = request?.AgainOf,
                Figures = Figures(root),
                IsFromCommandLine = request is null,
            };
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not a summary of ours.
            return null;
        }
    }

    static RunFigures Figures(JsonElement root)
    {
        var metrics = root.GetProperty("metrics");
        return new RunFigures
        {
            StartValue = Number(metrics, "start_value"),
            EndValue = Number(metrics, "end_value"),
            TotalReturn = Number(metrics, "total_return"),
            BenchmarkReturn = Number(metrics, "benchmark_return"),
            Sharpe = Number(metrics, "sharpe"),
            MaxDrawdown = Number(metrics, "max_drawdown"),
            RoundTrips = root.GetProperty("round_trips").GetInt32(),
            Candles = root.GetProperty("candles").GetInt64(),
            Start = root.GetProperty("start").GetString() ?? "",
            End = root.GetProperty("end").GetString() ?? "",
            IsSimulated = root.GetProperty("simulated").GetBoolean(),
            Seconds = Number(root.GetProperty("timing"), "total"),
        };
    }

    /// <summary>The form that would ask for such a run, as far as a summary tells.</summary>
    static BacktestForm Form(JsonElement root)
    {
        var form = BacktestForm.Blank
            .With(FormFields.Symbols, string.Join(',', root.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString())))
            .With(FormFields.Timeframe, root.GetProperty("timeframe").GetString())
            .With(FormFields.From, Day(root, "start"))
            .With(FormFields.To, Day(root, "end"))
            .With(FormFields.Strategy, root.GetProperty("strategy").GetString())
            .With(FormFields.Seed, root.GetProperty("seed").GetRawText());
        foreach (var parameter in root.GetProperty("parameters").EnumerateObject())
            form = form.With(FormFields.ParameterPrefix + parameter.Name, Text(parameter.Value.GetProperty("value")));
        return WithTerms(form, root.GetProperty("settings"));
    }

    static BacktestForm WithTerms(BacktestForm form, JsonElement settings)
    {
        string Of(string key) => settings.TryGetProperty(key, out var value) ? Text(value) : "";
        var size = Of("size").Split(':', 2);
        var slip = Of("slippage").Split(':', 2);
        return form
            .With("cash", Of("cash"))
            .With("size", size is [var one] ? one == "all-in" ? one : "shares" : size[0])
            .With("amount", size[^1].TrimEnd('%'))
            .With("costs", "own").With("commission", Of("commission_percent")).With("per-order", Of("commission_per_order")).With("per-share", Of("commission_per_share")).With("fees", Of("regulatory_fees"))
            .With("slippage", slip[0]).With("slip", slip[^1] == "none" ? "0" : slip[^1])
            .With("intrabar", Of("intrabar")).With("drill", Of("drill").Split(' ')[0])
            .With("participation", Percent(Of("participation"))).With("settlement", Of("settlement_sessions")).With("short", Of("allow_short"))
            .With("max-position", Percent(Of("max_position"))).With("max-exposure", Percent(Of("max_gross_exposure"))).With("max-risk", Percent(Of("max_risk_per_trade")))
            .With("max-daily-loss", Percent(Of("max_daily_loss"))).With("max-positions", Of("max_positions"));
    }

    static string Percent(string fraction) =>
        decimal.TryParse(fraction, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (number * 100).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)
            : "";

    static string Day(JsonElement root, string name) => root.GetProperty(name).GetString() is { Length: >= 10 } label ? label[..10] : "";

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString() ?? "",
        _ => value.GetRawText(),
    };

    static double Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
}
