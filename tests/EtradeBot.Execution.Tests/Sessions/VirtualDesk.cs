using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.World;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>The trader with or without its limits, put together as the program's own desk does it, without that desk's timers.</summary>
sealed class VirtualDesk
{
    /// <summary>Between two questions for the account's value.</summary>
    static readonly TimeSpan Valued = TimeSpan.FromSeconds(10);

    readonly QuoteBoard _quotes = new();

    /// <param name="limits">As they are at the moment; null: only what the parts judge by themselves.</param>
    public VirtualDesk(TraderParts parts, VirtualProcess process, Func<TradingLimits>? limits)
    {
        if (limits is null)
        {
            Trader = new Trader(parts);
            return;
        }
        var account = new AccountWatch(new AccountWatchParts(parts.Line, parts.Book, process.Disk, _quotes, process.Clock));
        SendJudge? judge = null;
        long? valuedAt = null;
        Trader = new Trader(parts with { Judge = WhyNot, Looked = LookedAsync });
        judge = new SendJudge(new SendJudgeParts(parts.Book, _quotes, account, process.Clock)
        {
            Mode = parts.Line.Mode,
            Limits = limits,
            Standing = () => Trader.Standing,
            Kill = parts.Kill!.Read,
            Look = () => Trader.Look,
            AverageDailyVolume = _ => 1_000_000,
        });

        // The limit on shares of one order is the product's to keep here.
        string WhyNot(OrderIntent intent) => judge!.Judge(intent).FirstBlock is { } block ? $"{block.Words} ({block.Name})" : intent.Shares > limits().MostShares ? "" : parts.Judge(intent);

        async Task LookedAsync(Reconciliation look, CancellationToken stop)
        {
            if (valuedAt is { } at && process.Clock.GetElapsedTime(at) < Valued) return;
            if (await account.LookAsync(look.Positions, limits(), stop)) valuedAt = process.Clock.GetTimestamp();
        }
    }

    public Trader Trader { get; }

    public void Saw(Quote quote)
    {
        _quotes.Saw(quote);
        Trader.Saw(quote);
    }

    /// <summary>Those that a few minutes of trading would reach are taken away, but for size.</summary>
    public static TradingLimits Limits(int mostShares) => new()
    {
        MostShares = mostShares,
        OrdersPerSymbol = 1_000,
        OrdersPerMinute = 60,
        OrdersPerDay = 1_000,
        DayNotional = 10_000_000,
        Repeats = 1_000,
        DailyLossSoft = 50_000,
        DailyLossHard = 60_000,
        LossPause = TimeSpan.Zero,
        StreakPause = TimeSpan.Zero,
        StopOutPause = TimeSpan.Zero,
    };
}
