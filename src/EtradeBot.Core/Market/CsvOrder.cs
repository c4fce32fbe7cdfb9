using System.Runtime.CompilerServices;

namespace EtradeBot.Market;

/// <summary>Puts columns in file order into time order; of rows with the same time the last one in the file stays.</summary>
sealed class CsvOrder
{
    const int ShownTimes = 20;

    readonly List<long> _identicalTimes = [], _conflictingTimes = [];

    public CsvFileOrder FileOrder { get; private set; }

    public long Identical { get; private set; }

    public long Conflicting { get; private set; }

    /// <summary>UTC ticks of the first identical duplicates.</summary>
    public IReadOnlyList<long> IdenticalTimes => _identicalTimes;

    /// <summary>UTC ticks of the first conflicting duplicates.</summary>
    public IReadOnlyList<long> ConflictingTimes => _conflictingTimes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CandleColumns Sort(CandleColumns columns)
    {
        int ups = 0, downs = 0;
        var times = columns.OpenTimes.AsSpan(0, columns.Count);
        for (var i = 1; i < times.Length; i++)
        {
            ups += times[i] > times[i - 1] ? 1 : 0;
            downs += times[i] < times[i - 1] ? 1 : 0;
        }
        FileOrder = downs == 0 ? CsvFileOrder.Ascending : ups == 0 ? CsvFileOrder.Descending : CsvFileOrder.Mixed;
        return ups == Math.Max(columns.Count - 1, 0) ? columns : Arrange(columns);
    }

    CandleColumns Arrange(CandleColumns columns)
    {
        var rows = new int[columns.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = i;
        var times = columns.OpenTimes;
        Array.Sort(rows, (a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        var arranged = new CandleColumns(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var last = i;
            while (last + 1 < rows.Length && times[rows[last + 1]] == times[rows[i]]) last++;
            for (; i < last; i++) CountDuplicate(columns, rows[i], rows[last]);
            var row = rows[last];
            arranged.Add(times[row], columns.Open[row], columns.High[row], columns.Low[row], columns.Close[row], columns.Volume[row]);
        }
        return arranged;
    }

    void CountDuplicate(CandleColumns columns, int dropped, int kept)
    {
        var isSame = columns.Open[dropped].Equals(columns.Open[kept]) && columns.High[dropped].Equals(columns.High[kept])
            && columns.Low[dropped].Equals(columns.Low[kept]) && columns.Close[dropped].Equals(columns.Close[kept])
            && columns.Volume[dropped] == columns.Volume[kept];
        if (isSame) Identical++;
        else Conflicting++;
        var times = isSame ? _identicalTimes : _conflictingTimes;
        if (times.Count < ShownTimes) times.Add(columns.OpenTimes[kept]);
    }
}
