using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.Engine;
using EtradeBot.Execution.Bots;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>A fill as it is kept. Ticks are UTC.</summary>
sealed record TapedFill(string Intent, Side Side, bool IsExit, int Shares, decimal Price, decimal Fees, long AtTicks, int Index, decimal? FirstStop, string Because)
{
    public static TapedFill Of(BookedFill booked) => new(booked.Intent, booked.Fill.Side, booked.Fill.Order.IsExit, booked.Fill.Shares, booked.Fill.Price, booked.Fill.Fees,
        booked.Fill.FilledAtTicks, booked.CandleIndex, booked.FirstStop, booked.Fill.Order.Because);

    public void Book(Account account, Symbol symbol)
    {
        var at = new DateTimeOffset(AtTicks, TimeSpan.Zero);
        var order = new Order { Id = 0, Symbol = symbol, Side = Side, Type = OrderType.Market, Shares = Shares, IsExit = IsExit, SubmittedAt = at, Because = Because };
        account.Book(new Fill(order, Shares, Price, Fees, 0, AtTicks), Index, FirstStop);
    }
}

/// <param name="Candles">History that warmed the strategy up.</param>
sealed record TapedLane(string Symbol, IReadOnlyList<Candle> Candles, IReadOnlyList<TapedFill> TakenUp, int? MaxCandles);

/// <summary>What a bot began with.</summary>
/// <param name="Source">Hash of the owner's strategy file; empty for a strategy of the program.</param>
/// <param name="Today">The day that had begun already; null: none.</param>
sealed record TapeStart(string Strategy, IReadOnlyDictionary<string, string> Values, string Timeframe, Sizing Size, RiskLimits Risk, decimal Cash, DayStart? Today, string Source, IReadOnlyList<TapedLane> Lanes)
{
    public string Version { get; init; } = "";
}

sealed record TapedNews(string Symbol, Candle Candle, IReadOnlyList<Gate> Gates, IReadOnlyList<TapedFill> Fills, double Expected, bool HadExit);

/// <summary>One line of a tape.</summary>
/// <param name="Start">Only in the first line.</param>
/// <param name="Step">The candles of an instant with what the broker told beside each.</param>
/// <param name="Source">From the next step on the strategy's file had this hash.</param>
sealed record TapeLine(TapeStart? Start, IReadOnlyList<TapedNews>? Step, string? Source);

/// <summary>Everything that a running bot was told, in a file of its trading folder: <c>tapes/20261123-143000.jsonl</c>. Candles and fills are enough to decide everything again.</summary>
sealed class BotTape
{
    public const string FolderName = "tapes";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    readonly string _path;

    BotTape(string path) => _path = path;

    /// <summary>Why the bot is not recorded at present; empty when it is.</summary>
    public string Problem { get; private set; } = "";

    /// <param name="now">Exchange time.</param>
    public static BotTape Begin(string tradingFolder, TapeStart start, DateTimeOffset now)
    {
        var folder = Path.Combine(tradingFolder, FolderName);
        var name = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, name + ".jsonl");
        for (var copy = 2; File.Exists(path); copy++) path = Path.Combine(folder, FormattableString.Invariant($"{name}-{copy}.jsonl"));
        var tape = new BotTape(path);
        tape.Write(new TapeLine(start, null, null));
        return tape;
    }

    public void Add(BotStep step)
    {
        var news = step.News.ToDictionary(one => one.Symbol);
        Write(new TapeLine(null, [.. step.Candles.Select(closed => new TapedNews(closed.Symbol.Ticker, closed.Candle, closed.EntryGates ?? [], [.. news[closed.Symbol].Booked.Select(TapedFill.Of)], news[closed.Symbol].Expected, news[closed.Symbol].HadExit))], null));
    }

    public void SourceChanged(string hash) => Write(new TapeLine(null, null, hash));

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<string> In(string tradingFolder) =>
        Path.Combine(tradingFolder, FolderName) is var folder && Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)] : [];

    /// <summary>The lines that are whole: a last one that was cut off by a crash is left out.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">It begins with no start, or a line in its middle is damaged: names it.</exception>
    public static IReadOnlyList<TapeLine> Read(string path)
    {
        var texts = File.ReadAllLines(path);
        var lines = new List<TapeLine>();
        for (var i = 0; i < texts.Length; i++)
        {
            try
            {
                lines.Add(JsonSerializer.Deserialize<TapeLine>(texts[i], Options)!);
            }
            catch (JsonException problem)
            {
                if (i == texts.Length - 1) break;
                throw new FormatException($"{path}:{i + 1}: no line of a tape: {problem.Message}", problem);
            }
        }
        return lines is [{ Start: not null }, ..] ? lines : throw new FormatException($"{path}:1: a tape begins with what the bot began with");
    }

    /// <summary>It never holds trading up: what the disk refuses is told, and left out.</summary>
    void Write(TapeLine line)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.AppendAllText(_path, JsonSerializer.Serialize(line, Options) + "\n");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // With a hole in it the rest cannot be decided again.
            Problem = $"this run of the bot cannot be replayed: {problem.Message}";
        }
    }
}
