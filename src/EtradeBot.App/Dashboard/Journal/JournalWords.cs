using System.Globalization;

namespace EtradeBot.App.Dashboard.Journal;

static class JournalWords
{
    /// <summary><c>+1.25 R</c></summary>
    public static string R(double? r) => r is { } value ? Math.Round(value, 2) switch
    {
        > 0 => string.Create(CultureInfo.InvariantCulture, $"+{value:0.00} R"),
        < 0 => string.Create(CultureInfo.InvariantCulture, $"−{-value:0.00} R"),
        _ => "0.00 R",
    } : Figures.Missing;

    /// <summary>Dollars a share that an entry cost more than expected: <c>0.04 worse</c>, <c>0.02 better</c>.</summary>
    public static string Slippage(decimal? dollars) => dollars is { } value ? value switch
    {
        > 0 => $"{Figures.Price(value)} worse",
        < 0 => $"{Figures.Price(-value)} better",
        _ => "as expected",
    } : Figures.Missing;

    /// <summary>Whole dollars, for a small field.</summary>
    public static string Short(decimal dollars) => Math.Round(dollars) is var whole && whole == 0 ? "$0" : $"{(whole > 0 ? "▲ +" : "▼ ")}{Figures.Dollars(whole)}";
}
