namespace EtradeBot.App.Commands;

/// <summary>What the program returns to the shell.</summary>
static class ExitCode
{
    public const int Success = 0;

    /// <summary>The world failed (disk, network) or the program did.</summary>
    public const int Failure = 1;

    /// <summary>The command line or a setting is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Candle data are missing or cannot be used.</summary>
    public const int Data = 3;

    /// <summary>The broker, or the way to it, failed or refused; or a person has to log in first.</summary>
    public const int Broker = 4;

    /// <summary>128 + SIGINT, as shells count it.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
