namespace EtradeBot.Simulator.Accounts;

public sealed class PlacingTests
{
    readonly Bench _bench = new();

    int? PreviewCode(OrderRequest request) => Assert.IsType<Refusal>(_bench.Broker.Preview(_bench.Key, request).Refusal).Code;

    int? PlaceCode(OrderRequest request, long? previewId) =>
        Assert.IsType<Refusal>(_bench.Broker.Place(_bench.Key, request, previewId).Refusal).Code;

    [Fact]
    public void The_customer_has_a_margin_a_cash_and_a_closed_account_that_follow_from_the_seed()
    {
        var accounts = _bench.Broker.Accounts;
        Assert.Equal([(true, false), (false, false), (false, true)], accounts.Select(account => (account.IsMargin, account.IsClosed)));
        Assert.All(accounts, account => Assert.Matches("^[0-9]{9}$", account.Number));
        Assert.All(accounts, account => Assert.Matches("^[A-Za-z0-9_-]{22}$", account.Key));
        Assert.Equal(3, accounts.Select(account => account.Number).Distinct().Count());
        Assert.Equal(accounts, new Bench().Broker.Accounts);
        Assert.NotEqual(accounts[0].Key, new Bench(new SimulatorOptions { Seed = 8 }).Broker.Accounts[0].Key);
    }

    [Fact]
    public void Only_the_key_opens_an_account_not_its_number()
    {
        var broker = _bench.Broker;
        foreach (var wrong in new[] { "nonsense", "", broker.Accounts[0].Number })
        {
            Assert.Equal(102, broker.Balance(wrong).Refusal?.Code);
            Assert.Equal(102, broker.Positions(wrong).Refusal?.Code);
            Assert.Equal(102, broker.Transactions(wrong).Refusal?.Code);
            Assert.Equal(102, broker.Orders(wrong).Refusal?.Code);
            Assert.Equal(102, broker.Order(wrong, 1).Refusal?.Code);
            Assert.Equal(102, broker.Preview(wrong, Bench.Buy(1)).Refusal?.Code);
            Assert.Equal(102, broker.Place(wrong, Bench.Buy(1), 1).Refusal?.Code);
            Assert.Equal(102, broker.PreviewChange(wrong, 1, Bench.Buy(1)).Refusal?.Code);
            Assert.Equal(102, broker.PlaceChange(wrong, 1, Bench.Buy(1), 1).Refusal?.Code);
            Assert.Equal(102, broker.Cancel(wrong, 1).Refusal?.Code);
        }
    }

    [Fact]
    public void A_closed_account_takes_no_orders()
    {
        var key = _bench.Broker.Accounts[2].Key;
        Assert.Equal(253, _bench.Broker.Preview(key, Bench.Buy(1)).Refusal?.Code);
        Assert.Equal(253, _bench.Broker.Place(key, Bench.Buy(1), 1).Refusal?.Code);
        Assert.Equal(0, _bench.Broker.Balance(key).Value!.Total);
    }

    [Fact]
    public void A_preview_shows_what_the_order_costs_and_does_nothing()
    {
        var preview = _bench.Broker.Preview(_bench.Key, Bench.Limit(Bench.Buy(10), 98.5m)).Value!;
        Assert.Equal((10, 985m, 0m, 200_000m), (preview.Shares, preview.Total, preview.Commission, preview.BuyingPower));
        Assert.InRange(preview.PreviewId, 100_000_000_000, 999_999_999_999);
        Assert.Empty(preview.Notes);
        Assert.Empty(_bench.Broker.EveryOrder(_bench.Key));
        Assert.Equal(0, _bench.Balance.Reserved);
    }

