using System.CommandLine;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data check</c>: how a file is read and what is wrong with its candles.</summary>
static class DataCommandCheck
{
    static readonly Argument<string[]> Files = new("FILE") { Description = "Candle files.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create()
    {
        var command = new Command("check", "Report how candle files are read and what is wrong with them; exit code 3 when something is.")
        {
            Files, CandleOptions.Symbol, CandleOptions.DataDirectory, CandleOptions.Timeframe,
        };
        CandleOptions.AddReadingTo(command);
        command.Options.Add(CandleOptions.Data);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var checks = Checks(parse).ToList();
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) output.Json(json => CandleCheckReport.Write(json, checks));
        else foreach (var check in checks) CandleCheckReport.Print(output, check);
        return checks.All(check => check.IsClean) ? ExitCode.Success : ExitCode.Data;
    }

    static IEnumerable<CandleCheck> Checks(ParseResult parse)
    {
        var files = parse.GetValue(Files)!;
        var symbols = CandleOptions.SymbolsOf(CandleOptions.Symbol, parse);
        var request = CandleOptions.ReadingRequest(parse) with { DataDirectory = parse.GetValue(CandleOptions.DataDirectory) };
        if (files.Length > 0 && request.DataDirectory is not null) throw new UsageException("check the files named, or those of --data-dir: give one of the two");
        if (files.Length > 0 && symbols.Count > 1) throw new UsageException("--symbol: a file holds one symbol");
        if (files.Length > 0) return files.Select(file => File(file, request with { Symbol = symbols.Count == 1 ? symbols[0] : null }));
        if (symbols.Count == 0 && request.DataDirectory is null) throw new UsageException("check what? Name candle files, or a stored symbol with --symbol");
        if (symbols.Count == 0) return [Wanted(request)];
        return symbols.Select(symbol => Wanted(request with { Symbol = symbol }));
    }

    static CandleCheck Wanted(CandleRequest request) => request.DataDirectory is { } directory
        ? File(new CandleFolder(directory).FileFor(request.Symbol, request.Timeframe), request)
        : Stored(request);

    static CandleCheck File(string path, CandleRequest request)
    {
        try
        {
            var (candles, report) = CandleCsvFile.Inspect(path, request);
            return new CandleCheck(path) { Candles = candles, Report = report, Findings = CandleAudit.Check(candles, report) };
        }
        catch (CandleDataException problem)
        {
            return new CandleCheck(path) { Problem = problem.Message };
        }
    }

    static CandleCheck Stored(CandleRequest request)
    {
        var candles = CandleLibrary.Load(request with { SeesPiecesOfDemo = true });
        return new CandleCheck(candles.Origin.IsSimulated ? candles.Origin.Source : request.StateDirectory) { Candles = candles, Findings = CandleAudit.Check(candles) };
    }
}
