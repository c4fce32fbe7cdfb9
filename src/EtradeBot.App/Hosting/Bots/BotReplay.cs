using EtradeBot.Brokers;
using EtradeBot.Engine;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>A decision made again.</summary>
/// <param name="Fills">What the broker had filled before it, in this symbol.</param>
sealed record ReplayedDecision(Decision Decision, IReadOnlyList<TapedFill> Fills);

/// <summary>Decides everything on a tape again: the same engine, risk manager and strategies, with the recorded candles and fills.</summary>
/// <remarks>One pass; not safe for several threads.</remarks>
sealed class BotReplay
{
    readonly Account _account;
    readonly LiveRun _run;
    readonly StrategyEntry _entry;
    readonly TapeStart _start;
    readonly Dictionary<Symbol, TapedBroker> _brokers = [];

    /// <exception cref="StrategyException">The strategy is not there any more, or does not take these parameters.</exception>
    /// <exception cref="StrategyFailedException">It threw while it warmed up.</exception>
    public BotReplay(TapeStart start, StrategyCatalog strategies)
    {
        (_start, _entry) = (start, strategies.Get(start.Strategy));
        _account = new Account(start.Cash);
        var timeframe = Timeframe.Parse(start.Timeframe);
        var setups = new List<LaneSetup>();
        foreach (var lane in start.Lanes)
        {
            var symbol = Symbol.Parse(lane.Symbol);
            foreach (var fill in lane.TakenUp) fill.Book(_account, symbol);
            setups.Add(new LaneSetup
            {
                History = CandleSeries.From(symbol, timeframe, new("tape", false, PriceAdjustment.Raw), lane.Candles),
                Strategy = _entry.Create(Values),
                MaxCandles = lane.MaxCandles,
                Broker = _brokers[symbol] = new TapedBroker(symbol, _account),
            });
        }
        _run = new LiveRun(_account, new RiskManager(start.Risk, start.Size), setups, start.Today);
    }

    public IReadOnlyList<RoundTrip> RoundTrips => _account.RoundTrips;

    IReadOnlyList<KeyValuePair<string, string>> Values => [.. _start.Values];

    public CandleSeries Candles(Symbol symbol) => _run.Lanes.First(lane => lane.Symbol == symbol).Candles;

    /// <summary>The next line of the tape.</summary>
    /// <exception cref="CandleDataException">The tape's candles contradict each other.</exception>
    public IReadOnlyList<ReplayedDecision> Play(TapeLine line)
    {
        if (line.Source is not null)
            foreach (var lane in _run.Lanes) lane.Replace(_entry.Create(Values));
        if (line.Step is not { } step) return [];
        foreach (var news in step) _brokers[Symbol.Parse(news.Symbol)].News = news;
        var decided = _run.OnCandles([.. step.Select(news => new ClosedCandle(Symbol.Parse(news.Symbol), news.Candle) { EntryGates = news.Gates })]);
        return [.. decided.Decisions.Select(decision => new ReplayedDecision(decision, _brokers[decision.Symbol].News!.Fills))];
    }

    /// <summary>Tells the engine what the real broker told it.</summary>
    sealed class TapedBroker(Symbol symbol, Account account) : IBroker
    {
        public TapedNews? News { get; set; }

        public bool HasExit => News?.HadExit ?? false;

        public void Submit(Order order, int lastIndex = int.MaxValue)
        {
            // What became of it is on the tape.
        }

        public void CancelEntry(string note, DateTimeOffset at, Side? side = null)
        {
            // As above.
        }

        public void OnCandle(CandleSeries candles)
        {
            foreach (var fill in News!.Fills) fill.Book(account, symbol);
            account.Mark(symbol, candles[candles.Count - 1]);
            account.Expect(symbol, News.Expected);
        }
    }
}
