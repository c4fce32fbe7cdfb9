namespace EtradeBot.ETrade.Wire;

/// <summary>An answer that does not say what it should. The message ends the sentence "the answer cannot be used: ...".</summary>
sealed class WireException(string why, Exception? inner = null) : Exception(why, inner);
