using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EtradeBot.Market;

/// <summary>Splits a stream into rows of cells through one fixed buffer. Line ends may be LF, CRLF or CR; a quoted cell may hold delimiters.</summary>
/// <remarks>A line end always ends the row, inside quotes too: a quote that never closes spoils one row, not the rest of the file.</remarks>
sealed class CsvRows
{
    public const int MaxLineBytes = 65_536;
    const int BufferBytes = 4 * MaxLineBytes;

    readonly Stream _stream;
    readonly string _name;

    // The vector step reads whole vectors, so a few bytes beyond the filled part must exist.
    readonly byte[] _buffer = new byte[BufferBytes + Vector256<byte>.Count];
    int[] _ends = new int[64];
    int _start, _next, _filled;
    bool _ended, _afterReturn;
    byte _delimiter = (byte)',';

    public CsvRows(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
        Fill();
    }

    /// <summary>The first bytes of the file, before any row is taken.</summary>
    public ReadOnlySpan<byte> Head => _buffer.AsSpan(0, _filled);

    /// <summary>True when <see cref="Head"/> is the whole file.</summary>
    public bool HeadIsAll => _ended;

    /// <summary>1-based line of the current row.</summary>
    public long Line { get; private set; }

    public int CellCount { get; private set; }

    /// <summary>True when the current row is the last of a file that does not end in a line end.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>Starts, or starts again while the first bytes are still in the buffer, after so many bytes.</summary>
    public void Begin(byte delimiter, int skipBytes)
    {
        _delimiter = delimiter;
        _next = skipBytes;
        _afterReturn = false;
        Line = 0;
    }

    /// <summary>A cell of the current row as written, quotes and blanks included. Valid until the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Cell(int index)
    {
        var from = index == 0 ? _start : _ends[index - 1] + 1;
        return _buffer.AsSpan(from, _ends[index] - from);
    }

    public ReadOnlySpan<byte> Row => _buffer.AsSpan(_start, _ends[CellCount - 1] - _start);

    /// <summary>Moves to the next row that is not blank.</summary>
    /// <exception cref="CandleDataException">The line is longer than <see cref="MaxLineBytes"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next()
    {
        while (true)
        {
            _start = _next;
            if (_afterReturn && _start < _filled)
            {
                if (_buffer[_start] == '\n') _start++;
                _afterReturn = false;
            }
            var end = Split();
            if (end < 0)
            {
                if (!_ended)
                {
                    _next = _start;
                    Refill();
                    continue;
                }
                if (_start >= _filled) return false;
                end = _filled;
                AddEnd(end);
            }
            IsUnfinished = end == _filled && _ended;
            _afterReturn = end < _filled && _buffer[end] == '\r';
            _next = Math.Min(end + 1, _filled);
            Line++;
            if (end - _start > MaxLineBytes) throw TooLong(_name, Line);
            if (CellCount > 1 || !IsBlank(_buffer.AsSpan(_start, end - _start))) return true;
        }
    }

    public static CandleDataException TooLong(string name, long line) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name} line {line}: the line is longer than {MaxLineBytes:N0} bytes, so this is not a table of candles; check that the file is text with one candle a line"));

    // Returns the position of the row's line end with every cell end noted, or -1 when the buffer ends first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Split()
    {
        var buffer = _buffer;
        var ends = _ends;
        var filled = _filled;
        var delimiter = _delimiter;
        var delimiters = Vector256.Create(delimiter);
        var count = 0;
        CellCount = 0;
        for (var at = _start; at < filled; at += Vector256<byte>.Count)
        {
            if (count + Vector256<byte>.Count >= ends.Length) Array.Resize(ref _ends, ends.Length * 2);
            ends = _ends;
            var bytes = Vector256.Create<byte>(buffer.AsSpan(at, Vector256<byte>.Count));
            var hits = Vector256.Equals(bytes, delimiters)
                | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))
                | Vector256.Equals(bytes, Vector256.Create((byte)'"'));
            for (var mask = hits.ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                var hit = at + BitOperations.TrailingZeroCount(mask);
                var found = buffer[hit];
                if (hit >= filled || found == '"')
                {
                    CellCount = count;
                    return hit >= filled ? -1 : SplitQuoted();
                }
                ends[count++] = hit;
                if (found == delimiter) continue;
                CellCount = count;
                return hit;
            }
        }
        CellCount = count;
        return -1;
    }

    int SplitQuoted()
    {
        CellCount = 0;
        bool quoted = false, atStart = true;
        for (var at = _start; at < _filled; at++)
        {
            var found = _buffer[at];
            if (found is (byte)'\n' or (byte)'\r')
            {
                AddEnd(at);
                return at;
            }
            if (found == '"')
            {
                if (quoted || atStart) quoted = !quoted;
                atStart = false;
            }
            else if (found == _delimiter && !quoted)
            {
                AddEnd(at);
                atStart = true;
            }
            else if (found != ' ') atStart = false;
        }
        return -1;
    }

    void AddEnd(int end)
    {
        if (CellCount == _ends.Length) Array.Resize(ref _ends, _ends.Length * 2);
        _ends[CellCount++] = end;
    }

    void Refill()
    {
        if (_filled - _next > MaxLineBytes) throw TooLong(_name, Line + 1);
        _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
        _filled -= _next;
        _next = 0;
        Fill();
    }

    void Fill()
    {
        while (_filled < BufferBytes && !_ended)
        {
            var read = _stream.Read(_buffer, _filled, BufferBytes - _filled);
            _ended = read == 0;
            _filled += read;
        }
    }

    static bool IsBlank(ReadOnlySpan<byte> row) => row.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}
