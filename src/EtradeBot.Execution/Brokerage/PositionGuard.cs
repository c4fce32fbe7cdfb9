using System.Collections.Concurrent;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.Execution.Brokerage;

/// <summary>Keeps a protective stop at the broker for every share that an entry has brought, and leaves positions.</summary>
/// <remarks>
/// An open sell order reserves its shares, so stop and target cannot both rest: the stop does, the target is watched here. To leave, the stop is
/// cancelled first; only when the list shows that it is gone are the shares sold, and when that fails the stop is put back.
/// </remarks>
/// <param name="newId">Names for intents: 1 to 20 lower-case letters and digits, never the same twice.</param>
public sealed class PositionGuard(OrderBook book, OrderPath path, TimeProvider time, Func<string> newId)
{
    /// <summary>After so many stops that the broker did not take, the position is left at the market.</summary>
    public const int MostRefusals = 3;

    const double LongestWait = 60;

    /// <summary>A request to cancel or to change that the list does not confirm is made again after this long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly ConcurrentDictionary<string, string> _leaving = new(StringComparer.Ordinal);
    readonly Dictionary<string, decimal> _tighter = new(StringComparer.Ordinal);
    readonly Dictionary<string, (long At, int Times)> _refused = new(StringComparer.Ordinal);

    /// <summary>What an owner has to be told; emptied by whoever tells it.</summary>
    public ConcurrentQueue<string> News { get; } = new();

    /// <summary>Entries whose shares are being sold, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Leaving => _leaving;

    /// <summary>Shares without a resting stop of their own, though one was planned, by the entry's name.</summary>
    public IReadOnlyList<(OrderLife Entry, int Shares)> Uncovered =>
        [.. from entry in Entries()
            where entry.Intent.PlannedStop is not null
            let shares = book.HeldOf(entry.Id) - Exits(entry.Id).Sum(exit => exit.Open)
            where shares > 0
            select (entry, shares)];

    /// <summary>Begins to leave: from now on, over as many steps as it takes.</summary>
    public void Leave(string entry, string because) => _leaving.TryAdd(entry, because);

    /// <summary>From now on the stop belongs here, unless it is closer to the market already.</summary>
    /// <param name="stop">Dollars.</param>
    public void Tighten(string entry, decimal stop)
    {
        if (book.Find(entry) is not { } life) return;
        if (!_tighter.TryGetValue(entry, out var before) || IsTighter(life, stop, before)) _tighter[entry] = stop;
    }

    /// <summary>One action for each entry that needs one.</summary>
    public async Task StepAsync(CancellationToken stop = default)
    {
        foreach (var entry in Entries())
        {
            if (_leaving.TryGetValue(entry.Id, out var because)) await LeaveAsync(entry, because, stop).ConfigureAwait(false);
            else await ProtectAsync(entry, stop).ConfigureAwait(false);
        }
        foreach (var gone in _leaving.Keys.Where(id => book.HeldOf(id) == 0 && book.Find(id) is not { MayFill: true }).ToList()) _leaving.TryRemove(gone, out _);
    }

    /// <summary>The target is reached by a price that the shares could be sold at.</summary>
    /// <param name="bid">Dollars.</param>
    /// <param name="ask">Dollars.</param>
    public void Watch(Symbol symbol, decimal bid, decimal ask)
    {
        foreach (var entry in Entries().Where(entry => entry.Intent.Symbol == symbol))
        {
            if (entry.Intent.PlannedTarget is not { } target) continue;
            if (entry.Intent.IsBuy ? bid >= target : ask <= target) Leave(entry.Id, "target");
        }
    }

    /// <summary>Those that hold shares, and those whose exits still work though nothing is held any more: a fill that was taken back, an order that came to life again.</summary>
    IEnumerable<OrderLife> Entries() => book.Where(order => order.Intent is { IsEntry: true, IsByPerson: false } && (book.HeldOf(order.Id) > 0 || Exits(order.Id).Count > 0) || _leaving.ContainsKey(order.Id));

    IReadOnlyList<OrderLife> Exits(string entry) => book.Where(order => order.Intent.Guards == entry && order.MayFill);

    async Task ProtectAsync(OrderLife entry, CancellationToken stop)
    {
        if (entry.Intent.PlannedStop is not { } planned) return;
        var level = Level(entry, planned);
        var exits = Exits(entry.Id);
        if (exits.Any(exit => exit.IsUnresolved || exit.LeavingSince is { } since && time.GetUtcNow() - since < Patience)) return;
        var wanted = book.HeldOf(entry.Id) - exits.Where(exit => exit.Intent.Role != OrderRole.Stop).Sum(exit => exit.Open);
        var resting = exits.FirstOrDefault(exit => exit.Intent.Role == OrderRole.Stop);
        if (resting is null && wanted > 0) await RestAsync(entry, wanted, level, stop).ConfigureAwait(false);
        else if (resting is not null && wanted <= 0) await path.CancelAsync(resting.Id, "nothing is left to protect", stop).ConfigureAwait(false);
        else if (resting is not null && (resting.Open != wanted || IsTighter(entry, level, resting.Intent.Stop ?? level)))
            await path.SendAsync(Stop(entry, wanted, level) with { Replaces = resting.Id }, stop).ConfigureAwait(false);
    }

