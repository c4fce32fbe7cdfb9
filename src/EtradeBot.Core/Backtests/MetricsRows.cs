using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>The one list of figures: name, text, unit and definition of each.</summary>
sealed class MetricsRows
{
    readonly List<MetricsRow> _rows = [];
    string _group = "";

    public static IReadOnlyList<MetricsRow> Of(Metrics metrics)
    {
        var rows = new MetricsRows();
        rows.AddPeriod(metrics.Period);
        rows.AddReturns(metrics.Returns);
        rows.AddRisk(metrics.Risk, metrics.Period.Timeframe);
        rows.AddTrades(metrics.Trades);
        rows.AddStreaks(metrics.Trades);
        rows.AddCosts(metrics.Costs);
        if (metrics.Benchmark is { } benchmark) rows.AddBenchmark(benchmark);
        rows.AddConfidence(metrics.Confidence);
        return rows._rows;
    }

    void AddPeriod(MetricsPeriod period)
    {
        _group = "Period";
        Time("First candle", "start", (period.Start, period.Timeframe), "open of the first candle, New York time");
        Time("Last candle", "end", (period.End, period.Timeframe), "open of the last candle, New York time");
        Count("Candles", "candles", (period.Candles, MetricUnit.Candles), "candles traded");
        Years("Length", "years", period.Years, "calendar years of 365.25 days from the first open to the end of the last candle");
        Ratio("Candles a year", "periods_per_year", period.PeriodsPerYear, "real number of candles in a year; yearly figures use it");
    }

    void AddReturns(ReturnMetrics returns)
    {
        _group = "Returns";
        Dollars("Start value", "start_value", returns.StartValue, "cash before the first candle");
        Dollars("End value", "end_value", returns.EndValue, "account at the last close, open positions at the market");
        Profit("Net profit", "net_profit", returns.NetProfit, "end value less start value");
        Change("Total return", "total_return", returns.TotalReturn, "end value over start value, less 1");
        Change("CAGR", "cagr", returns.Cagr, "yearly rate that compounds to the total return over calendar years");
        Change("Annual return", "annual_return", returns.AnnualReturn, "mean return of a candle times candles a year, not compounded");
        Change("Best candle", "best_period", returns.BestPeriod, "largest return of one candle");
        Change("Worst candle", "worst_period", returns.WorstPeriod, "smallest return of one candle");
    }

    void AddRisk(RiskMetrics risk, Timeframe timeframe)
    {
        _group = "Risk";
        Percent("Volatility", "volatility", risk.Volatility, "sample standard deviation of returns times the root of candles a year");
        Ratio("Sharpe ratio", "sharpe", risk.Sharpe, "mean return above the riskless one over its standard deviation, a year");
        Ratio("Sortino ratio", "sortino", risk.Sortino, "as Sharpe, over the root mean square of returns below the riskless one");
        Ratio("Calmar ratio", "calmar", risk.Calmar, "CAGR over maximum drawdown");
        Percent("Max drawdown", "max_drawdown", risk.MaxDrawdown, "deepest fall of the account from a peak, over that peak");
        Dollars("Max drawdown, dollars", "max_drawdown_dollars", risk.Deepest?.Dollars ?? Nothing(risk), "the same fall in dollars");
        Time("Drawdown from", "max_drawdown_peak", (risk.Deepest?.PeakTime, timeframe), "last candle at the peak of the deepest fall");
        Time("Drawdown bottom", "max_drawdown_trough", (risk.Deepest?.TroughTime, timeframe), "candle at the bottom of the deepest fall");
        Time("Drawdown recovered", "max_drawdown_recovery", (risk.Deepest?.RecoveryTime, timeframe), "first candle back at that peak; n/a if none");
        Count("Drawdown length", "max_drawdown_candles", (risk.Deepest?.Candles ?? Nothing(risk), MetricUnit.Candles), "candles from that peak to the recovery, or to the end");
        Count("Drawdown days", "max_drawdown_days", (risk.Deepest?.Days ?? Nothing(risk), MetricUnit.Days), "the same in calendar days");
        Count("Longest drawdown", "longest_drawdown_candles", (risk.Longest?.Candles ?? Nothing(risk), MetricUnit.Candles), "most candles from a peak to its recovery, or to the end");
        Count("Longest drawdown days", "longest_drawdown_days", (risk.Longest?.Days ?? Nothing(risk), MetricUnit.Days), "the same in calendar days");
        Percent("Average drawdown", "average_drawdown", risk.AverageDrawdown, "mean depth of all falls from a peak");
        Count("Drawdowns", "drawdowns", (risk.Drawdowns, MetricUnit.Count), "falls from a peak");
        Percent("Exposure", "exposure", risk.Exposure, "share of candles that ended with a position");
        Percent("Mean gross exposure", "mean_gross_exposure", risk.MeanGrossExposure, "mean of gross position value over account value");
        Ratio("Skewness", "skewness", risk.Skewness, "third standardised moment of returns");
        Ratio("Kurtosis", "kurtosis", risk.Kurtosis, "fourth standardised moment of returns, 3 for a normal distribution");
    }

