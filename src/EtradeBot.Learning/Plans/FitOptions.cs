using System.Globalization;

namespace EtradeBot.Learning.Plans;

/// <summary>How one network is fitted.</summary>
public sealed record FitOptions
{
    /// <summary>Units of each LSTM layer.</summary>
    public int Hidden { get; init; } = 32;

    public int Layers { get; init; } = 1;

    /// <summary>Fraction of hidden values left out while training.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Passes over the training samples at most.</summary>
    public int Epochs { get; init; } = 30;

    public double LearningRate { get; init; } = 1e-3;

    public int BatchSize { get; init; } = 256;

    /// <summary>Epochs without a better validation loss after which fitting ends.</summary>
    public int Patience { get; init; } = 5;

    public ulong Seed { get; init; } = 1;

    /// <summary>PyTorch's name: cpu or cuda.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The first thing wrong with it, in words with the option's name; null: nothing.</summary>
    internal string? Problem() => this switch
    {
        { Epochs: < 1 or > 10_000 } => $"--epochs {Epochs} is not between 1 and 10000",
        { LearningRate: not (> 0 and <= 1) } => string.Create(CultureInfo.InvariantCulture, $"--lr {LearningRate} is not above 0 and at most 1"),
        { BatchSize: < 1 or > 65_536 } => $"--batch-size {BatchSize} is not between 1 and 65536",
        { Hidden: < 1 or > 1024 } => $"--hidden {Hidden} is not between 1 and 1024",
        { Layers: < 1 or > 8 } => $"--layers {Layers} is not between 1 and 8",
        { Dropout: not (>= 0 and < 1) } => string.Create(CultureInfo.InvariantCulture, $"--dropout {Dropout} is not at least 0 and below 1"),
        { Patience: < 1 } => $"--patience {Patience} is not at least 1",
        { Device: not ("cpu" or "cuda") } => $"--device {Device} is neither cpu nor cuda",
        _ => null,
    };
}
