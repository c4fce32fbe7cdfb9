namespace EtradeBot.Simulator.Accounts;

/// <summary>A preview that may still be placed.</summary>
/// <param name="Terms">As previewed: place has to repeat them.</param>
/// <param name="Changes">The order that it would change; null for a new order.</param>
sealed record HeldPreview(long PreviewId, OrderRequest Terms, int Shares, DateTimeOffset At, long? Changes);

/// <summary>Everything about one account.</summary>
sealed class CustomerBook
{
    public required CustomerAccount Account { get; init; }

    public required Ledger Ledger { get; init; }

    /// <summary>Order numbers of the account count up from here.</summary>
    public required long FirstOrderId { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public List<BookedOrder> Orders { get; init; } = [];

    public List<HeldPreview> Previews { get; init; } = [];

    public BookedOrder? Find(long orderId)
    {
        var index = orderId - FirstOrderId;
        return index >= 0 && index < Orders.Count ? Orders[(int)index] : null;
    }
}
