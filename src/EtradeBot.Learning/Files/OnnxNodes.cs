using System.Runtime.InteropServices;

namespace EtradeBot.Learning.Files;

/// <summary>The messages of onnx.proto that a graph is made of; the numbers are its field numbers.</summary>
static class OnnxNodes
{
    const int FloatType = 1, Int64Type = 7;
    const int IntAttribute = 2, IntsAttribute = 7;

    public static ProtobufWriter Node(string operation, string[] inputs, string[] outputs, params ProtobufWriter[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs) node.Text(1, input);
        foreach (var output in outputs) node.Text(2, output);
        node.Text(4, operation);
        foreach (var attribute in attributes) node.Message(5, attribute);
        return node;
    }

    public static ProtobufWriter Attribute(string name, long value) => new ProtobufWriter().Text(1, name).Number(3, value).Number(20, IntAttribute);

    public static ProtobufWriter Attribute(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new ProtobufWriter().Text(1, name);
        foreach (var value in values) attribute.Number(8, value);
        return attribute.Number(20, IntsAttribute);
    }

    public static ProtobufWriter Tensor(string name, ReadOnlySpan<int> dimensions, ReadOnlySpan<float> values) => Tensor(name, dimensions, FloatType).Bytes(9, MemoryMarshal.AsBytes(values));

    public static ProtobufWriter Tensor(string name, ReadOnlySpan<long> values) => Tensor(name, [values.Length], Int64Type).Bytes(9, MemoryMarshal.AsBytes(values));

    static ProtobufWriter Tensor(string name, ReadOnlySpan<int> dimensions, int type)
    {
        var tensor = new ProtobufWriter();
        foreach (var dimension in dimensions) tensor.Number(1, dimension);
        return tensor.Number(2, type).Text(8, name);
    }

    /// <summary>An input or output of floats.</summary>
    /// <param name="dimensions">A size each, or the name of one that is open.</param>
    public static ProtobufWriter Floats(string name, params ReadOnlySpan<string> dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (var dimension in dimensions)
            shape.Message(1, int.TryParse(dimension, out var size) ? new ProtobufWriter().Number(1, size) : new ProtobufWriter().Text(2, dimension));
        var type = new ProtobufWriter().Number(1, FloatType).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, type));
    }
}
