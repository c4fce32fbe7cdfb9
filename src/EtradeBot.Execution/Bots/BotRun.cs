using EtradeBot.Engine;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Execution.Bots;

/// <summary>What every lane of a bot shares.</summary>
/// <param name="Owner">Stands beside its orders: the strategy's name.</param>
/// <param name="NewId">Names for intents: 1 to 20 lower-case letters and digits, never the same twice.</param>
public sealed record BotTerms(string Owner, RiskManager Risk, Func<string> NewId);

/// <param name="History">Closed candles so far; they warm the strategy up.</param>
/// <param name="Strategy">A fresh one, of this symbol alone.</param>
public sealed record BotLane(CandleSeries History, Strategy Strategy);

/// <summary>Everything that a lane's broker told the engine in one step: with the candles it decides the same again.</summary>
/// <param name="Booked">Booked before the strategy looked.</param>
/// <param name="Expected">Dollars that the entry at work would cost.</param>
/// <param name="HadExit">The engine was told that an exit is at work.</param>
public sealed record LaneNews(Symbol Symbol, IReadOnlyList<BookedFill> Booked, double Expected, bool HadExit);

/// <summary>What a lane began with.</summary>
/// <param name="TakenUp">Shares of an earlier run.</param>
/// <param name="MaxCandles">Candles after which they are to be left; null: no limit, or no position.</param>
public sealed record LaneStart(CandleSeries History, IReadOnlyList<BookedFill> TakenUp, int? MaxCandles);

/// <summary>What became of the candles of one instant.</summary>
/// <param name="Wishes">By symbol: the orders that were wished for.</param>
public sealed record BotStep(LiveStep Step, IReadOnlyList<ClosedCandle> Candles, IReadOnlyList<LaneNews> News, IReadOnlyDictionary<Symbol, IReadOnlyList<WishedOrder>> Wishes);

/// <summary>A strategy that trades at a desk while candles come: the backtest's engine, with the desk in the paper broker's place.</summary>
/// <remarks>Its account is a book of its own: at the start the broker's value of the account, from then on the fills of its own orders. One call at a time.</remarks>
public sealed class BotRun
{
    readonly TradingDesk _desk;
    readonly BrokerLane[] _lanes;

    /// <summary>Takes up what an earlier run has left.</summary>
    /// <exception cref="InvalidOperationException">What the account is worth is not known yet.</exception>
    /// <exception cref="ArgumentException">As of <see cref="LiveRun"/>.</exception>
    /// <exception cref="StrategyException">As of <see cref="LiveRun"/>.</exception>
    public BotRun(TradingDesk desk, BotTerms terms, IReadOnlyList<BotLane> lanes)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(lanes);
        _desk = desk;
        if (desk.Account.Equity is not (> 0 and var equity)) throw new InvalidOperationException(desk.Account.Trouble.Length > 0 ? desk.Account.Trouble : "the account is worth nothing");
        var account = new Account(CashAtStart(equity, lanes));
        _lanes = [.. lanes.Select(lane => new BrokerLane(lane.History.Symbol, account, desk, terms))];
        StartingCash = account.StartingCash;
        var setups = _lanes.Zip(lanes, (lane, given) => new LaneSetup { History = given.History, Strategy = given.Strategy, MaxCandles = lane.TakeUp(given.History), Broker = lane }).ToList();
        Start = [.. _lanes.Zip(setups, (lane, setup) => new LaneStart(setup.History, [.. lane.JustBooked], setup.MaxCandles))];
        Today = desk.Account.Losses is { Day: { } day, DayStart: { } start } ? new DayStart(day, (double)start) : null;
        Run = new LiveRun(account, terms.Risk, setups, Today);
    }

    public LiveRun Run { get; }

    /// <summary>In the order of the lanes.</summary>
    public IReadOnlyList<LaneStart> Start { get; }

    /// <summary>Dollars, before the positions that were taken up were paid.</summary>
    public decimal StartingCash { get; }

    /// <summary>The day that had begun when it was started; null: none.</summary>
    public DayStart? Today { get; }

    /// <summary>Symbols whose books do not hold any more, with the reason.</summary>
    public IReadOnlyList<string> Troubles => [.. _lanes.Where(lane => lane.Trouble.Length > 0).Select(lane => lane.Trouble)];

    /// <summary>A step is over. Called on the caller's thread of <see cref="OnCandles"/>.</summary>
    public event Action<BotStep>? Stepped;

    /// <summary>All candles that opened at one instant, now closed: books what has filled, decides, and hands the wishes to the desk.</summary>
    /// <exception cref="CandleDataException">As of <see cref="LiveRun.OnCandles"/>; nothing has happened then.</exception>
    public BotStep OnCandles(IReadOnlyList<ClosedCandle> closed)
    {
        var step = Run.OnCandles(closed);
        var lanes = step.Decisions.ToDictionary(decision => decision.Symbol, decision => Array.Find(_lanes, lane => lane.Symbol == decision.Symbol)!);
        var wishes = step.Decisions.ToDictionary(decision => decision.Symbol, decision => lanes[decision.Symbol].CarryOut(decision));
        var result = new BotStep(step, closed, [.. lanes.Values.Select(lane => new LaneNews(lane.Symbol, [.. lane.JustBooked], lane.Expected, lane.SawExit))], wishes);
        if (wishes.Values.Any(list => list.Count > 0)) _desk.Wake();
        Stepped?.Invoke(result);
        return result;
    }

    /// <summary>So much that, with the positions at their last closes, the account is worth what the broker says.</summary>
    decimal CashAtStart(decimal equity, IReadOnlyList<BotLane> lanes)
    {
        var cash = equity;
        foreach (var lane in lanes)
        {
            var held = _desk.Book.Where(order => order.Intent.IsEntry && !order.Intent.IsByPerson && order.Intent.Symbol == lane.History.Symbol);
            foreach (var entry in held)
            {
                var shares = entry.Intent.Sign * _desk.Book.HeldOf(entry.Id);
                var last = lane.History.Count > 0 ? (decimal)lane.History.Close[^1] : entry.AveragePrice ?? 0;
                cash += shares * ((entry.AveragePrice ?? 0) - last);
            }
        }
        return Math.Max(cash, 1);
    }
}
