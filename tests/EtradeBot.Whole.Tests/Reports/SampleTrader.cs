using EtradeBot.Backtests;
using EtradeBot.Engine;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>Crosses of two averages, entered at the next open with a stop and a target: enough of a market for a report to show.</summary>
sealed class SampleTrader(CandleSeries candles)
{
    const int Fast = 10;
    const int Slow = 30;
    const decimal StartingCash = 100_000m;

    readonly List<RoundTrip> _trips = [];
    readonly List<OrderReport> _orders = [];
    readonly List<Fill> _fills = [];
    readonly List<Denial> _denials = [];
    readonly double[] _equity = new double[candles.Count];
    readonly double[] _exposure = new double[candles.Count];
    decimal _cash = StartingCash;
    int _shares, _entered;
    decimal _price, _stop, _target, _worst, _best;

    public void Run()
    {
        var waiting = 0;
        for (var i = 0; i < candles.Count; i++)
        {
            if (waiting != 0 && _shares == 0) Enter(i, waiting);
            waiting = 0;
            if (_shares != 0) Watch(i);
            var cross = Cross(i);
            if (cross != 0 && _shares != 0 && Math.Sign(_shares) != cross) Leave(i, Cents(candles.Close[i]), "averages crossed back");
            if (cross != 0) waiting = cross;
            if (cross < 0 && i % 5 == 0) _denials.Add(new Denial(candles.OpenTime(i), candles.Symbol, Side.Sell, i % 10 == 0 ? "daily_loss" : "gross_exposure", "1.2 over 1.0"));
            _equity[i] = (double)_cash + _shares * candles.Close[i];
            _exposure[i] = Math.Abs(_shares) * candles.Close[i] / _equity[i];
        }
    }

    public BacktestResult Result(IReadOnlyList<string> warnings) => new()
    {
        Candles = [candles],
        Curve = new EquityCurve { Timeframe = candles.Timeframe, StartingCash = (double)StartingCash, Times = candles.OpenTicks.ToArray(), Equity = _equity, Exposure = _exposure },
        RoundTrips = _trips,
        OpenPositions = _shares == 0 ? [] : [Position()],
        Orders = _orders,
        Fills = _fills,
        Denials = _denials,
        AmbiguousCandles = 7,
        GapFills = 3,
        GapCost = 212.25m,
        Warnings = warnings,
    };

    OpenPosition Position() => new()
    {
        Symbol = candles.Symbol,
        Shares = _shares,
        EntryTime = candles.OpenTime(_entered),
        AveragePrice = _price,
        LastPrice = Cents(candles.Close[candles.Count - 1]),
        UnrealizedProfitAndLoss = _shares * (Cents(candles.Close[candles.Count - 1]) - _price),
        EntryReason = "fast average crossed the slow one",
    };

    void Enter(int i, int direction)
    {
        var range = Cents(2 * (Mean(candles.High, i - 1, 14) - Mean(candles.Low, i - 1, 14)) + 0.01);
        _price = Cents(candles.Open[i]);
        _shares = direction * Math.Max(1, Math.Min((int)(_cash * 0.01m / range), (int)(_cash * 0.9m / _price)));
        _stop = _price - direction * range;
        _target = _price + direction * 2 * range;
        _entered = i;
        (_worst, _best) = (_price, _price);
        Trade(i, direction > 0 ? Side.Buy : Side.Sell, _price, "fast average crossed the slow one", null);
    }

    void Watch(int i)
    {
        var (low, high) = (Cents(candles.Low[i]), Cents(candles.High[i]));
        var isLong = _shares > 0;
        (_worst, _best) = isLong ? (Math.Min(_worst, low), Math.Max(_best, high)) : (Math.Max(_worst, high), Math.Min(_best, low));
        if (isLong ? low <= _stop : high >= _stop) Leave(i, _stop, "stop, 2 ATR");
        else if (isLong ? high >= _target : low <= _target) Leave(i, _target, "target, 4 ATR");
    }

    void Leave(int i, decimal price, string because)
    {
        var shares = _shares;
        var side = shares > 0 ? Side.Sell : Side.Buy;
        Trade(i, side, price, because, because.StartsWith("stop", StringComparison.Ordinal) ? price : null);
        var profit = shares * (price - _price) - 2 * Fee(shares);
        _trips.Add(new RoundTrip
        {
            Symbol = candles.Symbol,
            Side = shares > 0 ? Side.Buy : Side.Sell,
            Shares = Math.Abs(shares),
            EntryTime = candles.OpenTime(_entered),
            EntryPrice = _price,
            ExitTime = candles.OpenTime(i),
            ExitPrice = price,
            ProfitAndLoss = profit,
            Fees = 2 * Fee(shares),
            R = (double)(profit / (Math.Abs(_price - _stop) * Math.Abs(shares))),
            Mae = Math.Min(0, shares * (_worst - _price)),
            Mfe = Math.Max(0, shares * (_best - _price)),
            CandlesHeld = i - _entered,
            EntryReason = "fast average crossed the slow one",
            ExitReason = because,
        });
        _shares = 0;
    }

    void Trade(int i, Side side, decimal price, string because, decimal? stop)
    {
        var shares = Math.Abs(_shares);
        _cash -= side.Sign() * shares * price + Fee(shares);
        var order = new Order
        {
            Id = _orders.Count + 1,
            Symbol = candles.Symbol,
            Side = side,
            Type = stop is null ? OrderType.Market : OrderType.Stop,
            Shares = shares,
            Stop = stop,
            SubmittedAt = candles.OpenTime(Math.Max(0, i - 1)),
            Because = because,
        };
        _orders.Add(new OrderReport(order, OrderStatus.Filled, shares, price, candles.OpenTime(i), ""));
        _fills.Add(new Fill(order, shares, price, Fee(shares), 0.01m * shares, candles.OpenTicks[i]));
    }

    int Cross(int i) => i < Slow
        ? 0
        : Math.Sign(Mean(candles.Close, i, Fast) - Mean(candles.Close, i, Slow)) is var now
            && now != Math.Sign(Mean(candles.Close, i - 1, Fast) - Mean(candles.Close, i - 1, Slow)) ? now : 0;

    static double Mean(ReadOnlySpan<double> values, int last, int count)
    {
        var sum = 0.0;
        for (var i = Math.Max(0, last - count + 1); i <= last; i++) sum += values[i];
        return sum / Math.Min(count, last + 1);
    }

    static decimal Fee(int shares) => Math.Max(1m, Math.Abs(shares) * 0.005m);

    static decimal Cents(double price) => Math.Round((decimal)price, 2);
}
