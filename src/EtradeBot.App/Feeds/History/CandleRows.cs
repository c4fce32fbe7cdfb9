using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Rows of an answer on their way to candles: what is doubled, unfinished, out of range or impossible stays behind.</summary>
sealed class CandleRows(IHistorySource source, HistoryRequest request, TimeProvider time)
{
    /// <summary>Adjusted prices are products: their last digits may disagree.</summary>
    const double Rounding = 1e-6;

    static readonly MarketCalendar Calendar = MarketCalendar.Nyse;

    /// <summary>Candles that closed later may still change.</summary>
    readonly DateTimeOffset _closedBy = time.GetUtcNow() - (request.Settling ?? source.RulesFor(request.Timeframe).Settling);

    readonly List<Candle> _rows = [];
    readonly Places _missing = new(), _impossible = new(), _offGrid = new(), _conflicting = new();

    /// <summary>A daily candle of that New York day.</summary>
    public void AddDay(DateOnly day, Prices prices) => Add(Calendar.DailyOpen(day), prices);

    public void Add(DateTimeOffset openTime, Prices prices)
    {
        var day = Calendar.DayOf(openTime);
        if (!request.Days.Contains(day) || Calendar.CloseTime(openTime, request.Timeframe) > _closedBy) return;
        if (request.Timeframe.IsIntraday && !IsInSession(openTime, day)) return;
        var label = Calendar.Label(openTime, request.Timeframe);
        if (!prices.AreComplete) _missing.Add(label);
        else if (!prices.ArePossible(Rounding)) _impossible.Add(label);
        else _rows.Add(prices.ToCandle(openTime));
    }

    /// <summary>A row that was refused before it came here.</summary>
    public void LeaveOut(string place) => _impossible.Add(place);

    public HistoryPart ToPart(IReadOnlyList<Split>? splits = null)
    {
        var columns = new CandleColumns(_rows.Count);
        Candle? before = null;
        // A stable order: of two rows for one time the first counts, the second being a service's live price.
        foreach (var row in _rows.OrderBy(row => row.OpenTime))
        {
            if (before is { } last && last.OpenTime == row.OpenTime)
            {
                if (last != row) _conflicting.Add(Calendar.Label(row.OpenTime, request.Timeframe));
                continue;
            }
            columns.Add(row);
            before = row;
        }
        var origin = new CandleOrigin(source.Name, IsSimulated: false, request.Adjustment);
        return new HistoryPart(CandleSeries.FromColumns(request.Symbol, request.Timeframe, origin, columns))
        {
            Splits = [.. (splits ?? []).Where(split => request.Days.Contains(split.ExDate))],
            Notes = [.. Notes()],
        };
    }

    IEnumerable<string> Notes()
    {
        if (_missing.Count > 0) yield return $"{_missing}: no price, left out";
        if (_impossible.Count > 0) yield return $"{_impossible}: impossible prices, left out";
        if (_offGrid.Count > 0) yield return $"{_offGrid}: between two candles, left out";
        if (_conflicting.Count > 0) yield return $"{_conflicting}: given twice with different values, the first counts";
    }

    bool IsInSession(DateTimeOffset openTime, DateOnly day)
    {
        if (Calendar.SessionOn(day) is not { } session || openTime < session.Open || openTime >= session.Close) return false;
        if ((openTime - session.Open).Ticks % request.Timeframe.Length.Ticks == 0) return true;
        _offGrid.Add(Calendar.Label(openTime, request.Timeframe));
        return false;
    }

    sealed class Places
    {
        string _first = "";

        public int Count { get; private set; }

        public void Add(string label)
        {
            if (Count++ == 0) _first = label;
        }

        public override string ToString() => Count == 1 ? _first : string.Create(CultureInfo.InvariantCulture, $"{_first} and {Count - 1:N0} more");
    }
}

/// <summary>The numbers of a row; NaN where the source gave none. Volume in shares.</summary>
readonly record struct Prices(double Open, double High, double Low, double Close, double Volume)
{
    public bool AreComplete => double.IsFinite(Open) && double.IsFinite(High) && double.IsFinite(Low) && double.IsFinite(Close);

    public bool ArePossible(double rounding) =>
        Math.Min(Low, Math.Min(Open, Close)) > 0
        && High * (1 + rounding) >= Math.Max(Open, Close) && Low * (1 - rounding) <= Math.Min(Open, Close);

    /// <summary>The same candle at another price scale.</summary>
    public Prices Times(double factor) => new(Open * factor, High * factor, Low * factor, Close * factor, Volume);

    public Candle ToCandle(DateTimeOffset openTime)
    {
        var volume = Volume is > 0 and < long.MaxValue ? (long)Math.Round(Volume) : 0;
        return new Candle(openTime, Open, Math.Max(High, Math.Max(Open, Close)), Math.Min(Low, Math.Min(Open, Close)), Close, volume);
    }
}
