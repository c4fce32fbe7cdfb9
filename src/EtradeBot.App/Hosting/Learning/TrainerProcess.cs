using System.Diagnostics;
using EtradeBot.App.Commands;
using EtradeBot.Learning.Plans;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Learning;

/// <summary>A training in a process of its own: PyTorch stays out of this one, and trading is never delayed by it.</summary>
/// <param name="program">The trainer; see <see cref="Find"/>.</param>
/// <param name="models">Folder that the model goes into, and that holds the checkpoints until then.</param>
sealed class TrainerProcess(string program, string models)
{
    /// <summary>Names another trainer than the one beside the program.</summary>
    public const string Variable = "ETRADE_BOT_TRAINER";

    const string FileName = "etrade-bot-train.dll";

    /// <summary>A process that was asked to stop ends after its batch; one that does not is stuck.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The trainer of the environment, of the installation, or of the repository that this program was built in.</summary>
    /// <exception cref="IOException">There is none; says how to get it.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new IOException($"{Variable} names {named}, which does not exist");
        var places = new List<string> { Path.Combine(AppContext.BaseDirectory, "training", FileName) };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EtradeBot.slnx"))) places.Add(Path.Combine(folder.FullName, "artifacts", "bin", "EtradeBot.Training", "release", FileName));
        return places.FirstOrDefault(File.Exists)
            ?? throw new IOException($"the training program is not built: run './etrade-bot train' from the sources, or set {Variable} to {FileName}");
    }

    /// <param name="plan">Null: continues the training that was stopped in the folder.</param>
    /// <param name="tell">Takes each event, in order, on another thread.</param>
    /// <returns>The path of the saved model's card.</returns>
    /// <exception cref="OperationCanceledException">Stopped; the checkpoint of the last whole epoch is kept.</exception>
    /// <exception cref="UsageException">The plan is wrong.</exception>
    /// <exception cref="CandleDataException">The candles cannot be used.</exception>
    /// <exception cref="IOException">Training failed; the message is the process's own.</exception>
    public async Task<string> RunAsync(TrainingPlan? plan, Action<TrainingEvent> tell, CancellationToken stop)
    {
        using var process = Start(plan);
        // Its end of input is the sign to stop, which also comes when this process dies.
        using var stopping = stop.Register(process.StandardInput.Close);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string? card = null;
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (TrainingEvent.Parse(line) is not { } what) continue;
            card = what.Card ?? card;
            tell(what);
        }
        await EndAsync(process);
        var message = (await error).Trim();
        return process.ExitCode switch
        {
            ExitCode.Success when card is not null => card,
            ExitCode.Usage => throw new UsageException(message),
            ExitCode.Data => throw new CandleDataException(message),
            ExitCode.Interrupted => throw new OperationCanceledException(message, stop),
            _ => throw new IOException(message.Length > 0 ? message : $"the training process ended with code {process.ExitCode}"),
        };
    }

    Process Start(TrainingPlan? plan)
    {
        var isLibrary = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        string[] arguments = [models, plan?.ToJson() ?? "resume", "--stop-with-stdin"];
        var start = new ProcessStartInfo(isLibrary ? "dotnet" : program, isLibrary ? [program, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new IOException($"cannot start {program}");
        if (!OperatingSystem.IsWindows()) LowerPriority(process);
        return process;
    }

    /// <summary>Whatever trades comes first.</summary>
    static void LowerPriority(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception problem) when (problem is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already, or the system does not allow it: training goes on as it is.
        }
    }

    static async Task EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
