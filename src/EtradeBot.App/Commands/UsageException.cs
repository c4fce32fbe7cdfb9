namespace EtradeBot.App.Commands;

/// <summary>The command line or a setting is wrong: exit code 2. The message names it and the remedy.</summary>
sealed class UsageException(string message) : Exception(message);
