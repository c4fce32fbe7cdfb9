using System.Globalization;
using System.Text;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.App.Broker;

/// <summary>Every fault the simulator can commit, against every call the client can make.</summary>
/// <remarks>
/// The outcomes are kept in <c>golden/etrade/fault-matrix.txt</c> (<c>GOLDEN_ACCEPT=1</c> rewrites it), one line a cell. What must hold in every cell is asserted here and does not
/// depend on that file: a write is sent once; a write that failed without being in doubt had no effect; nothing but a result or a
/// <see cref="BrokerException"/> comes out.
/// </remarks>
[Collection(nameof(RunsAlone))]
public sealed class FaultMatrixTests
{
    static readonly string[] Writes = ["place", "change-place", "cancel"];

    readonly List<string> _wrong = [];

    [Fact]
    public async Task Every_fault_in_every_call_ends_as_documented()
    {
        var lines = new StringBuilder();
        foreach (var fault in FaultCatalog.All)
            foreach (var call in FaultCatalog.Calls)
                lines.Append(CultureInfo.InvariantCulture, $"{fault.Name,-22} {call,-15} {await Cell(fault.Name, call)}\n");
        Assert.Empty(_wrong);
        var text = Header + lines;
        var file = TestFolders.Golden("etrade", "fault-matrix.txt");
        if (Environment.GetEnvironmentVariable("GOLDEN_ACCEPT") == "1") await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), text);
    }

    const string Header = """
        # Each fault of the simulator against each call of the client: how the call ended, how often it was sent, and what it left behind.
        # fault                call            outcome

        """;

    async Task<string> Cell(string fault, string call)
    {
        using var world = new VirtualBroker();
        var act = await world.Time.Run(() => Prepare(world, call));
        var before = Effects(world, call);
        var sentBefore = world.Sent.Count;
        world.Simulator.AddFault(new Fault(fault) { Call = call });
        var outcome = await world.Time.Run(() => Outcome(act));
        var sent = world.Sent.Skip(sentBefore).Count(line => IsThe(call, line));
        // Whatever was on its way has arrived by then.
        world.Simulator.ClearFaults();
        var effect = Effects(world, call) - before;
        var words = string.Create(CultureInfo.InvariantCulture, $"{outcome.Words}, sent {sent}{(effect == 0 ? "" : ", carried out")}");
        // A cancel by somebody else looks the same in the books.
        if (fault != "foreign-cancel" && Wrong(call, outcome, sent, effect) is { } wrong) _wrong.Add($"{fault} in {call}: {wrong} ({words})");
        return words;
    }

    /// <summary>What no golden file may overrule.</summary>
    static string? Wrong(string call, CallOutcome outcome, int sent, int effect)
    {
        if (sent > 6) return "asked without end";
        if (!Writes.Contains(call)) return null;
        if (sent > 1 || effect > 1) return "a write was sent twice";
        return outcome.Failure is { Fate: not RequestFate.Unknown } && effect > 0 ? "carried out, and called without effect" : null;
    }

    static async Task<CallOutcome> Outcome(Func<Task<object?>> act)
    {
        try
        {
            return new CallOutcome(null) { Result = await act() };
        }
        catch (BrokerException failure)
        {
            return new CallOutcome(failure);
        }
    }

    sealed record CallOutcome(BrokerException? Failure)
    {
        public object? Result { get; init; }

        public string Words => Failure is not null ? $"{Failure.Fault} ({Failure.Fate})" : Result switch
        {
            PlacedOrder { Differences.Count: > 0 } or OrderPreview { Differences.Count: > 0 } => "done, and told that the answer differs",
            OrderListing { IsStable: false } => "done, and told that the list is in doubt",
            OrderListing { Orders.Count: 0 } => "done, empty",
            QuoteAnswer { Unknown.Count: > 0 } => "done, and told that the symbol is missing",
            _ => "done",
        };
    }

    /// <summary>What the call leaves behind in the broker's books: orders of ours, or orders on which a cancel was accepted.</summary>
    static int Effects(VirtualBroker world, string call) => call == "cancel"
        ? world.Orders.Count(order => order.State is OrderState.CancelRequested or OrderState.Cancelled)
        : world.Orders.Count(order => order.Terms.ClientOrderId.StartsWith("matrix", StringComparison.Ordinal));

    static bool IsThe(string call, string line) => call switch
    {
        "request-token" => line.EndsWith("/oauth/request_token", StringComparison.Ordinal),
        "access-token" => line.EndsWith("/oauth/access_token", StringComparison.Ordinal),
        "renew-token" => line.EndsWith("/oauth/renew_access_token", StringComparison.Ordinal),
        "revoke-token" => line.EndsWith("/oauth/revoke_access_token", StringComparison.Ordinal),
        "preview" => line.EndsWith("/orders/preview.json", StringComparison.Ordinal),
        "place" => line.EndsWith("/orders/place.json", StringComparison.Ordinal),
        "change-preview" => line.EndsWith("/change/preview.json", StringComparison.Ordinal),
        "change-place" => line.EndsWith("/change/place.json", StringComparison.Ordinal),
        "cancel" => line.EndsWith("/orders/cancel.json", StringComparison.Ordinal),
        _ => !line.Contains("/oauth/", StringComparison.Ordinal),
    };

    /// <summary>Logs in, and brings about what the call needs: an order at rest, a holding, a preview.</summary>
    static async Task<Func<Task<object?>>> Prepare(VirtualBroker world, string call)
    {
        var (client, account) = (world.Client, world.Account);
        if (call == "request-token") return async () => await client.Session.BeginLoginAsync();
        if (call == "access-token")
        {
            var request = await client.Session.BeginLoginAsync();
            var verifier = await world.VerifierAsync(request);
            return async () =>
            {
                await client.Session.CompleteLoginAsync(request, verifier);
                return null;
            };
        }
        await world.LoginAsync();
        return call switch
        {
            "renew-token" => () => Nothing(client.Session.RenewAsync()),
            "revoke-token" => () => Nothing(client.Session.RevokeAsync()),
            "accounts" => async () => await client.AccountsAsync(),
            "balance" => async () => await client.BalanceAsync(account),
            "quote" => async () => Believable(await client.QuotesAsync([VirtualBroker.Apple])),
            "lookup" => async () => await client.LookupAsync("apple"),
            "option-chains" => async () => await client.OptionChainAsync(new OptionChainQuery(VirtualBroker.Apple)),
            "option-dates" => async () => await client.OptionExpiriesAsync(VirtualBroker.Apple),
            "alerts" => async () => await client.AlertsAsync(),
            "alert" => await Alert(client, id => client.AlertAsync(id)),
            "delete-alerts" => await Alert(client, async id => await client.DeleteAlertsAsync([id])),
            "portfolio" or "lots" or "transactions" or "transaction" => await Holding(world, call),
            _ => await Order(world, call),
        };
    }

    static async Task<Func<Task<object?>>> Alert<T>(ETradeClient client, Func<long, Task<T>> work)
    {
        var id = (await client.AlertsAsync())[0].Id;
        return async () => await work(id);
    }

    static async Task<Func<Task<object?>>> Holding(VirtualBroker world, string call)
    {
        var (client, account) = (world.Client, world.Account);
        var ticket = new OrderTicket("holding", VirtualBroker.Apple, ETrade.OrderAction.Buy, 5, OrderPriceType.Market);
        await client.PlaceAsync(account, await client.PreviewAsync(account, ticket));
        await Task.Delay(TimeSpan.FromMinutes(5), world.Time);
        var position = (await client.PortfolioAsync(account)).Positions[0].PositionId;
        var transaction = (await client.TransactionsAsync(account))[0].Id;
        return call switch
        {
            "portfolio" => async () => await client.PortfolioAsync(account),
            "lots" => async () => await client.LotsAsync(account, position),
            "transactions" => async () => await client.TransactionsAsync(account),
            _ => async () => await client.TransactionAsync(account, transaction),
        };
    }

    static async Task<Func<Task<object?>>> Order(VirtualBroker world, string call)
    {
        var (client, account) = (world.Client, world.Account);
        var resting = await client.PlaceAsync(account, await client.PreviewAsync(account, VirtualBroker.Buy(5, "rests")));
        await Task.Delay(TimeSpan.FromMinutes(1), world.Time);
        var preview = call == "place" ? await client.PreviewAsync(account, VirtualBroker.Buy(6)) : null;
        var change = call == "change-place" ? await client.PreviewChangeAsync(account, resting.OrderId, VirtualBroker.Buy(6)) : null;
        return call switch
        {
            "orders" => async () => await client.OrdersAsync(account),
            "order" => async () => await client.OrderAsync(account, resting.OrderId),
            "preview" => async () => await client.PreviewAsync(account, VirtualBroker.Buy(6)),
            "place" => async () => await client.PlaceAsync(account, preview!),
            "change-preview" => async () => await client.PreviewChangeAsync(account, resting.OrderId, VirtualBroker.Buy(6)),
            "change-place" => async () => await client.PlaceChangeAsync(account, change!),
            "cancel" => async () => await client.CancelAsync(account, resting.OrderId),
            _ => throw new ArgumentOutOfRangeException(nameof(call), call, "the matrix does not know this call"),
        };
    }

    static async Task<object?> Nothing(Task work)
    {
        await work;
        return null;
    }

    /// <summary>A price that is not there is null: 0, below 0 or NaN never come out of the client.</summary>
    static QuoteAnswer Believable(QuoteAnswer answer)
    {
        foreach (var quote in answer.Quotes)
            foreach (var price in new[] { quote.Last, quote.Bid, quote.Ask, quote.DayOpen, quote.DayHigh, quote.DayLow, quote.PreviousClose })
                Assert.True(price is null or > 0, $"a price of {price}");
        return answer;
    }
}
