namespace EtradeBot.Backtests;

/// <summary>What the account earned. Rates are fractions.</summary>
public sealed record ReturnMetrics
{
    /// <summary>Dollars before the first candle.</summary>
    public required double StartValue { get; init; }

    /// <summary>Dollars at the last close, open positions at the market.</summary>
    public required double EndValue { get; init; }

    public double NetProfit => EndValue - StartValue;

    public double TotalReturn => EndValue / StartValue - 1;

    /// <summary>Compound annual growth rate over calendar years.</summary>
    public required double Cagr { get; init; }

    /// <summary>Mean return of a candle times candles a year: arithmetic, not compounded.</summary>
    public required double AnnualReturn { get; init; }

    /// <summary>Largest return of one candle.</summary>
    public required double BestPeriod { get; init; }

    /// <summary>Smallest return of one candle.</summary>
    public required double WorstPeriod { get; init; }

    internal static ReturnMetrics From(CurveBasis basis)
    {
        var curve = basis.Curve;
        var returns = basis.Statistics.Returns;
        var end = curve.Count == 0 ? curve.StartingCash : curve.Equity[^1];
        return new ReturnMetrics
        {
            StartValue = curve.StartingCash,
            EndValue = end,
            Cagr = basis.Period.Compound(end / curve.StartingCash),
            AnnualReturn = returns.Mean * basis.Period.PeriodsPerYear,
            BestPeriod = returns.Count == 0 ? double.NaN : returns.Max,
            WorstPeriod = returns.Count == 0 ? double.NaN : returns.Min,
        };
    }
}
