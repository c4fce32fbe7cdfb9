using EtradeBot.App.Broker;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>A connection that lives longer than a login: once the token is dead, each further try looks for one that a new login has left.</summary>
/// <remarks>Safe for several threads.</remarks>
sealed class LiveConnection(ConnectionRequest request) : IDisposable
{
    readonly Lock _gate = new();
    readonly List<ETradeConnection> _opened = [ETradeConnection.Open(request)];
    bool _isDead;

    public BrokerAccess Access => Current.Access;

    public double RequestsPerSecond => Current.Client.MarketRequestsPerSecond;

    ETradeConnection Current
    {
        get
        {
            lock (_gate) return _opened[^1];
        }
    }

    /// <exception cref="BrokerException">With what to do about it.</exception>
    public async Task<QuoteAnswer> QuotesAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken stop)
    {
        try
        {
            return await Alive().Client.QuotesAsync(symbols, QuoteDetail.All, stop).ConfigureAwait(false);
        }
        catch (BrokerException problem)
        {
            if (problem.Fault == BrokerFault.SessionExpired) lock (_gate) _isDead = true;
            throw BrokerRemedy.Add(problem, Access);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _opened) connection.Dispose();
    }

    ETradeConnection Alive()
    {
        lock (_gate)
        {
            if (!_isDead) return _opened[^1];
            // The old one stays until the end: others may still be waiting for its answers. There is one login a day.
            _opened.Add(ETradeConnection.Open(request));
            _isDead = false;
            return _opened[^1];
        }
    }
}
