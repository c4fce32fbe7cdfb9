using EtradeBot.Trading;

namespace EtradeBot.Strategies;

/// <summary>
/// A trading rule. Public <c>init</c> properties of type int, double, bool, string or an enum are its parameters.
/// It sees closed candles up to now, through <see cref="View"/>, and returns a wish; it never sees the broker, the clock or the future.
/// </summary>
public abstract class Strategy
{
    /// <summary>Called once before the first candle: ask the view for the lines to be read later.</summary>
    public virtual void Init(View view)
    {
    }

    /// <summary>The size this rule makes sense with when the user names none; null: 1 % risk a trade.</summary>
    public virtual Sizing? PreferredSizing => null;

    /// <summary>Called at the close of each candle. Null: do nothing.</summary>
    public abstract Signal? OnCandle(View view);
}
