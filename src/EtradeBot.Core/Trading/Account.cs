using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EtradeBot.Market;

namespace EtradeBot.Trading;

/// <summary>A cash account: cash, holdings and what became of them. Money is decimal and exact: cash plus the cost of
/// holdings plus fees always equals what was put in plus realised profit.</summary>
public sealed class Account
{
    readonly Dictionary<Symbol, Holding> _holdings = [];
    readonly List<Holding> _all = [];
    readonly Queue<(long SettlesAtTicks, decimal Amount)> _unsettled = [];
    readonly List<Fill> _fills;
    readonly List<RoundTrip> _roundTrips;
    int _lastOrderId;

    /// <param name="expectedFills">A guess that saves growing lists.</param>
    public Account(decimal cash, int expectedFills = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cash);
        _fills = new List<Fill>(expectedFills);
        _roundTrips = new List<RoundTrip>(expectedFills / 2);
        StartingCash = Cash = cash;
        CashValue = (double)cash;
    }

    public decimal StartingCash { get; }

    public decimal Cash { get; private set; }

    /// <summary>Sale proceeds that have not settled yet; always 0 unless settlement is modelled.</summary>
    public decimal UnsettledCash { get; private set; }

    /// <summary>What a new purchase may cost. Short sales are fully collateralised: their proceeds and as much again are locked.</summary>
    public decimal BuyingPower
    {
        get
        {
            var power = Cash;
            if (UnsettledCash != 0) power -= UnsettledCash;
            if (ShortValue() is var shorts and not 0) power -= 2 * shorts;
            return power;
        }
    }

    public IReadOnlyList<Fill> Fills => _fills;

    public IReadOnlyList<RoundTrip> RoundTrips => _roundTrips;

    /// <summary>Cash as a double, for marking to market at every candle.</summary>
    internal double CashValue { get; private set; }

    internal IReadOnlyList<Holding> Holdings => _all;

    /// <summary>Cash and holdings at the last closes, dollars.</summary>
    public double Equity
    {
        get
        {
            var value = CashValue;
            foreach (var holding in _all) value += holding.Shares * holding.LastPrice;
            return value;
        }
    }

    /// <summary><see cref="Equity"/>, and the market value of all holdings, long and short added up, in one pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (double Equity, double Gross) Mark()
    {
        var (equity, gross) = (CashValue, 0.0);
        foreach (var holding in CollectionsMarshal.AsSpan(_all))
        {
            if (holding.IsFlat) continue;
            var value = holding.Shares * holding.LastPrice;
            equity += value;
            gross += Math.Abs(value);
        }
        return (equity, gross);
    }

    /// <summary>Positions and their gross value if every entry at work filled, but for that of one symbol, which a new one would replace.</summary>
    internal (int Positions, double Exposure) Committed(Symbol except)
    {
        var (positions, exposure) = (0, 0.0);
        foreach (var holding in CollectionsMarshal.AsSpan(_all))
        {
            var pending = holding.PendingValue > 0 && holding.Symbol != except ? holding.PendingValue : 0;
            if (!holding.IsFlat || pending > 0) positions++;
            exposure += Math.Abs(holding.Shares) * holding.LastPrice + pending;
        }
        return (positions, exposure);
    }

    internal Holding HoldingOf(Symbol symbol)
    {
        if (_holdings.TryGetValue(symbol, out var holding)) return holding;
        holding = _holdings[symbol] = new Holding(symbol);
        _all.Add(holding);
        return holding;
    }

    internal int NextOrderId() => ++_lastOrderId;

    /// <summary>Books a fill: against an open position of the other direction it closes, otherwise it opens.</summary>
    /// <param name="value">Price times shares.</param>
    /// <exception cref="InvalidOperationException">One fill would turn a long position into a short one or back.</exception>
    internal void Apply(in Fill fill, decimal value, in FillContext context)
    {
        var holding = context.Holding;
        var isClosing = holding.Shares * fill.Side.Sign() < 0;
        if (isClosing && fill.Shares > Math.Abs(holding.Shares))
            throw new InvalidOperationException($"a fill of {fill.Shares} {fill.Symbol} would reverse a position of {holding.Shares}");
        Cash = (fill.Side == Side.Buy ? Cash - value : Cash + value) - fill.Fees;
        CashValue = (double)Cash;
        _fills.Add(fill);
        if (isClosing) holding.Close(fill, context, _roundTrips);
        else holding.Open(fill, context);
    }

    /// <summary>Books a fill that somebody else made, such as a real broker.</summary>
    /// <param name="candleIndex">Index, in the series of its engine, of the candle in which it happened.</param>
    /// <param name="firstStop">The stop first in force, dollars, which a round trip's R is counted by; null: none.</param>
    /// <exception cref="InvalidOperationException">It would turn a long position into a short one or back.</exception>
    public void Book(in Fill fill, int candleIndex, decimal? firstStop = null)
    {
        ArgumentNullException.ThrowIfNull(fill.Order);
        ArgumentOutOfRangeException.ThrowIfLessThan(fill.Shares, 1);
        Apply(fill, fill.Price * fill.Shares, new FillContext(HoldingOf(fill.Symbol), candleIndex, firstStop));
    }

    /// <summary>Marks a holding by a candle that has closed; without one nothing happens.</summary>
    public void Mark(Symbol symbol, in Candle candle)
    {
        if (HoldingOf(symbol) is not { IsFlat: false } holding) return;
        holding.LastPrice = candle.Close;
        holding.Mark(candle.High, candle.Low);
    }

    /// <summary>What the entry still at work would cost, dollars; 0 once it has come to its end. It counts against the limits on entries.</summary>
    public void Expect(Symbol symbol, double dollars)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dollars);
        HoldingOf(symbol).PendingValue = dollars;
    }

    /// <summary>Keeps the proceeds of a sale unspendable until the instant.</summary>
    internal void HoldUntil(long settlesAtTicks, decimal proceeds)
    {
        _unsettled.Enqueue((settlesAtTicks, proceeds));
        UnsettledCash += proceeds;
    }

    internal void Settle(long nowTicks)
    {
        while (_unsettled.TryPeek(out var next) && next.SettlesAtTicks <= nowTicks)
            UnsettledCash -= _unsettled.Dequeue().Amount;
    }

    decimal ShortValue()
    {
        decimal value = 0;
        foreach (var holding in _all)
            if (holding.Shares < 0) value -= (decimal)holding.LastPrice * holding.Shares;
        return value;
    }
}
