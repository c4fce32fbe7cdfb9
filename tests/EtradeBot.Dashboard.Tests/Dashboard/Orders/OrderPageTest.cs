using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.App.Hosting.Security;
using EtradeBot.ETrade;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Risk;
using Microsoft.Extensions.DependencyInjection;

namespace EtradeBot.App.Dashboard.Orders;

/// <summary>Parts of the order panel without a broker behind them.</summary>
public abstract class OrderPageTest : PageTest
{
    private protected OrderPageTest()
    {
        Desk = new OrderDesk(new OrderDeskParts(() => Trading, State, () => new RiskLimits(), new AuditLog(Folder.Path, Time)) { Time = Time, StateFolder = Folder.Path });
        Services.AddSingleton(Desk);
        Services.AddSingleton(Actors.Source(Actors.Admin));
        Services.AddSingleton(new AtrReader((_, _) => Task.FromResult(1.5)));
        State.SetSession(new SessionFacts { Hours = Feeds.Live.MarketHours.Regular, ExchangeTime = Time.GetUtcNow(), ClockReadAt = Time.GetUtcNow() });
    }

    ETradeClient? _client;
    FolderDisk? _disk;

    private protected static Symbol Apple { get; } = Symbol.Parse("AAPL");

    private protected TemporaryFolder Folder { get; } = new();

    private protected OrderDesk Desk { get; }

    private protected TradingDesk? Trading { get; set; }

    /// <summary>A desk that cannot reach any broker, with this order of a person in its journal.</summary>
    private protected TradingDesk TradeWith(long number)
    {
        _client = new ETradeClient(new ETradeOptions { Environment = ETradeEnvironment.Simulator, Consumer = new ConsumerKey("a", "b"), BaseUrl = new Uri("http://127.0.0.1:9"), Time = Time });
        _disk = new FolderDisk(Folder.Path);
        Trading = new TradingDesk(new TradingDeskParts(new BrokerLine(_client, "key", "test", TradingMode.Simulated), _disk, Time, () => TradingLimits.Safe) { NewId = TradingHost.NewId });
        Trading.Book.Write(new IntentMade(new OrderIntent("one", Apple, OrderAction.Buy, 10, OrderPriceType.Limit, OrderRole.Entry) { Limit = 99, Owner = "tess", IsByPerson = true, Because = "by hand" }));
        Trading.Book.Write(new Accepted("one", number, []));
        return Trading;
    }

    private protected void Show(params BrokerOrder[] orders)
    {
        State.SetSymbols([new SymbolFacts(Apple) { Quote = new Quote { Symbol = Apple, At = Time.GetUtcNow(), ReceivedAt = Time.GetUtcNow(), Status = QuoteStatus.RealTime, Last = 100, Bid = 99.98, Ask = 100.02 } }], LiveTopics.Quotes);
        State.SetAccount(new AccountFacts
        {
            ReadAt = Time.GetUtcNow(),
            Balance = new AccountBalance { AccountNumber = "", TotalValue = 25_000 },
            Orders = orders,
            Positions = [new PortfolioPosition(1, "MSFT", "EQ", 40) { PricePaid = 20, LastPrice = 25, MarketValue = 1_000, TotalGain = 200 }],
        });
    }

    private protected BrokerOrder Order(long id, BrokerOrderStatus status, string symbol = "AAPL") => new(id, status)
    {
        Symbol = symbol,
        Action = "BUY",
        OrderedQuantity = 10,
        Limit = 99,
        PriceType = "LIMIT",
        PlacedAt = Time.GetUtcNow().AddMinutes(-2),
    };

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Trading?.Dispose();
        _disk?.Dispose();
        _client?.Dispose();
        Folder.Dispose();
    }
}
