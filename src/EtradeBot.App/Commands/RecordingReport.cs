using System.Globalization;
using System.Text;
using System.Text.Json;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Reports;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>What <c>data record</c> prints while it runs.</summary>
static class RecordingReport
{
    /// <summary>Such as <c>2026-03-10T09:30:00-04:00  AAPL  1m  253.1 253.4 253.0 253.2  volume 41,200  60 polls</c>.</summary>
    public static string Line(LiveCandle live)
    {
        var (symbol, timeframe, candle, quality) = live;
        var line = string.Create(CultureInfo.InvariantCulture,
            $"{MarketCalendar.Nyse.Label(candle.OpenTime, timeframe)}  {symbol,-5}  {timeframe,3}  open {candle.Open}  high {candle.High}  low {candle.Low}  close {candle.Close}  volume {candle.Volume:N0}  {Display.Count(quality.Polls, "poll", "polls")}");
        var words = Words(quality);
        return words.Length == 0 ? line : $"{line}  {words}";
    }

    /// <summary>What a reader should know of a candle that is not perfect; empty when it is.</summary>
    public static string Words(CandleQuality quality)
    {
        var words = new List<string>();
        if (quality.StartedLate) words.Add("STARTED LATE");
        if (quality.HasHole) words.Add(string.Create(CultureInfo.InvariantCulture, $"HOLE of {quality.LongestHole.TotalSeconds:0} s"));
        if (quality.IsDelayed) words.Add("DELAYED");
        if (quality.VolumeUnknown) words.Add("volume unknown");
        else if (quality.Has(CandleFlaws.PremarketVolume)) words.Add("volume from before the open");
        if (quality.Has(CandleFlaws.SplitJump)) words.Add("opened like after a split");
        if (quality.Has(CandleFlaws.Adjusted)) words.Add("prices adjusted since the day before");
        if (quality.Refused.Total > 0) words.Add($"refused quotes: {quality.Refused}");
        return string.Join(", ", words);
    }

    /// <summary>One object without line breaks.</summary>
    public static string Json(LiveCandle live, bool isSimulated)
    {
        var (symbol, timeframe, candle, quality) = live;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("symbol", symbol.Ticker);
            json.WriteString("timeframe", timeframe.ToString());
            json.WriteBoolean("simulated", isSimulated);
            json.WriteString("open_time", candle.OpenTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            json.WriteNumber("open", candle.Open);
            json.WriteNumber("high", candle.High);
            json.WriteNumber("low", candle.Low);
            json.WriteNumber("close", candle.Close);
            json.WriteNumber("volume", candle.Volume);
            Write(json, quality);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    static void Write(Utf8JsonWriter json, CandleQuality quality)
    {
        json.WriteNumber("polls", quality.Polls);
        json.WriteNumber("longest_hole_seconds", quality.LongestHole.TotalSeconds);
        json.WriteNumber("first_poll_delay_seconds", quality.FirstPollDelay.TotalSeconds);
        json.WriteNumber("last_poll_lead_seconds", quality.LastPollLead.TotalSeconds);
        json.WriteBoolean("complete", !quality.IsIncomplete);
        json.WriteBoolean("delayed", quality.IsDelayed);
        json.WriteStartArray("flaws");
        foreach (var flaw in Enum.GetValues<CandleFlaws>().Where(flaw => flaw != CandleFlaws.None && quality.Has(flaw))) json.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(flaw.ToString()));
        json.WriteEndArray();
        json.WriteStartObject("refused");
        foreach (var why in Enum.GetValues<QuoteRefusal>().Where(why => quality.Refused[why] > 0)) json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(why.ToString()), quality.Refused[why]);
        json.WriteEndObject();
    }

    /// <summary>One line for all symbols that fare the same.</summary>
    public static IEnumerable<string> Lines(IEnumerable<FeedHealth> changes) =>
        from health in changes
        group health.Symbol.Ticker by (health.State, health.Reason) into same
        let who = same.Count() <= 5 ? string.Join(", ", same) : string.Create(CultureInfo.InvariantCulture, $"{same.Count():N0} symbols")
        select same.Key.Reason.Length == 0 ? $"{who}: {Words(same.Key.State)}" : $"{who}: {Words(same.Key.State)}: {same.Key.Reason}";

    static string Words(FeedState state) => state switch
    {
        FeedState.Starting => "starting",
        FeedState.Ok => "quotes are good",
        FeedState.Stale => "STALE",
        FeedState.Delayed => "DELAYED",
        FeedState.Closed => "closed",
        FeedState.Down => "DOWN",
        FeedState.NeedsLogin => "LOGIN NEEDED",
        _ => "UNKNOWN SYMBOL",
    };
}
