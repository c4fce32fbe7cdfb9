using CsCheck;
using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Market;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Gates;

public class SendGateProperties
{
    static readonly Symbol[] Symbols = [Apple, Other, Symbol.Parse("GME")];

    static readonly Gen<TradingLimits> AnyLimits = Gen.Int[0, 100].Array[LimitCatalog.All.Count].Select(numbers =>
        LimitCatalog.All.Zip(numbers).Aggregate(TradingLimits.Safe with { Restricted = new HashSet<Symbol> { Apple } }, (limits, pair) =>
            pair.First.Write(limits, pair.First.Range.Least + decimal.Round((pair.First.Range.Most - pair.First.Range.Least) * pair.Second * pair.Second / 10_000, pair.First.IsWhole ? 0 : 4))));

    static readonly Gen<DeskPicture> AnyDesk = Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[-100, 100]).Select((state, isLive, isKilled, isIn, skew) => new DeskPicture
    {
        State = (Readiness)state,
        IsLive = isLive,
        IsKilled = isKilled,
        IsLoggedIn = isIn,
        ClockSkew = skew == 0 ? null : TimeSpan.FromSeconds(skew),
    });

    static readonly Gen<MarketPicture> AnyMarket = Gen.Select(Gen.Int[-1, 200], Gen.Int[-1, 200], Gen.Int[0, 6], Gen.Bool, Gen.Int[0, 1_000]).Select((bid, ask, status, isOn, age) => new MarketPicture
    {
        Quote = bid == ask ? null : Quoted(bid, ask) with { Status = (QuoteStatus)status, IsAdjusted = isOn, At = Now.AddSeconds(-age) },
        IsHalted = isOn,
        AverageDailyVolume = isOn ? double.NaN : ask,
        LastGoodPrice = isOn ? null : double.PositiveInfinity,
    });

    static readonly Gen<LossState> AnyLosses = Gen.Select(Gen.Int[-1_000, 100_000], Gen.Int[0, 100_000], Gen.Int[0, 2], Gen.Bool).Select((equity, peak, halt, isOn) => new LossState
    {
        Equity = equity,
        DayStart = isOn ? peak : null,
        Peak = peak,
        Halt = (LossHalt)halt,
        SoftDay = isOn ? Today : null,
        Suspected = isOn ? Now : null,
        Doubt = isOn ? "" : "odd",
    });

    static readonly Gen<OpenOrder> AnyOrder = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[1, 200], Gen.Int[0, 3], Gen.Select(Gen.Int[50, 150], Gen.Bool, Gen.Bool)).Select((symbol, action, shares, key, rest) =>
        new OpenOrder($"k{key}", Symbols[symbol], (OrderAction)action, shares)
        {
            Limit = rest.Item1 % 3 == 0 ? null : rest.Item1,
            IsExit = action is 1 or 3,
            IsUnknown = rest.Item2,
            IsOwn = rest.Item3,
        });

    [Fact]
    public void No_combination_of_limits_losses_quotes_and_other_orders_blocks_a_correct_exit() =>
        Gen.Select(Gen.Select(AnyLimits, AnyDesk, AnyMarket, AnyLosses), AnyOrder.Array[0, 6], Gen.Int[1, 300], Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 3])).Sample((world, orders, shares, rest) =>
        {
            var (isShort, isCash, kind) = rest;
            var action = isShort ? OrderAction.BuyToCover : OrderAction.Sell;
            var reserved = orders.Where(order => order.Symbol == Apple && (order.Action is OrderAction.Buy or OrderAction.BuyToCover) == isShort).Sum(order => order.Shares);
            var held = (shares + reserved) * (isShort ? -1 : 1);
            var type = new[] { OrderPriceType.Market, OrderPriceType.Limit, OrderPriceType.Stop, OrderPriceType.StopLimit }[kind];
            var request = new SendRequest
            {
                Order = new AskedOrder("x", Apple, action, shares, type, IsExit: true) { Limit = kind is 1 or 3 ? 1 : null, Stop = kind >= 2 ? 999 : null },
                Desk = world.Item2,
                Market = world.Item3,
                Account = new AccountPicture
                {
                    Kind = isCash ? AccountKind.Cash : AccountKind.Margin,
                    Equity = 0,
                    BuyingPower = 0,
                    Cash = isCash ? CashLedger.With(-5) : null,
                    Positions = [new HeldShares(Apple, held, held, null)],
                    Orders = orders,
                    Losses = world.Item4,
                },
                History = new HistoryPicture { Sent = [Before(TimeSpan.Zero)], Closed = [new ClosedTrade(Apple, Now, -5, IsStopOut: true)] },
                Limits = world.Item1,
                Now = shares % 2 == 0 ? Now : Now.AddHours(12),
            };
            Assert.Null(request.BlockedBy());
            // One share more than is free is refused, whatever the limits allow.
            Assert.Equal("exit-size", request.Ordering(order => order with { Shares = shares + 1 }).BlockedBy());
        }, iter: 5_000);

    [Fact]
    public void No_entry_passes_that_could_break_a_limit_in_any_way_the_orders_may_fill() =>
        Gen.Select(AnyOrder.Array[0, 6], Gen.Int[-150, 150].Array[3], Gen.Int[1, 200], Gen.Select(Gen.Int[80, 120], Gen.Bool, Gen.Int[1, 100])).Sample((orders, held, shares, rest) =>
        {
            var (price, isShort, size) = rest;
            var request = Big(orders, held, size).Ordering(order => order with
            {
                Action = isShort ? OrderAction.SellShort : OrderAction.Buy,
                Shares = shares,
                Limit = price,
            });
            var passes = SendGate.Judge(request).Gates.Where(gate => gate.Name is "position" or "gross-exposure" or "net-exposure" or "most-notional").All(gate => gate.Passed);
            var (gross, net, position) = Enumerate(request);
            if (passes)
            {
                Assert.True(gross <= request.Limits.GrossExposure && net <= request.Limits.NetExposure && position <= request.Limits.Position, $"{gross} {net} {position}");
            }
            else
            {
                // Nothing is refused that could break no limit even at the highest price there is.
                var worst = 150m / 80 * 1.01m;
                Assert.True(gross * worst > request.Limits.GrossExposure || net * worst > request.Limits.NetExposure || position * worst > request.Limits.Position
                    || shares * Math.Max(price, 100m) > request.Limits.MostNotional);
            }
        }, iter: 20_000);

    [Fact]
    public void However_a_run_of_entries_fills_in_the_end_no_limit_is_broken() =>
        Gen.Select(Gen.Int[1, 100], Gen.Select(Gen.Int[0, 2], Gen.Int[1, 60], Gen.Int[0, 3], Gen.Bool).Array[1, 30]).Sample((size, entries) =>
        {
            var (held, orders) = (new int[3], new List<OpenOrder>());
            foreach (var (symbol, shares, fate, isShort) in entries)
            {
                var request = Big([.. orders], held, size).Ordering(order => order with { Symbol = Symbols[symbol], Action = isShort ? OrderAction.SellShort : OrderAction.Buy, Shares = shares, Limit = null, Type = OrderPriceType.Market });
                request = request.Quoting(quote => quote with { Symbol = Symbols[symbol] });
                if (!SendGate.Judge(request).IsAllowed) continue;
                if (fate == 0) held[symbol] += isShort ? -shares : shares;
                if (fate is 1 or 2) orders.Add(new OpenOrder($"{orders.Count}", Symbols[symbol], request.Order.Action, shares) { IsUnknown = fate == 2 });
            }
            var (gross, net, position) = Subsets(orders, held);
            var limits = Big([], held, size).Limits;
            Assert.True(gross <= limits.GrossExposure && net <= limits.NetExposure && position <= limits.Position, $"{gross} {net} {position}");
        }, iter: 3_000);

    /// <summary>A desk without other limits than those of exposure, where every share is worth $100.</summary>
    static SendRequest Big(OpenOrder[] orders, int[] held, int size) => Entry with
    {
        Limits = Entry.Limits with { AllowShort = true, MostShares = 1_000_000, MostNotional = 400 * size, Position = 500 * size, GrossExposure = 900 * size, NetExposure = 700 * size, Repeats = 100, Spread = 0.5m },
        Account = Entry.Account with
        {
            Equity = 10_000_000,
            BuyingPower = null,
            Positions = [.. Symbols.Zip(held, (symbol, shares) => new HeldShares(symbol, shares, shares, 100))],
            Orders = orders,
        },
    };

    /// <summary>The asked order filled or not beside every other: all that may happen, one by one.</summary>
    static (decimal Gross, decimal Net, decimal Position) Enumerate(SendRequest request)
    {
        var asked = new OpenOrder("asked", request.Order.Symbol, request.Order.Action, request.Order.Shares) { Limit = request.Order.Limit };
        var held = request.Account.Positions.Select(part => (int)part.Shares).ToArray();
        var all = Subsets([.. request.Account.Orders, asked], held);
        var ofSymbol = Subsets([.. request.Account.Orders.Where(order => order.Symbol == asked.Symbol), asked], [held[0], 0, 0]);
        return (all.Gross, all.Net, ofSymbol.Position);
    }

    static (decimal Gross, decimal Net, decimal Position) Subsets(List<OpenOrder> orders, int[] held)
    {
        var (gross, net, position) = (0m, 0m, 0m);
        for (var mask = 0; mask < 1 << orders.Count; mask++)
        {
            // Every share at the market of $100.
            var dollars = held.Select(shares => shares * 100m).ToArray();
            for (var i = 0; i < orders.Count; i++)
            {
                if ((mask & 1 << i) == 0) continue;
                var sign = orders[i].Action is OrderAction.Buy or OrderAction.BuyToCover ? 1 : -1;
                dollars[Array.IndexOf(Symbols, orders[i].Symbol)] += sign * orders[i].Shares * 100m;
            }
            gross = Math.Max(gross, dollars.Sum(Math.Abs));
            net = Math.Max(net, Math.Abs(dollars.Sum()));
            position = Math.Max(position, dollars.Max(Math.Abs));
        }
        return (gross, net, position);
    }
}
