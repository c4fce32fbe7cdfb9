namespace EtradeBot.Analysis;

/// <summary>One condition of a pattern at one candle, with its numbers.</summary>
/// <param name="Words">What is asked, in words.</param>
/// <param name="Rule">The same as a formula over measures and thresholds; <c>[1]</c> is the candle before.</param>
/// <param name="Value">Left side, dollars; for colours 1 white, -1 black. NaN where the candle or its past is missing.</param>
/// <param name="Operator"><c>&lt; &lt;= &gt; &gt;= &lt;&gt;</c>.</param>
/// <param name="Threshold">Right side, like <paramref name="Value"/>.</param>
/// <param name="ForValue">Null when the pattern needs it in every form; else the strength (100 or 80) it decides.</param>
public sealed record PatternCheck(string Words, string Rule, double Value, string Operator, double Threshold, bool Passed, int? ForValue);

/// <summary>Why a pattern was or was not found at one candle.</summary>
/// <param name="Value">As <see cref="Patterns.Find"/> gives it; null before <see cref="PatternInfo.FirstIndex"/>.</param>
/// <param name="Checks">The shared conditions, then those of each form in the order tried.</param>
public sealed record PatternExplanation(PatternInfo Pattern, int Index, int? Value, IReadOnlyList<PatternCheck> Checks);
