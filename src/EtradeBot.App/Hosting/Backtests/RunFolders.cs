using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Reports;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>The runs on the disk: a folder each under <c>runs</c> of the state folder.</summary>
sealed class RunFolders(string stateFolder)
{
    const int LongestId = 120;

    /// <summary>The only files of a run that leave the program.</summary>
    public static IReadOnlyList<string> Downloads { get; } = [.. ResultFiles.Names, RunRequest.FileName];

    string Root => Path.Combine(stateFolder, "runs");

    /// <summary>False for anything that could lead out of the folder of runs.</summary>
    public static bool IsId(string? id) =>
        id is { Length: > 0 and <= LongestId } && id[0] != '.' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <exception cref="ArgumentException">Not an id.</exception>
    public string Of(string id) => IsId(id) ? Path.Combine(Root, id) : throw new ArgumentException("not the id of a run", nameof(id));

    /// <summary>A name that no run has: <c>aapl-rule-1d-20260310-150000</c>.</summary>
    public string NewId(BacktestForm form, DateTimeOffset now)
    {
        var symbols = form.Symbols;
        var what = symbols.Count == 1 ? symbols[0].Ticker : string.Create(CultureInfo.InvariantCulture, $"{symbols.Count}-symbols");
        var name = string.Create(CultureInfo.InvariantCulture, $"{what}-{form[FormFields.Strategy]}-{form[FormFields.Timeframe]}-{now.UtcDateTime:yyyyMMdd-HHmmss}").ToLowerInvariant();
        name = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' ? c : '_'));
        var id = name;
        for (var number = 2; Directory.Exists(Of(id)); number++) id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return id;
    }

    public void Save(string id, RunRequest request) => AtomicFile.Write(Path.Combine(Of(id), RunRequest.FileName), request.Write);

    public RunRequest? Request(string id) => RunRequest.Read(Of(id));

    /// <summary>All runs, newest first; whatever else lies there is passed over.</summary>
    public IReadOnlyList<RunEntry> List() => !Directory.Exists(Root) ? [] :
        [.. Directory.GetDirectories(Root).Where(folder => IsId(Path.GetFileName(folder))).Select(Read).OfType<RunEntry>().OrderByDescending(run => run.CreatedAt)];

    /// <summary>Null where the folder holds no run.</summary>
    public static RunEntry? Read(string folder)
    {
        var request = RunRequest.Read(folder);
        if (SummaryReader.Read(folder, request) is { } finished) return finished;
        if (request is null) return null;
        var state = request.State is RunState.Failed or RunState.Cancelled ? request.State : RunState.Interrupted;
        return new RunEntry(Path.GetFileName(folder), state, request.Form, request.CreatedAt)
        {
            By = request.By,
            AgainOf = request.AgainOf,
            Problem = state == RunState.Interrupted ? "the program ended before this run did: run it again" : request.Problem,
        };
    }

    /// <summary>Null where the run has none: it is not over, or was made by the command line.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public RunView? View(string id) => Read<RunView>(id, RunView.FileName);

    /// <inheritdoc cref="View"/>
    public TradeBook? Trades(string id) => Read<TradeBook>(id, TradeBook.FileName);

    /// <summary>Path of a file that may be handed out; null where it does not exist.</summary>
    public string? Download(string id, string file)
    {
        if (!IsId(id) || !(Downloads.Contains(file) || file == RunChart.FileName)) return null;
        var path = Path.Combine(Of(id), file);
        return File.Exists(path) ? Path.GetFullPath(path) : null;
    }

    public void Delete(string id)
    {
        var folder = Of(id);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    T? Read<T>(string id, string file)
    {
        var path = Path.Combine(Of(id), file);
        if (!File.Exists(path)) return default;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(stream, RunView.Json);
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is damaged ({problem.Message}): run the backtest again, or use its report.html", problem);
        }
    }
}
