using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>The candle builders of many symbols and several timeframes. Not safe for several threads.</summary>
sealed class LiveBuilders
{
    readonly PollerOptions _options;
    readonly Dictionary<Symbol, CandleBuilder[]> _builders = [];

    /// <param name="saved">Where a builder stood before, see <see cref="CandleBuilder.Save"/>; null: it starts anew.</param>
    /// <exception cref="FormatException">A saved state cannot be read.</exception>
    public LiveBuilders(PollerOptions options, TimeSpan pace, Func<Symbol, Timeframe, string?>? saved = null)
    {
        _options = options;
        foreach (var symbol in options.Symbols) Add(symbol, pace, saved);
    }

    public IEnumerable<CandleBuilder> All => _builders.Values.SelectMany(builders => builders);

    public IReadOnlyList<CandleBuilder> Of(Symbol symbol) => _builders.GetValueOrDefault(symbol) ?? [];

    /// <inheritdoc cref="LiveBuilders(PollerOptions, TimeSpan, Func{Symbol, Timeframe, string?}?)"/>
    public void Add(Symbol symbol, TimeSpan pace, Func<Symbol, Timeframe, string?>? saved)
    {
        var options = _options.Builder;
        _builders[symbol] = [.. _options.Timeframes.Select(timeframe => Make(symbol, timeframe, options with { HoleAfter = options.HoleAfter ?? HoleAfter(timeframe, pace) }, saved?.Invoke(symbol, timeframe)))];
    }

    public void Remove(Symbol symbol) => _builders.Remove(symbol);

    public void OnQuote(Quote quote, List<LiveCandle> closed)
    {
        foreach (var builder in Of(quote.Symbol)) closed.AddRange(builder.OnQuote(quote));
    }

    public void OnTime(DateTimeOffset exchangeNow, List<LiveCandle> closed)
    {
        foreach (var builders in _builders.Values)
            foreach (var builder in builders) closed.AddRange(builder.OnTime(exchangeNow));
    }

    public List<FeedHole> TakeHoles()
    {
        var found = new List<FeedHole>();
        foreach (var builders in _builders.Values)
            foreach (var builder in builders)
                foreach (var hole in builder.TakeHoles()) found.Add(new(builder.Symbol, builder.Timeframe, hole));
        return found;
    }

    /// <summary>At a slow pace pauses of its own length are no holes.</summary>
    static TimeSpan HoleAfter(Timeframe timeframe, TimeSpan pace) =>
        new(Math.Max(Math.Max(TimeSpan.FromSeconds(30).Ticks, timeframe.Length.Ticks / 20), 3 * pace.Ticks));

    static CandleBuilder Make(Symbol symbol, Timeframe timeframe, CandleBuilderOptions options, string? saved) =>
        saved is null ? new(symbol, timeframe, options) : CandleBuilder.Restore(saved, options);
}
