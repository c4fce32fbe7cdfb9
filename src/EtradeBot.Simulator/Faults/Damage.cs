using System.Text;
using EtradeBot.Simulator.Protocol;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Faults;

/// <summary>Answers damaged on purpose. What can be, is damaged before it is rendered, so that XML and JSON suffer alike.</summary>
static class Damage
{
    const int PaddingBytes = 10 * 1024 * 1024;

    public static IReadOnlyList<string> Kinds { get; } =
        ["truncated", "wrong-type", "null", "nan", "huge-number", "bare-object", "unknown-word", "duplicate-key", "bom", "ten-megabytes"];

    /// <summary>Fields whose values are words of a fixed set.</summary>
    static readonly HashSet<string> Words =
    [
        "status", "orderTerm", "priceType", "orderAction", "quantityType", "marketSession", "orderType", "quoteStatus",
        "accountMode", "accountStatus", "accountType", "institutionType", "securityType", "positionType", "type", "transactionType",
    ];

    /// <summary>The rendered answer, with the damage.</summary>
    public static SimulatorResponse Render(Answer answer, bool asJson, string kind)
    {
        var damaged = answer.Document is var (root, content) ? answer with { Document = (root, Content(content, kind)) } : answer;
        var response = damaged.Render(asJson);
        return kind switch
        {
            "truncated" => response with { Body = response.Body[..(response.Body.Length / 2)] },
            "bom" => response with { Body = (byte[])[.. Encoding.UTF8.Preamble, .. response.Body.Span] },
            _ => response,
        };
    }

    static Element Content(Element element, string kind) => kind switch
    {
        "wrong-type" => Numbers(element, Scalar.Of("abc")),
        "null" => Numbers(element, new Scalar("null", ScalarKind.Bare)),
        "nan" => Numbers(element, new Scalar("NaN", ScalarKind.Bare)),
        "huge-number" => Numbers(element, new Scalar("1" + new string('0', 400), ScalarKind.Bare)),
        "bare-object" => Bare(element),
        "unknown-word" => Each(element, member => Words.Contains(member.Name) && member.Value is not null ? [member with { Value = Scalar.Of("NEVER_SEEN_BEFORE") }] : [member]),
        "duplicate-key" => Each(element, member => member.Value is { } value ? [member, member with { Value = Twin(value) }] : [member]),
        "ten-megabytes" => Padded(element),
        _ => element,
    };

    static Element Numbers(Element element, Scalar instead) =>
        Each(element, member => member.Value is { Kind: ScalarKind.Bare, Text: not ("true" or "false") } ? [member with { Value = instead }] : [member]);

    static Element Bare(Element element) =>
        Each(element, member => member.List is [var only] ? [new Member(member.Name) { Child = Bare(only) }] : [member]);

    /// <summary>Another value of the same kind.</summary>
    static Scalar Twin(Scalar value) => value.Kind == ScalarKind.Text ? Scalar.Of(value.Text + "2") : value.Text is "true" or "false" ? value : Scalar.Of(987_654_321L);

    static Element Padded(Element element)
    {
        var padded = new Element(element.Members);
        padded.Add("padding", new string('x', PaddingBytes));
        return padded;
    }

    static Element Each(Element element, Func<Member, IEnumerable<Member>> change) => new(element.Members
        .Select(member => member.Child is { } child ? member with { Child = Each(child, change) }
            : member.List is { } list ? member with { List = [.. list.Select(entry => Each(entry, change))] }
            : member)
        .SelectMany(change));
}
