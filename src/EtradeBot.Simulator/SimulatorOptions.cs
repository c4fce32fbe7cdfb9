using EtradeBot.Market;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator;

/// <summary>What the simulated world is like.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Key and secret that both sides know unless others are given; they protect nothing.</summary>
    public const string DefaultConsumerKey = "simulator-key";

    /// <inheritdoc cref="DefaultConsumerKey"/>
    public const string DefaultConsumerSecret = "simulator-secret";

    public string ConsumerKey { get; init; } = DefaultConsumerKey;

    public string ConsumerSecret { get; init; } = DefaultConsumerSecret;

    public int Seed { get; init; } = 7;

    /// <summary>Seconds of simulated time that pass in a second.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Simulated time at the start; null: now, or the first open of the replayed candles.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Closed hours are left out: after a close the clock goes on at the next open.</summary>
    public bool IsAlwaysOpen { get; init; }

    /// <summary>Candles to be replayed, one series a symbol; empty: the demo market.</summary>
    public IReadOnlyList<CandleSeries> Replay { get; init; } = [];

    /// <summary>Real quotes that orders are filled against in place of any market of our own.</summary>
    public PaperMarket? Paper { get; init; }

    /// <summary>Further tickers of the demo market.</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = [];

    /// <summary>Opening cash of each account in dollars.</summary>
    public decimal Cash { get; init; } = 100_000;

    /// <summary>Where the browser goes after the login, as registered with the broker; null: the page shows the code.</summary>
    public Uri? Callback { get; init; }

    /// <summary>Refuse requests beyond the broker's documented rates.</summary>
    public bool LimitsRates { get; init; } = true;

    /// <summary>Seconds whose requests may come at once; 1 counts second by second.</summary>
    public double RateBurstSeconds { get; init; } = 5;

    /// <summary>Seconds from a client's place to its order in lists, at most; drawn for each order.</summary>
    public double VisibleAfterSeconds { get; init; }

    /// <summary>State is kept here and taken up again at the start; null: forgotten.</summary>
    public string? StateFile { get; init; }

    /// <summary>How often what merely passes with time is written there, by the customers' clock; what a customer was told always is.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Set from the start.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Says nothing: the consumer's secret is among the options.</summary>
    public override string ToString() => nameof(SimulatorOptions);
}
