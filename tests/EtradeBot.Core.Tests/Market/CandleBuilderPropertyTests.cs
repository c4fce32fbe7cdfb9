using CsCheck;

namespace EtradeBot.Market;

/// <summary>What must hold for any path of prices and any polling.</summary>
public class CandleBuilderPropertyTests
{
    static readonly DateTimeOffset Open = ScriptedTrades.Clock("09:30");

    /// <summary>Trades from ten minutes before the open to half an hour after it, at any millisecond.</summary>
    static readonly Gen<ScriptedTrade[]> Trades =
        Gen.Select(Gen.Int[-600_000, 1_800_000], Gen.Int[9000, 11000], Gen.Long[1, 500], (ms, cents, shares) => new ScriptedTrade(Open.AddMilliseconds(ms), cents / 100.0, shares))
            .Array[1, 120];

    /// <summary>Pauses between polls: mostly short, now and then long.</summary>
    static readonly Gen<int[]> Pauses = Gen.Frequency((8, Gen.Int[200, 4000]), (3, Gen.Int[4000, 25_000]), (1, Gen.Int[25_000, 400_000])).Array[50, 400];

    static readonly Gen<Timeframe> Timeframes = Gen.Int[0, 4].Select(i => new[] { Timeframe.M1, Timeframe.M2, Timeframe.M5, Timeframe.M15, Timeframe.D1 }[i]);

    static List<DateTimeOffset> Polls(int[] pauses, DateTimeOffset from)
    {
        var polls = new List<DateTimeOffset>();
        foreach (var pause in pauses)
        {
            polls.Add(from);
            from = from.AddMilliseconds(pause);
        }
        return polls;
    }

    /// <summary>Quotes up to some poll, and one long after the last trade.</summary>
    static List<Quote> Quotes(ScriptedTrade[] trades, int[] pauses, DateTimeOffset from)
    {
        var market = new ScriptedTrades(trades);
        return [.. Polls(pauses, from).Append(Open.AddHours(8)).Where(at => at <= Open.AddHours(8)).Select(market.QuoteAt)];
    }

    [Fact]
    public void No_candle_claims_more_than_what_traded() =>
        Gen.Select(Trades, Pauses, Timeframes).Sample((trades, pauses, timeframe) =>
        {
            var truth = new ScriptedTrades(trades).TrueCandles(timeframe).ToDictionary(candle => candle.OpenTime);
            var builder = new CandleBuilder(ScriptedTrades.Symbol, timeframe, new() { Collar = 1 });
            foreach (var (_, _, candle, quality) in Quotes(trades, pauses, Open.AddMinutes(-1)).SelectMany(quote => builder.OnQuote(quote)))
            {
                var real = Assert.Contains(candle.OpenTime, truth);
                Assert.True(candle.Low >= real.Low && candle.High <= real.High && candle.Open >= real.Low && candle.Open <= real.High && candle.Close >= real.Low && candle.Close <= real.High, $"{candle} of {real}");
                // With the end in sight the close is the last trade.
                if (quality.LastPollLead == TimeSpan.Zero) Assert.Equal(real.Close, candle.Close);
            }
        }, iter: 500);

    [Fact]
    public void Volumes_add_up_to_the_days_total_when_nothing_was_out_of_sight() =>
        Gen.Select(Trades, Gen.Int[200, 25_000].Array[400], Timeframes).Sample((trades, pauses, timeframe) =>
        {
            var quotes = Quotes(trades, pauses, Open.AddSeconds(-20)).Where(quote => quote.Last is not null).ToList();
            var before = quotes.LastOrDefault(quote => quote.At < Open);
            if (before is null) return;
            var builder = new CandleBuilder(ScriptedTrades.Symbol, timeframe, new() { Collar = 1, HoleAfter = TimeSpan.FromHours(7) });
            var candles = quotes.SelectMany(quote => builder.OnQuote(quote)).ToList();
            Assert.All(candles, candle => Assert.False(candle.Quality.VolumeUnknown));
            Assert.Equal(quotes[^1].DayVolume - before.DayVolume, candles.Sum(candle => candle.Candle.Volume));
        }, iter: 300);

    [Fact]
    public void Polls_closer_than_the_trades_rebuild_the_truth() =>
        Gen.Select(Gen.Int[9000, 11000].Array[20, 400], Gen.Int[2, 9]).Sample((cents, pause) =>
        {
            var trades = cents.Select((price, i) => new ScriptedTrade(Open.AddSeconds(i * pause), price / 100.0, 1 + i % 7)).Prepend(new(Open.AddMinutes(-5), 100, 3)).ToArray();
            var market = new ScriptedTrades(trades);
            var builder = new CandleBuilder(ScriptedTrades.Symbol, Timeframe.M1, new() { Collar = 1 });
            var polls = ScriptedTrades.Polls(Open.AddSeconds(-1), Open.AddSeconds(cents.Length * pause), TimeSpan.FromSeconds(1)).Append(Open.AddHours(8));
            var candles = polls.SelectMany(at => builder.OnQuote(market.QuoteAt(at))).Select(candle => candle.Candle);
            Assert.Equal(market.TrueCandles(Timeframe.M1), candles);
        }, iter: 50);

    [Fact]
    public void A_restart_at_any_quote_changes_nothing() =>
        Gen.Select(Trades, Pauses, Timeframes, Gen.Int[0, 1000]).Sample((trades, pauses, timeframe, seed) =>
        {
            var quotes = Quotes(trades, pauses, Open.AddMinutes(-1)).Select((quote, i) => Spoiled(quote, (i * 7 + seed) % 40)).ToList();
            Assert.Equal(Run(quotes, timeframe, _ => false), Run(quotes, timeframe, _ => true));
            Assert.Equal(Run(quotes, timeframe, _ => false), Run(quotes, timeframe, i => i == seed % quotes.Count));
        }, iter: 100);

    /// <summary>Now and then a quote that is refused, held back, or without a total.</summary>
    static Quote Spoiled(Quote quote, int kind) => kind switch
    {
        0 => quote with { Last = quote.Last * 3 },
        1 => quote with { DayVolume = 1 },
        2 => quote with { DayVolume = null },
        3 => quote with { At = quote.At.AddMinutes(-3) },
        4 => quote with { Last = null },
        _ => quote,
    };

    static List<string> Run(List<Quote> quotes, Timeframe timeframe, Func<int, bool> restartsAt)
    {
        var builder = new CandleBuilder(ScriptedTrades.Symbol, timeframe);
        var found = new List<string>();
        for (var i = 0; i < quotes.Count; i++)
        {
            if (restartsAt(i)) builder = CandleBuilder.Restore(builder.Save());
            found.AddRange(builder.OnQuote(quotes[i]).Select(candle => candle.ToString()));
            found.AddRange(builder.OnTime(quotes[i].At).Select(candle => candle.ToString()));
            found.AddRange(builder.TakeHoles().Select(hole => hole.ToString()));
        }
        return found;
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Version\":2,\"Symbol\":\"ABC\",\"Timeframe\":\"1m\"}")]
    [InlineData("{\"Symbol\":\"\",\"Timeframe\":\"1m\"}")]
    public void A_saved_state_that_is_damaged_is_named_as_such(string saved) => Assert.Throws<FormatException>(() => CandleBuilder.Restore(saved));
}
