using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>What the page says about a change that was not possible.</summary>
static class Attempt
{
    /// <returns>One sentence; empty when all went well.</returns>
    public static async Task<string> OfAsync(Func<Task> action)
    {
        try
        {
            await action();
            return "";
        }
        catch (Exception problem) when (problem is NotAllowedException or AccountException or IOException)
        {
            return char.ToUpperInvariant(problem.Message[0]) + problem.Message[1..].TrimEnd('.') + ".";
        }
    }
}
