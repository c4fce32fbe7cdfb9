namespace EtradeBot.Simulator.Accounts;

/// <summary>An account of the customer.</summary>
/// <param name="Number">Nine digits, shown to people.</param>
/// <param name="Key">22 letters, digits, - and _: what paths take.</param>
sealed record CustomerAccount(string Number, string Key, string Description, string Name, bool IsMargin, bool IsClosed, DateTimeOffset? ClosedAt);

/// <summary>Money of one account, dollars.</summary>
sealed record BalanceSheet
{
    public required CustomerAccount Account { get; init; }

    public required decimal Cash { get; init; }

    public required decimal SettledCash { get; init; }

    public required decimal UnsettledCash { get; init; }

    /// <summary>Held back by open buy orders.</summary>
    public required decimal Reserved { get; init; }

    public required decimal CashBuyingPower { get; init; }

    public required decimal MarginBuyingPower { get; init; }

    /// <summary>Value of shares held, at the last price; negative part for shares sold short.</summary>
    public required decimal LongValue { get; init; }

    public required decimal ShortValue { get; init; }

    public decimal Total => Cash + LongValue + ShortValue;
}

/// <summary>Shares of one symbol in one account.</summary>
/// <param name="Shares">Negative for a short position.</param>
/// <param name="Cost">Dollars paid for them, costs included.</param>
sealed record HeldPosition(long PositionId, string Ticker, int Shares, decimal Cost, DateTimeOffset AcquiredAt, IReadOnlyList<HeldLot> Lots)
{
    public decimal CostPerShare => Shares == 0 ? 0 : decimal.Round(Math.Abs(Cost / Shares), 4);

    /// <summary>Bought today and what was paid a share.</summary>
    public required (int Shares, decimal Price) Today { get; init; }
}

sealed record HeldLot(long LotId, int Shares, decimal Price, DateTimeOffset AcquiredAt);

/// <summary>A line of the account's history.</summary>
/// <param name="PostedAt">Null while pending.</param>
sealed record CustomerTransaction(string Id, DateTimeOffset At, DateTimeOffset? PostedAt, string Type, string Description, decimal Amount)
{
    public string? Ticker { get; init; }

    public decimal Quantity { get; init; }

    public decimal Price { get; init; }

    public decimal Fee { get; init; }

    public DateTimeOffset? SettlesAt { get; init; }
}

/// <summary>An order as the broker keeps it.</summary>
sealed record CustomerOrder
{
    public required long OrderId { get; init; }

    public required long PreviewId { get; init; }

    public required OrderRequest Terms { get; init; }

    public required int Shares { get; init; }

    public required OrderState State { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>From when on lists show it.</summary>
    public required DateTimeOffset VisibleAt { get; init; }

    public int Filled { get; init; }

    /// <summary>0 until something filled.</summary>
    public decimal AveragePrice { get; init; }

    public DateTimeOffset? ExecutedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public decimal Commission { get; init; }

    public decimal Fees { get; init; }

    public long? Replaces { get; init; }

    public long? ReplacedBy { get; init; }

    /// <summary>Present level of a stop, once it trails.</summary>
    public decimal? StopLevel { get; init; }

    /// <summary><c>EQ</c>, or a type that only people can enter, such as <c>ONE_CANCELS_ALL</c>.</summary>
    public string OrderType { get; init; } = "EQ";

    /// <summary>Set by the market or the desk when it rejects.</summary>
    public string Note { get; init; } = "";

    public IReadOnlyList<CustomerExecution> Executions { get; init; } = [];

    public bool IsWorking => State is OrderState.Open or OrderState.Partial or OrderState.CancelRequested;
}

/// <param name="IsBusted">Taken back afterwards.</param>
sealed record CustomerExecution(long Id, DateTimeOffset At, int Shares, decimal Price, decimal Fees, bool IsBusted = false);
