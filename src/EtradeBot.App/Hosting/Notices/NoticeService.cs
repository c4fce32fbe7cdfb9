using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using EtradeBot.Execution.Bots;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Notify;
using EtradeBot.Notify.Channels;
using EtradeBot.Notify.Phone;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>What the notices of a session are made of.</summary>
/// <param name="Settings">Those in force: another object after every change.</param>
sealed record NoticeParts(string StateFolder, LiveState Live, TradingHost Trading, AuditLog Audit, Func<BotSettings> Settings)
{
    public required TimeProvider Time { get; init; }

    public PriceAlerts? Alerts { get; init; }

    /// <summary>Stops entries (true) or lets them go on, by a person named so, in every place that shows it.</summary>
    public required Func<string, bool, Task> Entries { get; init; }
}

/// <summary>Tells the owner of everything that is worth it, listens to the phone, and keeps the pulse that the watchdog reads. It looks at the session from beside; nothing waits for it.</summary>
sealed class NoticeService : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(3);

    /// <summary>At the end: how long what is in memory may take to the disk.</summary>
    static readonly TimeSpan LastWait = TimeSpan.FromSeconds(3);

    readonly NoticeParts _parts;
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    readonly Masking _masking = new();
    readonly SessionNotices _session;
    readonly TradingRecord _record;
    readonly bool _isNew;
    BotSettings _settings;
    JournalNotices? _journal;
    TradingDesk? _desk;
    TradingFolder? _folder;
    DateTimeOffset _pulsed, _beatAt;
    DateTimeOffset? _beatSeen, _decided;
    bool _isFirstDesk = true;

    public NoticeService(NoticeParts parts)
    {
        _parts = parts;
        _settings = parts.Settings();
        _isNew = !File.Exists(Path.Combine(parts.StateFolder, "notices.db"));
        _record = new TradingRecord(parts.StateFolder, () => parts.Trading.Folder, () => parts.Trading.Desk?.Book);
        _session = new SessionNotices(parts.Live, parts.Time, () => FreeBytes(parts.StateFolder));
        _masking.Replace(NoticeSetup.SecretsOf(_settings));
        Notifier = new Notifier(new NotifierOptions(parts.StateFolder) { Plan = NoticeSetup.PlanOf(_settings), Channels = Channels(), Masking = _masking, Clock = parts.Time });
    }

    public Notifier Notifier { get; }

    /// <summary>Channels as the settings leave them, with what is missing.</summary>
    public IReadOnlyList<ChannelSetup> Channels() => NoticeChannels.From(NoticeSetup.Of(_settings), _http, _parts.Time);

    /// <summary>What failed last while looking for news; empty: nothing has.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Why the phone is not heard; empty where it is, or nobody wants it.</summary>
    public string PhoneProblem { get; private set; } = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Cancelled after the last notices are on the disk.
        using var sending = new CancellationTokenSource();
        var run = Notifier.RunAsync(sending.Token);
        var phone = Listen(sending.Token);
        _parts.Trading.Stepped += Decided;
        if (_parts.Alerts is { } alerts) alerts.Hit += Tell;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (!ReferenceEquals(_settings, _parts.Settings()))
                {
                    Guarded(Follow);
                    await phone.StopAsync().ConfigureAwait(false);
                    phone = Listen(sending.Token);
                }
                PhoneProblem = phone.Listener?.Problem ?? phone.Problem;
                Guarded(Look);
                await Task.Delay(Pace, _parts.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            _parts.Trading.Stepped -= Decided;
            if (_parts.Alerts is { } watched) watched.Hit -= Tell;
            Guarded(Look);
            Guarded(() => Pulse(hasEnded: true));
            var patience = Task.Delay(LastWait, CancellationToken.None);
            while (Notifier.Health.InMemory > 0 && !patience.IsCompleted) await Task.Delay(20, CancellationToken.None).ConfigureAwait(false);
            await sending.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await phone.StopAsync().ConfigureAwait(false);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        Notifier.Dispose();
        _http.Dispose();
    }

    /// <summary>What fails now is tried with the next round: whatever it is, telling must neither end by it nor take the program with it.</summary>
    void Guarded(Action look)
    {
        try
        {
            look();
        }
        catch (Exception problem)
        {
            Problem = _masking.Mask(problem.Message);
        }
    }

    void Look()
    {
        foreach (var notice in _session.Look(_record.Past)) Notifier.Post(notice);
        var desk = _parts.Trading.Desk;
        if (desk is not null && _parts.Trading.Folder is { } folder)
        {
            if (!ReferenceEquals(desk, _desk)) Begin(desk, folder);
            _folder = folder;
            foreach (var notice in _journal!.Read(desk.Book.Journal.Entries)) Notifier.Post(notice);
        }
        if (_parts.Time.GetUtcNow() - _pulsed >= PulseEvery) Pulse(hasEnded: false);
    }

    /// <summary>A journal that was there before anybody was told of anything is no news.</summary>
    void Begin(TradingDesk desk, TradingFolder folder)
    {
        // Another mode or account: nobody has died there.
        if (_folder is not null && _folder.Path != folder.Path) Pulse(hasEnded: true);
        (_desk, _journal) = (desk, new JournalNotices(folder));
        if (_isNew && _isFirstDesk) _journal.Skip(desk.Book.Journal.Entries);
        _isFirstDesk = false;
    }

    void Pulse(bool hasEnded)
    {
        var (now, trading) = (_parts.Time.GetUtcNow(), _parts.Trading);
        // Only who trades from the folder has a pulse there; another program may have taken it over while the connection was away.
        if (_folder is not { } folder || _desk is null) return;
        if (trading.Desk is null && TraderPulse.Read(folder.Path) is { } other && other.Process != Environment.ProcessId && now - other.At < PulseEvery * 3) return;
        if (trading.Desk?.LastBeatAt is { } beat && beat != _beatSeen) (_beatSeen, _beatAt) = (beat, now);
        _pulsed = now;
        var held = _desk.Book.Where(order => order.Filled > 0).GroupBy(order => order.Intent.Symbol).Count(group => Holdings.OfBot(group, group.Key) + Holdings.OfPeople(group, group.Key) != 0);
        new TraderPulse(now, _beatAt == default ? now : _beatAt, _decided, Environment.ProcessId, held, hasEnded) { HasBot = trading.Plan is not null }.Write(folder.Path);
    }

    void Decided(BotStep step) => _decided = _parts.Time.GetUtcNow();

    void Tell(PriceAlert alert) => Notifier.Post(new Notice(NoticeEvents.PriceAlert, $"alert/{alert.Id}", FormattableString.Invariant($"{_parts.Live.Session.Mode.ToString().ToUpperInvariant()} {alert.Symbol} {(alert.IsAbove ? "rose to" : "fell to")} {alert.HitPrice:0.00##}"), FormattableString.Invariant($"The alert at {alert.Price:0.00##} was set by {alert.SetBy}."), _parts.Time.GetUtcNow()) { Symbol = Market.Symbol.Parse(alert.Symbol) });

    void Follow()
    {
        _settings = _parts.Settings();
        _masking.Replace(NoticeSetup.SecretsOf(_settings));
        Notifier.Apply(NoticeSetup.PlanOf(_settings), Channels());
    }

    PhoneLine Listen(CancellationToken stop)
    {
        var control = new PhoneControl(_parts.Trading, _parts.Live, _record, _parts.Entries);
        var desk = new PhoneDesk((command, _) => control.ExecuteAsync(command, Notifier), line => PhoneControl.Write(_parts.Audit, line));
        return PhoneLine.Open(NoticeSetup.Of(_settings), _http, new PhoneOptions(_parts.StateFolder, NoticeSetup.PhoneOf(_settings), desk) { Masking = _masking, Clock = _parts.Time }, stop);
    }

    static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
