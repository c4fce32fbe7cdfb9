namespace EtradeBot.Learning.Files;

/// <summary>What a pickle would have Python import.</summary>
sealed record PickledName(string Module, string Name);

/// <summary>Numbers that lie in an entry of their own: <c>data/KEY</c>.</summary>
/// <param name="Type">PyTorch's class of them: FloatStorage, DoubleStorage, ...</param>
/// <param name="Count">How many numbers.</param>
sealed record PickledStorage(string Type, string Key, long Count)
{
    /// <param name="id">The tuple ('storage', class, key, device, count).</param>
    public static PickledStorage From(object? id) =>
        id is object?[] and ["storage", PickledName("torch", var type), string key, string, long count]
            ? new(type, key, count)
            : throw new InvalidDataException("its pickle refers to something that is no storage of numbers");
}

/// <summary>A view of a storage: where it starts, and the step from one index to the next in each dimension.</summary>
sealed record PickledTensor(PickledStorage Storage, long Offset, int[] Dimensions, long[] Steps)
{
    /// <summary>More would be no model of ours, but a small file that asks for all the memory.</summary>
    const long MostValues = 1 << 26;

    /// <param name="arguments">Those of torch._utils._rebuild_tensor_v2: storage, offset, sizes, strides, ...</param>
    public static PickledTensor From(object?[] arguments)
    {
        if (arguments is not [PickledStorage storage, long offset, object?[] sizes, object?[] strides, ..] || sizes.Length != strides.Length)
            throw new InvalidDataException("its pickle describes a tensor in a way PyTorch does not");
        var dimensions = Array.ConvertAll(sizes, s => s is long size and >= 0 and <= MostValues ? (int)size : throw Refused());
        var steps = Array.ConvertAll(strides, s => s is long step and >= 0 and <= MostValues ? step : throw Refused());
        if (offset < 0 || storage.Count is < 0 or > MostValues) throw Refused();
        // Checked dimension by dimension: their product may not fit a long.
        var (count, last) = (1L, offset);
        for (var d = 0; d < dimensions.Length; d++)
        {
            count *= dimensions[d];
            if (count > MostValues) throw Refused();
            last += (dimensions[d] - 1) * steps[d];
        }
        if (count > 0 && last >= storage.Count) throw Refused();
        return new(storage, offset, dimensions, steps);
    }

    /// <summary>Its values in row order.</summary>
    public float[] Gather(ReadOnlySpan<float> storage)
    {
        var values = new float[Dimensions.Aggregate(1, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            var (rest, from) = (i, Offset);
            for (var d = Dimensions.Length - 1; d >= 0; d--)
            {
                from += rest % Dimensions[d] * Steps[d];
                rest /= Dimensions[d];
            }
            values[i] = storage[(int)from];
        }
        return values;
    }

    static InvalidDataException Refused() => new("its pickle describes a tensor that reaches beyond its numbers or is far too large");
}
