using System.Runtime.InteropServices;

namespace EtradeBot.App.Commands;

/// <summary>What is put in order when the user stops the program (Ctrl-C, SIGTERM) before it ends with exit code 130 or 143.</summary>
/// <remarks>
/// The signal handlers are installed with the first clean-up. Until then the system's own handling ends the process,
/// which a shell reports with the same codes, and a command that writes nothing does not pay for them.
/// A command that ends in order by itself says so first: its files are whole when it has ended, and nothing may end it before.
/// </remarks>
static class Interruption
{
    static readonly List<Action> CleanUps = [];
    static PosixSignalRegistration[] Handlers = [];
    static volatile bool IsLeftToCommand;

    /// <summary>Held while files are put in place, and for good once the program is stopping: then nothing is put in place any more.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>The command that runs ends in order when it is asked to: from here on no signal ends the program past it.</summary>
    public static void LeaveToCommand() => IsLeftToCommand = true;

    /// <summary>Runs <paramref name="cleanUp"/> when the program is stopped before the returned value is disposed.</summary>
    public static IDisposable OnStop(Action cleanUp)
    {
        lock (Gate)
        {
            if (Handlers.Length == 0 && !IsLeftToCommand)
                Handlers = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];
            CleanUps.Add(cleanUp);
        }
        return new Registration(cleanUp);
    }

    static void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (IsLeftToCommand) return;
        // Never released: a thread about to put a file in place waits here until the process is gone.
        Gate.Enter();
        foreach (var cleanUp in CleanUps) cleanUp();
        Environment.Exit(context.Signal == PosixSignal.SIGINT ? ExitCode.Interrupted : ExitCode.Terminated);
    }

    sealed class Registration(Action cleanUp) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate) CleanUps.Remove(cleanUp);
        }
    }
}
