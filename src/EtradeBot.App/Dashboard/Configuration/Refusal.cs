using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>What a page says when an action was refused or failed as actions may.</summary>
static class Refusal
{
    /// <returns>One sentence for the reader; empty when all went well. Anything unexpected goes on as an exception.</returns>
    public static async Task<string> OfAsync(Func<Task> action)
    {
        try
        {
            await action();
            return "";
        }
        catch (Exception problem) when (problem is NotAllowedException or UsageException or BrokerException or CandleDataException or StrategyException or IOException or UnauthorizedAccessException)
        {
            return Sentence(problem.Message);
        }
    }

    /// <summary>With a capital and a full stop; a file that is named first keeps its spelling.</summary>
    public static string Sentence(string text)
    {
        if (text.Length == 0) return "";
        var isFile = text.Split(' ')[0].TrimEnd(':').Contains('.', StringComparison.Ordinal);
        return (isFile ? text[..1] : text[..1].ToUpperInvariant()) + text[1..] + (text[^1] is '.' or '?' or '!' ? "" : ".");
    }
}
