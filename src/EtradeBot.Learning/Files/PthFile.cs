using System.IO.Compression;
using System.Runtime.InteropServices;

namespace EtradeBot.Learning.Files;

/// <summary>PyTorch's file of weights (.pth), both ways: what is written here <c>torch.load(path, weights_only=True)</c> reads, and what Python's <c>torch.save(model.state_dict(), path)</c> wrote is read here.</summary>
/// <remarks>
/// A zip of stored entries in one top folder: <c>data.pkl</c> (names, sizes and strides as a pickle), <c>data/0</c> ... (the numbers, little-endian),
/// <c>version</c>; as written by PyTorch 1.6 and later (torch/serialization.py). The bytes written depend on the tensors only.
/// </remarks>
public static class PthFile
{
    const string Folder = "archive/";
    const int MostPickleBytes = 1 << 22;

    /// <summary>Zip's first date, so that no clock reaches the file.</summary>
    static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the tensors in the order given.</summary>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, WeightTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var list = tensors.ToArray();
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Put(zip, "data.pkl", Pickle(list));
        for (var i = 0; i < list.Length; i++) Put(zip, $"data/{i}", MemoryMarshal.AsBytes<float>(list[i].Value.Values));
        Put(zip, "version", "3\n"u8);
    }

    /// <summary>Reads every tensor of a state dict, as 32-bit floats in row order.</summary>
    /// <exception cref="ModelFileException">Missing, torn, of the format before PyTorch 1.6, not a state dict, or hostile; names the file.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = File.OpenRead(path);
            return Read(file);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ModelFileException($"{path} is no usable file of weights: {problem.Message}", problem);
        }
    }

    static OrderedDictionary<string, WeightTensor> Read(FileStream file)
    {
        if (file.ReadByte() == PickleCode.Protocol)
            throw new InvalidDataException("it has the format of before PyTorch 1.6; save it again with a later one");
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var pickle = zip.Entries.FirstOrDefault(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new InvalidDataException("it is a zip without data.pkl");
        var folder = pickle.FullName[..^"data.pkl".Length];
        if (zip.GetEntry(folder + "byteorder") is { Length: 3 }) throw new InvalidDataException("its numbers are big-endian");
        var content = PickleReader.Read(Bytes(pickle, MostPickleBytes));
        var storages = new Dictionary<PickledStorage, float[]>();
        var tensors = new OrderedDictionary<string, WeightTensor>();
        foreach (var (key, value) in StateDict(content))
        {
            if (key is not string name || value is not PickledTensor tensor)
                throw new InvalidDataException($"its entry '{key}' is no tensor: save model.state_dict(), not the model or a checkpoint");
            if (!storages.TryGetValue(tensor.Storage, out var numbers)) storages[tensor.Storage] = numbers = Numbers(zip, folder, tensor.Storage);
            tensors[name] = new(tensor.Dimensions, tensor.Gather(numbers));
        }
        return tensors;
    }

    /// <summary>The dictionary of tensors itself, or the one a checkpoint holds under its usual name.</summary>
    static OrderedDictionary<object, object?> StateDict(object? content)
    {
        if (content is not OrderedDictionary<object, object?> dictionary) throw new InvalidDataException("it holds no dictionary of tensors");
        return dictionary.TryGetValue("state_dict", out var inner) && inner is OrderedDictionary<object, object?> tensors ? tensors : dictionary;
    }

    static float[] Numbers(ZipArchive zip, string folder, PickledStorage storage)
    {
        var size = storage.Type switch
        {
            "FloatStorage" => 4,
            "DoubleStorage" => 8,
            "HalfStorage" or "BFloat16Storage" => 2,
            _ => throw new InvalidDataException($"it holds a {storage.Type}; only floats of 16, 32 and 64 bits are weights"),
        };
        var entry = zip.GetEntry($"{folder}data/{storage.Key}") ?? throw new InvalidDataException($"data/{storage.Key} is missing");
        if (entry.Length != storage.Count * size)
            throw new InvalidDataException($"data/{storage.Key} has {entry.Length} bytes instead of {storage.Count * size}");
        var bytes = Bytes(entry, int.MaxValue);
        return storage.Type switch
        {
            "FloatStorage" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            "DoubleStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), x => (float)x),
            "HalfStorage" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), x => (float)x),
            // The upper half of a 32-bit float.
            _ => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), x => BitConverter.Int32BitsToSingle(x << 16)),
        };
    }

    static byte[] Bytes(ZipArchiveEntry entry, int most)
    {
        // PyTorch stores; a packed entry could unfold to any size.
        if (entry.CompressedLength != entry.Length || entry.Length > most) throw new InvalidDataException($"{entry.FullName} is packed or far too large");
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    static byte[] Pickle(KeyValuePair<string, WeightTensor>[] tensors)
    {
        var pickle = new PickleWriter().EmptyOrderedDict().Code(PickleCode.Mark);
        for (var i = 0; i < tensors.Length; i++)
        {
            var (name, tensor) = tensors[i];
            pickle.Text(name).Global("torch._utils", "_rebuild_tensor_v2").Code(PickleCode.Mark);
            pickle.Code(PickleCode.Mark).Text("storage").Global("torch", "FloatStorage").Text($"{i}").Text("cpu");
            pickle.Number(tensor.Values.Length).Code(PickleCode.Tuple).Code(PickleCode.PersistentId);
            pickle.Number(0).Numbers(tensor.Dimensions).Numbers(Steps(tensor.Dimensions)).Code(PickleCode.False);
            pickle.EmptyOrderedDict().Code(PickleCode.Tuple).Code(PickleCode.Reduce);
        }
        return pickle.Code(PickleCode.SetItems).Code(PickleCode.End).ToArray();
    }

    static int[] Steps(int[] dimensions)
    {
        var steps = new int[dimensions.Length];
        for (var (d, step) = (dimensions.Length - 1, 1); d >= 0; step *= dimensions[d--]) steps[d] = step;
        return steps;
    }

    static void Put(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        var entry = zip.CreateEntry(Folder + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = EntryTime;
        using var stream = entry.Open();
        stream.Write(bytes);
    }
}
