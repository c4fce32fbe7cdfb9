namespace EtradeBot.Market;

/// <summary>An invented company of the demo market. Its ticker has six letters, which no ticker of a United States exchange has.</summary>
/// <param name="About">What its candles are like, in a few words.</param>
public sealed record DemoSymbol(Symbol Symbol, string Name, string About)
{
    internal DemoCharacter Character { get; private init; } = null!;

    internal static IReadOnlyList<DemoSymbol> All { get; } =
    [
        Of("BASALT", "Basalt Power & Light", "quiet utility",
            new() { Price = 62, Growth = 0.04, Volatility = 0.15, Shares = 2_400_000, ShockSize = 0.015 }),
        Of("MEADOW", "Meadow Foods", "steady consumer stock",
            new() { Price = 48, Growth = 0.06, Volatility = 0.18, Shares = 4_100_000, ShockSize = 0.025 }),
        Of("LEDGER", "Ledger Street Bank", "cyclical, falls hard in bad times",
            new() { Price = 85, Growth = 0.06, Volatility = 0.27, Shares = 9_500_000, StormFactor = 1.6 }),
        Of("ANVILS", "Anvil Machine Works", "industrial with clear trends",
            new() { Price = 120, Growth = 0.07, Volatility = 0.25, Shares = 3_200_000, TrendFactor = 1.5 }),
        Of("COBALT", "Cobalt Ridge Mining", "commodity, fat tails",
            new() { Price = 44, Growth = 0.03, Volatility = 0.36, Shares = 12_000_000, Degrees = 4.5, GapShare = 0.35 }),
        Of("PIXELS", "Pixel Loom Software", "growth stock, jumps at its reports",
            new() { Price = 140, Growth = 0.10, Volatility = 0.32, Shares = 15_000_000, ShockSize = 0.06 }),
        Of("VOLTAR", "Voltar Motors", "wild and heavily traded",
            new() { Price = 160, Growth = 0.08, Volatility = 0.48, Shares = 38_000_000, Degrees = 5, TrendFactor = 1.3 }),
        Of("HELIXA", "Helixa Therapeutics", "thinly traded, large overnight gaps",
            new() { Price = 42, Growth = 0.04, Volatility = 0.42, Shares = 900_000, Degrees = 4.5, GapShare = 0.45, ShockSize = 0.11 }),
    ];

    /// <summary>A company whose character is drawn.</summary>
    internal static DemoSymbol Invented(Symbol symbol, SeededRandom random) => Of(symbol.Ticker, symbol.Ticker, "invented", new()
    {
        Price = 100,
        Growth = 0.02 + 0.04 * random.NextDouble(),
        Volatility = 0.14 + 0.20 * random.NextDouble(),
        Shares = 600_000 * Math.Exp(random.NextDouble() * Math.Log(80)),
        ShockSize = 0.01 + 0.03 * random.NextDouble(),
        GapShare = 0.2 + 0.15 * random.NextDouble(),
        TrendFactor = 0.8 + 0.4 * random.NextDouble(),
    });

    /// <summary>The same company with every price times the factor.</summary>
    internal DemoSymbol Times(double factor) => this with { Character = Character with { Price = Character.Price * factor } };

    static DemoSymbol Of(string ticker, string name, string about, DemoCharacter character) =>
        new(Symbol.Parse(ticker), name, about) { Character = character };
}

/// <summary>The numbers that make one company's candles differ from another's.</summary>
sealed record DemoCharacter
{
    /// <summary>Dollars on the growth path at the start of 2020.</summary>
    public required double Price { get; init; }

    /// <summary>Log growth a year of the path around which the price wanders.</summary>
    public required double Growth { get; init; }

    /// <summary>Standard deviation of log returns a year, about.</summary>
    public required double Volatility { get; init; }

    /// <summary>Shares traded on an ordinary day.</summary>
    public required double Shares { get; init; }

    /// <summary>Degrees of freedom of daily shocks: the smaller, the fatter the tails.</summary>
    public double Degrees { get; init; } = 6;

    /// <summary>Fraction of a day's variance that falls between close and open.</summary>
    public double GapShare { get; init; } = 0.25;

    /// <summary>Typical log size of the overnight jump at one of the four reports a year.</summary>
    public double ShockSize { get; init; } = 0.04;

    /// <summary>How much deeper than usual the stormy regime is.</summary>
    public double StormFactor { get; init; } = 1;

    /// <summary>How much stronger than usual the regimes drift.</summary>
    public double TrendFactor { get; init; } = 1;
}
