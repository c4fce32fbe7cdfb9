using CsCheck;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

public class MinuteWalkTests
{
    static readonly DateTimeOffset Open = SomeMarket.At(2026, 3, 10, "09:30:00");

    static readonly Gen<double> Factor = Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1], Gen.Const(1.0));

    /// <summary>Candles of any price, from fractions of a cent to Berkshire's, flat ones and ones without volume among them.</summary>
    static readonly Gen<Candle> AnyCandle = Gen.Select(Gen.Double[-8, 14], Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.6]), Factor, Factor, Gen.OneOf(Gen.Const(0L), Gen.Long[0, 70], Gen.Long[0, 1L << 50]))
        .SelectMany((log, range, open, close, volume) => Gen.Bool.Select(isInCents =>
        {
            var low = Math.Exp(log);
            var high = low * (1 + range);
            var candle = new Candle(Open, low + open * (high - low), high, low, low + close * (high - low), volume);
            return isInCents && low > 0.01 ? InCents(candle) : Inside(candle);
        }));

    static Candle InCents(Candle candle) => Inside(candle with
    {
        Open = Math.Round(candle.Open, 2),
        High = Math.Round(candle.High, 2),
        Low = Math.Round(candle.Low, 2),
        Close = Math.Round(candle.Close, 2),
    });

    /// <summary>Rounding must not take the open or close out of the range.</summary>
    static Candle Inside(Candle candle) => candle with
    {
        High = Math.Max(candle.High, Math.Max(candle.Open, candle.Close)),
        Low = Math.Min(candle.Low, Math.Min(candle.Open, candle.Close)),
    };

    [Fact]
    public void Asking_every_second_rebuilds_any_candle() =>
        Gen.Select(AnyCandle, AnyCandle, Gen.Int[0, 999], Gen.Int[0, 1000]).Sample((candle, next, millisecond, seed) =>
        {
            Candle[] candles = [candle, next with { OpenTime = Open.AddMinutes(1) }];
            var market = new SomeMarket(new SimulatorOptions { Seed = seed, Replay = [SomeMarket.Series("SPY", Timeframe.M1, candles)] }).Market;

            Assert.Equal(candles, PolledCandles.Poll(market, SomeMarket.Spy, (Open.AddMilliseconds(millisecond - 1000), Open.AddMinutes(3)), TimeSpan.FromSeconds(1)));
            Assert.Equal(candles, PolledCandles.Of(market.Prints(SomeMarket.Spy, Open.AddTicks(-1), Open.AddMinutes(2))));
        }, iter: 2000);

    [Fact]
    public void Prices_stay_in_the_range_and_each_for_two_seconds() =>
        Gen.Select(AnyCandle, Gen.ULong).Sample((candle, seed) =>
        {
            var walk = new MinuteWalk(candle.Open, candle.High, candle.Low, candle.Close, seed);

            Assert.Equal(0, walk.Offset(0));
            for (var k = 0; k < MinuteWalk.Prints; k++)
            {
                var next = k == MinuteWalk.Prints - 1 ? TimeSpan.TicksPerMinute : walk.Offset(k + 1);
                Assert.True(next - walk.Offset(k) >= 2 * TimeSpan.TicksPerSecond);
                Assert.InRange(walk.Price(k), candle.Low, candle.High);
                Assert.Equal(k + 1, walk.CountUpTo(walk.Offset(k)));
                Assert.Equal(k, walk.CountUpTo(walk.Offset(k) - 1));
            }
        }, iter: 2000);

    [Fact]
    public void The_nearer_extreme_comes_first() =>
        Gen.Select(AnyCandle, Gen.ULong).Where((candle, _) => candle.High > candle.Low).Sample((candle, seed) =>
        {
            var walk = new MinuteWalk(candle.Open, candle.High, candle.Low, candle.Close, seed);
            var prices = Enumerable.Range(0, MinuteWalk.Prints).Select(walk.Price).ToList();
            var isHighFirst = candle.High - candle.Open < candle.Open - candle.Low;

            if (isHighFirst) Assert.InRange(prices.IndexOf(candle.High), 0, 4);
            else if (candle.High - candle.Open > candle.Open - candle.Low) Assert.InRange(prices.IndexOf(candle.Low), 0, 4);
        }, iter: 2000);

    [Fact]
    public void In_a_tie_a_white_candle_falls_first_and_a_black_one_rises_first()
    {
        Assert.True(MinuteWalk.IsLowFirst(10, 11, 9, 10.5));
        Assert.True(MinuteWalk.IsLowFirst(10, 11, 9, 10));
        Assert.False(MinuteWalk.IsLowFirst(10, 11, 9, 9.5));
    }

    [Fact]
    public void Volume_adds_up_and_never_falls() =>
        Gen.OneOf(Gen.Long[0, 200], Gen.Long[0, long.MaxValue]).Sample(total =>
        {
            Assert.Equal(0, MinuteWalk.Volume(total, 0));
            Assert.Equal(total, MinuteWalk.Volume(total, MinuteWalk.Prints));
            for (var k = 0; k < MinuteWalk.Prints; k++) Assert.True(MinuteWalk.Volume(total, k) <= MinuteWalk.Volume(total, k + 1));
        });
}
