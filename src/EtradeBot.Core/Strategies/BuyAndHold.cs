using EtradeBot.Trading;

namespace EtradeBot.Strategies;

/// <summary>Buys at the first open and never sells: what every other rule has to beat.</summary>
[About("Buys at the first open and never sells.")]
public sealed class BuyAndHold : Strategy
{
    public override Sizing? PreferredSizing => Sizing.AllIn;

    public override Signal? OnCandle(View view) => view.IsFlat ? new() { Side = Side.Buy, Because = "buy and hold" } : null;
}
