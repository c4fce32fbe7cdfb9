using EtradeBot.Market;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Market;

/// <summary>The demo market, or a replay of candles, as trade prints and quotes at any instant from 1990 to 2035.</summary>
/// <remarks>
/// <para>Nothing is drawn on the way: a print follows from seed, symbol and minute alone, so the order of questions does not matter.
/// How a candle is walked is told at <see cref="MinuteWalk"/>.</para>
/// <para>Not safe for several threads: the simulator serves one request at a time.</para>
/// </remarks>
sealed class SimulatedMarket : IMarket
{
    readonly IMinuteSource _source;
    readonly Interruptions _interruptions;
    readonly ShownQuotes _shown;
    readonly int _seed;
    readonly Dictionary<Symbol, Listing> _listings = [];

    /// <exception cref="ArgumentException">The candles of the options cannot be replayed.</exception>
    public SimulatedMarket(SimulatorOptions options, FaultPlan faults, TimeProvider clock)
    {
        _source = options.Replay.Count > 0 ? new ReplaySource(options) : new DemoSource(options);
        _interruptions = new Interruptions(faults, clock);
        _shown = new ShownQuotes(this, faults);
        _seed = options.Seed;
    }

    public IReadOnlyList<Symbol> Symbols => _source.Symbols;

    public bool Lists(Symbol symbol) => Describe(symbol) is not null;

    public (string Description, string Exchange)? Describe(Symbol symbol) => _source.Describe(symbol);

    public MarketPhase PhaseAt(DateTimeOffset instant)
    {
        if (_interruptions.IsClosed(instant.UtcTicks)) return MarketPhase.Closed;
        return TradingHours.Begun(instant.UtcTicks)?.PhaseAt(instant.UtcTicks) ?? MarketPhase.Closed;
    }

    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public MarketQuote QuoteAt(Symbol symbol, DateTimeOffset instant)
    {
        var listing = Find(symbol);
        var ticks = instant.UtcTicks;
        var tape = listing.Shelf.Begun(ticks);
        var phase = tape is null || _interruptions.IsClosed(ticks) ? MarketPhase.Closed : tape.Hours.PhaseAt(ticks);
        var board = tape is null ? default : listing.Shelf.Board(tape, tape.CountUpTo(ticks));
        var ratio = listing.RatioAt(ticks);
        var extended = phase == MarketPhase.Regular ? null : board.Extended;
        var (price, at) = extended ?? (board.Last, board.LastAt);
        var draw = MinuteWalk.Mix((ulong)at);
        var (bid, ask) = Cents.Around(Priced(price, ratio), tape?.HalfSpread ?? 0, draw);
        return new MarketQuote
        {
            Symbol = symbol,
            Description = listing.Description,
            Exchange = listing.Exchange,
            At = instant,
            Phase = phase,
            IsHalted = _interruptions.IsHalted(symbol, ticks),
            Last = Priced(board.Last, ratio),
            LastTradeAt = board.LastAt == 0 ? DateTimeOffset.UnixEpoch : new(board.LastAt, TimeSpan.Zero),
            Bid = bid,
            Ask = ask,
            BidSize = bid == 0 ? 0 : Size(draw >> 8),
            AskSize = ask == 0 ? 0 : Size(draw >> 16),
            Open = Priced(board.Open, ratio),
            High = Priced(board.High, ratio),
            Low = Priced(board.Low, ratio),
            TotalVolume = Counted(board.Volume, ratio),
            PreviousClose = Priced(tape?.Previous?.Close ?? board.Open, ratio),
            PreviousDayVolume = Counted(tape?.Previous?.Volume ?? 0, ratio),
            Extended = extended is { } moved ? (Priced(moved.Last, ratio), new(moved.At, TimeSpan.Zero)) : null,
        };
    }

    public MarketQuote ShownAt(Symbol symbol, DateTimeOffset instant) => _shown.At(symbol, instant);

    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public IEnumerable<Print> Prints(Symbol symbol, DateTimeOffset after, DateTimeOffset upTo) => Walk(Find(symbol), after.UtcTicks, upTo.UtcTicks);

