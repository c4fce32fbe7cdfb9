using System.Runtime.InteropServices;
using System.Text.Json;
using EtradeBot.Learning.Files;
using EtradeBot.Learning.Plans;
using EtradeBot.Market;
using EtradeBot.Training.Pipeline;

namespace EtradeBot.Training;

/// <summary>The training process: takes a plan, says <see cref="TrainingEvent"/>s, and leaves a model in a folder. People start it through 'etrade-bot train'.</summary>
static class TrainingProgram
{
    const string Usage = "usage: etrade-bot-train OUT PLAN [--stop-with-stdin], where OUT is the folder of models and PLAN a training plan as JSON, or 'resume'";

    /// <returns>0 done, 1 failed, 2 the plan is wrong, 3 candles, 130 stopped (the checkpoint is kept).</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            if (args is not [var models, var plan, .. var options] || options is not ([] or ["--stop-with-stdin"])) throw new UsageException(Usage);
            using var stop = new CancellationTokenSource();
            using var interrupt = StopAt(PosixSignal.SIGINT, stop);
            using var terminate = StopAt(PosixSignal.SIGTERM, stop);
            if (options.Length > 0) StopWithStandardInput(stop);
            Train(models, plan, Say, stop.Token);
            return 0;
        }
        catch (Exception problem)
        {
            var (message, code) = problem switch
            {
                UsageException => (problem.Message, 2),
                CandleDataException => (problem.Message, 3),
                OperationCanceledException => ("training stopped; continue it with --resume", 130),
                TrainingException or ModelFileException or IOException or UnauthorizedAccessException => (problem.Message, 1),
                _ => ($"unexpected: {problem}", 1),
            };
            error.WriteLine(message);
            return code;
        }

        void Say(TrainingEvent what)
        {
            output.WriteLine(what.ToJson());
            output.Flush();
        }
    }

    static void Train(string models, string plan, Action<TrainingEvent> say, CancellationToken stop)
    {
        Directory.CreateDirectory(models);
        using var folder = new RunFolder(models);
        if (plan != "resume") folder.Begin(Checked(plan));
        var run = new TrainingRun(Ready(folder.Plan()), folder, say, TimeProvider.System);
        var card = run.Run(stop).Save(models);
        folder.Finish();
        say(new() { Stage = "done", Card = card });
    }

    static TrainingPlan Checked(string json)
    {
        try
        {
            var plan = TrainingPlan.FromJson(json);
            return plan.Problem() is { } problem ? throw new UsageException(problem) : plan;
        }
        catch (JsonException problem)
        {
            throw new UsageException($"the plan is no JSON of a plan: {problem.Message}");
        }
    }

    static TrainingPlan Ready(TrainingPlan plan) =>
        plan.Fit.Device != "cuda" || TorchSharp.torch.cuda.is_available() ? plan
            : throw new TrainingException("--device cuda: the PyTorch libraries of this build run on the CPU only; use --device cpu");

    static PosixSignalRegistration StopAt(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        // The epoch under way is dropped, the process ends by itself.
        context.Cancel = true;
        stop.Cancel();
    });

    /// <summary>Whoever started this process and died leaves its end of the pipe closed.</summary>
    static void StopWithStandardInput(CancellationTokenSource stop) => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
            // Nothing is said to this process; only the end counts.
        }
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The training ended first.
        }
    })
    { IsBackground = true }.Start();

    sealed class UsageException(string message) : Exception(message);
}
