using CsCheck;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Accounts;

/// <summary>What holds whatever a customer, the market and misfortune do.</summary>
public sealed class BrokerageProperties
{
    const int Steps = 60;

    static readonly string[] Misfortunes =
    [
        "partial-fill", "no-fill", "late-visible", "reject-after", "cancel-race", "cancel-lost", "slow-cancel", "change-shows-both",
        "change-shows-neither", "place-differs", "preview-differs", "bust", "bust", "reopen", "foreign-order", "foreign-cancel", "foreign-sell",
    ];

    /// <summary>One thing that happens: what, and numbers to choose its details by.</summary>
    readonly record struct Step(int What, int A, int B, int C);

    static readonly Gen<Step[]> Scripts =
        (from what in Gen.Int[0, 11] from a in Gen.Int[0, 1_000] from b in Gen.Int[0, 1_000] from c in Gen.Int[0, 1_000] select new Step(what, a, b, c))
        .Array[Steps];

    [Fact]
    public void Money_and_shares_add_up_and_orders_keep_their_bounds() => Scripts.Sample(script =>
    {
        var bench = new Bench();
        foreach (var step in script)
        {
            Take(bench, step);
            Check(bench);
        }
    }, iter: 500);

    [Fact]
    public void The_same_script_gives_the_same_books() => Scripts.Sample(script => Run(script) == Run(script), iter: 30);

    [Fact]
    public void Saving_and_loading_at_any_point_changes_nothing() =>
        Gen.Select(Scripts, Gen.Int[0, Steps]).Sample((script, point) => Run(script) == Run(script, point), iter: 60);

    static string Run(Step[] script, int reloadsAt = -1)
    {
        var bench = new Bench(new SimulatorOptions { VisibleAfterSeconds = 10 });
        for (var i = 0; i < script.Length; i++)
        {
            Take(bench, script[i]);
            if (i == reloadsAt) bench.Broker.Load(bench.Broker.Save());
        }
        return bench.Broker.Save();
    }

    static void Take(Bench bench, Step step)
    {
        var broker = bench.Broker;
        switch (step.What)
        {
            case < 4:
                Trade(bench, step);
                break;
            case < 7:
                bench.TryPlace(Request(step));
                break;
            case 7:
                if (Chosen(bench, step.A) is { } cancelled) broker.Cancel(bench.Key, cancelled.OrderId);
                break;
            case 8:
                if (Chosen(bench, step.A) is not { } old) break;
                var terms = old.Terms with { Quantity = 1 + step.B % 200, IsAllIOwn = false };
                if (broker.PreviewChange(bench.Key, old.OrderId, terms).Value is { } preview) broker.PlaceChange(bench.Key, old.OrderId, preview.Terms, preview.PreviewId);
                break;
            default:
                bench.Plan.Add(new Fault(Misfortunes[step.A % Misfortunes.Length]));
                break;
        }
    }

    static CustomerOrder? Chosen(Bench bench, int number)
    {
        var orders = bench.Broker.EveryOrder(bench.Key);
        return orders.Count == 0 ? null : orders[^(1 + number % Math.Min(5, orders.Count))];
    }

    /// <summary>A print a few seconds on, or on the next day, a few dollars up or down.</summary>
    static void Trade(Bench bench, Step step)
    {
        var at = bench.Now + (step.A % 40 == 0 ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(1 + step.A % 30));
        bench.Market.Trade("AAPL", at, 90 + step.B % 21, volume: step.C * 2);
        bench.To(at);
    }

    static OrderRequest Request(Step step)
    {
        var request = Bench.Request((OrderAction)(step.A % 4), 1 + step.B % 300) with { IsAllIOwn = step.C % 17 == 0 && step.A % 2 == 1 };
        return (step.C % 6) switch
        {
            0 => request,
            1 => Bench.Limit(request, 92 + step.A % 17) with { Term = (OrderTerm)(step.B % 5), AllOrNone = step.C % 5 == 0 },
            2 => Bench.Stop(request, 92 + step.A % 17) with { Term = OrderTerm.GoodUntilCancel },
            3 => request with { Type = PriceType.StopLimit, Stop = 92 + step.A % 17, Limit = 92 + step.B % 17 },
            4 => request with { Type = PriceType.TrailingStopAmount, Stop = 1 + step.A % 5, StopLimit = step.B % 2 },
            _ => Bench.Limit(request, 92 + step.A % 17) with { IsExtended = true },
        };
    }

    static void Check(Bench bench)
    {
        var orders = bench.Broker.EveryOrder(bench.Key);
        var executions = orders.SelectMany(order => order.Executions.Where(done => !done.IsBusted).Select(done => (order.Terms.Action, done))).ToList();
        var balance = bench.Balance;
        Assert.Equal(100_000 + executions.Sum(pair => Sign(pair.Action) * -pair.done.Shares * pair.done.Price - pair.done.Fees), balance.Cash);
        Assert.Equal(balance.Cash, balance.SettledCash + balance.UnsettledCash);
        Assert.Equal(balance.Cash - 100_000, bench.Broker.Transactions(bench.Key).Value!.Sum(line => line.Amount));
        foreach (var isShort in new[] { false, true })
        {
            var held = bench.Positions.Where(position => position.Shares < 0 == isShort).Sum(position => Math.Abs(position.Shares));
            var opened = executions.Where(pair => pair.Action.IsShort() == isShort).Sum(pair => pair.Action.Closes() ? -pair.done.Shares : pair.done.Shares);
            var reserved = orders.Where(order => order.IsWorking && order.Terms.Action.Closes() && order.Terms.Action.IsShort() == isShort)
                .Sum(order => order.Shares - order.Filled);
            Assert.Equal(opened, held);
            Assert.InRange(reserved, 0, held);
        }
        for (var i = 0; i < orders.Count; i++) CheckOrder(orders[i], orders[0].OrderId + i);
        Assert.All(bench.Positions, position => Assert.Equal(position.Shares, position.Lots.Sum(lot => lot.Shares)));
    }

    static void CheckOrder(CustomerOrder order, long orderId)
    {
        Assert.Equal(orderId, order.OrderId);
        Assert.InRange(order.Filled, 0, order.Shares);
        Assert.Equal(order.Filled, order.Executions.Where(done => !done.IsBusted).Sum(done => done.Shares));
        Assert.All(order.Executions, done => Assert.True(done.At > order.PlacedAt && done.Shares >= 1 && done.Price > 0 && done.Fees >= 0));
        Assert.Equal(order.IsWorking, order.EndedAt is null);
        Assert.Equal(order.State == OrderState.Executed, order.Filled == order.Shares && !order.IsWorking);
        if (order.Terms.Limit is { } limit && order.Terms.Action.IsBuy()) Assert.All(order.Executions, done => Assert.True(done.Price <= limit));
        if (order.Terms.Limit is { } least && !order.Terms.Action.IsBuy()) Assert.All(order.Executions, done => Assert.True(done.Price >= least));
    }

    static int Sign(OrderAction action) => action.IsBuy() ? 1 : -1;
}
