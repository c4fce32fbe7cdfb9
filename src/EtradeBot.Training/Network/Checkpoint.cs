using EtradeBot.Learning;
using EtradeBot.Learning.Files;

namespace EtradeBot.Training.Network;

/// <summary>Everything the next epoch depends on, as tensors of one .pth file: written whole at the end of each epoch.</summary>
/// <param name="Weights">The network as it was after the last epoch.</param>
/// <param name="Best">The network of the lowest validation loss.</param>
/// <param name="Moments">Those of <see cref="Adam.Save"/>.</param>
/// <param name="Steps">Those of <see cref="Adam.Steps"/>.</param>
sealed record Checkpoint(NetworkWeights Weights, NetworkWeights Best, IReadOnlyList<KeyValuePair<string, WeightTensor>> Moments, int Steps)
{
    const string Now = "network.", Lowest = "best.", LossesName = "losses", StepsName = "steps";

    public required IReadOnlyList<EpochLoss> Losses { get; init; }

    public void Write(string path)
    {
        var tensors = Prefixed(Now, Weights).Concat(Prefixed(Lowest, Best)).Concat(Moments)
            .Append(KeyValuePair.Create(LossesName, new WeightTensor([Losses.Count, 2], [.. Losses.SelectMany(l => (float[])[l.Train, l.Validation])])))
            // Two halves of 16 bits, which floats hold exactly.
            .Append(KeyValuePair.Create(StepsName, new WeightTensor([2], [Steps >> 16, Steps & 0xffff])));
        WholeFile.Write(path, stream => PthFile.Write(stream, tensors));

        static IEnumerable<KeyValuePair<string, WeightTensor>> Prefixed(string prefix, NetworkWeights weights) =>
            weights.Tensors.Select(t => KeyValuePair.Create(prefix + t.Key, t.Value));
    }

    /// <exception cref="ModelFileException">Not a checkpoint of a network of this shape.</exception>
    public static Checkpoint Read(string path, NetworkShape shape)
    {
        var tensors = PthFile.Read(path);
        try
        {
            var losses = tensors[LossesName].Values;
            var steps = tensors[StepsName].Values;
            return new(Part(Now), Part(Lowest), [.. tensors.Where(t => t.Key.StartsWith("adam.", StringComparison.Ordinal))], ((int)steps[0] << 16) | (int)steps[1])
            {
                Losses = [.. Enumerable.Range(0, losses.Length / 2).Select(i => new EpochLoss(losses[2 * i], losses[2 * i + 1]))],
            };
        }
        catch (KeyNotFoundException problem)
        {
            throw new ModelFileException($"{path} is no checkpoint of this training: {problem.Message}", problem);
        }

        NetworkWeights Part(string prefix) => new(shape, NetworkFile.Layout(shape).ToDictionary(t => t.Name, t => tensors[prefix + t.Name]));
    }
}
