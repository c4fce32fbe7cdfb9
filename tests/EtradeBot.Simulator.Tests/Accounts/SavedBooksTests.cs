using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Accounts;

public sealed class SavedBooksTests
{
    [Fact]
    public void A_saved_broker_goes_on_as_if_it_had_never_stopped()
    {
        Assert.Equal(Walk(saves: false), Walk(saves: true));

        static string Walk(bool saves)
        {
            var bench = new Bench(new SimulatorOptions { VisibleAfterSeconds = 30 });
            bench.Hold(500);
            bench.Place(Bench.Sell(100) with { Type = PriceType.TrailingStopPercent, Stop = 3 });
            bench.Place(Bench.Sell(100) with { Type = PriceType.StopLimit, Stop = 99, Limit = 98.99m });
            bench.Place(Bench.Stop(Bench.Sell(200), 98));
            bench.Place(Bench.Buy(10) with { Type = PriceType.MarketOnClose });
            var preview = bench.Broker.Preview(bench.Key, Bench.Limit(Bench.Buy(5), 97)).Value!.PreviewId;
            bench.Print("10:00:02", 104, volume: 0);
            bench.Print("10:00:03", 100, volume: 0);
            bench.Broker.Cancel(bench.Key, bench.Place(Bench.Limit(Bench.Buy(5), 90)));
            if (saves) Reload(bench);
            Assert.Null(bench.Broker.Place(bench.Key, Bench.Limit(Bench.Buy(5), 97), preview).Refusal);
            bench.Print("10:00:04", 97.9, volume: 0);
            if (saves) Reload(bench);
            bench.Print("10:00:05", 97.95, volume: 0);
            bench.Print("15:59:59", 99);
            bench.To("10:00:00", days: 1);
            return bench.Broker.Save();
        }

        static void Reload(Bench bench)
        {
            var saved = bench.Broker.Save();
            bench.Place(Bench.Buy(1));
            bench.To("16:00:00");
            bench.Broker.Load(saved);
            Assert.Equal(saved, bench.Broker.Save());
        }
    }

    [Fact]
    public void A_state_is_taken_up_by_a_broker_with_another_seed()
    {
        var saved = new Bench();
        saved.Place(Bench.Limit(Bench.Buy(1), 90));
        var fresh = new Bench(new SimulatorOptions { Seed = 99 });
        fresh.Broker.Load(saved.Broker.Save());
        Assert.Equal(saved.Broker.Accounts, fresh.Broker.Accounts);
        Assert.Equal((saved.Last.OrderId, saved.Last.Terms), (fresh.Broker.EveryOrder(saved.Key)[0].OrderId, fresh.Broker.EveryOrder(saved.Key)[0].Terms));
    }

    [Fact]
    public void A_split_is_told_to_a_market_that_starts_anew_and_not_twice_to_one_that_goes_on()
    {
        var bench = new Bench();
        bench.Hold(10);
        bench.Plan.Add(new Fault("split"));
        bench.To("20:30:00");
        bench.Broker.Load(bench.Broker.Save());
        bench.Print("09:30:00", 100, days: 1);
        Assert.Equal(1_000m, bench.Balance.LongValue);
        var fresh = new Bench();
        fresh.Broker.Load(bench.Broker.Save());
        fresh.Print("09:31:00", 100, days: 1);
        Assert.Equal(1_000m, fresh.Broker.Balance(bench.Key).Value!.LongValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"Version\":1}")]
    public void A_text_that_is_no_state_is_refused_and_changes_nothing(string json)
    {
        var bench = new Bench();
        var before = bench.Broker.Save();
        Assert.Throws<FormatException>(() => bench.Broker.Load(json));
        Assert.Equal(before, bench.Broker.Save());
    }

    [Fact]
    public void A_state_of_another_version_is_refused_with_both_versions()
    {
        var bench = new Bench();
        var error = Assert.Throws<FormatException>(() => bench.Broker.Load(bench.Broker.Save().Replace("\"Version\":1", "\"Version\":7", StringComparison.Ordinal)));
        Assert.Contains("version 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("version 1", error.Message, StringComparison.Ordinal);
    }
}
