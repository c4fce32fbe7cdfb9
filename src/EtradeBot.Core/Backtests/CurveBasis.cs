namespace EtradeBot.Backtests;

/// <summary>What every group of figures about the curve starts from.</summary>
/// <param name="Riskless">What cash earns a candle, as a fraction.</param>
sealed record CurveBasis(EquityCurve Curve, CurveStatistics Statistics, MetricsPeriod Period, double Riskless);
