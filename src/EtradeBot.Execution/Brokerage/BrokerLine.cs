using EtradeBot.ETrade;

namespace EtradeBot.Execution.Brokerage;

/// <summary>The account that is traded, and the way to it.</summary>
/// <param name="Account">Tells accounts apart without naming them.</param>
public sealed record BrokerLine(ETradeClient Client, string AccountKey, string Account, TradingMode Mode)
{
    /// <summary>How many times as fast as this machine's the market's time goes: 1 but for a simulated one.</summary>
    public Func<double> Speed { get; init; } = () => 1;

    /// <summary>The sandbox answers with stored orders: whatever it says fits nothing that was asked.</summary>
    public bool IsStored => Mode == TradingMode.Sandbox;

    public Task<OrderListing> OrdersAsync(CancellationToken stop) => Client.OrdersAsync(AccountKey, null, stop);

    public Task<Portfolio> PortfolioAsync(CancellationToken stop) => Client.PortfolioAsync(AccountKey, stop);

    public Task<AccountBalance> BalanceAsync(CancellationToken stop) => Client.BalanceAsync(AccountKey, stop);
}
