using EtradeBot.Market;

namespace EtradeBot.Trading;

/// <summary>What the ledger needs to know of a fill beside the fill itself.</summary>
readonly record struct FillContext(int CandleIndex, decimal? FirstStop = null);

/// <summary>Shares of one symbol as lots, first in, first out.</summary>
sealed class Holding(Symbol symbol)
{
    readonly List<Lot> _lots = [];

    public Symbol Symbol { get; } = symbol;

    /// <summary>Negative when short.</summary>
    public int Shares { get; private set; }

    /// <summary>Last close seen, dollars.</summary>
    public double LastPrice { get; set; }

    public bool IsFlat => Shares == 0;

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
        foreach (var lot in _lots)
        {
            if (high > lot.Highest) lot.Highest = high;
            if (low < lot.Lowest) lot.Lowest = low;
        }
    }

    public void Open(in Fill fill, FillContext context)
    {
        _lots.Add(new Lot
        {
            Side = fill.Side,
            Shares = fill.Shares,
            Price = fill.Price,
            Fees = fill.Fees,
            EntryTime = fill.FilledAt,
            EntryIndex = context.CandleIndex,
            FirstStop = context.FirstStop,
            Highest = (double)fill.Price,
            Lowest = (double)fill.Price,
            Reason = fill.Because,
        });
        Shares = checked(Shares + fill.Side.Sign() * fill.Shares);
    }

    /// <summary>Matches a closing fill against the oldest lots; one round trip a lot touched.</summary>
    public void Close(in Fill fill, FillContext context, List<RoundTrip> closed)
    {
        var left = fill.Shares;
        var feesLeft = fill.Fees;
        while (left > 0)
        {
            var lot = _lots[0];
            var shares = Math.Min(left, lot.Shares);
            var exitFees = shares == left ? feesLeft : feesLeft * shares / left;
            closed.Add(lot.Take(shares, exitFees, fill, context.CandleIndex));
            if (lot.Shares == 0) _lots.RemoveAt(0);
            left -= shares;
            feesLeft -= exitFees;
        }
        Shares = checked(Shares + fill.Side.Sign() * fill.Shares);
    }

    sealed class Lot
    {
        public required Side Side;
        public required int Shares;
        public required decimal Price;
        public required decimal Fees;
        public required DateTimeOffset EntryTime;
        public required int EntryIndex;
        public required decimal? FirstStop;
        public required double Highest;
        public required double Lowest;
        public required string Reason;

        public RoundTrip Take(int shares, decimal exitFees, in Fill exit, int exitIndex)
        {
            var entryFees = shares == Shares ? Fees : Fees * shares / Shares;
            var gross = (exit.Price - Price) * (Side.Sign() * shares);
            var profit = gross - entryFees - exitFees;
            var risk = FirstStop is { } stop ? Math.Abs(Price - stop) * shares : 0m;
            var exitPrice = (double)exit.Price;
            var highest = Math.Max(Highest, exitPrice);
            var lowest = Math.Min(Lowest, exitPrice);
            var entryPrice = (double)Price;
            var (worst, best) = Side == Side.Buy ? (lowest - entryPrice, highest - entryPrice) : (entryPrice - highest, entryPrice - lowest);
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
                Fees = entryFees + exitFees,
                R = risk > 0 ? (double)(profit / risk) : null,
                Mae = (decimal)Math.Min(worst, 0) * shares,
                Mfe = (decimal)Math.Max(best, 0) * shares,
                CandlesHeld = exitIndex - EntryIndex,
                EntryReason = Reason,
                ExitReason = exit.Because,
            };
        }
    }
}
