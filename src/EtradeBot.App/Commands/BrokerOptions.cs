using System.CommandLine;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.App.Settings;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Commands;

/// <summary>The options of every command that talks to the broker, and how such a command runs.</summary>
static class BrokerOptions
{
    public static readonly Option<string?> Environment = CandleOptions.Choice("--env",
        "Whom to talk to: the simulator, E*TRADE's sandbox, or production with real accounts (default simulator, or the setting ETRADE_ENV).",
        "simulator", "sandbox", "production");

    public static readonly Option<string?> Account = new("--account")
    {
        Description = "Account: its number, its key or its last four digits (default the setting ETRADE_ACCOUNT_ID, else every active one).",
        HelpName = "A",
    };

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void AddTo(Command command)
    {
        command.Options.Add(Environment);
        command.Options.Add(CandleOptions.Data);
    }

    /// <exception cref="UsageException">A setting is unknown or wrong.</exception>
    public static ConnectionRequest Request(ParseResult parse)
    {
        var sources = SettingSources.OfThisProcess() with { StateFolder = parse.GetValue(CandleOptions.Data) };
        if (parse.GetValue(Environment) is { } environment)
            sources = sources with { CommandLine = new Dictionary<string, string> { [SettingRule.Environment] = environment } };
        var settings = BotSettings.Load(sources);
        return new ConnectionRequest(settings, parse.GetValue(CandleOptions.Data) ?? settings.DataFolder, TimeProvider.System) { Patience = Patience };
    }

    /// <summary>Runs a command over a connection that is logged in.</summary>
    /// <exception cref="BrokerException">With what to do about it.</exception>
    public static int Run(ParseResult parse, Func<ETradeConnection, Task<int>> work)
    {
        var request = Request(parse);
        return Explained(request, () =>
        {
            BrokerRemedy.RequireSimulator(BrokerAccess.Of(request.Settings));
            using var connection = ETradeConnection.Open(request);
            return work(connection).GetAwaiter().GetResult();
        });
    }

    /// <summary>Adds the remedy to whatever the broker refuses.</summary>
    public static int Explained(ConnectionRequest request, Func<int> work)
    {
        var access = BrokerAccess.Of(request.Settings);
        try
        {
            return work();
        }
        catch (BrokerException problem)
        {
            throw BrokerRemedy.Add(problem, access);
        }
    }

    /// <summary>The account of <see cref="Account"/> or of the settings, else every active one.</summary>
    /// <exception cref="UsageException">None fits, or several.</exception>
    public static async Task<IReadOnlyList<BrokerageAccount>> AccountsAsync(ParseResult parse, ETradeConnection connection)
    {
        var (given, usual) = (parse.GetValue(Account), Request(parse).Settings.AccountId);
        var accounts = await connection.Client.AccountsAsync().ConfigureAwait(false);
        return AccountChoice.ForReading(accounts, given ?? usual?.Reveal(), given is null ? SettingRule.AccountId : Account.Name);
    }

    /// <summary><c>SIMULATED quotes of the simulator at http://127.0.0.1:8600</c>: no table stands without it.</summary>
    public static void Heading(Output output, BrokerAccess access, string what) =>
        output.Line($"{access.Kind} {what} of {access.Answers}", access.Environment == ETradeEnvironment.Production ? Tone.Bad : Tone.Warning);

    /// <summary>One JSON object that begins with where its values come from.</summary>
    public static void WriteJson(Output output, BrokerAccess access, Action<Utf8JsonWriter> write) => output.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("environment", access.Name);
        json.WriteString("server", access.Server?.AbsoluteUri.TrimEnd('/'));
        write(json);
        json.WriteEndObject();
    });

    /// <summary>An array <c>accounts</c> with an object for each.</summary>
    public static void WriteAccounts<T>(Utf8JsonWriter json, IEnumerable<(BrokerageAccount Account, T Content)> accounts, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray("accounts");
        foreach (var (account, content) in accounts)
        {
            json.WriteStartObject();
            json.WriteString("account_number", account.Number);
            json.WriteString("account_key", account.Key);
            write(json, content);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
