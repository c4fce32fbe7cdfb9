using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using EtradeBot.Brokers;
using EtradeBot.ETrade.Wire;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

/// <summary>Every call against every kind of damage: a result or the one typed error, never anything else, never a price of 0.</summary>
public sealed class MalformedAnswerTests
{
    public static TheoryData<string> Endpoints => Endpoint.Names;

    static Task<object?> Run(Endpoint endpoint, ReadOnlyMemory<byte> body) => endpoint.Run(new AllCalls(CannedBroker.Always(body)), CancellationToken.None);

    static async Task Refused(Endpoint endpoint, ReadOnlyMemory<byte> body)
    {
        var error = await Assert.ThrowsAsync<BrokerException>(() => Run(endpoint, body));
        Assert.Equal(BrokerFault.UnexpectedReply, error.Fault);
        Assert.Equal(endpoint.ChangesSomething ? RequestFate.Unknown : RequestFate.Refused, error.Fate);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task The_stored_answer_itself_is_read(string name) => Assert.NotNull(await Run(Endpoint.Of(name), Endpoint.Of(name).Answer));

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_answer_that_is_none_is_an_error(string name)
    {
        var endpoint = Endpoint.Of(name);
        string[] bodies =
        [
            "", " ", "null", "true", "1", "\"x\"", "[]", "{}", "{", "{}{}", "nonsense", "\u0000",
            """{"OtherResponse":{}}""",
            $$"""{"{{endpoint.Root}}":null}""",
            $$"""{"{{endpoint.Root}}":7}""",
            $$$"""{"{{{endpoint.Root}}}":{},"{{{endpoint.Root}}}":{}}""",
            $$$"""{"{{{endpoint.Root}}}":{}} x""",
            $"<{endpoint.Root}>",
            "<html><body>Please log in</body></html>",
            "<Error><code>100</code></Error>",
            "<!DOCTYPE html><html></html>",
        ];
        foreach (var body in bodies) await Refused(endpoint, Encoding.UTF8.GetBytes(body));
        await Refused(endpoint, endpoint.Answer.Concat(endpoint.Answer).ToArray());
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Every_cut_is_an_error(string name)
    {
        var endpoint = Endpoint.Of(name);
        var end = endpoint.Answer.AsSpan().LastIndexOf((byte)'}');
        for (var length = 0; length <= end; length += Math.Max(1, end / 150)) await Refused(endpoint, endpoint.Answer.AsMemory(0, length));
        await Refused(endpoint, endpoint.Answer.AsMemory(0, end));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Damaged_values_that_the_call_needs_are_errors(string name)
    {
        var endpoint = Endpoint.Of(name);
        foreach (var (path, bad) in Damage(name)) await Refused(endpoint, With(endpoint.Answer, path, bad));
    }

    /// <summary>Where each call hurts most.</summary>
    static IEnumerable<(string Path, string Bad)> Damage(string name) => name switch
    {
        "accounts" => Each("AccountListResponse/Accounts/Account/0/accountIdKey", "\"\"", "null", "[]", "{}"),
        "balance" => Each("BalanceResponse/Computed/netCash", "\"NaN\"", "1e30", "\"12,000\"", "{}", "true"),
        "portfolio" => Each("PortfolioResponse/AccountPortfolio/0/Position/0/quantity", "null", "\"\"", "\"many\"", "1e40"),
        "lots" => Each("PositionLotsResponse/PositionLot/0/remainingQty", "null", "\"x\""),
        "transactions" => Each("TransactionListResponse/Transaction/0/amount", "null", "\"x\"", "1e22"),
        "transaction" => Each("TransactionDetailsResponse/amount", "null", "\"x\""),
        "quotes" or "quotes after hours" => Each("QuoteResponse/QuoteData/0/All/lastTrade", "\"NaN\"", "-1", "1e300", "[]", "{}").Concat(Each("QuoteResponse/QuoteData/0/dateTimeUTC", "\"soon\"", "1e30", "true")),
        "facts" => Each("QuoteResponse/QuoteData/0/All/high52", "\"NaN\"", "-1", "1e20", "[]"),
        "lookup" => Each("LookupResponse/Data/0/symbol", "null", "[]"),
        "option dates" => Each("OptionExpireDateResponse/ExpirationDate/0/month", "13", "0", "null", "\"March\"", "1e12"),
        "option chain" => Each("OptionChainResponse/OptionPair/0/Call/strikePrice", "0", "-240", "null", "\"x\""),
        "orders" or "order" => Each("OrdersResponse/Order/0/orderId", "null", "0", "-5", "1.5", "\"x\"").Concat(Each("OrdersResponse/Order/0/OrderDetail/0/Instrument/0/filledQuantity", "null", "-1", "\"NaN\"", "1e30")),
        "preview" or "preview of a change" => Each("PreviewOrderResponse/PreviewIds/0/previewId", "null", "0", "-1", "\"x\"", "1e30"),
        "place" or "change" => Each("PlaceOrderResponse/OrderIds/0/orderId", "null", "0", "-1", "\"x\"", "1.5"),
        "cancel" => Each("CancelOrderResponse/orderId", "null", "0", "1188", "\"x\""),
        "alerts" => Each("AlertsResponse/Alert/0/id", "null", "0", "\"x\""),
        "alert" => Each("AlertDetailsResponse/id", "null", "0", "\"x\""),
        _ => Each("AlertsResponse/failedAlerts/alertId", "[\"x\"]", "[{}]", "{}", "1.5"),
    };

    static IEnumerable<(string, string)> Each(string path, params string[] bad) => bad.Select(one => (path, one));

    static byte[] With(byte[] body, string path, string value)
    {
        var root = JsonNode.Parse(body)!;
        var node = root;
        var steps = path.Split('/');
        foreach (var step in steps[..^1]) node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        Assert.NotNull(node[steps[^1]]);
        node[steps[^1]] = JsonNode.Parse(value);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Nothing_there_is_an_empty_result_where_the_broker_may_say_so_and_else_an_error(string name)
    {
        var endpoint = Endpoint.Of(name);
        var run = () => endpoint.Run(new AllCalls(new CannedBroker((_, _) => CannedBroker.Nothing)), CancellationToken.None);
        if (endpoint.MayBeEmpty) await run();
        else await Assert.ThrowsAsync<BrokerException>(run);
    }

    [Fact]
    public void Random_damage_gives_a_result_or_the_typed_error_and_never_a_price_of_zero()
    {
        var damage = Gen.Select(Gen.Int[0, 4], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Byte).Array[1, 6];
        Gen.Select(Gen.Int[0, Endpoint.All.Count - 1], damage).Sample((which, hits) =>
        {
            var endpoint = Endpoint.All[which];
            var body = new List<byte>(endpoint.Answer);
            foreach (var (kind, from, length, value) in hits) Hit(body, kind, (from, length), value);
            return Holds(endpoint, body.ToArray());
        }, iter: 10_000);
    }

    [Fact]
    public void Random_damage_of_the_XML_twins_is_no_different()
    {
        var twins = new[] { ("accounts", "accounts-list.xml"), ("quotes", "quote-intraday.xml"), ("orders", "orders-list.xml"), ("preview", "preview-response.xml"), ("place", "place-response.xml"), ("cancel", "cancel-response.xml") }
            .Select(twin => Endpoint.Of(twin.Item1) with { Answer = Sample.Bytes(twin.Item2) }).ToList();
        var damage = Gen.Select(Gen.Int[0, 4], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Byte).Array[1, 4];
        Gen.Select(Gen.Int[0, twins.Count - 1], damage).Sample((which, hits) =>
        {
            var body = new List<byte>(twins[which].Answer);
            foreach (var (kind, from, length, value) in hits) Hit(body, kind, (from, length), value);
            return Holds(twins[which], body.ToArray());
        }, iter: 3_000);
    }

    /// <summary>Flips a byte, puts a digit or a quote in its place, cuts a piece out, doubles a piece, cuts the end off.</summary>
    static void Hit(List<byte> body, int kind, (double From, double Length) where, byte value)
    {
        if (body.Count == 0) return;
        var at = (int)(where.From * (body.Count - 1));
        var length = Math.Min(body.Count - at, 1 + (int)(where.Length * where.Length * 200));
        switch (kind)
        {
            case 0: body[at] = value; break;
            case 1: body[at] = "0123456789-.eE\"{}[],:nt \\"u8[value % 24]; break;
            case 2: body.RemoveRange(at, length); break;
            case 3: body.InsertRange(at, body.GetRange(at, length)); break;
            default: body.RemoveRange(at + length, body.Count - at - length); break;
        }
    }

    static bool Holds(Endpoint endpoint, byte[] body)
    {
        try
        {
            // The canned transport answers at once, so nothing is waited for here.
            var run = Run(endpoint, body);
            Assert.True(run.IsCompleted);
            return IsSane(run.GetAwaiter().GetResult());
        }
        catch (BrokerException e)
        {
            return e.Fault is BrokerFault.UnexpectedReply or BrokerFault.Refused or BrokerFault.TryAgain && e.Message.Length > 0;
        }
    }

    static bool IsSane(object? result) => result switch
    {
        QuoteAnswer answer => answer.Quotes.All(IsSane),
        OrderListing listing => listing.Orders.All(IsSane),
        BrokerOrder order => IsSane(order),
        OrderPreview preview => preview.PreviewId > 0,
        PlacedOrder placed => placed.OrderId > 0,
        CancelReceipt receipt => receipt.OrderId == 1187,
        OptionChain chain => chain.NearPrice is null or > 0 && chain.Pairs.All(pair => pair.Call?.Bid is null or > 0 && pair.Put?.Ask is null or > 0),
        Portfolio portfolio => portfolio.Positions.All(position => position is { LastPrice: null or > 0, PositionId: > 0, Symbol.Length: > 0 }),
        _ => true,
    };

    static bool IsSane(BrokerOrder order) =>
        order is { OrderId: > 0, FilledQuantity: >= 0, OrderedQuantity: >= 0 }
        && (order.OrderType is not ("EQ" or "") || order is { AveragePrice: null or > 0, Limit: null or > 0, Stop: null or > 0 });

    static bool IsSane(Quote quote) =>
        new[] { quote.Last, quote.Bid, quote.Ask, quote.DayOpen, quote.DayHigh, quote.DayLow, quote.PreviousClose, quote.ExtendedLast }
            .All(price => price is null || (double.IsFinite(price.Value) && price > 0 && price <= WireNumber.MaxPrice))
        && quote.DayVolume is null or >= 0 && quote.At.Year is >= 1970 and < 2200;
}
