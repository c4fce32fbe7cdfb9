namespace EtradeBot.Analysis;

/// <summary>A channel around a middle line, in the unit of its input.</summary>
public sealed record Bands(double[] Upper, double[] Middle, double[] Lower);

/// <summary>Moving average convergence/divergence, in the unit of its input. Histogram = line - signal.</summary>
public sealed record MacdLines(double[] Line, double[] Signal, double[] Histogram);

/// <summary>Stochastic oscillator, 0 to 100.</summary>
public sealed record StochasticLines(double[] K, double[] D);

/// <summary>Directional movement, each 0 to 100.</summary>
/// <param name="Adx">Strength of the trend, whatever its direction.</param>
public sealed record DirectionalLines(double[] Adx, double[] PlusDi, double[] MinusDi);

/// <summary>A stop-and-reverse line.</summary>
/// <param name="Line">Dollars: below the price in a rise, above it in a fall.</param>
/// <param name="Direction">1 in a rise, -1 in a fall.</param>
public sealed record SupertrendLines(double[] Line, double[] Direction);
