namespace EtradeBot.ETrade;

/// <summary>An account as the list names it.</summary>
/// <param name="Key">What every other call wants.</param>
/// <param name="Number">The visible account number: show it masked.</param>
/// <param name="Mode">CASH, MARGIN, IRA, ... as the broker words it.</param>
public sealed record BrokerageAccount(string Key, string Number, string Name, string Description, string Mode, string Type, bool IsActive);

/// <summary>Money of an account, dollars; null where the broker did not say (margin figures of a cash account).</summary>
public sealed record AccountBalance
{
    public required string AccountNumber { get; init; }

    public string Mode { get; init; } = "";

    /// <summary>Cash and holdings at present prices.</summary>
    public decimal? TotalValue { get; init; }

    public decimal? MarketValue { get; init; }

    public decimal? NetCash { get; init; }

    public decimal? CashBalance { get; init; }

    public decimal? CashAvailableForInvestment { get; init; }

    public decimal? SettledCash { get; init; }

    public decimal? UnsettledCash { get; init; }

    public decimal? CashBuyingPower { get; init; }

    public decimal? MarginBuyingPower { get; init; }

    /// <summary>Held back for open orders.</summary>
    public decimal? FundsForOpenOrders { get; init; }

    /// <summary>The broker's word for its day-trade regime; empty where it says none.</summary>
    public string DayTraderStatus { get; init; } = "";
}

/// <summary>A position of the portfolio.</summary>
/// <param name="Quantity">Negative for short; may be a fraction of a share.</param>
/// <param name="SecurityType">EQ, OPTN, MF, ... as the broker words it.</param>
public sealed record PortfolioPosition(long PositionId, string Symbol, string SecurityType, decimal Quantity)
{
    public string Description { get; init; } = "";

    public decimal PricePaid { get; init; }

    public decimal TotalCost { get; init; }

    public decimal? MarketValue { get; init; }

    public decimal? TotalGain { get; init; }

    public decimal? DayGain { get; init; }

    public decimal? LastPrice { get; init; }

    public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>LONG or SHORT.</summary>
    public string PositionType { get; init; } = "";
}

/// <summary>All pages of a portfolio.</summary>
/// <param name="CashBalance">From the totals; null unless asked for.</param>
public sealed record Portfolio(IReadOnlyList<PortfolioPosition> Positions, decimal? MarketValue, decimal? CashBalance);

/// <summary>Shares of a position that were bought together.</summary>
public sealed record PositionLot(long LotId, decimal Quantity, decimal RemainingQuantity, decimal Price, DateTimeOffset? AcquiredAt);

/// <summary>A line of an account's history.</summary>
/// <param name="PostedAt">Null while pending.</param>
public sealed record AccountTransaction(string Id, DateTimeOffset? At, DateTimeOffset? PostedAt, string Type, string Description, decimal Amount)
{
    public string Symbol { get; init; } = "";

    public decimal Quantity { get; init; }

    public decimal Price { get; init; }

    public decimal Fee { get; init; }

    public DateTimeOffset? SettlesAt { get; init; }
}

/// <summary>Which transactions; days are New York days, both included, at most two years back.</summary>
public sealed record TransactionQuery(DateOnly? From = null, DateOnly? To = null);

/// <summary>A message of the broker to the owner.</summary>
public sealed record BrokerAlert(long Id, DateTimeOffset? CreatedAt, string Subject, string Status)
{
    /// <summary>In details only.</summary>
    public string Text { get; init; } = "";
}
