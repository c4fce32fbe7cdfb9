using System.Globalization;

namespace EtradeBot.Market;

/// <summary>The checks of prices and volumes.</summary>
static class CandleAuditPrices
{
    // An overnight move in the very ratio of a split, within 4 %, that the day does not take back. 3:2 is a ratio that bad news
    // reaches by itself, so it must fit closer.
    const double SplitTolerance = 0.04;
    const double CloseSplitTolerance = 0.02;
    const double StaysTolerance = 0.25;
    const double HighOutlier = 1.5;
    const double LowOutlier = 0.5;

    static readonly double[] SplitFactors = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100];

    public static void Add(List<CandleFinding> findings, CandleSeries candles)
    {
        AddSplits(findings, candles);
        AddOutliers(findings, candles);
        AddVolumes(findings, candles);
        AddOnePrice(findings, candles);
    }

    static void AddSplits(List<CandleFinding> findings, CandleSeries candles)
    {
        var places = new FindingPlaces();
        var lines = new List<string>();
        var calendar = MarketCalendar.Nyse;
        var isIntraday = candles.Timeframe.IsIntraday;
        var opens = candles.Open;
        var closes = candles.Close;
        for (var i = 1; i < opens.Length; i++)
        {
            var (before, open, close) = (closes[i - 1], opens[i], closes[i]);
            if (IsQuiet(before, open, open) && IsQuiet(before, close, close)) continue;
            var ratio = before / open;
            var found = IsNear(before / close, ratio) ? Split(ratio) : 0;
            // The first candle of a day may still open at the old scale; within a day its close is as good a witness.
            if (found == 0 && isIntraday) (ratio, found) = (before / close, Split(before / close));
            if (found == 0 || !Stays(candles, i) || (isIntraday && calendar.DayOf(candles.OpenTime(i)) == calendar.DayOf(candles.OpenTime(i - 1)))) continue;
            places.Add(string.Create(CultureInfo.InvariantCulture, $"{candles.Label(i)}: {SplitWords(found, ratio)}, close {before} before and {(ratio == before / open ? "open" : "close")} {before / ratio:0.####} after"));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{calendar.DayOf(candles.OpenTime(i)):yyyy-MM-dd},{(ratio > 1 ? found : 1 / found):0.####}"));
        }
        if (places.Count > 0)
            findings.Add(new("split-jump", FindingSeverity.Error, places.Count, $"Overnight jumps in the ratio of a split: {places.Count}. The prices seem not to be adjusted.", places.Examples, $"Adjust the prices with --splits FILE, with a line in it for each real split ({string.Join("; ", lines.Take(5))}), or use adjusted prices."));
    }

    // Most candles by far: too near to the close before for any split or outlier.
    static bool IsQuiet(double before, double low, double high) => low > before * 0.72 && high < before * 1.39;

    // A split has the old scale on one side and the new one on the other; a single bad candle has not.
    static bool Stays(CandleSeries candles, int i) =>
        (i < 2 || IsNear(candles.Close[i - 1], candles.Close[i - 2])) && (i + 1 == candles.Count || IsNear(candles.Close[i], candles.Close[i + 1]));

    static bool IsNear(double a, double b) => Math.Abs(a / b - 1) <= StaysTolerance;

    static string SplitWords(double factor, double ratio)
    {
        var (many, one) = factor == 1.5 ? (3, 2) : (factor, 1);
        return ratio > 1
            ? string.Create(CultureInfo.InvariantCulture, $"looks like a {many:0}:{one:0} split, factor {factor:0.#}")
            : string.Create(CultureInfo.InvariantCulture, $"looks like a {one:0}:{many:0} reverse split, factor {1 / factor:0.####}");
    }

    // The factor above 1 that the ratio or its inverse comes near; 0 when there is none.
    internal static double Split(double ratio)
    {
        var above = ratio >= 1 ? ratio : 1 / ratio;
        if (above < SplitFactors[0] * (1 - SplitTolerance)) return 0;
        foreach (var factor in SplitFactors)
            if (Math.Abs(above / factor - 1) <= (factor < 2 ? CloseSplitTolerance : SplitTolerance)) return factor;
        return 0;
    }

    static void AddOutliers(List<CandleFinding> findings, CandleSeries candles)
    {
        var places = new FindingPlaces();
        var lows = candles.Low;
        var highs = candles.High;
        var closes = candles.Close;
        for (var i = 0; i < closes.Length; i++)
        {
            var before = closes[Math.Max(i - 1, 0)];
            if (IsQuiet(before, lows[i], highs[i])) continue;
            if (Outlier(candles, i, before) is { } column)
                places.Add(string.Create(CultureInfo.InvariantCulture, $"{candles.Label(i)}: {column} of open {candles.Open[i]}, high {candles.High[i]}, low {candles.Low[i]}, close {candles.Close[i]} after a close of {before}"));
        }
        if (places.Count > 0)
            findings.Add(new("price-outlier", FindingSeverity.Error, places.Count, $"Candles with a price more than 50 % off that does not last: {places.Count}. A bad tick, or two price scales in one candle.", places.Examples, "Compare with another source and correct the rows; fills and stops at such prices are not real."));
    }

    static string? Outlier(CandleSeries candles, int i, double before)
    {
        var (open, high, low, close) = (candles.Open[i], candles.High[i], candles.Low[i], candles.Close[i]);
        var top = Math.Max(before, close) * HighOutlier;
        var bottom = Math.Min(before, close) * LowOutlier;
        if (open > top || open < bottom) return "the open";
        if (high > top) return "the high";
        if (low < bottom) return "the low";
        if (low < high * LowOutlier) return "the range";
        if (i == 0 || i + 1 == candles.Count) return null;
        var after = candles.Close[i + 1];
        return IsNear(after, before) && (close > HighOutlier * Math.Max(before, after) || close * HighOutlier < Math.Min(before, after)) ? "the close" : null;
    }

    static void AddVolumes(List<CandleFinding> findings, CandleSeries candles)
    {
        var places = new FindingPlaces();
        var volumes = candles.Volume;
        for (var i = 0; i < volumes.Length; i++)
        {
            if (volumes[i] != 0) continue;
            places.Add(candles, i);
        }
        if (places.Count == 0) return;
        var all = places.Count == candles.Count;
        findings.Add(new("zero-volume", all ? FindingSeverity.Note : FindingSeverity.Warning, places.Count,
            all ? "No candle has a volume." : $"Candles without volume: {places.Count} of {candles.Count}.", places.Examples,
            all ? "Volume indicators and participation limits do not work on these candles." : "Nobody traded at these prices, or the candle was unfinished; fills there are not real."));
    }

    static void AddOnePrice(List<CandleFinding> findings, CandleSeries candles)
    {
        var places = new FindingPlaces();
        var lows = candles.Low;
        var highs = candles.High;
        for (var i = 0; i < lows.Length; i++)
        {
            if (highs[i] > lows[i]) continue;
            places.Add(candles, i);
        }
        if (places.Count > 0)
            findings.Add(new("one-price", FindingSeverity.Note, places.Count, $"Candles with a single price for open, high, low and close: {places.Count} of {candles.Count}.", places.Examples, "Usual in thin trading; in liquid hours a sign of a filled hole."));
    }
}
