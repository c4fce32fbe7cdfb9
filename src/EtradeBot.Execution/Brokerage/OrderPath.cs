using System.Collections.Concurrent;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;

namespace EtradeBot.Execution.Brokerage;

/// <summary>The one way for an order to leave this program: written down, judged, previewed, written down again, sent once.</summary>
/// <remarks>
/// What is not surely known afterwards is unknown until a list of the broker's proves it (<see cref="Reconciler"/>); nothing is sent again on its own.
/// One request that makes or changes an order is under way at a time, so that what is new in the list since can be told apart. Safe for several threads.
/// </remarks>
public sealed class OrderPath : IDisposable
{
    readonly SemaphoreSlim _gate = new(1, 1);
    readonly OrderBook _book;
    readonly BrokerLine _line;
    readonly Func<OrderIntent, string> _judge;
    readonly Reconciler _reconciler;
    readonly ExitRoom _room;
    readonly Func<OrderIntent, IReadOnlyList<string>> _inTheWay;
    readonly ConcurrentDictionary<string, bool> _drafts = new(StringComparer.Ordinal);

    /// <param name="judge">The limits: why the order may not be sent, empty when it may. Asked twice, before the preview and right before the request.</param>
    /// <param name="inTheWay">Own entries on the other side that an exit might trade with: they are cancelled before it; null: none are looked for.</param>
    public OrderPath(OrderBook book, BrokerLine line, Reconciler reconciler, Func<OrderIntent, string> judge, Func<OrderIntent, IReadOnlyList<string>>? inTheWay = null) =>
        (_book, _line, _reconciler, _room, _judge, _inTheWay) = (book, line, reconciler, new ExitRoom(book, line), judge, inTheWay ?? (_ => []));

