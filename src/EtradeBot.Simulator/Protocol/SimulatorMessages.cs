namespace EtradeBot.Simulator.Protocol;

/// <summary>A request as it came over the wire, whatever carried it.</summary>
/// <param name="Url">Absolute, with the escapes as they were sent: scheme, host and port take part in the signature.</param>
public sealed record SimulatorRequest(string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The first header of that name, whatever its case; null without one.</summary>
    public string? Header(string name)
    {
        foreach (var (key, value) in Headers)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }
}

/// <summary>An answer, and how the carrier has to deliver it.</summary>
public sealed record SimulatorResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public Delivery Delivery { get; init; } = Delivery.Prompt;
}

/// <summary>What happens to an answer on its way; the effect of the request is already done, or not, whatever happens here.</summary>
public sealed record Delivery
{
    public static readonly Delivery Prompt = new();

    /// <summary>Waits so long, by the wall clock, before the first byte.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Cuts the connection after so many bytes of the body; 0: before the status line; null: not.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Never answers and keeps the connection open until the client gives up.</summary>
    public bool Hangs { get; init; }

    /// <summary>Sends a byte at a time with this pause between; null: all at once.</summary>
    public TimeSpan? Drip { get; init; }
}
