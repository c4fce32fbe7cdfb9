using System.Globalization;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.Execution;
using EtradeBot.Execution.Bots;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>Prints what a trading session does, a line for each thing that happens; the mode stands in every one.</summary>
sealed class TradeReport
{
    readonly Lock _gate = new();
    readonly Output _output;
    readonly HeadlessSession _session;
    readonly Dictionary<string, (OrderState State, int Filled)> _told = new(StringComparer.Ordinal);
    string _standing = "", _problem = "", _limits = "";
    bool _hasBegun, _isOver;
    int _decisions, _wishes;

    public TradeReport(Output output, HeadlessSession session)
    {
        (_output, _session) = (output, session);
        session.Trading.Changed += Look;
        session.Trading.News += news => Line(news, Tone.Warning);
        session.Trading.Stepped += Stepped;
        session.Trading.Sent += Sent;
    }

    TradingMode Mode => _session.State.Session.Mode;

    public void Begin(BotPlan plan) => Line(plan.Words, Tone.Plain);

    public void End()
    {
        lock (_gate) _isOver = true;
        Line(string.Create(CultureInfo.InvariantCulture, $"stopped after {_decisions} decisions, {_wishes} orders wished for; positions and their stops stay at the broker"), Tone.Plain);
    }

    void Look()
    {
        lock (_gate)
        {
            var trading = _session.Trading;
            if (_isOver) return;
            if (trading.Desk is not { } desk)
            {
                Say(ref _problem, trading.Problem, Tone.Bad);
                return;
            }
            _problem = "";
            if (!_hasBegun) Remember(desk.Book.Orders, trading.Folder!.Path);
            Say(ref _limits, trading.Limits.Problem, Tone.Bad);
            Say(ref _standing, desk.Trader.Standing.ToString(), desk.Trader.Standing.Readiness == Readiness.Ready ? Tone.Good : Tone.Warning);
            foreach (var order in desk.Book.Orders) Tell(order);
        }
    }

    /// <summary>What was there before needs no line of its own.</summary>
    void Remember(IReadOnlyList<OrderLife> orders, string folder)
    {
        _hasBegun = true;
        Line($"journal: {folder}", Tone.Faint);
        foreach (var order in orders) _told[order.Id] = (order.State, order.Filled);
        foreach (var entry in orders.Where(order => order.Intent is { IsEntry: true, IsByPerson: false } && _session.Trading.Desk!.Book.HeldOf(order.Id) > 0))
            Line(string.Create(CultureInfo.InvariantCulture, $"taken up: {_session.Trading.Desk!.Book.HeldOf(entry.Id)} {entry.Intent.Symbol} of {entry.Intent}{StopOf(entry)}"), Tone.Plain);
    }

    string StopOf(OrderLife entry) => _session.Trading.Desk!.Book.Where(order => order.Intent.Guards == entry.Id && order.Intent.Role == OrderRole.Stop && order.IsWorking) is [.., { } stop]
        ? string.Create(CultureInfo.InvariantCulture, $", stop of {stop.Open} at {stop.Intent.Stop}")
        : "";

    void Tell(OrderLife order)
    {
        var now = (order.State, order.Filled);
        if (_told.TryGetValue(order.Id, out var before) && before == now) return;
        _told[order.Id] = now;
        if (order.State == OrderState.Drafted) return;
        if (order is { State: OrderState.Refused, SentAt: null, Intent.IsEntry: true })
        {
            Line($"{order.Intent}: not sent: {order.Words}", Tone.Warning);
            return;
        }
        var filled = order.Filled > 0 ? string.Create(CultureInfo.InvariantCulture, $", {order.Filled} / {order.Intent.Shares} at {order.AveragePrice:0.00##}") : "";
        var words = order.State is OrderState.Refused or OrderState.Unknown or OrderState.Dropped ? $": {order.Words}" : "";
        Line($"{order.Intent.Role.ToString().ToLowerInvariant()} {order.Intent}, {order.Intent.Because}: {order.State.ToString().ToLowerInvariant()}{filled}{words}", order.State switch
        {
            OrderState.Unknown => Tone.Bad,
            OrderState.Refused or OrderState.Rejected or OrderState.Dropped => Tone.Warning,
            OrderState.Filled => Tone.Good,
            _ => Tone.Plain,
        });
    }

    void Stepped(BotStep step)
    {
        lock (_gate)
        {
            _decisions += step.Step.Decisions.Count;
            foreach (var decision in step.Step.Decisions)
            {
                foreach (var wish in step.Wishes[decision.Symbol])
                {
                    _wishes++;
                    Line($"{decision.Symbol} {decision.Timeframe}: {wish.Order.Because}: {wish.Intent?.ToString() ?? (wish.Order.IsExit ? "leave" : "no order")}{(wish.Words.Length > 0 ? $" ({wish.Words})" : "")}", Tone.Plain);
                }
                if (decision.Failure is { } failure) Line($"{decision.Symbol}: {failure}", Tone.Bad);
            }
        }
    }

    void Sent(OrderIntent intent, SendOutcome outcome)
    {
        // What the journal has is told from there.
        if (outcome.Result is SendResult.NotSent && _session.Trading.Desk?.Book.Find(intent.Id) is null) Line($"{intent}: not sent: {outcome.Words}", Tone.Warning);
    }

    void Say(ref string before, string now, Tone tone)
    {
        if (before == now) return;
        before = now;
        if (now.Length > 0) Line(now, tone);
    }

    void Line(string text, Tone tone)
    {
        var time = _session.State.Session.ExchangeNow(TimeProvider.System.GetUtcNow()) is { } now ? now.ToOffset(MarketCalendar.Nyse.OffsetOn(MarketCalendar.Nyse.DayOf(now))).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
        lock (_gate) _output.Line(Output.Printable($"{Mode.ToString().ToUpperInvariant(),-9} {time,-19}  {text}"), tone);
    }
}
