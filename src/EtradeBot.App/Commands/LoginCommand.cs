using System.CommandLine;
using EtradeBot.App.Broker;
using EtradeBot.App.Settings;
using EtradeBot.ETrade;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot login</c>: the daily login.</summary>
static class LoginCommand
{
    static readonly Option<bool> NoBrowser = new("--no-browser") { Description = "Do not open the login page in a browser." };
    static readonly Option<bool> Auto = new("--auto") { Description = "Simulator only: accept its page and read the code without a person." };
    static readonly Option<bool> Renew = new("--renew") { Description = "Wake today's login after two hours without a call, instead of logging in." };
    static readonly Option<string?> ConsumerKey = new("--consumer-key") { Description = "Simulator only: the key that it was started with; kept with the login.", HelpName = "K" };
    static readonly Option<string?> ConsumerSecret = new("--consumer-secret") { Description = "Simulator only: the secret that goes with the key.", HelpName = "S" };

    public static Command Create()
    {
        var command = new Command("login", "Log in for the day: prints the page to open, reads the code that it shows from standard input.") { NoBrowser, Auto, Renew, ConsumerKey, ConsumerSecret };
        BrokerOptions.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var request = BrokerOptions.Request(parse) with { GivenKeys = GivenKeys(parse) };
        var (isAuto, isRenewal) = (parse.GetValue(Auto), parse.GetValue(Renew));
        if (isRenewal && (isAuto || request.GivenKeys is not null)) throw new UsageException("--renew goes on with today's login: leave out --auto and the keys");
        var output = Output.Of(parse);
        return BrokerOptions.Explained(request, () =>
        {
            // Settings are judged before anything is asked of a server.
            using var connection = isRenewal ? ETradeConnection.Open(request) : ETradeConnection.OpenForLogin(request);
            if (isAuto && connection.Access.Environment != ETradeEnvironment.Simulator)
                throw new UsageException($"--auto is for the simulator only: a person has to log in to {connection.Access.Answers}");
            BrokerRemedy.RequireSimulator(connection.Access);
            var dialog = new LoginDialog(connection, output, Console.In);
            (isRenewal ? dialog.RenewAsync() : dialog.LogInAsync(SourceOf(parse, output))).GetAwaiter().GetResult();
            if (!isRenewal) output.Line($"Kept, encrypted, in {connection.TokenFile}");
            return ExitCode.Success;
        });
    }

    static CodeSource SourceOf(ParseResult parse, Output output) =>
        parse.GetValue(Auto) ? CodeSource.Page
        : output.IsTerminal && !parse.GetValue(NoBrowser) && Browser.IsThere(Environment.GetEnvironmentVariable) ? CodeSource.Browser
        : CodeSource.Typed;

    static KeyPair? GivenKeys(ParseResult parse) => (parse.GetValue(ConsumerKey), parse.GetValue(ConsumerSecret)) switch
    {
        (null, null) => null,
        ({ Length: > 0 } key, { Length: > 0 } secret) => new KeyPair(new Secret(key), new Secret(secret)),
        _ => throw new UsageException("--consumer-key and --consumer-secret belong together: give both"),
    };
}
