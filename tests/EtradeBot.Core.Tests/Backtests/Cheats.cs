using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>Strategies that see the future, each in a way that has cost somebody money.</summary>
public static class Cheats
{
    /// <summary>Buys when its one line is above the close or zero, sells otherwise.</summary>
    public abstract class OneLine : Strategy
    {
        Line _line = null!;

        protected abstract double[] Compute(CandleSeries candles);

        protected virtual bool IsBullish(double value, View view) => value > view.Now.Close;

        public override void Init(View view) => _line = view.Line(Compute);

        public override Signal? OnCandle(View view)
        {
            if (double.IsNaN(_line.Now)) return null;
            var wants = IsBullish(_line.Now, view);
            if (wants && view.IsFlat) return new() { Side = Side.Buy, Because = "up" };
            return !wants && view.IsLong ? new() { Side = Side.Sell, Because = "down" } : null;
        }
    }

    public abstract class AroundZero : OneLine
    {
        protected override bool IsBullish(double value, View view) => value > 0;
    }

    /// <summary>A column shifted by -1: tomorrow's close today.</summary>
    public sealed class NextClose : OneLine
    {
        protected override double[] Compute(CandleSeries candles) =>
            [.. Enumerable.Range(0, candles.Count).Select(i => i + 1 < candles.Count ? candles.Close[i + 1] : double.NaN)];
    }

    /// <summary>The same, careful not to show it: on the last candle it takes the close itself.</summary>
    public sealed class NextCloseWithoutNaN : OneLine
    {
        protected override double[] Compute(CandleSeries candles) =>
            [.. Enumerable.Range(0, candles.Count).Select(i => candles.Close[Math.Min(i + 1, candles.Count - 1)])];
    }

