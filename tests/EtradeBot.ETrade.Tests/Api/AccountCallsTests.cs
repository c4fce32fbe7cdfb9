using System.Globalization;
using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.ETrade.Api;

public sealed class AccountCallsTests
{
    static readonly FakeTimeProvider Clock = new(Sample.Utc("2026-03-11T03:30:00Z"));

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static string Page(int pages, params long[] positions) =>
        $$$"""{"PortfolioResponse":{"AccountPortfolio":[{"totalPages":{{{pages}}},"Position":[{{{string.Join(',', positions.Select(Position))}}}]}]}}""";

    static string Position(long id) => $$$"""{"positionId":{{{id}}},"quantity":1,"pricePaid":2,"totalCost":2,"Product":{"symbol":"AAPL","securityType":"EQ"}}""";

    static async Task<long[]> Ids(CannedBroker broker) =>
        [.. (await new AllCalls(broker).Accounts.PortfolioAsync(Endpoint.Key, Stop)).Positions.Select(position => position.PositionId)];

    [Fact]
    public async Task A_portfolio_of_one_page_is_one_request()
    {
        var broker = CannedBroker.InTurn(Page(1, 7, 8));
        Assert.Equal((long[])[7, 8], await Ids(broker));
        var call = Assert.Single(broker.Calls);
        Assert.Equal(
            (ETradeModule.Accounts, CallPriority.Normal, "/accounts/Jx3Kq0pTzW9mLd2VbN7cRg/portfolio.json", "count=50&pageNumber=1&sortBy=SYMBOL&sortOrder=ASC&totalsRequired=true&view=QUICK"),
            (call.Module, call.Priority, call.Path, CannedBroker.Query(call)));
    }

    [Fact]
    public async Task A_portfolio_of_several_pages_is_read_until_two_readings_agree()
    {
        var broker = CannedBroker.InTurn(Page(2, 1, 2), Page(2, 2, 3), Page(2, 1, 2), Page(2, 3), Page(2, 1, 2), Page(2, 3));
        Assert.Equal((long[])[1, 2, 3], await Ids(broker));
        Assert.Equal(6, broker.Calls.Count);
        Assert.Equal(["1", "2", "1", "2", "1", "2"], broker.Calls.Select(call => call.Query.Single(one => one.Name == "pageNumber").Value));
    }

    [Fact]
    public async Task A_portfolio_that_never_rests_is_an_error_instead_of_a_guess()
    {
        var broker = new CannedBroker((_, turn) => CannedBroker.Reply(Page(2, turn * 2 + 1, turn * 2 + 2)));
        Assert.Equal(BrokerFault.TryAgain, (await Assert.ThrowsAsync<BrokerException>(() => Ids(broker))).Fault);
    }

    [Fact]
    public async Task The_same_symbol_may_be_held_in_several_positions() =>
        Assert.Equal(["AAPL", "AAPL"], (await new AllCalls(CannedBroker.InTurn(Page(1, 7, 8))).Accounts.PortfolioAsync(Endpoint.Key, Stop)).Positions.Select(position => position.Symbol));

    [Fact]
    public async Task An_empty_portfolio_is_no_error() => Assert.Empty(await Ids(CannedBroker.InTurn([null])));

    static string Lines(string? marker, params string[] ids) =>
        $$$"""{"TransactionListResponse":{"marker":"{{{marker}}}","Transaction":[{{{string.Join(',', ids.Select(id => $$"""{"transactionId":"{{id}}","amount":1,"postDate":0}"""))}}}]}}""";

    [Fact]
    public async Task Transactions_of_all_pages_are_joined_once_each()
    {
        var broker = CannedBroker.InTurn(Lines("m1", "9", "8"), Lines("m2", "8", "7"), Lines(null, "6"));
        var found = await new AllCalls(broker, Clock).Accounts.TransactionsAsync(Endpoint.Key, new TransactionQuery(), Stop);
        Assert.Equal(["9", "8", "7", "6"], found.Select(line => line.Id));
        Assert.Equal(["sortOrder=DESC&count=50", "sortOrder=DESC&count=50&marker=m1", "sortOrder=DESC&count=50&marker=m2"], broker.Calls.Select(CannedBroker.Query));
    }

