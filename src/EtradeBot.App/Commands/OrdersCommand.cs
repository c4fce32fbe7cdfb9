using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.App.Reports;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot orders</c>: the orders of each account, newest first.</summary>
static class OrdersCommand
{
    /// <summary>The broker keeps two years.</summary>
    const int MostDays = 730;

    static readonly Option<string?> Status = CandleOptions.Choice("--status", "Only orders in this state.",
        "open", "executed", "cancelled", "cancel-requested", "individual-fills", "expired", "rejected");

    static readonly Option<string?> Symbol = new("--symbol") { Description = "Only orders of this ticker.", HelpName = "S" };

    static readonly Option<int?> Days = new("--days") { Description = "Only orders of the last N days, today included, 1 to 730 (default: what the broker calls recent).", HelpName = "N" };

    static readonly Column[] Columns =
    [
        Column.Number("order"), Column.Text("placed, New York"), Column.Text("action"), Column.Text("symbol"), Column.Number("filled"), Column.Number("of"),
        Column.Text("price"), Column.Text("term"), Column.Text("status"), Column.Number("average"),
    ];

    public static Command Create()
    {
        var command = new Command("orders", "List orders, newest first.") { BrokerOptions.Account, Status, Symbol, Days };
        BrokerOptions.AddTo(command);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(parse =>
        {
            var query = Query(parse, TimeProvider.System);
            return BrokerOptions.Run(parse, connection => RunAsync(parse, connection, query));
        });
        return command;
    }

    static OrderQuery Query(ParseResult parse, TimeProvider time)
    {
        var query = new OrderQuery { Status = StatusOf(parse.GetValue(Status)), Symbol = SymbolOf(parse.GetValue(Symbol)) };
        if (parse.GetValue(Days) is not { } days) return query;
        if (days is < 1 or > MostDays) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--days {days}: use 1 to {MostDays}; the broker keeps two years"));
        var today = MarketCalendar.Nyse.DayOf(time.GetUtcNow());
        return query with { From = today.AddDays(1 - days), To = today };
    }

    static async Task<int> RunAsync(ParseResult parse, ETradeConnection connection, OrderQuery query)
    {
        var listings = new List<(BrokerageAccount Account, OrderListing Listing)>();
        foreach (var account in await BrokerOptions.AccountsAsync(parse, connection).ConfigureAwait(false))
            listings.Add((account, await connection.Client.OrdersAsync(account.Key, query).ConfigureAwait(false)));
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) BrokerOptions.WriteJson(output, connection.Access, json => BrokerOptions.WriteAccounts(json, listings, Write));
        else
            foreach (var (account, listing) in listings) Print(output, connection.Access, account, listing);
        return ExitCode.Success;
    }

    internal static void Print(Output output, BrokerAccess access, BrokerageAccount account, OrderListing listing)
    {
        BrokerOptions.Heading(output, access, $"orders in {AccountChoice.Masked(account.Number)}");
        if (listing.Orders.Count == 0) output.Line("No orders.");
        else output.Table(Columns, [.. listing.Orders.Select(Cells)]);
        if (!listing.IsStable) output.Line("The list changed while it was read: an order may be missing or stand here twice. Ask again.", Tone.Warning);
    }

    static string[] Cells(BrokerOrder order) =>
    [
        order.OrderId.ToString(CultureInfo.InvariantCulture),
        BrokerCells.NewYork(order.PlacedAt),
        Lower(order.Action),
        order.OtherLegs > 0 ? string.Create(CultureInfo.InvariantCulture, $"{order.Symbol} and {order.OtherLegs} more") : order.Symbol,
        BrokerCells.Shares(order.FilledQuantity),
        BrokerCells.Shares(order.OrderedQuantity),
        Price(order),
        order.Session == "EXTENDED" ? Lower(order.Term) + ", extended" : Lower(order.Term),
        Lower(order.StatusText) + (order.ReplacedBy is { } next ? string.Create(CultureInfo.InvariantCulture, $", now {next}") : ""),
        BrokerCells.Price(order.AveragePrice),
    ];

    /// <summary><c>limit 120.00</c>, <c>stop limit 95.00 / 94.50</c>, <c>market</c>.</summary>
    static string Price(BrokerOrder order)
    {
        var prices = new[] { order.Stop, order.Limit }.Where(price => price is not null).Select(BrokerCells.Price);
        return $"{Lower(order.PriceType)} {string.Join(" / ", prices)}".TrimEnd();
    }

    static string Lower(string word) => word.Replace('_', ' ').ToLowerInvariant();

    static BrokerOrderStatus? StatusOf(string? word) => word is null ? null : Enum.Parse<BrokerOrderStatus>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    static Symbol? SymbolOf(string? text) => text is null ? null
        : Market.Symbol.TryParse(text, out var symbol) ? symbol
        : throw new UsageException($"--symbol '{text}' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _");

    static void Write(Utf8JsonWriter json, OrderListing listing)
    {
        json.WriteBoolean("complete", listing.IsStable);
        json.WriteStartArray("orders");
        foreach (var order in listing.Orders) Write(json, order);
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, BrokerOrder order)
    {
        json.WriteStartObject();
        json.WriteNumber("order_id", order.OrderId);
        json.WriteString("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(order.Status.ToString()));
        json.WriteString("status_text", order.StatusText);
        json.WriteString("order_type", order.OrderType);
        json.WriteString("symbol", order.Symbol);
        json.WriteString("security_type", order.SecurityType);
        json.WriteString("action", order.Action);
        json.WriteNumber("ordered_quantity", order.OrderedQuantity);
        json.WriteNumber("filled_quantity", order.FilledQuantity);
        JsonValues.Write(json, "average_price", order.AveragePrice);
        json.WriteString("price_type", order.PriceType);
        JsonValues.Write(json, "limit", order.Limit);
        JsonValues.Write(json, "stop", order.Stop);
        json.WriteString("term", order.Term);
        json.WriteString("session", order.Session);
        JsonValues.Write(json, "placed_at", QuoteCommand.Instant(order.PlacedAt));
        JsonValues.Write(json, "executed_at", QuoteCommand.Instant(order.ExecutedAt));
        JsonValues.Write(json, "commission", order.Commission);
        JsonValues.Write(json, "fees", order.Fees);
        JsonValues.Write(json, "replaces", order.Replaces);
        JsonValues.Write(json, "replaced_by", order.ReplacedBy);
        json.WriteNumber("other_legs", order.OtherLegs);
        json.WriteEndObject();
    }
}
