using EtradeBot.Learning.Files;
using EtradeBot.Learning.Plans;
using EtradeBot.Learning.Registry;

namespace EtradeBot.Training.Pipeline;

public sealed class TrainingRunTests : IDisposable
{
    static readonly string[] Endings = [".pth", ".onnx", ".json"];

    readonly Trainer _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public void A_planted_signal_is_found_and_its_model_is_saved_whole()
    {
        _trainer.WriteCandles("AAA", 3000, signal: 0.6, seed: 1);
        var plan = _trainer.Plan with { Fit = _trainer.Plan.Fit with { Epochs = 20 } };
        var (exitCode, events, error) = _trainer.Run(_trainer.Models, plan.ToJson());
        Assert.True(exitCode == 0, error);
        var card = ModelCard.Read(events[^1].Card!);
        Assert.True(card.Verdict.Edge, card.Verdict.Words);
        // A move follows the rule four times of five; no one can do better.
        Assert.InRange(card.Scores[0].Accuracy.Value, 0.9 * 0.8, 0.85);
        Assert.Equal(["model", "majority", "persistence", "logistic regression"], card.Scores.Select(s => s.Name));
        Assert.Equal(card.Shape, NetworkFile.Read(Path.ChangeExtension(events[^1].Card!, ".pth")).Shape);
        Assert.Equal(["pattern_nn_v1.json", "pattern_nn_v1.onnx", "pattern_nn_v1.pth"], Directory.EnumerateFileSystemEntries(_trainer.Models).Select(Path.GetFileName).Order());
        Assert.Equal(1, card.Bins[0].Shares.Sum(), 1e-9);
    }

    [Fact]
    public void Noise_comes_out_as_no_edge_found()
    {
        _trainer.WriteCandles("AAA", 3000, signal: 0, seed: 1);
        var (exitCode, events, error) = Train(_trainer.Models);
        Assert.True(exitCode == 0, error);
        var card = ModelCard.Read(events[^1].Card!);
        Assert.False(card.Verdict.Edge, card.Verdict.Words);
        Assert.StartsWith("no edge found", card.Verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_of_one_seed_write_the_same_files()
    {
        _trainer.WriteCandles("AAA", 800, signal: 0.6, seed: 1);
        _trainer.WriteCandles("BBB", 800, signal: 0.6, seed: 2);
        var again = Path.Combine(_trainer.Folder, "again");
        Assert.Equal(0, Train(_trainer.Models).ExitCode);
        Assert.Equal(0, Train(again).ExitCode);
        Same(_trainer.Models, again);
    }

    [Fact]
    public void A_killed_training_is_resumed_to_the_same_files()
    {
        _trainer.WriteCandles("AAA", 1500, signal: 0.6, seed: 1);
        var killed = Path.Combine(_trainer.Folder, "killed");
        Assert.Equal(0, Train(_trainer.Models).ExitCode);
        Kill(killed, afterEpochs: 6);
        Assert.False(File.Exists(Path.Combine(killed, "pattern_nn_v1.json")));
        var (exitCode, events, error) = _trainer.Run(killed, "resume");
        Assert.True(exitCode == 0, error);
        // Four epochs of two folds and of the final network, less those that were done.
        Assert.InRange(events.Count(e => e.Epoch is not null), 1, 12 - 6);
        Same(_trainer.Models, killed);
    }

    [Fact]
    public void Changed_candles_are_not_resumed()
    {
        _trainer.WriteCandles("AAA", 1500, signal: 0.6, seed: 1);
        Kill(_trainer.Models, afterEpochs: 1);
        _trainer.WriteCandles("AAA", 1500, signal: 0.6, seed: 2);
        var (exitCode, _, error) = _trainer.Run(_trainer.Models, "resume");
        Assert.Equal(1, exitCode);
        Assert.Contains("the candle files changed", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_stopped_training_there_is_nothing_to_resume()
    {
        var (exitCode, _, error) = _trainer.Run(_trainer.Models, "resume");
        Assert.Equal(1, exitCode);
        Assert.Contains("without --resume", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_share_under_two_names_counts_once()
    {
        _trainer.WriteCandles("AAA", 800, signal: 0.6, seed: 1);
        File.Copy(Path.Combine(_trainer.Plan.DataFolder!, "AAA.csv"), Path.Combine(_trainer.Plan.DataFolder!, "AAB.csv"));
        var (_, events, _) = Train(_trainer.Models);
        Assert.Contains(events, e => e.Note == "AAB.csv was left out: its candles move like those of AAA.csv");
        Assert.Equal(["AAA"], ModelCard.Read(events[^1].Card!).Symbols);
    }

    [Theory]
    [InlineData("", "AAA.csv")]
    [InlineData("Date,Open,High,Low,Close,Volume\n2024-01-02,1,2,0.5,1.5,100\n", "learning needs 300")]
    [InlineData("Date,Open,High,Low,Close,Volume\n2024-01-02,1,2,0.5,1.5,100\n2024-01-03,1,2,0.", "AAA.csv")]
    public void A_file_that_is_empty_short_or_torn_is_refused_by_its_name(string content, string because)
    {
        Directory.CreateDirectory(_trainer.Plan.DataFolder!);
        File.WriteAllText(Path.Combine(_trainer.Plan.DataFolder!, "AAA.csv"), content);
        var (exitCode, _, error) = Train(_trainer.Models);
        Assert.Equal(3, exitCode);
        Assert.Contains("AAA.csv", error, StringComparison.Ordinal);
        Assert.Contains(because, error, StringComparison.Ordinal);
    }

    (int ExitCode, List<TrainingEvent> Events, string Error) Train(string models) => _trainer.Run(models, _trainer.Plan.ToJson());

    /// <summary>SIGKILL as soon as so many epochs were reported.</summary>
    void Kill(string models, int afterEpochs)
    {
        using var process = Trainer.Start(models, _trainer.Plan.ToJson());
        for (var epochs = 0; epochs < afterEpochs;)
            if (TrainingEvent.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("it ended too early")) is { Epoch: not null }) epochs++;
        process.Kill();
        process.WaitForExit();
    }

    static void Same(string one, string other)
    {
        foreach (var ending in Endings)
            Assert.Equal(File.ReadAllBytes(Path.Combine(one, "pattern_nn_v1" + ending)), File.ReadAllBytes(Path.Combine(other, "pattern_nn_v1" + ending)));
    }
}
