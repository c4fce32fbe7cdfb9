namespace EtradeBot.Trading;

/// <summary>The one place where a computed price becomes an order price.</summary>
public static class Tick
{
    /// <summary>True for what <see cref="Round"/> takes.</summary>
    internal static bool IsPrice(double price) => price > 0 && price < 1e12;

    /// <summary>The legal price next to the computed one: whole cents from $1, hundredths of a cent below (SEC Rule 612).
    /// A buy rounds down and a sell up, so that neither asks for a worse price than the strategy did.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a positive finite number a decimal can hold.</exception>
    public static decimal Round(double price, Side side)
    {
        if (!IsPrice(price)) throw new ArgumentOutOfRangeException(nameof(price), price, "an order price must be a positive number");
        var exact = (decimal)price;
        var digits = exact >= 1m ? 2 : 4;
        return decimal.Round(exact, digits, side == Side.Buy ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity);
    }
}
