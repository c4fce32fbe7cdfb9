using EtradeBot.App.Broker;
using EtradeBot.App.Feeds.Live;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Reads balance, positions and orders of one account again and again into <see cref="LiveState.Account"/>.</summary>
sealed class AccountReader(IBrokerLine line, BrokerageAccount account, (LiveState State, SymbolBoard Symbols, SessionBoard Session) to, TimeProvider machine)
{
    const int DaysOfOrders = 7;

    static readonly TimeSpan InSession = TimeSpan.FromSeconds(5);

    /// <summary>Also keeps the token awake.</summary>
    static readonly TimeSpan OutOfSession = TimeSpan.FromSeconds(60);

    /// <summary>Two account calls each time: a fifth less than what the client's limit lets through, so that people do not wait.</summary>
    static readonly TimeSpan InAHurry = TimeSpan.FromSeconds(1.5);

    static readonly TimeSpan HurryLasts = TimeSpan.FromSeconds(20);

    readonly Lock _gate = new();
    readonly PreviousCloses _closes = new(line.Market);
    Task _reading = Task.CompletedTask;
    DateTimeOffset _hurryUntil;
    TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Masked number and kind.</summary>
    public string Name { get; } = $"{AccountChoice.Masked(account.Number)} {account.Mode.ToLowerInvariant()}".TrimEnd();

    DateTimeOffset ExchangeNow => line.ExchangeNow ?? to.State.Session.ExchangeNow(machine.GetUtcNow()) ?? machine.GetUtcNow();

    /// <summary>Reads now, and often for a while. Failures become facts.</summary>
    public async Task RefreshAsync(CancellationToken stop = default)
    {
        _hurryUntil = machine.GetUtcNow() + HurryLasts;
        _wake.TrySetResult();
        await ReadAsync(stop).ConfigureAwait(false);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            await ReadAsync(stop).ConfigureAwait(false);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(Task.Delay(Pause(), machine, over.Token), _wake.Task).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (_wake.Task.IsCompleted) _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    TimeSpan Pause()
    {
        if (machine.GetUtcNow() < _hurryUntil || to.State.Account.Orders.Any(order => !order.IsEnded && order.Term != "GOOD_UNTIL_CANCEL")) return InAHurry;
        return MarketClock.HoursAt(ExchangeNow) == MarketHours.Regular ? InSession : OutOfSession;
    }

    /// <summary>One reading after another: an older answer must not come after a newer one.</summary>
    Task ReadAsync(CancellationToken stop)
    {
        lock (_gate) return _reading = ReadAfterAsync(_reading, stop);
    }

    async Task ReadAfterAsync(Task before, CancellationToken stop)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        try
        {
            var facts = await FetchAsync(stop).ConfigureAwait(false);
            to.State.SetAccount(facts);
            to.Symbols.SetShares(facts.Positions);
            to.Session.Up();
        }
        catch (BrokerException problem)
        {
            to.Session.Failed(problem);
            to.State.SetAccount(to.State.Account with { Name = Name, Problem = problem.Message });
        }
    }

    async Task<AccountFacts> FetchAsync(CancellationToken stop)
    {
        var today = MarketCalendar.Nyse.DayOf(ExchangeNow);
        var query = new OrderQuery { From = today.AddDays(-DaysOfOrders), To = today };
        var orders = await line.CallAsync(client => client.OrdersAsync(account.Key, query, stop)).ConfigureAwait(false);
        var balance = await line.CallAsync(client => client.BalanceAsync(account.Key, stop)).ConfigureAwait(false);
        var portfolio = await line.CallAsync(client => client.PortfolioAsync(account.Key, stop)).ConfigureAwait(false);
        var dayPnl = await DayPnlAsync(portfolio.Positions, orders.Orders, stop).ConfigureAwait(false);
        return new AccountFacts { Name = Name, Balance = balance, Positions = portfolio.Positions, Orders = orders.Orders, ReadAt = machine.GetUtcNow(), DayPnl = dayPnl };
    }

    async Task<decimal?> DayPnlAsync(IReadOnlyList<PortfolioPosition> positions, IReadOnlyList<BrokerOrder> orders, CancellationToken stop)
    {
        var day = DayResult.DayAt(ExchangeNow);
        var symbols = DayResult.Symbols(positions, orders, day);
        var closes = await _closes.ReadAsync(symbols, (day, to.State.Symbols), stop).ConfigureAwait(false);
        return DayResult.Of(positions, orders, (day, closes));
    }
}
