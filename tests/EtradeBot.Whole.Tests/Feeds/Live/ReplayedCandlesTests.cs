using EtradeBot.App.Broker;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Simulator;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Real candles, served as quotes by the simulator over HTTP, polled by the client and built again.</summary>
public sealed class ReplayedCandlesTests
{
    [Fact]
    public async Task The_first_half_hour_polled_every_second_equals_the_file()
    {
        var file = CandleCsvFile.Read(TestFolders.Shared("data", "ohlcv", "1min", "SPY.csv"), new CandleRequest { Symbol = Symbol.Parse("SPY") }).Candles;
        var time = new FakeTimeProvider(file.OpenTime(0).AddSeconds(-1));
        await using var simulator = await RunningSimulator.StartAsync(new SimulatorOptions { Replay = [file], Start = time.GetUtcNow() }, time);
        using var client = new ETradeClient(new ETradeOptions { Environment = ETradeEnvironment.Simulator, BaseUrl = simulator.Url, Consumer = KeyPair.OfSimulator.ForClient(), Time = time });
        var login = await client.Session.BeginLoginAsync(TestContext.Current.CancellationToken);
        await client.Session.CompleteLoginAsync(login, await AuthorizePage.ReadCodeAsync(login.AuthorizeUrl, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var builder = new CandleBuilder(file.Symbol, Timeframe.M1);
        var rebuilt = new List<LiveCandle>();
        while (rebuilt.Count < 30)
        {
            var answer = await client.QuotesAsync([file.Symbol], QuoteDetail.All, TestContext.Current.CancellationToken);
            rebuilt.AddRange(builder.OnQuote(Assert.Single(answer.Quotes)));
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(Enumerable.Range(0, 30).Select(i => file[i]), rebuilt.Select(candle => candle.Candle));
        Assert.All(rebuilt, candle => Assert.Equal((CandleFlaws.None, 60), (candle.Quality.Flaws, candle.Quality.Polls)));
    }
}
