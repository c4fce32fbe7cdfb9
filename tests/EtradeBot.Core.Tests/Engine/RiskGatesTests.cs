using CsCheck;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

public class RiskGatesTests
{
    static readonly Gen<(RiskManager Risk, Signal Signal, RiskStanding Standing)> Any = Gen.Int[0, int.MaxValue - 1].Select(seed =>
    {
        var random = new Random(seed);
        var limits = new RiskLimits
        {
            AllowShort = random.Next(2) == 0,
            MaxPositions = random.Next(1, 4),
            MaxDailyLoss = random.Next(2) == 0 ? 0.02 : null,
            MaxPosition = random.NextDouble(),
            MaxGrossExposure = random.NextDouble() * 1.5,
            MaxRiskPerTrade = 0.02 * random.NextDouble(),
        };
        var sizing = random.Next(4) switch
        {
            0 => Sizing.AllIn,
            1 => new Sizing(SizingKind.Shares, random.Next(1, 2_000)),
            2 => new Sizing(SizingKind.Fraction, random.NextDouble()),
            _ => new Sizing(SizingKind.Risk, 0.03 * random.NextDouble()),
        };
        var price = random.Next(12) == 0 ? double.NaN : 1 + 200 * random.NextDouble();
        double? Near() => random.Next(2) == 0 ? null : price * (0.8 + 0.4 * random.NextDouble());
        var signal = new Signal { Side = random.Next(3) == 0 ? Side.Sell : Side.Buy, Because = "", Limit = Near(), Stop = Near(), Trail = random.Next(3) == 0 ? 0.5 : null };
        return (new RiskManager(limits, sizing), signal, new RiskStanding(random.Next(12) == 0 ? 0 : random.Next(100, 100_000), random.Next(4), random.Next(0, 60_000))
        {
            Price = price,
            Atr = random.Next(6) == 0 ? double.NaN : random.NextDouble() * 3,
            DayStartEquity = 50_000,
            HeldOfSymbol = random.Next(3) == 0 ? 2_000 : 0,
        });
    });

    [Fact]
    public void The_gates_tell_the_verdict_of_the_risk_manager() => Any.Sample(one =>
    {
        var decision = one.Risk.Judge(one.Signal, one.Standing);
        var gates = RiskGates.Of(one.Risk, one.Signal, one.Standing, decision).ToArray();
        if (decision is RiskDecision.Denied denied)
        {
            Assert.Equal(new Gate(denied.Rule, denied.Words, denied.Asked, denied.Limit, false), gates[^1]);
            gates = gates[..^1];
        }
        Assert.All(gates, gate => Assert.True(gate.Passed && Holds(gate, one.Signal.Side), $"{gate}"));
    }, iter: 20_000);

    [Fact]
    public void Every_rule_of_the_risk_manager_has_its_place_in_the_row()
    {
        var (met, unplaced) = (new HashSet<string>(), new HashSet<string>());
        Any.Sample(one =>
        {
            if (one.Risk.Judge(one.Signal, one.Standing) is not RiskDecision.Denied denied) return;
            // With the verdict hidden, the row goes on to where the rule stands.
            var row = RiskGates.Of(one.Risk, one.Signal, one.Standing, new RiskDecision.Sized(1)).Select(gate => gate.Rule);
            lock (met)
            {
                met.Add(denied.Rule);
                if (!row.Contains(denied.Rule)) unplaced.Add(denied.Rule);
            }
        }, iter: 20_000);
        Assert.Empty(unplaced);
        Assert.True(met.Count >= 10, string.Join(", ", met));
    }

    /// <summary>The condition, judged anew from the numbers shown.</summary>
    static bool Holds(Gate gate, Side side) => gate.Rule switch
    {
        "no-price" or "no-equity" or "no-stop-distance" => gate.Value > gate.Threshold,
        "short-not-allowed" => gate.Value == gate.Threshold,
        "max-positions" or "max-position" or "max-gross-exposure" or "max-risk-per-trade" => gate.Value <= gate.Threshold,
        "max-daily-loss" => gate.Value < gate.Threshold,
        "stop-on-wrong-side" => side == Side.Buy ? gate.Value < gate.Threshold : gate.Value > gate.Threshold,
        "size-below-one-share" => gate.Value >= gate.Threshold,
        _ => false,
    };
}
