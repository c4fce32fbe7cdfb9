using System.Text.Json;

namespace EtradeBot.Market;

/// <summary>Polled quotes of one symbol in, closed candles of one timeframe out.</summary>
/// <remarks>
/// <para>A pure function of the quotes and of <see cref="OnTime"/>: it asks no clock. A quote's price belongs to the candle in which its
/// last trade happened, so that a quote from just after a candle's end still gives that candle its close. Candles lie within regular
/// sessions: 1h candles begin at 09:30, the last of a session is cut by its close. A candle exists only if something traded in it.</para>
/// <para>Open is the first price seen in the candle, high and low are the extremes of the prices seen, close is the last. The day's own
/// open, high and low add what polling missed where they prove that it happened inside the candle. Volume is the difference of the day's
/// total between the last quote of earlier candles and the last quote of this one.</para>
/// <para>How well a candle is founded is told by its <see cref="CandleQuality"/>. Not safe for several threads.</para>
/// </remarks>
public sealed class CandleBuilder
{
    readonly CandleBuilderFlow _flow;

    /// <exception cref="ArgumentException">Weeks are not built: resample days.</exception>
    public CandleBuilder(Symbol symbol, Timeframe timeframe, CandleBuilderOptions? options = null)
        : this(symbol, timeframe, options, new() { Symbol = symbol.Ticker, Timeframe = timeframe.ToString() })
    {
    }

    CandleBuilder(Symbol symbol, Timeframe timeframe, CandleBuilderOptions? options, CandleBuilderState state)
    {
        if (timeframe.Minutes == 0 || timeframe.Minutes > Timeframe.D1.Minutes) throw new ArgumentException($"candles of {timeframe} are not built from quotes: use 1d or shorter", nameof(timeframe));
        _flow = new(symbol, timeframe, options ?? new(), state);
    }

    public Symbol Symbol => _flow.Symbol;

    public Timeframe Timeframe => _flow.Timeframe;

    /// <summary>The candle that is not closed yet; null while nothing has traded in it.</summary>
    public FormingCandle? Forming => _flow.Forming;

    /// <summary>Why the last quote was refused; null when it was taken, or waits to be confirmed.</summary>
    public QuoteRefusal? LastRefusal => _flow.LastRefusal;

    /// <summary>Time of the last accepted quote; null before the first.</summary>
    public DateTimeOffset? LastQuoteAt => _flow.State.Seen is { } seen ? new(seen.At, TimeSpan.Zero) : null;

    /// <returns>The candles that it closes, oldest first; mostly none.</returns>
    /// <exception cref="ArgumentException">The quote is of another symbol.</exception>
    public IReadOnlyList<LiveCandle> OnQuote(Quote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        if (quote.Symbol != Symbol) throw new ArgumentException($"a quote of {quote.Symbol} for candles of {Symbol}", nameof(quote));
        _flow.Take(Sighting.Of(quote));
        return _flow.TakeClosed();
    }

    /// <summary>Closes what no quote will close any more, such as the last candle of a session.</summary>
    /// <param name="exchangeNow">The time at the exchange.</param>
    /// <returns>The candles that it closes; mostly none.</returns>
    public IReadOnlyList<LiveCandle> OnTime(DateTimeOffset exchangeNow)
    {
        _flow.TimeIs(exchangeNow);
        return _flow.TakeClosed();
    }

    /// <summary>Stretches of sessions found to be without quotes since the last call, oldest first.</summary>
    public IReadOnlyList<CoverageHole> TakeHoles() => _flow.TakeHoles();

    /// <summary>Everything remembered, as text for <see cref="Restore"/>.</summary>
    public string Save() => JsonSerializer.Serialize(_flow.State, CandleBuilderJson.Default.CandleBuilderState);

    /// <summary>A builder that goes on where the saved one stood.</summary>
    /// <param name="saved">Of <see cref="Save"/>.</param>
    /// <exception cref="FormatException">Not such a text, or one of another version.</exception>
    public static CandleBuilder Restore(string saved, CandleBuilderOptions? options = null)
    {
        try
        {
            var state = JsonSerializer.Deserialize(saved, CandleBuilderJson.Default.CandleBuilderState);
            if (state is not { Version: CandleBuilderState.CurrentVersion }) throw new FormatException("the state of a forming candle was saved by another version");
            return new CandleBuilder(Symbol.Parse(state.Symbol), Timeframe.Parse(state.Timeframe), options, state);
        }
        catch (JsonException problem)
        {
            throw new FormatException("the saved state of a forming candle is damaged", problem);
        }
    }
}
