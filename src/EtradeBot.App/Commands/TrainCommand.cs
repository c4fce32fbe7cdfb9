using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Hosting.Learning;
using EtradeBot.Learning.Judgement;
using EtradeBot.Learning.Plans;
using EtradeBot.Learning.Registry;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot train</c>: trains a model in a process of its own and shows what it is worth.</summary>
static class TrainCommand
{
    static readonly Column[] Columns =
    [
        Column.Text(""), Column.Number("up/down log-loss"), Column.Number("log-loss"), Column.Number("accuracy"), Column.Number("balanced"), Column.Number("Brier"), Column.Number("AUC"), Column.Number("rank IC"),
    ];

    public static Command Create()
    {
        var command = new Command("train", "Train a model on candles and judge it by walk-forward beside what it has to beat.");
        TrainOptions.AddTo(command);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        // Ctrl-C waits for the command's end only once its task is known, that is after the first pause.
        await Task.Yield();
        var models = parse.GetValue(TrainOptions.Out)!;
        var plan = parse.GetValue(TrainOptions.Resume) ? null : TrainOptions.Plan(parse);
        var output = Output.Of(parse);
        try
        {
            var card = await TrainAsync(new(TrainerProcess.Find(), models), plan, parse, stop);
            if (!parse.GetValue(CandleOptions.Json)) Print(output, card);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            await parse.InvocationConfiguration.Error.WriteLineAsync($"etrade-bot: stopped; the last whole epoch is kept. Go on with: etrade-bot train --resume --out {models}");
            return ExitCode.Interrupted;
        }
    }

    static async Task<string> TrainAsync(TrainerProcess trainer, TrainingPlan? plan, ParseResult parse, CancellationToken stop)
    {
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) return await trainer.RunAsync(plan, what => output.Text(what.ToJson() + "\n"), stop);
        if (!output.IsTerminal) return await trainer.RunAsync(plan, what => output.Line(Words(what)), stop);
        var notes = new List<string>();
        var card = output.Progress(tell => trainer.RunAsync(plan, what =>
        {
            if (what.Note is { } note) notes.Add(note);
            tell(Words(what), Fraction(what));
        }, stop).GetAwaiter().GetResult());
        foreach (var note in notes) output.Line(note, Tone.Faint);
        return card;
    }

    static string Words(TrainingEvent what)
    {
        var culture = CultureInfo.InvariantCulture;
        if (what.Note is { } note) return note;
        if (what.Epoch is null) return what.Stage;
        var left = TimeSpan.FromSeconds(what.SecondsLeft ?? 0);
        return string.Create(culture, $"{what.Stage}, epoch {what.Epoch} of {what.Epochs}: loss {what.TrainLoss:0.0000}, validation {what.ValidationLoss:0.0000}, at most {(int)left.TotalMinutes}:{left.Seconds:00} left");
    }

    /// <summary>Of the whole training, taking every epoch as needed.</summary>
    static double Fraction(TrainingEvent what) =>
        what is { Network: { } network, Networks: { } networks, Epoch: { } epoch, Epochs: { } epochs } ? (network - 1 + ((double)epoch / epochs)) / networks : 0;

    static void Print(Output output, string path)
    {
        var card = ModelCard.Read(path);
        output.Line();
        output.Line("Walk-forward, on candles that were not learned from; 95 % intervals:");
        output.Table(Columns, [.. card.Scores.Select(Row)]);
        output.Line(card.Verdict.Words, card.Verdict.Edge ? Tone.Good : Tone.Warning);
        output.Line($"Saved {Path.ChangeExtension(path, ".pth")} with its .onnx and .json; trained to {card.TrainedTo:yyyy-MM-dd}.", Tone.Faint);
    }

    static string[] Row(ScoreRow row) => [row.Name, Cell(row.Direction), Cell(row.LogLoss), Cell(row.Accuracy), Cell(row.BalancedAccuracy), Cell(row.Brier), Cell(row.Auc), Cell(row.RankIc)];

    static string Cell(Score score) => string.Create(CultureInfo.InvariantCulture, $"{score.Value:0.0000} ({score.Low:0.0000} to {score.High:0.0000})");
}
