using EtradeBot.App.Hosting.Security;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Orders by hand: preview, place once, change, cancel, stop. They go down the order path that the bot's go, past the same limits and into the same
/// journal. It works whether a page is open or not. Safe for several threads.</summary>
/// <remarks>Every method that changes anything wants a trader, and throws <see cref="NotAllowedException"/> otherwise. What the broker or the
/// limits refuse is an answer, not an exception.</remarks>
sealed class OrderDesk
{
    readonly DeskState _desk;
    readonly PreviewStep _previews;
    readonly PlaceStep _places;
    readonly CancelStep _cancels;
    readonly SettleStep _settling;
    readonly Lock _gate = new();
    readonly Dictionary<string, Pending> _pending = new(StringComparer.Ordinal);
    readonly HashSet<long> _rejectionsTold = [];
    string _account = "";

    public OrderDesk(OrderDeskParts parts)
    {
        _desk = new DeskState(parts);
        _previews = new PreviewStep(_desk);
        _cancels = new CancelStep(_desk);
        _places = new PlaceStep(_desk);
        _settling = new SettleStep(_desk);
    }

    /// <summary>Something that pages show has changed. Called on any thread.</summary>
    public event Action? Changed
    {
        add => _desk.Changed += value;
        remove => _desk.Changed -= value;
    }

    /// <summary>Shares have changed hands. Called on the thread that saw it.</summary>
    public event Action<OrderFill>? Filled;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<OrderFill> Fills => _desk.Fills.Fills;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OrderNews> News => _desk.News;

    /// <summary>Orders that nobody knows the fate of, the bot's and people's: they need a person's eye.</summary>
    public IReadOnlyList<OrderLife> Unknown => Trading?.Book.Where(order => order.State == OrderState.Unknown) ?? [];

    /// <summary>This program's order of that number, the bot's or a person's; null: it was made elsewhere.</summary>
    public OrderLife? Own(long orderId) => Trading?.Book.Find(orderId);

    public bool AreEntriesStopped => StopFacts.IsStopped;

    public EntryStopFacts StopFacts => _desk.Stop.IsStopped || Trading?.Book.Stop is not { } stop ? _desk.Stop.Facts : new EntryStopFacts(true, default, stop.By, stop.Reason);

    /// <summary>Why nothing can be ordered by hand now; empty when it can.</summary>
    public string Locked => _desk.Locked(Trading);

    /// <summary>The time orders' own times are measured by.</summary>
    public DateTimeOffset ExchangeNow => _desk.Parts.Live.Session.ExchangeNow(_desk.Now) ?? _desk.Now;

    TradingDesk? Trading => _desk.Parts.Trading();

    /// <inheritdoc cref="CancelStep.AskedAt"/>
    public DateTimeOffset? CancelAskedAt(long orderId) => _cancels.AskedAt(orderId);

    /// <summary>The arithmetic of a size by what is known at present, for showing while somebody types.</summary>
    public SizeAnswer Size(OrderRequest request) =>
        OrderSizer.Size(request, AccountPicture.Of(_desk.Parts.Live, request.Symbol, DeskState.Loose(Trading, _desk.Parts.Live.Account.Orders)), _desk.Parts.Limits());

    public Task<PreviewAnswer> PreviewAsync(Actor actor, OrderRequest request) => PreviewAsync(actor, trading => _previews.NewAsync(actor, trading, request));

    public Task<PreviewAnswer> PreviewChangeAsync(Actor actor, long orderId, ChangeRequest change) =>
        PreviewAsync(actor, trading => _previews.ChangeAsync(actor, trading, orderId, change));

    async Task<PreviewAnswer> PreviewAsync(Actor actor, Func<TradingDesk, Task<PreviewAnswer>> ask)
    {
        actor.Require(Role.Trader);
        var trading = Trading;
        if (_desk.Locked(trading) is { Length: > 0 } locked) return new PreviewAnswer.Refused(locked);
        var answer = await ask(trading!);
        if (answer is PreviewAnswer.Ready ready)
        {
            lock (_gate)
            {
                foreach (var old in _pending.Where(pair => pair.Value.Placing is null && pair.Value.Proposal.ExpiresAt < _desk.Now).Select(pair => pair.Key).ToList()) _pending.Remove(old);
                _pending[ready.Proposal.Id] = new Pending(trading!, ready.Proposal);
            }
        }
        return answer;
    }

