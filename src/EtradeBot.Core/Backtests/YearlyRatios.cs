namespace EtradeBot.Backtests;

/// <summary>Figures of a column of returns, a year.</summary>
readonly record struct YearlyRatios(double Volatility, double Sharpe, double Sortino)
{
    /// <param name="returns">Returns a candle, their downside taken below <paramref name="riskless"/>.</param>
    /// <param name="riskless">What cash earns a candle.</param>
    /// <param name="periods">Candles a year.</param>
    public static YearlyRatios Of(in ReturnMoments returns, double riskless, double periods)
    {
        var excess = (returns.Mean - riskless) * Math.Sqrt(periods);
        return new YearlyRatios(
            returns.StandardDeviation * Math.Sqrt(periods),
            Metrics.Ratio(excess, returns.StandardDeviation),
            Metrics.Ratio(excess, returns.DownsideDeviation));
    }
}
