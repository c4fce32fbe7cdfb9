using System.Runtime.CompilerServices;

namespace EtradeBot.Market;

/// <summary>Turns rows into columns of candles in file order, and keeps the account of what was refused and why.</summary>
/// <remarks>Times are kept as written, because only the whole file tells days from minutes and the month from the day.</remarks>
sealed class CsvCandleRows
{
    const int ShownRows = 20;
    const double LeanScale = 10_000;
    const double LeastLeanPrice = 1_000;

    readonly CsvRows _rows;
    readonly CsvLayout _layout;
    readonly string _file;
    readonly CsvTimes _times;
    readonly long[] _rejected = new long[Enum.GetValues<CsvReject>().Length];
    readonly List<CsvBadRow> _badRows = [];
    readonly int _time, _clock, _volume;

    // Open, high, low, close.
    readonly int[] _prices;
    bool _looksLean;

    public CsvCandleRows(CsvRows rows, CsvLayout layout, CsvDates dates, string file, int capacity)
    {
        _rows = rows;
        _layout = layout;
        (_time, _clock, _volume) = (layout.Time, layout.Clock, layout.Volume);
        _prices = [layout.Open, layout.High, layout.Low, layout.Close];
        _file = file;
        Dates = dates;
        _times = new CsvTimes(dates);
        _looksLean = layout is { HasHeader: false, IsLean: false, IsMapped: false, Clock: < 0 };
        Columns = new CandleColumns(capacity);
    }

    public CsvDates Dates { get; }

    /// <summary>Open times hold the time as written, in ticks.</summary>
    public CandleColumns Columns { get; }

    /// <summary>Minutes east of UTC for each candle; null when the file writes no offsets.</summary>
    public short[]? Offsets { get; private set; }

    public long DataRows { get; private set; }

    /// <summary>True while no kept row has a time of day.</summary>
    public bool AllMidnight { get; private set; } = true;

    public bool AreEpoch => _times.AreEpoch;

    public string? Ticker { get; private set; }

    public long MissingVolumes { get; private set; }

    public long NegativeVolumes { get; private set; }

    /// <summary>The first time as written, for the report.</summary>
    public string FirstTime { get; private set; } = "";

    public IReadOnlyList<CsvBadRow> BadRows => _badRows;

    public long Rejected(CsvReject reason) => _rejected[(int)reason];

