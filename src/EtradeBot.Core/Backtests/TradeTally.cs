using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>What one pass over the round trips gathers.</summary>
struct TradeTally
{
    int _winning, _losing;

    public int Wins { get; private set; }

    public int Losses { get; private set; }

    public decimal GrossProfit { get; private set; }

    public decimal GrossLoss { get; private set; }

    public decimal LargestWin { get; private set; }

    public decimal LargestLoss { get; private set; }

    public int LongestWinningStreak { get; private set; }

    public int LongestLosingStreak { get; private set; }

    public long CandlesHeld { get; private set; }

    public Spread Dollars;

    public Spread Multiples;

    public TradeTally()
    {
    }

    public void Add(RoundTrip trip)
    {
        var profit = trip.ProfitAndLoss;
        var dollars = (double)profit;
        Dollars.Add(dollars);
        if (trip.R is { } r && double.IsFinite(r)) Multiples.Add(r);
        CandlesHeld += trip.CandlesHeld;
        if (dollars > 0)
        {
            Wins++;
            GrossProfit += profit;
            if (profit > LargestWin) LargestWin = profit;
            LongestWinningStreak = Math.Max(LongestWinningStreak, ++_winning);
            _losing = 0;
        }
        else if (dollars < 0)
        {
            Losses++;
            GrossLoss += profit;
            if (profit < LargestLoss) LargestLoss = profit;
            LongestLosingStreak = Math.Max(LongestLosingStreak, ++_losing);
            _winning = 0;
        }
        else
            _winning = _losing = 0;
    }
}

/// <summary>Mean and sample standard deviation, summed about the first value so that equal values have no spread at all.</summary>
struct Spread
{
    double _first, _sum, _squares;

    public int Count { get; private set; }

    public void Add(double value)
    {
        if (Count++ == 0) _first = value;
        var d = value - _first;
        _sum += d;
        _squares += d * d;
    }

    public readonly double Mean => Count == 0 ? double.NaN : _first + _sum / Count;

    /// <summary>NaN with fewer than two values.</summary>
    public readonly double StandardDeviation =>
        Count < 2 ? double.NaN : Math.Sqrt(Math.Max(0, _squares - _sum * _sum / Count) / (Count - 1));
}
