namespace EtradeBot.Learning;

/// <summary>An LSTM over the sequence, then a linear layer over its last hidden state, then softmax over <see cref="Outcome"/>.</summary>
/// <param name="Features">Inputs a candle.</param>
/// <param name="Hidden">Units of each layer.</param>
/// <param name="Layers">LSTM layers, one on another.</param>
public sealed record NetworkShape(int Features, int Hidden, int Layers)
{
    /// <summary>Outputs: down, flat, up.</summary>
    public const int Classes = 3;
}

/// <summary>What a network has learned, as tensors by PyTorch's names: <c>lstm.weight_ih_l0</c> (4·hidden × inputs, gates i f g o), <c>lstm.weight_hh_l0</c>, <c>lstm.bias_ih_l0</c>, <c>lstm.bias_hh_l0</c>, ... <c>fc.weight</c> (classes × hidden), <c>fc.bias</c>.</summary>
public sealed record NetworkWeights(NetworkShape Shape, IReadOnlyDictionary<string, WeightTensor> Tensors);

/// <summary>Numbers in row order with their dimensions.</summary>
public sealed record WeightTensor(int[] Dimensions, float[] Values);
