namespace EtradeBot.Learning.Samples;

/// <summary>What is to be predicted, from how much.</summary>
/// <param name="SequenceLength">Candles the network sees.</param>
/// <param name="Horizon">Candles ahead whose close decides the label.</param>
/// <param name="Cost">Of buying and selling, as a fraction: a smaller move is <see cref="Outcome.Flat"/>.</param>
public sealed record SampleOptions(int SequenceLength, int Horizon, double Cost)
{
    public Outcome Label(double change) => change > Cost ? Outcome.Up : change < -Cost ? Outcome.Down : Outcome.Flat;
}
