using System.Text.Encodings.Web;
using System.Text.Json;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>The columns that the page's script draws: numbers as binary, names as JSON, all in elements that cannot run.</summary>
static class ReportData
{
    /// <summary>Orders beyond this many are left to orders.csv.</summary>
    const int MostOrders = 40_000;

    /// <summary>Round trips beyond this many are left to trades.csv.</summary>
    const int MostTrips = 100_000;

    public static void Write(Html html, RunRecord run, ChartScale scale, EquityColumns equity)
    {
        var texts = new TextTable();
        Prices(html, run, scale);
        html.Column<double>("equity-time", equity.Time);
        html.Column<double>("equity", equity.Equity);
        html.Column<double>("drawdown", equity.Drawdown);
        html.Column<double>("exposure", equity.Exposure);
        html.Column<double>("benchmark", equity.Benchmark);
        var symbols = run.Result.Candles.Select((series, index) => (series.Symbol, index)).ToDictionary(pair => pair.Symbol, pair => pair.index);
        var rows = new RowColumns(scale, symbols, texts);
        rows.Trips(html, run.Result.RoundTrips, Math.Min(run.Result.RoundTrips.Count, MostTrips), new FillIndex(run.Result.Fills));
        rows.Orders(html, run.Result.Orders, Math.Min(run.Result.Orders.Count, MostOrders), OrdersCsv.OrderFees(run.Result.Fills));
        Names(html, run, scale, texts);
    }

    static void Prices(Html html, RunRecord run, ChartScale scale)
    {
        var number = 0;
        foreach (var series in run.Result.Candles)
        {
            var prices = PriceColumns.From(series, scale);
            html.Column<double>($"time-{number}", prices.Time);
            html.Column<double>($"open-{number}", prices.Open);
            html.Column<double>($"high-{number}", prices.High);
            html.Column<double>($"low-{number}", prices.Low);
            html.Column<double>($"close-{number}", prices.Close);
            html.Column<double>($"volume-{number}", prices.Volume);
            number++;
        }
    }

    static void Names(Html html, RunRecord run, ChartScale scale, TextTable texts)
    {
        using var buffer = new MemoryStream();
        // The default encoder writes < > & as \u003C and so on: no text can end the element it stands in.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteBoolean("intraday", scale.Source.IsIntraday);
            json.WriteBoolean("shownIntraday", scale.Shown.IsIntraday);
            json.WriteNumber("startingCash", run.Curve.StartingCash);
            json.WriteNumber("leftOutOrders", Math.Max(0, run.Result.Orders.Count - MostOrders));
            Strings(json, "symbols", run.Result.Candles.Select(series => series.Symbol.Ticker));
            Strings(json, "types", Enum.GetValues<OrderType>().Select(type => Plain(Words.Of(type))));
            Strings(json, "statuses", Enum.GetValues<OrderStatus>().Select(status => Plain(Words.Of(status))));
            Strings(json, "texts", texts.All);
            json.WriteEndObject();
        }
        html.Add($"<script type=\"application/json\" id=\"d-names\">");
        html.Trusted(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        html.Add($"</script>\n");
    }

    static string Plain(ReadOnlySpan<byte> word) => System.Text.Encoding.ASCII.GetString(word).Replace('_', ' ');

    static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}

/// <summary>Each text once, by number.</summary>
sealed class TextTable
{
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<string> _texts = [];
    string? _last;
    int _lastNumber;

    public IReadOnlyList<string> All => _texts;

    public int NumberOf(string text)
    {
        // A strategy gives the same reason, the very same object, again and again.
        if (ReferenceEquals(text, _last)) return _lastNumber;
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _texts.Count;
            _texts.Add(text);
            _numbers.Add(text, number);
        }
        (_last, _lastNumber) = (text, number);
        return number;
    }
}
