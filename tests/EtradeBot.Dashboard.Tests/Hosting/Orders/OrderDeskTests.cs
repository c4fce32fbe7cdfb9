using EtradeBot.App.Broker;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Risk;

namespace EtradeBot.App.Hosting.Orders;

[Collection(nameof(RunsAlone))]
public sealed class OrderDeskTests
{
    const string Place = "orders/place.json";

    [Fact]
    public async Task Fifty_clicks_at_once_place_one_order()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        var outcomes = await desk.Run(() => Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id)))));
        Assert.Equal(1, desk.Sent(Place));
        Assert.Single(desk.World.Orders);
        Assert.Equal(OutcomeKind.Working, outcomes[0].Kind);
        Assert.All(outcomes, outcome => Assert.Equal(outcomes[0], outcome));
    }

    [Fact]
    public async Task A_click_after_a_restart_tells_the_outcome_and_sends_nothing()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        var first = await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        await desk.ReopenAsync();
        var second = await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        Assert.Equal(first.OrderId, second.OrderId);
        Assert.Equal(1, desk.Sent(Place));
    }

    [Fact]
    public async Task A_preview_dies_after_three_minutes()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        await desk.Pass(180);
        var outcome = await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Contains("preview again", outcome.Words);
        Assert.Equal(0, desk.Sent(Place));
    }

    [Fact]
    public async Task The_journal_has_the_intent_before_the_request_and_the_person_as_its_owner()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var outcome = await desk.PlaceAsync(VirtualDesk.Buy(50));
        Assert.Equal([typeof(IntentMade), typeof(Previewed), typeof(Sending), typeof(Accepted)], desk.Journal.Where(what => what is IntentMade or OrderEvent).Select(what => what.GetType()).Take(4));
        var order = desk.Desk.Own(outcome.OrderId!.Value)!;
        Assert.True(order.Intent is { IsByPerson: true, Owner: "tess", IsEntry: true });
        Assert.DoesNotContain(desk.World.Account, File.ReadAllText(Path.Combine(desk.Folder, "trading", Execution.Journaling.Journal.FileName)));
    }

    [Fact]
    public async Task A_preview_costs_what_the_order_costs()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        Assert.Equal(500m, proposal.Preview.EstimatedTotal);
        Assert.Contains(proposal.Warnings, words => words.Contains("is a digit wrong?"));
    }

    [Fact]
    public async Task What_the_broker_refuses_is_rejected_and_may_be_tried_anew()
    {
        using var desk = await VirtualDesk.OpenAsync();
        desk.Fault("error-before", "place", 8400);
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        desk.World.Simulator.ClearFaults();
        desk.Fault("status-before", "place", 401);
        var outcome = await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        Assert.NotEqual(OutcomeKind.Working, outcome.Kind);
        Assert.Empty(desk.World.Orders);
        Assert.Equal(1, desk.Sent(Place));
    }

    [Fact]
    public async Task A_viewer_and_a_dead_session_can_do_nothing()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50));
        var sent = desk.Sent(Place) + desk.Sent("orders/preview.json") + desk.Sent("orders/cancel.json");
        foreach (var actor in new[] { VirtualDesk.Viewer, new Actor("gone", Role.Admin, () => false) })
        {
            await Assert.ThrowsAsync<NotAllowedException>(() => desk.Desk.PreviewAsync(actor, VirtualDesk.Buy(50)));
            await Assert.ThrowsAsync<NotAllowedException>(() => desk.Desk.PreviewChangeAsync(actor, 1, new ChangeRequest()));
            await Assert.ThrowsAsync<NotAllowedException>(async () => await desk.Desk.PlaceAsync(actor, proposal.Id));
            await Assert.ThrowsAsync<NotAllowedException>(() => desk.Desk.CancelAsync(actor, 1));
            await Assert.ThrowsAsync<NotAllowedException>(() => desk.Desk.StopEntriesAsync(actor, ""));
            await Assert.ThrowsAsync<NotAllowedException>(async () => await desk.Desk.ResumeEntriesAsync(actor));
            Assert.Throws<NotAllowedException>(() => desk.Desk.ConfirmAbsent(actor, proposal.Id));
            Assert.Throws<NotAllowedException>(() => desk.Desk.Leave(actor, VirtualDesk.Apple));
        }
        Assert.Equal(sent, desk.Sent(Place) + desk.Sent("orders/preview.json") + desk.Sent("orders/cancel.json"));
        Assert.False(desk.Desk.AreEntriesStopped);
    }

    [Fact]
    public async Task Real_money_is_locked_for_orders_and_never_for_cancels_and_stops()
    {
        const string words = "real money is locked";
        using var desk = await VirtualDesk.OpenAsync();
        var before = await desk.PlaceAsync(VirtualDesk.Buy(50));
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(49));
        await desk.ReopenAsync(TradingMode.Live);
        desk.LiveLock = words;
        var sent = desk.Sent(Place);
        Assert.Contains(words, await desk.RefusalAsync(VirtualDesk.Buy(50)));
        Assert.Equal(OutcomeKind.NotSent, (await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id))).Kind);
        Assert.Equal(CancelKind.Requested, (await desk.Run(() => desk.Desk.CancelAsync(VirtualDesk.Trader, before.OrderId!.Value))).Kind);
        Assert.Empty((await desk.Run(() => desk.Desk.StopEntriesAsync(VirtualDesk.Trader, ""))).Failures);
        Assert.True(desk.Desk.AreEntriesStopped);
        Assert.Equal(sent, desk.Sent(Place));
    }

    [Fact]
    public async Task With_real_money_nobody_orders_before_the_limits_were_reviewed()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.ReopenAsync(TradingMode.Live);
        Assert.Contains("limits that a person has reviewed", await desk.RefusalAsync(VirtualDesk.Buy(50)));
        Assert.Equal(0, desk.Sent("orders/preview.json"));
    }

    [Fact]
    public async Task The_limits_of_the_send_path_hold_for_people_and_a_far_resting_price_only_warns()
    {
        using var desk = await VirtualDesk.OpenAsync();
        Assert.Contains("price-collar", await desk.RefusalAsync(VirtualDesk.Buy(900)));
        desk.SendLimits = desk.SendLimits with { MostShares = 5 };
        Assert.Contains("most-shares", await desk.RefusalAsync(VirtualDesk.Buy(50)));
        var proposal = await desk.PreviewAsync(VirtualDesk.Buy(50, 5));
        Assert.Contains(proposal.Warnings, words => words.Contains("lies off the market"));
        await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        Assert.Contains((await desk.PreviewAsync(VirtualDesk.Buy(50, 5))).Warnings, words => words.Contains("Equal entries"));
    }

    [Fact]
    public async Task A_person_does_not_sell_what_is_the_bots()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.HoldAsync(4);
        await desk.BotHoldsAsync(10, stop: null);
        var proposal = await desk.PreviewAsync(VirtualDesk.Sell(900, 5));
        var sent = desk.Sent(Place);
        var outcome = await desk.Run(() => desk.Desk.PlaceAsync(VirtualDesk.Trader, proposal.Id));
        Assert.Equal(OutcomeKind.NotSent, outcome.Kind);
        Assert.Contains("holds only 4 AAPL that nothing sells already and that are not the bot's, which has 10", outcome.Words);
        Assert.Equal(sent, desk.Sent(Place));
        Assert.Equal(OutcomeKind.Working, (await desk.PlaceAsync(VirtualDesk.Sell(900, 4))).Kind);
    }

    [Fact]
    public async Task The_bots_stop_stays_until_its_shares_are_sold_by_hand()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.BotHoldsAsync(10, stop: 60);
        var stop = Assert.Single(desk.Trading!.Book.Where(order => order.Intent.Role == OrderRole.Stop && order.IsWorking));
        Assert.Contains("is the bot's stop", (await desk.Run(() => desk.Desk.CancelAsync(VirtualDesk.Trader, stop.OrderId!.Value))).Words);
        Assert.Contains("is the bot's", Assert.IsType<PreviewAnswer.Refused>(await desk.Run(() => desk.Desk.PreviewChangeAsync(VirtualDesk.Trader, stop.OrderId!.Value, new ChangeRequest(Stop: 61)))).Problems[0].Words);
        Assert.Contains("10 AAPL are being sold", desk.Desk.Leave(VirtualDesk.Trader, VirtualDesk.Apple));
        await desk.Pass(60);
        Assert.Equal(0, desk.Trading.Book.Shares(VirtualDesk.Apple));
        await desk.Run(desk.ReadAsync);
        Assert.DoesNotContain(desk.Live.Account.Orders, order => !order.IsEnded);
        Assert.Contains("position.leave", File.ReadAllText(Path.Combine(desk.Folder, "audit.jsonl")));
    }

    [Fact]
    public async Task Flattening_sells_what_was_bought_by_hand_and_nothing_that_came_from_elsewhere()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.ElsewhereAsync(VirtualBroker.Buy(900, "elsewhere", 3));
        await desk.HoldAsync(10, 13);
        await desk.PlaceAsync(VirtualDesk.Sell(900, 6));
        await desk.BotHoldsAsync(5, stop: 60);
        desk.Trading!.Halt("tess", "enough", flatten: true);
        await desk.Pass(120);
        await desk.Run(desk.ReadAsync);
        Assert.Equal(3, desk.Live.Account.Positions.Single(position => position.Symbol == "AAPL").Quantity);
        Assert.Equal((0, 0), (desk.Trading.Book.Shares(VirtualDesk.Apple), desk.Trading.Book.ByHand(VirtualDesk.Apple)));
        Assert.DoesNotContain(desk.Live.Account.Orders, order => !order.IsEnded);
    }

    [Fact]
    public async Task More_than_is_held_and_free_is_never_sold()
    {
        using var desk = await VirtualDesk.OpenAsync();
        Assert.Contains("short selling is not allowed", await desk.RefusalAsync(VirtualDesk.Sell(900)));
        await desk.HoldAsync(10);
        Assert.Contains("10 AAPL are held: at most 10", await desk.RefusalAsync(VirtualDesk.Sell(900, 11)));
        await desk.PlaceAsync(VirtualDesk.Sell(900, 6));
        Assert.Contains("6 of them are in orders already: 4 are left", await desk.RefusalAsync(VirtualDesk.Sell(900, 5)));
    }

    [Fact]
    public async Task Two_sales_previewed_side_by_side_do_not_both_go_out()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.HoldAsync(10);
        var first = await desk.PreviewAsync(VirtualDesk.Sell(900));
        var second = await desk.PreviewAsync(VirtualDesk.Sell(901));
        var sentBefore = desk.Sent(Place);
        var outcomes = await desk.Run(() => Task.WhenAll(desk.Desk.PlaceAsync(VirtualDesk.Trader, first.Id), desk.Desk.PlaceAsync(VirtualDesk.Trader, second.Id)));
        Assert.Equal([OutcomeKind.Working, OutcomeKind.NotSent], outcomes.Select(outcome => outcome.Kind).Order());
        Assert.Equal(sentBefore + 1, desk.Sent(Place));
    }

    [Fact]
    public async Task Limits_cut_entries_and_never_exits()
    {
        using var desk = await VirtualDesk.OpenAsync();
        await desk.HoldAsync(10);
        desk.Limits = new RiskLimits { MaxPosition = 0.0001 };
        Assert.Contains("one position may not be larger", await desk.RefusalAsync(VirtualDesk.Buy(50)));
        Assert.Equal(10, (await desk.PreviewAsync(VirtualDesk.Sell(900))).Intent.Shares);
    }

    [Fact]
    public async Task Fills_are_told_once_and_add_up_to_the_position()
    {
        using var desk = await VirtualDesk.OpenAsync();
        var heard = new List<OrderFill>();
        desk.Desk.Filled += heard.Add;
        desk.Fault("partial-fill", value: 0.4, times: 1);
        await desk.PlaceAsync(VirtualDesk.Buy(shares: 10));
        for (var turn = 0; turn < 12; turn++)
        {
            await desk.Pass(10);
            await desk.Run(desk.ReadAsync);
        }
        Assert.Equal(10, heard.Sum(fill => fill.Shares));
        Assert.Equal([.. heard.AsEnumerable().Reverse()], desk.Desk.Fills);
        var order = Assert.Single(desk.World.Orders);
        Assert.Equal(order.AveragePrice * 10, heard.Sum(fill => fill.Shares * fill.Price!.Value), 2);
        Assert.Equal(heard.Count, desk.Desk.News.Count(news => news.Words.StartsWith("Filled", StringComparison.Ordinal)));
    }
}
