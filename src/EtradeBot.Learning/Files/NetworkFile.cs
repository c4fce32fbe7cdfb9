namespace EtradeBot.Learning.Files;

/// <summary>A network as a .pth of exactly the tensors that <see cref="NetworkWeights"/> names.</summary>
public static class NetworkFile
{
    /// <summary>Every tensor of a network by PyTorch's name, in PyTorch's order, with its dimensions.</summary>
    public static IEnumerable<(string Name, int[] Dimensions)> Layout(NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            yield return ($"lstm.weight_ih_l{layer}", [4 * shape.Hidden, layer == 0 ? shape.Features : shape.Hidden]);
            yield return ($"lstm.weight_hh_l{layer}", [4 * shape.Hidden, shape.Hidden]);
            yield return ($"lstm.bias_ih_l{layer}", [4 * shape.Hidden]);
            yield return ($"lstm.bias_hh_l{layer}", [4 * shape.Hidden]);
        }
        yield return ("fc.weight", [NetworkShape.Classes, shape.Hidden]);
        yield return ("fc.bias", [NetworkShape.Classes]);
    }

    public static void Write(Stream stream, NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        PthFile.Write(stream, Layout(weights.Shape).Select(t => KeyValuePair.Create(t.Name, weights.Tensors[t.Name])));
    }

    /// <exception cref="ModelFileException">Unusable (see <see cref="PthFile"/>), another network, or weights that are no numbers; names the file.</exception>
    public static NetworkWeights Read(string path)
    {
        var tensors = PthFile.Read(path);
        var shape = ShapeOf(tensors) ?? throw new ModelFileException($"{path} holds another network than an LSTM with a linear layer of {NetworkShape.Classes} classes over it (tensors: {string.Join(", ", tensors.Keys)})");
        foreach (var (name, dimensions) in Layout(shape))
        {
            if (!tensors.TryGetValue(name, out var tensor)) throw new ModelFileException($"{path} lacks {name}");
            if (!tensor.Dimensions.AsSpan().SequenceEqual(dimensions))
                throw new ModelFileException($"{path}: {name} is {string.Join('×', tensor.Dimensions)} instead of {string.Join('×', dimensions)}");
            if (!tensor.Values.All(float.IsFinite)) throw new ModelFileException($"{path}: {name} holds weights that are no finite numbers");
        }
        if (tensors.Count != Layout(shape).Count())
            throw new ModelFileException($"{path} holds tensors that belong to no such network: {string.Join(", ", tensors.Keys.Except(Layout(shape).Select(t => t.Name)))}");
        return new(shape, tensors);
    }

    static NetworkShape? ShapeOf(IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        if (!tensors.TryGetValue("lstm.weight_ih_l0", out var input) || input.Dimensions is not [var gates and > 0, var features and > 0]) return null;
        if (!tensors.TryGetValue("fc.bias", out var classes) || classes.Dimensions is not [NetworkShape.Classes]) return null;
        var layers = 0;
        while (tensors.ContainsKey($"lstm.weight_ih_l{layers}")) layers++;
        return new(features, gates / 4, layers);
    }
}
