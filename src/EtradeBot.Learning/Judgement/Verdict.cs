namespace EtradeBot.Learning.Judgement;

/// <summary>Whether there is an edge, and in words why.</summary>
public sealed record Verdict(bool Edge, string Words);
