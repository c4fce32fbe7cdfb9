using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>A split that the market has to know of.</summary>
sealed record StockSplit(string Ticker, double Ratio, DateTimeOffset At);

/// <summary>All that has to be kept for everything to go on as if it had never stopped.</summary>
sealed class OfficeState
{
    public const int PresentVersion = 1;

    public required int Version { get; init; }

    public required int Seed { get; init; }

    public required DateTimeOffset Now { get; set; }

    /// <summary>Random numbers drawn so far: the next one follows from it and the seed.</summary>
    public int Drawn { get; set; }

    public long Sequence { get; set; }

    public long Executions { get; set; }

    public required List<CustomerBook> Books { get; init; }

    /// <summary>By ticker, the last print that orders were compared with.</summary>
    public Dictionary<string, Print> LastPrints { get; init; } = [];

    public List<StockSplit> Splits { get; init; } = [];

    /// <summary>Uniform, at least 0 and below 1.</summary>
    public double Draw() => new SeededRandom(SeededRandom.Derive((ulong)Seed, "accounts", Drawn++)).NextDouble();

    /// <summary>Seconds with a heavy tail: half of the draws are below a fiftieth of the most, one in fifty is cut at the most.</summary>
    public TimeSpan DrawDelay(double mostSeconds)
    {
        if (mostSeconds <= 0) return TimeSpan.Zero;
        var odds = 1 / (1 - Draw()) - 1;
        return TimeSpan.FromSeconds(Math.Min(mostSeconds, mostSeconds / 50 * odds));
    }
}
