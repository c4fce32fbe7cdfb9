using System.Globalization;
using System.IO.Compression;
using System.Text;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Keeps every changed quote that a session saw in <c>days/2026-11-23/quotes-143000.csv.gz</c> of its trading folder: one file for each day and run, times in UTC, prices in
/// dollars, sizes in shares. It never holds trading up: what the disk refuses is told, and left out. Safe for several threads.</summary>
/// <remarks>A program that is killed leaves a file that ends in the middle: <c>zcat</c> prints what is in it, up to the last <see cref="Flushed"/>.</remarks>
sealed class QuoteLog(TradingFolder folder, TimeProvider time) : IDisposable
{
    const string Header = "received,quoted,symbol,bid,bid_size,ask,ask_size,last,day_volume,status\n";

    /// <summary>What a kill may cost.</summary>
    static readonly TimeSpan Flushed = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    readonly Dictionary<Symbol, Quote> _last = [];
    StreamWriter? _file;
    DateOnly _day;
    long _flushedAt;
    bool _isFailing;

    /// <returns>Why quotes are not kept from now on, told once; else empty.</returns>
    public string Add(IReadOnlyCollection<Quote> quotes)
    {
        lock (_gate)
        {
            var changed = quotes.Where(quote => !_last.TryGetValue(quote.Symbol, out var last) || IsNews(quote, last)).ToList();
            if (changed.Count == 0) return "";
            foreach (var quote in changed) _last[quote.Symbol] = quote;
            try
            {
                var file = FileOf(MarketCalendar.Nyse.DayOf(changed[0].ReceivedAt), changed[0].ReceivedAt);
                foreach (var quote in changed) file.Write(Line(quote));
                if (time.GetElapsedTime(_flushedAt) >= Flushed) Flush(file);
                _isFailing = false;
                return "";
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                Close();
                if (_isFailing) return "";
                _isFailing = true;
                return $"quotes are not kept at present: {problem.Message}";
            }
        }
    }

    public void Dispose()
    {
        lock (_gate) Close();
    }

    static bool IsNews(Quote quote, Quote last) =>
        (quote.Bid, quote.Ask, quote.BidSize, quote.AskSize, quote.Last, quote.DayVolume, quote.Status) != (last.Bid, last.Ask, last.BidSize, last.AskSize, last.Last, last.DayVolume, last.Status);

    static string Line(Quote quote) => string.Create(CultureInfo.InvariantCulture,
        $"{quote.ReceivedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ},{quote.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{quote.Symbol},{quote.Bid},{quote.BidSize},{quote.Ask},{quote.AskSize},{quote.Last},{quote.DayVolume},{quote.Status}\n");

    StreamWriter FileOf(DateOnly day, DateTimeOffset now)
    {
        if (_file is not null && day == _day) return _file;
        Close();
        var parent = Directory.CreateDirectory(folder.Day(day)).FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"quotes-{now.UtcDateTime:HHmmss}");
        var path = Path.Combine(parent, name + ".csv.gz");
        for (var copy = 2; File.Exists(path); copy++) path = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{copy}.csv.gz"));
        _file = new StreamWriter(new GZipStream(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), CompressionLevel.Fastest), new UTF8Encoding(false));
        (_day, _flushedAt) = (day, time.GetTimestamp());
        _file.Write(Header);
        return _file;
    }

    void Flush(StreamWriter file)
    {
        file.Flush();
        _flushedAt = time.GetTimestamp();
    }

    void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whatever keeps the last quotes from the disk has been told, or will be with the next.
        }
        _file = null;
    }
}
