namespace EtradeBot.Training.Network;

/// <summary>How one network is fitted.</summary>
sealed record FitOptions
{
    /// <summary>Units of each LSTM layer.</summary>
    public int Hidden { get; init; } = 32;

    public int Layers { get; init; } = 1;

    /// <summary>Fraction of hidden values left out while training.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Passes over the training samples at most.</summary>
    public int Epochs { get; init; } = 30;

    public double LearningRate { get; init; } = 1e-3;

    public int BatchSize { get; init; } = 256;

    /// <summary>Epochs without a better validation loss after which fitting ends.</summary>
    public int Patience { get; init; } = 5;

    public ulong Seed { get; init; } = 1;

    /// <summary>PyTorch's name: cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";
}

/// <summary>How an epoch went; losses are mean cross-entropies in nats.</summary>
readonly record struct EpochLoss(float Train, float Validation);

/// <param name="Weights">Those of the epoch with the lowest validation loss.</param>
/// <param name="BestEpoch">That epoch, from 1.</param>
/// <param name="Losses">One each epoch.</param>
sealed record FitResult(EtradeBot.Learning.NetworkWeights Weights, int BestEpoch, IReadOnlyList<EpochLoss> Losses);
