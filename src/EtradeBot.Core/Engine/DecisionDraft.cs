using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>Takes down what the engine does at one candle. A backtest has none: it writes down nothing but denials.</summary>
sealed class DecisionDraft
{
    readonly List<Gate> _gates = [];
    readonly List<Order> _orders = [];

    // Conditions on entries that are not the engine's own, for the present candle.
    IReadOnlyList<Gate> _entryGates = [];

    public IReadOnlyList<Gate> Gates => [.. _gates];

    public IReadOnlyList<Order> Orders => [.. _orders];

    public Signal? Signal { get; private set; }

    public RiskDecision? Risk { get; private set; }

    public void Begin(IReadOnlyList<Gate> entryGates)
    {
        _gates.Clear();
        _orders.Clear();
        (_entryGates, Signal, Risk) = (entryGates, null, null);
    }

    public void Wanted(Signal? signal)
    {
        Signal = signal;
        Add("signal", "the strategy wants to trade", signal is null ? 0 : 1, 1, signal is not null);
    }

    public void Add(string rule, string words, double value, double threshold, bool passed) =>
        _gates.Add(new Gate(rule, words, value, threshold, passed));

    public void Judged(RiskManager risk, Signal signal, in RiskStanding standing, RiskDecision decision)
    {
        Risk = decision;
        _gates.AddRange(RiskGates.Of(risk, signal, standing, decision));
    }

    public void Submitted(Order order) => _orders.Add(order);

    /// <summary>Looks at the conditions on entries up to the first that does not hold.</summary>
    /// <returns>That one; null when all hold.</returns>
    public Gate? PassEntry()
    {
        foreach (var gate in _entryGates)
        {
            _gates.Add(gate);
            if (!gate.Passed) return gate;
        }
        return null;
    }
}
