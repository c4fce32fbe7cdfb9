using System.CommandLine;
using EtradeBot.App.Broker;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Brokers;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot logout</c>: ends the login of the day.</summary>
static class LogoutCommand
{
    public static Command Create()
    {
        var command = new Command("logout", "End today's login at the broker and delete what is kept of it.");
        BrokerOptions.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var request = BrokerOptions.Request(parse);
        var access = BrokerAccess.Of(request.Settings);
        var output = Output.Of(parse);
        var store = new TokenStore(request.StateFolder, request.Time);
        var isKept = File.Exists(store.PathOf(access.Session));
        if (!isKept && request.Settings.OAuthToken is null)
        {
            output.Line($"Not logged in to {access.Answers}: nothing to do.");
            return ExitCode.Success;
        }
        return BrokerOptions.Explained(request, () => Revoke(request, store, output));
    }

    static int Revoke(ConnectionRequest request, TokenStore store, Output output)
    {
        var access = BrokerAccess.Of(request.Settings);
        var isOfSettings = request.Settings.OAuthToken is not null;
        try
        {
            using var connection = ETradeConnection.Open(request);
            connection.Client.Session.RevokeAsync().GetAwaiter().GetResult();
            output.Line($"Logged out of {access.Answers}.", Tone.Good);
        }
        catch (BrokerException problem) when (problem.Fault == BrokerFault.SessionExpired)
        {
            output.Line($"Logged out of {access.Answers}; the login was over already.", Tone.Good);
        }
        catch (BrokerException problem)
        {
            throw new BrokerException(problem.Fault, problem.Fate, $"{(isOfSettings ? "" : "the login is forgotten here, but ")}the broker may keep it until midnight New York time: {problem.Message}", problem);
        }
        finally
        {
            // Whatever the broker answers, nobody goes on with this token from here.
            if (!isOfSettings) store.Delete(access.Session);
        }
        if (isOfSettings) output.Line($"Remove {SettingRule.OAuthToken} and {SettingRule.OAuthTokenSecret} from .env and the environment.", Tone.Warning);
        return ExitCode.Success;
    }
}
