using System.Globalization;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits;

/// <summary>The text of <c>limits.json</c>. Reading and writing the file is the caller's.</summary>
/// <remarks>One object with the names of <see cref="LimitCatalog"/>, <c>restricted</c> (a list of tickers), <c>reviewedAt</c> (<c>2026-11-23</c>) and
/// <c>reviewedBy</c>. A name that is missing keeps its safe value; a name that is not known, a wrong kind of value, one out of range or a name that is
/// there twice refuses the whole file: half a set of limits is none.</remarks>
public static class LimitsFile
{
    /// <summary>A review older than this is nagged about.</summary>
    public const int ReviewDays = 365;

    static readonly string[] OtherNames = ["restricted", "reviewedAt", "reviewedBy"];

    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All names that the file may have, in its order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. LimitCatalog.All.Select(limit => limit.Name), .. OtherNames];

    /// <param name="today">The New York day: a review cannot lie after it.</param>
    /// <exception cref="FormatException">One sentence for every mistake, each with the field and the remedy.</exception>
    public static TradingLimits Parse(string text, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = new LimitsReading(today);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                foreach (var field in document.RootElement.EnumerateObject()) reading.Take(field);
            else
                reading.Complain("the limits must be one object, { ... }");
        }
        catch (JsonException problem)
        {
            reading.Complain(string.Create(CultureInfo.InvariantCulture, $"line {problem.LineNumber + 1}: this is not JSON; look for a missing comma, quote or brace there"));
        }
        return reading.Finish();
    }

    /// <summary>The whole text, every name with its value; <see cref="Parse"/> reads it back to equal limits.</summary>
    public static string Format(TradingLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            foreach (var limit in LimitCatalog.All)
            {
                var value = limit.Of(limits);
                if (limit.Unit == LimitUnit.YesNo) json.WriteBoolean(limit.Name, value != 0);
                else json.WriteNumber(limit.Name, value);
            }
            json.WriteStartArray("restricted");
            foreach (var symbol in limits.Restricted.Order()) json.WriteStringValue(symbol.Ticker);
            json.WriteEndArray();
            if (limits.ReviewedAt is { } day) json.WriteString("reviewedAt", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            else json.WriteNull("reviewedAt");
            json.WriteString("reviewedBy", limits.ReviewedBy);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>What to say about the age of the review; null while it is younger than a year.</summary>
    public static string? Nag(TradingLimits limits, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (limits.ReviewedAt is not { } day) return "The limits were never reviewed: read them, and set reviewedAt and reviewedBy in limits.json.";
        var age = today.DayNumber - day.DayNumber;
        return age <= ReviewDays ? null : string.Create(CultureInfo.InvariantCulture, $"The limits were last reviewed {age} days ago by {limits.ReviewedBy}: read them again, and set reviewedAt in limits.json.");
    }

    sealed class LimitsReading(DateOnly today)
    {
        readonly List<string> _problems = [];
        readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        TradingLimits _limits = TradingLimits.Safe;

        public void Complain(string problem) => _problems.Add(problem);

        public void Take(JsonProperty field)
        {
            if (!_seen.Add(field.Name)) Complain($"{field.Name} is there twice: keep one");
            else if (LimitCatalog.All.FirstOrDefault(limit => limit.Name == field.Name) is { } limit) TakeNumber(limit, field.Value);
            else if (field.Name == "restricted") TakeRestricted(field.Value);
            else if (field.Name == "reviewedAt") TakeReview(field.Value);
            else if (field.Name == "reviewedBy") TakeReviewer(field.Value);
            else Complain($"'{field.Name}' is no limit{Spelling.DidYouMean(field.Name, Names)}");
        }

        public TradingLimits Finish()
        {
            if (_limits.DailyLossSoft > _limits.DailyLossHard)
                Complain("dailyLossSoft is larger than dailyLossHard: entries must stop before everything is sold");
            if (_limits.ReviewedAt is not null && _limits.ReviewedBy.Length == 0) Complain("reviewedAt needs reviewedBy: the name of the person who read the limits");
            return _problems.Count == 0 ? _limits : throw new FormatException(string.Join("\n", _problems.Select(problem => "limits.json: " + problem)));
        }

        void TakeNumber(LimitInfo limit, JsonElement value)
        {
            if (limit.Unit == LimitUnit.YesNo)
            {
                if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) _limits = limit.Write(_limits, value.ValueKind == JsonValueKind.True ? 1 : 0);
                else Complain($"{limit.Name} must be true or false, not {Shown(value)}");
                return;
            }
            if (value.ValueKind != JsonValueKind.Number) Complain($"{limit.Name} must be a number without quotes, not {Shown(value)}");
            else if (!value.TryGetDecimal(out var number) || number < limit.Range.Least || number > limit.Range.Most)
                Complain($"{limit.Name} is {Shown(value)}, but must lie between {limit.Range.Least.ToString(CultureInfo.InvariantCulture)} and {limit.Range.Most.ToString(CultureInfo.InvariantCulture)}{Hint(limit)}");
            else if (limit.IsWhole && decimal.Truncate(number) != number) Complain($"{limit.Name} is {Shown(value)}, but must be a whole number");
            else if (limit.Read(limit.Write(_limits, number)) != number) Complain($"{limit.Name} is {Shown(value)}, which has more decimals than a clock has");
            else _limits = limit.Write(_limits, number);
        }

        void TakeRestricted(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                Complain($"restricted must be a list such as [\"GME\"], not {Shown(value)}");
                return;
            }
            var symbols = new HashSet<Symbol>();
            foreach (var entry in value.EnumerateArray())
            {
                if (entry.ValueKind == JsonValueKind.String && Symbol.TryParse(entry.GetString(), out var symbol)) symbols.Add(symbol);
                else Complain($"restricted has {Shown(entry)}, which is no ticker: write it like \"GME\"");
            }
            _limits = _limits with { Restricted = symbols };
        }

        void TakeReview(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Null) _limits = _limits with { ReviewedAt = null };
            else if (value.ValueKind != JsonValueKind.String || !DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                Complain($"reviewedAt must be a day such as \"{today:yyyy-MM-dd}\", not {Shown(value)}");
            else if (day > today) Complain($"reviewedAt is {day:yyyy-MM-dd}, but today is {today:yyyy-MM-dd}: a review cannot lie in the future");
            else _limits = _limits with { ReviewedAt = day };
        }

        void TakeReviewer(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String) _limits = _limits with { ReviewedBy = value.GetString()!.Trim() };
            else Complain($"reviewedBy must be a name in quotes, not {Shown(value)}");
        }

        static string Hint(LimitInfo limit) => limit.Unit == LimitUnit.Fraction ? " (3 % is written 0.03)" : "";

        static string Shown(JsonElement value)
        {
            var text = value.GetRawText();
            return text.Length <= 40 ? text : text[..40] + "...";
        }
    }
}
