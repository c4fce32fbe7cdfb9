namespace EtradeBot.Simulator.Accounts;

/// <summary>Where orders are previewed, placed and changed. A change is a cancel and a new order in one.</summary>
sealed class OrderDesk(BackOffice office)
{
    const double UpdatingSeconds = 2;

    const long FirstPreviewId = 100_000_000_000;
    const long PreviewIds = 900_000_000_000;

    static readonly TimeSpan PreviewLife = TimeSpan.FromMinutes(3);

    /// <summary>After that the broker does not even know that there was such a preview.</summary>
    static readonly TimeSpan PreviewMemory = TimeSpan.FromDays(1);

    readonly OrderChecks _checks = new(office);
    readonly PlacedFaults _faults = new(office);

    /// <summary>What the real broker does with them is not known.</summary>
    public bool RefusesDuplicateClientOrderIds { get; set; }

    /// <param name="changes">Number of the order to be changed; null for a new order.</param>
    public Outcome<PreviewTicket> Preview(string accountKey, OrderRequest request, long? changes)
    {
        if (office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        var (order, refusal) = _checks.Check(book, OrderRules.Normalised(request), changes);
        if (order is null) return refusal!;
        var terms = _faults.Previewed(order.Terms, changes);
        var preview = new HeldPreview(NextPreviewId(book), terms, order.Appraisal.Shares, office.Now, changes);
        book.Previews.RemoveAll(old => old.At + PreviewMemory < office.Now);
        book.Previews.Add(preview);
        var appraisal = order.Appraisal with { Price = terms.Limit ?? order.Appraisal.Price };
        return new PreviewTicket(preview.PreviewId, terms, preview.Shares, appraisal.Total(terms.Action, office.Now), 0,
            order.BuyingPower, office.Now, HasSameSide(order) ? [Notes.SameSideIsOpen] : []);
    }

    /// <inheritdoc cref="Preview"/>
    public Outcome<PlacedTicket> Place(string accountKey, OrderRequest request, long? previewId, long? changes)
    {
        if (office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        if (book.Account.IsClosed) return Refusals.ClosedAccount;
        if (previewId is not { } id) return Refusals.NoPreviewId;
        if (book.Previews.Find(held => held.PreviewId == id) is not { } preview) return Refusals.UnknownPreview;
        var terms = OrderRules.Normalised(request);
        if (!IsRepeated(preview, terms, changes)) return Refusals.TimedOut;
        if (RefusesDuplicateClientOrderIds && book.Orders.Exists(order => order.Order.Terms.ClientOrderId == terms.ClientOrderId))
            return Refusals.RepeatedClientOrderId;
        var (order, refusal) = _checks.Check(book, terms, changes, preview.Shares);
        if (order is null) return refusal!;
        book.Previews.Remove(preview);
        return Accepted(order, id);
    }

    PlacedTicket Accepted(CheckedOrder order, long previewId)
    {
        if (order.Changed is { } old) office.End(old, OrderState.Cancelled, office.Now, "Replaced by another order.");
        var (terms, appraisal) = _faults.Taken(order);
        var booked = office.Accept(order.Book, terms, appraisal, previewId);
        if (order.Changed is not null) Link(order.Changed, booked);
        _faults.Strike(booked, order.Changed);
        return new PlacedTicket(booked.Order.OrderId, terms, appraisal.Shares, appraisal.Total(terms.Action, office.Now), 0,
            office.Now, [Notes.Entered(office.Market.PhaseAt(office.Now))]);
    }

    void Link(BookedOrder old, BookedOrder booked)
    {
        old.Order = old.Order with { ReplacedBy = booked.Order.OrderId };
        booked.Order = booked.Order with { Replaces = old.Order.OrderId };
        if (office.Faults.Strike("slow-change", "change-place", booked.Order.Terms.Ticker) is { } slow)
            booked.UpdatingUntil = office.Now.AddSeconds(slow.Value ?? UpdatingSeconds);
    }

    bool IsRepeated(HeldPreview preview, OrderRequest terms, long? changes) =>
        office.Now - preview.At <= PreviewLife
        && preview.Changes == changes
        && preview.Terms with { ClientOrderId = terms.ClientOrderId } == terms;

    bool HasSameSide(CheckedOrder order) =>
        office.WorkingIn(order.Book, order.Changed)
            .Any(other => other.Order.Terms.Ticker == order.Terms.Ticker && other.Order.Terms.Action.IsBuy() == order.Terms.Action.IsBuy());

    long NextPreviewId(CustomerBook book)
    {
        long id;
        do id = FirstPreviewId + (long)(office.State.Draw() * PreviewIds);
        while (book.Previews.Exists(held => held.PreviewId == id));
        return id;
    }
}