    // Without a fall its length and size are 0; without candles nothing is known.
    static double Nothing(RiskMetrics risk) => double.IsNaN(risk.MaxDrawdown) ? double.NaN : 0;

    void AddTrades(TradeMetrics trades)
    {
        _group = "Trades";
        Count("Round trips", "round_trips", (trades.Count, MetricUnit.Count), "entries matched with exits, first in, first out");
        Percent("Win rate", "win_rate", trades.WinRate, "share of round trips with a profit after costs");
        Ratio("Profit factor", "profit_factor", trades.ProfitFactor, "sum of wins over sum of losses; n/a without a loss");
        Profit("Expectancy", "expectancy", trades.Expectancy, "mean profit of a round trip");
        Multiple("Expectancy, R", "expectancy_r", trades.ExpectancyR, "mean R of the round trips that had a stop");
        Ratio("SQN", "sqn", trades.Sqn, "root of the number of round trips times mean over standard deviation of their dollars");
        Ratio("SQN, R", "sqn_r", trades.SqnR, "the same of R, over the round trips that had a stop");
        Profit("Gross profit", "gross_profit", (double)trades.GrossProfit, "sum of the wins, after costs");
        Profit("Gross loss", "gross_loss", (double)trades.GrossLoss, "sum of the losses, after costs");
        Profit("Average win", "average_win", trades.AverageWin, "mean of the wins");
        Profit("Average loss", "average_loss", trades.AverageLoss, "mean of the losses");
        Ratio("Payoff ratio", "payoff_ratio", trades.PayoffRatio, "average win over average loss");
        Profit("Largest win", "largest_win", (double?)trades.LargestWin ?? double.NaN, "best round trip");
        Profit("Largest loss", "largest_loss", (double?)trades.LargestLoss ?? double.NaN, "worst round trip");
    }

    void AddStreaks(TradeMetrics trades)
    {
        Count("Longest winning streak", "longest_winning_streak", (trades.LongestWinningStreak, MetricUnit.Count), "most wins in a row");
        Count("Longest losing streak", "longest_losing_streak", (trades.LongestLosingStreak, MetricUnit.Count), "most losses in a row");
        Add("Average candles held", "average_candles_held", (trades.AverageCandlesHeld, MetricUnit.Candles, MetricText.Ratio), "mean candles from entry to exit");
    }

    void AddCosts(CostMetrics costs)
    {
        _group = "Costs";
        Dollars("Fees", "fees", (double)costs.Fees, "commission and regulatory fees of every fill");
        Dollars("Slippage", "slippage", (double)costs.Slippage, "dollars lost to the slippage model");
        Dollars("Costs", "costs", (double)costs.Total, "fees and slippage");
        Percent("Costs of start value", "costs_of_start", costs.OfStart, "costs over start value");
        Percent("Costs of profit", "costs_of_profit_before_costs", costs.OfProfitBeforeCosts, "costs over the profit there would be without them; n/a if none");
        Ratio("Turnover a year", "turnover", costs.Turnover, "half of all dollars bought and sold over mean account value, a calendar year");
    }

