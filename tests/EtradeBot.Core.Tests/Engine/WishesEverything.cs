using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>Wishes of every kind, drawn from what it saw and from a state of its own: limit, stop and stop-limit entries, brackets,
/// trailing stops, time stops, both sides.</summary>
public sealed class WishesEverything : Strategy
{
    Line _atr = null!, _mean = null!;
    uint _state;

    public uint Seed { get; init; } = 1;

    public override void Init(View view)
    {
        _state = Seed * 2_654_435_761 + 1;
        _atr = view.Atr(5);
        _mean = view.Line("mean of all", candles =>
        {
            var (values, sum) = (new double[candles.Count], 0.0);
            for (var i = 0; i < values.Length; i++) values[i] = (sum += candles.Close[i]) / (i + 1);
            return values;
        });
    }

    public override Signal? OnCandle(View view)
    {
        if (double.IsNaN(_atr.Now)) return null;
        if (!view.IsFlat) return Draw(9) == 0 ? new() { Side = view.IsLong ? Side.Sell : Side.Buy, Because = $"enough after {view.CandlesHeld}" } : null;
        if (Draw(3) > 0) return null;
        var side = view.Now.Close > _mean.Now == Draw(4) > 0 ? Side.Buy : Side.Sell;
        var (close, atr, away) = (view.Now.Close, _atr.Now + 0.05, side.Sign());
        return new()
        {
            Side = side,
            Because = $"state {_state % 97}",
            Limit = Draw(3) == 0 ? close - away * 0.5 * atr : null,
            Trigger = Draw(3) == 0 ? close + away * 0.4 * atr : null,
            Stop = Draw(3) > 0 ? close - away * 1.5 * atr : null,
            Target = Draw(2) == 0 ? close + away * 2 * atr : null,
            Trail = Draw(3) == 0 ? 1.2 * atr : null,
            GoodForCandles = Draw(4),
            MaxCandles = Draw(2) == 0 ? 1 + Draw(12) : null,
        };
    }

    int Draw(uint kinds)
    {
        _state = _state * 1_664_525 + 1_013_904_223;
        return (int)((_state >> 16) % kinds);
    }
}
