using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>From a wish to something that can be placed. Sends nothing that could become an order.</summary>
sealed class PreviewStep(DeskState desk)
{
    static readonly TimeSpan HistoryLength = TimeSpan.FromDays(365);

    public async Task<PreviewAnswer> NewAsync(Actor actor, TradingDesk trading, OrderRequest request)
    {
        if (RequestRules.Problems(request) is { Count: > 0 } problems) return new PreviewAnswer.Refused(problems);
        try
        {
            var picture = await ReadAsync(trading, request.Symbol, null);
            var size = OrderSizer.Size(request, picture, desk.Parts.Limits());
            if (size.Denied.Length > 0) return new PreviewAnswer.Refused(size.Denied, "size");
            var intent = new OrderIntent(TradingHost.NewId(), request.Symbol, size.Action, size.Shares, request.Type, size.IsExit ? OrderRole.Exit : OrderRole.Entry)
            {
                Limit = request.Type is OrderPriceType.Limit or OrderPriceType.StopLimit ? request.Limit : null,
                Stop = request.Type is OrderPriceType.Stop or OrderPriceType.StopLimit ? request.Stop : null,
                Term = request.Term,
                IsExtended = request.IsExtendedSession,
                Owner = actor.Name,
                IsByPerson = true,
                Because = "by hand",
            };
            return await AskAsync(actor, trading, new Draft(intent, picture) { Size = size });
        }
        catch (Exception problem) when (problem is BrokerException or IOException)
        {
            return new PreviewAnswer.Refused(problem.Message);
        }
    }

    public async Task<PreviewAnswer> ChangeAsync(Actor actor, TradingDesk trading, long orderId, ChangeRequest change)
    {
        try
        {
            if (trading.Book.Find(orderId) is not { } own) return new PreviewAnswer.Refused($"order {orderId} was not placed by this program: cancel it here, or change it at E*TRADE");
            if (!own.Intent.IsByPerson) return new PreviewAnswer.Refused($"order {orderId} is the bot's, which moves it by itself: stop entries, or sell its shares on the Bot page");
            var order = await trading.Line.Client.OrderAsync(trading.Line.AccountKey, orderId);
            if (order is null) return new PreviewAnswer.Refused($"the broker has no order {orderId}");
            if (order.IsEnded || !own.IsWorking) return new PreviewAnswer.Refused($"too late: order {orderId} is {(order.IsEnded ? order.Status.ToString() : own.State.ToString()).ToLowerInvariant()} already");
            var intent = Changed(own.Intent, order, change) with { Id = TradingHost.NewId(), Replaces = own.Id, Owner = actor.Name, Because = "changed by hand" };
            if (ChangeProblems(intent) is { Count: > 0 } problems) return new PreviewAnswer.Refused(problems);
            var picture = await ReadAsync(trading, intent.Symbol, orderId);
            if (ChangeDenied(intent, order, picture) is { Length: > 0 } denied) return new PreviewAnswer.Refused(denied, "size");
            return await AskAsync(actor, trading, new Draft(intent, picture) { Changes = orderId });
        }
        catch (Exception problem) when (problem is BrokerException or IOException)
        {
            return new PreviewAnswer.Refused(problem.Message);
        }
    }

    sealed record Draft(OrderIntent Intent, AccountPicture Picture)
    {
        public long? Changes { get; init; }

        public SizeAnswer? Size { get; init; }
    }

    async Task<PreviewAnswer> AskAsync(Actor actor, TradingDesk trading, Draft draft)
    {
        var intent = draft.Intent;
        if (trading.Trader.Path.Forbids(intent) is { Length: > 0 } forbidden) return new PreviewAnswer.Refused(forbidden);
        desk.Parts.Audit.Write(actor, draft.Changes is null ? "order.preview" : "order.change.preview", intent.ToString());
        OrderPreview preview;
        try
        {
            preview = await trading.Trader.Path.PreviewAsync(intent);
        }
        catch (ArgumentException problem)
        {
            return new PreviewAnswer.Refused(problem.Message);
        }
        // The sandbox answers with stored orders, which always differ: nothing there is ever filled.
        if (preview.Differences.Count > 0 && !trading.Line.IsStored)
            return new PreviewAnswer.Refused($"the broker previewed another order than this one ({string.Join("; ", preview.Differences)}): it is not placed. Preview again");
        var warnings = await WarningsAsync(trading, draft, preview);
        return new PreviewAnswer.Ready(new OrderProposal(intent, preview, warnings) { Size = draft.Size, Changes = draft.Changes, ExpiresAt = desk.Now + OrderProposal.Life });
    }

