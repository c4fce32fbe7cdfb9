namespace EtradeBot.Market;

/// <summary>Candle data that cannot be used. The message names the place (file, line, column) and the remedy.</summary>
public sealed class CandleDataException : Exception
{
    public CandleDataException(string message) : base(message)
    {
    }

    public CandleDataException(string message, Exception inner) : base(message, inner)
    {
    }
}
