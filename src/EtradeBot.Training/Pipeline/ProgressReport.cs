using EtradeBot.Learning.Plans;
using EtradeBot.Training.Network;

namespace EtradeBot.Training.Pipeline;

/// <summary>Says how far a training is and how long it will take at most.</summary>
/// <param name="say">Takes each event.</param>
/// <param name="sizes">Training samples of each network.</param>
sealed class ProgressReport(TrainingPlan plan, Action<TrainingEvent> say, int[] sizes, TimeProvider time)
{
    readonly long _begun = time.GetTimestamp();
    double _done;

    /// <param name="network">Index of the network.</param>
    public void Epoch(int network, IReadOnlyList<EpochLoss> losses)
    {
        _done += sizes[network];
        var epochsLeft = plan.Fit.Epochs - losses.Count;
        var samplesLeft = ((double)epochsLeft * sizes[network]) + sizes.Skip(network + 1).Sum(size => (double)size * plan.Fit.Epochs);
        say(new()
        {
            Stage = network < plan.Folds ? $"fold {network + 1} of {plan.Folds}" : "final network",
            Network = network + 1,
            Networks = sizes.Length,
            Epoch = losses.Count,
            Epochs = plan.Fit.Epochs,
            TrainLoss = losses[^1].Train,
            ValidationLoss = losses[^1].Validation,
            SecondsLeft = Math.Round(time.GetElapsedTime(_begun).TotalSeconds * samplesLeft / _done, 1),
        });
    }
}
