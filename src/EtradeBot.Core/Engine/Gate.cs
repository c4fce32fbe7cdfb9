namespace EtradeBot.Engine;

/// <summary>A condition between a wish and an order, with its numbers.</summary>
/// <param name="Rule">Its name in kebab case.</param>
/// <param name="Words">What it asks for.</param>
/// <param name="Value">What was found.</param>
/// <param name="Threshold">What it was held against, in the same unit.</param>
public sealed record Gate(string Rule, string Words, double Value, double Threshold, bool Passed);
