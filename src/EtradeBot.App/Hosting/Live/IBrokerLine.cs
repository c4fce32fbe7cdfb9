using EtradeBot.App.Feeds.Live;
using EtradeBot.ETrade;

namespace EtradeBot.App.Hosting.Live;

/// <summary>A way to a broker that is open for calls.</summary>
interface IBrokerLine : IDisposable
{
    TradingMode Mode { get; }

    /// <summary>Who answers, in words.</summary>
    string Broker { get; }

    /// <summary>production, sandbox or simulator.</summary>
    string Feed { get; }

    ETradeClient Client { get; }

    /// <summary>In which calls and polls live: a simulator's runs faster where its market does.</summary>
    TimeProvider Time { get; }

    MarketClockKind Clock { get; }

    /// <summary>Exchange time where it is known without quotes; null elsewhere.</summary>
    DateTimeOffset? ExchangeNow { get; }

    /// <summary>Simulated seconds in a second, 0 while paused; 1 for real markets.</summary>
    double Speed { get; }

    /// <summary>When a person has to log in again; null when that goes by itself.</summary>
    DateTimeOffset? TokenEndsAt { get; }

    /// <summary>Where quotes come from: this line, unless orders are filled on paper.</summary>
    IBrokerLine Market => this;

    /// <summary>A call of <see cref="Client"/>, with a new login before it where that needs no person.</summary>
    /// <exception cref="EtradeBot.Brokers.BrokerException">With what to do about it.</exception>
    Task<T> CallAsync<T>(Func<ETradeClient, Task<T>> call);

    /// <summary>To be called every second or so: keeps state and login alive.</summary>
    void Tend();
}