    /// <summary>Places what was previewed: one request for an intent, however often and from wherever this is called. Later calls get the outcome of the first.</summary>
    /// <exception cref="NotAllowedException">Not a trader; nothing was sent.</exception>
    public Task<OrderOutcome> PlaceAsync(Actor actor, string intentId)
    {
        actor.Require(Role.Trader);
        lock (_gate)
        {
            if (!_pending.TryGetValue(intentId, out var pending)) return Task.FromResult(Remembered(intentId));
            if (pending.Placing is { } task) return task;
            try
            {
                _desk.Parts.Audit.Write(actor, pending.Proposal.Changes is null ? "order.place" : "order.change", pending.Proposal.Intent.ToString());
            }
            catch (IOException problem)
            {
                return Task.FromResult(new OrderOutcome(OutcomeKind.NotSent, $"the audit log cannot be written, so nothing was sent: {problem.Message}"));
            }
            // On its own: neither a closed tab nor a page's thread has a say in what is on its way.
            return pending.Placing = Task.Run(() => _places.SendAsync(pending.Trading, pending.Proposal));
        }
    }

    /// <inheritdoc cref="PlaceAsync"/>
    public Task<OrderOutcome> PlaceChangeAsync(Actor actor, string intentId) => PlaceAsync(actor, intentId);

    OrderOutcome Remembered(string intentId) => Trading?.Book.Find(intentId) switch
    {
        { IsUnresolved: true } order => new OrderOutcome(OutcomeKind.Unknown, order.Words),
        { OrderId: { } number } => new OrderOutcome(OutcomeKind.Working, $"order {number} was placed before", number),
        { } order => new OrderOutcome(OutcomeKind.NotSent, order.Words),
        null => new OrderOutcome(OutcomeKind.NotSent, "there is no such preview any more: preview again"),
    };

    /// <summary>Asks for a cancel. Only the list says whether it came in time.</summary>
    /// <exception cref="NotAllowedException">Not a trader; nothing was sent.</exception>
    public async Task<CancelAnswer> CancelAsync(Actor actor, long orderId)
    {
        actor.Require(Role.Trader);
        // Neither a journal that cannot be written nor the lock of real money holds a cancel back.
        if (Trading is not { } trading) return new CancelAnswer(CancelKind.Refused, _desk.Locked(null));
        try
        {
            _desk.Parts.Audit.Write(actor, "order.cancel", $"order {orderId}");
        }
        catch (IOException problem)
        {
            return new CancelAnswer(CancelKind.Refused, $"the audit log cannot be written, so nothing was sent: {problem.Message}");
        }
        var answer = await _cancels.SendAsync(trading, orderId, actor.Name);
        await _desk.RefreshAsync();
        return answer;
    }

    /// <summary>Sells what the bot holds of a symbol: its stop is cancelled first, then the shares go at the market.</summary>
    /// <returns>What was begun, in words.</returns>
    /// <exception cref="NotAllowedException">Not a trader; nothing was begun.</exception>
    public string Leave(Actor actor, Symbol symbol)
    {
        actor.Require(Role.Trader);
        if (Trading is not { } trading) return _desk.Locked(null);
        var held = trading.Book.Where(order => order.Intent is { IsEntry: true, IsByPerson: false } && order.Intent.Symbol == symbol && trading.Book.HeldOf(order.Id) > 0);
        if (held.Count == 0) return $"the bot holds no {symbol} any more";
        try
        {
            _desk.Parts.Audit.Write(actor, "position.leave", symbol.Ticker);
        }
        catch (IOException problem)
        {
            return $"the audit log cannot be written, so nothing was begun: {problem.Message}";
        }
        foreach (var entry in held) trading.Trader.Leave(entry.Id, $"by hand, {actor.Name}");
        trading.Wake();
        return FormattableString.Invariant($"{held.Sum(entry => trading.Book.HeldOf(entry.Id))} {symbol} are being sold: the stop is cancelled first");
    }

    /// <summary>Refuses new entries from this moment on, over restarts, and cancels the working ones of this program, the bot's and people's. Exits stay possible.</summary>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    public async Task<StopAnswer> StopEntriesAsync(Actor actor, string reason)
    {
        actor.Require(Role.Trader);
        var failures = new List<string>();
        Try(() => _desk.Stop.Stop(actor.Name, reason), "entries are stopped, but only until the program ends");
        Try(() => Trading?.StopEntries(actor.Name, reason), "the journal does not know of the stop yet");
        Try(() => _desk.Parts.Audit.Write(actor, "entries.stop", reason), "the audit log was not written");
        _desk.Tell("Entries are stopped.", isUrgent: true);
        var cancelled = new List<long>();
        if (Trading is { } trading) await CancelEntriesAsync(trading, actor.Name, cancelled, failures);
        else failures.Add("there is no connection to the broker: working entries are cancelled as soon as there is one. Or cancel them at E*TRADE");
        await _desk.RefreshAsync();
        return new StopAnswer(cancelled, failures);

        void Try(Action action, string consequence)
        {
            try
            {
                action();
            }
            catch (IOException problem)
            {
                failures.Add($"{consequence}: {problem.Message}");
            }
        }
    }

