using System.Globalization;

namespace EtradeBot.Market;

/// <summary>Which of the two numbers before a year is the day.</summary>
enum CsvDateOrder
{
    Unknown,
    MonthFirst,
    DayFirst,
}

/// <summary>Reads dates of every usual shape, and collects what the file says about 03/04/2020.</summary>
/// <remarks>Until the file has decided, such a date is read month first; <see cref="Swap"/> corrects it afterwards.</remarks>
sealed class CsvDates(CsvDateOrder asked)
{
    public const int FirstYear = 1900, LastYear = 2100;

    string? _monthFirstProof, _dayFirstProof;

    public CsvDateOrder Asked => asked;

    /// <summary>The first date that reads differently month first and day first; null when there is none.</summary>
    public string? Undecided { get; private set; }

    public bool SawTwoDigitYear { get; private set; }

    /// <summary>True once a date such as 3/17/2020 showed that the file has dates of this kind.</summary>
    public bool SawNumericOrder { get; private set; }

    /// <summary>Two dates of the file that no single order can read; null when there are none.</summary>
    public string? Conflict => asked == CsvDateOrder.Unknown && _monthFirstProof is { } month && _dayFirstProof is { } day ? $"{month} and {day}" : null;

    /// <summary>What the rows so far prove, with the proof in words.</summary>
    public (CsvDateOrder Order, string Proof) Found => (asked, _monthFirstProof, _dayFirstProof) switch
    {
        (not CsvDateOrder.Unknown, _, _) => (asked, "as asked"),
        (_, { } month, _) => (CsvDateOrder.MonthFirst, $"because {month}"),
        (_, _, { } day) => (CsvDateOrder.DayFirst, $"because {day}"),
        _ => (CsvDateOrder.Unknown, ""),
    };

    /// <summary>A date that was read month first, read day first. Dates past the 12th were never in doubt and stay.</summary>
    public static DateOnly Swap(DateOnly date) => date.Day > 12 ? date : new DateOnly(date.Year, date.Day, date.Month);

    /// <summary>Reads the date at the start of the text.</summary>
    /// <param name="used">How many bytes the date took.</param>
    public bool TryRead(ReadOnlySpan<byte> text, long line, out DateOnly date, out int used)
    {
        date = default;
        var scan = new Scanner(text);
        var first = scan.Token();
        if (first.IsNumber && first.Length == 8)
        {
            used = scan.At;
            return TryMake(first.Value / 10_000, first.Value / 100 % 100, first.Value % 100, out date);
        }
        var second = scan.Separated();
        var third = scan.Separated();
        used = scan.At;
        if (third.Length == 0 || !third.IsNumber) return false;
        if (!second.IsNumber) return first.IsNumber && first.Length <= 2 && TryMake(Year(third), second.Month, first.Value, out date);
        if (!first.IsNumber) return second.Length <= 2 && TryMake(Year(third), first.Month, second.Value, out date);
        if (first.Length == 4) return second.Length <= 2 && third.Length <= 2 && TryMake(first.Value, second.Value, third.Value, out date);
        if (first.Length > 2 || second.Length > 2) return false;
        return TryOrdered(first.Value, second.Value, Year(third), out date)
            && Note(first.Value, second.Value, string.Create(CultureInfo.InvariantCulture, $"line {line} has {CsvCell.Show(text[..used])}"));
    }

    bool TryOrdered(int first, int second, int year, out DateOnly date) => asked switch
    {
        CsvDateOrder.MonthFirst => TryMake(year, first, second, out date),
        CsvDateOrder.DayFirst => TryMake(year, second, first, out date),
        _ => first > 12 ? TryMake(year, second, first, out date) : TryMake(year, first, second, out date),
    };

    bool Note(int first, int second, string where)
    {
        SawNumericOrder = true;
        if (first > 12) _dayFirstProof ??= where;
        else if (second > 12) _monthFirstProof ??= where;
        else if (first != second) Undecided ??= where;
        return true;
    }

    int Year(Token token)
    {
        if (token.Length == 4) return token.Value;
        if (token.Length != 2) return 0;
        SawTwoDigitYear = true;
        return token.Value < 70 ? 2000 + token.Value : 1900 + token.Value;
    }

    static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        date = default;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    /// <param name="Month">1 to 12 for the name of a month, else 0.</param>
    readonly record struct Token(int Length, bool IsNumber, int Value, int Month);

    ref struct Scanner(ReadOnlySpan<byte> text)
    {
        readonly ReadOnlySpan<byte> _text = text;

        public int At { get; private set; }

        public Token Separated()
        {
            var from = At;
            while (At < _text.Length && At - from < 2 && _text[At] is (byte)'-' or (byte)'/' or (byte)'.' or (byte)' ' or (byte)',') At++;
            return At == from ? default : Token();
        }

        public Token Token()
        {
            var from = At;
            while (At < _text.Length && _text[At] is >= (byte)'0' and <= (byte)'9') At++;
            if (At > from) return new(At - from, true, Value(_text[from..At]), 0);
            while (At < _text.Length && (_text[At] | 0x20) is >= 'a' and <= 'z') At++;
            return new(At - from, false, 0, MonthNamed(_text[from..At]));
        }

        static int Value(ReadOnlySpan<byte> digits)
        {
            if (digits.Length > 9) return 0;
            var value = 0;
            foreach (var digit in digits) value = value * 10 + (digit - '0');
            return value;
        }

        static int MonthNamed(ReadOnlySpan<byte> name)
        {
            ReadOnlySpan<byte> names = "janfebmaraprmayjunjulaugsepoctnovdec"u8;
            if (name.Length < 3) return 0;
            for (var month = 0; month < 12; month++)
                if (System.Text.Ascii.EqualsIgnoreCase(name[..3], names.Slice(month * 3, 3))) return month + 1;
            return 0;
        }
    }
}
