using System.CommandLine;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.App.Reports;
using EtradeBot.ETrade;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot portfolio</c>: positions and cash of each account.</summary>
static class PortfolioCommand
{
    static readonly Column[] Columns =
    [
        Column.Text("symbol"), Column.Text("type"), Column.Number("quantity"), Column.Number("price paid"), Column.Number("last"), Column.Number("cost"),
        Column.Number("value"), Column.Number("gain"), Column.Number("%"), Column.Number("today"), Column.Text("since"),
    ];

    public static Command Create()
    {
        var command = new Command("portfolio", "Show positions with their gains, and cash.") { BrokerOptions.Account };
        BrokerOptions.AddTo(command);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(parse => BrokerOptions.Run(parse, connection => RunAsync(parse, connection)));
        return command;
    }

    /// <param name="Balance">Asked for together with the positions, so that both are of the same moment, nearly.</param>
    internal sealed record Holdings(Portfolio Portfolio, AccountBalance Balance);

    static async Task<int> RunAsync(ParseResult parse, ETradeConnection connection)
    {
        var holdings = new List<(BrokerageAccount Account, Holdings Holdings)>();
        foreach (var account in await BrokerOptions.AccountsAsync(parse, connection).ConfigureAwait(false))
        {
            var portfolio = await connection.Client.PortfolioAsync(account.Key).ConfigureAwait(false);
            holdings.Add((account, new Holdings(portfolio, await connection.Client.BalanceAsync(account.Key).ConfigureAwait(false))));
        }
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) BrokerOptions.WriteJson(output, connection.Access, json => BrokerOptions.WriteAccounts(json, holdings, Write));
        else
            foreach (var (account, content) in holdings) Print(output, connection.Access, account, content);
        return ExitCode.Success;
    }

    internal static void Print(Output output, BrokerAccess access, BrokerageAccount account, Holdings holdings)
    {
        var (portfolio, balance) = holdings;
        BrokerOptions.Heading(output, access, $"portfolio in {AccountChoice.Masked(account.Number)}");
        var positions = portfolio.Positions;
        if (positions.Count == 0) output.Line("No positions.");
        else output.Table(Columns, [.. positions.Select(Cells), .. positions.Count > 1 ? [Total(positions)] : Array.Empty<string[]>()]);
        output.Line();
        output.Table([Column.Text("money"), Column.Number("")],
        [
            ["Total value", BrokerCells.Money(balance.TotalValue)],
            ["Positions", BrokerCells.Money(portfolio.MarketValue ?? balance.MarketValue)],
            ["Cash", BrokerCells.Money(portfolio.CashBalance ?? balance.CashBalance ?? balance.NetCash)],
            ["  settled", BrokerCells.Money(balance.SettledCash)],
            ["  not yet settled", BrokerCells.Money(balance.UnsettledCash)],
            ["  held for open orders", BrokerCells.Money(balance.FundsForOpenOrders)],
            ["Buying power", BrokerCells.Money(balance.MarginBuyingPower ?? balance.CashBuyingPower)],
        ]);
        output.Line();
    }

    static string[] Cells(PortfolioPosition position) =>
    [
        position.Symbol, position.SecurityType, BrokerCells.Shares(position.Quantity), BrokerCells.Price(position.PricePaid), BrokerCells.Price(position.LastPrice),
        BrokerCells.Money(position.TotalCost), BrokerCells.Money(position.MarketValue), BrokerCells.SignedMoney(position.TotalGain),
        BrokerCells.SignedPercent(Part(position.TotalGain, position.TotalCost)), BrokerCells.SignedMoney(position.DayGain), BrokerCells.NewYorkDay(position.AcquiredAt),
    ];

    /// <summary>A sum with a hole in it would be a wrong one: it is left out.</summary>
    static string[] Total(IReadOnlyList<PortfolioPosition> positions)
    {
        var cost = positions.Sum(position => position.TotalCost);
        var gain = Sum(position => position.TotalGain);
        return
        [
            "total", "", "", "", "", BrokerCells.Money(cost), BrokerCells.Money(Sum(position => position.MarketValue)),
            BrokerCells.SignedMoney(gain), BrokerCells.SignedPercent(Part(gain, cost)), BrokerCells.SignedMoney(Sum(position => position.DayGain)), "",
        ];

        decimal? Sum(Func<PortfolioPosition, decimal?> value) => positions.All(position => value(position) is not null) ? positions.Sum(value) : null;
    }

    static double? Part(decimal? gain, decimal cost) => gain is { } dollars && cost != 0 ? (double)(dollars / Math.Abs(cost)) : null;

    static void Write(Utf8JsonWriter json, Holdings holdings)
    {
        var (portfolio, balance) = holdings;
        JsonValues.Write(json, "market_value", portfolio.MarketValue ?? balance.MarketValue);
        JsonValues.Write(json, "cash", portfolio.CashBalance ?? balance.CashBalance ?? balance.NetCash);
        json.WritePropertyName("balance");
        AccountsCommand.WriteBalance(json, balance);
        json.WriteStartArray("positions");
        foreach (var position in portfolio.Positions) Write(json, position);
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, PortfolioPosition position)
    {
        json.WriteStartObject();
        json.WriteNumber("position_id", position.PositionId);
        json.WriteString("symbol", position.Symbol);
        json.WriteString("description", position.Description);
        json.WriteString("security_type", position.SecurityType);
        json.WriteString("position_type", position.PositionType);
        json.WriteNumber("quantity", position.Quantity);
        json.WriteNumber("price_paid", position.PricePaid);
        json.WriteNumber("total_cost", position.TotalCost);
        JsonValues.Write(json, "last_price", position.LastPrice);
        JsonValues.Write(json, "market_value", position.MarketValue);
        JsonValues.Write(json, "total_gain", position.TotalGain);
        JsonValues.Write(json, "day_gain", position.DayGain);
        JsonValues.Write(json, "acquired_at", QuoteCommand.Instant(position.AcquiredAt));
        json.WriteEndObject();
    }
}
