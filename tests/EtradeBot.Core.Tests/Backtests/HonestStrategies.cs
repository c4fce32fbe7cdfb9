using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>Strategies that see the past only, in ways that a crude check would call cheating.</summary>
public static class HonestStrategies
{
    /// <summary>A recursive average: every value depends on the first candle.</summary>
    public sealed class RecursiveAverage : Strategy
    {
        Line _average = null!, _close = null!;

        public override void Init(View view)
        {
            _close = view.Close;
            _average = view.Line(candles =>
            {
                var values = candles.Close.ToArray();
                for (var i = 1; i < values.Length; i++) values[i] = values[i - 1] + 0.1 * (values[i] - values[i - 1]);
                return values;
            });
        }

        public override Signal? OnCandle(View view) =>
            _close.CrossedAbove(_average) ? new() { Side = Side.Buy, Because = "above", Stop = view.Now.Low }
            : _close.CrossedBelow(_average) ? new() { Side = Side.Sell, Because = "below" }
            : null;
    }

    /// <summary>Keeps state of its own from candle to candle.</summary>
    public sealed class CountsFalls : Strategy
    {
        readonly Queue<double> _closes = [];
        int _falls;

        public override Signal? OnCandle(View view)
        {
            _closes.Enqueue(view.Now.Close);
            if (_closes.Count > 3) _closes.Dequeue();
            _falls = view.Index > 0 && view.Now.Close < view[1].Close ? _falls + 1 : 0;
            return _falls >= 3 ? new() { Side = Side.Buy, Because = $"{_falls} falls from {_closes.Peek():R}", MaxCandles = 5 } : null;
        }
    }

    /// <summary>Acts on its position: leaves after a profit or after a while.</summary>
    public sealed class LooksAtItsPosition : Strategy
    {
        public override Signal? OnCandle(View view)
        {
            if (view.IsFlat) return new() { Side = view.Index % 3 == 0 ? Side.Sell : Side.Buy, Because = "in" };
            var gain = (view.Now.Close - view.EntryPrice) * Math.Sign(view.Shares);
            return gain > 2 || view.CandlesHeld > 10 ? new() { Side = view.IsLong ? Side.Sell : Side.Buy, Because = "out" } : null;
        }
    }

    /// <summary>Compares a line's past with its present, from the 51st candle on.</summary>
    public sealed class LooksBack : Strategy
    {
        Line _high = null!, _low = null!;

        public override void Init(View view) => (_high, _low) = (view.High, view.Low);

        public override Signal? OnCandle(View view) =>
            view.Index >= 50 && _high[10] < _low.Now ? new() { Side = Side.Buy, Because = "gap up" } : null;
    }

    /// <summary>A window that ends one candle ago, with a warm-up of NaN.</summary>
    public sealed class RollingMaximum : Strategy
    {
        Line _highest = null!;

        public override void Init(View view) => _highest = view.Line(candles =>
            [.. Enumerable.Range(0, candles.Count).Select(i => i < 20 ? double.NaN : Highest(candles.High.Slice(i - 20, 20)))]);

        public override Signal? OnCandle(View view) =>
            view.Now.Close > _highest.Now ? new() { Side = Side.Buy, Because = "breakout", Trail = 5, Target = view.Now.Close * 1.1 } : null;

        static double Highest(ReadOnlySpan<double> values)
        {
            var highest = values[0];
            foreach (var value in values) highest = Math.Max(highest, value);
            return highest;
        }
    }
}
