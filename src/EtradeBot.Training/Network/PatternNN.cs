using EtradeBot.Learning;
using EtradeBot.Learning.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace EtradeBot.Training.Network;

/// <summary>The network that is trained: an LSTM over the rows of a sequence and a linear layer over its last hidden state, giving one score a class.</summary>
sealed class PatternNN : Module<Tensor, Tensor>
{
    readonly LSTM _lstm;
    readonly Dropout _dropout;
    readonly Linear _scores;

    /// <summary>One thread: more gain little on so small a network and collapse when another process takes a core; several networks train in processes of their own.</summary>
    static PatternNN() => set_num_threads(1);

    /// <param name="dropout">Fraction of hidden values left out while training: between the layers, and before the linear one.</param>
    public PatternNN(NetworkShape shape, double dropout) : base(nameof(PatternNN))
    {
        Shape = shape;
        _lstm = LSTM(shape.Features, shape.Hidden, shape.Layers, batchFirst: true, dropout: shape.Layers > 1 ? dropout : 0);
        _dropout = Dropout(dropout);
        _scores = Linear(shape.Hidden, NetworkShape.Classes);
        register_module("lstm", _lstm);
        register_module("dropout", _dropout);
        register_module("fc", _scores);
    }

    public NetworkShape Shape { get; }

    /// <param name="input">Batch × sequence × features.</param>
    /// <returns>Batch × classes, before the softmax.</returns>
    public override Tensor forward(Tensor input)
    {
        var (states, _, _) = _lstm.call(input);
        return _scores.call(_dropout.call(states.select(1, -1)));
    }

    /// <summary>A copy of what was learned so far.</summary>
    public NetworkWeights Weights() =>
        new(Shape, new OrderedDictionary<string, WeightTensor>(state_dict().Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value)))));

    /// <summary>Takes the values over, by name.</summary>
    public void Load(NetworkWeights weights)
    {
        using var _ = no_grad();
        var own = state_dict();
        foreach (var (name, dimensions) in NetworkFile.Layout(Shape))
        {
            using var values = tensor(weights.Tensors[name].Values, [.. dimensions.Select(d => (long)d)]);
            own[name].copy_(values);
        }
    }

    public static WeightTensor Copy(Tensor tensor)
    {
        using var values = tensor.detach().cpu().contiguous();
        return new([.. tensor.shape.Select(d => (int)d)], values.data<float>().ToArray());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lstm.Dispose();
            _dropout.Dispose();
            _scores.Dispose();
        }
        base.Dispose(disposing);
    }
}
