namespace EtradeBot.Market;

/// <summary>A trade of a scripted market.</summary>
readonly record struct ScriptedTrade(DateTimeOffset At, double Price, long Shares);

/// <summary>A market that trades as written, and the quotes that its broker would give: times cut to seconds, totals of the day.</summary>
sealed class ScriptedTrades(IEnumerable<ScriptedTrade> trades)
{
    public static readonly Symbol Symbol = Symbol.Parse("ABC");

    /// <summary>Oldest first, each with its day and whether it belongs to the regular session.</summary>
    readonly (ScriptedTrade Trade, DateOnly Day, bool IsRegular)[] _marked = [.. trades.OrderBy(trade => trade.At).Select(trade => (trade, MarketCalendar.Nyse.DayOf(trade.At), SessionOf(trade.At) is not null))];

    /// <summary>At that New York time of Wednesday, 10 January 2024.</summary>
    public static DateTimeOffset Clock(string time) => At(new DateOnly(2024, 1, 10), time);

    public static DateTimeOffset At(DateOnly day, string time) => MarketCalendar.Nyse.At(day, TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Lines of <c>09:30:00 100.5 200</c>.</summary>
    public static ScriptedTrades Parse(string lines) => new(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
    {
        var cells = line.Split(' ');
        return new ScriptedTrade(Clock(cells[0]), double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), long.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture));
    }));

    public Quote QuoteAt(DateTimeOffset instant)
    {
        var day = MarketCalendar.Nyse.DayOf(instant);
        var session = MarketCalendar.Nyse.SessionOn(day);
        ScriptedTrade? last = null;
        var (volume, first, high, low) = (0L, 0.0, double.MinValue, double.MaxValue);
        foreach (var (trade, tradeDay, isRegular) in _marked)
        {
            if (trade.At > instant) break;
            if (isRegular) last = trade;
            if (tradeDay != day) continue;
            volume += trade.Shares;
            if (!isRegular) continue;
            if (first == 0) first = trade.Price;
            (high, low) = (Math.Max(high, trade.Price), Math.Min(low, trade.Price));
        }
        return new Quote
        {
            Symbol = Symbol,
            At = Second(instant),
            ReceivedAt = instant.AddMilliseconds(80),
            Status = QuoteStatus.RealTime,
            IsAfterHours = session is not { } open || instant < open.Open || instant >= open.Close.AddSeconds(10),
            Last = last?.Price,
            LastTradeAt = last is { } final ? Second(final.At) : null,
            DayOpen = first > 0 ? first : null,
            DayHigh = first > 0 ? high : null,
            DayLow = first > 0 ? low : null,
            DayVolume = volume,
        };
    }

    /// <summary>The true candles: every trade of regular sessions.</summary>
    public IEnumerable<Candle> TrueCandles(Timeframe timeframe) =>
        from trade in _marked.Where(marked => marked.IsRegular).Select(marked => marked.Trade)
        group trade by OpenOf(trade.At, SessionOf(trade.At)!.Value, timeframe) into span
        select new Candle(span.Key, span.First().Price, span.Max(trade => trade.Price), span.Min(trade => trade.Price), span.Last().Price, span.Sum(trade => trade.Shares));

    public static IEnumerable<DateTimeOffset> Polls(DateTimeOffset from, DateTimeOffset to, TimeSpan every)
    {
        for (var at = from; at <= to; at += every) yield return at;
    }

    public static IEnumerable<DateTimeOffset> Polls(string from, string to, double seconds) => Polls(Clock(from), Clock(to), TimeSpan.FromSeconds(seconds));

    /// <summary>The session to which a trade of that instant belongs, its closing auction included.</summary>
    static Session? SessionOf(DateTimeOffset instant) =>
        MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.DayOf(instant)) is { } session && instant >= session.Open && instant < session.Close.AddSeconds(10) ? session : null;

    static DateTimeOffset OpenOf(DateTimeOffset at, Session session, Timeframe timeframe)
    {
        if (!timeframe.IsIntraday) return session.Open;
        var inside = at < session.Close ? at : session.Close.AddTicks(-1);
        return session.Open + timeframe.Length * Math.Floor((inside - session.Open) / timeframe.Length);
    }

    static DateTimeOffset Second(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