    /// <summary>Where the stop belongs: the tightest of what was planned, what has rested already, and what was asked for since.</summary>
    decimal Level(OrderLife entry, decimal planned)
    {
        var level = planned;
        foreach (var rested in book.Where(order => order.Intent.Guards == entry.Id && order.Intent.Role == OrderRole.Stop && order.OrderId is not null))
            if (rested.Intent.Stop is { } before && IsTighter(entry, before, level)) level = before;
        return _tighter.TryGetValue(entry.Id, out var wanted) && IsTighter(entry, wanted, level) ? wanted : level;
    }

    static bool IsTighter(OrderLife entry, decimal stop, decimal than) => entry.Intent.IsBuy ? stop > than : stop < than;

    async Task RestAsync(OrderLife entry, int shares, decimal level, CancellationToken stop)
    {
        var failures = book.Where(order => order.Intent.Guards == entry.Id && order.Intent.Role == OrderRole.Stop && order.State is OrderState.Refused or OrderState.Rejected);
        if (failures.Count >= MostRefusals)
        {
            News.Enqueue($"the broker did not take a stop for {shares} {entry.Intent.Symbol} {failures.Count} times ({failures[^1].Words}): the position is left at the market");
            Leave(entry.Id, "no stop could be placed");
            return;
        }
        if (book.Where(order => order is { State: OrderState.Dropped, OrderId: null, Intent.Role: OrderRole.Stop } && order.Intent.Guards == entry.Id && order.Intent.Shares == shares) is [.., var lost])
        {
            await path.SendAgainAsync(lost.Id, stop).ConfigureAwait(false);
            return;
        }
        await path.SendAsync(Stop(entry, shares, level), stop).ConfigureAwait(false);
    }

    OrderIntent Stop(OrderLife entry, int shares, decimal level) => Exit(entry, shares, OrderRole.Stop, "stop") with { Type = OrderPriceType.Stop, Stop = level, Term = OrderTerm.GoodUntilCancel };

    OrderIntent Exit(OrderLife entry, int shares, OrderRole role, string because) =>
        new(newId(), entry.Intent.Symbol, entry.Intent.IsBuy ? OrderAction.Sell : OrderAction.BuyToCover, shares, OrderPriceType.Market, role)
        {
            Owner = entry.Intent.Owner,
            Because = because,
            Guards = entry.Id,
        };

    async Task LeaveAsync(OrderLife entry, string because, CancellationToken stop)
    {
        var exits = Exits(entry.Id);
        if (entry.MayFill || exits.Any(exit => exit.Intent.Role == OrderRole.Stop || exit.IsUnresolved))
        {
            foreach (var working in exits.Where(exit => exit.Intent.Role == OrderRole.Stop).Append(entry).Where(IsToBeCancelled)) await path.CancelAsync(working.Id, because, stop).ConfigureAwait(false);
            return;
        }
        var shares = book.HeldOf(entry.Id) - exits.Sum(exit => exit.Open);
        if (shares <= 0 || IsTooSoon(entry.Id)) return;
        var outcome = await path.SendAsync(Exit(entry, shares, OrderRole.Exit, because), stop).ConfigureAwait(false);
        if (outcome.Result is not (SendResult.NotSent or SendResult.Refused))
        {
            _refused.Remove(entry.Id);
            return;
        }
        _refused[entry.Id] = (time.GetTimestamp(), _refused.GetValueOrDefault(entry.Id).Times + 1);
        News.Enqueue($"{entry.Intent.Symbol} could not be sold ({because}): {outcome.Words}");
        // Back under the stop; whoever wanted to leave will want it again.
        if (because != "no stop could be placed") _leaving.TryRemove(entry.Id, out _);
    }

    /// <summary>What was refused is tried again after 2, 4, 8, ... seconds: its shares may have been sold elsewhere.</summary>
    bool IsTooSoon(string entry) =>
        _refused.TryGetValue(entry, out var refused) && time.GetElapsedTime(refused.At) < TimeSpan.FromSeconds(Math.Min(LongestWait, Math.Pow(2, refused.Times)));

    bool IsToBeCancelled(OrderLife order) => order.IsWorking && (order.LeavingSince is not { } since || time.GetUtcNow() - since >= Patience);
}
