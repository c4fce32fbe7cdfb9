using System.CommandLine;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.App.Reports;
using EtradeBot.Brokers;
using EtradeBot.ETrade;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot accounts</c>: the accounts of the login with their money.</summary>
static class AccountsCommand
{
    static readonly Column[] Columns =
    [
        Column.Text("account"), Column.Text("name"), Column.Text("type"), Column.Text("status"),
        Column.Number("total value"), Column.Number("cash"), Column.Number("buying power"),
    ];

    /// <param name="Balance">Null for a closed account, and where the broker refuses it.</param>
    /// <param name="Problem">Why there is no balance.</param>
    internal sealed record Row(BrokerageAccount Account, AccountBalance? Balance, string? Problem);

    public static Command Create()
    {
        var command = new Command("accounts", "List the accounts of the login with their money.");
        BrokerOptions.AddTo(command);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(parse => BrokerOptions.Run(parse, connection => RunAsync(parse, connection)));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, ETradeConnection connection)
    {
        var rows = new List<Row>();
        foreach (var account in await connection.Client.AccountsAsync().ConfigureAwait(false)) rows.Add(await RowOfAsync(connection, account).ConfigureAwait(false));
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) BrokerOptions.WriteJson(output, connection.Access, json => BrokerOptions.WriteAccounts(json, rows.Select(row => (row.Account, row)), Write));
        else Print(output, connection.Access, rows);
        return ExitCode.Success;
    }

    /// <summary>One account that the broker refuses must not hide the others.</summary>
    static async Task<Row> RowOfAsync(ETradeConnection connection, BrokerageAccount account)
    {
        if (!account.IsActive) return new Row(account, null, null);
        try
        {
            return new Row(account, await connection.Client.BalanceAsync(account.Key).ConfigureAwait(false), null);
        }
        catch (BrokerException problem) when (problem.Fault == BrokerFault.Refused)
        {
            return new Row(account, null, problem.Message);
        }
    }

    static void Print(Output output, BrokerAccess access, List<Row> rows)
    {
        BrokerOptions.Heading(output, access, "accounts");
        if (rows.Count == 0) output.Line("This login has no brokerage account.");
        else output.Table(Columns, [.. rows.Select(Cells)]);
        foreach (var row in rows.Where(row => row.Problem is not null))
            output.Line($"No balance of {AccountChoice.Masked(row.Account.Number)}: {row.Problem}", Tone.Warning);
    }

    internal static string[] Cells(Row row)
    {
        var (account, balance) = (row.Account, row.Balance);
        return
        [
            AccountChoice.Masked(account.Number),
            account.Name.Length > 0 ? account.Name : account.Description,
            account.Mode.Length > 0 ? account.Mode : account.Type,
            account.IsActive ? "active" : "closed",
            BrokerCells.Money(balance?.TotalValue),
            BrokerCells.Money(balance?.CashBalance ?? balance?.NetCash),
            BrokerCells.Money(balance?.MarginBuyingPower ?? balance?.CashBuyingPower),
        ];
    }

    static void Write(Utf8JsonWriter json, Row row)
    {
        var (account, balance, problem) = row;
        json.WriteString("name", account.Name);
        json.WriteString("description", account.Description);
        json.WriteString("mode", account.Mode);
        json.WriteString("type", account.Type);
        json.WriteBoolean("active", account.IsActive);
        json.WritePropertyName("balance");
        WriteBalance(json, balance);
        JsonValues.Write(json, "problem", problem);
    }

    /// <summary>An object, or null where there is none.</summary>
    internal static void WriteBalance(Utf8JsonWriter json, AccountBalance? balance)
    {
        if (balance is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        JsonValues.Write(json, "total_value", balance.TotalValue);
        JsonValues.Write(json, "market_value", balance.MarketValue);
        JsonValues.Write(json, "net_cash", balance.NetCash);
        JsonValues.Write(json, "cash_balance", balance.CashBalance);
        JsonValues.Write(json, "cash_available_for_investment", balance.CashAvailableForInvestment);
        JsonValues.Write(json, "settled_cash", balance.SettledCash);
        JsonValues.Write(json, "unsettled_cash", balance.UnsettledCash);
        JsonValues.Write(json, "cash_buying_power", balance.CashBuyingPower);
        JsonValues.Write(json, "margin_buying_power", balance.MarginBuyingPower);
        JsonValues.Write(json, "funds_for_open_orders", balance.FundsForOpenOrders);
        json.WriteString("day_trader_status", balance.DayTraderStatus);
        json.WriteEndObject();
    }
}
