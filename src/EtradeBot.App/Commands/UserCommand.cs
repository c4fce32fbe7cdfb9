using System.CommandLine;
using System.Text;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot user</c>: who may log in to the dashboard. Whoever may write the state folder may do this: it is the way back for a locked-out owner.</summary>
static class UserCommand
{
    static readonly Argument<string> Name = new("NAME") { Description = "Name to log in with." };
    static readonly Option<string> RoleName = new("--role") { Description = "What the user may do: viewer (look), trader (orders, backtests) or admin (settings, users).", HelpName = "ROLE", DefaultValueFactory = _ => "viewer" };
    static readonly Option<string?> State = new("--data") { Description = "Folder for state and stores (default: ETRADE_BOT_DATA, else data).", HelpName = "DIR", Recursive = true };

    public static Command Create()
    {
        var add = new Command("add", "Add a user; asks for the password, or reads it from standard input. The first turns the login on.") { Name, RoleName };
        add.SetAction(Add);
        var list = new Command("list", "Show the users.");
        list.SetAction(List);
        var remove = new Command("remove", "Remove a user and end the sessions. Without any user no login is demanded on this machine.") { Name };
        remove.SetAction(Remove);
        var reset = new Command("reset", "Give a user a new password, turn the second factor off and end the sessions.") { Name };
        reset.SetAction(Reset);
        return new Command("user", "Who may log in to the dashboard.") { add, list, remove, reset, State };
    }

    static int Add(ParseResult parse) => Run(parse, accounts =>
    {
        var role = parse.GetValue(RoleName)!;
        if (!Enum.TryParse<Role>(role, ignoreCase: true, out var parsed) || !char.IsLetter(role[0])) throw new UsageException($"--role {role} is no role: use viewer, trader or admin");
        var password = PasswordInput.Read();
        Note(parse, "user.add", $"{parse.GetValue(Name)} as {parsed.ToString().ToLowerInvariant()}");
        accounts.AddAsync(parse.GetValue(Name)!, parsed, password).GetAwaiter().GetResult();
        return $"{parse.GetValue(Name)} may log in as {parsed.ToString().ToLowerInvariant()}.";
    });

    static int Remove(ParseResult parse) => Run(parse, accounts =>
    {
        var name = Known(parse);
        Note(parse, "user.remove", name);
        accounts.RemoveAsync(name).GetAwaiter().GetResult();
        return new UserDirectory(Folder(parse)).DemandsLogin ? $"{name} is gone." : $"{name} is gone; nobody is left, so no login is demanded on this machine.";
    });

    static int Reset(ParseResult parse) => Run(parse, accounts =>
    {
        var name = Known(parse);
        var password = PasswordInput.Read();
        Note(parse, "user.reset", name);
        accounts.SetPasswordAsync(name, password, SecondFactor.Removed).GetAwaiter().GetResult();
        return $"{name} has a new password and no second factor; sessions have ended.";
    });

    static int List(ParseResult parse)
    {
        var users = new UserDirectory(Folder(parse)).Users;
        var output = Output.Of(parse);
        if (users.Count == 0) output.Line("No users: on this machine everybody is admin without a login. 'etrade-bot user add NAME --role admin' adds the first.");
        else output.Table([Column.Text("name"), Column.Text("role"), Column.Text("second factor")], [.. users.Select(user => new[] { user.Name, user.Role.ToString().ToLowerInvariant(), user.HasTotp ? "on" : "off" })]);
        return ExitCode.Success;
    }

    static int Run(ParseResult parse, Func<UserAccounts, string> work)
    {
        try
        {
            using var accounts = new UserAccounts(Folder(parse), TimeProvider.System);
            var answer = work(accounts);
            Output.Of(parse).Line(answer, Tone.Good);
            return ExitCode.Success;
        }
        catch (AccountException problem)
        {
            throw new UsageException(problem.Message);
        }
    }

    static void Note(ParseResult parse, string action, string detail) => new AuditLog(Folder(parse), TimeProvider.System).Write("command line", action, detail);

    /// <summary>Asked before a password is typed, and before a file is made for nobody.</summary>
    static string Known(ParseResult parse)
    {
        var name = parse.GetValue(Name)!;
        return new UserDirectory(Folder(parse)).FindByName(name)?.Name ?? throw new UsageException($"there is no user {name}: 'etrade-bot user list' shows who there is");
    }

    static string Folder(ParseResult parse) => parse.GetValue(State) ?? BotSettings.Load(SettingSources.OfThisProcess()).DataFolder;
}

/// <summary>A password from the keyboard, unseen, or from standard input: never from the command line, which every process may read.</summary>
static class PasswordInput
{
    public static string Read()
    {
        if (Console.IsInputRedirected) return Console.In.ReadLine() ?? throw new UsageException("no password came from standard input: give it as the first line");
        var password = Ask("Password: ");
        return Ask("Again: ") == password ? password : throw new UsageException("the two passwords differ: try again");
    }

    static string Ask(string words)
    {
        Console.Error.Write(words);
        var text = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace) text.Length = Math.Max(0, text.Length - 1);
            else if (!char.IsControl(key.KeyChar)) text.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return text.ToString();
    }
}
