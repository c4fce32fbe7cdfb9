namespace EtradeBot.Execution.Limits.Gates;

/// <summary>The largest part of an entry that the limits on size leave: what a sized order is cut to before it is judged.</summary>
public static class SizeCeiling
{
    static readonly HashSet<string> SizeGates = new(StringComparer.Ordinal)
    {
        "most-shares", "most-notional", "volume-share", "first-week-notional", "position", "gross-exposure", "net-exposure", "day-notional", "buying-power",
        "paid-for", "settled-cash",
    };

    /// <summary>At most <see cref="AskedOrder.Shares"/>; 0 when not even one share is left, or a number that it depends on is unknown.</summary>
    /// <param name="request">With the shares that are wished for. Exits are never cut: theirs come back as they are.</param>
    /// <param name="cutBy">The gate that allows no more, in words; empty when nothing was cut.</param>
    public static int Of(SendRequest request, out string cutBy)
    {
        ArgumentNullException.ThrowIfNull(request);
        cutBy = "";
        if (request.Order.IsExit || BlockOf(request, request.Order.Shares) is not { } block) return request.Order.Shares;
        // More shares never pass where fewer are blocked: what fits is found by halving.
        var (fits, exceeds) = (0, request.Order.Shares);
        while (exceeds - fits > 1)
        {
            var middle = fits + (exceeds - fits) / 2;
            if (BlockOf(request, middle) is { } closer) (exceeds, block) = (middle, closer);
            else fits = middle;
        }
        cutBy = block.Words;
        return fits;
    }

    static GateReading? BlockOf(SendRequest request, int shares) =>
        SendGate.Judge(request with { Order = request.Order with { Shares = shares } }).Gates.FirstOrDefault(gate => !gate.Passed && SizeGates.Contains(gate.Name));
}
