using System.Diagnostics;
using System.Text.Json;
using EtradeBot.Learning;
using EtradeBot.Learning.Files;

namespace EtradeBot.Training.Network;

public sealed class PythonTests : IDisposable
{
    const string Python = "/usr/bin/python3";
    const string Remedy = "needs PyTorch for Python: sudo apt-get install python3-torch";

    readonly string _folder = Directory.CreateTempSubdirectory("etrade-bot-python").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weights_cross_to_Python_and_back_and_give_the_same_outputs(int layers)
    {
        // The system's own: another would not see the system's packages.
        if (!File.Exists(Python)) Assert.Skip(Remedy);
        var set = Planted.Samples(40, signal: 0.8);
        TorchSharp.torch.random.manual_seed(7);
        using var network = new PatternNN(new(set.Features.Count, 8, layers), dropout: 0);
        var weights = network.Weights();
        using (var file = File.Create(At("model.pth"))) NetworkFile.Write(file, weights);
        WriteInputs(set, weights.Shape);
        var outputs = RunScript();
        Equal(Prediction.Probabilities(weights, set), outputs["model"]);
        var back = NetworkFile.Read(At("python.pth"));
        Assert.Equal(weights.Shape, back.Shape);
        Equal(Prediction.Probabilities(back, set), outputs["python"]);
        Assert.NotEqual(outputs["model"], outputs["python"]);
    }

    static void Equal(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    void WriteInputs(SampleSet set, NetworkShape shape)
    {
        var features = set.Features.Count;
        var rows = set.Samples.Select(s => Enumerable.Range(s.Row + 1 - set.SequenceLength, set.SequenceLength)
            .Select(row => set.Rows[(row * features)..((row + 1) * features)]));
        File.WriteAllText(At("inputs.json"), JsonSerializer.Serialize(new { hidden = shape.Hidden, layers = shape.Layers, rows }));
    }

    Dictionary<string, float[]> RunScript()
    {
        string[] arguments = [Path.Combine(TestFolders.Root, "tests", "independent", "check_model.py"), At("model.pth"), At("inputs.json"), At("outputs.json"), At("python.pth")];
        using var script = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;
        var error = script.StandardError.ReadToEnd();
        script.WaitForExit();
        if (error.Contains("No module named 'torch'", StringComparison.Ordinal)) Assert.Skip(Remedy);
        Assert.True(script.ExitCode == 0, error);
        return JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllText(At("outputs.json")))!;
    }

    string At(string name) => Path.Combine(_folder, name);
}