    async Task<IReadOnlyList<string>> WarningsAsync(TradingDesk trading, Draft draft, OrderPreview preview)
    {
        var (intent, quote) = (draft.Intent, draft.Picture.Quote);
        var words = new List<string?>(preview.Differences);
        words.AddRange(OrderWarnings.OfQuote(quote, desk.Parts.Live.Session, desk.Now, intent.IsExtended));
        words.Add(OrderWarnings.OfPrice("limit", intent.Limit, quote));
        words.Add(OrderWarnings.OfPrice("stop", intent.Stop, quote));
        words.Add(OrderWarnings.OfCash(draft.Picture.Balance, intent.Action, preview.EstimatedTotal));
        if (intent.Action == OrderAction.Buy) words.Add(await WashSaleAsync(trading, intent.Symbol));
        words.AddRange(trading.Judge.Judge(intent).Warnings);
        return [.. words.OfType<string>().Distinct()];
    }

    async Task<string?> WashSaleAsync(TradingDesk trading, Symbol symbol)
    {
        var now = trading.Now;
        try
        {
            var history = await trading.Line.Client.TransactionsAsync(trading.Line.AccountKey, new TransactionQuery(MarketCalendar.Nyse.DayOf(now - HistoryLength), MarketCalendar.Nyse.DayOf(now)));
            return OrderWarnings.OfWashSale(symbol, history, now);
        }
        catch (BrokerException problem)
        {
            return $"Whether this is a wash sale could not be checked: {problem.Message}";
        }
    }

    /// <summary>Fresh from the broker: orders before positions, so that a fill between the two counts twice rather than not at all.</summary>
    async Task<AccountPicture> ReadAsync(TradingDesk trading, Symbol symbol, long? without)
    {
        var listing = await trading.Line.OrdersAsync(CancellationToken.None);
        var portfolio = await trading.Line.PortfolioAsync(CancellationToken.None);
        var balance = await trading.Line.BalanceAsync(CancellationToken.None);
        var known = AccountPicture.Of(desk.Parts.Live, symbol, DeskState.Loose(trading, listing.Orders));
        return known with
        {
            Positions = portfolio.Positions,
            Orders = listing.Orders,
            Balance = balance,
            Quote = await QuoteAsync(trading, symbol) ?? known.Quote,
            Without = without,
        };
    }

    static async Task<Quote?> QuoteAsync(TradingDesk trading, Symbol symbol)
    {
        try
        {
            if ((await trading.Line.Client.QuotesAsync([symbol])).Quotes.FirstOrDefault(quote => quote.Symbol == symbol) is not { } quote) return null;
            // The limits judge by it, too; its age there is told by the market's clock.
            trading.Saw(quote with { ReceivedAt = trading.Now });
            return quote;
        }
        catch (BrokerException)
        {
            // The last one that was polled serves, and the warnings tell its age.
            return null;
        }
    }

    static OrderIntent Changed(OrderIntent before, BrokerOrder order, ChangeRequest change) => before with
    {
        Shares = change.Shares ?? (int)Math.Floor(order.OrderedQuantity - order.FilledQuantity),
        Limit = before.Limit is null ? null : change.Limit ?? order.Limit,
        Stop = before.Stop is null ? null : change.Stop ?? order.Stop,
    };

    static IReadOnlyList<FieldProblem> ChangeProblems(OrderIntent intent) =>
        RequestRules.Problems(new OrderRequest(intent.Symbol, Side.Buy, intent.Type, new Sizing(SizingKind.Shares, intent.Shares)) { Limit = intent.Limit, Stop = intent.Stop });

    /// <summary>A change may always make an order smaller; more shares are sized as if the whole order were new.</summary>
    string ChangeDenied(OrderIntent intent, BrokerOrder order, AccountPicture picture)
    {
        var side = intent.IsBuy ? Side.Buy : Side.Sell;
        var request = new OrderRequest(intent.Symbol, side, intent.Type, new Sizing(SizingKind.Shares, intent.Shares)) { Limit = intent.Limit, Stop = intent.Stop };
        var isSmaller = intent.Shares <= order.OrderedQuantity - order.FilledQuantity && (side == Side.Sell || (intent.Limit ?? intent.Stop) <= (order.Limit ?? order.Stop));
        if (intent.IsEntry && isSmaller) return "";
        var size = OrderSizer.Size(request, picture, desk.Parts.Limits());
        if (size.Denied.Length > 0) return size.Denied;
        return size.Shares < intent.Shares ? $"your limits leave {size.Shares} shares: {size.CutBy}" : "";
    }
}
