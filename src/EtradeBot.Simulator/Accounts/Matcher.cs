using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>
/// Lets time pass for the orders at work: prints of all their symbols in the order of time, and between them what falls due.
/// Without orders at work nothing is looked at.
/// </summary>
sealed class Matcher(BackOffice office)
{
    readonly FillDesk _fills = new(office);

    public void AdvanceTo(DateTimeOffset now)
    {
        while (office.Working.Count > 0 && NextDue() is { } due && due <= now)
        {
            // A print at the very instant comes first: the market was faster than the cancel, and the last print counts.
            Match(due);
            if (due > office.Now) office.State.Now = due;
            EndDue();
        }
        Match(now);
        if (now > office.Now) office.State.Now = now;
    }

    DateTimeOffset? NextDue()
    {
        DateTimeOffset? next = null;
        foreach (var order in office.Working)
            if (order.Due is { } due && !(next <= due)) next = due;
        return next;
    }

    void EndDue()
    {
        foreach (var order in office.Working.Where(order => order.Due <= office.Now).ToList())
        {
            if (order.CancelDue <= office.Now)
            {
                office.End(order, OrderState.Cancelled, office.Now);
                continue;
            }
            if (order.Order.Terms.Type.IsOnClose()) _fills.AtClose(order);
            if (order.Order.IsWorking) office.End(order, OrderState.Expired, office.Now);
        }
    }

    void Match(DateTimeOffset upTo)
    {
        if (office.Working.Count == 0 || upTo <= office.Now) return;
        var lanes = new PriorityQueue<Lane, (DateTimeOffset, Symbol)>();
        foreach (var orders in office.Working.GroupBy(order => order.Symbol))
        {
            // A state may be taken up again with a market that lacks the symbol.
            if (!office.Market.Lists(orders.Key)) continue;
            var lane = new Lane(orders.Key, [.. orders], office.Market.Prints(orders.Key, office.Now, upTo).GetEnumerator());
            if (lane.Prints.MoveNext()) lanes.Enqueue(lane, lane.Place);
            else lane.Prints.Dispose();
        }
        while (lanes.TryDequeue(out var lane, out _))
        {
            bool goesOn;
            do
            {
                _fills.OnPrint(lane.Symbol, lane.Orders, lane.Prints.Current);
                lane.Orders.RemoveAll(order => !order.Order.IsWorking);
                goesOn = lane.Orders.Count > 0 && lane.Prints.MoveNext();
            }
            // The last symbol left needs no turn: a single one at work is the usual case.
            while (goesOn && lanes.Count == 0);
            if (goesOn) lanes.Enqueue(lane, lane.Place);
            else lane.Prints.Dispose();
        }
    }

    /// <summary>The prints of one symbol and the orders that wait for them.</summary>
    sealed record Lane(Symbol Symbol, List<BookedOrder> Orders, IEnumerator<Print> Prints)
    {
        public (DateTimeOffset, Symbol) Place => (Prints.Current.At, Symbol);
    }
}
