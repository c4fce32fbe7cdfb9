using EtradeBot.Learning;

namespace EtradeBot.Training.Network;

/// <summary>How an epoch went; losses are mean cross-entropies in nats.</summary>
readonly record struct EpochLoss(float Train, float Validation);

/// <param name="Weights">Those of the epoch with the lowest validation loss.</param>
/// <param name="BestEpoch">That epoch, from 1.</param>
/// <param name="Losses">One each epoch.</param>
sealed record FitResult(NetworkWeights Weights, int BestEpoch, IReadOnlyList<EpochLoss> Losses);