    [Fact]
    public void A_preview_is_good_for_three_minutes_and_for_one_order()
    {
        var request = Bench.Limit(Bench.Buy(1), 90);
        var previews = Enumerable.Range(0, 3).Select(_ => _bench.Broker.Preview(_bench.Key, request).Value!.PreviewId).ToList();
        _bench.To("10:03:00");
        Assert.Null(_bench.Broker.Place(_bench.Key, request, previews[0]).Refusal);
        Assert.Equal(900, PlaceCode(request, previews[0]));
        _bench.To("10:03:01");
        Assert.Equal(101, PlaceCode(request, previews[1]));
        _bench.To("11:00:00", days: 1);
        _bench.Broker.Preview(_bench.Key, request);
        Assert.Equal(900, PlaceCode(request, previews[2]));
    }

    [Fact]
    public void Place_has_to_repeat_the_previewed_terms_but_not_the_client_order_id()
    {
        var request = Bench.Limit(Bench.Buy(10), 90);
        var id = _bench.Broker.Preview(_bench.Key, request).Value!.PreviewId;
        Assert.Equal(101, PlaceCode(request with { Quantity = 11 }, id));
        Assert.Equal(101, PlaceCode(request with { Limit = 90.01m }, id));
        Assert.Equal(101, PlaceCode(request with { Ticker = "MSFT" }, id));
        Assert.Equal(101, PlaceCode(request with { Term = OrderTerm.GoodUntilCancel }, id));
        Assert.Equal(101, Assert.IsType<Refusal>(_bench.Broker.PlaceChange(_bench.Key, 1, request, id).Refusal).Code);
        Assert.Equal(1033, PlaceCode(request, null));
        Assert.Equal(900, PlaceCode(request, 123_456_789_012));
        Assert.Equal(900, _bench.Broker.Place(_bench.Broker.Accounts[1].Key, request, id).Refusal?.Code);
        // A stop price has no meaning for a limit order, and zero stands for none.
        Assert.Null(_bench.Broker.Place(_bench.Key, request with { ClientOrderId = "other", Quantity = 10.0m, Stop = 0, StopLimit = 5 }, id).Refusal);
        Assert.Equal("other", _bench.Last.Terms.ClientOrderId);
    }

    [Fact]
    public void Money_is_checked_at_the_preview_and_again_when_the_order_is_placed()
    {
        // 100,000 dollars on margin buy 200,000: 1,999 shares at an ask of 100.05, or 2,000 at a limit of 100.
        Assert.Equal(1021, PreviewCode(Bench.Buy(2_000)));
        Assert.Equal(1021, PreviewCode(Bench.Limit(Bench.Buy(2_001), 100)));
        var request = Bench.Limit(Bench.Buy(2_000), 100);
        var (first, second) = (_bench.Broker.Preview(_bench.Key, request).Value!, _bench.Broker.Preview(_bench.Key, request).Value!);
        Assert.Null(_bench.Broker.Place(_bench.Key, request, first.PreviewId).Refusal);
        Assert.Equal(1021, PlaceCode(request, second.PreviewId));
        Assert.Equal((200_000m, 0m), (_bench.Balance.Reserved, _bench.Balance.MarginBuyingPower));
        Assert.Equal(1021, PreviewCode(Bench.Limit(Bench.Buy(1), 1)));
    }

    [Fact]
    public void A_cash_account_buys_for_its_cash_and_sells_nothing_short()
    {
        var bench = new Bench(isCash: true);
        Assert.Equal(1021, bench.TryPlace(Bench.Limit(Bench.Buy(1_001), 100)).Refusal?.Code);
        bench.Place(Bench.Limit(Bench.Buy(1_000), 100));
        Assert.NotNull(bench.TryPlace(Bench.Request(OrderAction.SellShort, 1)).Refusal);
    }

