using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

public sealed class DayResultTests
{
    static readonly DateOnly Today = new(2026, 3, 10);
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 16, 0, 0, TimeSpan.Zero);
    static readonly Dictionary<Symbol, decimal> Closes = new() { [Symbol.Parse("AAPL")] = 100, [Symbol.Parse("MSFT")] = 50 };

    [Fact]
    public void A_position_held_over_night_counts_from_the_previous_close() =>
        Assert.Equal(20, Result([Held("AAPL", 10, 102)], []));

    [Fact]
    public void Shares_bought_today_count_from_their_price_less_costs() =>
        Assert.Equal(10 * 2 + 5 * 1 - 1, Result([Held("AAPL", 15, 102)], [Order("AAPL", "BUY", 5, 101) with { Commission = 1 }]));

    [Fact]
    public void Shares_sold_today_count_up_to_their_price() =>
        Assert.Equal(10 * 3 - 0.5m, Result([], [Order("MSFT", "SELL", 10, 53) with { Fees = 0.5m }]));

    [Fact]
    public void Orders_of_earlier_days_do_not_count() =>
        Assert.Equal(20, Result([Held("AAPL", 10, 102)], [Order("AAPL", "BUY", 10, 80) with { ExecutedAt = Noon.AddDays(-1), PlacedAt = Noon.AddDays(-1) }]));

    [Fact]
    public void It_is_unknown_with_an_option_without_a_close_and_with_a_fill_of_an_unknown_day()
    {
        Assert.Null(Result([Held("AAPL", 1, 5) with { SecurityType = "OPTN" }], []));
        Assert.Null(Result([Held("NFLX", 1, 5)], []));
        Assert.Null(Result([], [Order("AAPL", "BUY", 5, 101) with { ExecutedAt = null, PlacedAt = Noon.AddDays(-2), Term = "GOOD_UNTIL_CANCEL" }]));
    }

    [Fact]
    public void Before_four_in_the_morning_it_is_still_the_day_before()
    {
        Assert.Equal(Today, DayResult.DayAt(Noon));
        Assert.Equal(new DateOnly(2026, 3, 9), DayResult.DayAt(new(2026, 3, 10, 7, 59, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2026, 3, 13), DayResult.DayAt(new(2026, 3, 15, 16, 0, 0, TimeSpan.Zero)));
    }

    static decimal? Result(IReadOnlyList<PortfolioPosition> positions, IReadOnlyList<BrokerOrder> orders) => DayResult.Of(positions, orders, (Today, Closes));

    static PortfolioPosition Held(string symbol, decimal shares, decimal last) => new(1, symbol, "EQ", shares) { LastPrice = last };

    static BrokerOrder Order(string symbol, string action, decimal shares, decimal price) => new(1, BrokerOrderStatus.Executed)
    {
        Symbol = symbol,
        SecurityType = "EQ",
        Action = action,
        OrderedQuantity = shares,
        FilledQuantity = shares,
        AveragePrice = price,
        PlacedAt = Noon,
        ExecutedAt = Noon,
        Term = "GOOD_FOR_DAY",
    };
}
