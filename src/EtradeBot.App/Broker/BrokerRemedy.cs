using System.Globalization;
using System.Net.Sockets;
using EtradeBot.App.Settings;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Broker;

/// <summary>What to do about a failure, in the terms of this program: the commands and settings of the environment in use.</summary>
static class BrokerRemedy
{
    const string Login = "'etrade-bot login'";
    const string CheckKeys = " Check consumer key and secret";

    /// <summary>A simulator that is not there is said at once: the client would go on trying as it does with a broker that is down.</summary>
    /// <exception cref="BrokerException">Nothing listens where the simulator should be.</exception>
    public static void RequireSimulator(BrokerAccess access)
    {
        if (access is not { Environment: ETradeEnvironment.Simulator, Server: { IsLoopback: true } server }) return;
        try
        {
            using var probe = new TcpClient();
            probe.Connect(server.Host, server.Port);
        }
        catch (SocketException problem)
        {
            throw new BrokerException(BrokerFault.Unreachable, RequestFate.NotSent, $"{access.Answers} does not answer", problem);
        }
    }

    /// <summary>The same failure with the remedy in its message.</summary>
    public static BrokerException Add(BrokerException problem, BrokerAccess access) =>
        new(problem.Fault, problem.Fate, Words(problem, access), problem)
        {
            Code = problem.Code,
            HttpStatus = problem.HttpStatus,
            BrokerMessage = problem.BrokerMessage,
        };

    static string Words(BrokerException problem, BrokerAccess access)
    {
        var message = problem.Message;
        return problem.Fault switch
        {
            BrokerFault.SessionExpired when message.Contains(Login, StringComparison.Ordinal) => message.Replace(Login, $"'{access.LoginCommand}'", StringComparison.Ordinal),
            BrokerFault.SessionExpired => $"{Sentence(message)} Log in with '{access.LoginCommand}'.",
            BrokerFault.Unreachable when access.Environment == ETradeEnvironment.Simulator =>
                $"{Sentence(Before(message, " Check the network"))} Start the simulator in another terminal with '{Simulator(access)}'.",
            BrokerFault.NotAuthorized when message.Contains(CheckKeys, StringComparison.Ordinal) => $"{Before(message, CheckKeys)} {Keys(access)}",
            _ => message,
        };
    }

    static string Keys(BrokerAccess access) => access switch
    {
        { Keys: null } => "If the simulator was started with keys of its own, log in with them: --consumer-key K --consumer-secret S.",
        { Environment: ETradeEnvironment.Sandbox, Server: null } =>
            $"Check {SettingRule.SandboxConsumerKey} and {SettingRule.SandboxConsumerSecret}: the sandbox has keys of its own, and those for production do not work there.",
        { Environment: ETradeEnvironment.Production, Server: null } =>
            $"Check {SettingRule.ConsumerKey} and {SettingRule.ConsumerSecret}: production has keys of its own, and those for the sandbox do not work there.",
        _ => $"Check {SettingRule.ConsumerKey} and {SettingRule.ConsumerSecret}: they have to be those of {access.Answers}.",
    };

    static string Simulator(BrokerAccess access) => access.Server is { Port: not BrokerAccess.UsualPort } server
        ? string.Create(CultureInfo.InvariantCulture, $"./etrade-bot simulator --port {server.Port}")
        : "./etrade-bot simulator";

    static string Before(string text, string end) => text.IndexOf(end, StringComparison.Ordinal) is > 0 and var at ? text[..at] : text;

    static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
