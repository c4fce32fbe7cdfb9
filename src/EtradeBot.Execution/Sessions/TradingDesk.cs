using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>What a desk works with.</summary>
/// <param name="Time">Exchange time; its timers run as the broker's calls do.</param>
/// <param name="Limits">As they are at the moment.</param>
public sealed record TradingDeskParts(BrokerLine Line, IDisk Disk, TimeProvider Time, Func<TradingLimits> Limits)
{
    /// <summary>Names for intents: 1 to 20 lower-case letters and digits, never the same twice.</summary>
    public required Func<string> NewId { get; init; }

    public string Version { get; init; } = "";

    /// <summary>Time that passes at least between two beats.</summary>
    public Func<TimeSpan> LeastPause { get; init; } = () => TimeSpan.Zero;

    /// <inheritdoc cref="SendJudgeParts.AverageDailyVolume"/>
    public Func<Symbol, double?> AverageDailyVolume { get; init; } = _ => null;

    /// <inheritdoc cref="SendJudgeParts.ClockSkew"/>
    public Func<TimeSpan?> ClockSkew { get; init; } = () => TimeSpan.Zero;
}

/// <summary>Everything that goes with trading at one account: journal, limits, brake, loss watch and the trader, which beats for as long as
/// <see cref="RunAsync"/> runs. Orders of the bot and of people go through it alike. Safe for several threads.</summary>
public sealed class TradingDesk : IDisposable
{
    /// <summary>Between two beats where nothing calls for one.</summary>
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Between two questions for the account's value.</summary>
    static readonly TimeSpan Valued = TimeSpan.FromSeconds(10);

    readonly TradingDeskParts _parts;
    readonly SendJudge _judge;
    readonly SemaphoreSlim _wake = new(0);
    long? _valuedAt;

    /// <exception cref="JournalException">The journal is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read, or the journal not be written.</exception>
    public TradingDesk(TradingDeskParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        Book = new OrderBook(parts.Disk, parts.Time);
        Book.Write(new SessionOpened(parts.Line.Mode, parts.Line.Account, parts.Version));
        Kill = new KillFlag(parts.Disk, parts.Time);
        Account = new AccountWatch(new AccountWatchParts(parts.Line, Book, parts.Disk, Quotes, parts.Time));
        Trader = new Trader(new TraderParts(Book, parts.Line, parts.Time, parts.NewId, WhyNot) { Version = parts.Version, Kill = Kill, Looked = LookedAsync, InTheWay = exit => _judge!.Judge(exit).CancelFirst });
        _judge = new SendJudge(new SendJudgeParts(Book, Quotes, Account, parts.Time)
        {
            Mode = parts.Line.Mode,
            Limits = parts.Limits,
            Standing = () => Trader.Standing,
            Kill = Kill.Read,
            Look = () => Trader.Look,
            AverageDailyVolume = parts.AverageDailyVolume,
            ClockSkew = parts.ClockSkew,
        });
    }

    public BrokerLine Line => _parts.Line;

    public OrderBook Book { get; }

    public KillFlag Kill { get; }

    public QuoteBoard Quotes { get; } = new();

    public AccountWatch Account { get; }

    public Trader Trader { get; }

    public SendJudge Judge => _judge;

    /// <summary>A beat is over: what pages show may have changed. Called on the thread of <see cref="RunAsync"/>.</summary>
    public event Action? Beaten;

    /// <summary>Exchange time.</summary>
    public DateTimeOffset Now => _parts.Time.GetUtcNow();

    /// <summary>When the last beat ended, exchange time; null before the first.</summary>
    public DateTimeOffset? LastBeatAt { get; private set; }

    public void Saw(Quote quote)
    {
        Quotes.Saw(quote);
        Trader.Saw(quote);
    }

    /// <summary>The next beat comes at once.</summary>
    public void Wake()
    {
        // One is enough, however many ask.
        if (_wake.CurrentCount == 0) _wake.Release();
    }

    /// <summary>No entries from here on, over restarts, until a person resumes; working ones are cancelled. Exits and stops go on.</summary>
    /// <exception cref="IOException">It holds, but would be forgotten with a restart.</exception>
    public void StopEntries(string by, string reason)
    {
        Book.Record(new EntriesStopped(by, reason));
        Wake();
        if (Book.Journal.Failure is { Length: > 0 } failure) throw new IOException(failure);
    }

    /// <exception cref="IOException">Entries stay stopped.</exception>
    public void ResumeEntries(string by)
    {
        Book.Write(new EntriesResumed(by));
        Wake();
    }

    /// <summary>The brake: durable before anything else is done about it.</summary>
    /// <param name="flatten">Sell what this program holds, too.</param>
    /// <exception cref="IOException">It is not surely on the disk; until the end of this process it holds all the same.</exception>
    public void Halt(string by, string reason, bool flatten)
    {
        try
        {
            Kill.Raise(by, reason, flatten);
        }
        catch (IOException)
        {
            Book.Record(new Halted(by, reason, flatten));
            throw;
        }
        finally
        {
            Wake();
        }
    }

    /// <summary>A person has looked and lets trading go on.</summary>
    /// <exception cref="IOException">It stays halted.</exception>
    public void Clear(string by)
    {
        Kill.Clear(by);
        Account.Clear(by);
        Wake();
    }

    /// <summary>Beats until it is stopped. An order that is on its way then is waited for.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Trader.BeatAsync(CancellationToken.None).ConfigureAwait(false);
            HaltOnLoss();
            CloseDay();
            LastBeatAt = _parts.Time.GetUtcNow();
            Beaten?.Invoke();
            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        Trader.Dispose();
        _wake.Dispose();
    }

    async Task PauseAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var woken = _wake.WaitAsync(over.Token);
        var pause = _parts.LeastPause() is var least && least > Beat ? least : Beat;
        await Task.WhenAny(woken, Task.Delay(pause, _parts.Time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    string WhyNot(OrderIntent intent) => _judge.Judge(intent).FirstBlock is { } block ? $"{block.Words} ({block.Name})" : "";

    async Task LookedAsync(Reconciliation look, CancellationToken stop)
    {
        if (_valuedAt is { } at && _parts.Time.GetElapsedTime(at) < Valued) return;
        if (await Account.LookAsync(look.Positions, _parts.Limits(), stop).ConfigureAwait(false)) _valuedAt = _parts.Time.GetTimestamp();
    }

    void HaltOnLoss()
    {
        if (!Account.Losses.MustFlatten || Kill.Read().IsKilled) return;
        try
        {
            Halt("the daily loss limit", Account.Losses.HaltReason, flatten: true);
        }
        catch (IOException)
        {
            // It holds in memory and in the losses' own file; the disk's failure is among the reasons shown.
        }
    }

    /// <summary>Once a session is over its day is held against the broker's books.</summary>
    void CloseDay()
    {
        var now = _parts.Time.GetUtcNow();
        var day = MarketCalendar.Nyse.DayOf(now);
        if (MarketCalendar.Nyse.SessionOn(day) is not { } session || now < session.Close + TimeSpan.FromMinutes(5)) return;
        if (Trader.Look is not { IsComplete: true } look || look.At < session.Close) return;
        if (Book.Journal.Entries.LastOrDefault(entry => entry.Event is DayReconciled)?.Event is DayReconciled last && last.Day >= day) return;
        List<string> problems = [.. look.Mismatches, .. look.Missing.Select(order => $"{order.Intent} is not listed"), .. Book.Where(order => order.IsUnresolved).Select(order => $"{order.Intent} is unknown")];
        Book.Record(new DayReconciled(day, problems.Count == 0, string.Join("; ", problems)));
    }
}
