namespace EtradeBot.Market;

/// <summary>The minutes of one demo day, in whole cents, from which its candles of any length are folded.</summary>
/// <remarks>
/// A bridge with Student's t steps runs from the day's open to its close; volatility and volume are highest after the open, rise
/// again before the close and are lowest at noon. The extremes within a minute are those of a Brownian bridge between its ends,
/// drawn from their exact distribution (Karatzas and Shreve, Brownian Motion and Stochastic Calculus, section 4.3).
/// </remarks>
sealed class DemoMinutes
{
    const double Degrees = 5;

    /// <summary>Mean of |t| for five degrees of freedom and variance 1.</summary>
    const double MeanAbsoluteStep = 0.7351;

    readonly Dictionary<int, (double[] Sigma, double[] Volume)> _profiles = [];
    double[] _steps = [];
    int[] _open = [], _high = [], _low = [], _close = [];
    long[] _volume = [];

    public void Fill(in DemoDay day, SeededRandom random)
    {
        var count = day.Minutes;
        if (_steps.Length < count)
        {
            _steps = new double[count];
            (_open, _high, _low, _close) = (new int[count], new int[count], new int[count], new int[count]);
            _volume = new long[count];
        }
        var (sigma, volume) = Profile(count);
        var residue = day.LogClose - day.LogOpen;
        for (var m = 0; m < count; m++)
        {
            _steps[m] = random.NextStudentT(Degrees);
            residue -= day.Sigma * sigma[m] * _steps[m];
        }
        var log = day.LogOpen;
        var cents = Cents(Math.Exp(log));
        for (var m = 0; m < count; m++)
        {
            var local = day.Sigma * sigma[m];
            var next = log + local * _steps[m] + residue * sigma[m] * sigma[m];
            _open[m] = m == 0 ? cents : Math.Max(1, cents + Tick(random));
            cents = Cents(Math.Exp(next));
            Close(m, cents, (log, next, local), random);
            var share = volume[m] * (0.4 + 0.6 * Math.Abs(_steps[m]) / MeanAbsoluteStep);
            // The mean of two exponential draws: lumpy, never negative, 1 on average.
            _volume[m] = Math.Max(1, (long)(day.Volume * share * -0.5 * Math.Log(random.NextPositive() * random.NextPositive())));
            log = next;
        }
    }

    /// <summary>Adds the day's candles of so many minutes each, the last one cut by the close.</summary>
    public void Fold(in DemoDay day, int minutes, long openTicks, CandleColumns columns)
    {
        for (var start = 0; start < day.Minutes; start += minutes)
        {
            var end = Math.Min(start + minutes, day.Minutes);
            int high = _high[start], low = _low[start];
            long volume = 0;
            for (var m = start; m < end; m++)
            {
                high = Math.Max(high, _high[m]);
                low = Math.Min(low, _low[m]);
                volume += _volume[m];
            }
            columns.Add(openTicks + start * TimeSpan.TicksPerMinute, _open[start] / 100.0, high / 100.0, low / 100.0, _close[end - 1] / 100.0, volume);
        }
    }

    void Close(int m, int cents, (double From, double To, double Sigma) bridge, SeededRandom random)
    {
        var move = bridge.To - bridge.From;
        var spread = 2 * bridge.Sigma * bridge.Sigma;
        var high = bridge.From + 0.5 * (move + Math.Sqrt(move * move - spread * Math.Log(random.NextPositive())));
        var low = bridge.From + 0.5 * (move - Math.Sqrt(move * move - spread * Math.Log(random.NextPositive())));
        _close[m] = cents;
        _high[m] = Math.Max(Math.Max(_open[m], cents), Cents(Math.Exp(high)));
        _low[m] = Math.Min(Math.Min(_open[m], cents), Cents(Math.Exp(low)));
    }

    /// <summary>A minute opens at the last price, or now and then a cent beside it.</summary>
    static int Tick(SeededRandom random) => (random.Next() >> 61) switch
    {
        0 => -1,
        1 => 1,
        _ => 0,
    };

    static int Cents(double dollars) => Math.Max(1, (int)Math.Round(dollars * 100));

    /// <summary>For each minute its part of the day: square root of the variance, and volume; variances and volumes add up to 1.</summary>
    (double[] Sigma, double[] Volume) Profile(int count)
    {
        if (_profiles.TryGetValue(count, out var profile)) return profile;
        var sigma = new double[count];
        var volume = new double[count];
        for (var m = 0; m < count; m++)
        {
            var left = count - 1 - m;
            sigma[m] = 1 + 2 * Math.Exp(-m / 20.0) + 0.6 * Math.Exp(-left / 25.0);
            volume[m] = 1 + 3 * Math.Exp(-m / 18.0) + 4 * Math.Exp(-left / 12.0);
        }
        var variance = Math.Sqrt(sigma.Sum(s => s * s));
        var total = volume.Sum();
        for (var m = 0; m < count; m++) (sigma[m], volume[m]) = (sigma[m] / variance, volume[m] / total);
        return _profiles[count] = (sigma, volume);
    }
}
