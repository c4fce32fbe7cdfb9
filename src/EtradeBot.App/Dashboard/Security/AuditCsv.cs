using System.Globalization;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>The audit log as a file for a spreadsheet.</summary>
static class AuditCsv
{
    public static async Task WriteAsync(HttpContext context)
    {
        IReadOnlyList<AuditEntry> entries;
        try
        {
            entries = context.RequestServices.GetRequiredService<UserDesk>().AuditFor(await context.RequestServices.GetRequiredService<ActorSource>().CurrentAsync()).Entries;
        }
        catch (NotAllowedException problem)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync(problem.Message);
            return;
        }
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"etrade-bot-audit.csv\"";
        await context.Response.WriteAsync("at,actor,action,detail\n");
        foreach (var entry in entries.Reverse())
            await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{entry.At:yyyy-MM-dd'T'HH:mm:ss'Z'},{Cell(entry.Actor)},{Cell(entry.Action)},{Cell(entry.Detail)}\n"));
    }

    /// <summary>Quoted; a cell that a spreadsheet would take for a formula gets an apostrophe.</summary>
    static string Cell(string text) => "\"" + (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "") + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
