using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Engine;
using EtradeBot.ETrade;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Dashboard.Bots;

/// <summary>Pages over what was recorded, with nothing that trades behind them.</summary>
public abstract class RecordPageTest : PageTest
{
    private protected RecordPageTest()
    {
        Trading = TradingFolder.Of(Folder.Path, TradingMode.Simulated, "1a2b3c4d");
        Record = new TradingRecord(Folder.Path, () => null, () => null);
        Services.AddSingleton(Record);
        Services.AddSingleton(_ => new TradingHost(new TradingHostParts(Folder.Path, State, (symbol, _, _) => throw new InvalidOperationException($"nobody trades {symbol} here"), new AuditLog(Folder.Path, Time)) { Time = Time }));
        Services.AddSingleton(Actors.Source(Actors.Admin));
    }

    private protected TemporaryFolder Folder { get; } = new();

    private protected TradingFolder Trading { get; }

    private protected TradingRecord Record { get; }

    /// <summary>Tuesday 10 March 2026, in New York.</summary>
    private protected static DateTimeOffset At(int hour, int minute = 0) => new(2026, 3, 10, hour + 4, minute, 0, TimeSpan.Zero);

    /// <summary>Writes the events of a journal, each at its time.</summary>
    private protected void Journal(params (DateTimeOffset At, JournalEvent What)[] events)
    {
        var clock = new FakeTimeProvider(events[0].At);
        using var disk = new FolderDisk(Trading.Path);
        var journal = EtradeBot.Execution.Journaling.Journal.Open(disk, clock);
        foreach (var (at, what) in events)
        {
            clock.SetUtcNow(at);
            journal.Append(what);
        }
    }

    private protected static OrderIntent Entry(string id, string symbol = "MSFT", int shares = 100) => new(id, Symbol.Parse(symbol), OrderAction.Buy, shares, OrderPriceType.Limit, OrderRole.Entry)
    {
        Limit = 50,
        Owner = "rule",
        Because = "hammer",
        PlannedStop = 49,
    };

    private protected static OrderIntent Exit(string id, string entry, OrderRole role = OrderRole.Exit, int shares = 100, string symbol = "MSFT") => new(id, Symbol.Parse(symbol), OrderAction.Sell, shares, role == OrderRole.Stop ? OrderPriceType.Stop : OrderPriceType.Market, role)
    {
        Owner = "rule",
        Because = role == OrderRole.Stop ? "stop" : "target",
        Guards = entry,
        Stop = role == OrderRole.Stop ? 49 : null,
    };

    private protected static OrderSeen Seen(string id, int filled, decimal price, BrokerOrderStatus status = BrokerOrderStatus.Executed, decimal fees = 0) => new(id, 700, status, filled, filled > 0 ? price : null) { Fees = fees };

    private protected static DecisionRow Decision(string symbol, DateTimeOffset closedAt, string wanted = "", string outcome = "", params Gate[] gates) =>
        new(closedAt, symbol, "1m", "rule", new Candle(closedAt.AddMinutes(-1), 50, 51, 49, 50.5, 1_200), wanted, "", outcome, null) { Gates = gates, Lines = [new("rsi 14", 61.25), new("sma 100", double.NaN)], Patterns = [new("Hammer", 100), new("Engulfing", 0)] };

    /// <summary>Keeps decisions as the bot does.</summary>
    private protected void Keep(DateOnly day, params DecisionRow[] rows)
    {
        var options = new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
        Directory.CreateDirectory(Trading.Day(day));
        File.AppendAllLines(Path.Combine(Trading.Day(day), "decisions.jsonl"), rows.Select(row => System.Text.Json.JsonSerializer.Serialize(new { Decision = row }, options)));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Folder.Dispose();
    }
}
