using EtradeBot.ETrade.Api;

namespace EtradeBot.ETrade.Wire;

public sealed class AccountReaderTests
{
    static T Read<T>(string file, string root, Func<WireObject, T> read) => WireDocument.Read(Sample.Bytes(file), root, read);

    [Theory]
    [InlineData("accounts-list.json")]
    [InlineData("accounts-list.xml")]
    public void Accounts_are_read_from_JSON_and_from_XML(string file)
    {
        BrokerageAccount[] wanted =
        [
            new("Jx3Kq0pTzW9mLd2VbN7cRg", "840104290", "Bot account", "Individual Brokerage", "MARGIN", "INDIVIDUAL", IsActive: true),
            new("qT8rYw1_HsE5uAo4MnZ6Pg", "840104308", "", "Individual Brokerage", "CASH", "INDIVIDUAL", IsActive: false),
        ];
        Assert.Equal(wanted, Read(file, "AccountListResponse", AccountReader.Accounts));
    }

    [Fact]
    public void The_balance_of_a_margin_account_is_read()
    {
        var wanted = new AccountBalance
        {
            AccountNumber = "840104290",
            Mode = "MARGIN",
            TotalValue = 28094.35m,
            MarketValue = 9843.6m,
            NetCash = 18250.75m,
            CashBalance = 18250.75m,
            CashAvailableForInvestment = 18250.75m,
            SettledCash = 17810.25m,
            UnsettledCash = 440.5m,
            CashBuyingPower = 20915.05m,
            MarginBuyingPower = 41830.1m,
            FundsForOpenOrders = 0m,
            DayTraderStatus = "NO_PDT",
        };
        Assert.Equal(wanted, Read("balance.json", "BalanceResponse", AccountReader.Balance));
    }

    [Fact]
    public void A_cash_account_has_no_margin_figures_instead_of_zeros()
    {
        var balance = Read("balance-cash.json", "BalanceResponse", AccountReader.Balance);
        Assert.Null(balance.MarginBuyingPower);
        Assert.Equal(("840104308", "CASH", 1622.4m, 1502.4m, 120m, 0m), (balance.AccountNumber, balance.Mode, balance.TotalValue, balance.SettledCash, balance.FundsForOpenOrders, balance.UnsettledCash));
        Assert.Equal((1622.4m, 1622.4m, 1502.4m, 1502.4m, 0m), (balance.NetCash, balance.CashBalance, balance.CashAvailableForInvestment, balance.CashBuyingPower, balance.MarketValue));
    }

    [Fact]
    public void A_portfolio_is_read_position_by_position()
    {
        var page = Read("portfolio.json", "PortfolioResponse", AccountReader.PortfolioPage);
        PortfolioPosition[] wanted =
        [
            new(61200447100, "AAPL", "EQ", 20m)
            {
                Description = "AAPL", PricePaid = 231.4m, TotalCost = 4628m, MarketValue = 4863.6m, TotalGain = 235.6m, DayGain = 32.6m,
                LastPrice = 243.18m, AcquiredAt = Sample.Utc("2026-01-21T05:00:00Z"), PositionType = "LONG",
            },
            new(61200449100, "SPY", "EQ", 8m)
            {
                Description = "SPY", PricePaid = 588.02m, TotalCost = 4704.16m, MarketValue = 4980m, TotalGain = 275.84m, DayGain = -8.8m,
                LastPrice = 622.5m, AcquiredAt = Sample.Utc("2025-11-04T05:00:00Z"), PositionType = "LONG",
            },
        ];
        Assert.Equal(wanted, page.Positions);
        Assert.Equal((1, false, null, null), (page.Pages, page.HasNext, page.MarketValue, page.CashBalance));
    }

    [Fact]
    public void A_portfolio_page_says_whether_more_follow_and_what_the_whole_is_worth()
    {
        var page = Read("portfolio-totals.json", "PortfolioResponse", AccountReader.PortfolioPage);
        Assert.Equal((2, true, 9843.6m, 18250.75m), (page.Pages, page.HasNext, page.MarketValue, page.CashBalance));
        var old = Sample.Changed("portfolio-totals.json", root =>
        {
            var account = root["PortfolioResponse"]!["AccountPortfolio"]![0]!.AsObject();
            account.Remove("totalPages");
            account["totalNoOfPages"] = "3";
        });
        Assert.Equal(3, WireDocument.Read(old, "PortfolioResponse", AccountReader.PortfolioPage).Pages);
    }

