using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>The accounts of the customer and their money.</summary>
sealed class AccountRoutes(World world)
{
    public Answer List(Visit visit)
    {
        if (world.Broker.Accounts.Count == 0) return Answer.Empty;
        return Answer.Of("AccountListResponse", new Element { { "Accounts", new Element { { "Account", world.Broker.Accounts.Select(Listed) } } } });
    }

    public Answer Balance(Visit visit)
    {
        if (visit.Query("instType") is { } type && !type.Equals("BROKERAGE", StringComparison.OrdinalIgnoreCase)) return Answer.Of(new Refusal(7002, 400, "Invalid institution type"));
        var found = world.Broker.Balance(visit.Arguments[0]);
        if (found.Refusal is { } refusal) return Answer.Of(refusal);
        var sheet = found.Value!;
        return Answer.Of("BalanceResponse", sheet.Account.IsMargin ? Margin(sheet) : Cash(sheet));
    }

    static Element Listed(CustomerAccount account) => new()
    {
        { "accountId", account.Number },
        { "accountIdKey", account.Key },
        { "accountMode", account.IsMargin ? "MARGIN" : "CASH" },
        { "accountDesc", account.Description },
        { "accountName", account.Name },
        { "accountType", "INDIVIDUAL" },
        { "institutionType", "BROKERAGE" },
        { "accountStatus", account.IsClosed ? "CLOSED" : "ACTIVE" },
        { "closedDate", account.ClosedAt is { } at ? Wire.Seconds(at) : 0 },
        { "shareWorksAccount", false },
        { "fcManagedMssbClosedAccount", false },
    };

    static Element Margin(BalanceSheet sheet) => new()
    {
        { "accountId", sheet.Account.Number },
        { "accountType", "MARGIN" },
        { "optionLevel", "LEVEL_2" },
        { "accountDescription", sheet.Account.Description },
        { "quoteMode", 6 },
        { "dayTraderStatus", "NO_PDT" },
        { "accountMode", "MARGIN" },
        { "Cash", new Element { { "fundsForOpenOrdersCash", sheet.Reserved }, { "moneyMktBalance", 0m } } },
        { "Margin", new Element { { "dtCashOpenOrderReserve", 0m }, { "dtMarginOpenOrderReserve", 0m } } },
        { "Computed", ComputedMargin(sheet) },
    };

    static Element ComputedMargin(BalanceSheet sheet) => new()
    {
        { "cashAvailableForInvestment", Available(sheet) },
        { "cashAvailableForWithdrawal", Withdrawable(sheet) },
        { "totalAvailableForWithdrawal", Withdrawable(sheet) },
        { "netCash", Cents(sheet.Cash) },
        { "cashBalance", Cents(sheet.Cash) },
        { "settledCashForInvestment", Cents(sheet.SettledCash) },
        { "unSettledCashForInvestment", Cents(sheet.UnsettledCash) },
        { "fundsWithheldFromPurchasePower", 0m },
        { "fundsWithheldFromWithdrawal", Cents(sheet.UnsettledCash) },
        { "marginBuyingPower", Cents(sheet.MarginBuyingPower) },
        { "cashBuyingPower", Cents(sheet.CashBuyingPower) },
        { "dtMarginBuyingPower", 0m },
        { "dtCashBuyingPower", 0m },
        { "marginBalance", Cents(Math.Min(sheet.Cash, 0)) },
        { "shortAdjustBalance", Cents(sheet.ShortValue) },
        { "regtEquity", Cents(sheet.Total) },
        { "regtEquityPercent", EquityPercent(sheet) },
        { "accountBalance", Cents(sheet.Cash) },
        { "OpenCalls", new Element { { "minEquityCall", 0m }, { "fedCall", 0m }, { "cashCall", 0m }, { "houseCall", 0m } } },
        { "RealTimeValues", new Element { { "totalAccountValue", Cents(sheet.Total) }, { "netMv", Cents(sheet.LongValue + sheet.ShortValue) }, { "netMvLong", Cents(sheet.LongValue) }, { "netMvShort", Cents(sheet.ShortValue) } } },
    };

    /// <summary>The short form: what belongs to margin is absent, not zero.</summary>
    static Element Cash(BalanceSheet sheet) => new()
    {
        { "accountId", sheet.Account.Number },
        { "accountType", "CASH" },
        { "optionLevel", "LEVEL_1" },
        { "accountDescription", sheet.Account.Description },
        { "quoteMode", 0 },
        { "dayTraderStatus", "NO_PDT" },
        { "accountMode", "CASH" },
        { "Cash", new Element { { "fundsForOpenOrdersCash", Cents(sheet.Reserved) }, { "moneyMktBalance", 0m } } },
        { "Computed", ComputedCash(sheet) },
    };

    static Element ComputedCash(BalanceSheet sheet) => new()
    {
        { "cashAvailableForInvestment", Available(sheet) },
        { "cashAvailableForWithdrawal", Withdrawable(sheet) },
        { "netCash", Cents(sheet.Cash) },
        { "cashBalance", Cents(sheet.Cash) },
        { "settledCashForInvestment", Cents(sheet.SettledCash) },
        { "unSettledCashForInvestment", Cents(sheet.UnsettledCash) },
        { "fundsWithheldFromPurchasePower", 0m },
        { "fundsWithheldFromWithdrawal", Cents(sheet.UnsettledCash) },
        { "cashBuyingPower", Cents(sheet.CashBuyingPower) },
        { "accountBalance", Cents(sheet.Cash) },
        { "OpenCalls", new Element { { "cashCall", 0m } } },
        { "RealTimeValues", new Element { { "totalAccountValue", Cents(sheet.Total) }, { "netMv", Cents(sheet.LongValue) }, { "netMvLong", Cents(sheet.LongValue) } } },
    };

    static decimal Available(BalanceSheet sheet) => Cents(Math.Max(sheet.Cash - sheet.Reserved, 0));

    static decimal Withdrawable(BalanceSheet sheet) => Cents(Math.Max(sheet.SettledCash - sheet.Reserved, 0));

    /// <summary>The customer's own part of what is held, per cent.</summary>
    static decimal EquityPercent(BalanceSheet sheet) =>
        sheet.LongValue <= 0 ? 100 : Math.Clamp(decimal.Round(100 * sheet.Total / sheet.LongValue, 2), 0, 100);

    static decimal Cents(decimal dollars) => decimal.Round(dollars, 2);
}
