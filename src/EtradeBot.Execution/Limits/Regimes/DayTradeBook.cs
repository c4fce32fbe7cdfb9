using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Regimes;

/// <summary>The trades and day trades of a margin account, by New York day.</summary>
/// <remarks>A day trade opens and closes the same stock on the same day (FINRA Rule 4210(f)(8)(B)(i)). Shares of an earlier day that are sold before anything
/// is bought that day make none; sold after a purchase of the day, the day's own shares are taken first. Several sales in a row that close what one run of
/// purchases has opened are one day trade; a purchase between them begins another (4210(f)(8)(B)/01).</remarks>
public sealed record DayTradeBook
{
    readonly IReadOnlyDictionary<Symbol, Holding> _holdings = new Dictionary<Symbol, Holding>();

    DayTradeBook()
    {
    }

    public static DayTradeBook Empty { get; } = new();

    /// <summary>The day of every day trade, oldest first.</summary>
    public IReadOnlyList<DateOnly> DayTrades { get; private init; } = [];

    /// <summary>The day of every trade, one for a fill, oldest first.</summary>
    public IReadOnlyList<DateOnly> Trades { get; private init; } = [];

    IReadOnlyDictionary<Symbol, Holding> Holdings
    {
        init => _holdings = value;
    }

    /// <summary>The book of an account that held shares before the first fill it is told of.</summary>
    public static DayTradeBook With(IReadOnlyDictionary<Symbol, int> held) =>
        new() { Holdings = held.ToDictionary(pair => pair.Key, pair => new Holding(DateOnly.MinValue, pair.Value, 0, false)) };

    /// <summary>The book after a fill; fills come oldest first.</summary>
    public DayTradeBook After(LedgerFill fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var day = MarketCalendar.Nyse.DayOf(fill.At);
        var holding = _holdings.GetValueOrDefault(fill.Symbol, new Holding(day, 0, 0, false));
        if (holding.Day != day) holding = new Holding(day, holding.Shares, 0, false);
        var (after, isDayTrade) = holding.After(fill.IsBuy ? fill.Shares : -fill.Shares);
        return this with
        {
            Holdings = new Dictionary<Symbol, Holding>(_holdings) { [fill.Symbol] = after },
            Trades = [.. Trades, day],
            DayTrades = isDayTrade ? [.. DayTrades, day] : DayTrades,
        };
    }

    /// <summary>Symbols with shares that were bought or sold short on the day and are there still: each may become a day trade.</summary>
    public IEnumerable<Symbol> OpenedOn(DateOnly day) => _holdings.Where(pair => pair.Value.Day == day && pair.Value.OpenedToday > 0).Select(pair => pair.Key);

    /// <summary>Day trades and trades of the business days that end with this one.</summary>
    public (int DayTrades, int Trades) Within(DateOnly day, int sessions)
    {
        var first = day;
        for (var back = 1; back < sessions; back++) first = MarketCalendar.Nyse.PreviousSession(first);
        return (DayTrades.Count(IsInside), Trades.Count(IsInside));

        bool IsInside(DateOnly trade) => trade >= first && trade <= day;
    }

    /// <param name="Shares">Negative when short.</param>
    /// <param name="OpenedToday">Shares of the day that are open still.</param>
    /// <param name="IsClosing">The last fill closed shares of the day: the next one that does belongs to the same day trade.</param>
    readonly record struct Holding(DateOnly Day, int Shares, int OpenedToday, bool IsClosing)
    {
        public (Holding After, bool IsDayTrade) After(int change)
        {
            var shares = checked(Shares + change);
            var closed = Math.Sign(change) == -Math.Sign(Shares) ? Math.Min(Math.Abs(change), Math.Abs(Shares)) : 0;
            var opened = Math.Abs(change) - closed;
            var isDayTrade = closed > 0 && OpenedToday > 0 && !IsClosing;
            var left = Math.Max(0, OpenedToday - closed);
            return (new Holding(Day, shares, left + opened, opened == 0 && (IsClosing || isDayTrade)), isDayTrade);
        }
    }
}
