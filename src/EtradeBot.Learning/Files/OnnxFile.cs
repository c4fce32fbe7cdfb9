using static EtradeBot.Learning.Files.OnnxNodes;

namespace EtradeBot.Learning.Files;

/// <summary>Writes a network as an ONNX model: what ONNX Runtime serves without PyTorch.</summary>
/// <remarks>
/// Input <see cref="Input"/>: scaled rows, batch × sequence × features. Output <see cref="Output"/>: probabilities, batch × classes in the order of <see cref="Outcome"/>.
/// Operators of opset 17 (onnx.ai/onnx/operators); the bytes depend on the weights only.
/// </remarks>
public static class OnnxFile
{
    public const string Input = "rows";
    public const string Output = "probabilities";

    const int OperatorSet = 17, FormatVersion = 8;

    /// <summary>ONNX orders the gates of an LSTM input, output, forget, cell; PyTorch input, forget, cell, output.</summary>
    static readonly int[] GateOrder = [0, 3, 1, 2];

    public static void Write(Stream stream, NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(weights);
        var model = new ProtobufWriter().Number(1, FormatVersion).Text(2, "etrade-bot");
        model.Message(7, Graph(weights));
        model.Message(8, new ProtobufWriter().Text(1, "").Number(2, OperatorSet));
        stream.Write(model.ToArray());
    }

    static ProtobufWriter Graph(NetworkWeights weights)
    {
        var shape = weights.Shape;
        var graph = new ProtobufWriter();
        var last = shape.Layers - 1;
        // The operator wants the sequence before the batch.
        graph.Message(1, Node("Transpose", [Input], ["sequence0"], Attribute("perm", 1, 0, 2)));
        for (var layer = 0; layer <= last; layer++)
        {
            graph.Message(1, Node("LSTM", [$"sequence{layer}", $"W{layer}", $"R{layer}", $"B{layer}"], [$"states{layer}", $"final{layer}"], Attribute("hidden_size", shape.Hidden)));
            if (layer < last) graph.Message(1, Node("Squeeze", [$"states{layer}", "axis1"], [$"sequence{layer + 1}"]));
        }
        graph.Message(1, Node("Squeeze", [$"final{last}", "axis0"], ["hidden"]));
        graph.Message(1, Node("Gemm", ["hidden", "weight", "bias"], ["scores"], Attribute("transB", 1)));
        graph.Message(1, Node("Softmax", ["scores"], [Output], Attribute("axis", -1)));
        graph.Text(2, "pattern_nn");
        foreach (var tensor in Tensors(weights)) graph.Message(5, tensor);
        graph.Message(11, Floats(Input, "batch", "sequence", $"{shape.Features}"));
        return graph.Message(12, Floats(Output, "batch", $"{NetworkShape.Classes}"));
    }

    static IEnumerable<ProtobufWriter> Tensors(NetworkWeights weights)
    {
        var (shape, tensors) = (weights.Shape, weights.Tensors);
        yield return Tensor("axis0", [0L]);
        if (shape.Layers > 1) yield return Tensor("axis1", [1L]);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var inputs = layer == 0 ? shape.Features : shape.Hidden;
            yield return Tensor($"W{layer}", [1, 4 * shape.Hidden, inputs], Reordered($"lstm.weight_ih_l{layer}"));
            yield return Tensor($"R{layer}", [1, 4 * shape.Hidden, shape.Hidden], Reordered($"lstm.weight_hh_l{layer}"));
            yield return Tensor($"B{layer}", [1, 8 * shape.Hidden], [.. Reordered($"lstm.bias_ih_l{layer}"), .. Reordered($"lstm.bias_hh_l{layer}")]);
        }
        yield return Tensor("weight", [NetworkShape.Classes, shape.Hidden], tensors["fc.weight"].Values);
        yield return Tensor("bias", [NetworkShape.Classes], tensors["fc.bias"].Values);

        float[] Reordered(string name)
        {
            var values = tensors[name].Values;
            var gate = values.Length / GateOrder.Length;
            return [.. GateOrder.SelectMany(g => values.AsSpan(g * gate, gate).ToArray())];
        }
    }
}
