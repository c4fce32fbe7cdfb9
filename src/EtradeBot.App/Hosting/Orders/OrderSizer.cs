using System.Globalization;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Turns a wish into shares: entries through the risk manager, exits up to what is held and free.</summary>
static class OrderSizer
{
    public static SizeAnswer Size(OrderRequest request, AccountPicture picture, RiskLimits limits)
    {
        var entry = Entry(request, picture.Quote);
        var held = picture.Held(request.Symbol);
        var action = ActionOf(request.Side, held);
        // Nothing typed yet, or nonsense: no number of shares may appear out of it.
        if (!(request.Size.Amount > 0)) return new SizeAnswer(0, "enter a size") { Action = action, IsExit = held != 0 && (action is OrderAction.Sell or OrderAction.BuyToCover), Entry = entry, Held = held };
        if (action is OrderAction.Sell or OrderAction.BuyToCover) return Exit(request, picture, (action, entry, held));
        if (action == OrderAction.SellShort && !limits.AllowShort)
            return new SizeAnswer(0, $"no {request.Symbol} is held: short selling is not allowed by your limits (Settings, Risk)") { Action = action, Entry = entry };
        return Enter(request, picture, (action, entry, held), limits);
    }

    /// <summary>Shares of the losing side first: a buy covers a short position before it may open a long one.</summary>
    static OrderAction ActionOf(Side side, decimal held) => side == Side.Buy
        ? held < 0 ? OrderAction.BuyToCover : OrderAction.Buy
        : held > 0 ? OrderAction.Sell : OrderAction.SellShort;

    /// <summary>The price the order is expected to fill at: its own, else the side of the quote it would meet.</summary>
    static double Entry(OrderRequest request, Quote? quote) =>
        (double?)request.Limit ?? (double?)request.Stop ?? (request.Side == Side.Buy ? quote?.Ask : quote?.Bid) ?? quote?.Last ?? double.NaN;

    static SizeAnswer Exit(OrderRequest request, AccountPicture picture, (OrderAction Action, double Entry, decimal Held) known)
    {
        var reserved = picture.Reserved(request.Symbol, known.Action);
        var free = (int)Math.Max(0, Math.Floor(Math.Abs(known.Held) - reserved));
        var asked = request.Size.Kind switch
        {
            SizingKind.Shares => request.Size.Amount,
            SizingKind.Dollars => Math.Floor(request.Size.Amount / known.Entry),
            _ => double.NaN,
        };
        var answer = new SizeAnswer(0, "") { Action = known.Action, IsExit = true, Entry = known.Entry, Held = known.Held, Reserved = reserved, Asked = asked };
        if (request.Size.Kind == SizingKind.Risk) return answer with { Denied = "an exit is sized by shares or dollars: risk sizes entries" };
        if (!(asked >= 1)) return answer with { Denied = "the size comes to less than one share" };
        if (asked > free) return answer with { Denied = TooMany(request.Symbol, known.Held, reserved, free) };
        return answer with { Shares = (int)asked };
    }

    static string TooMany(Symbol symbol, decimal held, decimal reserved, int free)
    {
        var side = held < 0 ? "are short" : "are held";
        return reserved == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(held):0.####} {symbol} {side}: at most {free} can be closed")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(held):0.####} {symbol} {side}, {reserved:0.####} of them are in orders already: {free} are left. Cancel or change those orders first");
    }

    static SizeAnswer Enter(OrderRequest request, AccountPicture picture, (OrderAction Action, double Entry, decimal Held) known, RiskLimits limits)
    {
        var standing = picture.Standing(request.Symbol, known.Entry);
        var signal = new Signal
        {
            Side = request.Side,
            Because = "by hand",
            Limit = (double?)request.Limit,
            Trigger = (double?)request.Stop,
            Stop = (double?)request.ProtectiveStop,
        };
        var decision = new RiskManager(limits, request.Size).Judge(signal, new RiskStanding(standing.Equity, standing.OtherPositions, standing.Exposure)
        {
            Price = known.Entry,
            Atr = request.Atr,
            DayStartEquity = standing.Equity - (double)(picture.DayPnl ?? 0),
            HeldOfSymbol = standing.OfSymbol,
        });
        var answer = new SizeAnswer(0, "")
        {
            Action = known.Action,
            Entry = known.Entry,
            Held = known.Held,
            AccountValue = standing.Equity,
            StopDistance = Distance(request, known.Entry),
            RiskDollars = request.Size.Kind == SizingKind.Risk ? standing.Equity * request.Size.Amount : double.NaN,
        };
        answer = answer with { Asked = Asked(request.Size, answer) };
        return decision switch
        {
            RiskDecision.Sized sized => answer with { Shares = sized.Shares, CutBy = sized.CutBy },
            RiskDecision.Denied denied => answer with { Denied = denied.ToString() },
            _ => throw new InvalidOperationException($"{decision} is no decision"),
        };
    }

    static double Distance(OrderRequest request, double entry) => request.ProtectiveStop is { } stop
        ? request.Side.Sign() * (entry - (double)stop)
        : request.Size.Kind == SizingKind.Risk ? request.Atr * RiskManager.DefaultStopMultiple : double.NaN;

    static double Asked(Sizing size, SizeAnswer answer) => size.Kind switch
    {
        SizingKind.Risk => Math.Floor(answer.RiskDollars / answer.StopDistance),
        SizingKind.Dollars => Math.Floor(size.Amount / answer.Entry),
        _ => size.Amount,
    };
}
