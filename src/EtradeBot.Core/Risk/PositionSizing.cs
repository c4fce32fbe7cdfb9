using System.Globalization;

namespace EtradeBot.Risk;

/// <summary>The arithmetic behind a number of shares, to be printed beside an order.</summary>
/// <param name="AccountValue">Dollars.</param>
/// <param name="RiskPerTrade">Fraction of the account that may be lost at the stop.</param>
/// <param name="StopDistance">Dollars a share between entry and stop.</param>
/// <param name="Shares">Whole shares, rounded down; 0 when even one share risks too much.</param>
public readonly record struct PositionSizing(decimal AccountValue, double RiskPerTrade, double StopDistance, int Shares)
{
    public decimal RiskDollars => AccountValue * (decimal)RiskPerTrade;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{AccountValue:0.00} x {RiskPerTrade * 100:0.####} % = {RiskDollars:0.00} at risk / {StopDistance:0.####} a share to the stop = {Shares} shares");
}
