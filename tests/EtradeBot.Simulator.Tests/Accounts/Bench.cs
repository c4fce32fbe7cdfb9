using EtradeBot.Market;
using EtradeBot.Simulator.Faults;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Accounts;

/// <summary>A broker over a scripted market, on Tuesday 10 March 2026. Times of day are New York's.</summary>
sealed class Bench
{
    public static readonly DateOnly Today = new(2026, 3, 10);

    readonly FakeTimeProvider _time = new(At("09:00:00"));

    public Bench(SimulatorOptions? options = null, bool isCash = false)
    {
        Options = options ?? new SimulatorOptions();
        Market.Trade("AAPL", At("08:59:00"), 100);
        Market.Trade("MSFT", At("08:59:00"), 400);
        Plan = new FaultPlan(_time, new SeededRandom(1));
        Broker = new Brokerage(Options, Market, Plan, At("09:00:00"));
        Key = Broker.Accounts[isCash ? 1 : 0].Key;
        To("10:00:00");
    }

    public SimulatorOptions Options { get; }

    public ScriptedMarket Market { get; } = new();

    public FaultPlan Plan { get; }

    public Brokerage Broker { get; }

    public string Key { get; }

    public CustomerOrder Last => Broker.EveryOrder(Key)[^1];

    public BalanceSheet Balance => Broker.Balance(Key).Value!;

    public IReadOnlyList<HeldPosition> Positions => Broker.Positions(Key).Value!;

    public static DateTimeOffset At(string time, int days = 0) =>
        MarketCalendar.Nyse.At(Today.AddDays(days), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    public DateTimeOffset Now => _time.GetUtcNow();

    public void To(string time, int days = 0) => To(At(time, days));

    public void To(DateTimeOffset at)
    {
        if (at > _time.GetUtcNow()) _time.SetUtcNow(at);
        Broker.AdvanceTo(at);
    }

    /// <summary>A trade of AAPL at that time, and the clock with it.</summary>
    public void Print(string time, double price, long volume = 4_000, int days = 0)
    {
        Market.Trade("AAPL", At(time, days), price, volume);
        To(time, days);
    }

    public static OrderRequest Buy(int shares) => Request(OrderAction.Buy, shares);

    public static OrderRequest Sell(int shares) => Request(OrderAction.Sell, shares);

    public static OrderRequest Request(OrderAction action, int shares) => new()
    {
        ClientOrderId = "bot1",
        Ticker = "AAPL",
        Action = action,
        Quantity = shares,
        Type = PriceType.Market,
    };

    public static OrderRequest Limit(OrderRequest request, decimal limit) => request with { Type = PriceType.Limit, Limit = limit };

    public static OrderRequest Stop(OrderRequest request, decimal stop) => request with { Type = PriceType.Stop, Stop = stop };

    public Outcome<PlacedTicket> TryPlace(OrderRequest request)
    {
        var preview = Broker.Preview(Key, request);
        return preview.Refusal is { } refusal ? refusal : Broker.Place(Key, request, preview.Value!.PreviewId);
    }

    /// <returns>The number of the order.</returns>
    public long Place(OrderRequest request)
    {
        var placed = TryPlace(request);
        Assert.Null(placed.Refusal);
        return placed.Value!.OrderId;
    }

    public long Change(long orderId, OrderRequest request)
    {
        var preview = Broker.PreviewChange(Key, orderId, request);
        Assert.Null(preview.Refusal);
        var placed = Broker.PlaceChange(Key, orderId, request, preview.Value!.PreviewId);
        Assert.Null(placed.Refusal);
        return placed.Value!.OrderId;
    }

    public CustomerOrder Order(long orderId) => Broker.EveryOrder(Key).Single(order => order.OrderId == orderId);

    /// <summary>Buys at the market in one print at 100 and half a spread of 0.05.</summary>
    public void Hold(int shares)
    {
        Place(Buy(shares));
        Print("10:00:01", 100, 1_000_000);
        Assert.Equal(OrderState.Executed, Last.State);
    }
}
