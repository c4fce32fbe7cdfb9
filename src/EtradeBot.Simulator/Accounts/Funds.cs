namespace EtradeBot.Simulator.Accounts;

/// <summary>What an account is worth and what it can buy.</summary>
/// <remarks>
/// A cash account can spend its cash, settled or not. A margin account can hold positions worth twice its equity, long and short
/// alike (Regulation T: half of each position must be covered); every stock counts as marginable. Maintenance calls, interest,
/// good-faith violations and the pattern-day-trader rule are not kept.
/// </remarks>
static class Funds
{
    /// <summary>The part of a position that the customer's own money must cover (Regulation T, 12 CFR 220.12).</summary>
    const decimal InitialMargin = 0.5m;

    public static BalanceSheet Sheet(BackOffice office, CustomerBook book, BookedOrder? except = null)
    {
        var ledger = book.Ledger;
        var (longValue, shortValue) = (Value(office, ledger, isShort: false), -Value(office, ledger, isShort: true));
        var reserved = office.HeldBack(book, except);
        var unsettled = ledger.UnsettledAt(office.Now);
        var free = ledger.Cash + longValue + shortValue - InitialMargin * (longValue - shortValue);
        var marginPower = book.Account.IsMargin ? free / InitialMargin - reserved : 0;
        return new BalanceSheet
        {
            Account = book.Account,
            Cash = ledger.Cash,
            SettledCash = ledger.Cash - unsettled,
            UnsettledCash = unsettled,
            Reserved = reserved,
            CashBuyingPower = Cents(book.Account.IsMargin ? marginPower * InitialMargin : ledger.Cash - reserved),
            MarginBuyingPower = Cents(marginPower),
            LongValue = longValue,
            ShortValue = shortValue,
        };
    }

    public static decimal BuyingPower(this BalanceSheet sheet) => sheet.Account.IsMargin ? sheet.MarginBuyingPower : sheet.CashBuyingPower;

    public static BalanceSheet Empty(CustomerAccount account) => new()
    {
        Account = account,
        Cash = 0,
        SettledCash = 0,
        UnsettledCash = 0,
        Reserved = 0,
        CashBuyingPower = 0,
        MarginBuyingPower = 0,
        LongValue = 0,
        ShortValue = 0,
    };

    static decimal Value(BackOffice office, Ledger ledger, bool isShort)
    {
        decimal value = 0;
        foreach (var position in ledger.Positions)
            if (position.IsShort == isShort) value += position.Shares * LastPrice(office, position);
        return decimal.Round(value, 2);
    }

    static decimal LastPrice(BackOffice office, PositionBook position)
    {
        var symbol = OrderRules.SymbolOf(position.Ticker)!.Value;
        // A state may be taken up again with a market that lacks the symbol: what was paid has to do then.
        if (!office.Market.Lists(symbol)) return position.Lots[^1].Price;
        var quote = office.Market.QuoteAt(symbol, office.Now);
        return decimal.Round((decimal)(quote.Last > 0 ? quote.Last : quote.PreviousClose), 4);
    }

    static decimal Cents(decimal dollars) => decimal.Round(dollars, 2, MidpointRounding.ToNegativeInfinity);
}
