using System.Runtime.InteropServices;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>What trading cost, over every fill, those of open positions included.</summary>
public sealed record CostMetrics
{
    /// <summary>Commission and regulatory fees, dollars.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Dollars lost to the slippage model.</summary>
    public required decimal Slippage { get; init; }

    public decimal Total => Fees + Slippage;

    /// <summary>Costs over the value at the start.</summary>
    public required double OfStart { get; init; }

    /// <summary>Costs over what would have been earned without them; NaN where that is no profit.</summary>
    public required double OfProfitBeforeCosts { get; init; }

    /// <summary>Half of all dollars bought and sold, over mean account value, a calendar year: 1 replaces the whole account once a year.</summary>
    public required double Turnover { get; init; }

    internal static CostMetrics From(IReadOnlyList<Fill> fills, CurveBasis basis)
    {
        decimal fees = 0, slippage = 0;
        var traded = 0.0;
        foreach (ref readonly var fill in Rows(fills))
        {
            fees += fill.Fees;
            slippage += fill.Slippage;
            traded += (double)fill.Price * fill.Shares;
        }
        var curve = basis.Curve;
        var total = (double)(fees + slippage);
        var before = (curve.Count == 0 ? 0 : curve.Equity[^1] - curve.StartingCash) + total;
        var meanEquity = basis.Statistics.EquitySum / curve.Count;
        return new CostMetrics
        {
            Fees = fees,
            Slippage = slippage,
            OfStart = total / curve.StartingCash,
            OfProfitBeforeCosts = before > 0 ? total / before : double.NaN,
            Turnover = meanEquity > 0 ? Metrics.Ratio(traded / 2 / meanEquity, basis.Period.Years) : double.NaN,
        };
    }

    // A fill is a large value: an indexer through the interface would copy each.
    static ReadOnlySpan<Fill> Rows(IReadOnlyList<Fill> fills) => fills switch
    {
        Fill[] array => array,
        List<Fill> list => CollectionsMarshal.AsSpan(list),
        _ => fills.ToArray(),
    };
}