    [Fact]
    public void A_short_position_is_negative_and_a_date_before_1970_is_none()
    {
        var body = Sample.Changed("portfolio.json", root =>
        {
            var position = root["PortfolioResponse"]!["AccountPortfolio"]![0]!["Position"]![0]!;
            (position["quantity"], position["dateAcquired"], position["positionType"]) = (-20.5, -68400000, "SHORT");
        });
        var read = WireDocument.Read(body, "PortfolioResponse", AccountReader.PortfolioPage).Positions[0];
        Assert.Equal((-20.5m, null, "SHORT"), (read.Quantity, read.AcquiredAt, read.PositionType));
    }

    [Fact]
    public void A_stock_without_its_cost_is_an_error_and_a_bond_without_it_hides_nothing()
    {
        Assert.Throws<WireException>(() => Without("EQ"));
        Assert.Equal(["BOND", "EQ"], Without("BOND").Positions.Select(position => position.SecurityType));

        static PortfolioPage Without(string type) => WireDocument.Read(
            Sample.Changed("portfolio.json", root =>
            {
                var position = root["PortfolioResponse"]!["AccountPortfolio"]![0]!["Position"]![0]!.AsObject();
                position["Product"]!["securityType"] = type;
                position.Remove("totalCost");
            }),
            "PortfolioResponse",
            AccountReader.PortfolioPage);
    }

    [Fact]
    public void A_pending_transaction_has_no_day_of_posting()
    {
        var page = Read("transactions.json", "TransactionListResponse", AccountReader.TransactionPage);
        AccountTransaction[] wanted =
        [
            new("26069100417733", Sample.Utc("2026-03-09T04:00:00Z"), null, "Bought", "APPLE INC", -4628m)
            {
                Symbol = "AAPL", Quantity = 20m, Price = 231.4m, Fee = 0m, SettlesAt = Sample.Utc("2026-03-10T04:00:00Z"),
            },
        ];
        Assert.Equal(wanted, page.Lines);
        Assert.Equal("26069100417733_1773028800", page.Marker);
    }

    [Fact]
    public void Details_of_a_transaction_keep_their_kind_inside_the_trade()
    {
        var read = WireDocument.Read(Endpoint.Of("transaction").Answer, "TransactionDetailsResponse", AccountReader.Transaction);
        Assert.Equal(
            new AccountTransaction("26069100417733", Sample.Utc("2026-03-09T04:00:00Z"), null, "Bought", "APPLE INC", -4628m) { Symbol = "AAPL", Quantity = 20m, Price = 231.4m, Fee = 0.02m },
            read);
    }

    [Fact]
    public void Lots_are_read()
    {
        var lots = WireDocument.Read(Endpoint.Of("lots").Answer, "PositionLotsResponse", AccountReader.Lots);
        Assert.Equal([new PositionLot(7712, 20m, 15m, 231.4m, Sample.Utc("2026-01-21T05:00:00Z"))], lots);
    }

    [Fact]
    public void Alerts_are_read()
    {
        Assert.Equal([new BrokerAlert(5108, Sample.Utc("2026-03-10T13:45:00Z"), "AAPL: order executed", "UNREAD")], Read("alerts-list.json", "AlertsResponse", AlertReader.Alerts));
        Assert.Equal("Bought 20", WireDocument.Read(Endpoint.Of("alert").Answer, "AlertDetailsResponse", AlertReader.Alert).Text);
    }

    [Theory]
    [InlineData("""{"result":"SUCCESS"}""")]
    [InlineData("{}")]
    [InlineData("""{"result":"SUCCESS","failedAlerts":{}}""")]
    [InlineData("""{"result":"ERROR","failedAlerts":{"alertId":[8,9]}}""", 8L, 9L)]
    [InlineData("""{"result":"ERROR","failedAlerts":{"alertId":"9"}}""", 9L)]
    [InlineData("""{"result":"ERROR"}""", 7L, 8L, 9L)]
    public void Alerts_that_were_not_deleted_are_named(string answer, params long[] left)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"AlertsResponse":{{answer}}}""");
        Assert.Equal(left, WireDocument.Read(body, "AlertsResponse", response => AlertReader.NotDeleted(response, [7, 8, 9])));
    }
}
