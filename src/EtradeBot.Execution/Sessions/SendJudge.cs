using EtradeBot.ETrade;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Gates;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Execution.Limits.Regimes;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>What a judge looks at.</summary>
/// <param name="Time">Exchange time.</param>
public sealed record SendJudgeParts(OrderBook Book, QuoteBoard Quotes, AccountWatch Account, TimeProvider Time)
{
    public required TradingMode Mode { get; init; }

    /// <summary>As they are at the moment.</summary>
    public required Func<TradingLimits> Limits { get; init; }

    public required Func<Standing> Standing { get; init; }

    public required Func<KillFacts> Kill { get; init; }

    /// <summary>The newest look at the broker; null before the first.</summary>
    public required Func<Reconciliation?> Look { get; init; }

    /// <summary>Shares traded on an average day; null: unknown, then the day before counts.</summary>
    public Func<Symbol, double?> AverageDailyVolume { get; init; } = _ => null;

    /// <summary>This computer's clock less the broker's; null when nobody has compared them.</summary>
    public Func<TimeSpan?> ClockSkew { get; init; } = () => TimeSpan.Zero;
}

/// <summary>Puts together all that is known at the moment, and has the limits judge an order by it.</summary>
public sealed class SendJudge(SendJudgeParts parts)
{
    /// <summary>Throttles look at a day, pauses and pattern rules at some.</summary>
    static readonly TimeSpan Past = TimeSpan.FromDays(14);

    public SendVerdict Judge(OrderIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return SendGate.Judge(RequestOf(intent));
    }

    /// <summary>The most shares of an entry that the limits on size leave.</summary>
    /// <inheritdoc cref="SizeCeiling.Of" path="/param[@name='cutBy']"/>
    public int Ceiling(OrderIntent intent, out string cutBy) => SizeCeiling.Of(RequestOf(intent), out cutBy);

    SendRequest RequestOf(OrderIntent intent)
    {
        var now = parts.Time.GetUtcNow();
        var fills = OwnFills.Of(parts.Book.Journal.Entries);
        return new SendRequest
        {
            Order = Asked(intent),
            Desk = Desk(),
            Market = Market(intent.Symbol),
            Account = Account(fills),
            History = new HistoryPicture { Sent = Sent(now - Past), Closed = OwnFills.Closed(parts.Book) },
            Limits = parts.Limits(),
            Now = now,
        };
    }

    static AskedOrder Asked(OrderIntent intent) => new(intent.Id, intent.Symbol, intent.Action, intent.Shares, intent.Type, !intent.IsEntry)
    {
        Limit = intent.Limit,
        Stop = intent.Stop,
        Term = intent.Term,
        IsExtendedSession = intent.IsExtended,
        Replaces = intent.Replaces,
        IsByPerson = intent.IsByPerson,
    };

    DeskPicture Desk()
    {
        var standing = parts.Standing();
        return new DeskPicture
        {
            State = standing.Readiness,
            StateReason = standing.Reasons.Count > 0 ? standing.Reasons[0] : "",
            IsLive = parts.Mode == TradingMode.Live,
            IsKilled = parts.Kill().IsKilled,
            ClockSkew = parts.ClockSkew(),
            LiveDays = parts.Mode == TradingMode.Live ? [.. parts.Book.Journal.Entries.Select(entry => entry.Event).OfType<DayReconciled>().Select(day => new LiveDay(day.Day, day.IsClean))] : [],
        };
    }

    MarketPicture Market(Symbol symbol)
    {
        var quote = parts.Quotes.Latest(symbol);
        return new MarketPicture
        {
            Quote = quote,
            LastGoodPrice = parts.Quotes.Before(symbol),
            AverageDailyVolume = parts.AverageDailyVolume(symbol) ?? (double?)quote?.PreviousDayVolume,
        };
    }

    AccountPicture Account(IReadOnlyList<LedgerFill> fills)
    {
        var (account, look) = (parts.Account, parts.Look());
        var orders = OpenOrders(look).ToList();
        return new AccountPicture
        {
            Kind = account.Kind,
            Equity = account.Equity ?? 0,
            BuyingPower = account.BuyingPower,
            Positions = look is null ? [] : [.. look.Positions.Select(Held).OfType<HeldShares>()],
            Orders = orders,
            Prices = orders.Select(order => order.Symbol).Distinct().Where(symbol => parts.Quotes.Middle(symbol) is not null).ToDictionary(symbol => symbol, symbol => (decimal)parts.Quotes.Middle(symbol)!.Value),
            Losses = account.Trouble is { Length: > 0 } trouble ? account.Losses with { Doubt = trouble } : account.Losses,
            Cash = account is { Kind: AccountKind.Cash, Balance: { } balance } ? CashLedger.With(balance.SettledCash ?? balance.CashAvailableForInvestment ?? 0) : null,
            DayTrades = fills.Aggregate(DayTradeBook.Empty, (book, fill) => book.After(fill)),
        };
    }

    IEnumerable<OpenOrder> OpenOrders(Reconciliation? look)
    {
        foreach (var order in parts.Book.Where(order => order.MayFill))
            yield return new OpenOrder(order.Id, order.Intent.Symbol, order.Intent.Action, order.Open) { IsExit = !order.Intent.IsEntry, IsByPerson = order.Intent.IsByPerson, IsUnknown = order.IsUnresolved, Limit = order.Intent.Limit, Stop = order.Intent.Stop };
        foreach (var order in look?.Foreign ?? [])
        {
            if (ListedOrder.Open(order) is not (> 0 and var open) || !ListedOrder.IsStock(order) || ListedOrder.Action(order) is not { } action || !Symbol.TryParse(order.Symbol, out var symbol)) continue;
            yield return new OpenOrder(FormattableString.Invariant($"{order.OrderId}"), symbol, action, (int)Math.Ceiling(open)) { IsExit = !ListedOrder.IsEntry(order), IsOwn = false, Limit = order.Limit, Stop = order.Stop };
        }
    }

    HeldShares? Held(PortfolioPosition position)
    {
        if (position.SecurityType is not ("EQ" or "") || !Symbol.TryParse(position.Symbol, out var symbol)) return null;
        return new HeldShares(symbol, position.Quantity, parts.Book.Shares(symbol), (decimal?)parts.Quotes.Middle(symbol) ?? position.LastPrice) { Cost = position.PricePaid > 0 ? position.PricePaid : null };
    }

    List<SentOrder> Sent(DateTimeOffset since) =>
        [.. from order in parts.Book.Where(order => order.SentAt >= since)
            let price = order.Intent.Limit ?? order.Intent.Stop ?? order.AveragePrice ?? (decimal?)parts.Quotes.Middle(order.Intent.Symbol) ?? 0
            select new SentOrder(order.Id, order.Intent.Symbol, order.Intent.Action, order.Intent.Shares, order.Intent.Type, order.SentAt!.Value)
            {
                Notional = price * order.Intent.Shares,
                IsExit = !order.Intent.IsEntry,
                IsProvedAbsent = order.State == OrderState.Dropped,
            }];
}
