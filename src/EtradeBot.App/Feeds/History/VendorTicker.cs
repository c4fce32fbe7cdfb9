using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>How data services spell a ticker.</summary>
static class VendorTicker
{
    /// <summary>Classes of shares with a dash: <c>BRK.B</c> and <c>BRK/B</c> are <c>BRK-B</c>; a longer end such as <c>.DE</c> is an exchange and stays.</summary>
    public static string WithDashes(Symbol symbol)
    {
        var ticker = symbol.Ticker.Replace('/', '-');
        return ticker.Length > 2 && ticker[^2] == '.' ? $"{ticker[..^2]}-{ticker[^1]}" : ticker;
    }
}
