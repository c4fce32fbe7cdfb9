using EtradeBot.Simulator.Faults;
using EtradeBot.Trading;

namespace EtradeBot.Simulator.Accounts;

/// <summary>Faults of preview, place and change.</summary>
sealed class PlacedFaults(BackOffice office)
{
    const double PreviewOffset = 0.10;
    const double PlaceFactor = 2;
    const double LateSeconds = 30;
    const double ChangeSeconds = 5;

    /// <summary>The terms that the preview answers with.</summary>
    public OrderRequest Previewed(OrderRequest terms, long? changes)
    {
        if (terms.Limit is not { } limit) return terms;
        if (Strike("preview-differs", changes is null ? "preview" : "change-preview", terms.Ticker) is not { } fault) return terms;
        var off = (double)limit + (fault.Value ?? PreviewOffset);
        return off > 0 ? terms with { Limit = Tick.Round(off, Side.Buy) } : terms;
    }

    /// <summary>What is accepted in place of what was asked for; never more shares than a closing order can have.</summary>
    public (OrderRequest Terms, Appraisal Appraisal) Taken(CheckedOrder order)
    {
        var (terms, appraisal) = (order.Terms, order.Appraisal);
        if (Strike("place-differs", Call(order.Changed), terms.Ticker) is not { } fault) return (terms, appraisal);
        var shares = Math.Clamp((int)(appraisal.Shares * (fault.Value ?? PlaceFactor)), 1, OrderRules.MostShares);
        if (terms.Action.Closes()) shares = Math.Min(shares, office.FreeShares(order.Book, terms));
        return (terms with { Quantity = shares, IsDollars = false, IsAllIOwn = false }, appraisal with { Shares = shares });
    }

    /// <summary>What happens to an order, and to the one it replaces, once it is accepted.</summary>
    public void Strike(BookedOrder order, BookedOrder? changed)
    {
        var (call, ticker) = (Call(changed), order.Order.Terms.Ticker);
        var late = Strike("late-visible", call, ticker) is { } fault ? TimeSpan.FromSeconds(fault.Value ?? LateSeconds) : TimeSpan.Zero;
        order.Order = order.Order with { VisibleAt = office.Now + office.State.DrawDelay(office.VisibleAfterSeconds) + late };
        order.IsDoomed = Strike("reject-after", call, ticker) is not null;
        if (changed is null) return;
        if (Strike("change-shows-both", call, ticker) is { } both) changed.OpenInListsUntil = After(both);
        if (Strike("change-shows-neither", call, ticker) is { } neither) changed.HiddenUntil = order.HiddenUntil = After(neither);
    }

    DateTimeOffset After(Fault fault) => office.Now.AddSeconds(fault.Value ?? ChangeSeconds);

    Fault? Strike(string name, string call, string ticker) => office.Faults.Strike(name, call, ticker);

    static string Call(BookedOrder? changed) => changed is null ? "place" : "change-place";
}
