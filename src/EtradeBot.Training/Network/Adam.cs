using EtradeBot.Learning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EtradeBot.Training.Network;

/// <summary>Adam with its moments in the open, so that a checkpoint holds them to the bit.</summary>
/// <remarks>Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 1, in the arrangement and with the defaults of PyTorch.</remarks>
sealed class Adam : IDisposable
{
    const double MeanDecay = 0.9, SquareDecay = 0.999, Epsilon = 1e-8;

    readonly double _learningRate;
    readonly List<Moments> _moments = [];

    public Adam(PatternNN network, double learningRate)
    {
        _learningRate = learningRate;
        foreach (var (name, parameter) in network.named_parameters())
            _moments.Add(new(name, parameter, zeros_like(parameter).DetachFromDisposeScope(), zeros_like(parameter).DetachFromDisposeScope()));
    }

    /// <summary>Steps taken so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Moves every parameter along its gradient.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Steps++;
        var (meanBias, squareBias) = (1 - Math.Pow(MeanDecay, Steps), 1 - Math.Pow(SquareDecay, Steps));
        foreach (var (_, parameter, mean, square) in _moments)
        {
            var gradient = parameter.grad ?? throw new InvalidOperationException("a step before the gradients were computed");
            mean.mul_(MeanDecay).add_(gradient, 1 - MeanDecay);
            square.mul_(SquareDecay).addcmul_(gradient, gradient, 1 - SquareDecay);
            var divisor = square.sqrt().div_(Math.Sqrt(squareBias)).add_(Epsilon);
            parameter.addcdiv_(mean, divisor, -_learningRate / meanBias);
        }
    }

    /// <summary>Both moments of every parameter, by name.</summary>
    public IEnumerable<KeyValuePair<string, WeightTensor>> Save()
    {
        foreach (var (name, _, mean, square) in _moments)
        {
            yield return KeyValuePair.Create($"adam.mean.{name}", PatternNN.Copy(mean));
            yield return KeyValuePair.Create($"adam.square.{name}", PatternNN.Copy(square));
        }
    }

    public void Load(IReadOnlyDictionary<string, WeightTensor> saved, int steps)
    {
        Steps = steps;
        foreach (var (name, parameter, mean, square) in _moments)
        {
            Fill(mean, saved[$"adam.mean.{name}"]);
            Fill(square, saved[$"adam.square.{name}"]);
        }

        static void Fill(Tensor target, WeightTensor source)
        {
            using var values = tensor(source.Values, target.shape);
            target.copy_(values);
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, mean, square) in _moments)
        {
            mean.Dispose();
            square.Dispose();
        }
    }

    sealed record Moments(string Name, Parameter Parameter, Tensor Mean, Tensor Square);
}
