using System.Diagnostics;
using System.Globalization;
using System.Text;
using EtradeBot.Learning.Plans;
using EtradeBot.Market;

namespace EtradeBot.Training;

/// <summary>The real training process over candle files of a temporary folder.</summary>
sealed class Trainer : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("etrade-bot-train").FullName;

    public string Models => Path.Combine(Folder, "models");

    public TrainingPlan Plan => new() { DataFolder = Path.Combine(Folder, "candles"), SequenceLength = 5, Folds = 2, CostBasisPoints = 10, Fit = new() { Hidden = 8, Epochs = 4, BatchSize = 128, LearningRate = 1e-2, Patience = 10 } };

    /// <summary>Daily candles whose every move is drawn; with a signal, two moves of one direction are followed by a rise and others by a fall, that much more often than not: a rule that no straight line sees.</summary>
    public void WriteCandles(string symbol, int count, double signal, ulong seed)
    {
        var draws = new SeededRandom(seed);
        var text = new StringBuilder("Date,Open,High,Low,Close,Volume\n");
        var day = new DateOnly(2000, 1, 3);
        var (price, moves) = (100.0, new List<double>());
        for (var i = 0; i < count; i++, day = MarketCalendar.Nyse.NextSession(day))
        {
            var size = 0.005 + (0.01 * draws.NextDouble());
            var follows = draws.NextDouble() < 0.5 + (signal / 2);
            var sign = i < 2 ? 1 : Math.Sign(moves[i - 1] * moves[i - 2]) * (follows ? 1 : -1);
            moves.Add(sign * size);
            var open = price;
            price *= 1 + (sign * size);
            text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{open:F4},{Math.Max(open, price) * 1.001:F4},{Math.Min(open, price) * 0.999:F4},{price:F4},{1000 + (int)(draws.NextDouble() * 1000)}\n");
        }
        Directory.CreateDirectory(Plan.DataFolder!);
        File.WriteAllText(Path.Combine(Plan.DataFolder!, symbol + ".csv"), text.ToString());
    }

    /// <summary>Runs it to its end.</summary>
    public (int ExitCode, List<TrainingEvent> Events, string Error) Run(string models, string plan)
    {
        using var process = Start(models, plan);
        var error = process.StandardError.ReadToEndAsync();
        var events = new List<TrainingEvent>();
        while (process.StandardOutput.ReadLine() is { } line) events.Add(TrainingEvent.Parse(line) ?? throw new InvalidOperationException(line));
        process.WaitForExit();
        return (process.ExitCode, events, error.Result);
    }

    public static Process Start(string models, string plan)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "etrade-bot-train.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, models, plan]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
