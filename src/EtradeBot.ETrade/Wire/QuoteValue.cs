using System.Text;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

/// <summary>Plain values of a quote, read straight from the bytes. The same rules as <see cref="WireObject"/>.</summary>
static class QuoteValue
{
    /// <summary>Null where it is missing or written as 0: a price is never 0.</summary>
    public static double? Price(ref Utf8JsonReader json, string field)
    {
        var raw = Scalar(ref json, field);
        if (raw.IsEmpty) return null;
        if (!WireNumber.TryDouble(raw, out var price) || price < 0 || price > WireNumber.MaxPrice) throw Wrong(field, raw, "no price");
        return price == 0 ? null : price;
    }

    public static long? Shares(ref Utf8JsonReader json, string field)
    {
        var raw = Scalar(ref json, field);
        if (raw.IsEmpty) return null;
        if (!WireNumber.TryWhole(raw, out var shares) || shares is < 0 or > WireNumber.MaxShares) throw Wrong(field, raw, "no number of shares");
        return shares;
    }

    public static int? Size(ref Utf8JsonReader json, string field)
    {
        if (Shares(ref json, field) is not { } shares) return null;
        return shares <= int.MaxValue ? (int)shares : throw new WireException($"the quote's {field} is {shares}, which is too large to be true");
    }

    public static DateTimeOffset? Instant(ref Utf8JsonReader json, string field)
    {
        var raw = Scalar(ref json, field);
        if (raw.IsEmpty) return null;
        if (!WireNumber.TryWhole(raw, out var epoch)) throw Wrong(field, raw, "no time");
        return WireTime.FromEpoch(epoch, field);
    }

    public static bool? Flag(ref Utf8JsonReader json, string field)
    {
        var raw = Scalar(ref json, field);
        if (raw.IsEmpty) return null;
        if (Ascii.EqualsIgnoreCase(raw, "true"u8)) return true;
        return Ascii.EqualsIgnoreCase(raw, "false"u8) ? false : throw Wrong(field, raw, "neither true nor false");
    }

    public static string Text(ref Utf8JsonReader json, string field, TextPool texts)
    {
        var raw = Scalar(ref json, field);
        if (!json.ValueIsEscaped) return texts.Get(raw);
        try
        {
            return json.GetString()!.Trim();
        }
        catch (InvalidOperationException e)
        {
            throw new WireException($"the quote's {field} holds bytes that are no text", e);
        }
    }

    public static QuoteStatus Status(ref Utf8JsonReader json)
    {
        var raw = Scalar(ref json, "quoteStatus");
        if (Ascii.EqualsIgnoreCase(raw, "REALTIME"u8)) return QuoteStatus.RealTime;
        if (Ascii.EqualsIgnoreCase(raw, "DELAYED"u8)) return QuoteStatus.Delayed;
        if (Ascii.EqualsIgnoreCase(raw, "CLOSING"u8)) return QuoteStatus.Closing;
        if (Ascii.EqualsIgnoreCase(raw, "EH_REALTIME"u8)) return QuoteStatus.ExtendedRealTime;
        if (Ascii.EqualsIgnoreCase(raw, "EH_BEFORE_OPEN"u8)) return QuoteStatus.ExtendedBeforeOpen;
        if (Ascii.EqualsIgnoreCase(raw, "EH_CLOSED"u8)) return QuoteStatus.ExtendedClosed;
        return Ascii.EqualsIgnoreCase(raw, "INDICATIVE_REALTIME"u8) ? QuoteStatus.Indicative : QuoteStatus.Unknown;
    }

    /// <summary>Empty for null, a missing value and empty text.</summary>
    public static ReadOnlySpan<byte> Scalar(ref Utf8JsonReader json, string field) => json.TokenType switch
    {
        JsonTokenType.Null => [],
        JsonTokenType.StartObject or JsonTokenType.StartArray => throw new WireException($"the quote's {field} is a list or an object instead of a plain value"),
        _ => json.ValueSpan.Trim(" "u8),
    };

    static WireException Wrong(string field, ReadOnlySpan<byte> raw, string what) => new($"the quote's {field} is '{WireNumber.Shown(raw)}', which is {what}");
}
