using EtradeBot.App.Hosting.Backtests;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed class TradeListTests
{
    static readonly DateTimeOffset Start = new(2024, 3, 4, 15, 0, 0, TimeSpan.Zero);

    static readonly TradeRow[] Trades = [Of(0, 10, "hammer"), Of(1, -5, "engulfing") with { IsAmbiguous = true }, Of(2, 30, "hammer at a low")];

    static readonly TradeBook Book = new(Trades, [Order(11), Order(12), Order(13)], [new(11, 60, 100, 0, 0.5m, Start), new(11, 40, 101, 0, 0.5m, Start)], 0);

    [Fact]
    public void Trades_are_sorted_by_any_column_either_way()
    {
        Assert.Equal([2, 0, 1], TradeList.Of(Trades, "all", "", ("pnl", true)).Select(trade => trade.Number));
        Assert.Equal([1, 0, 2], TradeList.Of(Trades, "all", "", ("pnl", false)).Select(trade => trade.Number));
        Assert.All(TradeList.Keys.Keys, key => Assert.Equal(3, TradeList.Of(Trades, "all", "", (key, false)).Count));
    }

    [Theory]
    [InlineData("wins", "", new[] { 0, 2 })]
    [InlineData("losses", "", new[] { 1 })]
    [InlineData("short", "", new int[0])]
    [InlineData("assumed", "", new[] { 1 })]
    [InlineData("all", "HAMMER low", new[] { 2 })]
    [InlineData("all", "2024-03-04 10:00", new[] { 0, 1, 2 })]
    public void Trades_are_found_by_kind_and_words(string kind, string find, int[] expected) =>
        Assert.Equal(expected, TradeList.Of(Trades, kind, find, ("number", false)).Select(trade => trade.Number));

    [Fact]
    public void The_opened_trade_shows_its_orders_each_with_its_fills()
    {
        var lines = TradeList.Lines(Trades, Book, 0);
        Assert.Equal(["trade 0", "order 11", "fill 60", "fill 40", "order 12", "trade 1", "trade 2"], lines.Select(line =>
            line.Order is { } order ? $"order {order.Id}" : line.Fill is { } fill ? $"fill {fill.Shares}" : $"trade {line.Trade.Number}"));
    }

    static TradeRow Of(int number, decimal pnl, string why) => new(number, "BASALT", true, 100)
    {
        EntryAt = Start,
        EntryPrice = 100,
        ExitAt = Start.AddDays(1),
        ExitPrice = 100 + pnl / 100,
        Pnl = pnl,
        R = null,
        Mae = -1,
        Mfe = 1,
        Fees = 0,
        CandlesHeld = 1,
        EntryReason = why,
        ExitReason = "target",
        EntryOrder = number + 11,
        ExitOrder = number + 12,
        IsAmbiguous = false,
    };

    static OrderRow Order(int id) => new(id, "buy", "market", 100) { Limit = null, Stop = null, SubmittedAt = Start, Status = "filled", Reason = "", Note = "" };
}
