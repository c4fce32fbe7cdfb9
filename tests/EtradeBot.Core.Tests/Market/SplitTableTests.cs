namespace EtradeBot.Market;

public class SplitTableTests
{
    const string AppleSplits = "date,factor\n2000-06-21,2\n2005-02-28,2\n2014-06-09,7\n2020-08-31,4\n";

    static readonly MarketCalendar Nyse = MarketCalendar.Nyse;

    [Fact]
    public void Lines_are_read_in_any_order()
    {
        var table = SplitTable.Parse("# Apple\r\n2020-08-31, 4\r\n\r\n2014-06-09,7\r\n2010-01-04,0.5", "splits.csv");

        Assert.Equal([new(new(2010, 1, 4), 0.5), new(new(2014, 6, 9), 7), new(new(2020, 8, 31), 4)], table.Splits);
    }

    [Theory]
    [InlineData("date,factor\n2020-08-31", "splits.csv line 2: '2020-08-31' has 1 cells; write date,factor such as 2020-08-31,4")]
    [InlineData("31.08.2020,4", "splits.csv line 1, column date: '31.08.2020' is not a day; write it as 2020-08-31")]
    [InlineData("2020-08-31,0", "splits.csv line 1, column factor: '0' is not a number from 0.0001 to 10000; write the new shares for each old one, such as 4 for a 4:1 split")]
    [InlineData("2020-08-31,4:1", "splits.csv line 1, column factor: '4:1' is not a number from 0.0001 to 10000; write the new shares for each old one, such as 4 for a 4:1 split")]
    [InlineData("2020-08-31,NaN", "splits.csv line 1, column factor: 'NaN' is not a number from 0.0001 to 10000; write the new shares for each old one, such as 4 for a 4:1 split")]
    [InlineData("2020-08-31,4\n2020-08-31,4", "splits.csv line 2, column date: 2020-08-31 stands in the file twice; leave one line for each day")]
    public void A_bad_line_is_refused_with_its_place_and_remedy(string text, string message) =>
        Assert.Equal(message, Assert.Throws<CandleDataException>(() => SplitTable.Parse(text, "splits.csv")).Message);

    [Fact]
    public void Prices_before_each_split_are_divided_and_volumes_multiplied_by_all_that_followed()
    {
        var table = SplitTable.Parse("2020-08-31,4\n2014-06-09,7", "splits.csv");
        var raw = Daily(PriceAdjustment.Raw, (new(2014, 6, 6), 644), (new(2014, 6, 9), 92), (new(2020, 8, 28), 500), (new(2020, 8, 31), 125));

        var adjusted = table.Adjust(raw);

        Assert.Equal([23, 23, 125, 125], adjusted.Close.ToArray());
        Assert.Equal([2800, 400, 400, 100], adjusted.Volume.ToArray());
        Assert.Equal(PriceAdjustment.Splits, adjusted.Origin.Adjustment);
        Assert.Equal([644, 92, 500, 125], raw.Close.ToArray());
        Assert.Equal(PriceAdjustment.Raw, raw.Origin.Adjustment);
    }

    [Theory]
    [InlineData(PriceAdjustment.Splits)]
    [InlineData(PriceAdjustment.SplitsAndDividends)]
    public void Prices_already_adjusted_are_refused(PriceAdjustment adjustment)
    {
        var series = Daily(adjustment, (new(2020, 8, 28), 125), (new(2020, 8, 31), 129));

        var refusal = Assert.Throws<CandleDataException>(() => SplitTable.Parse("2020-08-31,4", "splits.csv").Adjust(series));

        Assert.Equal("AAPL: the prices of AAPL.csv are already adjusted for splits; give raw prices or leave the factor file out", refusal.Message);
    }

    [Fact]
    public void A_file_that_does_not_show_the_split_is_refused()
    {
        var series = Daily(PriceAdjustment.Unknown, (new(2020, 8, 28), 124.81), (new(2020, 8, 31), 129.04));

        var refusal = Assert.Throws<CandleDataException>(() => SplitTable.Parse("2020-08-31,4", "splits.csv").Adjust(series));

        Assert.Equal(
            "AAPL: AAPL.csv closes at 124.81 before and 129.04 on 2020-08-31, which is no split of 4:1; its prices seem adjusted already, so leave the factor file out or correct it",
            refusal.Message);
    }

