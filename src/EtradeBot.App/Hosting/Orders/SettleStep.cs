using EtradeBot.App.Hosting.Security;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Takes a person's word for what became of an order whose answer was lost.</summary>
sealed class SettleStep(DeskState desk)
{
    /// <summary>A person's word counts once the lists have had their time, or once several orders fit.</summary>
    public static bool IsDue(TradingDesk trading, OrderLife order) => order.Candidates.Count > 0 || trading.Now - (order.SentAt ?? order.MadeAt) >= Reconciler.AbsentFor;

    /// <summary>A person has looked at E*TRADE and says that the order is not there: the symbol is free again. Should it turn up after all it is taken up.</summary>
    /// <returns>Why not; empty when done.</returns>
    public string Absent(Actor actor, string intentId) => Settle(actor, intentId, order => new Dropped(order.Id, $"{actor.Name} has checked at E*TRADE: it is not there", actor.Name));

    /// <summary>A person has looked at E*TRADE and says which of several orders it is.</summary>
    /// <returns>Why not; empty when done.</returns>
    public string Number(Actor actor, string intentId, long orderId) =>
        Settle(actor, intentId, order => order.Candidates.Contains(orderId) ? new Adopted(order.Id, orderId, $"by {actor.Name}") : null);

    string Settle(Actor actor, string intentId, Func<OrderLife, OrderEvent?> settle)
    {
        if (desk.Parts.Trading() is not { } trading || trading.Book.Find(intentId) is not { State: OrderState.Unknown } order) return "this order is not unknown any more";
        if (!IsDue(trading, order)) return "the order list is still being watched: wait until two minutes have passed";
        if (settle(order) is not { } what) return "this order is not among those that fit any more";
        try
        {
            desk.Parts.Audit.Write(actor, what is Dropped ? "order.confirm-absent" : "order.confirm-number", order.Intent.ToString());
            trading.Book.Write(what);
        }
        catch (IOException problem)
        {
            return problem.Message;
        }
        trading.Trader.LookSoon();
        trading.Wake();
        desk.Tell($"{order.Intent.Symbol} is free for entries again.", isUrgent: false);
        return "";
    }
}