    [Fact]
    public void An_open_sell_reserves_its_shares()
    {
        _bench.Hold(10);
        Assert.Equal(1037, PreviewCode(Bench.Sell(11)));
        Assert.Equal(1037, PreviewCode(Bench.Request(OrderAction.BuyToCover, 1)));
        var stop = _bench.Place(Bench.Stop(Bench.Sell(6), 90));
        Assert.Equal(1037, PreviewCode(Bench.Limit(Bench.Sell(5), 120)));
        Assert.Equal(1037, PreviewCode(Bench.Sell(0) with { IsAllIOwn = true }));
        _bench.Place(Bench.Limit(Bench.Sell(4), 120));
        _bench.Broker.Cancel(_bench.Key, stop);
        Assert.Equal(1037, PreviewCode(Bench.Sell(6)));
        _bench.To("10:00:30");
        Assert.Null(_bench.TryPlace(Bench.Sell(6)).Refusal);
    }

    [Fact]
    public void All_I_own_counts_the_shares_at_the_preview()
    {
        Assert.Equal(1037, PreviewCode(Bench.Sell(0) with { IsAllIOwn = true }));
        _bench.Hold(7);
        _bench.Place(Bench.Sell(999) with { IsAllIOwn = true });
        Assert.Equal(7, _bench.Last.Shares);
    }

    [Fact]
    public void Dollars_become_whole_shares_at_the_side_of_the_quote_they_meet()
    {
        var request = Bench.Buy(0) with { IsDollars = true, Quantity = 1_000 };
        Assert.Equal(9, _bench.Broker.Preview(_bench.Key, request).Value!.Shares);
        Assert.NotNull(_bench.TryPlace(request with { Quantity = 100 }).Refusal);
        Assert.Equal(1, _bench.Broker.Preview(_bench.Key, request with { Quantity = 100.05m }).Value!.Shares);
    }

    [Fact]
    public void A_stop_keeps_a_cent_from_the_quote()
    {
        // The quote is 99.95 to 100.05.
        _bench.Hold(10);
        Assert.Equal(2084, PreviewCode(Bench.Stop(Bench.Buy(1), 100.05m)));
        Assert.Null(_bench.TryPlace(Bench.Stop(Bench.Buy(1), 100.06m)).Refusal);
        Assert.Equal(2085, PreviewCode(Bench.Stop(Bench.Sell(1), 99.95m)));
        Assert.Null(_bench.TryPlace(Bench.Stop(Bench.Sell(1), 99.94m)).Refusal);
        var trailing = Bench.Sell(1) with { Type = PriceType.TrailingStopAmount };
        Assert.Equal(2085, PreviewCode(trailing with { Stop = 0.05m }));
        Assert.Null(_bench.TryPlace(trailing with { Stop = 0.06m }).Refusal);
        Assert.Null(PreviewCode(trailing with { Stop = 100 }));
    }

    [Fact]
    public void A_stop_that_the_market_has_passed_since_its_preview_is_refused_when_placed()
    {
        _bench.Hold(10);
        var request = Bench.Stop(Bench.Sell(10), 99);
        var id = _bench.Broker.Preview(_bench.Key, request).Value!.PreviewId;
        _bench.Print("10:00:02", 98);
        Assert.Equal(2085, PlaceCode(request, id));
    }

    [Fact]
    public void An_unknown_symbol_is_refused()
    {
        Assert.Equal(1019, PreviewCode(Bench.Buy(1) with { Ticker = "NOPE" }));
        Assert.Equal(1019, PreviewCode(Bench.Buy(1) with { Ticker = "BRK A" }));
        Assert.Equal(1019, PreviewCode(Bench.Buy(1) with { Ticker = "" }));
        Assert.Null(_bench.TryPlace(Bench.Buy(1) with { Ticker = " aapl " }).Refusal);
        Assert.Equal("AAPL", _bench.Last.Terms.Ticker);
    }

    [Fact]
    public void A_symbol_without_a_price_has_to_wait()
    {
        _bench.Market.Trade("NEW", Bench.At("11:00:00"), 50);
        Assert.Equal(1508, PreviewCode(Bench.Buy(1) with { Ticker = "NEW" }));
        _bench.To("11:00:00");
        Assert.Null(_bench.TryPlace(Bench.Buy(1) with { Ticker = "NEW" }).Refusal);
    }