    /// <exception cref="CandleDataException">Several symbols, or prices that look scaled.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ReadAll()
    {
        var cells = _layout.Names.Length;
        while (_rows.Next())
        {
            DataRows++;
            if (_rows.CellCount != cells && !HasBlankTail(cells))
            {
                RejectCells(cells);
                continue;
            }
            if (TryTime(out var wall, out var offset)) TryCandle(wall, offset);
        }
        if (_looksLean && Columns.Count > 0)
            throw new CandleDataException($"{_file}: no header, and every price is a whole number of {LeastLeanPrice:N0} or more, as QuantConnect Lean writes them (times 10,000); say --format lean, or, when the prices are right as they stand, --columns date=1,open=2,high=3,low=4,close=5,volume=6");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryTime(out long wall, out short offset)
    {
        var clock = _clock < 0 ? default : _rows.Cell(_clock);
        if (!_times.TryRead(_rows.Cell(_time), clock, _rows.Line, out wall, out offset))
        {
            var written = CsvCell.Show(_rows.Cell(_time));
            Count(CsvReject.Date, _layout.Name(_time), clock.IsEmpty ? written : $"{written} {CsvCell.Show(clock)}", TimeRule());
            return false;
        }
        if (Columns.Count == 0 || (offset != CsvClock.NoOffset) == (Offsets is not null)) return true;
        Reject(CsvReject.Date, _time, Offsets is null ? "an offset, while the rows before have none" : "no offset, while the rows before have one");
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void TryCandle(long wall, short offset)
    {
        Span<double> prices = stackalloc double[4];
        for (var i = 0; i < prices.Length; i++)
            if (!CsvNumbers.TryRead(_rows.Cell(_prices[i]), out prices[i]))
            {
                RejectPrice(CsvReject.Missing);
                return;
            }
        var (open, high, low, close) = (prices[0], prices[1], prices[2], prices[3]);
        var volume = 0L;
        if (_volume >= 0 && !CsvNumbers.TryReadVolume(_rows.Cell(_volume), out volume) && !IsMissingVolume()) return;
        if (!(open > 0 && high > 0 && low > 0 && close > 0))
        {
            RejectPrice(CsvReject.NonPositive);
            return;
        }
        if (high < open || high < close || low > open || low > close)
        {
            RejectOhlc(open, close, high);
            return;
        }
        if (_layout.Ticker >= 0) CheckTicker();
        Add(wall, offset, open, high, low, close, volume);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Add(long wall, short offset, double open, double high, double low, double close, long volume)
    {
        if (Columns.Count == 0) FirstTime = CsvCell.Show(_rows.Cell(_time));
        if (offset != CsvClock.NoOffset) AddOffset(offset);
        if (AllMidnight && wall % TimeSpan.TicksPerDay != 0) AllMidnight = false;
        if (_looksLean) _looksLean = IsLeanTime() && IsLeanPrice(open) && IsLeanPrice(high) && IsLeanPrice(low) && IsLeanPrice(close);
        if (volume < 0)
        {
            NegativeVolumes++;
            volume = 0;
        }
        if (_layout.IsLean) Columns.Add(wall, open / LeanScale, high / LeanScale, low / LeanScale, close / LeanScale, volume);
        else Columns.Add(wall, open, high, low, close, volume);
    }

    void AddOffset(short offset)
    {
        Offsets ??= new short[Columns.OpenTimes.Length];
        if (Columns.Count >= Offsets.Length)
        {
            var offsets = Offsets;
            Array.Resize(ref offsets, offsets.Length * 2);
            Offsets = offsets;
        }
        Offsets[Columns.Count] = offset;
    }

    static bool IsLeanPrice(double price) => price >= LeastLeanPrice && price == Math.Floor(price);

    // Lean writes 20200403 00:00.
    bool IsLeanTime() => _rows.Cell(_time) is { Length: 14 } cell && cell[8] == ' ' && cell[11] == ':';

    void CheckTicker()
    {
        var cell = CsvCell.Trim(_rows.Cell(_layout.Ticker));
        Ticker ??= CsvCell.Show(cell);
        if (!System.Text.Ascii.Equals(cell, Ticker) && CsvCell.Show(cell) is var other && other != Ticker)
            throw new CandleDataException($"{_file} line {_rows.Line}, column {_layout.Name(_layout.Ticker)}: '{other}' after '{Ticker}'; the file holds several symbols, so give each a file of its own");
    }

    bool IsMissingVolume()
    {
        if (CsvNumbers.IsMissing(_rows.Cell(_volume)))
        {
            MissingVolumes++;
            return true;
        }
        Reject(CsvReject.Missing, _volume, "the volume is not a number");
        return false;
    }

    // Some programs end each data row with one delimiter more than the header.
    bool HasBlankTail(int cells)
    {
        if (_rows.CellCount < cells) return false;
        for (var i = cells; i < _rows.CellCount; i++)
            if (!CsvCell.Trim(_rows.Cell(i)).IsEmpty) return false;
        return true;
    }

    void RejectCells(int cells)
    {
        var rule = $"{_rows.CellCount} cells, while {(_layout.HasHeader ? "the header" : "the first row")} has {cells}";
        if (_rows.IsUnfinished && _rows.CellCount <= cells) rule += "; the last line has no end, so the file may be cut off";
        Count(CsvReject.Cells, _layout.Name(Math.Min(_rows.CellCount, cells)), CsvCell.Show(_rows.Row), rule);
    }

    void RejectPrice(CsvReject reason)
    {
        foreach (var column in _prices)
        {
            var cell = _rows.Cell(column);
            var isNumber = CsvNumbers.TryRead(cell, out var price);
            if (reason == CsvReject.Missing ? isNumber : price > 0) continue;
            Reject(reason, column, reason == CsvReject.NonPositive ? "a price must be above zero" : CsvNumbers.IsMissing(cell) ? "the price is missing" : "the price is not a finite number such as 1234.56");
            return;
        }
    }

    void RejectOhlc(double open, double close, double high)
    {
        var isHigh = high < open || high < close;
        Reject(CsvReject.Ohlc, isHigh ? _layout.High : _layout.Low, isHigh ? "the high lies below the open or the close" : "the low lies above the open or the close");
    }

    string TimeRule() => Dates.Asked switch
    {
        CsvDateOrder.MonthFirst => "not a date with the month first, as --date-order mdy says",
        CsvDateOrder.DayFirst => "not a date with the day first, as --date-order dmy says",
        _ => $"not a date or time between {CsvDates.FirstYear} and {CsvDates.LastYear} in any known form",
    };

    void Reject(CsvReject reason, int column, string rule) => Count(reason, _layout.Name(column), CsvCell.Show(_rows.Cell(column)), rule);

    void Count(CsvReject reason, string column, string value, string rule)
    {
        _rejected[(int)reason]++;
        if (_badRows.Count < ShownRows) _badRows.Add(new CsvBadRow(_rows.Line, column, value, reason, rule));
    }
}
