using EtradeBot.Learning;
using EtradeBot.Learning.Files;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EtradeBot.Training.Network;

public sealed class ServedNetworkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_ONNX_Runtime_serves_equals_what_was_trained(int layers)
    {
        var set = Planted.Samples(50, signal: 0.8);
        TorchSharp.torch.random.manual_seed(5);
        using var network = new PatternNN(new(set.Features.Count, 16, layers), dropout: 0.5);
        var weights = network.Weights();
        var trained = Prediction.Probabilities(weights, set);
        var served = Serve(weights, set);
        for (var i = 0; i < trained.Length; i++) Assert.Equal(trained[i], served[i], 1e-6f);
        for (var i = 0; i < trained.Length; i += NetworkShape.Classes) Assert.Equal(1f, trained[i] + trained[i + 1] + trained[i + 2], 1e-5f);
        Assert.NotEqual(trained[0], trained[3]);
    }

    [Fact]
    public void A_network_has_the_tensors_that_its_files_name()
    {
        using var network = new PatternNN(new(4, 8, 2), dropout: 0);
        Assert.Equal(NetworkFile.Layout(network.Shape).Select(t => (t.Name, string.Join('×', t.Dimensions))),
            network.Weights().Tensors.Select(t => (t.Key, string.Join('×', t.Value.Dimensions))));
    }

    static float[] Serve(NetworkWeights weights, SampleSet set)
    {
        using var file = new MemoryStream();
        OnnxFile.Write(file, weights);
        using var session = new InferenceSession(file.ToArray());
        var features = set.Features.Count;
        float[] rows = [.. set.Samples.SelectMany(s => set.Rows[((s.Row + 1 - set.SequenceLength) * features)..((s.Row + 1) * features)])];
        var input = new DenseTensor<float>(rows, [set.Samples.Length, set.SequenceLength, features]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(OnnxFile.Input, input)], [OnnxFile.Output]);
        return results[0].AsTensor<float>().ToArray();
    }
}
