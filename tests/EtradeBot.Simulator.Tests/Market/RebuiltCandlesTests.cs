using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Simulator.Faults;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Market;

/// <summary>Candles that are replayed, polled as quotes and built again.</summary>
public class RebuiltCandlesTests
{
    static CandleSeries? Read;

    static CandleSeries File => Read ??= ReadFile();

    readonly SimulatedMarket _market;

    public RebuiltCandlesTests()
    {
        var time = new FakeTimeProvider(File.OpenTime(0));
        _market = new(new SimulatorOptions { Replay = [File] }, new FaultPlan(time, new SeededRandom(1)), time);
    }

    [Fact]
    public void Polled_every_second_every_candle_equals_the_file_in_every_column()
    {
        var rebuilt = Rebuild(1);
        Assert.Equal(Candles(), rebuilt.Select(candle => candle.Candle));
        Assert.All(rebuilt, candle => Assert.Equal((CandleFlaws.None, 0), (candle.Quality.Flaws & ~CandleFlaws.ClosedByTime, candle.Quality.Refused.Total)));
        Assert.All(rebuilt, candle => Assert.True(candle.Quality.LongestHole <= TimeSpan.FromSeconds(1)));
    }

    /// <remarks>
    /// Explained means, for each candle: its open is the file's unless the first poll came after it began; its close is the file's unless
    /// the last poll came before it ended; a high (low) that falls short does so because the higher (lower) price stood only within a pause
    /// between polls, which the quality admits; and all volume so far falls short by exactly what traded after the last poll.
    /// </remarks>
    [Theory]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(45)]
    public void Polled_slowly_each_difference_is_explained_by_the_quality(int seconds)
    {
        var truth = Candles().ToDictionary(candle => candle.OpenTime);
        var rebuilt = Rebuild(seconds);
        Assert.Equal(truth.Count, rebuilt.Count);
        var (shortOf, differences, day) = (0L, 0, default(DateOnly));
        foreach (var (_, _, candle, quality) in rebuilt)
        {
            var file = truth[candle.OpenTime];
            if (candle != file) differences++;
            var end = candle.OpenTime.AddMinutes(1);
            if (quality.FirstPollDelay == TimeSpan.Zero) Assert.Equal(file.Open, candle.Open);
            if (quality.LastPollLead == TimeSpan.Zero) Assert.Equal(file.Close, candle.Close);
            Assert.True(candle.High <= file.High && candle.Low >= file.Low && candle.Open <= file.High && candle.Open >= file.Low, $"{candle} of {file}");
            AssertMissed(candle, quality, price => price > candle.High || price < candle.Low);
            if (MarketCalendar.Nyse.DayOf(end) is var today && today != day) (shortOf, day) = (0, today);
            shortOf += file.Volume - candle.Volume;
            Assert.Equal(_market.Prints(File.Symbol, end - quality.LastPollLead, end.AddTicks(-1)).Sum(print => print.Volume), shortOf);
        }
        Assert.True(differences > 0);
    }

    /// <summary>Prices outside the candle's range stood for a shorter time than its longest pause between polls.</summary>
    void AssertMissed(in Candle candle, CandleQuality quality, Func<double, bool> isOutside)
    {
        var prints = _market.Prints(File.Symbol, candle.OpenTime.AddTicks(-1), candle.OpenTime.AddMinutes(1).AddTicks(-1)).ToList();
        for (var i = 0; i < prints.Count; i++)
        {
            if (!isOutside(prints[i].Price)) continue;
            var until = i + 1 < prints.Count ? prints[i + 1].At : candle.OpenTime.AddMinutes(1);
            Assert.True(until - prints[i].At <= quality.LongestHole + TimeSpan.FromSeconds(1), $"{prints[i]} stood until {until:O}, longest hole {quality.LongestHole}");
        }
    }

    List<LiveCandle> Rebuild(int seconds)
    {
        var builder = new CandleBuilder(File.Symbol, Timeframe.M1);
        var rebuilt = new List<LiveCandle>();
        foreach (var session in MarketCalendar.Nyse.Sessions(MarketCalendar.Nyse.DayOf(File.OpenTime(0)), MarketCalendar.Nyse.DayOf(File.OpenTime(File.Count - 1))))
        {
            for (var at = session.Open.AddSeconds(-1); at < session.Close.AddSeconds(20); at = at.AddSeconds(seconds))
                rebuilt.AddRange(builder.OnQuote(Quote(_market.ShownAt(File.Symbol, at))));
            rebuilt.AddRange(builder.OnTime(session.Close.AddMinutes(1)));
        }
        return rebuilt;
    }

    /// <summary>As it comes over the wire: times in seconds, 0 for what there is not.</summary>
    static Quote Quote(MarketQuote quote) => new()
    {
        Symbol = quote.Symbol,
        At = Second(quote.At),
        ReceivedAt = quote.At,
        Status = quote.Phase == MarketPhase.Regular ? QuoteStatus.RealTime : QuoteStatus.Closing,
        IsAfterHours = quote.Phase != MarketPhase.Regular,
        Last = Price(quote.Last),
        LastTradeAt = Second(quote.LastTradeAt),
        Bid = Price(quote.Bid),
        Ask = Price(quote.Ask),
        DayOpen = Price(quote.Open),
        DayHigh = Price(quote.High),
        DayLow = Price(quote.Low),
        DayVolume = quote.TotalVolume,
        PreviousClose = Price(quote.PreviousClose),
        ExtendedLast = quote.Extended?.Last,
        ExtendedLastTradeAt = quote.Extended is { } extended ? Second(extended.At) : null,
    };

    static double? Price(double price) => price > 0 ? price : null;

    static DateTimeOffset Second(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    static IEnumerable<Candle> Candles() => Enumerable.Range(0, File.Count).Select(i => File[i]);

    static CandleSeries ReadFile()
    {
        var lines = System.IO.File.ReadLines(TestFolders.Shared("data", "ohlcv", "1min", "SPY.csv")).Skip(1);
        return CandleSeries.From(Symbol.Parse("SPY"), Timeframe.M1, new CandleOrigin("SPY.csv"), lines.Select(line =>
        {
            var cells = line.Split(',');
            var prices = cells[1..5].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            return new Candle(DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture), prices[0], prices[1], prices[2], prices[3], long.Parse(cells[5], CultureInfo.InvariantCulture));
        }));
    }
}
