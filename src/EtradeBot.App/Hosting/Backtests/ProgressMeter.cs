using EtradeBot.App.Commands;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Turns the steps of one run into one fraction and an estimate of the time left.</summary>
sealed class ProgressMeter(TimeProvider time, TimeSpan? expected)
{
    readonly long _begun = time.GetTimestamp();
    long _candles;
    double _done;
    int _comparisons;

    public TimeSpan Elapsed => time.GetElapsedTime(_begun);

    public RunProgress Start() => Made(RunPhase.Loading, 0);

    public RunProgress Loaded(long candles)
    {
        _candles = candles;
        _done = 0.1;
        return Made(RunPhase.Simulating, 0);
    }

    public RunProgress At(RunStep step)
    {
        if (step is { Phase: RunPhase.Comparing, Done: 0 }) _comparisons++;
        var done = step.Phase switch
        {
            RunPhase.Simulating => 0.1 + 0.4 * step.Done,
            RunPhase.Measuring => 0.5 + 0.1 * step.Done,
            RunPhase.Comparing => 0.6 + 0.1 * (Math.Max(1, _comparisons) - 1 + step.Done),
            RunPhase.Writing => 0.8 + 0.2 * step.Done,
            _ => 0.1 * step.Done,
        };
        // A skipped phase lets it jump, nothing lets it fall.
        _done = Math.Max(_done, Math.Min(done, 1));
        return Made(step.Phase, step.Done);
    }

    RunProgress Made(RunPhase phase, double done)
    {
        var elapsed = Elapsed;
        TimeSpan? left = _done > 0.15 ? elapsed * ((1 - _done) / _done) : expected > elapsed ? expected - elapsed : null;
        var candles = phase switch { RunPhase.Loading => 0, RunPhase.Simulating => (long)(_candles * done), _ => _candles };
        return new RunProgress(phase, _done, candles, _candles, elapsed, left);
    }
}