    /// <summary>From then on there are <paramref name="ratio"/> shares for one: prices are divided and volumes multiplied, those of the day so far and of the day before as well.</summary>
    /// <param name="ratio">Above 0; below 1 for a reverse split.</param>
    /// <exception cref="ArgumentException">The symbol is not listed, or the ratio is no number above 0.</exception>
    public void Split(Symbol symbol, double ratio, DateTimeOffset at)
    {
        if (!(ratio > 0) || !double.IsFinite(ratio)) throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "a split gives more than 0 shares for one");
        Find(symbol).Splits.Add((at.UtcTicks, ratio));
    }

    /// <summary>Those that are finished by then; as the source has them, whatever faults kept from being traded.</summary>
    public CandleSeries? Minutes(Symbol symbol, (DateOnly From, DateOnly To) days, DateTimeOffset now)
    {
        if (!Lists(symbol)) return null;
        var found = new List<Candle>();
        foreach (var session in MarketCalendar.Nyse.Sessions(days.From, days.To).TakeWhile(session => session.Open < now))
        {
            var minutes = CandleSeries.FromColumns(symbol, Timeframe.M1, new("built-in market", true, PriceAdjustment.Raw), _source.Minutes(symbol, session.Day));
            found.AddRange(Enumerable.Range(0, minutes.Count).Select(i => minutes[i])
                .Where(candle => candle.OpenTime >= session.Open && candle.OpenTime < session.Close && candle.OpenTime.AddMinutes(1) <= now));
        }
        return CandleSeries.From(symbol, Timeframe.M1, new("built-in market", true, PriceAdjustment.Raw), found);
    }

    static IEnumerable<Print> Walk(Listing listing, long after, long upTo)
    {
        var day = MarketCalendar.Nyse.DayOf(after);
        var last = MarketCalendar.Nyse.DayOf(upTo);
        for (; day <= last; day = day.AddDays(1))
        {
            if (TradingHours.On(day) is not { } hours) continue;
            var tape = listing.Shelf.On(hours);
            var end = tape.CountUpTo(upTo);
            for (var i = tape.CountUpTo(after); i < end; i++)
            {
                var print = tape.Print(i);
                if (!listing.Shelf.Happens(print.At.UtcTicks)) continue;
                yield return listing.RatioAt(print.At.UtcTicks) is var ratio && ratio == 1 ? print : Split(print, ratio, tape.HalfSpread);
            }
        }
    }

    static Print Split(in Print print, double ratio, double halfSpread)
    {
        var price = Priced(print.Price, ratio);
        return print with { Price = price, Volume = Counted(print.Volume, ratio), HalfSpread = Cents.HalfSpread(price, halfSpread) };
    }

    static double Priced(double price, double ratio) => ratio == 1 ? price : Math.Round(price / ratio, 4);

    static long Counted(long volume, double ratio) => ratio == 1 ? volume : (long)Math.Floor(volume * ratio);

    static int Size(ulong draw) => 100 * (1 + (int)(draw % 9));

    Listing Find(Symbol symbol)
    {
        if (_listings.TryGetValue(symbol, out var listing)) return listing;
        var (description, exchange) = _source.Describe(symbol) ?? throw new ArgumentException($"{symbol} is not listed in the simulated market", nameof(symbol));
        var seed = SeededRandom.Derive((uint)_seed, symbol.Ticker, 1);
        return _listings[symbol] = new(description, exchange, new TapeShelf(symbol, _source, _interruptions, seed));
    }

    /// <summary>A symbol that was asked for.</summary>
    sealed record Listing(string Description, string Exchange, TapeShelf Shelf)
    {
        public List<(long At, double Ratio)> Splits { get; } = [];

        /// <summary>Shares by then for one of the source.</summary>
        public double RatioAt(long ticks)
        {
            var ratio = 1.0;
            foreach (var split in Splits)
                if (split.At <= ticks) ratio *= split.Ratio;
            return ratio;
        }
    }
}