    [Fact]
    public void Malformed_orders_are_refused_in_words()
    {
        var limit = Bench.Limit(Bench.Buy(1), 90);
        OrderRequest[] malformed =
        [
            limit with { ClientOrderId = "" },
            limit with { ClientOrderId = "abcdefghij01234567890" },
            limit with { ClientOrderId = "with-dash" },
            limit with { Quantity = 0 },
            limit with { Quantity = -1 },
            limit with { Quantity = 1.5m },
            limit with { Quantity = 10_000_001 },
            limit with { Limit = null },
            limit with { Limit = 0 },
            limit with { Limit = -1 },
            limit with { Limit = 90.001m },
            limit with { IsAllIOwn = true },
            limit with { Type = PriceType.Stop },
            limit with { Type = PriceType.StopLimit },
            Bench.Buy(1) with { IsExtended = true },
            Bench.Stop(Bench.Buy(1), 110) with { IsExtended = true },
            Bench.Buy(1) with { Term = OrderTerm.FillOrKill },
            Bench.Stop(Bench.Buy(1), 110) with { Term = OrderTerm.ImmediateOrCancel },
            Bench.Buy(1) with { Type = PriceType.TrailingStopPercent, Stop = 100 },
        ];
        foreach (var request in malformed)
        {
            var refusal = _bench.TryPlace(request).Refusal;
            Assert.True(refusal is { Code: null, HttpStatus: 400, Message.Length: > 10 }, request.ToString());
        }
        Assert.Empty(_bench.Broker.EveryOrder(_bench.Key));
        Assert.Null(_bench.TryPlace(limit with { ClientOrderId = "abcdefghij0123456789" }).Refusal);
    }

    [Fact]
    public void Notes_tell_of_the_session_and_of_an_order_on_the_same_side()
    {
        var request = Bench.Limit(Bench.Buy(1), 90);
        Assert.Equal([1026], _bench.TryPlace(request).Value!.Notes.Select(note => note.Code));
        Assert.Equal([1042], _bench.Broker.Preview(_bench.Key, request).Value!.Notes.Select(note => note.Code));
        Assert.Empty(_bench.Broker.Preview(_bench.Key, request with { Ticker = "MSFT" }).Value!.Notes);
        Assert.Empty(_bench.Broker.Preview(_bench.Key, Bench.Request(OrderAction.SellShort, 1)).Value!.Notes);
        _bench.To("21:00:00");
        Assert.Equal([1027], _bench.TryPlace(request).Value!.Notes.Select(note => note.Code));
    }

    [Fact]
    public void A_repeated_client_order_id_is_taken_unless_the_broker_is_told_to_refuse_it()
    {
        var request = Bench.Limit(Bench.Buy(1), 90);
        var first = _bench.Place(request);
        Assert.Equal(first + 1, _bench.Place(request));
        _bench.Broker.RefusesDuplicateClientOrderIds = true;
        Assert.NotNull(_bench.TryPlace(request).Refusal);
        Assert.Null(_bench.TryPlace(request with { ClientOrderId = "new" }).Refusal);
    }

    [Fact]
    public void Order_numbers_count_up_in_each_account_by_itself()
    {
        var request = Bench.Limit(Bench.Buy(1), 90);
        var cash = _bench.Broker.Accounts[1].Key;
        var first = _bench.Place(request);
        var other = _bench.Broker.Place(cash, request, _bench.Broker.Preview(cash, request).Value!.PreviewId).Value!.OrderId;
        Assert.Equal(first + 1, _bench.Place(request));
        Assert.NotEqual(first + 2, other);
        Assert.Equal([first + 1, first], _bench.Broker.Orders(_bench.Key).Value!.Select(order => order.OrderId));
        Assert.Null(_bench.Broker.Order(_bench.Key, first).Refusal);
        Assert.NotNull(_bench.Broker.Order(_bench.Key, first + 2).Refusal);
        Assert.NotNull(_bench.Broker.Order(_bench.Key, first - 1).Refusal);
    }
}
