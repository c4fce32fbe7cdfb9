using System.IO.Compression;

namespace EtradeBot.Learning.Files;

public sealed class PthFileTests : IDisposable
{
    static readonly NetworkShape Shape = new(7, 5, 2);

    readonly string _folder = Directory.CreateTempSubdirectory("etrade-bot-pth").FullName;

    string File(string name = "model.pth") => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_back_to_the_bit()
    {
        var written = TestNetworks.Random(Shape);
        Write(written);
        var read = NetworkFile.Read(File());
        Assert.Equal(Shape, read.Shape);
        Assert.Equal(written.Tensors.Count, read.Tensors.Count);
        foreach (var (name, tensor) in written.Tensors)
        {
            Assert.Equal(tensor.Dimensions, read.Tensors[name].Dimensions);
            Assert.Equal(tensor.Values, read.Tensors[name].Values);
        }
    }

    [Fact]
    public void The_same_weights_give_the_same_bytes()
    {
        Write(TestNetworks.Random(Shape));
        Write(TestNetworks.Random(Shape), "again.pth");
        Assert.Equal(System.IO.File.ReadAllBytes(File()), System.IO.File.ReadAllBytes(File("again.pth")));
        Write(TestNetworks.Random(Shape, 2), "other.pth");
        Assert.NotEqual(System.IO.File.ReadAllBytes(File()), System.IO.File.ReadAllBytes(File("other.pth")));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_by_its_name()
    {
        Write(TestNetworks.Random(Shape));
        var whole = System.IO.File.ReadAllBytes(File());
        for (var length = 0; length < whole.Length; length += 97)
        {
            System.IO.File.WriteAllBytes(File("torn.pth"), whole[..length]);
            Assert.Contains("torn.pth", Assert.Throws<ModelFileException>(() => NetworkFile.Read(File("torn.pth"))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_changed_byte_of_the_pickle_is_read_or_refused_and_never_anything_else()
    {
        Write(TestNetworks.Random(new(1, 1, 1)));
        var pickle = Entry("data.pkl");
        for (var at = 0; at < pickle.Length; at++)
            foreach (var value in (byte[])[0, 1, (byte)'R', (byte)'t', (byte)'(', (byte)'.', 0x8a, 0xff])
            {
                byte[] changed = [.. pickle];
                changed[at] = value;
                try
                {
                    PickleReader.Read(changed);
                }
                catch (InvalidDataException)
                {
                    // Refused: the other good end.
                }
            }
    }

    [Fact]
    public void A_pickle_that_calls_anything_else_is_refused_by_that_name_and_runs_nothing()
    {
        Write(TestNetworks.Random(Shape));
        var touched = File("touched");
        var hostile = new PickleWriter().Global("os", "system").Code(PickleCode.Mark).Text($"touch {touched}").Code(PickleCode.Tuple).Code(PickleCode.Reduce).Code(PickleCode.End);
        Repack("data.pkl", hostile.ToArray());
        var refusal = Assert.Throws<ModelFileException>(() => PthFile.Read(File("repacked.pth")));
        Assert.Contains("os.system", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("repacked.pth", refusal.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(touched));
    }

    [Fact]
    public void A_tensor_that_reaches_beyond_its_numbers_is_refused()
    {
        Repacked(storageCount: 4, offset: 0, dimensions: [5], steps: [1]);
        Repacked(storageCount: 4, offset: 1, dimensions: [4], steps: [1]);
        Repacked(storageCount: 4, offset: 0, dimensions: [2, 2], steps: [3, 1]);
        Repacked(storageCount: 4, offset: 0, dimensions: [int.MaxValue, int.MaxValue], steps: [0, 0]);
        Repacked(storageCount: 5, offset: 0, dimensions: [4], steps: [1]);

        void Repacked(int storageCount, int offset, int[] dimensions, int[] steps)
        {
            Tensor(storageCount, offset, dimensions, steps);
            Assert.Throws<ModelFileException>(() => PthFile.Read(File("repacked.pth")));
        }
    }

    [Fact]
    public void Steps_between_numbers_are_followed()
    {
        Tensor(4, 0, [2, 2], [1, 2]);
        Assert.Equal([1f, 3f, 2f, 4f], PthFile.Read(File("repacked.pth"))["t"].Values);
        Tensor(4, 1, [3], [1]);
        Assert.Equal([2f, 3f, 4f], PthFile.Read(File("repacked.pth"))["t"].Values);
    }

    [Theory]
    [InlineData("fc.bias", new[] { 3 }, float.NaN, "fc.bias")]
    [InlineData("fc.bias", new[] { 2 }, 0f, "another network")]
    [InlineData("fc.weight", new[] { 3, 4 }, 0f, "3×4 instead of 3×5")]
    [InlineData("conv.weight", new[] { 3 }, 0f, "conv.weight")]
    public void Another_network_or_one_of_no_numbers_is_refused(string name, int[] dimensions, float value, string because)
    {
        var tensors = TestNetworks.Random(Shape).Tensors.ToDictionary();
        tensors[name] = new(dimensions, [.. Enumerable.Repeat(value, dimensions.Aggregate((a, b) => a * b))]);
        using (var stream = System.IO.File.Create(File())) PthFile.Write(stream, tensors);
        Assert.Contains(because, Assert.Throws<ModelFileException>(() => NetworkFile.Read(File())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_format_before_zips_is_refused_with_the_remedy()
    {
        System.IO.File.WriteAllBytes(File(), [0x80, 2, 0x8a, 10]);
        Assert.Contains("save it again", Assert.Throws<ModelFileException>(() => PthFile.Read(File())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_refused_by_its_name() =>
        Assert.Contains("nowhere.pth", Assert.Throws<ModelFileException>(() => PthFile.Read(File("nowhere.pth"))).Message, StringComparison.Ordinal);

    void Write(NetworkWeights weights, string name = "model.pth")
    {
        using var stream = System.IO.File.Create(File(name));
        NetworkFile.Write(stream, weights);
    }

    /// <summary>repacked.pth: one tensor "t" over the numbers 1, 2, 3, 4.</summary>
    void Tensor(int storageCount, int offset, int[] dimensions, int[] steps)
    {
        using (var stream = System.IO.File.Create(File())) PthFile.Write(stream, new Dictionary<string, WeightTensor> { ["t"] = new([4], [1, 2, 3, 4]) });
        var pickle = new PickleWriter().EmptyOrderedDict().Text("t").Global("torch._utils", "_rebuild_tensor_v2").Code(PickleCode.Mark);
        pickle.Code(PickleCode.Mark).Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(storageCount).Code(PickleCode.Tuple).Code(PickleCode.PersistentId);
        pickle.Number(offset).Numbers(dimensions).Numbers(steps).Code(PickleCode.False).EmptyOrderedDict().Code(PickleCode.Tuple).Code(PickleCode.Reduce);
        Repack("data.pkl", pickle.Code(PickleCode.SetItem).Code(PickleCode.End).ToArray());
    }

    byte[] Entry(string name)
    {
        using var zip = ZipFile.OpenRead(File());
        using var stream = zip.GetEntry("archive/" + name)!.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The model's file again as repacked.pth, with one entry replaced.</summary>
    void Repack(string name, byte[] content)
    {
        System.IO.File.Copy(File(), File("repacked.pth"), overwrite: true);
        using var zip = ZipFile.Open(File("repacked.pth"), ZipArchiveMode.Update);
        zip.GetEntry("archive/" + name)!.Delete();
        using var stream = zip.CreateEntry("archive/" + name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }
}
