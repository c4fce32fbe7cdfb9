using EtradeBot.Analysis;
using EtradeBot.App.Hosting.Scanning;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Watch;

public class ScanViewTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("?last=10&symbol=BRK.B&pattern=Doji&direction=none&t=1w&n=30&told=1&sort=Count&reversed=1")]
    [InlineData("?direction=down&sort=When")]
    public void The_address_holds_the_whole_view(string query) => Assert.Equal(query, ScanView.Parse(query).ToString());

    [Theory]
    [InlineData("?last=0", 1)]
    [InlineData("?last=99", 10)]
    [InlineData("?last=-3", 3)]
    [InlineData("?last=x&sort=77&t=9z&pattern=none&direction=sideways&n=-1&symbol=%C3%A4", 3)]
    public void What_makes_no_sense_counts_as_not_given(string query, int last) => Assert.Equal(new ScanView { Last = last }, ScanView.Parse(query));

    [Fact]
    public void The_best_evidence_comes_first_and_too_few_cases_never_do()
    {
        var rows = new ScanView().Rows(Report(Row("AAPL", 20, 20), Row("MSFT", 60, 100), Row("SPY", 80, 100), Row("QQQ", 51, 100)));
        Assert.Equal(["SPY", "MSFT", "QQQ", "AAPL"], rows.Select(row => row.Symbol.Ticker));
    }

    [Theory]
    [InlineData("?n=50", "SPY MSFT")]
    [InlineData("?told=1", "SPY")]
    [InlineData("?symbol=AAPL", "AAPL")]
    [InlineData("?direction=down", "")]
    [InlineData("?pattern=Hammer&t=5m&sort=symbol", "AAPL MSFT SPY")]
    [InlineData("?t=1h", "")]
    [InlineData("?last=10&sort=symbol", "AAPL MSFT QQQ SPY")]
    [InlineData("?last=10&sort=symbol&reversed=1", "SPY QQQ MSFT AAPL")]
    [InlineData("?sort=count", "SPY MSFT AAPL")]
    public void Filters_and_order_are_those_of_the_address(string query, string expected)
    {
        var report = Report(Row("AAPL", 20, 20), Row("MSFT", 51, 100), Row("SPY", 81, 101), Row("QQQ", 10, 20) with { Age = 5 });
        Assert.Equal(expected, string.Join(' ', ScanView.Parse(query).Rows(report).Select(row => row.Symbol)));
    }

    [Fact]
    public void The_file_holds_the_rows_of_the_view_with_the_number_of_tests()
    {
        var lines = ScanCsv.Write(Report(Row("AAPL", 20, 20), Row("SPY", 80, 100)), ScanView.Parse("?told=1")).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        var cells = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(("SPY", "Hammer", "100", "0.8", "40", "2026-03-10T16:00:00Z"), (cells["symbol"], cells["pattern"], cells["count"], cells["rise_rate"], cells["tests"], cells["close_time"]));
        Assert.Equal(lines[0].Count(letter => letter == ','), lines[1].Count(letter => letter == ','));
    }

    static ScanReport Report(params ScanRow[] rows) => new()
    {
        Series = [new(Symbol.Parse("AAPL"), Timeframe.M5) { Candles = 500, Rows = rows }, new(Symbol.Parse("SPY"), Timeframe.M5) { Candles = 500 }, new(Symbol.Parse("NONE"), Timeframe.M5) { Problem = "no candles" }],
    };

    static ScanRow Row(string symbol, int rises, int count) => new(Symbol.Parse(symbol), Timeframe.M5, Patterns.Info(Pattern.Hammer), 100)
    {
        CloseTime = Noon,
        OpenTime = Noon.AddMinutes(-5),
        Evidence = new PatternEvidence(Pattern.Hammer, 1, 5) { Count = count, Occurrences = count, Rises = rises, Falls = count - rises, BaseRate = 0.5 },
    };
}
