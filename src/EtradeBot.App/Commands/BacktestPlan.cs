using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using EtradeBot.App.Reports;
using EtradeBot.Backtests;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.App.Commands;

/// <summary>A backtest that is ready to run: everything that decides its result.</summary>
sealed record BacktestPlan(
    BacktestSettings Settings,
    StrategyEntry Strategy,
    IReadOnlyList<KeyValuePair<string, string>> Values,
    IReadOnlyList<CandleSeries> Candles,
    ulong Seed)
{
    static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>Sentences about the candles that belong into the result's warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public long CandleCount => Candles.Sum(series => (long)series.Count);

    /// <summary><see cref="CandleSeries.ContentHash"/> of the candles the run can see, by symbol.</summary>
    public Dictionary<Symbol, string> DataHashes() => Candles.ToDictionary(series => series.Symbol, series => Seen(series).ContentHash());

    public static string EngineVersion { get; } =
        typeof(Backtest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <param name="begun">Timestamp at which the work began.</param>
    /// <param name="tell">Told how far the run is, on the thread that runs it.</param>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was kept.</exception>
    public RunRecord Run(long begun, Action<RunStep>? tell, CancellationToken cancellation)
    {
        var loaded = Clock.GetTimestamp();
        var backtest = New(Settings.Fills.Intrabar);
        backtest.Prepare();
        var prepared = Clock.GetTimestamp();
        backtest.Simulate(Telling(RunPhase.Simulating, tell), cancellation);
        var result = backtest.Result();
        var simulated = Clock.GetTimestamp();
        tell?.Invoke(new(RunPhase.Measuring, 0));
        var options = new MetricsOptions { PeriodsPerYear = MarketCalendar.Nyse.PeriodsPerYear(result.Curve.Timeframe), Seed = Seed };
        return new RunRecord
        {
            Result = result,
            Metrics = Metrics.From(result, options),
            Strategy = Strategy.Name,
            Parameters = [.. Strategy.Parameters.Select(Describe)],
            Settings = SettingWords.Of(Settings, backtest.Sizing),
            DataHashes = DataHashes(),
            EngineVersion = EngineVersion,
            Seed = (long)Seed,
            Intrabar = Spread(result, tell, cancellation),
            Warnings = Warnings,
            Timing = new RunTiming(
                Clock.GetElapsedTime(begun, loaded).TotalSeconds,
                Clock.GetElapsedTime(loaded, prepared).TotalSeconds,
                Clock.GetElapsedTime(prepared, simulated).TotalSeconds,
                begun),
        };
    }

    /// <summary>A name that only the same run on the same candles gets: <c>aapl-rule-1d-3f2a9c01</c>.</summary>
    public string FolderName(RunRecord run)
    {
        var inputs = new StringBuilder(EngineVersion).Append(run.Strategy).Append(Seed);
        foreach (var parameter in run.Parameters) inputs.Append('\n').Append(parameter.Name).Append('=').Append(parameter.Value);
        foreach (var setting in run.Settings) inputs.Append('\n').Append(setting.Key).Append('=').Append(setting.Value);
        foreach (var (symbol, hash) in run.DataHashes.OrderBy(pair => pair.Key)) inputs.Append('\n').Append(symbol).Append(' ').Append(hash);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inputs.ToString())))[..8];
        var symbols = Candles.Count == 1 ? Candles[0].Symbol.Ticker : $"{Candles.Count}-symbols";
        var name = $"{symbols}-{run.Strategy}-{Candles[0].Timeframe}-{id}".ToLowerInvariant();
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
    }

    RunParameter Describe(StrategyParameter parameter)
    {
        var given = Values.FirstOrDefault(value => value.Key.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)).Value;
        return new RunParameter(parameter.Name, Typed(given ?? parameter.Default), Typed(parameter.Default));

        object Typed(string text) => parameter.Kind switch
        {
            ParameterKind.WholeNumber => int.Parse(text, CultureInfo.InvariantCulture),
            ParameterKind.Number => double.Parse(text, CultureInfo.InvariantCulture),
            ParameterKind.Flag => bool.Parse(text),
            _ => text,
        };
    }

    Backtest New(IntrabarPolicy policy) =>
        new(Settings with { Fills = Settings.Fills with { Intrabar = policy } }, () => Strategy.Create(Values), Candles);

    /// <summary>The candles the run could see: those before the start warm indicators up and so belong to what decides the result.</summary>
    CandleSeries Seen(CandleSeries candles) => Settings.To is { } to ? candles.Slice(0, candles.IndexAtOrAfter(to)) : candles;

    /// <summary>What the other assumptions would have given; run only where an assumption can have mattered.</summary>
    IntrabarOutcome Spread(BacktestResult result, Action<RunStep>? tell, CancellationToken cancellation)
    {
        var policy = Settings.Fills.Intrabar;
        // Worst and best count every candle they had to assume something about; path and drill decide some without counting them.
        var isCertain = result.AmbiguousCandles == 0 && policy is (IntrabarPolicy.Worst or IntrabarPolicy.Best);
        return new IntrabarOutcome(policy.ToString().ToLowerInvariant(), Final(IntrabarPolicy.Worst), Final(IntrabarPolicy.Best));

        double Final(IntrabarPolicy other)
        {
            if (isCertain || other == policy) return result.Curve.Equity[^1];
            var backtest = New(other);
            backtest.Simulate(Telling(RunPhase.Comparing, tell), cancellation);
            return backtest.Result().Curve.Equity[^1];
        }
    }

    static Action<double>? Telling(RunPhase phase, Action<RunStep>? tell) => tell is null ? null : done => tell(new(phase, done));
}
