using System.Diagnostics;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Bench;

/// <summary>From the answer with the quote that ends a candle to the candle stored and published.</summary>
/// <remarks>
/// An hour of 200 symbols that trade every second, polled as in earnest on a clock that is moved as fast as the work goes. The delay is
/// on the clock, since it is the disk and the collector that a signal waits for; the part that is processor time stands beside it.
/// </remarks>
static class LiveRows
{
    const int Symbols = 200;
    const int Minutes = 60;
    const double MarketCallsPerSecond = 3.2;

    /// <summary>Milliseconds from quote to candle at the 99th percentile.</summary>
    const double Budget = 5;

    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public static IEnumerable<BenchRow> Rows(int runs)
    {
        var hours = new Lazy<Delays[]>(() =>
        {
            Task.Run(() => RecordAsync()).GetAwaiter().GetResult();
            return [.. Enumerable.Range(0, runs).Select(_ => Task.Run(() => RecordAsync()).GetAwaiter().GetResult())];
        });
        yield return new($"live candles of {Symbols} symbols, delay p99", "ms", Budget, "", () =>
            new([.. hours.Value.Select(hour => hour.Clock(0.99))], FormattableString.Invariant($"{hours.Value[0].Count} candles an hour, the slowest after {hours.Value.Max(hour => hour.Clock(1)):0.0} ms")));
        yield return new("  live candles, delay p50", "ms", null, "", () => new([.. hours.Value.Select(hour => hour.Clock(0.5))]));
        yield return new("  live candles, processor time p99", "ms", null, "", () => new([.. hours.Value.Select(hour => hour.Processor(0.99))]));
    }

    static async Task<Delays> RecordAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            using var store = LiveCandleStore.OpenToWrite(folder);
            var time = new FakeTimeProvider(MarketCalendar.Nyse.At(new DateOnly(2024, 1, 10), new TimeOnly(9, 29, 55)));
            var delays = new Delays();
            var options = new PollerOptions { Symbols = [.. Enumerable.Range(0, Symbols).Select(i => Symbol.Parse(FormattableString.Invariant($"S{i}")))], Timeframes = [Timeframe.M1] };
            var recording = new Recording(options, new((symbols, _) => Task.FromResult(Answer(symbols, time.GetUtcNow(), delays)), () => MarketCallsPerSecond), time, (store, "bench"));
            // Attached after the recorder, which has stored a candle before anybody else sees it.
            recording.Poller.Closed += batch => delays.Add(batch.Candles.Count);
            using var stop = new CancellationTokenSource();
            var running = recording.RunAsync(default, stop.Token);
            for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(Minutes); passed += Step) time.Advance(Step);
            await stop.CancelAsync();
            await running;
            // It ends five seconds before the last minute does.
            return delays.Count == Symbols * (Minutes - 1) ? delays : throw new InvalidOperationException($"{delays.Count} candles");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static QuoteAnswer Answer(IReadOnlyCollection<Symbol> symbols, DateTimeOffset now, Delays delays)
    {
        var second = now.ToUnixTimeSeconds();
        var at = DateTimeOffset.FromUnixTimeSeconds(second);
        var quotes = symbols.Select(symbol => new Quote
        {
            Symbol = symbol,
            At = at,
            ReceivedAt = now,
            Status = QuoteStatus.RealTime,
            Last = 100 + second % 11,
            LastTradeAt = at,
            DayVolume = second % 86_400,
        }).ToList();
        delays.Begin();
        return new(quotes, []);
    }

    /// <summary>Milliseconds that each candle came after the latest answer.</summary>
    sealed class Delays
    {
        readonly List<double> _clock = [];
        readonly List<double> _processor = [];
        long _begun;
        double _processorBegun;

        public int Count => _clock.Count;

        public void Begin() => (_processorBegun, _begun) = (CpuTime.OfThisProcess, Stopwatch.GetTimestamp());

        public void Add(int candles)
        {
            var (clock, processor) = (Stopwatch.GetElapsedTime(_begun).TotalMilliseconds, (CpuTime.OfThisProcess - _processorBegun) * 1000);
            _clock.AddRange(Enumerable.Repeat(clock, candles));
            _processor.AddRange(Enumerable.Repeat(processor, candles));
        }

        public double Clock(double part) => At(_clock, part);

        public double Processor(double part) => At(_processor, part);

        // The smallest that this part of them does not exceed.
        static double At(List<double> all, double part) => all.Order().ElementAt((int)Math.Ceiling(all.Count * part) - 1);
    }
}