    /// <summary>Writes an order down that is to be sent soon: it is on the disk when this returns.</summary>
    /// <returns>Why it is not, and so must not be sent; empty when it is.</returns>
    public string Draft(OrderIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        try
        {
            if (_book.Find(intent.Id) is { } before) return $"{intent.Id} was sent before: {before.Words}";
            _book.Write(new IntentMade(intent));
            _drafts[intent.Id] = true;
            return "";
        }
        catch (IOException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>A draft is not sent after all.</summary>
    public SendOutcome Withdraw(string id, string why)
    {
        if (_drafts.TryRemove(id, out _)) _book.Record(new Refused(id, why, null));
        return new SendOutcome(SendResult.NotSent, why);
    }

    /// <summary>What forbids this order here and now: the state of the books first, then the limits.</summary>
    /// <returns>A sentence; empty when it may leave.</returns>
    public string Forbids(OrderIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (_book.Journal.Failure is { Length: > 0 } failure) return failure;
        if (intent.IsEntry)
        {
            if (_book.Halt is { } halt) return $"halted by {halt.By}: {halt.Reason}. Only a person clears it";
            if (_book.Stop is { } stop) return $"entries were stopped by {stop.By}: {stop.Reason}";
            if (_book.Where(order => order.IsUnresolved && order.Intent.Symbol == intent.Symbol) is [var unresolved, ..])
                return $"entries of {intent.Symbol} are frozen: nobody knows yet whether \"{unresolved.Intent}\" is at the broker";
        }
        else if (_room.Forbids(intent) is { Length: > 0 } taken)
        {
            return taken;
        }
        return _judge(intent);
    }

    /// <summary>What the broker says of an order before it is placed. It makes no order, and leaves nothing in the journal.</summary>
    /// <exception cref="BrokerException">It cannot be had.</exception>
    public Task<OrderPreview> PreviewAsync(OrderIntent intent, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (intent.Replaces is null) return _line.Client.PreviewAsync(_line.AccountKey, intent.Ticket, stop);
        var number = _book.Find(intent.Replaces)?.OrderId ?? throw new InvalidOperationException($"{intent.Replaces} has no number to be replaced by");
        return _line.Client.PreviewChangeAsync(_line.AccountKey, number, intent.Ticket, stop);
    }

    /// <summary>Previews and places a new order, or one that takes another's place.</summary>
    /// <param name="intent">Its name is new, or that of a draft: an intent is sent once in its life.</param>
    public Task<SendOutcome> SendAsync(OrderIntent intent, CancellationToken stop = default) => SendAsync(intent, null, stop);

    /// <inheritdoc cref="SendAsync(OrderIntent, CancellationToken)"/>
    /// <param name="seen">The preview that a person has agreed to; null: it is previewed here.</param>
    public async Task<SendOutcome> SendAsync(OrderIntent intent, OrderPreview? seen, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (intent.Role == OrderRole.Exit) await ClearTheWayAsync(intent, stop).ConfigureAwait(false);
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_drafts.ContainsKey(intent.Id))
            {
                if (Forbids(intent) is { Length: > 0 } forbidden) return Withdraw(intent.Id, forbidden);
                _drafts.TryRemove(intent.Id, out _);
                return await AttemptAsync(intent, seen, stop).ConfigureAwait(false);
            }
            if (_book.Find(intent.Id) is { } before) return new SendOutcome(SendResult.NotSent, $"{intent.Id} was sent before: {before.Words}", before.OrderId);
            if (Forbids(intent) is { Length: > 0 } closed) return new SendOutcome(SendResult.NotSent, closed);
            _book.Write(new IntentMade(intent));
            return await AttemptAsync(intent, seen, stop).ConfigureAwait(false);
        }
        catch (IOException problem)
        {
            return new SendOutcome(SendResult.NotSent, problem.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A protective order that is proved absent, once more under the same name: the broker's own check for doubles is the second wall.</summary>
    public async Task<SendOutcome> SendAgainAsync(string id, CancellationToken stop = default)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_book.Find(id) is not { State: OrderState.Dropped, Intent: { IsEntry: false } intent }) return new SendOutcome(SendResult.NotSent, $"{id} is no exit that was given up");
            return Forbids(intent) is { Length: > 0 } closed ? new SendOutcome(SendResult.NotSent, closed) : await AttemptAsync(intent, null, stop).ConfigureAwait(false);
        }
        catch (IOException problem)
        {
            return new SendOutcome(SendResult.NotSent, problem.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks for a cancel. Only the list says what became of the order: it may fill until then.</summary>
    /// <returns>True: the broker has taken the request; null: nobody knows.</returns>
    public async Task<(bool? IsTaken, string Words)> CancelAsync(string id, string because, CancellationToken stop = default)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_book.Find(id) is not { OrderId: { } number, IsWorking: true }) return (false, $"{id} is not working at the broker");
            // A cancel takes exposure away: a disk that cannot tell of it must not forbid it.
            _book.Record(new CancelSending(id, number, because));
            var (isTaken, words) = await AskAsync(number, stop).ConfigureAwait(false);
            _book.Record(new CancelAnswered(id, isTaken, words));
            return (isTaken, words);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks for a cancel of an order that this program did not place, because a person says so.</summary>
    /// <inheritdoc cref="CancelAsync" path="/returns"/>
    public async Task<(bool? IsTaken, string Words)> CancelOtherAsync(long orderId, string by, CancellationToken stop = default)
    {
        _book.Record(new OtherCancelSending(orderId, by));
        return await AskAsync(orderId, stop).ConfigureAwait(false);
    }

    public void Dispose() => _gate.Dispose();

    async Task<(bool? IsTaken, string Words)> AskAsync(long number, CancellationToken stop)
    {
        try
        {
            await _line.Client.CancelAsync(_line.AccountKey, number, stop).ConfigureAwait(false);
            return (true, "cancel requested");
        }
        catch (BrokerException problem)
        {
            return (problem.Fate == RequestFate.Unknown ? null : false, problem.Message);
        }
    }

    async Task<SendOutcome> AttemptAsync(OrderIntent intent, OrderPreview? seen, CancellationToken stop)
    {
        OrderPreview preview;
        OrderListing listing;
        try
        {
            listing = await _line.OrdersAsync(stop).ConfigureAwait(false);
            if (!listing.IsStable && intent.IsEntry && !_line.IsStored) return Give(intent, "the order list did not hold still, so that an order without an answer could not be found again");
            if (!intent.IsEntry && !_line.IsStored && await _room.RefusalAsync(intent, listing, stop).ConfigureAwait(false) is { Length: > 0 } refusal) return Give(intent, refusal);
            preview = seen ?? await PreviewAsync(intent, stop).ConfigureAwait(false);
        }
        catch (BrokerException problem)
        {
            // Neither call can have made an order.
            return Give(intent, problem.Message, problem.Fate == RequestFate.Refused ? problem.Code : null);
        }
        if (preview.Differences.Count > 0 && !_line.IsStored) return Give(intent, $"the broker previewed another order than this one: {string.Join("; ", preview.Differences)}");
        _book.Write(new Previewed(intent.Id, preview.PreviewId, preview.EstimatedTotal, [.. preview.Messages.Select(message => message.Text)]));
        // Between the first look and now a person may have pulled the brake.
        if (Forbids(intent) is { Length: > 0 } closed) return Give(intent, closed);
        var known = listing.Orders.Select(order => order.OrderId).Concat(_book.Where(order => order.OrderId is not null).Select(order => order.OrderId!.Value));
        _book.Write(new Sending(intent.Id, [.. known.Distinct().Order()], _reconciler.Surplus(intent.Symbol)));
        return await PostAsync(intent, preview).ConfigureAwait(false);
    }

    /// <summary>The exit wins over an entry that it might trade with.</summary>
    async Task ClearTheWayAsync(OrderIntent exit, CancellationToken stop)
    {
        foreach (var id in _inTheWay(exit))
            if (_book.Find(id) is { IsWorking: true, LeavingSince: null }) await CancelAsync(id, "an exit on the other side goes first", stop).ConfigureAwait(false);
    }

    /// <summary>From here on nothing may be given up in the middle: whoever asks for a stop waits for the answer.</summary>
    async Task<SendOutcome> PostAsync(OrderIntent intent, OrderPreview preview)
    {
        try
        {
            if (intent.Replaces is { } replaced) _book.Record(new CancelSending(replaced, preview.Changes ?? 0, $"replaced by {intent.Id}"));
            var placed = intent.Replaces is null
                ? await _line.Client.PlaceAsync(_line.AccountKey, preview, CancellationToken.None).ConfigureAwait(false)
                : await _line.Client.PlaceChangeAsync(_line.AccountKey, preview, CancellationToken.None).ConfigureAwait(false);
            return Accept(intent, placed);
        }
        catch (BrokerException problem) when (problem.Fate is RequestFate.NotSent or RequestFate.Refused)
        {
            if (intent.Replaces is { } kept) _book.Record(new CancelAnswered(kept, false, problem.Message));
            _book.Record(new Refused(intent.Id, problem.Message, problem.Code));
            return new SendOutcome(problem.Fate == RequestFate.Refused ? SendResult.Refused : SendResult.NotSent, problem.Message);
        }
        catch (Exception problem)
        {
            // Whatever it is, the request may have left.
            return Lose(intent, problem.Message);
        }
    }

    SendOutcome Accept(OrderIntent intent, PlacedOrder placed)
    {
        var isForeign = _book.Find(intent.Id)!.Known.Contains(placed.OrderId) || (_book.Find(placed.OrderId) is { } other && other.Id != intent.Id);
        if (isForeign && !_line.IsStored) return Lose(intent, $"the broker answered with the number {placed.OrderId}, which is another order's.");
        // An order whose number nobody knows yet may have got this answer's: the list decides whose it is.
        var mayBeAnothers = placed.Differences.Count > 0 && _book.Where(order => order.IsUnresolved && order.Id != intent.Id).Count > 0;
        if (mayBeAnothers && !_line.IsStored) return Lose(intent, $"the broker answered for another order than this one ({string.Join("; ", placed.Differences)}).");
        _book.Record(new Accepted(intent.Id, placed.OrderId, _line.IsStored ? [] : placed.Differences));
        return new SendOutcome(SendResult.Accepted, string.Join("; ", placed.Differences), placed.OrderId);
    }

    SendOutcome Lose(OrderIntent intent, string why)
    {
        var words = $"nobody knows yet whether the broker has it: {why} It is not sent again; the order list is being watched.";
        _book.Record(new BecameUnknown(intent.Id, words));
        return new SendOutcome(SendResult.Unknown, words);
    }

    SendOutcome Give(OrderIntent intent, string words, int? code = null)
    {
        _book.Record(new Refused(intent.Id, words, code));
        return new SendOutcome(code is null ? SendResult.NotSent : SendResult.Refused, words);
    }
}
