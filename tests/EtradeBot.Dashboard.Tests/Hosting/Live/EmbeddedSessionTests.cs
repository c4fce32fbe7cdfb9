using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>What a newcomer gets without any setting.</summary>
public sealed class EmbeddedSessionTests : IDisposable
{
    static readonly Symbol Basalt = Symbol.Parse("BASALT");
    static readonly Symbol Netflix = Symbol.Parse("NFLX");

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_settings_quotes_account_and_orders_are_there()
    {
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await session.UntilAsync(state => state.Session.Link is BrokerLink.Up or BrokerLink.Down);
        Assert.Equal("", session.State.Session.LinkReason);
        await ReadyAsync(session);
        var account = session.State.Account;
        Assert.Equal(TradingMode.Simulated, session.State.Session.Mode);
        Assert.Matches(@"^\*{4}\d{4} margin$", account.Name);
        Assert.Contains(account.Positions, position => position is { Symbol: "AAPL", Quantity: 20 });
        Assert.Contains(account.Orders, order => order.Status == BrokerOrderStatus.Open);
        Assert.Contains(account.Orders, order => order.Status == BrokerOrderStatus.Cancelled);
        Assert.Contains(account.Orders, order => order.Status == BrokerOrderStatus.Executed);
        Assert.NotNull(account.DayPnl);
        await session.UntilAsync(state => state.Symbols.All(facts => facts.Sparkline.Count > 0));
        await session.UntilAsync(state => state.Find(Symbol.Parse("AAPL"))!.Shares == 20);
    }

    [Fact]
    public async Task The_past_of_the_account_is_the_same_for_the_same_day()
    {
        var now = new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);
        await AccountPast.WriteAsync(_folder["one.json"], now, TestContext.Current.CancellationToken);
        await AccountPast.WriteAsync(_folder["two.json"], now, TestContext.Current.CancellationToken);
        Assert.Equal(await Books(_folder["one.json"]), await Books(_folder["two.json"]));

        static async Task<string> Books(string path) =>
            System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!["books"]!.ToJsonString();
    }

    [Fact]
    public async Task A_restart_keeps_account_watchlist_and_candles()
    {
        AccountFacts before;
        Symbol[] order;
        await using (var session = await RunningSession.StartAsync(_folder.Path))
        {
            await ReadyAsync(session);
            await session.Session.RemoveAsync(RunningSession.Owner, Symbol.Parse("SPY"));
            await session.Session.AddAsync(RunningSession.Owner, [Netflix]);
            await session.Session.MoveAsync(RunningSession.Owner, Netflix, 0);
            await session.UntilAsync(state => state.Find(Netflix)?.Quote is not null && state.Symbols.All(facts => facts.Sparkline.Count > 0));
            before = session.State.Account;
            order = [.. session.State.Symbols.Select(facts => facts.Symbol)];
        }
        var candles = Candles();
        await using var again = await RunningSession.StartAsync(_folder.Path);
        await ReadyAsync(again);
        Assert.Equal(Netflix, order[0]);
        Assert.Equal(order, again.State.Symbols.Select(facts => facts.Symbol));
        Assert.Equal(before.Name, again.State.Account.Name);
        Assert.Equal(before.Positions.Select(position => (position.Symbol, position.Quantity, position.PricePaid)), again.State.Account.Positions.Select(position => (position.Symbol, position.Quantity, position.PricePaid)));
        Assert.Equal(before.Orders.Select(one => (one.OrderId, one.Status)), again.State.Account.Orders.Select(one => (one.OrderId, one.Status)));
        Assert.NotEmpty(candles);
        Assert.Subset(Candles(), candles);
    }

    [Fact]
    public async Task A_damaged_account_is_named_and_left_alone_until_it_is_moved_away()
    {
        var file = _folder.Write(EmbeddedSimulator.FileName, "{ half of");
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Down);
        Assert.Contains(file, session.State.Session.LinkReason, StringComparison.Ordinal);
        Assert.Contains("move it away", session.State.Session.LinkReason, StringComparison.Ordinal);
        Assert.Equal("{ half of", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Null(session.Session.Broker);
        Assert.NotEmpty(session.State.Symbols);

        File.Move(file, file + ".old");
        await session.Session.ReconnectAsync();
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Up);
        Assert.NotNull(session.Session.Broker);
    }

    [Fact]
    public async Task A_store_that_another_program_writes_to_is_said_and_candles_still_form()
    {
        using var other = LiveCandleStore.OpenToWrite(_folder.Path);
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await ReadyAsync(session);
        Assert.Equal(BrokerLink.Up, session.State.Session.Link);
        Assert.Contains("not kept", session.State.Session.LinkReason, StringComparison.Ordinal);
        Assert.Contains("live.db", session.State.Session.LinkReason, StringComparison.Ordinal);
        await session.UntilAsync(_ => session.Session.Forming(Basalt, Timeframe.H1) is not null);
    }

    [Fact]
    public async Task The_speed_is_changed_by_traders_only_and_noted()
    {
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await ReadyAsync(session);
        var simulation = session.Session.Simulation!;
        Assert.Throws<NotAllowedException>(() => simulation.SetSpeed(new Actor("guest", Role.Viewer, () => true), 60));
        Assert.Throws<ArgumentOutOfRangeException>(() => simulation.SetSpeed(RunningSession.Owner, 601));
        simulation.SetSpeed(RunningSession.Owner, 60);
        Assert.Equal(60, simulation.Speed());
        Assert.Equal(60, session.State.Session.Speed);
        simulation.SetSpeed(RunningSession.Owner, 0);
        Assert.Equal(0, session.State.Session.Speed);
        var log = await File.ReadAllTextAsync(_folder["audit.jsonl"], TestContext.Current.CancellationToken);
        Assert.Contains("simulator.speed", log, StringComparison.Ordinal);
        Assert.DoesNotContain("guest", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_placed_appears_filled_after_a_refresh()
    {
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await ReadyAsync(session);
        var broker = session.Session.Broker!;
        var stop = TestContext.Current.CancellationToken;
        var preview = await broker.Client.PreviewAsync(broker.AccountKey, new OrderTicket("test1", Basalt, OrderAction.Buy, 3, OrderPriceType.Market), stop);
        var placed = await broker.Client.PlaceAsync(broker.AccountKey, preview, stop);
        await session.Session.RefreshAccountAsync();
        await session.UntilAsync(state => state.Account.Orders.Any(order => order.OrderId == placed.OrderId && order.Status == BrokerOrderStatus.Executed));
        await session.UntilAsync(state => state.Find(Basalt)!.Shares == 3);
    }

    [Fact]
    public async Task Companies_are_looked_up_at_the_broker()
    {
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await ReadyAsync(session);
        Assert.Contains(await session.Session.LookupAsync("netflix", TestContext.Current.CancellationToken), match => match.Symbol == "NFLX");
    }

    static Task ReadyAsync(RunningSession session) =>
        session.UntilAsync(state => state.Account.ReadAt is not null && state.Symbols.Count > 0 && state.Symbols.All(facts => facts.Quote is not null));

    HashSet<(Symbol, DateTimeOffset)> Candles()
    {
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        return [.. store.List().SelectMany(info => store.Candles(info.Name)).Select(candle => (candle.Symbol, candle.Candle.OpenTime))];
    }
}
