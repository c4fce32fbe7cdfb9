using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Risk;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>What the order desk works with.</summary>
/// <param name="Trading">The desk that bot and people order through; null while there is none.</param>
/// <param name="Limits">Of sizing, as they are at the moment.</param>
sealed record OrderDeskParts(Func<TradingDesk?> Trading, LiveState Live, Func<RiskLimits> Limits, AuditLog Audit)
{
    public required TimeProvider Time { get; init; }

    public required string StateFolder { get; init; }

    /// <summary>Why there is no desk, with the remedy.</summary>
    public Func<string> Closed { get; init; } = () => "";

    /// <summary>Why real money must not be ordered with at present; empty when it may.</summary>
    public Func<string> LiveLock { get; init; } = () => "";

    /// <summary>Has the account read anew, after an order.</summary>
    public Func<Task> Refresh { get; init; } = () => Task.CompletedTask;
}

/// <summary>What the steps of the order desk share.</summary>
sealed class DeskState(OrderDeskParts parts)
{
    const int MostNews = 50;

    readonly Lock _newsGate = new();
    readonly List<OrderNews> _news = [];
    long _lastNews;

    public OrderDeskParts Parts { get; } = parts;

    public EntryStop Stop { get; } = new(parts.StateFolder, parts.Time);

    public FillLog Fills { get; } = new();

    public DateTimeOffset Now => Parts.Time.GetUtcNow();

    /// <summary>Something that pages show has changed. Called on any thread.</summary>
    public event Action? Changed;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OrderNews> News
    {
        get
        {
            lock (_newsGate) return [.. _news];
        }
    }

    public void Tell(string words, bool isUrgent)
    {
        lock (_newsGate)
        {
            _news.Add(new OrderNews(++_lastNews, Now, words, isUrgent));
            if (_news.Count > MostNews) _news.RemoveAt(0);
        }
        Notice();
    }

    public void Notice() => Changed?.Invoke();

    /// <summary>Why no order may go to the broker; empty when one may.</summary>
    public string Locked(TradingDesk? trading) => trading switch
    {
        null => $"there is no connection to the broker: nothing can be ordered. {Parts.Live.Session.LinkReason} {Parts.Closed()}".TrimEnd(),
        { Line.Mode: TradingMode.Live } when Parts.LiveLock() is { Length: > 0 } locked => locked,
        _ => trading.Book.Journal.Failure,
    };

    /// <summary>Own orders that count as if they worked, because the account's list does not show them yet. The sandbox's stored lists never will.</summary>
    public static IReadOnlyList<OrderLife> Loose(TradingDesk? trading, IReadOnlyList<ETrade.BrokerOrder> listed)
    {
        if (trading is null) return [];
        var numbers = listed.Select(order => order.OrderId).ToHashSet();
        return trading.Book.Where(order => order.MayFill && !(order.OrderId is { } number && (trading.Line.IsStored || numbers.Contains(number))));
    }

    /// <summary>After an order: a failure to read is shown by the account's own panel.</summary>
    public async Task RefreshAsync()
    {
        try
        {
            await Parts.Refresh().ConfigureAwait(false);
        }
        catch (Brokers.BrokerException problem)
        {
            Tell($"The account could not be read after the order: {problem.Message}", isUrgent: false);
        }
    }
}
