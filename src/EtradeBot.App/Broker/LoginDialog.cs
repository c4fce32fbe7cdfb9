using EtradeBot.App.Commands;
using EtradeBot.App.Reports;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Broker;

/// <summary>How the code of the login page gets here.</summary>
enum CodeSource
{
    /// <summary>A person reads it from the page, opened in the browser, and types it.</summary>
    Browser,

    /// <summary>A person or a script opens the page by itself and types it.</summary>
    Typed,

    /// <summary>Read from the simulator's page.</summary>
    Page,
}

/// <summary>Walks through the daily login in a terminal, or with a script at the other end of the pipes.</summary>
sealed class LoginDialog(ETradeConnection connection, Output output, TextReader input)
{
    const int Tries = 3;

    static readonly Column[] Columns = [Column.Text("account"), Column.Text("name"), Column.Text("type"), Column.Text("status")];

    /// <exception cref="BrokerException">The broker refuses the key, the code or the clock, or does not answer.</exception>
    /// <exception cref="UsageException">No code came.</exception>
    public async Task LogInAsync(CodeSource source)
    {
        var session = connection.Client.Session;
        var request = await session.BeginLoginAsync().ConfigureAwait(false);
        output.Line($"{connection.Access.Kind} login at {connection.Access.Answers}, valid for the rest of the day. Open this page, log in, accept, and copy the code that it shows:");
        output.Line(request.AuthorizeUrl.AbsoluteUri);
        if (source == CodeSource.Browser && !Browser.Open(request.AuthorizeUrl)) output.Line("(No browser could be started here: open the page yourself.)", Tone.Faint);
        var code = source == CodeSource.Page ? await AuthorizePage.ReadCodeAsync(request.AuthorizeUrl).ConfigureAwait(false) : ReadCode(request);
        await session.CompleteLoginAsync(request, code).ConfigureAwait(false);
        await ProveAsync("Logged in").ConfigureAwait(false);
    }

    /// <summary>Wakes the token after two hours without a call.</summary>
    /// <exception cref="BrokerException">It is dead: a person has to log in.</exception>
    public async Task RenewAsync()
    {
        await connection.Client.Session.RenewAsync().ConfigureAwait(false);
        await ProveAsync("Renewed the login").ConfigureAwait(false);
    }

    string ReadCode(LoginRequest request)
    {
        output.Line($"Type the code here and press Enter (until {BrokerCells.NewYork(request.ExpiresAt)[11..]} New York time, in five minutes):");
        for (var left = Tries - 1; ; left--)
        {
            if (input.ReadLine() is not { } line) throw new UsageException("the input ended before a code came: nobody is logged in. Open the page, and type its code or pipe it in");
            if (CouldBeCode(line.Trim())) return line.Trim();
            if (left == 0) throw new UsageException("no code came in three tries: nobody is logged in. Run login again for a new page");
            output.Line($"That is no code: it has 4 to 32 letters and digits, such as WXYZ89. {Display.Count(left, "try", "tries")} left:");
        }
    }

    /// <summary>Only what cannot be a code is stopped here: a wrong one spends the page.</summary>
    internal static bool CouldBeCode(string text) => text.Length is >= 4 and <= 32 && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>A token counts once a call has gone through with it.</summary>
    async Task ProveAsync(string done)
    {
        var accounts = await connection.Client.AccountsAsync().ConfigureAwait(false);
        var until = connection.Client.Session.ExpiresAt;
        output.Line($"{done}: {connection.Access.Kind}, {connection.Access.Answers}, until midnight New York time ({BrokerCells.NewYork(until)[..16]}).", Tone.Good);
        if (accounts.Count == 0) output.Line("This login has no brokerage account.", Tone.Warning);
        else output.Table(Columns, [.. accounts.Select(Cells)]);
    }

    static string[] Cells(BrokerageAccount account) =>
    [
        AccountChoice.Masked(account.Number), account.Name.Length > 0 ? account.Name : account.Description,
        account.Mode.Length > 0 ? account.Mode : account.Type, account.IsActive ? "active" : "closed",
    ];
}
