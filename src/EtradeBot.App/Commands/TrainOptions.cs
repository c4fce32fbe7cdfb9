using System.CommandLine;
using EtradeBot.Learning.Plans;

namespace EtradeBot.App.Commands;

/// <summary>The options of <c>etrade-bot train</c>.</summary>
static class TrainOptions
{
    public static readonly Option<string> Out = new("--out") { Description = "Folder that the model goes into.", HelpName = "DIR", DefaultValueFactory = _ => "models" };
    public static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the training that was stopped in the folder of --out, with its options." };

    static readonly Option<string?> DataFolder = new("--data-dir") { Description = "Folder of SYMBOL.csv files of one timeframe; all of them are learned from.", HelpName = "DIR" };
    static readonly Option<string?> DataFile = new("--data") { Description = "One candle file.", HelpName = "FILE" };
    static readonly Option<int> Epochs = Number("--epochs", "Passes over the training samples at most.", 30);
    static readonly Option<int> SequenceLength = Number("--seq-len", "Candles that the network sees.", 10);
    static readonly Option<double> LearningRate = Fraction("--lr", "Learning rate of Adam.", 1e-3);
    static readonly Option<int> BatchSize = Number("--batch-size", "Samples a step.", 256);
    static readonly Option<int> Hidden = Number("--hidden", "Units of each LSTM layer.", 32);
    static readonly Option<int> Layers = Number("--layers", "LSTM layers.", 1);
    static readonly Option<double> Dropout = Fraction("--dropout", "Fraction of hidden values left out while training.", 0.1);
    static readonly Option<int> Patience = Number("--patience", "Epochs without a better validation loss after which fitting ends.", 5);
    static readonly Option<int> Seed = Number("--seed", "Seed of all random numbers: the same seed, the same model.", 1);
    static readonly Option<string> Device = new("--device") { Description = "cpu or cuda.", HelpName = "NAME", DefaultValueFactory = _ => "cpu" };
    static readonly Option<int> Horizon = Number("--horizon", "Candles ahead whose close is predicted.", 1);
    static readonly Option<double> Cost = Fraction("--cost", "Smallest move that counts as one, in basis points: what buying and selling costs.", 10);
    static readonly Option<int> Folds = Number("--folds", "Walk-forward folds that the model is judged by.", 3);

    public static void AddTo(Command command)
    {
        Option[] options = [DataFolder, DataFile, Out, Epochs, SequenceLength, LearningRate, BatchSize, Hidden, Layers, Dropout, Patience, Seed, Device, Horizon, Cost, Folds, Resume];
        foreach (var option in options) command.Options.Add(option);
    }

    /// <exception cref="UsageException">An option is wrong; names it.</exception>
    public static TrainingPlan Plan(ParseResult parse)
    {
        var seed = parse.GetValue(Seed);
        if (seed < 0) throw new UsageException($"--seed {seed} is below 0");
        var plan = new TrainingPlan
        {
            DataFolder = parse.GetValue(DataFolder),
            DataFile = parse.GetValue(DataFile),
            SequenceLength = parse.GetValue(SequenceLength),
            Horizon = parse.GetValue(Horizon),
            CostBasisPoints = parse.GetValue(Cost),
            Folds = parse.GetValue(Folds),
            Fit = new()
            {
                Epochs = parse.GetValue(Epochs),
                LearningRate = parse.GetValue(LearningRate),
                BatchSize = parse.GetValue(BatchSize),
                Hidden = parse.GetValue(Hidden),
                Layers = parse.GetValue(Layers),
                Dropout = parse.GetValue(Dropout),
                Patience = parse.GetValue(Patience),
                Seed = (ulong)seed,
                Device = parse.GetValue(Device)!,
            },
        };
        return plan.Problem() is { } problem ? throw new UsageException(problem) : plan;
    }

    static Option<int> Number(string name, string description, int value) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    static Option<double> Fraction(string name, string description, double value) => new(name) { Description = description, HelpName = "X", DefaultValueFactory = _ => value };
}