    /// <summary>A moving average centred on its candle: half of it lies ahead.</summary>
    public sealed class CentredAverage : OneLine
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var average = new double[candles.Count];
            Array.Fill(average, double.NaN);
            for (var i = 5; i + 5 < candles.Count; i++)
                foreach (var close in candles.Close.Slice(i - 5, 11)) average[i] = (double.IsNaN(average[i]) ? 0 : average[i]) + close / 11;
            return average;
        }
    }

    /// <summary>Standardised with the mean and deviation of the whole sample.</summary>
    public sealed class WholeSampleZScore : AroundZero
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var closes = candles.Close.ToArray();
            var mean = closes.Average();
            var deviation = Math.Sqrt(closes.Average(c => (c - mean) * (c - mean)));
            return [.. closes.Select(c => (mean - c) / deviation)];
        }
    }

    /// <summary>Scaled by the highest price there will ever be.</summary>
    public sealed class ScaledByGlobalMax : AroundZero
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var closes = candles.Close.ToArray();
            return [.. closes.Select(c => 0.9 - c / closes.Max())];
        }
    }

    /// <summary>Pivot lows marked where they are, though three later candles confirm them.</summary>
    public sealed class PivotStampedEarly : AroundZero
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var pivots = new double[candles.Count];
            for (var i = 3; i + 3 < candles.Count; i++)
            {
                var low = candles.Low[i];
                var isPivot = true;
                foreach (var near in candles.Low.Slice(i - 3, 7)) isPivot &= low <= near;
                pivots[i] = isPivot ? 1 : 0;
            }
            return pivots;
        }
    }

    /// <summary>Gaps of a weekly figure, known on Fridays, filled backwards.</summary>
    public sealed class Backfilled : OneLine
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var filled = new double[candles.Count];
            var next = double.NaN;
            for (var i = candles.Count - 1; i >= 0; i--)
            {
                if (candles.OpenTime(i).DayOfWeek == DayOfWeek.Friday) next = candles.Close[i];
                filled[i] = next;
            }
            return filled;
        }
    }

    /// <summary>Distance to a straight line fitted through all closes.</summary>
    public sealed class WholeSampleRegression : OneLine
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var closes = candles.Close.ToArray();
            var middle = (closes.Length - 1) / 2.0;
            var mean = closes.Average();
            var slope = closes.Select((c, i) => (i - middle) * (c - mean)).Sum() / Math.Max(1, closes.Select((_, i) => (i - middle) * (i - middle)).Sum());
            return [.. closes.Select((_, i) => mean + slope * (i - middle))];
        }
    }

    /// <summary>The share of all closes, later ones too, that are higher.</summary>
    public sealed class GlobalPercentile : AroundZero
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var closes = candles.Close.ToArray();
            return [.. closes.Select(c => closes.Count(other => other > c) / (double)closes.Length - 0.5)];
        }
    }

    /// <summary>Remembers the next candles of an earlier run in a static field.</summary>
    public sealed class RemembersLastRun : Strategy
    {
        static readonly Dictionary<DateTimeOffset, double> Seen = [];

        public override Signal? OnCandle(View view)
        {
            Seen[view.Now.OpenTime] = view.Now.Close;
            var isKnown = Seen.TryGetValue(view.Now.OpenTime.AddDays(1), out var tomorrow);
            return isKnown && tomorrow > view.Now.Close ? new() { Side = Side.Buy, Because = "remembered" } : null;
        }
    }

    /// <summary>Draws lots.</summary>
    public sealed class Chance : Strategy
    {
        static readonly Random Lots = new(1);

        public override Signal? OnCandle(View view) => Lots.Next(20) == 0 ? new() { Side = Side.Buy, Because = "lucky" } : null;
    }

    /// <summary>Sees the close of a week on its Monday.</summary>
    public sealed class UnfinishedWeek : OneLine
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var weekCloses = new Dictionary<int, double>();
            for (var i = 0; i < candles.Count; i++) weekCloses[Week(candles, i)] = candles.Close[i];
            return [.. Enumerable.Range(0, candles.Count).Select(i => weekCloses[Week(candles, i)])];
        }

        static int Week(CandleSeries candles, int i) => (int)((candles.OpenTime(i) - DateTimeOffset.UnixEpoch).Days + 3) / 7;
    }

    /// <summary>Leaves just before the data end.</summary>
    public sealed class KnowsTheLastCandle : Strategy
    {
        int _count;

        public override void Init(View view) => view.Line(candles =>
        {
            _count = candles.Count;
            return new double[candles.Count];
        });

        public override Signal? OnCandle(View view) =>
            view.Index == 10 ? new() { Side = Side.Buy, Because = "start" }
            : view.Index == _count - 2 ? new() { Side = Side.Sell, Because = "end" }
            : null;
    }

    /// <summary>Puts the target where the year will turn.</summary>
    public sealed class TargetAtTheFinalHigh : Strategy
    {
        double _high;

        public override void Init(View view) => view.Line(candles =>
        {
            foreach (var high in candles.High) _high = Math.Max(_high, high);
            return new double[candles.Count];
        });

        public override Signal? OnCandle(View view) =>
            view.IsFlat && view.Index % 10 == 0 ? new() { Side = Side.Buy, Because = "dip", Target = _high * 0.99 } : null;
    }

    /// <summary>Keeps the candles themselves and reads ahead while it runs; no line shows it.</summary>
    public sealed class KeepsTheCandles : Strategy
    {
        CandleSeries _candles = null!;

        public override void Init(View view) => view.Line(candles =>
        {
            _candles = candles;
            return new double[candles.Count];
        });

        public override Signal? OnCandle(View view) =>
            view.Index + 20 < _candles.Count && _candles.Close[view.Index + 20] > view.Now.Close * 1.1
                ? new() { Side = Side.Buy, Because = "about to rise" }
                : null;
    }

    /// <summary>Five-point quadratic smoothing, centred (Savitzky and Golay 1964).</summary>
    public sealed class SavitzkyGolay : OneLine
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var c = candles.Close.ToArray();
            double At(int i) => c[Math.Clamp(i, 0, c.Length - 1)];
            return [.. c.Select((_, i) => (-3 * At(i - 2) + 12 * At(i - 1) + 17 * At(i) + 12 * At(i + 1) - 3 * At(i + 2)) / 35)];
        }
    }

    /// <summary>Keeps the slow waves of the whole series: every value depends on every candle.</summary>
    public sealed class FourierSmoothing : OneLine
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var closes = candles.Close.ToArray();
            var n = closes.Length;
            var smooth = new double[n];
            for (var wave = 0; wave < 4; wave++)
            {
                double real = 0, imaginary = 0;
                for (var i = 0; i < n; i++)
                {
                    real += closes[i] * Math.Cos(Math.Tau * wave * i / n);
                    imaginary += closes[i] * Math.Sin(Math.Tau * wave * i / n);
                }
                for (var i = 0; i < n; i++)
                    smooth[i] += (wave == 0 ? 1 : 2) * (real * Math.Cos(Math.Tau * wave * i / n) + imaginary * Math.Sin(Math.Tau * wave * i / n)) / n;
            }
            return smooth;
        }
    }

    /// <summary>An average run forwards and then backwards, to take its lag away.</summary>
    public sealed class ForwardBackwardAverage : OneLine
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var values = candles.Close.ToArray();
            for (var i = 1; i < values.Length; i++) values[i] = values[i - 1] + 0.3 * (values[i] - values[i - 1]);
            for (var i = values.Length - 2; i >= 0; i--) values[i] = values[i + 1] + 0.3 * (values[i] - values[i + 1]);
            return values;
        }
    }

    /// <summary>Back-adjusts prices so that the last one stays as it is.</summary>
    public sealed class AnchoredAtTheEnd : AroundZero
    {
        protected override double[] Compute(CandleSeries candles)
        {
            var closes = candles.Close.ToArray();
            return [.. closes.Select(c => Math.Log(closes[^1] / c))];
        }
    }
}
