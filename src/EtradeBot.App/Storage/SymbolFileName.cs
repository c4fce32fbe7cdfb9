using System.Globalization;
using System.Text;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>A symbol as a file name of every system, and back: <c>BRK/B</c> is <c>BRK%2FB</c>.</summary>
static class SymbolFileName
{
    /// <summary>Names that Windows keeps for devices, with any extension.</summary>
    static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    public static string Of(Symbol symbol)
    {
        var ticker = symbol.Ticker;
        // Windows looks at the part before the first dot.
        var isDevice = Devices.Contains(ticker.Split('.')[0]);
        var name = new StringBuilder();
        for (var i = 0; i < ticker.Length; i++)
        {
            if (IsSafe(ticker[i]) && !(isDevice && i == 0)) name.Append(ticker[i]);
            else name.Append(CultureInfo.InvariantCulture, $"%{(int)ticker[i]:X2}");
        }
        return name.ToString();
    }

    /// <summary>False for a name that <see cref="Of"/> never gives.</summary>
    public static bool TryParse(string name, out Symbol symbol) =>
        Symbol.TryParse(Uri.UnescapeDataString(name), out symbol) && Of(symbol) == name;

    static bool IsSafe(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_';
}
