using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;
using EtradeBot.Simulator;

namespace EtradeBot.App.Storage;

/// <summary>Finds candles: a file, a folder of files, the store, or else the demo market.</summary>
static class CandleLibrary
{
    /// <inheritdoc cref="Find"/>
    public static CandleSeries Load(CandleRequest request) => Find(request).Candles;

    /// <exception cref="CandleDataException">Nothing found or nothing usable; the message says what exists and how to get candles.</exception>
    /// <exception cref="UsageException">The request leaves open which of several candles are meant.</exception>
    public static FoundCandles Find(CandleRequest request)
    {
        if (request.CsvFile is { } file) return FromFile(file, request);
        if (request.DataDirectory is { } directory) return FromFile(new CandleFolder(directory).FileFor(request.Symbol, request.Timeframe), request);
        return FromStore(request);
    }

    static FoundCandles FromFile(string path, CandleRequest request)
    {
        var read = CandleCsvFile.Read(path, request);
        var notes = CandleCsvFile.Notes(read.Report).ToList();
        return Finish(new StoredCandles(read.Candles), request, notes);
    }

    /// <summary>True for a recording that holds no more than a piece of what the simulated market makes up at any time: it must not hide the rest.</summary>
    public static bool IsPieceOfDemo(LiveSeriesName name) => name.IsSimulated && SimulatedHistory.Lists(name.Symbol);

    /// <summary>Imported candles come before recorded ones of the same timeframe.</summary>
    static FoundCandles FromStore(CandleRequest request)
    {
        var store = new CandleStore(request.StateDirectory);
        var imported = store.Names();
        var recorded = LiveNames(request.StateDirectory, areNeeded: !imported.Any(name => name.Symbol == request.Symbol));
        // A ticker of a real company is made up only for those who have seen it in the simulated market.
        var isMadeUp = request.Symbol is { } asked && (DemoMarket.Symbols.Any(demo => demo.Symbol == asked) || recorded.Any(live => live.Name.Symbol == asked && IsPieceOfDemo(live.Name)));
        if (!request.SeesPiecesOfDemo) recorded.RemoveAll(live => IsPieceOfDemo(live.Name));
        IReadOnlyList<(Symbol Symbol, Timeframe Timeframe)> names = [.. imported.Union(recorded.Select(live => (live.Name.Symbol, live.Name.Timeframe))).Order()];
        if (Symbol(request, names) is not { } symbol) return FromDemo(DemoMarket.Symbols[0].Symbol, request);
        var stored = names.Where(name => name.Symbol == symbol).Select(name => name.Timeframe).ToList();
        if (stored.Count == 0)
            return isMadeUp ? FromDemo(symbol, request) : throw Missing(symbol, request.StateDirectory, names);
        var timeframe = TimeframeChoice.Of($"{symbol} in {request.StateDirectory}", stored, request.Timeframe);
        if (store.Has(symbol, timeframe)) return Finish(store.Read(symbol, timeframe), request, []);
        var found = recorded.First(live => live.Name.Symbol == symbol && live.Name.Timeframe == timeframe);
        using var live = LiveCandleStore.OpenToRead(request.StateDirectory)!;
        return Finish(new StoredCandles(live.Series(found.Name)), request, [found.Words]);
    }

    /// <summary>What was recorded from quotes, real feeds before simulated ones.</summary>
    static List<LiveSeriesInfo> LiveNames(string stateDirectory, bool areNeeded)
    {
        try
        {
            using var live = LiveCandleStore.OpenToRead(stateDirectory);
            return live is null ? [] : [.. live.List().OrderBy(info => info.Name.IsSimulated)];
        }
        catch (CandleDataException) when (!areNeeded)
        {
            // Damage there does no harm to candles that were imported; 'data list' shows it.
            return [];
        }
    }

    /// <summary>Null when neither the request nor the store says one.</summary>
    static Symbol? Symbol(CandleRequest request, IReadOnlyList<(Symbol Symbol, Timeframe Timeframe)> names)
    {
        if (request.Symbol is { } asked) return asked;
        var symbols = names.Select(name => name.Symbol).Distinct().ToList();
        return symbols.Count switch
        {
            0 => null,
            1 => symbols[0],
            _ => throw new UsageException($"which symbol? {request.StateDirectory} has {CandleFolder.Some(symbols.Select(symbol => symbol.Ticker))}: add --symbol"),
        };
    }

    static FoundCandles FromDemo(Symbol symbol, CandleRequest request)
    {
        var timeframe = request.Timeframe ?? Timeframe.D1;
        var (from, to) = DemoRange(timeframe);
        var isDemo = DemoMarket.Symbols.Any(demo => demo.Symbol == symbol);
        var candles = isDemo ? new DemoMarket(request.Seed).Generate(symbol, timeframe, from, to) : new SimulatedHistory(HistorySource.Seed).Generate(symbol, timeframe, from, to);
        return Finish(new StoredCandles(candles), request, [$"SIMULATED candles of the {(isDemo ? "demo" : "simulated")} market, because no others were asked for or found"]);
    }

    /// <summary>What the demo market shows unless asked otherwise: ten years of days, one year within days.</summary>
    public static (DateOnly From, DateOnly To) DemoRange(Timeframe timeframe) =>
        (new DateOnly(timeframe.IsIntraday ? 2024 : 2015, 1, 1), new DateOnly(2024, 12, 31));

    /// <summary>Splits first, because a week may hold one; then the timeframe asked for.</summary>
    static FoundCandles Finish(StoredCandles found, CandleRequest request, List<string> notes)
    {
        var candles = request.SplitFile is { } file
            ? SplitTable.Parse(CandleCsvFile.ReadText(file), Path.GetFileName(file)).Adjust(found.Candles)
            : found.Adjusted($"the splits stored with {found.Candles.Symbol} {found.Candles.Timeframe}");
        if (candles.Origin.Adjustment != found.Candles.Origin.Adjustment) notes.Add("raw prices adjusted for splits");
        if (request.Timeframe is { } wanted && wanted != candles.Timeframe)
        {
            notes.Add($"{candles.Timeframe} candles resampled to {wanted}");
            candles = candles.Resample(wanted);
        }
        return new FoundCandles(candles, notes);
    }

    static CandleDataException Missing(Symbol symbol, string stateDirectory, IReadOnlyList<(Symbol Symbol, Timeframe Timeframe)> names)
    {
        var held = names.GroupBy(name => name.Symbol).Select(group => $"{group.Key} ({string.Join(' ', group.Select(name => name.Timeframe))})");
        var what = names.Count == 0 ? "the store is empty" : $"the store has {CandleFolder.Some(held)}";
        var meant = Spelling.Question(symbol.Ticker, names.Select(name => name.Symbol.Ticker).Concat(DemoMarket.Symbols.Select(demo => demo.Symbol.Ticker)).Distinct());
        return new CandleDataException(
            $"no candles of {symbol} in {stateDirectory}: {what}.{meant} Import a file with: etrade-bot data import {symbol}.csv. "
            + $"Read one without importing with --csv FILE or --data-dir DIR. Or use the demo market: --symbol {DemoMarket.Symbols[0].Symbol}");
    }
}
