using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Execution.Limits.Regimes;
using EtradeBot.Market;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Gates;

public class EntryGateTests
{
    /// <summary>Of each gate: a desk that just passes it, and one that is just too much for it.</summary>
    static readonly Dictionary<string, (SendRequest Passes, SendRequest Blocked)> Edges = new()
    {
        ["readiness"] = (Entry, Entry.Desk(desk => desk with { State = Readiness.NoEntries })),
        ["kill"] = (Entry, Entry.Desk(desk => desk with { IsKilled = true })),
        ["loss-halt"] = (Entry, Entry.Losing(losses => losses with { Halt = LossHalt.NoEntries, HaltReason = "lost" })),
        ["login"] = (Entry, Entry.Desk(desk => desk with { IsLoggedIn = false })),
        ["clock"] = (Skewed(-5), Skewed(-5.001)),
        ["limits-review"] = (Sized(5).Desk(desk => desk with { IsLive = true }), Sized(5).Desk(desk => desk with { IsLive = true }).With(limits => limits with { ReviewedAt = null })),
        ["unresolved-order"] = (Entry.Open(Unknown(Other)), Entry.Open(Unknown(Apple))),
        ["quote"] = (Entry, Entry with { Market = Entry.Market with { Quote = null } }),
        ["quote-live"] = (Entry, Entry.Quoting(quote => quote with { Status = QuoteStatus.Delayed })),
        ["quote-age"] = (Entry.Quoting(quote => quote with { At = Now.AddSeconds(-15) }), Entry.Quoting(quote => quote with { At = Now.AddSeconds(-15.001) })),
        ["quote-uncrossed"] = (Entry.Quoting(quote => quote with { Bid = 99.99 }), Entry.Quoting(quote => quote with { Bid = 100 })),
        ["spread"] = (Entry.Quoting(quote => quote with { Bid = 99.5, Ask = 100.5 }), Entry.Quoting(quote => quote with { Bid = 99.49, Ask = 100.5 })),
        ["halt"] = (Entry, Entry with { Market = Entry.Market with { IsHalted = true } }),
        ["quote-jump"] = (Jumped(110), Jumped(110.01)),
        ["price-collar"] = (Priced(103), Priced(103.01m)),
        ["shares"] = (Sized(1), Sized(0)),
        ["prices"] = (Priced(100.01m), Priced(100.001m)),
        ["entry-action"] = (Entry, Entry.Ordering(order => order with { Action = OrderAction.Sell })),
        ["most-shares"] = (Sized(10).With(limits => limits with { MostShares = 10 }), Sized(11).With(limits => limits with { MostShares = 10 })),
        ["most-notional"] = (Entry.With(limits => limits with { MostNotional = 1_000 }), Entry.With(limits => limits with { MostNotional = 999.99m })),
        ["volume-share"] = (Volume(1_000), Volume(999)),
        ["first-week-notional"] = (Sized(5).Desk(desk => desk with { IsLive = true }), Sized(6).Desk(desk => desk with { IsLive = true })),
        ["hours"] = (AtTime(9, 30), AtTime(9, 29)),
        ["one-order-per-intent"] = (Entry.Sent(Before(Hours(2))), Entry.Sent(Before(Hours(2), "i1"))),
        ["repeats"] = (Entry.Sent(Twin(60)), Entry.Sent(Twin(59.999))),
        ["orders-per-minute"] = (Entry.Sent(Times(4, 59.999)), Entry.Sent(Times(5, 59.999))),
        ["orders-per-symbol"] = (Entry.Sent(Times(9, 600)), Entry.Sent(Times(10, 600))),
        ["orders-per-day"] = (PerDay(4), PerDay(5)),
        ["first-week-orders"] = (Sized(5).Desk(desk => desk with { IsLive = true }).Sent(Times(2, 600)), Sized(5).Desk(desk => desk with { IsLive = true }).Sent(Times(3, 600))),
        ["opposite-order"] = (Entry.Open(Selling(Other)), Entry.Open(Selling(Apple))),
        ["priced"] = (Entry.Holding(new HeldShares(Other, 1, 0, 5)), Entry.Holding(new HeldShares(Other, 1, 0, null))),
        ["position"] = (Entry.Holding(new HeldShares(Apple, 240, 240, 100)), Entry.Holding(new HeldShares(Apple, 240.01m, 240, 100))),
        ["gross-exposure"] = (Entry.Holding(new HeldShares(Other, -990, 0, 100)), Entry.Holding(new HeldShares(Other, -990.01m, 0, 100))),
        ["net-exposure"] = (Entry.Holding(new HeldShares(Other, 990, 0, 100)), Entry.Holding(new HeldShares(Other, 990.01m, 0, 100))),
        ["day-notional"] = (Entry.Sent(Before(Hours(1)) with { Notional = 249_000 }), Entry.Sent(Before(Hours(1)) with { Notional = 249_000.01m })),
        ["buying-power"] = (Power(1_000), Power(999.99m)),
        ["account-value"] = (Entry, Entry.Losing(losses => losses with { Doubt = "the cash is gone" })),
        ["daily-loss"] = (Worth(49_500.01m), Worth(49_500)),
        ["daily-loss-stop"] = (Entry.Losing(losses => losses with { SoftDay = new(2026, 11, 20) }), Entry.Losing(losses => losses with { SoftDay = Today })),
        ["drawdown"] = (Entry.Losing(losses => losses with { Peak = 55_555.55m }), Entry.Losing(losses => losses with { Peak = 55_555.56m })),
        ["loss-pause"] = (Entry.Closed(Lost(60)), Entry.Closed(Lost(59.999))),
        ["streak-pause"] = (Entry.Closed(Lost(3_600), Lost(4_000), Lost(5_000)), Entry.Closed(Lost(3_599), Lost(4_000), Lost(5_000))),
        ["stop-out-pause"] = (Entry.Closed(StoppedOut(900)), Entry.Closed(StoppedOut(899.999))),
        ["restricted"] = (Entry.With(limits => limits with { Restricted = new HashSet<Symbol> { Other } }), Entry.With(limits => limits with { Restricted = new HashSet<Symbol> { Apple } })),
        ["short"] = (Shorting().With(limits => limits with { AllowShort = true }), Shorting()),
        ["day-trade"] = (DayTraded(2), DayTraded(3)),
        ["paid-for"] = (Cash(1_000), Cash(999.99m)),
        ["settled-cash"] = (Cash(1_000), Cash(999.99m)),
    };