    async Task CancelEntriesAsync(TradingDesk trading, string by, List<long> cancelled, List<string> failures)
    {
        var entries = trading.Book.Where(order => order is { IsWorking: true, OrderId: not null, Intent.IsEntry: true });
        var answers = await Task.WhenAll(entries.Select(order => _cancels.SendAsync(trading, order.OrderId!.Value, by)));
        foreach (var (order, answer) in entries.Zip(answers))
        {
            if (answer.Kind is CancelKind.Requested or CancelKind.Cancelled) cancelled.Add(order.OrderId!.Value);
            else failures.Add($"{order.Intent}: {answer.Words}");
        }
        var others = _desk.Parts.Live.Account.Orders.Count(order => !order.IsEnded && ListedOrder.IsEntry(order) && trading.Book.Find(order.OrderId) is null);
        if (others > 0) failures.Add($"{others} {(others == 1 ? "entry" : "entries")} of this account that this program did not place {(others == 1 ? "is" : "are")} left as they are");
    }

    /// <summary>Lets entries through again.</summary>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    /// <exception cref="IOException">It cannot be kept: entries stay stopped.</exception>
    public Task ResumeEntriesAsync(Actor actor)
    {
        actor.Require(Role.Trader);
        _desk.Parts.Audit.Write(actor, "entries.resume", "");
        if (Trading is { Book.Stop: not null } trading) trading.ResumeEntries(actor.Name);
        _desk.Stop.Resume(actor.Name);
        _desk.Tell("Entries are possible again.", isUrgent: false);
        return Task.CompletedTask;
    }

    /// <inheritdoc cref="SettleStep.Absent"/>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    public string ConfirmAbsent(Actor actor, string intentId)
    {
        actor.Require(Role.Trader);
        return _settling.Absent(actor, intentId);
    }

    /// <inheritdoc cref="SettleStep.Number"/>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    public string ConfirmNumber(Actor actor, string intentId, long orderId)
    {
        actor.Require(Role.Trader);
        return _settling.Number(actor, intentId, orderId);
    }

    /// <inheritdoc cref="SettleStep.IsDue"/>
    public bool CanSettle(OrderLife order) => Trading is { } trading && SettleStep.IsDue(trading, order);

    /// <summary>Takes note of what the broker lists: fills, late rejections, cancels that came through.</summary>
    public void Observe()
    {
        var (live, trading) = (_desk.Parts.Live, Trading);
        if (live.Account.ReadAt is null) return;
        lock (_gate)
        {
            if (trading is not null && _account.Length > 0 && _account != trading.Line.Account) _desk.Fills.Clear();
            _account = trading?.Line.Account ?? _account;
        }
        var orders = live.Account.Orders;
        _cancels.Forget(orders.Where(order => order.IsEnded).Select(order => order.OrderId));
        foreach (var fill in _desk.Fills.Observe(orders, live.Session.ExchangeNow(_desk.Now) ?? _desk.Now)) Announce(fill);
        foreach (var order in orders.Where(order => order.Status == BrokerOrderStatus.Rejected)) TellRejection(order);
        _desk.Notice();
    }

    void Announce(OrderFill fill)
    {
        var words = FormattableString.Invariant($"{fill.Action.ToLowerInvariant().Replace('_', ' ')} {Math.Abs(fill.Shares):0.####} {fill.Symbol} at {fill.Price:0.00##}");
        _desk.Tell(fill.Shares > 0 ? $"Filled: {words}." : $"The broker took an execution back: {words}.", isUrgent: fill.Shares < 0);
        Filled?.Invoke(fill);
    }

    void TellRejection(BrokerOrder order)
    {
        if (Own(order.OrderId) is null) return;
        lock (_gate)
            if (!_rejectionsTold.Add(order.OrderId))
                return;
        _desk.Tell($"Order {order.OrderId} was rejected by the broker: {OrderWords.Of(order)}.", isUrgent: true);
    }

    sealed class Pending(TradingDesk trading, OrderProposal proposal)
    {
        public TradingDesk Trading { get; } = trading;

        public OrderProposal Proposal { get; } = proposal;

        public Task<OrderOutcome>? Placing { get; set; }
    }
}
