using System.Text;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol;

/// <summary>What a call came to, before it is rendered as XML or JSON.</summary>
sealed record Answer(int Status)
{
    /// <summary>Name of the document's root and its content; null for pages, texts and nothing at all.</summary>
    public (string Root, Element Content)? Document { get; init; }

    public string? Text { get; init; }

    public string TextType { get; init; } = "text/html;charset=utf-8";

    /// <summary>Written as XML whatever was asked for.</summary>
    public bool IsAlwaysXml { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static Answer Of(string root, Element content) => new(200) { Document = (root, content) };

    /// <summary>Nothing there: no accounts, positions, orders, transactions.</summary>
    public static Answer Empty { get; } = new(204);

    public static Answer Of(Refusal refusal)
    {
        var error = new Element();
        if (refusal.Code is { } code) error.Add("code", code);
        error.Add("message", refusal.Message);
        return Of("Error", error) with { Status = refusal.HttpStatus };
    }

    /// <summary>A refusal without a number.</summary>
    public static Answer Refused(string message, int status = 400) => Of(new Refusal(null, status, message));

    public static Answer Page(int status, string reason, string message) => new(status) { Text = Html.StatusPage(status, reason, message) };

    public static Answer Plain(string text) => new(200) { Text = text, TextType = "text/plain;charset=utf-8" };

    public SimulatorResponse Render(bool asJson)
    {
        var (type, body) = Body(asJson && !IsAlwaysXml);
        return new SimulatorResponse(Status, type, body) { Headers = Headers };
    }

    (string Type, byte[] Body) Body(bool asJson) => Document switch
    {
        var (root, content) when asJson => ("application/json;charset=utf-8", JsonRendering.Render(root, content)),
        var (root, content) => ("application/xml;charset=utf-8", XmlRendering.Render(root, content)),
        null => (Text is null ? "" : TextType, Encoding.UTF8.GetBytes(Text ?? "")),
    };
}
