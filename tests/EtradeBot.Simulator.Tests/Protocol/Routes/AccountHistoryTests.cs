namespace EtradeBot.Simulator.Protocol.Routes;

public sealed class AccountHistoryTests
{
    readonly Desk _desk = Desk.LoggedIn();

    string Path(string rest) => $"/v1/accounts/{_desk.MarginKey}/{rest}";

    void Buy(params string[] tickers)
    {
        foreach (var ticker in tickers)
        {
            _desk.Place(new OrderText("BUY", ticker, 5));
            _desk.Pass(120);
        }
    }

    [Fact]
    public void Nothing_there_is_204_without_a_body()
    {
        foreach (var path in (string[])[Path("portfolio.json"), Path("transactions"), Path("orders.json")])
        {
            var reply = _desk.Get(path);
            Assert.Equal((204, ""), (reply.Status, reply.Body));
        }
    }

    [Fact]
    public void Positions_come_in_pages_sorted_as_asked()
    {
        Buy("MSFT", "AAPL", "SPY");
        var first = _desk.Get(Path("portfolio.json?count=2&sortBy=SYMBOL&sortOrder=ASC")).At("PortfolioResponse", "AccountPortfolio", 0);
        Assert.Equal(["AAPL", "MSFT"], first.GetProperty("Position").EnumerateArray().Select(position => position.GetProperty("Product").GetProperty("symbol").GetString()));
        Assert.Equal(("2", 2), (first.GetProperty("nextPageNo").GetString(), first.GetProperty("totalPages").GetInt32()));
        var second = _desk.Get(Path("portfolio.json?count=2&sortBy=SYMBOL&sortOrder=ASC&pageNumber=2")).At("PortfolioResponse", "AccountPortfolio", 0);
        Assert.Equal("SPY", second.GetProperty("Position")[0].GetProperty("symbolDescription").GetString());
        Assert.False(second.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("QUICK", "Quick")]
    [InlineData("performance", "Performance")]
    [InlineData("FUNDAMENTAL", "Fundamental")]
    [InlineData("OPTIONSWATCH", "OptionsWatch")]
    [InlineData("COMPLETE", "Complete")]
    public void Each_view_has_its_block(string view, string block)
    {
        Buy("AAPL");
        var position = _desk.Get(Path($"portfolio.json?view={view}")).At("PortfolioResponse", "AccountPortfolio", 0, "Position", 0);
        Assert.True(position.GetProperty(block).TryGetProperty("lastTrade", out _));
    }

    [Fact]
    public void Lots_are_listed_with_the_position_and_by_themselves()
    {
        Buy("AAPL", "AAPL");
        var position = _desk.Get(Path("portfolio.json?lotsRequired=true")).At("PortfolioResponse", "AccountPortfolio", 0, "Position", 0);
        Assert.Equal(2, position.GetProperty("positionLot").GetArrayLength());
        var link = position.GetProperty("lotsDetails").GetString()![Desk.Root.Length..];
        Assert.Equal(2, _desk.Get(link).At("PositionLotsResponse", "PositionLot").GetArrayLength());
        Assert.Equal(404, _desk.Get(Path("portfolio/17.json")).Status);
    }

    [Fact]
    public void The_figures_of_a_position_agree_with_each_other()
    {
        Buy("AAPL");
        _desk.Pass(3_000);
        var position = _desk.Get(Path("portfolio.json")).At("PortfolioResponse", "AccountPortfolio", 0, "Position", 0);
        decimal Figure(string name) => position.GetProperty(name).GetDecimal();
        Assert.Equal(Figure("marketValue"), 5 * position.GetProperty("Quick").GetProperty("lastTrade").GetDecimal());
        Assert.Equal(Figure("totalGain"), Figure("marketValue") - Figure("totalCost"));
        // All of it was bought today: the day's gain is the whole one, but for what the purchase cost.
        Assert.InRange(Figure("daysGain") - Figure("totalGain"), -1m, 1m);
        Assert.Equal(100m, Figure("pctOfPortfolio"));
    }

    [Fact]
    public void Transactions_come_in_pages_that_meet_and_in_detail()
    {
        Buy("MSFT", "AAPL", "SPY");
        var first = _desk.Get(Path("transactions.json?count=2")).At("TransactionListResponse");
        Assert.Equal((2, 3, true), (first.GetProperty("transactionCount").GetInt32(), first.GetProperty("totalCount").GetInt32(), first.GetProperty("moreTransactions").GetBoolean()));
        var second = _desk.Get(first.GetProperty("next").GetString()![Desk.Root.Length..]).At("TransactionListResponse", "Transaction");
        Assert.Equal(1, second.GetArrayLength());
        Assert.Equal("MSFT", second[0].GetProperty("brokerage").GetProperty("product").GetProperty("symbol").GetString());
        var oldest = _desk.Get(Path("transactions.json?count=1&sortOrder=ASC")).At("TransactionListResponse", "Transaction", 0);
        Assert.Equal(second[0].GetProperty("transactionId").GetString(), oldest.GetProperty("transactionId").GetString());
        var detail = _desk.Get(oldest.GetProperty("detailsURI").GetString()![Desk.Root.Length..]).At("TransactionDetailsResponse");
        Assert.Equal(oldest.GetProperty("amount").GetRawText(), detail.GetProperty("amount").GetRawText());
        Assert.Equal(404, _desk.Get(Path("transactions/17.json")).Status);
    }

    [Fact]
    public void More_than_fifty_transactions_at_once_are_an_error_of_the_service()
    {
        var reply = _desk.Get(Path("transactions.json?count=51"));
        Assert.Equal((500, 100), (reply.Status, reply.At("Error", "code").GetInt32()));
    }

    [Fact]
    public void An_execution_is_an_alert_that_can_be_read_and_deleted()
    {
        Buy("AAPL");
        var alert = _desk.Get("/v1/user/alerts.json?category=STOCK").At("AlertsResponse", "Alert", 0);
        Assert.Equal(("AAPL: order executed", "UNREAD"), (alert.GetProperty("subject").GetString(), alert.GetProperty("status").GetString()));
        var id = alert.GetProperty("id").GetInt64();
        Assert.Equal("AAPL", _desk.Get($"/v1/user/alerts/{id}.json").At("AlertDetailsResponse", "symbol").GetString());
        Assert.Equal("READ", _desk.Get("/v1/user/alerts.json?category=STOCK").At("AlertsResponse", "Alert", 0, "status").GetString());
        Assert.Equal("SUCCESS", _desk.Send("DELETE", $"/v1/user/alerts/{id},1.json").At("AlertsResponse", "result").GetString());
        Assert.Equal(204, _desk.Get("/v1/user/alerts.json").Status);
        Assert.Equal("ERROR", _desk.Send("DELETE", "/v1/user/alerts/99.json").At("AlertsResponse", "result").GetString());
    }
}
