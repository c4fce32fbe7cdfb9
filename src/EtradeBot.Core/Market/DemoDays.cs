namespace EtradeBot.Market;

/// <summary>The frame of one demo day, within which its minutes move.</summary>
/// <param name="LogOpen">Natural logarithm of the opening price in dollars.</param>
/// <param name="Sigma">Standard deviation of the session's log return.</param>
/// <param name="Volume">Shares of the whole session, about.</param>
readonly record struct DemoDay(Session Session, double LogOpen, double LogClose, double Sigma, double Volume)
{
    public int Minutes => (int)Session.Length.TotalMinutes;
}

/// <summary>The daily frame of one company of the demo market, always built from the first session of 1990, so that a day never depends on the range asked for.</summary>
/// <remarks>
/// Drift and level of volatility follow a Markov chain of three regimes (Hamilton 1989); within them the variance clusters and
/// answers falls more than rises, as in GJR-GARCH(1,1) (Glosten, Jagannathan and Runkle 1993); shocks are Student's t. A weak pull
/// back to a growth path (half-life about four years) keeps prices plausible over decades without showing in daily returns.
/// </remarks>
sealed class DemoDays
{
    const double SessionsPerYear = 251.8; // about; the candles of every seed hang on it, so it stays
    const double Pull = 0.0007;
    const double ReportsPerYear = 4;
    const double FullSessionMinutes = 390;

    // Answer to a rise, extra answer to a fall, memory.
    const double Alpha = 0.04, Gamma = 0.07, Beta = 0.89;

    static readonly DateOnly Epoch = new(1990, 1, 1);

    /// <summary>
    /// Mean length in days; variance against the usual; drift a year in units of the yearly volatility; chance to go to the next
    /// regime of the list (round) on leaving, else to the one after.
    /// </summary>
    static readonly (double Days, double Variance, double Drift, double ToNext)[] Regimes =
    [
        (90, 0.6, 0.4, 0.75), // calm
        (45, 1.3, 0, 0.35), // restless
        (18, 4, -3, 0.4), // stormy
    ];

    readonly DemoCharacter _character;
    readonly SeededRandom _random;
    readonly double _usualVariance;
    int _regime;
    double _variance;
    double _logClose;
    double _path;
    double _volumeMood;

    DemoDays(DemoCharacter character, SeededRandom random)
    {
        _character = character;
        _random = random;
        _usualVariance = character.Volatility * character.Volatility / SessionsPerYear;
        _variance = _usualVariance;
        _path = _logClose = Math.Log(character.Price) - character.Growth * 30; // from 1990 to 2020
    }

    /// <summary>The days of the range, oldest first.</summary>
    public static IEnumerable<DemoDay> Between(DateOnly from, DateOnly to, DemoCharacter character, SeededRandom random)
    {
        var days = new DemoDays(character, random);
        foreach (var session in MarketCalendar.Nyse.Sessions(Epoch, to))
        {
            var day = days.Next(session);
            if (session.Day >= from) yield return day;
        }
    }

    DemoDay Next(Session session)
    {
        ChangeRegime();
        var (_, level, drift, _) = Regimes[_regime];
        if (_regime == 2) level *= _character.StormFactor;
        var length = session.Length.TotalMinutes / FullSessionMinutes;
        var sigma = Math.Sqrt(_variance * (1 - _character.GapShare) * length);
        var trend = _character.TrendFactor * drift * _character.Volatility + _character.Growth;

        var gap = Math.Sqrt(_variance * _character.GapShare) * _random.NextStudentT(_character.Degrees) + Report();
        var move = sigma * _random.NextStudentT(_character.Degrees) + trend / SessionsPerYear + Pull * (_path - _logClose);
        var day = new DemoDay(session, _logClose + gap, _logClose + gap + move, sigma, Volume(gap + move) * length);

        Remember(gap + move, level);
        _path += _character.Growth / SessionsPerYear;
        _logClose = day.LogClose;
        return day;
    }

    void ChangeRegime()
    {
        if (_random.NextDouble() * Regimes[_regime].Days >= 1) return;
        var step = _random.NextDouble() < Regimes[_regime].ToNext ? 1 : 2;
        _regime = (_regime + step) % Regimes.Length;
    }

    double Report()
    {
        var size = _character.ShockSize * Math.Clamp(_random.NextStudentT(8), -3.5, 3.5);
        return _random.NextDouble() < ReportsPerYear / SessionsPerYear ? size : 0;
    }

    /// <summary>A lasting mood, and more of it on a day that moves.</summary>
    double Volume(double move)
    {
        _volumeMood = 0.85 * _volumeMood + 0.15 * _random.NextStudentT(8);
        return _character.Shares * Math.Exp(_volumeMood) * (0.7 + 0.3 * Math.Min(Math.Abs(move) / Math.Sqrt(_usualVariance), 12));
    }

    void Remember(double move, double level)
    {
        // A jump at a report says little about the days after it, so its echo in the variance is bounded.
        var square = Math.Min(move * move, 16 * _variance);
        var answer = move < 0 ? Alpha + Gamma : Alpha;
        _variance = (1 - Alpha - Gamma / 2 - Beta) * level * _usualVariance + answer * square + Beta * _variance;
    }
}
