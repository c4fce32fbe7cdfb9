using EtradeBot.App.Broker;
using EtradeBot.App.Hosting.Live;
using EtradeBot.ETrade;
using EtradeBot.Execution.Journaling;

namespace EtradeBot.App.Hosting.Orders;

[Collection(nameof(RunsAlone))]
public sealed class CancelAndStopTests
{
    [Fact]
    public async Task A_cancel_is_a_request_until_the_list_says_so()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var order = await desk.PlaceAsync(VirtualDesk.Buy(50));
        desk.Fault("slow-cancel", value: 20);
        var answer = await desk.Run(() => desk.Desk.CancelAsync(VirtualDesk.Trader, order.OrderId!.Value));
        Assert.Equal(CancelKind.Requested, answer.Kind);
        Assert.NotNull(desk.Desk.CancelAskedAt(order.OrderId!.Value));
        await desk.Pass(30);
        await desk.Run(desk.ReadAsync);
        Assert.Null(desk.Desk.CancelAskedAt(order.OrderId.Value));
        Assert.Equal(BrokerOrderStatus.Cancelled, Assert.Single(desk.Live.Account.Orders).Status);
    }

    [Fact]
    public async Task Many_clicks_on_cancel_send_one_request()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var order = await desk.PlaceAsync(VirtualDesk.Buy(50));
        await desk.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => desk.Desk.CancelAsync(VirtualDesk.Trader, order.OrderId!.Value))));
        Assert.Equal(1, desk.Sent("orders/cancel.json"));
    }

    [Fact]
    public async Task Cancelling_what_has_filled_is_too_late_in_plain_words()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var order = await desk.PlaceAsync(VirtualDesk.Buy());
        await desk.Pass(120);
        var answer = await desk.Run(() => desk.Desk.CancelAsync(VirtualDesk.Trader, order.OrderId!.Value));
        Assert.Equal(new CancelAnswer(CancelKind.TooLate, $"too late: order {order.OrderId} has already filled"), answer);
    }

    [Fact]
    public async Task A_cancel_without_an_answer_is_called_unknown()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var order = await desk.PlaceAsync(VirtualDesk.Buy(50));
        desk.Fault("lost-answer", "cancel");
        var answer = await desk.Run(() => desk.Desk.CancelAsync(VirtualDesk.Trader, order.OrderId!.Value));
        Assert.Equal(CancelKind.Unknown, answer.Kind);
        Assert.Equal(1, desk.Sent("orders/cancel.json"));
    }

    [Fact]
    public async Task A_change_replaces_the_order_once()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var order = await desk.PlaceAsync(VirtualDesk.Buy(50));
        var answer = await desk.Run(() => desk.Desk.PreviewChangeAsync(VirtualDesk.Trader, order.OrderId!.Value, new ChangeRequest(Limit: 51)));
        var proposal = Assert.IsType<PreviewAnswer.Ready>(answer).Proposal;
        var outcomes = await desk.Run(() => Task.WhenAll(desk.Desk.PlaceChangeAsync(VirtualDesk.Trader, proposal.Id), desk.Desk.PlaceChangeAsync(VirtualDesk.Trader, proposal.Id)));
        Assert.Equal(outcomes[0], outcomes[1]);
        Assert.Equal(OutcomeKind.Working, outcomes[0].Kind);
        Assert.Equal(1, desk.Sent("change/place.json"));
        await desk.Run(desk.ReadAsync);
        var working = Assert.Single(desk.Live.Account.Orders, row => !row.IsEnded);
        Assert.Equal((51m, 10m), (working.Limit, working.OrderedQuantity));
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_found_by_what_it_replaced()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var order = await desk.PlaceAsync(VirtualDesk.Buy(50));
        var answer = await desk.Run(() => desk.Desk.PreviewChangeAsync(VirtualDesk.Trader, order.OrderId!.Value, new ChangeRequest(Limit: 51)));
        desk.Fault("lost-answer", "change-place");
        var outcome = await desk.Run(() => desk.Desk.PlaceChangeAsync(VirtualDesk.Trader, Assert.IsType<PreviewAnswer.Ready>(answer).Proposal.Id));
        Assert.Equal(OutcomeKind.Unknown, outcome.Kind);
        await desk.Pass(10);
        Assert.Empty(desk.Desk.Unknown);
        Assert.Equal(1, desk.Sent("change/place.json"));
    }

    [Fact]
    public async Task An_order_that_has_filled_cannot_be_changed_any_more()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var order = await desk.PlaceAsync(VirtualDesk.Buy());
        await desk.Pass(120);
        var answer = await desk.Run(() => desk.Desk.PreviewChangeAsync(VirtualDesk.Trader, order.OrderId!.Value, new ChangeRequest(Shares: 5)));
        Assert.Contains("too late", Assert.IsType<PreviewAnswer.Refused>(answer).Problems[0].Words);
    }

    [Fact]
    public async Task Stopping_cancels_entries_keeps_exits_and_outlives_a_restart()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.HoldAsync(10);
        var exit = await desk.PlaceAsync(VirtualDesk.Sell(900, 4));
        var entry = await desk.PlaceAsync(VirtualDesk.Buy(50));
        var late = await desk.PreviewAsync(VirtualDesk.Buy(49));
        var answer = await desk.Run(() => desk.Desk.StopEntriesAsync(VirtualDesk.Trader, "news"));
        Assert.Equal([entry.OrderId!.Value], answer.Cancelled);
        Assert.Empty(answer.Failures);
        Assert.Contains("entries were stopped by tess: news", (await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, late.Id))).Words);
        await desk.ReopenAsync();
        Assert.True(desk.Desk.AreEntriesStopped);
        Assert.Contains("entries were stopped by tess: news", await desk.RefusalAsync(VirtualDesk.Buy(50)));
        Assert.Equal(OutcomeKind.Working, (await desk.PlaceAsync(VirtualDesk.Sell(901, 4))).Kind);
        await desk.Run(desk.ReadAsync);
        Assert.Contains(desk.Live.Account.Orders, order => order.OrderId == exit.OrderId && !order.IsEnded);
        await desk.Desk.ResumeEntriesAsync(VirtualDesk.Trader);
        Assert.Equal(OutcomeKind.Working, (await desk.PlaceAsync(VirtualDesk.Buy(50))).Kind);
    }

    [Fact]
    public async Task Stopping_holds_when_the_broker_is_down_and_says_what_was_not_done()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.PlaceAsync(VirtualDesk.Buy(50));
        await desk.Run(desk.ReadAsync);
        desk.Fault("refuse-connection", times: null);
        var answer = await desk.Run(() => desk.Desk.StopEntriesAsync(VirtualDesk.Trader, "down"));
        Assert.Empty(answer.Cancelled);
        Assert.Single(answer.Failures);
        Assert.True(desk.Open(desk.Folder).AreEntriesStopped);
    }

    [Fact]
    public async Task An_entry_on_its_way_while_entries_are_stopped_is_cancelled_on_arrival()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        desk.Fault("slow", "place", 10);
        var placing = desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id);
        await desk.Pass(6);
        var stop = desk.Desk.StopEntriesAsync(VirtualDesk.Trader, "now");
        await desk.Run(() => Task.WhenAll(placing, stop));
        await desk.Pass(10);
        await desk.Run(desk.ReadAsync);
        Assert.Equal(BrokerOrderStatus.Cancelled, Assert.Single(desk.Live.Account.Orders).Status);
    }

    [Fact]
    public async Task An_order_from_elsewhere_is_cancelled_by_a_person_alone_and_never_changed()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.ElsewhereAsync(VirtualBroker.Buy(50, "elsewhere"));
        var other = Assert.Single(desk.Live.Account.Orders);
        Assert.Contains("was not placed by this program", Assert.IsType<PreviewAnswer.Refused>(await desk.Run(() => desk.Desk.PreviewChangeAsync(VirtualDesk.Trader, other.OrderId, new ChangeRequest(Limit: 51)))).Problems[0].Words);
        Assert.Contains("1 entry of this account that this program did not place is left", Assert.Single((await desk.Run(() => desk.Desk.StopEntriesAsync(VirtualDesk.Trader, ""))).Failures));
        await desk.Pass(20);
        Assert.Equal(0, desk.Sent("orders/cancel.json"));
        Assert.Equal(CancelKind.Requested, (await desk.Run(() => desk.Desk.CancelAsync(VirtualDesk.Trader, other.OrderId))).Kind);
        await desk.Pass(10);
        await desk.Run(desk.ReadAsync);
        Assert.Equal(BrokerOrderStatus.Cancelled, Assert.Single(desk.Live.Account.Orders).Status);
        Assert.Contains(new OtherCancelSending(other.OrderId, "tess"), desk.Journal);
    }

    [Fact]
    public void A_stop_file_that_cannot_be_read_counts_as_stopped()
    {
        using var folder = new TemporaryFolder();
        folder.Write("entries-stopped.json", "{\"IsStop");
        var stop = new EntryStop(folder.Path, TimeProvider.System);
        Assert.True(stop.IsStopped);
        Assert.Contains("cannot be read", stop.Facts.Reason);
    }

    [Fact]
    public async Task Without_a_broker_nothing_is_ordered_and_stopping_still_holds()
    {
        using var desk = await VirtualDesk.OpenAsync();
        desk.Trading = null;
        desk.Live.SetSession(desk.Live.Session with { Link = BrokerLink.NeedsLogin, LinkReason = "Log in under Settings." });
        Assert.Contains("Log in under Settings", await desk.RefusalAsync(VirtualDesk.Buy(50)));
        await desk.Run(() => desk.Desk.StopEntriesAsync(VirtualDesk.Trader, ""));
        Assert.True(desk.Desk.AreEntriesStopped);
    }
}