    void AddBenchmark(BenchmarkMetrics benchmark)
    {
        _group = "Buy and hold";
        Add(new() { Group = _group, Label = "Benchmark", Key = "benchmark", Text = benchmark.Symbol.Ticker, Number = null, Unit = MetricUnit.Text, Definition = "symbol bought at its first open without costs, and held" });
        Change("Benchmark return", "benchmark_return", benchmark.TotalReturn, "last close over first open, less 1");
        Change("Benchmark CAGR", "benchmark_cagr", benchmark.Cagr, "CAGR of the benchmark");
        Percent("Benchmark volatility", "benchmark_volatility", benchmark.Volatility, "volatility of the benchmark");
        Ratio("Benchmark Sharpe", "benchmark_sharpe", benchmark.Sharpe, "Sharpe ratio of the benchmark");
        Percent("Benchmark max drawdown", "benchmark_max_drawdown", benchmark.MaxDrawdown, "maximum drawdown of the benchmark at closes");
        Change("Alpha", "alpha", benchmark.Alpha, "return a year that beta does not explain (Jensen)");
        Ratio("Beta", "beta", benchmark.Beta, "covariance with the benchmark over its variance");
        Ratio("Correlation", "correlation", benchmark.Correlation, "correlation with the benchmark's returns, -1 to 1");
        Ratio("Information ratio", "information_ratio", benchmark.InformationRatio, "mean return above the benchmark over its standard deviation, a year");
    }

    void AddConfidence(ConfidenceMetrics confidence)
    {
        _group = "Confidence";
        Percent("Probabilistic Sharpe", "probabilistic_sharpe", confidence.ProbabilisticSharpe, "probability that the true Sharpe ratio is above 0");
        Years("Minimum track record", "minimum_track_record_years", confidence.MinimumTrackRecordYears, "years until such a Sharpe ratio is above 0 with 95 % confidence");
        Percent("Interval level", "interval_level", confidence.IntervalLevel, "share of resampled histories inside the intervals below");
        Count("Resamples", "bootstrap_resamples", (confidence.Resamples, MetricUnit.Count), "histories put together from blocks of the real one");
        Count("Block", "bootstrap_block_candles", (confidence.BlockCandles, MetricUnit.Candles), "candles in a block");
        Change("Total return from", "total_return_low", confidence.TotalReturn.Low, "lower end of the interval of the total return");
        Change("Total return to", "total_return_high", confidence.TotalReturn.High, "upper end of the interval of the total return");
        Change("CAGR from", "cagr_low", confidence.Cagr.Low, "lower end of the interval of the CAGR");
        Change("CAGR to", "cagr_high", confidence.Cagr.High, "upper end of the interval of the CAGR");
        Ratio("Sharpe from", "sharpe_low", confidence.Sharpe.Low, "lower end of the interval of the Sharpe ratio");
        Ratio("Sharpe to", "sharpe_high", confidence.Sharpe.High, "upper end of the interval of the Sharpe ratio");
        Percent("Max drawdown from", "max_drawdown_low", confidence.MaxDrawdown.Low, "lower end of the interval of the maximum drawdown");
        Percent("Max drawdown to", "max_drawdown_high", confidence.MaxDrawdown.High, "upper end of the interval of the maximum drawdown");
    }

    void Dollars(string label, string key, double value, string definition) => Add(label, key, (value, MetricUnit.Dollars, MetricText.Dollars), definition);

    void Profit(string label, string key, double value, string definition) => Add(label, key, (value, MetricUnit.Dollars, MetricText.Profit), definition);

    void Percent(string label, string key, double value, string definition) => Add(label, key, (value, MetricUnit.Fraction, MetricText.Percent), definition);

    void Change(string label, string key, double value, string definition) => Add(label, key, (value, MetricUnit.Fraction, MetricText.Change), definition);

    void Ratio(string label, string key, double value, string definition) => Add(label, key, (value, MetricUnit.Ratio, MetricText.Ratio), definition);

    void Multiple(string label, string key, double value, string definition) => Add(label, key, (value, MetricUnit.R, MetricText.Multiple), definition);

    void Years(string label, string key, double value, string definition) => Add(label, key, (value, MetricUnit.Years, MetricText.Years), definition);

    void Count(string label, string key, (double Value, MetricUnit Unit) counted, string definition) =>
        Add(label, key, (counted.Value, counted.Unit, MetricText.Count), definition);

    void Time(string label, string key, (DateTimeOffset? Time, Timeframe Timeframe) at, string definition) =>
        Add(new() { Group = _group, Label = label, Key = key, Text = MetricText.Time(at.Time, at.Timeframe), Number = null, Unit = MetricUnit.Time, Definition = definition });

    void Add(string label, string key, (double Value, MetricUnit Unit, Func<double, string> Format) figure, string definition) => Add(new()
    {
        Group = _group,
        Label = label,
        Key = key,
        Text = figure.Format(figure.Value),
        Number = double.IsFinite(figure.Value) ? figure.Value : null,
        Unit = figure.Unit,
        Definition = definition,
    });

    void Add(MetricsRow row) => _rows.Add(row);
}
