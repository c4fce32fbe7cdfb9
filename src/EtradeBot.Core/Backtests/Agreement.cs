using System.Globalization;
using System.Runtime.InteropServices;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>When two runs of a strategy agree.</summary>
/// <remarks>Numbers agree to ten digits: sums over whole columns may round differently in the last bits when the column grows longer,
/// and that carries nothing of the future.</remarks>
static class Agreement
{
    const double Tolerance = 1e-10;

    /// <summary>The first index at which the columns differ; -1 when there is none.</summary>
    public static int FirstDifference(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        for (var start = 0; ; start++)
        {
            // Equal bits are the rule, and compared as integers they go many at a time.
            start += MemoryMarshal.Cast<double, long>(one[start..]).CommonPrefixLength(MemoryMarshal.Cast<double, long>(other[start..]));
            if (start == one.Length) return -1;
            if (!Of(one[start], other[start])) return start;
        }
    }

    public static bool Of(Signal? one, Signal? other)
    {
        if (one is null || other is null) return one is null && other is null;
        return one.Side == other.Side && one.Because == other.Because && one.MaxCandles == other.MaxCandles
            && Of(one.Limit, other.Limit) && Of(one.Trigger, other.Trigger) && Of(one.Stop, other.Stop)
            && Of(one.Target, other.Target) && Of(one.Trail, other.Trail);
    }

    /// <summary><c>buy, stop 98.5 (hammer above its trend)</c>, or <c>nothing</c>.</summary>
    public static string Describe(Signal? signal)
    {
        if (signal is null) return "nothing";
        var prices = Price("limit", signal.Limit) + Price("trigger", signal.Trigger) + Price("stop", signal.Stop)
            + Price("target", signal.Target) + Price("trail", signal.Trail);
        var time = signal.MaxCandles is { } most ? string.Create(CultureInfo.InvariantCulture, $", {most} candles at most") : "";
        return $"{(signal.Side == Side.Buy ? "buy" : "sell")}{prices}{time} ({signal.Because})";
    }

    static string Price(string name, double? price) =>
        price is { } value ? string.Create(CultureInfo.InvariantCulture, $", {name} {value:R}") : "";

    static bool Of(double? one, double? other) =>
        one is { } a && other is { } b ? Of(a, b) : one is null && other is null;

    static bool Of(double one, double other) =>
        one.Equals(other) || Math.Abs(one - other) < Tolerance * Math.Max(Math.Abs(one), Math.Abs(other));
}