    public static TheoryData<string> Names => [.. Edges.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_passes_a_gate_at_its_edge_and_is_blocked_just_beyond(string gate)
    {
        var (passes, blocked) = Edges[gate];
        Assert.True(passes.Gate(gate).Passed, passes.Gate(gate).Words);
        Assert.False(blocked.Gate(gate).Passed, blocked.Gate(gate).Words);
        Assert.False(SendGate.Judge(blocked).IsAllowed);
        Assert.NotEmpty(blocked.Gate(gate).Words);
    }

    public static TheoryData<string> LeftToPerson => [.. SendGate.LeftToPerson.Where(gate => gate != "resting-price")];

    [Theory]
    [MemberData(nameof(LeftToPerson))]
    public void What_is_left_to_a_person_warns_and_lets_the_order_through(string gate)
    {
        var blocked = Edges[gate].Blocked.Ordering(order => order with { IsByPerson = true });
        var verdict = SendGate.Judge(blocked);
        Assert.True(blocked.Gate(gate).Passed);
        Assert.EndsWith("(a person decides)", blocked.Gate(gate).Words);
        Assert.Contains(verdict.Warnings, warning => blocked.Gate(gate).Words.StartsWith(warning.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(OrderAction.Buy, 80, null, null)]
    [InlineData(OrderAction.Buy, null, 120, null)]
    [InlineData(OrderAction.Buy, 122, 120, null)]
    [InlineData(OrderAction.Buy, 120, null, "price-collar")]
    [InlineData(OrderAction.Buy, null, 80, "price-collar")]
    [InlineData(OrderAction.Buy, 150, 120, "price-collar")]
    [InlineData(OrderAction.SellShort, 120, null, null)]
    [InlineData(OrderAction.SellShort, 80, null, "price-collar")]
    [InlineData(OrderAction.SellShort, null, 80, null)]
    public void A_persons_price_far_off_the_market_may_wait_and_must_not_trade_at_once(OrderAction action, int? limit, int? stop, string? blockedBy)
    {
        var order = Entry.With(limits => limits with { AllowShort = true }).Ordering(asked => asked with
        {
            IsByPerson = true,
            Action = action,
            Limit = limit,
            Stop = stop,
            Type = (limit, stop) switch { (null, _) => OrderPriceType.Stop, (_, null) => OrderPriceType.Limit, _ => OrderPriceType.StopLimit },
        });
        Assert.Equal(blockedBy, order.BlockedBy());
        Assert.Equal("price-collar", order.Ordering(asked => asked with { IsByPerson = false }).BlockedBy());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_just_passes_one_gate_passes_all(string gate) => Assert.Null(Edges[gate].Passes.BlockedBy());

    [Fact]
    public void Every_gate_has_its_edge_tested()
    {
        var gates = SendGate.Judge(Entry).Gates.Select(gate => gate.Name).ToList();
        Assert.Equal(gates.Count, gates.Distinct().Count());
        Assert.Equal(gates.Except(["exit-action", "exit-size"]).Order(), Edges.Keys.Order());
    }

    [Fact]
    public void Gates_stand_in_the_order_of_their_stages_whatever_the_order_is()
    {
        foreach (var verdict in new[] { Entry, Exit, Shorting(), Cash(1) }.Select(SendGate.Judge))
        {
            Assert.Equal(verdict.Gates.Select(gate => gate.Stage).Order(), verdict.Gates.Select(gate => gate.Stage));
            Assert.Equal(SendGate.Judge(Entry).Gates.Select(gate => gate.Name), verdict.Gates.Select(gate => gate.Name));
        }
    }

    [Fact]
    public void The_first_gate_that_blocks_is_the_reason_and_all_behind_it_are_read()
    {
        var verdict = SendGate.Judge(Entry.Desk(desk => desk with { IsLoggedIn = false }).With(limits => limits with { MostShares = 9, Restricted = new HashSet<Symbol> { Apple } }));
        Assert.Equal("login", verdict.FirstBlock!.Name);
        Assert.Equal(["login", "most-shares", "restricted"], verdict.Gates.Where(gate => !gate.Passed).Select(gate => gate.Name));
        var shares = verdict.Gates.Single(gate => gate.Name == "most-shares");
        Assert.Equal((10m, 9m, "shares", "shares of one order: 10 shares, at most 9 shares"), (shares.Value, shares.Threshold, shares.Unit, shares.Words));
    }

    [Theory]
    [InlineData("clock")]
    [InlineData("volume-share")]
    [InlineData("daily-loss")]
    [InlineData("drawdown")]
    [InlineData("settled-cash")]
    public void A_number_that_is_not_known_blocks_an_entry(string gate)
    {
        var blind = Cash(5_000) with { Market = Entry.Market with { AverageDailyVolume = null } };
        blind = blind.Desk(desk => desk with { ClockSkew = null }) with { Account = blind.Account with { Cash = null, Losses = LossState.Empty } };
        Assert.False(blind.Gate(gate).Passed);
        Assert.Contains("not known", blind.Gate(gate).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, 54, true)]
    [InlineData(15, 55, false)]
    [InlineData(16, 30, false)]
    public void Entries_end_before_the_close(int hour, int minute, bool passes) => Assert.Equal(passes, AtTime(hour, minute).Gate("hours").Passed);

    [Theory]
    [InlineData("2026-11-27T17:54:59Z", true)] // the day after Thanksgiving closes at 13:00
    [InlineData("2026-11-27T17:55:00Z", false)]
    [InlineData("2026-11-26T15:00:00Z", false)] // Thanksgiving
    [InlineData("2026-11-28T15:00:00Z", false)] // Saturday
    public void Short_days_and_holidays_have_their_own_hours(string now, bool passes) =>
        Assert.Equal(passes, (Entry with { Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture) }).Gate("hours").Passed);

    [Fact]
    public void The_extended_session_is_for_those_who_allow_it()
    {
        var extended = AtTime(17, 0).Ordering(order => order with { IsExtendedSession = true }).Quoting(quote => quote with { Status = QuoteStatus.ExtendedRealTime });
        Assert.Equal("hours", extended.BlockedBy());
        Assert.Null(extended.With(limits => limits with { AllowExtendedHours = true }).BlockedBy());
    }

    static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);

    static SendRequest Skewed(double seconds) => Entry.Desk(desk => desk with { ClockSkew = TimeSpan.FromSeconds(seconds) });

    static OpenOrder Unknown(Symbol symbol) => new("u", symbol, OrderAction.Buy, 1) { Limit = 100, IsUnknown = true };

    static OpenOrder Selling(Symbol symbol) => new("s", symbol, OrderAction.Sell, 1) { Limit = 100 };

    static SendRequest Jumped(double to) => (Entry with { Market = Entry.Market with { Quote = Quoted(to - 0.005, to + 0.005) } }).Ordering(order => order with { Limit = 110 });

    static SendRequest Priced(decimal limit) => Entry.Quoting(quote => quote with { Bid = 99.99, Ask = 100.01 }).Ordering(order => order with { Limit = limit });

    static SendRequest Sized(int shares) => Entry.Ordering(order => order with { Shares = shares });

    static SendRequest Volume(double volume) => Entry with { Market = Entry.Market with { AverageDailyVolume = volume } };

    static SendRequest AtTime(int hour, int minute)
    {
        var now = At(hour, minute);
        return (Entry with { Now = now }).Quoting(quote => quote with { At = now, ReceivedAt = now });
    }

    static SentOrder Twin(double ago) => Before(TimeSpan.FromSeconds(ago)) with { Shares = 10 };

    static SentOrder[] Times(int count, double ago) => [.. Enumerable.Range(0, count).Select(i => Before(TimeSpan.FromSeconds(ago), $"b{i}"))];

    static SendRequest PerDay(int count) => Entry.With(limits => limits with { OrdersPerDay = 5 }).Sent(Times(count, 600));

    static SendRequest Power(decimal dollars) => Entry with { Account = Entry.Account with { BuyingPower = dollars } };

    static SendRequest Worth(decimal equity) => Entry.Losing(losses => losses with { Equity = equity });

    static ClosedTrade Lost(double ago) => new(Apple, Now.AddSeconds(-ago), -1, IsStopOut: false);

    static ClosedTrade StoppedOut(double ago) => new(Apple, Now.AddSeconds(-ago), 1, IsStopOut: true);

    static SendRequest Shorting() => Entry.Ordering(order => order with { Action = OrderAction.SellShort });

    static SendRequest Cash(decimal dollars) => Entry with { Account = Entry.Account with { Kind = AccountKind.Cash, Cash = CashLedger.With(dollars) } };

    /// <summary>An account below $25,000 with so many day trades in the days before.</summary>
    static SendRequest DayTraded(int count)
    {
        var book = DayTradeBook.Empty;
        for (var i = 0; i < count; i++)
        {
            var at = At(10, i).AddDays(-3);
            book = book.After(new LedgerFill(Apple, OrderAction.Buy, 1, 100, 0, at)).After(new LedgerFill(Apple, OrderAction.Sell, 1, 100, 0, at.AddSeconds(1)));
        }
        return Entry with { Account = Entry.Account with { Equity = 24_999.99m, DayTrades = book } };
    }
}
