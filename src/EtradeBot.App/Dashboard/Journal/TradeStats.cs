using EtradeBot.App.Hosting.Bots;

namespace EtradeBot.App.Dashboard.Journal;

/// <summary>What closed trades came to.</summary>
/// <param name="Profit">Dollars after fees.</param>
/// <param name="MeanR">Over those with a planned stop; null without any.</param>
public sealed record TradeStats(int Count, int Wins, decimal Profit, double? MeanR)
{
    /// <summary>Below that, chance is stronger than any skill.</summary>
    public const int Enough = 30;

    public bool IsEnough => Count >= Enough;

    public double? WinRate => Count > 0 ? (double)Wins / Count : null;

    /// <summary>Dollars a trade.</summary>
    public decimal? Mean => Count > 0 ? Profit / Count : null;

    public static TradeStats Of(IEnumerable<JournalTrade> trades)
    {
        var closed = trades.Where(trade => trade.IsClosed).ToList();
        var rs = closed.Select(trade => trade.R).OfType<double>().ToList();
        return new TradeStats(closed.Count, closed.Count(trade => trade.Profit > 0), closed.Sum(trade => trade.Profit), rs.Count > 0 ? rs.Average() : null);
    }
}

/// <summary>Trades that have something in common.</summary>
public sealed record TradeGroup(string Name, TradeStats Stats)
{
    public static IReadOnlyList<TradeGroup> ByStrategy(IEnumerable<JournalTrade> trades) => By(trades, trade => trade.Entry.Owner);

    /// <summary>Hour of the entry in New York.</summary>
    public static IReadOnlyList<TradeGroup> ByHour(IEnumerable<JournalTrade> trades) =>
        [.. By(trades, trade => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Figures.NewYork(trade.EnteredAt).Hour:00}:00")).OrderBy(group => group.Name, StringComparer.Ordinal)];

    /// <summary>What stands before the colon of the reason: the pattern, where one was the reason.</summary>
    public static IReadOnlyList<TradeGroup> ByReason(IEnumerable<JournalTrade> trades) => By(trades, trade => trade.Entry.Because.Split(':')[0].Trim());

    public static IReadOnlyList<TradeGroup> ByTag(IEnumerable<JournalTrade> trades, IReadOnlyDictionary<string, TradeNote> notes) =>
        By(trades.SelectMany(trade => notes.TryGetValue(trade.Entry.Id, out var note) ? note.Tags.Select(tag => (Tag: tag, Trade: trade)) : []), one => one.Tag, one => one.Trade);

    static IReadOnlyList<TradeGroup> By(IEnumerable<JournalTrade> trades, Func<JournalTrade, string> name) => By(trades, name, trade => trade);

    /// <summary>The largest first.</summary>
    static IReadOnlyList<TradeGroup> By<T>(IEnumerable<T> all, Func<T, string> name, Func<T, JournalTrade> trade) =>
        [.. all.GroupBy(name, StringComparer.Ordinal).Select(group => new TradeGroup(group.Key, TradeStats.Of(group.Select(trade)))).Where(group => group.Stats.Count > 0).OrderByDescending(group => group.Stats.Count).ThenBy(group => group.Name, StringComparer.Ordinal)];
}

/// <summary>How many trades ended between two multiples of what they risked.</summary>
/// <param name="From">Included; negative infinity in the first.</param>
/// <param name="To">Not included; positive infinity in the last.</param>
public sealed record RBin(double From, double To, int Count)
{
    static readonly double[] Edges = [double.NegativeInfinity, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, double.PositiveInfinity];

    public string Name => double.IsNegativeInfinity(From) ? $"below {Word(To)}" : double.IsPositiveInfinity(To) ? $"{Word(From)} and more" : $"{Word(From)} to {Word(To)}";

    public static IReadOnlyList<RBin> Of(IEnumerable<JournalTrade> trades)
    {
        var rs = trades.Select(trade => trade.R).OfType<double>().ToList();
        return [.. Edges.Zip(Edges.Skip(1), (from, to) => new RBin(from, to, rs.Count(r => r >= from && r < to)))];
    }

    static string Word(double r) => r.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');
}
