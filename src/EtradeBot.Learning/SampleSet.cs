namespace EtradeBot.Learning;

/// <summary>Sequences to learn from or to predict: one row of features a candle, and the rows at which a sequence ends.</summary>
/// <remarks>Rows of one symbol lie together, oldest first; the sequence of a sample is the <see cref="SequenceLength"/> rows up to and with its last one, all of one symbol.</remarks>
public sealed class SampleSet
{
    /// <summary>Names of the columns, in order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Candles × features, row by row; scaled when it goes into a network. Rows of the warm-up may hold NaN: no sample reaches them.</summary>
    public required float[] Rows { get; init; }

    public required int SequenceLength { get; init; }

    /// <summary>One sample each, in the order of time (then of symbols).</summary>
    public required Sample[] Samples { get; init; }

    /// <summary>The same rows with other samples: a part of a split.</summary>
    public SampleSet With(Sample[] samples) => new() { Features = Features, Rows = Rows, SequenceLength = SequenceLength, Samples = samples };

    /// <summary>The same samples over other rows: after scaling.</summary>
    public SampleSet With(float[] rows) => new() { Features = Features, Rows = rows, SequenceLength = SequenceLength, Samples = Samples };
}

/// <param name="Row">Index of the row the sequence ends with.</param>
/// <param name="Symbol">Index of the symbol in the order of the candle files.</param>
/// <param name="DecidedAt">UTC ticks of that candle's close: when the prediction could be made.</param>
/// <param name="KnownAt">UTC ticks of the close at which the label was known: what purging needs.</param>
/// <param name="Label">What came; see <see cref="Outcome"/>.</param>
/// <param name="Return">What the horizon brought, close to close, as a fraction; for results after costs and the rank correlation.</param>
public readonly record struct Sample(int Row, int Symbol, long DecidedAt, long KnownAt, Outcome Label, float Return);

/// <summary>What the candles of the horizon did, beyond costs; also the network's outputs in this order.</summary>
public enum Outcome : byte
{
    Down,
    Flat,
    Up,
}
