using EtradeBot.App.Broker;
using EtradeBot.App.Feeds.Live;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Hosting.Live;

/// <summary>A broker beyond this process, with the token that <c>etrade-bot login</c> has kept.</summary>
/// <remarks>The session calls every minute at least, so that the token never falls asleep; the client wakes one that did.</remarks>
sealed class RemoteLine(ConnectionRequest request) : IBrokerLine
{
    readonly ETradeConnection _connection = Open(request);

    public TradingMode Mode => Access.Environment switch
    {
        ETradeEnvironment.Simulator => TradingMode.Simulated,
        ETradeEnvironment.Sandbox => TradingMode.Sandbox,
        _ => TradingMode.Live,
    };

    public string Broker => Access.Answers;

    public string Feed => Access.Name;

    public ETradeClient Client => _connection.Client;

    public TimeProvider Time => request.Time;

    public MarketClockKind Clock => Access.Environment == ETradeEnvironment.Simulator ? MarketClockKind.Quotes : MarketClockKind.Machine;

    public DateTimeOffset? ExchangeNow => null;

    public double Speed => 1;

    public DateTimeOffset? TokenEndsAt => Client.Session.ExpiresAt;

    BrokerAccess Access => _connection.Access;

    public async Task<T> CallAsync<T>(Func<ETradeClient, Task<T>> call)
    {
        try
        {
            return await call(Client).ConfigureAwait(false);
        }
        catch (BrokerException problem)
        {
            throw BrokerRemedy.Add(problem, Access);
        }
    }

    public void Tend()
    {
    }

    public void Dispose() => _connection.Dispose();

    static ETradeConnection Open(ConnectionRequest request)
    {
        try
        {
            return ETradeConnection.Open(request);
        }
        catch (BrokerException problem)
        {
            throw BrokerRemedy.Add(problem, BrokerAccess.Of(request.Settings));
        }
    }
}
