using EtradeBot.App.Settings;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Broker;

public class BrokerRemedyTests
{
    const string WrongKey = "Could not begin the login: the broker does not accept the consumer key. Check consumer key and secret in the settings.";

    static readonly BrokerAccess Simulator = new(ETradeEnvironment.Simulator, new Uri("http://127.0.0.1:8600"), null);
    static readonly KeyPair Keys = new(new Secret("k"), new Secret("s"));
    static readonly BrokerAccess Sandbox = new(ETradeEnvironment.Sandbox, null, Keys);
    static readonly BrokerAccess Live = new(ETradeEnvironment.Production, null, Keys);

    [Fact]
    public void A_dead_login_names_the_command_of_the_environment()
    {
        Assert.Equal("it is over. Log in with './etrade-bot login --env production'.", Words(BrokerFault.SessionExpired, "it is over", Live));
        Assert.Equal("Over. Run './etrade-bot login --env sandbox'.", Words(BrokerFault.SessionExpired, "Over. Run 'etrade-bot login'.", Sandbox));
    }

    [Fact]
    public void A_simulator_that_is_gone_is_to_be_started_where_it_was_expected()
    {
        const string lost = "Could not list the accounts: no connection to the broker. Check the network connection of this machine.";
        Assert.Equal("Could not list the accounts: no connection to the broker. Start the simulator in another terminal with './etrade-bot simulator'.", Words(BrokerFault.Unreachable, lost, Simulator));
        Assert.EndsWith("'./etrade-bot simulator --port 8700'.", Words(BrokerFault.Unreachable, lost, Simulator with { Server = new Uri("http://127.0.0.1:8700") }), StringComparison.Ordinal);
        Assert.Equal(lost, Words(BrokerFault.Unreachable, lost, Live));
    }

    [Fact]
    public void A_wrong_key_names_the_settings_that_hold_it()
    {
        Assert.Contains("ETRADE_CONSUMER_KEY and ETRADE_CONSUMER_SECRET: production has keys of its own", Words(BrokerFault.NotAuthorized, WrongKey, Live), StringComparison.Ordinal);
        Assert.Contains("ETRADE_SANDBOX_CONSUMER_KEY and ETRADE_SANDBOX_CONSUMER_SECRET: the sandbox has keys of its own", Words(BrokerFault.NotAuthorized, WrongKey, Sandbox), StringComparison.Ordinal);
        Assert.EndsWith("--consumer-key K --consumer-secret S.", Words(BrokerFault.NotAuthorized, WrongKey, Simulator), StringComparison.Ordinal);
        Assert.EndsWith("they have to be those of the simulator at http://127.0.0.1:8600.", Words(BrokerFault.NotAuthorized, WrongKey, Simulator with { Keys = Keys }), StringComparison.Ordinal);
        Assert.EndsWith("they have to be those of the server at http://127.0.0.1:8600.", Words(BrokerFault.NotAuthorized, WrongKey, Live with { Server = Simulator.Server }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_client_says_of_clocks_and_refusals_stays_as_it_is()
    {
        const string clock = "The broker refuses the time of the request. Set the clock of this machine right.";
        Assert.Equal(clock, Words(BrokerFault.NotAuthorized, clock, Live));
        Assert.Equal("no", Words(BrokerFault.Refused, "no", Simulator));
    }

    [Fact]
    public void The_failure_keeps_its_facts()
    {
        var problem = BrokerRemedy.Add(new BrokerException(BrokerFault.Refused, RequestFate.Unknown, "m") { Code = 7, HttpStatus = 400, BrokerMessage = "b" }, Live);
        Assert.Equal((BrokerFault.Refused, RequestFate.Unknown, 7, 400, "b"), (problem.Fault, problem.Fate, problem.Code, problem.HttpStatus, problem.BrokerMessage));
    }

    static string Words(BrokerFault fault, string message, BrokerAccess access) => BrokerRemedy.Add(new BrokerException(fault, RequestFate.Refused, message), access).Message;
}
