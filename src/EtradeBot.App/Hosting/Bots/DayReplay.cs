using System.Text.Json;
using System.Text.Json.Nodes;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>A decision that came out otherwise.</summary>
/// <param name="Fields">What differs, in the order of the record.</param>
/// <param name="Cause">In words.</param>
sealed record DifferentDecision(DecisionRow Recorded, IReadOnlyList<string> Fields, string Cause);

/// <summary>An entry of the day with its exit, as filled and as the backtest's model fills it. Dollars a share.</summary>
/// <param name="Exit">Average; null while something is held.</param>
sealed record ComparedTrade(string Symbol, DateTimeOffset At, bool IsBuy, int Shares, decimal Entry, decimal ModelEntry, decimal? Exit, decimal? ModelExit, string ExitReason, string ModelExitReason);

/// <summary>A recorded day, decided again.</summary>
/// <param name="Unrecorded">Decisions made again that the record of the day lacks.</param>
sealed record DayReplay(DateOnly Day, int Runs, int Equal, IReadOnlyList<DifferentDecision> Different, int Unrecorded, IReadOnlyList<ComparedTrade> Trades, IReadOnlyList<string> Problems)
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true,
    };

    /// <exception cref="IOException">The record cannot be read.</exception>
    /// <exception cref="FormatException">A tape is damaged: names file and line.</exception>
    public static DayReplay Of(TradingFolder folder, DateOnly day, (StrategyCatalog Strategies, string Version) now)
    {
        var work = new Work(day, DecisionLog.Read(folder, day), now.Version);
        foreach (var path in BotTape.In(folder.Path))
        {
            var lines = BotTape.Read(path);
            if (!lines.Any(line => line.Step is { Count: > 0 } step && MarketCalendar.Nyse.DayOf(step[0].Candle.OpenTime) == day)) continue;
            try
            {
                work.Play(lines, now.Strategies);
            }
            catch (Exception problem) when (problem is StrategyException or StrategyFailedException or CandleDataException)
            {
                work.Problems.Add($"{path}: {problem.Message}");
            }
        }
        return work.Result();
    }

    /// <summary>Rows are compared as they are written: numbers to the last bit.</summary>
    static JsonObject Written(DecisionRow row) => JsonSerializer.SerializeToNode(row with { Outcome = "", Intent = null }, Options)!.AsObject();

    sealed class Work(DateOnly day, IReadOnlyList<DecisionRow> recorded, string version)
    {
        readonly ILookup<(string, DateTimeOffset), DecisionRow> _recorded = recorded.ToLookup(row => (row.Symbol, row.ClosedAt));
        readonly List<DifferentDecision> _different = [];
        readonly List<ComparedTrade> _trades = [];
        int _runs, _equal, _unrecorded;

        public List<string> Problems { get; } = [];

        public DayReplay Result() => new(day, _runs, _equal, _different, _unrecorded, _trades, Problems);

        public void Play(IReadOnlyList<TapeLine> lines, StrategyCatalog strategies)
        {
            var start = lines[0].Start!;
            var replay = new BotReplay(start, strategies);
            var (cause, models, fills) = (Cause(start, lines, strategies), new List<ModelTrade>(), new List<(string Symbol, TapedFill Fill)>());
            _runs++;
            foreach (var line in lines.Skip(1))
            {
                foreach (var (decision, news) in replay.Play(line))
                {
                    fills.AddRange(news.Select(fill => (decision.Symbol.Ticker, fill)));
                    var candles = replay.Candles(decision.Symbol);
                    foreach (var model in models.Where(model => model.Decision.Symbol == decision.Symbol)) model.Go(candles, decision);
                    if (MarketCalendar.Nyse.DayOf(decision.Candle.OpenTime) != day) continue;
                    Compare(decision, cause);
                    if (decision.Orders.FirstOrDefault(order => !order.IsExit) is { } entry) models.Add(new ModelTrade(decision, entry, candles));
                }
            }
            foreach (var model in models) AddTrade(model, fills, replay);
        }

        void Compare(Engine.Decision decision, string cause)
        {
            var again = DecisionRow.Of(decision, []);
            if (_recorded[(again.Symbol, again.ClosedAt)].LastOrDefault(row => row.Strategy == again.Strategy && row.Timeframe == again.Timeframe) is not { } row)
            {
                _unrecorded++;
                return;
            }
            var (one, other) = (Written(row), Written(again));
            var fields = one.Where(field => !JsonNode.DeepEquals(field.Value, other[field.Key])).Select(field => field.Key).ToList();
            if (fields.Count == 0) _equal++;
            else _different.Add(new DifferentDecision(row, fields, cause.Length > 0 ? cause : $"{string.Join(", ", fields)} differ with the same program, strategy, candles and fills: that is a defect of the program"));
        }

        /// <summary>Why it may come out otherwise; empty: it must not.</summary>
        string Cause(TapeStart start, IReadOnlyList<TapeLine> lines, StrategyCatalog strategies)
        {
            var source = lines.LastOrDefault(line => line.Source is not null)?.Source ?? start.Source;
            if (StrategyShelf.SourceHash(strategies.Get(start.Strategy)) != source || lines.Any(line => line.Source is not null)) return $"the file of {start.Strategy} is another one than that which decided";
            return start.Version == version ? "" : $"decided by version {start.Version}, replayed by {version}";
        }

        void AddTrade(ModelTrade model, List<(string Symbol, TapedFill Fill)> fills, BotReplay replay)
        {
            var decision = model.Decision;
            if (_recorded[(decision.Symbol.Ticker, MarketCalendar.Nyse.CloseTime(decision.Candle.OpenTime, decision.Timeframe))].LastOrDefault()?.Intent is not { } intent) return;
            var entries = fills.Where(one => one.Symbol == decision.Symbol.Ticker && one.Fill.Intent == intent).Select(one => one.Fill).ToList();
            if (entries.Count == 0 || model.Entry is not { } modelEntry) return;
            var (shares, at) = (entries.Sum(fill => fill.Shares), entries.Select(fill => new DateTimeOffset(fill.AtTicks, TimeSpan.Zero)).ToHashSet());
            var closed = replay.RoundTrips.Where(trip => trip.Symbol == decision.Symbol && at.Contains(trip.EntryTime)).ToList();
            var isClosed = closed.Sum(trip => trip.Shares) == shares;
            _trades.Add(new ComparedTrade(
                decision.Symbol.Ticker,
                at.Min(),
                entries[0].Side == Trading.Side.Buy,
                shares,
                entries.Sum(fill => fill.Price * fill.Shares) / shares,
                modelEntry,
                isClosed ? closed.Sum(trip => trip.ExitPrice * trip.Shares) / shares : null,
                isClosed ? model.Exit : null,
                isClosed ? closed[^1].ExitReason : "",
                model.ExitReason));
        }
    }
}
