using System.Diagnostics.CodeAnalysis;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Brokers;

/// <summary>
/// Fills the orders of one symbol against candles, pessimistically: nothing fills before the open of the candle after the
/// decision; a gap through a stop fills at the open; stop and target in one candle follow <see cref="IntrabarPolicy"/>.
/// It holds at most one entry, one market exit and one bracket (stop and target, one cancels the other).
/// </summary>
public sealed class PaperBroker : IBroker
{
    readonly FillRules _rules;
    readonly Account _account;
    readonly Till _till;
    readonly Holding _holding;
    readonly List<OrderReport> _reports;
    readonly Stack<PaperOrder> _spare = new(4);
    CandleSeries _candles;
    double[] _open, _high, _low, _close;
    int _start;
    PaperOrder? _entry, _exit, _stop, _target;
    bool _isBusy;
    int _index;
    DateTimeOffset _now;
    EntryTiming _timing;

    internal PaperBroker(CandleSeries candles, Account account, FillRules rules, CostModel costs)
    {
        _account = account;
        _rules = rules;
        _till = new Till(account, rules, costs);
        _holding = account.HoldingOf(candles.Symbol);
        _reports = new List<OrderReport>(candles.Count / 16);
        Grow(candles);
    }

    /// <summary>A paper broker for candles that still come.</summary>
    /// <param name="history">The candles so far: none of them fills an order.</param>
    /// <exception cref="ArgumentException">The rules need candles of a lower timeframe, which do not come.</exception>
    public static PaperBroker ForComing(CandleSeries history, Account account, FillRules rules, CostModel costs)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Intrabar == IntrabarPolicy.Drill)
            throw new ArgumentException("drill needs candles of a lower timeframe in advance: use worst, best or path where candles still come", nameof(rules));
        return new PaperBroker(history, account, rules, costs);
    }

    /// <summary>Orders that have come to their end, in that order.</summary>
    public IReadOnlyList<OrderReport> Reports => _reports;

    /// <summary>Orders that still work.</summary>
    public IEnumerable<OrderReport> StillWorking =>
        from order in new[] { _exit, _stop, _target, _entry }
        where order is not null
        select order.Report(OrderStatus.Working, order.Order.SubmittedAt, "");

    /// <summary>Orders that have come to their end, then those that still work.</summary>
    internal IReadOnlyList<OrderReport> AllReports() =>
        StillWorking.ToArray() is { Length: > 0 } working ? [.. _reports, .. working] : _reports;

    /// <summary>Open times of the candles in which the order of events had to be assumed.</summary>
    public List<DateTimeOffset> AmbiguousAt { get; } = [];

    public int GapFills { get; private set; }

    /// <summary>Dollars by which gaps made stop fills worse than their levels.</summary>
    public decimal GapCost { get; private set; }

    /// <inheritdoc cref="Till.LargestShareOfVolume"/>
    public double LargestShareOfVolume => _till.LargestShareOfVolume;

    public bool HasExit => _exit is not null;

    public void Submit(Order order, int lastIndex = int.MaxValue)
    {
        var working = Working(order);
        working.LastIndex = lastIndex;
        if (!order.IsExit) CancelEntry("replaced by a newer signal", order.SubmittedAt);
        if (order.IsExit) _exit = working;
        else _entry = working;
        _isBusy = true;
    }

    public void CancelEntry(string note, DateTimeOffset at, Side? side = null)
    {
        if (_entry is not null && (side ?? _entry.Order.Side) == _entry.Order.Side) End(ref _entry, OrderStatus.Cancelled, note, at);
    }

    public void OnCandle(CandleSeries candles)
    {
        ArgumentNullException.ThrowIfNull(candles);
        Grow(candles);
        OnCandle(candles.Count - 1);
    }

    [MemberNotNull(nameof(_candles), nameof(_open), nameof(_high), nameof(_low), nameof(_close))]
    void Grow(CandleSeries candles)
    {
        var columns = candles.Columns;
        (_candles, _start) = (candles, candles.Start);
        (_open, _high, _low, _close) = (columns.Open, columns.High, columns.Low, columns.Close);
    }

    /// <summary>Fills what the candle at the index allows, then marks the holding by it.</summary>
    internal void OnCandle(int index)
    {
        // Nothing at work and nothing held: the usual candle ends here.
        if (_isBusy) Match(index);
        if (!_holding.IsFlat) Mark(_start + index);
    }

    void Mark(int row)
    {
        var close = _close[row];
        _holding.LastPrice = close;
        if (_timing == EntryTiming.Before) _holding.Mark(_high[row], _low[row]);
        else MarkAfterEntryWithin(_high[row], _low[row], close);
    }

    /// <summary>In the candle of an entry within it, only prices that surely came after the entry count as favourable.</summary>
    void MarkAfterEntryWithin(double high, double low, double close)
    {
        if (_holding.Shares > 0) _holding.Mark(close, low);
        else _holding.Mark(high, close);
        _timing = EntryTiming.Before;
    }

    void Match(int index)
    {
        _index = index;
        _now = _candles.OpenTime(index);
        var row = _start + index;
        var candle = new Stretch(_open[row], _high[row], _low[row], _close[row]);
        _till.BeginCandle(_now, candle, _candles.Columns.Volume[row]);
        switch (_rules.Intrabar)
        {
            case IntrabarPolicy.Path:
                AtOpen(candle.Open);
                foreach (var leg in candle.Path()) Within(leg);
                break;
            case IntrabarPolicy.Drill when _rules.Finer is { } finer:
                AlongFiner(finer, candle);
                break;
            default:
                AtOpen(candle.Open);
                Within(candle);
                break;
        }
        if (_entry is not null && _index >= _entry.LastIndex) End(ref _entry, OrderStatus.Expired, "not reached in time", _now);
        _isBusy = (_entry ?? _exit ?? _stop ?? _target) is not null;
    }

    void AlongFiner(CandleSeries finer, in Stretch whole)
    {
        var i = finer.IndexAtOrAfter(_now);
        var end = _index + 1 < _candles.Count ? finer.IndexAtOrAfter(_candles.OpenTime(_index + 1)) : finer.Count;
        AtOpen(whole.Open);
        if (i >= end) Within(whole);
        for (; i < end; i++)
        {
            var part = new Stretch(finer.Open[i], finer.High[i], finer.Low[i], finer.Close[i]);
            AtOpen(part.Open);
            Within(part);
        }
    }

    void AtOpen(double open)
    {
        _timing = EntryTiming.Before;
        ExitsAtOpen(open);
        if (_entry is not null && Touch.AtOpen(_entry, open) is { } price)
        {
            Enter(price);
            // An open beyond the entry's own stop leaves a stop that is reached at once.
            ExitsAtOpen(open);
        }
    }

    void ExitsAtOpen(double open)
    {
        if (_exit is not null) Exit(_exit, open);
        if (_stop is not null && Touch.AtOpen(_stop, open) is { } stopPrice) Exit(_stop, stopPrice);
        else if (_target is not null && Touch.AtOpen(_target, open) is { } targetPrice) Exit(_target, targetPrice);
    }

    void Within(in Stretch stretch)
    {
        if (_entry is not null && _holding.IsFlat && Touch.Within(_entry, stretch) is { } entryPrice)
        {
            _timing = _entry.Order.Type == OrderType.Limit ? EntryTiming.ByLimit : EntryTiming.ByStop;
            Enter(entryPrice);
        }
        if (!_holding.IsFlat) WithinBracket(stretch);
    }

    void WithinBracket(in Stretch stretch)
    {
        var stop = _stop is null ? null : Touch.Within(_stop, stretch);
        var target = _target is null ? null : Touch.Within(_target, stretch);
        if (stop is not null || target is not null)
        {
            // After an entry within the stretch, a level may have been reached before the entry; the close came after for sure.
            var sign = Math.Sign(_holding.Shares);
            var stopIsSure = _timing != EntryTiming.ByStop || (stop is { } s && sign * (stretch.Close - s) <= 0);
            var targetIsSure = _timing != EntryTiming.ByLimit || (target is { } t && sign * (stretch.Close - t) > 0);
            if ((stop is not null && (target is not null || !stopIsSure)) || (target is not null && !targetIsSure)) AmbiguousAt.Add(_now);
            var takeStop = _rules.Intrabar == IntrabarPolicy.Best ? stop is not null && target is null && stopIsSure : stop is not null;
            var takeTarget = !takeStop && target is not null && (targetIsSure || _rules.Intrabar == IntrabarPolicy.Best);
            if (takeStop) Exit(_stop!, stop!.Value);
            else if (takeTarget) Exit(_target!, target!.Value);
        }
        if (_stop is { Order.Trail: { } trail }) Ratchet(_stop, trail, stretch);
    }

    /// <summary>Moves a trailing stop after the stretch was tested against its old level.</summary>
    void Ratchet(PaperOrder stop, decimal trail, in Stretch stretch)
    {
        var best = _timing != EntryTiming.Before ? stretch.Close : _holding.Shares > 0 ? stretch.High : stretch.Low;
        stop.Follow((decimal)best, trail);
    }

    void Enter(double undisturbed)
    {
        var entry = _entry!;
        var side = entry.Order.Side;
        var (price, slip) = _till.Slipped(entry.Order, undisturbed, Math.Min(entry.Remaining, _till.Budget));
        var affordable = _till.Affordable(side, price, entry.Remaining);
        var shares = (int)Math.Min(Math.Min(entry.Remaining, affordable), _till.Budget);
        if (shares < 1)
        {
            if (_till.Budget >= 1) End(ref _entry, OrderStatus.Rejected, _till.NoCash(price), _now);
            return;
        }
        var isShortOfCash = affordable < entry.Remaining && affordable <= _till.Budget;
        var firstStop = entry.Order.Bracket?.FirstStop(side, price);
        _till.Book(entry, shares, (price, slip), new FillContext(_holding, _index, firstStop));
        _holding.PendingValue = entry.Remaining * undisturbed;
        if (entry.Order.Bracket is { } bracket) Protect(bracket, firstStop);
        if (entry.Remaining == 0 || entry.Order.IsAllCash) End(ref _entry, OrderStatus.Filled, entry.Order.IsAllCash ? "all cash" : "", _now);
        else if (isShortOfCash) End(ref _entry, OrderStatus.Cancelled, $"cash for {entry.Filled} of {entry.Order.Shares} shares only", _now);
    }

    void Protect(Bracket bracket, decimal? firstStop)
    {
        var note = $"resized to {Math.Abs(_holding.Shares)} shares";
        if (_stop is not null) End(ref _stop, OrderStatus.Cancelled, note, _now);
        if (_target is not null) End(ref _target, OrderStatus.Cancelled, note, _now);
        var orders = new Protection(_account, _holding, _now);
        if (firstStop is { } level) _stop = Working(orders.Stop(level, bracket.Trail));
        if (bracket.Target is { } target) _target = Working(orders.Target(target));
    }

    void Exit(PaperOrder exit, double undisturbed)
    {
        var wanted = Math.Min(exit.Remaining, Math.Abs(_holding.Shares));
        var shares = (int)Math.Min(wanted, _till.Budget);
        if (shares < 1)
        {
            exit.IsTriggered = true;
            return;
        }
        if (!exit.IsTriggered && exit.StopLevel is { } level && undisturbed != exit.StopPrice)
        {
            GapFills++;
            GapCost += Math.Abs((decimal)undisturbed - level) * shares;
        }
        _till.Book(exit, shares, _till.Slipped(exit.Order, undisturbed, shares), new FillContext(_holding, _index));
        exit.IsTriggered = exit.Order.Type != OrderType.Limit;
        if (_holding.IsFlat) ClearExits(exit);
    }

    void ClearExits(PaperOrder filled)
    {
        Finish(ref _exit, filled);
        Finish(ref _stop, filled);
        Finish(ref _target, filled);

        void Finish(ref PaperOrder? order, PaperOrder done)
        {
            if (order is null) return;
            if (order == done) End(ref order, OrderStatus.Filled, "", _now);
            else End(ref order, OrderStatus.Cancelled, "the position was closed", _now);
        }
    }

    void End(ref PaperOrder? slot, OrderStatus status, string note, DateTimeOffset at)
    {
        _reports.Add(slot!.Report(status, at, note));
        if (!slot.Order.IsExit) _holding.PendingValue = 0;
        _spare.Push(slot);
        slot = null;
    }

    PaperOrder Working(Order order) => _spare.TryPop(out var spare) ? spare.Take(order) : new PaperOrder(order);
}