    [Theory]
    [InlineData("m1", "m1")]
    [InlineData("m1", "m2")]
    public async Task A_marker_that_leads_in_a_circle_or_to_nothing_ends_the_list(string first, string second)
    {
        var broker = new CannedBroker((_, turn) => turn > 5 ? throw new InvalidOperationException("it went on and on") : CannedBroker.Reply(turn % 2 == 0 ? Lines(first, "9") : Lines(second, second == first ? ["8"] : [])));
        Assert.NotEmpty(await new AllCalls(broker, Clock).Accounts.TransactionsAsync(Endpoint.Key, new TransactionQuery(), Stop));
    }

    [Theory]
    [InlineData(null, null, "sortOrder=DESC&count=50")]
    [InlineData("2026-01-05", "2026-02-28", "startDate=01052026&endDate=02282026&sortOrder=DESC&count=50")]
    [InlineData("2026-01-05", null, "startDate=01052026&endDate=03102026&sortOrder=DESC&count=50")]
    [InlineData(null, "2026-02-28", "startDate=03112024&endDate=02282026&sortOrder=DESC&count=50")]
    public async Task Days_are_New_York_days_and_the_missing_one_is_added(string? from, string? to, string query)
    {
        var broker = CannedBroker.InTurn([null]);
        await new AllCalls(broker, Clock).Accounts.TransactionsAsync(Endpoint.Key, new TransactionQuery(Day(from), Day(to)), Stop);
        Assert.Equal(query, CannedBroker.Query(broker.Calls[0]));

        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Days_the_wrong_way_round_are_refused_in_words()
    {
        var error = await Assert.ThrowsAsync<BrokerException>(() => new AllCalls(CannedBroker.Always("")).Accounts.TransactionsAsync(
            Endpoint.Key, new TransactionQuery(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 1)), Stop));
        Assert.Equal((RequestFate.NotSent, "the first day, 2026-03-02, is after the last, 2026-03-01: swap them"), (error.Fate, error.Message));
    }

    [Theory]
    [InlineData("8401/04290")]
    [InlineData("../list")]
    [InlineData("a b")]
    [InlineData("a?b")]
    public async Task What_is_no_account_key_is_not_sent(string key)
    {
        var broker = CannedBroker.Always("{}");
        Assert.Equal(RequestFate.NotSent, (await Assert.ThrowsAsync<BrokerException>(() => new AllCalls(broker).Accounts.BalanceAsync(key, Stop))).Fate);
        Assert.Empty(broker.Calls);
    }

    [Fact]
    public async Task Only_the_brokers_own_404_says_that_something_is_not_there()
    {
        Assert.Null(await new AllCalls(Failing(102)).Accounts.TransactionAsync(Endpoint.Key, "77", Stop));
        await Assert.ThrowsAsync<BrokerException>(() => new AllCalls(Failing(null)).Accounts.TransactionAsync(Endpoint.Key, "77", Stop));

        static CannedBroker Failing(int? code) => new((_, _) => throw new BrokerException(BrokerFault.Refused, RequestFate.Refused, "not found") { HttpStatus = 404, Code = code });
    }

    [Fact]
    public async Task Alerts_are_deleted_in_pieces_and_once_each()
    {
        var broker = CannedBroker.Always("""{"AlertsResponse":{"result":"SUCCESS"}}""");
        Assert.Empty(await new AllCalls(broker).Alerts.DeleteAsync([.. Enumerable.Range(1, 250).Select(id => (long)id), 7], Stop));
        Assert.Equal([100, 100, 50], broker.Calls.Select(call => call.Path.Split(',').Length));
        Assert.All(broker.Calls, call => Assert.Equal((HttpMethod.Delete, ETradeModule.User), (call.Method, call.Module)));
        Assert.StartsWith("/user/alerts/1,2,3,", broker.Calls[0].Path, StringComparison.Ordinal);
    }
}
