using System.Runtime.InteropServices;
using EtradeBot.Market;

namespace EtradeBot.Trading;

/// <summary>What the ledger needs to know of a fill beside the fill itself.</summary>
readonly record struct FillContext(Holding Holding, int CandleIndex, decimal? FirstStop = null);

/// <summary>Shares of one symbol as lots, first in, first out.</summary>
sealed class Holding(Symbol symbol)
{
    readonly List<Lot> _lots = [];
    readonly Stack<Lot> _spare = new(1);

    // Prices seen since the lots last changed: handed to the lots only then, so that a candle costs two comparisons.
    double _highest = double.NegativeInfinity, _lowest = double.PositiveInfinity;

    public Symbol Symbol { get; } = symbol;

    /// <summary>Negative when short.</summary>
    public int Shares { get; private set; }

    /// <summary>Last close seen, dollars.</summary>
    public double LastPrice { get; set; }

    public bool IsFlat => Shares == 0;

    /// <summary>Dollars an entry at work would cost; 0 without one.</summary>
    public double PendingValue { get; set; }

    /// <summary>Counts the fills booked, so that readers notice a change without comparing.</summary>
    public int Version { get; private set; }

    /// <summary>Index of the candle in which the oldest lot was bought.</summary>
    public int EntryIndex => _lots.Count > 0 ? _lots[0].EntryIndex : -1;

    public DateTimeOffset EntryTime => _lots[0].EntryTime;

    public string EntryReason => _lots[0].Reason;

    public decimal AveragePrice
    {
        get
        {
            if (_lots.Count == 0) return 0;
            if (_lots.Count == 1) return _lots[0].Price;
            decimal value = 0;
            foreach (var lot in _lots) value += lot.Price * lot.Shares;
            return value / Math.Abs(Shares);
        }
    }

    public decimal EntryFees
    {
        get
        {
            decimal fees = 0;
            foreach (var lot in _lots) fees += lot.Fees;
            return fees;
        }
    }

    /// <summary>Widens every lot's excursion by a candle it lived through.</summary>
    public void Mark(double high, double low)
    {
        if (high > _highest) _highest = high;
        if (low < _lowest) _lowest = low;
    }

    void HandOver()
    {
        foreach (var lot in CollectionsMarshal.AsSpan(_lots))
        {
            lot.Highest = Math.Max(lot.Highest, _highest);
            lot.Lowest = Math.Min(lot.Lowest, _lowest);
        }
        (_highest, _lowest) = (double.NegativeInfinity, double.PositiveInfinity);
    }

    public void Open(in Fill fill, in FillContext context)
    {
        HandOver();
        var lot = _spare.TryPop(out var spare) ? spare : new Lot();
        lot.Take(fill, context);
        _lots.Add(lot);
        Shares = checked(Shares + fill.Side.Sign() * fill.Shares);
        Version++;
    }

    /// <summary>Matches a closing fill against the oldest lots; one round trip a lot touched.</summary>
    public void Close(in Fill fill, in FillContext context, List<RoundTrip> closed)
    {
        HandOver();
        var left = fill.Shares;
        var feesLeft = fill.Fees;
        while (left > 0)
        {
            var lot = _lots[0];
            var shares = Math.Min(left, lot.Shares);
            var exitFees = shares == left ? feesLeft : feesLeft * shares / left;
            closed.Add(lot.Match(shares, exitFees, fill, context.CandleIndex));
            if (lot.Shares == 0)
            {
                _lots.RemoveAt(0);
                _spare.Push(lot);
            }
            left -= shares;
            feesLeft -= exitFees;
        }
        Shares = checked(Shares + fill.Side.Sign() * fill.Shares);
        Version++;
    }

    sealed class Lot
    {
        public Side Side;
        public int Shares;
        public decimal Price, Fees;
        public DateTimeOffset EntryTime;
        public int EntryIndex;
        public decimal? FirstStop;
        public double Highest, Lowest;
        public string Reason = "";

        public void Take(in Fill fill, in FillContext context)
        {
            (Side, Shares, Price, Fees) = (fill.Side, fill.Shares, fill.Price, fill.Fees);
            (EntryTime, EntryIndex, Reason) = (fill.FilledAt, context.CandleIndex, fill.Order.Because);
            FirstStop = context.FirstStop;
            Highest = Lowest = (double)fill.Price;
        }

        public RoundTrip Match(int shares, decimal exitFees, in Fill exit, int exitIndex)
        {
            var entryFees = shares == Shares ? Fees : Fees * shares / Shares;
            var fees = entryFees + exitFees;
            var profit = (Side == Side.Buy ? exit.Price - Price : Price - exit.Price) * shares - fees;
            var risk = FirstStop is { } stop ? Math.Abs(Price - stop) * shares : 0m;
            var (worst, best) = Excursions((double)exit.Price, exit.Price);
            Fees -= entryFees;
            Shares -= shares;
            return new RoundTrip
            {
                Symbol = exit.Symbol,
                Side = Side,
                Shares = shares,
                EntryTime = EntryTime,
                EntryPrice = Price,
                ExitTime = exit.FilledAt,
                ExitPrice = exit.Price,
                ProfitAndLoss = profit,
                Fees = fees,
                R = risk > 0 ? (double)(profit / risk) : null,
                Mae = worst * shares,
                Mfe = best * shares,
                CandlesHeld = exitIndex - EntryIndex,
                EntryReason = Reason,
                ExitReason = exit.Order.Because,
            };
        }

        /// <summary>Worst and best open profit a share; the exit price itself counts as it was booked.</summary>
        (decimal Worst, decimal Best) Excursions(double exit, decimal booked)
        {
            var highest = Highest > exit ? (decimal)Highest : booked;
            var lowest = Lowest < exit ? (decimal)Lowest : booked;
            var (worst, best) = Side == Side.Buy ? (lowest - Price, highest - Price) : (Price - highest, Price - lowest);
            return (Math.Min(worst, 0), Math.Max(best, 0));
        }
    }
}
