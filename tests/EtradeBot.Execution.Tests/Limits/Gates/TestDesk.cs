using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>A desk at 10:00 on a Monday at which an entry of 10 AAPL at $100 passes every gate, to be altered one thing at a time.</summary>
static class TestDesk
{
    public static readonly Symbol Apple = Symbol.Parse("AAPL");
    public static readonly Symbol Other = Symbol.Parse("MSFT");
    public static readonly DateOnly Today = new(2026, 11, 23);
    public static readonly DateTimeOffset Now = At(10, 0);

    public static readonly SendRequest Entry = new()
    {
        Order = new AskedOrder("i1", Apple, OrderAction.Buy, 10, OrderPriceType.Limit, IsExit: false) { Limit = 100 },
        Desk = new DeskPicture { State = Readiness.Ready, IsLive = false, ClockSkew = TimeSpan.Zero },
        Market = new MarketPicture { Quote = Quoted(99.99, 100), LastGoodPrice = 100, AverageDailyVolume = 1_000_000 },
        Account = new AccountPicture
        {
            Kind = AccountKind.Margin,
            Equity = 50_000,
            BuyingPower = 50_000,
            Losses = new LossState { Day = Today, DayStart = 50_000, Equity = 50_000, Peak = 50_000, MarkedAt = Now },
        },
        History = new HistoryPicture(),
        Limits = TradingLimits.Safe with { ReviewedAt = Today, ReviewedBy = "Ann" },
        Now = Now,
    };

    /// <summary>A market sale of the 10 AAPL that are held.</summary>
    public static readonly SendRequest Exit = Entry with
    {
        Order = new AskedOrder("i2", Apple, OrderAction.Sell, 10, OrderPriceType.Market, IsExit: true),
        Account = Entry.Account with { Positions = [new HeldShares(Apple, 10, 10, 100)] },
    };

    public static DateTimeOffset At(int hour, int minute) => MarketCalendar.Nyse.At(Today, new TimeOnly(hour, minute));

    public static Quote Quoted(double? bid, double? ask) => new()
    {
        Symbol = Apple,
        At = Now,
        ReceivedAt = Now,
        Status = QuoteStatus.RealTime,
        Bid = bid,
        Ask = ask,
        Last = bid,
    };

    public static SendRequest Ordering(this SendRequest request, Func<AskedOrder, AskedOrder> change) => request with { Order = change(request.Order) };

    public static SendRequest With(this SendRequest request, Func<TradingLimits, TradingLimits> change) => request with { Limits = change(request.Limits) };

    public static SendRequest Quoting(this SendRequest request, Func<Quote, Quote> change) => request with { Market = request.Market with { Quote = change(request.Market.Quote!) } };

    public static SendRequest Holding(this SendRequest request, params HeldShares[] held) => request with { Account = request.Account with { Positions = held } };

    public static SendRequest Open(this SendRequest request, params OpenOrder[] orders) => request with { Account = request.Account with { Orders = orders } };

    public static SendRequest Sent(this SendRequest request, params SentOrder[] sent) => request with { History = request.History with { Sent = sent } };

    public static SendRequest Closed(this SendRequest request, params ClosedTrade[] closed) => request with { History = request.History with { Closed = closed } };

    public static SendRequest Losing(this SendRequest request, Func<LossState, LossState> change) => request with { Account = request.Account with { Losses = change(request.Account.Losses) } };

    public static SendRequest Desk(this SendRequest request, Func<DeskPicture, DeskPicture> change) => request with { Desk = change(request.Desk) };

    public static SentOrder Before(TimeSpan ago, string intent = "i0") => new(intent, Apple, OrderAction.Buy, 7, OrderPriceType.Limit, Now - ago) { Notional = 700 };

    public static string? BlockedBy(this SendRequest request) => SendGate.Judge(request).FirstBlock?.Name;

    public static GateReading Gate(this SendRequest request, string name) => SendGate.Judge(request).Gates.Single(gate => gate.Name == name);
}
