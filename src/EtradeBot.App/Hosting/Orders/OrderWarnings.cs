using System.Globalization;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Hosting.Live;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>What a careful person would point out before an order is placed; none of it forbids the order.</summary>
static class OrderWarnings
{
    /// <summary>A limit or stop farther than this from the market is more often a slip than a plan.</summary>
    public const double Collar = 0.05;

    public static readonly TimeSpan OldQuote = TimeSpan.FromSeconds(15);

    /// <summary>A liquid stock trades every few seconds: longer silence in regular hours looks like a halt.</summary>
    public static readonly TimeSpan SilentMarket = TimeSpan.FromMinutes(5);

    /// <summary>IRS Publication 550: a loss is disallowed when the stock is bought within 30 days before or after.</summary>
    const int WashDays = 30;

    public static IReadOnlyList<string> OfQuote(Quote? quote, SessionFacts session, DateTimeOffset now, bool isExtended)
    {
        var words = new List<string>();
        if (session.Hours == MarketHours.Closed) words.Add("The market is closed: the order waits for the next open, whose price may be far from the last one.");
        else if (session.Hours != MarketHours.Regular && !isExtended) words.Add("Only the extended session is open: this order waits for the regular one.");
        if (quote is not { Last: not null })
        {
            words.Add("There is no quote of this symbol: the price is unknown. It may be halted or not traded.");
            return words;
        }
        if (quote.Bid is null || quote.Ask is null) words.Add("Nobody quotes both sides now: the symbol may be halted.");
        else if (quote.Bid > quote.Ask) words.Add("Bid and ask are crossed: this quote cannot be relied on.");
        if (quote.Status == QuoteStatus.Delayed) words.Add("Quotes are delayed by some 15 minutes: sign the market data agreement at E*TRADE for live ones.");
        if (now - quote.ReceivedAt > OldQuote)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"The quote is {(now - quote.ReceivedAt).TotalSeconds:0} s old: the market may have moved."));
        if (session.Hours == MarketHours.Regular && session.ExchangeNow(now) is { } exchange && quote.LastTradeAt is { } traded && exchange - traded > SilentMarket)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"Nothing has traded for {(exchange - traded).TotalMinutes:0} min: the symbol may be halted."));
        return words;
    }

    /// <param name="price">The limit or stop.</param>
    public static string? OfPrice(string name, decimal? price, Quote? quote)
    {
        if (price is not { } value || Middle(quote) is not { } market) return null;
        // 5 % of a price that has no exact double must still be 5 %.
        var distance = Math.Round((double)value / market - 1, 9);
        if (Math.Abs(distance) <= Collar) return null;
        return string.Create(CultureInfo.InvariantCulture, $"The {name} {value} is {Math.Abs(distance) * 100:0.#} % {(distance > 0 ? "above" : "below")} the market of {market:0.00##}: is a digit wrong?");
    }

    public static string? OfCash(AccountBalance? balance, OrderAction action, decimal? cost)
    {
        if (action != OrderAction.Buy || cost is not { } dollars || balance is null) return null;
        if (balance.Mode.Contains("CASH", StringComparison.OrdinalIgnoreCase) && balance.UnsettledCash > 0 && dollars > (balance.SettledCash ?? 0))
            return "Part of this is paid with unsettled cash: selling the shares before it has settled is a good-faith violation.";
        return null;
    }

    /// <summary>A buy within 30 days of a sale of the same symbol at a loss.</summary>
    /// <param name="history">Of the account; as far back as there is.</param>
    public static string? OfWashSale(Symbol symbol, IReadOnlyList<AccountTransaction> history, DateTimeOffset now)
    {
        var (shares, cost) = (0m, 0m);
        var (loss, isUnsure) = (0m, false);
        foreach (var line in history.Where(line => line.Symbol == symbol.Ticker && line.Quantity != 0 && line.Price > 0 && !IsShortSide(line)).OrderBy(line => line.At).ThenBy(line => line.Id, StringComparer.Ordinal))
        {
            var count = Math.Abs(line.Quantity);
            if (IsSale(line))
            {
                var isRecent = line.At is { } at && now - at <= TimeSpan.FromDays(WashDays);
                var covered = Math.Min(count, shares);
                var average = shares > 0 ? cost / shares : 0;
                if (isRecent) loss += Math.Max(0, (average - line.Price) * covered);
                isUnsure |= isRecent && covered < count;
                (shares, cost) = (shares - covered, cost - average * covered);
            }
            else
            {
                (shares, cost) = (shares + count, cost + count * line.Price);
            }
        }
        if (loss > 0) return string.Create(CultureInfo.InvariantCulture, $"{symbol} was sold at a loss of ${loss:0.00} in the last 30 days: buying it again makes a wash sale, and that loss cannot be deducted now.");
        return isUnsure ? $"{symbol} was sold in the last 30 days, at a gain or a loss that the account's history does not show: if at a loss, buying it again makes a wash sale." : null;
    }

    static bool IsSale(AccountTransaction line) =>
        line.Type.Contains("SOLD", StringComparison.OrdinalIgnoreCase) || line.Type.Contains("SELL", StringComparison.OrdinalIgnoreCase);

    static bool IsShortSide(AccountTransaction line) =>
        line.Type.Contains("SHORT", StringComparison.OrdinalIgnoreCase) || line.Type.Contains("COVER", StringComparison.OrdinalIgnoreCase);

    static double? Middle(Quote? quote) => quote switch
    {
        { Bid: { } bid, Ask: { } ask } when ask >= bid => (bid + ask) / 2,
        { Last: { } last } => last,
        _ => null,
    };
}
