namespace EtradeBot.ETrade.Wire;

/// <summary>Accounts, money, positions and history.</summary>
static class AccountReader
{
    public static IReadOnlyList<BrokerageAccount> Accounts(WireObject response) =>
        [.. (response.Object("Accounts")?.Items("Account") ?? []).Select(Account)];

    static BrokerageAccount Account(WireObject account) => new(
        account.RequiredText("accountIdKey"),
        account.RequiredText("accountId"),
        account.Text("accountName"),
        account.Text("accountDesc"),
        account.Text("accountMode"),
        account.Text("accountType"),
        !account.Text("accountStatus").Equals("CLOSED", StringComparison.OrdinalIgnoreCase));

    public static AccountBalance Balance(WireObject response)
    {
        var money = response.Object("Computed");
        var values = money?.Object("RealTimeValues");
        return new AccountBalance
        {
            AccountNumber = response.RequiredText("accountId"),
            Mode = response.Text("accountMode"),
            TotalValue = values?.Number("totalAccountValue"),
            MarketValue = values?.Number("netMv"),
            NetCash = money?.Number("netCash"),
            CashBalance = money?.Number("cashBalance"),
            CashAvailableForInvestment = money?.Number("cashAvailableForInvestment"),
            SettledCash = money?.Number("settledCashForInvestment"),
            UnsettledCash = money?.Number("unSettledCashForInvestment"),
            CashBuyingPower = money?.Number("cashBuyingPower"),
            MarginBuyingPower = money?.Number("marginBuyingPower"),
            FundsForOpenOrders = response.Object("Cash")?.Number("fundsForOpenOrdersCash"),
            DayTraderStatus = response.Text("dayTraderStatus"),
        };
    }

    public static PortfolioPage PortfolioPage(WireObject response)
    {
        var totals = response.Object("Totals");
        var accounts = response.Items("AccountPortfolio");
        return new PortfolioPage([.. accounts.SelectMany(account => account.Items("Position")).Select(Position)])
        {
            Pages = accounts.Max(account => account.Int("totalPages") ?? account.Int("totalNoOfPages")),
            HasNext = accounts.Any(account => account.Int("nextPageNo") is > 0),
            MarketValue = totals?.Number("totalMarketValue"),
            CashBalance = totals?.Number("cashBalance"),
        };
    }

    static PortfolioPosition Position(WireObject position)
    {
        var product = position.Object("Product");
        var symbol = product?.Text("symbol") is { Length: > 0 } ticker ? ticker : position.RequiredText("symbolDescription");
        var type = product?.Text("securityType") ?? "";
        // Bonds and funds may lack a figure of stocks; that must not hide the stocks.
        var isStock = type is "EQ" or "";
        var quick = position.Object("Quick") ?? position.Object("Performance") ?? position.Object("Complete");
        return new PortfolioPosition(position.RequiredId("positionId"), symbol, type, position.RequiredNumber("quantity"))
        {
            Description = position.Text("symbolDescription"),
            PricePaid = position.Number("pricePaid") ?? position.Number("costPerShare") ?? (isStock ? throw position.Missing("pricePaid") : 0),
            TotalCost = position.Number("totalCost") ?? (isStock ? throw position.Missing("totalCost") : 0),
            MarketValue = position.Number("marketValue"),
            TotalGain = position.Number("totalGain"),
            DayGain = position.Number("daysGain"),
            LastPrice = quick?.Price("lastTrade"),
            AcquiredAt = position.Instant("dateAcquired"),
            PositionType = position.Text("positionType"),
        };
    }

    public static IReadOnlyList<PositionLot> Lots(WireObject response) => [.. response.Items("PositionLot").Select(Lot)];

    static PositionLot Lot(WireObject lot) => new(
        lot.RequiredId("positionLotId"),
        lot.RequiredNumber("originalQty"),
        lot.RequiredNumber("remainingQty"),
        lot.RequiredNumber("price"),
        lot.Instant("acquiredDate"));

    public static TransactionPage TransactionPage(WireObject response) => new([.. response.Items("Transaction").Select(Transaction)])
    {
        Marker = response.Flag("moreTransactions") == false ? "" : response.Text("marker"),
    };

    /// <summary>A line of the list, or the answer about a single one, which keeps the kind and the memo inside <c>Brokerage</c>.</summary>
    public static AccountTransaction Transaction(WireObject line)
    {
        var trade = line.Object("brokerage");
        var product = trade?.Object("product");
        var kind = line.Text("transactionType");
        return new AccountTransaction(
            line.RequiredText("transactionId"),
            line.Instant("transactionDate"),
            line.Instant("postDate"),
            kind.Length > 0 ? kind : trade?.Text("transactionType") ?? "",
            line.Text("description"),
            line.RequiredNumber("amount"))
        {
            Symbol = product?.Text("symbol") is { Length: > 0 } symbol ? symbol : trade?.Text("displaySymbol") ?? "",
            Quantity = trade?.Number("quantity") ?? 0,
            Price = trade?.Number("price") ?? 0,
            Fee = trade?.Number("fee") ?? 0,
            SettlesAt = trade?.Instant("settlementDate"),
        };
    }
}

/// <summary>One page of a portfolio.</summary>
sealed record PortfolioPage(IReadOnlyList<PortfolioPosition> Positions)
{
    public static PortfolioPage Empty { get; } = new([]);

    /// <summary>Null where the broker did not say.</summary>
    public int? Pages { get; init; }

    public bool HasNext { get; init; }

    public decimal? MarketValue { get; init; }

    public decimal? CashBalance { get; init; }
}

/// <summary>One page of a history.</summary>
sealed record TransactionPage(IReadOnlyList<AccountTransaction> Lines)
{
    public static TransactionPage Empty { get; } = new([]);

    /// <summary>Where the next page begins; empty on the last one.</summary>
    public string Marker { get; init; } = "";
}
