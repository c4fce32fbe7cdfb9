using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Orders;

[Collection(nameof(RunsAlone))]
public sealed class UnknownTests
{
    const string Place = "orders/place.json";

    static readonly Symbol Microsoft = Symbol.Parse("MSFT");

    [Theory]
    [InlineData("lost-answer")]
    [InlineData("status-after")]
    [InlineData("error-after")]
    [InlineData("malformed")]
    [InlineData("reset")]
    [InlineData("kill-token-after")]
    public async Task An_order_whose_answer_is_lost_is_found_in_the_list_and_never_sent_again(string fault)
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        desk.Fault(fault, "place");
        var outcome = await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        Assert.Equal(OutcomeKind.Unknown, outcome.Kind);
        if (fault == "kill-token-after") await desk.Run(desk.World.LoginAsync);
        await desk.Pass(10);
        Assert.Empty(desk.Desk.Unknown);
        var truth = Assert.Single(desk.World.Orders);
        Assert.Equal(OutcomeKind.Unknown, (await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id))).Kind);
        await desk.ReopenAsync();
        Assert.Equal(truth.OrderId, (await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id))).OrderId);
        Assert.Equal(1, desk.Sent(Place));
    }

    [Fact]
    public async Task Entries_of_the_symbol_are_frozen_and_nothing_else()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.HoldAsync(10);
        var earlier = await desk.PreviewAsync(VirtualDesk.Buy(40));
        desk.Fault("lost-request", "place");
        Assert.Equal(OutcomeKind.Unknown, (await desk.PlaceAsync(VirtualDesk.Buy(50))).Kind);
        Assert.Contains("entries of AAPL are frozen", await desk.RefusalAsync(VirtualDesk.Buy(51)));
        Assert.Equal(OutcomeKind.NotSent, (await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, earlier.Id))).Kind);
        Assert.Equal(OutcomeKind.Working, (await desk.PlaceAsync(VirtualDesk.Buy(10) with { Symbol = Microsoft })).Kind);
        Assert.Equal(OutcomeKind.Working, (await desk.PlaceAsync(VirtualDesk.Sell(900))).Kind);
    }

    [Fact]
    public async Task An_order_that_the_lists_do_not_show_for_two_minutes_is_given_up_and_the_symbol_free()
    {
        using var desk = await VirtualDesk.OpenAsync();
        desk.Fault("lost-request", "place");
        await desk.PlaceAsync(VirtualDesk.Buy(50));
        var unknown = Assert.Single(desk.Desk.Unknown);
        await desk.Pass(100);
        Assert.False(desk.Desk.CanSettle(Assert.Single(desk.Desk.Unknown)));
        Assert.Contains("wait", desk.Desk.ConfirmAbsent(VirtualDesk.Trader, unknown.Id));
        Assert.Contains("frozen", await desk.RefusalAsync(VirtualDesk.Buy(50)));
        await desk.Pass(40);
        Assert.Empty(desk.Desk.Unknown);
        Assert.Equal(OutcomeKind.Working, (await desk.PlaceAsync(VirtualDesk.Buy(50))).Kind);
        Assert.Single(desk.World.Orders);
    }

    [Fact]
    public async Task While_no_list_can_be_read_a_person_may_look_and_the_journal_says_who()
    {
        using var desk = await VirtualDesk.OpenAsync();
        desk.Fault("lost-request", "place");
        await desk.PlaceAsync(VirtualDesk.Buy(50));
        var id = Assert.Single(desk.Desk.Unknown).Id;
        desk.Fault("status-before", "orders", 503, times: null);
        await desk.Pass(150);
        Assert.True(desk.Desk.CanSettle(Assert.Single(desk.Desk.Unknown)));
        Assert.Equal("", desk.Desk.ConfirmAbsent(VirtualDesk.Trader, id));
        Assert.Empty(desk.Desk.Unknown);
        Assert.Contains("order.confirm-absent", File.ReadAllText(Path.Combine(desk.Folder, "audit.jsonl")));
        Assert.Contains(desk.Journal, what => what is Dropped { By: "tess" });
        desk.World.Simulator.ClearFaults();
        await desk.Pass(30);
        Assert.Equal(OutcomeKind.Working, (await desk.PlaceAsync(VirtualDesk.Buy(50))).Kind);
    }

    [Fact]
    public async Task An_order_that_shows_up_late_is_taken_up_late()
    {
        using var desk = await VirtualDesk.OpenAsync();
        desk.Fault("late-visible", "place", 300);
        desk.Fault("lost-answer", "place");
        Assert.Equal(OutcomeKind.Unknown, (await desk.PlaceAsync(VirtualDesk.Buy(50))).Kind);
        var id = Assert.Single(desk.Desk.Unknown).Id;
        await desk.Pass(200);
        Assert.Equal(OrderState.Dropped, desk.Trading!.Book.Find(id)!.State);
        await desk.Pass(120);
        Assert.Equal((OrderState.Working, desk.World.Orders.Single().OrderId), (desk.Trading.Book.Find(id)!.State, desk.Trading.Book.Find(id)!.OrderId));
        Assert.Equal(1, desk.Sent(Place));
    }

    [Fact]
    public async Task Where_two_orders_fit_a_person_says_which_it_is()
    {
        using var desk = await VirtualDesk.OpenAsync();
        using var copy = new TemporaryFolder();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        desk.Fault("slow", "place", 10);
        var placing = desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id);
        await desk.Pass(6);
        File.Copy(Path.Combine(desk.Folder, "trading", Journal.FileName), copy[Journal.FileName]);
        await desk.Run(() => placing);
        await desk.ElsewhereAsync(Broker.VirtualBroker.Buy(50, "elsewhere"));
        var first = desk.Trading;
        using var second = desk.DeskOver(copy.Path);
        await desk.Run(() => second.Trader.BeatAsync());
        desk.Trading = second;
        var unknown = Assert.Single(desk.Desk.Unknown);
        Assert.Equal(desk.World.Orders.Select(order => order.OrderId).Order(), unknown.Candidates.Order());
        Assert.Contains("not among those", desk.Desk.ConfirmNumber(VirtualDesk.Trader, unknown.Id, 1));
        Assert.Equal("", desk.Desk.ConfirmNumber(VirtualDesk.Trader, unknown.Id, unknown.Candidates[0]));
        Assert.Empty(desk.Desk.Unknown);
        Assert.Equal(unknown.Candidates[0], second.Book.Find(unknown.Id)!.OrderId);
        desk.Trading = first;
    }

    [Fact]
    public async Task A_program_killed_while_sending_knows_that_it_does_not_know()
    {
        using var desk = await VirtualDesk.OpenAsync();
        using var copy = new TemporaryFolder();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        desk.Fault("slow", "place", 10);
        var placing = desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id);
        await desk.Pass(6);
        File.Copy(Path.Combine(desk.Folder, "trading", Journal.FileName), copy[Journal.FileName]);
        using var second = desk.DeskOver(copy.Path);
        var unknown = Assert.Single(second.Book.Where(order => order.IsUnresolved));
        Assert.Contains("the program ended while this was on its way", unknown.Words);
        await desk.Run(() => placing);
        await desk.Run(() => second.Trader.BeatAsync());
        Assert.DoesNotContain(second.Book.Orders, order => order.IsUnresolved);
        Assert.Single(desk.World.Orders);
    }

    [Fact]
    public async Task An_answer_that_belongs_to_another_order_is_not_believed()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var first = await desk.PlaceAsync(VirtualDesk.Buy(50));
        desk.Fault("duplicate-answer", "place");
        var second = await desk.PlaceAsync(VirtualDesk.Buy(51));
        Assert.Equal(OutcomeKind.Unknown, second.Kind);
        await desk.Pass(10);
        Assert.Empty(desk.Desk.Unknown);
        Assert.Equal(2, desk.World.Orders.Count);
        Assert.NotEqual(first.OrderId, desk.World.Orders[1].OrderId);
        Assert.NotNull(desk.Desk.Own(desk.World.Orders[1].OrderId));
    }

    [Fact]
    public async Task Without_a_readable_list_no_entry_goes_out()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        desk.Fault("status-before", "orders", 503, times: null);
        var outcome = await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Equal(0, desk.Sent(Place));
    }
}
