using CsCheck;
using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.Strategies;

/// <summary>A view that candles come to shows what a view of all of them shows at the same candle: no more and no less.</summary>
public class GrowingViewTests
{
    [Fact]
    public void Lines_and_patterns_that_grew_are_those_of_the_whole_series() =>
        Gen.Select(AnyCandles.Of(1, 90), Gen.Int[0, 40]).Sample((candles, warm) =>
        {
            warm = Math.Min(warm, candles.Count);
            var grown = EveryColumn(candles.Slice(0, warm));
            for (var i = warm; i < candles.Count; i++)
            {
                grown.Grow(candles.Slice(0, i + 1));
                grown.Index = i;
                AssertSameAt(EveryColumn(candles.Slice(0, i + 1)), grown, i);
            }
        }, iter: 60);

    [Fact]
    public void A_line_kept_in_a_field_shows_the_new_value()
    {
        var candles = RandomWalk.Of(50);
        var view = new View(candles.Slice(0, 49));
        var close = view.Close;
        view.Grow(candles);
        view.Index = 49;
        Assert.Equal(candles.Close[49], close.Now);
        Assert.Equal(candles.Close[48], close.Before);
    }

    [Fact]
    public void Right_after_it_grew_nothing_beyond_its_candle_can_be_read()
    {
        var candles = RandomWalk.Of(50);
        var view = new View(candles.Slice(0, 49));
        var (close, mean) = (view.Close, view.Sma(3));
        view.Find(Pattern.Doji);
        view.Index = 48;
        var before = (view.Now, close.Now, mean.Now, view.Value(Pattern.Doji));
        view.Grow(candles);
        Assert.Equal(before, (view.Now, close.Now, mean.Now, view.Value(Pattern.Doji)));
        Assert.Throws<ArgumentOutOfRangeException>(() => view[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => close[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => mean[-1]);
        // Also by a detour over the largest numbers.
        Assert.Throws<ArgumentOutOfRangeException>(() => close[int.MinValue]);
        Assert.Equal(double.NaN, close[int.MaxValue]);
    }

    [Fact]
    public void A_column_that_repaints_its_past_keeps_what_it_showed()
    {
        var candles = RandomWalk.Of(400);
        var view = new View(candles.Slice(0, 1));
        var last = view.Line(static c => [.. Enumerable.Repeat(c.Close[^1], c.Count)]);
        for (var i = 1; i < candles.Count; i++)
        {
            view.Grow(candles.Slice(0, i + 1));
            view.Index = i;
            Assert.Equal((candles.Close[i], candles.Close[i - 1], candles.Close[0]), (last.Now, last.Before, last[i]));
        }
    }

    [Fact]
    public void A_column_of_the_wrong_length_is_refused_when_it_grows()
    {
        var candles = RandomWalk.Of(10);
        var view = new View(candles.Slice(0, 9));
        var remembered = new double[9];
        view.Line(_ => remembered);
        Assert.Contains("each of the 10 candles, not 9", Assert.Throws<ArgumentException>(() => view.Grow(candles)).Message, StringComparison.Ordinal);
    }

    static View EveryColumn(CandleSeries candles)
    {
        var view = new View(candles);
        _ = (view.Open, view.High, view.Low, view.Close, view.Volume, view.Sma(4), view.Ema(4), view.Rsi(5), view.Atr(3));
        _ = (view.Macd(3, 6, 2), view.Bollinger(6));
        view.Line("own", static c => [.. c.Close.ToArray().Select((close, i) => close * i)]);
        view.Find(Enum.GetValues<Pattern>());
        view.Seal();
        return view;
    }

    static void AssertSameAt(View whole, View grown, int index)
    {
        whole.Index = index;
        Assert.Equal(whole.Lines.Select(line => line.Name), grown.Lines.Select(line => line.Name));
        foreach (var (one, other) in whole.Lines.Zip(grown.Lines)) Assert.True(one.Values.AsSpan().SequenceEqual(other.Values), one.Name);
        Assert.Equal(whole.PatternsNow, grown.PatternsNow);
        Assert.Equal(whole.Now, grown.Now);
    }
}