    [Fact]
    public void A_small_stock_dividend_needs_no_visible_jump()
    {
        var series = Daily(PriceAdjustment.Unknown, (new(2020, 8, 28), 105), (new(2020, 8, 31), 104));

        Assert.Equal([100, 104], SplitTable.Parse("2020-08-31,1.05", "splits.csv").Adjust(series).Close.ToArray());
    }

    [Fact]
    public void A_week_that_mixes_both_scales_is_refused()
    {
        var days = Daily(PriceAdjustment.Raw, (new(2000, 6, 19), 100), (new(2000, 6, 20), 101), (new(2000, 6, 21), 55));

        var table = SplitTable.Parse("2000-06-21,2", "splits.csv");

        Assert.Contains("falls inside the weekly candle of 2000-06-19", Assert.Throws<CandleDataException>(() => table.Adjust(days.Resample(Timeframe.W1))).Message, StringComparison.Ordinal);
        Assert.Equal(55, table.Adjust(days).Resample(Timeframe.W1).Close[0]);
    }

    [Fact]
    public void A_split_on_a_monday_leaves_weeks_whole()
    {
        var weeks = Daily(PriceAdjustment.Raw, (new(2020, 8, 28), 500), (new(2020, 8, 31), 125)).Resample(Timeframe.W1);

        Assert.Equal([125, 125], SplitTable.Parse("2020-08-31,4", "splits.csv").Adjust(weeks).Close.ToArray());
    }

    [Fact]
    public void Splits_outside_the_series_count_for_what_lies_before_them()
    {
        var series = Daily(PriceAdjustment.Unknown, (new(2020, 1, 2), 300));

        Assert.Equal(75, SplitTable.Parse("2014-06-09,7\n2020-08-31,4", "splits.csv").Adjust(series).Close[0]);
    }

    [Fact]
    public void Raw_Apple_prices_become_the_adjusted_ones_of_another_source()
    {
        var adjusted = SplitTable.Parse(AppleSplits, "AAPL-splits.csv").Adjust(SharedCandles.Daily("AAPL_RAW"));
        var other = SharedCandles.Daily("AAPL");
        var differences = new List<double>();
        for (var i = adjusted.IndexAtOrAfter(other.OpenTime(0)); i < adjusted.Count; i++)
        {
            var there = other.IndexAtOrAfter(adjusted.OpenTime(i));
            Assert.Equal(adjusted.OpenTicks[i], other.OpenTicks[there]);
            differences.Add(Math.Abs(adjusted.Close[i] / other.Close[there] - 1));
        }

        differences.Sort();
        Assert.Equal(2830, differences.Count);
        // Measured closes: half of the days agree to 3e-8 (float noise), 99 % to 0.1 %, the worst (2011-04-29) to 0.55 %: one source
        // closes at the last trade, the other at the auction. A missed or doubled factor would be off by half or more.
        Assert.InRange(differences[differences.Count / 2], 0, 1e-6);
        Assert.InRange(differences[(int)(0.99 * differences.Count)], 0, 0.001);
        Assert.InRange(differences[^1], 0, 0.006);
    }

    [Fact]
    public void Adjusting_adjusted_Apple_prices_again_is_refused() =>
        Assert.Throws<CandleDataException>(() => SplitTable.Parse(AppleSplits, "AAPL-splits.csv").Adjust(SharedCandles.Daily("AAPL")));

    static CandleSeries Daily(PriceAdjustment adjustment, params (DateOnly Day, double Close)[] days) =>
        CandleSeries.From(Symbol.Parse("AAPL"), Timeframe.D1, new("AAPL.csv", Adjustment: adjustment), days.Select(d => new Candle(Nyse.DailyOpen(d.Day), d.Close, d.Close, d.Close, d.Close, 100)));
}
