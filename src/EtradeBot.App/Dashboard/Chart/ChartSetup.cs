using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>Serves the chart its candles.</summary>
static class ChartSetup
{
    const int UsualCount = 3_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        var chart = app.MapGroup("/chart");
        chart.MapGet("/candles/{**symbol}", (string symbol, [AsParameters] ChartQuery query, HttpContext http) => AnswerAsync(symbol, query, http, ChartPages.Candles));
        chart.MapGet("/indicators/{**symbol}", (string symbol, [AsParameters] ChartQuery query, HttpContext http) => AnswerAsync(symbol, query, http, ChartPages.Indicators));
        chart.MapGet("/patterns/{**symbol}", (string symbol, [AsParameters] ChartQuery query, HttpContext http) => AnswerAsync(symbol, query, http, ChartPages.Patterns));
    }

    static async Task<IResult> AnswerAsync(string symbolText, ChartQuery query, HttpContext http, Func<SymbolHistory, int, int, byte[]> write)
    {
        try
        {
            (await http.RequestServices.GetRequiredService<ActorSource>().CurrentAsync()).Require(Role.Viewer);
        }
        catch (NotAllowedException problem)
        {
            return Results.Text(problem.Message, statusCode: StatusCodes.Status403Forbidden);
        }
        if (!Symbol.TryParse(Uri.UnescapeDataString(symbolText), out var symbol)) return Wrong("that is not a ticker: use 1 to 24 letters, digits or . - / ^ = _");
        if (!Timeframe.TryParse(query.T ?? "1m", out var timeframe)) return Wrong($"t must be one of {string.Join(' ', Timeframe.All)}");
        if (query.Count is < 1 or > ChartPages.Most) return Wrong($"count must be 1 to {ChartPages.Most}");
        try
        {
            var history = await http.RequestServices.GetRequiredService<CandleHistory>().ReadAsync(symbol, timeframe, http.RequestAborted);
            return Page(http, history, query, write);
        }
        catch (CandleDataException problem)
        {
            return Results.Text(problem.Message, statusCode: StatusCodes.Status404NotFound);
        }
    }

    static IResult Page(HttpContext http, SymbolHistory history, ChartQuery query, Func<SymbolHistory, int, int, byte[]> write)
    {
        var candles = history.Candles;
        var end = query.Before is { } before ? candles.IndexAtOrAfter(Instant(before)) : candles.Count;
        var start = Math.Max(0, end - (query.Count ?? UsualCount));
        var headers = http.Response.Headers;
        // Versions begin anew with the program; the process and the last candle tell those of two runs apart.
        var tag = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{Environment.ProcessId}-{candles.OpenTicks[^1]:x}-{history.Version}-{start}-{end}\"");
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        headers["X-Version"] = history.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["X-Older"] = start.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (http.Request.Headers.IfNoneMatch.Contains(tag)) return Results.StatusCode(StatusCodes.Status304NotModified);
        return Results.Bytes(write(history, start, end), "application/octet-stream");
    }

    static DateTimeOffset Instant(double unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Clamp(unixSeconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    static IResult Wrong(string why) => Results.Text(why, statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>Which candles: the last <paramref name="Count"/> that open before an instant.</summary>
/// <param name="T">Timeframe; 1m where not given.</param>
/// <param name="Before">Unix seconds; the newest where not given.</param>
readonly record struct ChartQuery(string? T, double? Before, int? Count);
