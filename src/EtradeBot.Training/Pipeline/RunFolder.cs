using System.Text.Json;
using EtradeBot.Learning.Plans;

namespace EtradeBot.Training.Pipeline;

/// <summary>What a training keeps on the disk until it is done: its plan and a checkpoint of each network. One training at a time.</summary>
sealed class RunFolder : IDisposable
{
    readonly string _path;
    readonly FileStream _lock;

    /// <param name="models">The folder that the model goes into.</param>
    /// <exception cref="TrainingException">Another training is running there.</exception>
    public RunFolder(string models)
    {
        _path = Path.Combine(models, ".training");
        Directory.CreateDirectory(_path);
        try
        {
            _lock = new FileStream(Path.Combine(_path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new TrainingException($"another training is running in {models}");
        }
    }

    string PlanPath => Path.Combine(_path, "plan.json");

    string HashPath => Path.Combine(_path, "data.sha256");

    public string CheckpointPath(int network) => Path.Combine(_path, $"network{network}.pth");

    /// <summary>Forgets what an earlier training left and keeps the plan of this one.</summary>
    public void Begin(TrainingPlan plan)
    {
        foreach (var file in Directory.EnumerateFiles(_path).Where(f => Path.GetFileName(f) != "lock")) File.Delete(file);
        WholeFile.Write(PlanPath, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(plan.ToJson())));
    }

    /// <exception cref="TrainingException">Nothing to continue.</exception>
    public TrainingPlan Plan()
    {
        try
        {
            return TrainingPlan.FromJson(File.ReadAllText(PlanPath));
        }
        catch (Exception problem) when (problem is FileNotFoundException or JsonException)
        {
            throw new TrainingException($"no training to continue in {Path.GetDirectoryName(_path)}: start one without --resume");
        }
    }

    /// <summary>Keeps the hash of the candles, or compares it with the one that was kept.</summary>
    /// <exception cref="TrainingException">The candles are others than those the checkpoints learned from.</exception>
    public void Bind(string dataHash)
    {
        if (!File.Exists(HashPath)) WholeFile.Write(HashPath, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(dataHash)));
        else if (File.ReadAllText(HashPath) != dataHash)
            throw new TrainingException("the candle files changed since the training was stopped; start again without --resume");
    }

    /// <summary>The training is done; nothing of it is needed any more.</summary>
    public void Finish()
    {
        Dispose();
        Directory.Delete(_path, recursive: true);
    }

    public void Dispose() => _lock.Dispose();
}
