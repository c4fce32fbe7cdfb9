using EtradeBot.App.Commands;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Compares what a kept run ran on with what is there now.</summary>
sealed class RunAgain(RunRequest request, CandleCatalog candles, StrategyShelf strategies)
{
    public IReadOnlyList<string> Differences()
    {
        if (request.Data.Count == 0) return ["this run never finished, so there is nothing to compare with"];
        var differences = new List<string>();
        if (request.EngineVersion != BacktestPlan.EngineVersion) differences.Add($"the program was version {request.EngineVersion} and is {BacktestPlan.EngineVersion} now");
        else if (request.EngineBuild != RunCode.EngineBuild) differences.Add($"the program is another build of version {BacktestPlan.EngineVersion} now");
        try
        {
            using var library = strategies.NewLibrary();
            var strategy = library.Get(request.Form[FormFields.Strategy]);
            AddCode(differences, strategy);
            AddParameters(differences, strategy);
            AddData(differences, strategy);
        }
        catch (Exception problem) when (problem is StrategyException or CandleDataException or FormException or UsageException)
        {
            differences.Add(problem.Message);
        }
        return differences;
    }

    void AddCode(List<string> differences, StrategyEntry strategy)
    {
        var now = RunCode.Of(strategy);
        if (now.StrategySha256 == request.StrategySha256) return;
        differences.Add(request.StrategySha256.Length == 0 ? $"strategy {strategy.Name} was built in and is {strategy.Origin} now"
            : now.StrategySha256.Length == 0 ? $"strategy {strategy.Name} was the file {request.StrategyFile} and is built in now"
            : $"{request.StrategyFile} has changed since (SHA-256 {request.StrategySha256[..12]}… then, {now.StrategySha256[..12]}… now)");
    }

    /// <summary>A default that was not spelled out may have changed with the code.</summary>
    void AddParameters(List<string> differences, StrategyEntry strategy)
    {
        foreach (var parameter in strategy.Parameters)
        {
            var entered = request.Form[FormFields.ParameterPrefix + parameter.Name];
            var now = entered.Length > 0 ? entered : parameter.Default;
            if (request.Parameters.TryGetValue(parameter.Name, out var then) && !Same(then, now)) differences.Add($"parameter {parameter.Name} was {then} and would be {now}");
            else if (then is null) differences.Add($"strategy {strategy.Name} has a new parameter {parameter.Name}");
        }
    }

    void AddData(List<string> differences, StrategyEntry strategy)
    {
        var check = new FormCheck(request.Form, candles.List(), strategies.Read());
        var order = check.Order(wanted => candles.Request(wanted.Symbol, wanted.Timeframe)) ?? throw new FormException(check.Problems);
        var plan = (order with { Strategy = strategy }).Load();
        var hashes = plan.DataHashes();
        foreach (var then in request.Data)
        {
            var now = plan.Candles.First(series => series.Symbol.Ticker == then.Symbol);
            if (hashes[now.Symbol] != then.Sha256)
                differences.Add($"the candles of {then.Symbol} have changed: then {then.Source}, SHA-256 {then.Sha256[..12]}…; now {now.Origin.Source}, {hashes[now.Symbol][..12]}…");
        }
    }

    static bool Same(string then, string now) =>
        string.Equals(then, now, StringComparison.OrdinalIgnoreCase)
        || (decimal.TryParse(then, System.Globalization.CultureInfo.InvariantCulture, out var left) && decimal.TryParse(now, System.Globalization.CultureInfo.InvariantCulture, out var right) && left == right);
}
