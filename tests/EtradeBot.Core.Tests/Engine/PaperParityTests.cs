using CsCheck;
using EtradeBot.Backtests;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>One engine: candles that come one by one are traded as a backtest trades them, to the last bit.</summary>
public class PaperParityTests
{
    static readonly Gen<BacktestSettings> AnySettings = Gen.Int[0, 1_000_000].Select(seed =>
    {
        var random = new Random(seed);
        return new BacktestSettings
        {
            Cash = random.Next(5_000, 200_000),
            Sizing = random.Next(6) switch
            {
                0 => null,
                1 => Sizing.AllIn,
                2 => new Sizing(SizingKind.Shares, 100),
                3 => new Sizing(SizingKind.Fraction, 0.4),
                4 => new Sizing(SizingKind.Dollars, 9_000),
                _ => new Sizing(SizingKind.Risk, 0.005),
            },
            Limits = new RiskLimits
            {
                AllowShort = random.Next(3) > 0,
                MaxDailyLoss = random.Next(2) == 0 ? 0.002 * random.Next(1, 5) : null,
                MaxPositions = random.Next(1, 4),
                MaxPosition = 0.3 + 0.7 * random.NextDouble(),
                MaxGrossExposure = 0.5 + random.NextDouble(),
            },
            Costs = new CostModel { CommissionPerOrder = random.Next(2), RegulatoryFees = random.Next(2) == 0, Slippage = Slippage.Parse(random.Next(2) == 0 ? "bps:3" : "none") },
            Fills = new FillRules
            {
                Intrabar = (IntrabarPolicy)random.Next(3),
                Participation = random.Next(3) == 0 ? 0.05 : null,
                SettlementSessions = random.Next(2),
            },
        };
    });

    static readonly Gen<(BacktestSettings Settings, int Seed, int Symbols, int Warm)> AnyCase =
        Gen.Select(AnySettings, Gen.Int[0, 1_000_000], Gen.Int[1, 3], Gen.Int[0, 150]);

    public static TheoryData<string> BuiltIn => [.. StrategyCatalog.BuiltIn.Entries.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void A_built_in_strategy_trades_paper_as_it_does_in_a_backtest(string name) =>
        AnyCase.Sample(one => AssertSame(one, StrategyCatalog.BuiltIn.Get(name).Create), iter: 20);

    [Fact]
    public void Wishes_of_every_kind_are_traded_as_in_a_backtest() =>
        AnyCase.Sample(one => AssertSame(one, () => new WishesEverything { Seed = (uint)one.Seed }), iter: 120);

    [Fact]
    public void Strategies_with_columns_and_state_of_their_own_trade_as_in_a_backtest() =>
        AnyCase.Sample(one => AssertSame(one, (one.Seed % 4) switch
        {
            0 => () => new HonestStrategies.RecursiveAverage(),
            1 => () => new HonestStrategies.CountsFalls(),
            2 => () => new HonestStrategies.LooksAtItsPosition(),
            _ => () => new HonestStrategies.RollingMaximum(),
        }), iter: 40);

    [Fact]
    public void The_random_cases_reach_what_they_are_meant_to_reach()
    {
        var settings = new BacktestSettings { Limits = new RiskLimits { AllowShort = true, MaxDailyLoss = 0.002, MaxPositions = 2 }, Sizing = new Sizing(SizingKind.Fraction, 0.4) };
        var result = Backtest.Run(settings, () => new WishesEverything(), Series(5, 3, 1_500));
        Assert.Superset(Enum.GetValues<OrderType>().ToHashSet(), result.Orders.Select(report => report.Order.Type).ToHashSet());
        Assert.Superset(new HashSet<string> { "stop", "target", "trailing stop", "time stop" }, result.RoundTrips.Select(trip => trip.ExitReason).ToHashSet());
        Assert.Superset(new HashSet<string> { "max-daily-loss", "max-positions" }, result.Denials.Select(denial => denial.Rule).ToHashSet());
        Assert.Contains(result.Orders, report => report.Status == OrderStatus.Expired);
        Assert.Contains(result.RoundTrips, trip => trip.Side == Side.Sell);
        Assert.True(result.GapFills > 0);
    }

    static void AssertSame((BacktestSettings Settings, int Seed, int Symbols, int Warm) one, Func<Strategy> strategy)
    {
        var candles = Series(one.Seed, one.Symbols, 330);
        var settings = one.Warm == 0 ? one.Settings : one.Settings with { From = candles[0].OpenTime(one.Warm) };
        new PaperRun(settings, strategy, candles).ToTheEnd().AssertTraded(Backtest.Run(settings, strategy, candles));
    }

    static CandleSeries[] Series(int seed, int symbols, int count) =>
        [.. Enumerable.Range(0, symbols).Select(i => LiveMarket.Of("S" + "ABC"[i], seed * 3 + i, count + 17 * i))];
}
