using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>What an account watch works with.</summary>
/// <param name="Time">Exchange time.</param>
public sealed record AccountWatchParts(BrokerLine Line, OrderBook Book, IDisk Disk, QuoteBoard Quotes, TimeProvider Time);

/// <summary>Asks what the account is worth, holds the answer against the own books, and counts what has been lost.</summary>
public sealed class AccountWatch
{
    const string FileName = "losses.json";

    /// <summary>A change of cash that no own order explains is believed after so long: a person has paid in, or traded elsewhere.</summary>
    static readonly TimeSpan BelievedAfter = TimeSpan.FromSeconds(60);

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    readonly AccountWatchParts _parts;
    (decimal Broker, decimal Flow)? _cash;
    DateTimeOffset? _strangeSince;

    /// <exception cref="IOException">The losses counted so far cannot be read.</exception>
    public AccountWatch(AccountWatchParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        Losses = Load();
    }

    /// <summary>The newest answer; null before the first.</summary>
    public AccountBalance? Balance { get; private set; }

    /// <summary>Anything that is not surely a margin account may not borrow.</summary>
    public AccountKind Kind => Balance?.Mode == "MARGIN" ? AccountKind.Margin : AccountKind.Cash;

    public LossState Losses { get; private set; }

    /// <summary>Dollars; null before the first answer.</summary>
    public decimal? Equity => Balance is { } balance ? balance.TotalValue ?? balance.NetCash + balance.MarketValue : null;

    public decimal? BuyingPower => Balance is { } balance ? Kind == AccountKind.Margin ? balance.MarginBuyingPower ?? balance.CashBuyingPower : balance.CashBuyingPower ?? balance.CashAvailableForInvestment : null;

    /// <summary>Why the account's value is not known at present; empty when it is.</summary>
    public string Trouble { get; private set; } = "the account's value has not been read yet";

    /// <summary>One look.</summary>
    /// <param name="positions">As the broker has just listed them.</param>
    /// <returns>False: it cannot be read, and <see cref="Trouble"/> says why.</returns>
    public async Task<bool> LookAsync(IReadOnlyList<PortfolioPosition> positions, TradingLimits limits, CancellationToken stop = default)
    {
        try
        {
            Balance = await _parts.Line.BalanceAsync(stop).ConfigureAwait(false);
        }
        catch (BrokerException problem)
        {
            Trouble = $"the account's value could not be read: {problem.Message}";
            return false;
        }
        if (Equity is not { } equity || Cash(Balance) is not { } cash)
        {
            Trouble = "the broker does not say what the account is worth";
            return false;
        }
        var now = _parts.Time.GetUtcNow();
        var expected = Expected(cash, (equity, now));
        Follow(new LossEvent.Marked(now, equity, expected + Worth(positions)), limits);
        Trouble = "";
        return true;
    }

    /// <summary>A person lets trading go on after a halt.</summary>
    public void Clear(string by) => Follow(new LossEvent.Cleared(by, _parts.Time.GetUtcNow()), TradingLimits.Safe);

    static decimal? Cash(AccountBalance balance) => balance.NetCash ?? balance.CashBalance;

    /// <summary>Cash by the own books: what was believed last, and what own orders have brought since.</summary>
    decimal Expected(decimal cash, (decimal Equity, DateTimeOffset Now) at)
    {
        var flow = _parts.Book.Orders.Sum(order => -order.Delta * (order.AveragePrice ?? 0) - order.Fees);
        var expected = _cash is { } before ? before.Broker + flow - before.Flow : cash;
        var isStrange = Math.Abs(cash - expected) > Math.Max(LossWatch.ToleratedDollars, Math.Abs(at.Equity) * LossWatch.ToleratedFraction);
        if (!isStrange)
        {
            (_strangeSince, _cash) = (null, (cash, flow));
            return cash;
        }
        _strangeSince ??= at.Now;
        if (at.Now - _strangeSince < BelievedAfter) return expected;
        // Money that came or went is neither profit nor loss; a trade made elsewhere has left the account's value as it was.
        if (Losses.Equity is { } worth && Math.Abs(at.Equity - worth) > LossWatch.ToleratedDollars) Follow(new LossEvent.Transferred(at.Equity - worth), TradingLimits.Safe);
        (_strangeSince, _cash) = (null, (cash, flow));
        return cash;
    }

    decimal? Worth(IReadOnlyList<PortfolioPosition> positions)
    {
        decimal sum = 0;
        foreach (var position in positions)
        {
            var price = Symbol.TryParse(position.Symbol, out var symbol) && position.SecurityType is "EQ" or "" ? (decimal?)_parts.Quotes.Middle(symbol) : null;
            if ((price * position.Quantity ?? position.MarketValue ?? position.LastPrice * position.Quantity) is not { } value) return null;
            sum += value;
        }
        return sum;
    }

    void Follow(LossEvent what, TradingLimits limits)
    {
        var before = Losses;
        Losses = LossWatch.Next(before, what, limits);
        // A peak of some cents more is worth no write.
        var isNews = (Losses.Day, Losses.DayStart, Losses.SoftDay, Losses.Halt, Losses.SuspectedHalt) != (before.Day, before.DayStart, before.SoftDay, before.Halt, before.SuspectedHalt) || Losses.Peak != before.Peak;
        if (isNews) Save();
    }

    void Save()
    {
        try
        {
            _parts.Disk.Replace(FileName, JsonSerializer.SerializeToUtf8Bytes(Losses, Options));
        }
        catch (IOException)
        {
            // The journal on the same disk says so, and stops what would be sent; it is written again with the next change.
        }
    }

    LossState Load()
    {
        if (_parts.Disk.Read(FileName) is not { } bytes) return LossState.Empty;
        try
        {
            return JsonSerializer.Deserialize<LossState>(bytes, Options) ?? LossState.Empty;
        }
        catch (JsonException)
        {
            return LossState.Empty with { Halt = LossHalt.NoEntries, HaltReason = $"{FileName} is damaged, and what was lost today is not known: look at the account" };
        }
    }
}
