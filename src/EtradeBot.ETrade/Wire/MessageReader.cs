namespace EtradeBot.ETrade.Wire;

/// <summary>The messages beside an answer: <c>Messages.Message[]</c>, or <c>messages</c> inside an order.</summary>
static class MessageReader
{
    public static IReadOnlyList<BrokerMessage> Read(WireObject? container)
    {
        if (container is not { } holder) return [];
        return [.. holder.Items("Message").Select(message =>
            new BrokerMessage(message.Int("code"), message.Text("type"), WithoutStatus(message.Text("description"))))];
    }

    /// <summary>Descriptions begin with a status such as <c>200|</c> that says nothing to the owner.</summary>
    static string WithoutStatus(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar > 0 && text.AsSpan(0, bar).IndexOfAnyExceptInRange('0', '9') < 0 ? text[(bar + 1)..].Trim() : text;
    }
}
