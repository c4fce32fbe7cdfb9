using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Execution.Bots;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>What a bot works with.</summary>
/// <param name="Folder">Where its run is recorded.</param>
sealed record BotHostParts(TradingDesk Desk, FeedRun Feed, StrategyShelf Strategies, Func<Symbol, Timeframe, CancellationToken, Task<CandleSeries>> Candles, TradingFolder Folder)
{
    /// <summary>Of the program.</summary>
    public string Version { get; init; } = "";
}

/// <summary>A running bot: its strategy on its symbols, fed with the candles of the session.</summary>
sealed class BotHost
{
    /// <summary>More than the slowest of usual indicators needs; each symbol then warms up in milliseconds.</summary>
    const int WarmUp = 2_000;

    readonly CandleGather _gather;
    readonly StrategyShelf _shelf;
    readonly BotTape _tape;
    string _toldProblem = "";
    StrategyList _strategies;
    string _source;

    BotHost(BotPlan plan, BotRun run, (CandleGather Gather, BotHostParts Given, StrategyList Strategies, Sizing Size) parts)
    {
        (Plan, Run, _gather, _shelf, _strategies) = (plan, run, parts.Gather, parts.Given.Strategies, parts.Strategies);
        _source = StrategyShelf.SourceHash(parts.Strategies.Catalog.Get(plan.Strategy));
        var lanes = run.Start.Select(lane => new TapedLane(lane.History.Symbol.Ticker, [.. Enumerable.Range(0, lane.History.Count).Select(i => lane.History[i])], [.. lane.TakenUp.Select(TapedFill.Of)], lane.MaxCandles));
        var start = new TapeStart(plan.Strategy, new Dictionary<string, string>(plan.Values), plan.Timeframe.ToString(), parts.Size, plan.Risk, run.StartingCash, run.Today, _source, [.. lanes]) { Version = parts.Given.Version };
        _tape = BotTape.Begin(parts.Given.Folder.Path, start, parts.Given.Feed.ExchangeNow);
        run.Stepped += _tape.Add;
    }

    public BotPlan Plan { get; }

    public BotRun Run { get; }

    /// <summary>The newest step; null before the first.</summary>
    public BotStep? Last { get; private set; }

    /// <exception cref="StrategyException">The strategy or a parameter is not known, or contradicts itself.</exception>
    /// <exception cref="InvalidOperationException">What the account is worth is not known.</exception>
    public static async Task<BotHost> BeginAsync(BotPlan plan, BotHostParts parts, CancellationToken stop)
    {
        var strategies = parts.Strategies.Read();
        var entry = strategies.Catalog.Get(plan.Strategy);
        var gather = new CandleGather(plan.Timeframe, (symbol, from) => parts.Feed.Minutes.Series(symbol, from));
        var lanes = new List<BotLane>();
        foreach (var symbol in plan.Symbols)
        {
            var history = await HistoryAsync(symbol, plan.Timeframe, parts, stop).ConfigureAwait(false);
            if (history.Count > WarmUp) history = history.Slice(history.Count - WarmUp, WarmUp);
            gather.Add(symbol, history.Count > 0 ? history.OpenTime(history.Count - 1) : null);
            lanes.Add(new BotLane(history, entry.Create(plan.Values)));
        }
        var sizing = plan.Size ?? lanes[0].Strategy.PreferredSizing ?? new Sizing(SizingKind.Risk, 0.01);
        return new BotHost(plan, new BotRun(parts.Desk, new BotTerms(entry.Name, new RiskManager(plan.Risk, sizing), TradingHost.NewId), lanes), (gather, parts, strategies, sizing));
    }

    /// <summary>Takes a strategy file that has changed up: it decides from the next candle on. Positions and orders stay.</summary>
    /// <returns>What to tell the owner; empty when nothing has changed.</returns>
    public string Refresh()
    {
        var now = _shelf.Read();
        if (ReferenceEquals(now, _strategies)) return "";
        _strategies = now;
        try
        {
            var entry = now.Catalog.Get(Plan.Strategy);
            if (StrategyShelf.SourceHash(entry) is var source && source == _source) return "";
            foreach (var lane in Run.Run.Lanes) lane.Replace(entry.Create(Plan.Values));
            _source = source;
            _tape.SourceChanged(source);
            return $"{entry.Origin} has changed: it decides so from the next candle on";
        }
        catch (Exception problem) when (problem is StrategyException or StrategyFailedException or IOException)
        {
            return $"the changed strategy cannot be used, the one before goes on: {problem.Message}";
        }
    }

    /// <summary>Where there is no history the strategy warms up on what comes.</summary>
    static async Task<CandleSeries> HistoryAsync(Symbol symbol, Timeframe timeframe, BotHostParts parts, CancellationToken stop)
    {
        try
        {
            return await parts.Candles(symbol, timeframe, stop).ConfigureAwait(false);
        }
        catch (CandleDataException)
        {
            return CandleSeries.From(symbol, timeframe, new("live quotes", parts.Desk.Line.Mode is TradingMode.Simulated or TradingMode.Sandbox, PriceAdjustment.Raw), []);
        }
    }

    /// <summary>A minute has closed.</summary>
    public void See(LiveCandle minute) => _gather.See(minute);

    /// <summary>Decides on every candle that has closed since.</summary>
    public IReadOnlyList<BotStep> Advance(DateTimeOffset now)
    {
        var steps = _gather.Due(now).Select(Run.OnCandles).ToList();
        if (steps.Count > 0) Last = steps[^1];
        return steps;
    }

    /// <summary>Sentences for the owner, each once: candles that came too late to be decided upon, and why the run is not recorded.</summary>
    public IEnumerable<string> TakeNews()
    {
        if (_tape.Problem != _toldProblem && (_toldProblem = _tape.Problem).Length > 0) yield return _toldProblem;
        while (_gather.Late.TryDequeue(out var late))
            yield return FormattableString.Invariant($"the candle of {late.Symbol} that opened at {late.Candle.OpenTime:yyyy-MM-dd HH:mm}Z came after its step had been decided: it is left out");
    }
}
