using System.Globalization;
using System.Text;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.Backtests;

/// <summary>
/// One whole backtest of every built-in strategy, pinned order by order. A change of any number is a change of what the program would
/// have traded: look at the difference before <c>GOLDEN_ACCEPT=1</c> writes the new file.
/// </summary>
public class GoldenBacktestTests
{
    public static TheoryData<string> Strategies => [.. StrategyCatalog.BuiltIn.Entries.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void A_strategy_trades_as_it_did(string strategy)
    {
        var candles = Read("SMOOTH");
        var settings = new BacktestSettings
        {
            Cash = 50_000,
            From = MarketCalendar.Nyse.DailyOpen(new DateOnly(2012, 1, 3)),
            Costs = new CostModel { CommissionPerOrder = 1, RegulatoryFees = true, Slippage = Slippage.Parse("bps:2") },
        };
        var result = Backtest.Run(settings, StrategyCatalog.BuiltIn.Get(strategy).Create, candles);
        var text = Print(result, candles.Timeframe);
        var file = TestFolders.Golden("backtests", $"{strategy}-SMOOTH.txt");
        if (Environment.GetEnvironmentVariable("GOLDEN_ACCEPT") == "1") File.WriteAllText(file, text);
        Assert.True(File.Exists(file), $"{file} is missing: run with GOLDEN_ACCEPT=1 and read what it writes");
        Assert.Equal(File.ReadAllText(file), text);
    }

    static string Print(BacktestResult result, Timeframe timeframe)
    {
        var text = new StringBuilder("# Written by this program and read by a person; order by order.\n");
        foreach (var (order, status, filled, price, at, note) in result.Orders)
            Line($"{order.Id} {order.Side} {order.Type} {order.Shares} limit {order.Limit} stop {order.Stop} {Day(order.SubmittedAt)} | {status} {filled} at {Money(price)} {Day(at)} {order.Because} {note}");
        Line($"round trips {result.RoundTrips.Count}, profit {Money(result.RoundTrips.Sum(trip => trip.ProfitAndLoss))}, fees {Money(result.Fills.Sum(fill => fill.Fees))}");
        Line($"open {result.OpenPositions.Count}, in doubt {result.AmbiguousCandles}, gaps {result.GapFills} for {Money(result.GapCost)}");
        Line($"final equity {result.Curve.Equity[^1]:0.00}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        string Day(DateTimeOffset at) => MarketCalendar.Nyse.Label(at, timeframe);
        static string Money(decimal dollars) => dollars.ToString("0.0000", CultureInfo.InvariantCulture);
    }

    static CandleSeries Read(string name)
    {
        using var stream = File.OpenRead(TestFolders.Golden("synthetic", "ohlcv", name + ".csv"));
        return CandleCsv.Read(stream, name + ".csv", new CsvOptions()).Candles;
    }
}
