namespace EtradeBot.Simulator.Accounts;

/// <summary>Where cancels are asked for. The answer is a receipt: what becomes of the order shows later.</summary>
sealed class CancelDesk(BackOffice office)
{
    const double SlowSeconds = 5;

    public Outcome<CancelTicket> Cancel(string accountKey, long orderId)
    {
        if (office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        if (book.Find(orderId) is not { } order) return Refusals.UnknownOrder;
        if (!order.Order.IsWorking) return Refusals.TooLate;
        if (order.UpdatingUntil > office.Now) return Refusals.StillUpdating;
        // Asking twice changes nothing and is no mistake.
        if (order.Order.State != OrderState.CancelRequested) Begin(order);
        return new CancelTicket(orderId, office.Now, Notes.CancelInProcess);
    }

    void Begin(BookedOrder order)
    {
        var ticker = order.Order.Terms.Ticker;
        if (office.Faults.Strike("cancel-lost", "cancel", ticker) is not null) return;
        order.Order = order.Order with { State = OrderState.CancelRequested };
        if (office.Faults.Strike("cancel-race", "cancel", ticker) is not null)
        {
            order.OutrunsItsCancel = true;
            return;
        }
        order.CancelDue = office.Now + (office.Faults.Strike("slow-cancel", "cancel", ticker) is { } slow
            ? TimeSpan.FromSeconds(slow.Value ?? SlowSeconds)
            : OrderDelays.Cancel(office.State));
    }
}
