namespace EtradeBot.Execution.Limits.Gates;

/// <summary>The judge that every order, of the bot and of a person, passes just before it is written down to be sent.</summary>
/// <remarks>
/// The gates stand in this order, cheap to dear: state, data, shape, throttle, exposure, eligibility; every one is read and noted, and the first that blocks
/// is the reason. An unknown number blocks an entry.
/// An exit passes through these gates only: <c>readiness</c> (a frozen program sends nothing unless a person asks), <c>shares</c>, <c>prices</c>,
/// <c>exit-action</c>, <c>exit-size</c> (never more than is held and not reserved by another exit) and <c>one-order-per-intent</c>. No limit of
/// <see cref="TradingLimits"/>, no loss, no kill and no doubt about a quote holds an exit back; an own entry on the other side gives way to it.
/// An entry by hand passes through the same gates as the bot's, but <see cref="LeftToPerson"/> only warn: a person has seen the preview and decides.
/// Pure: the same request has the same verdict.
/// </remarks>
public static class SendGate
{
    /// <summary>The gates that an exit passes through; it is asked at no other.</summary>
    public static IReadOnlyList<string> ExitGates { get; } = ["readiness", "shares", "prices", "exit-action", "exit-size", "one-order-per-intent"];

    /// <summary>Gates that warn and do not block where the entry is a person's: whether a quote is good enough, the hour is right, and an equal order is meant.
    /// A price on the far side of the market, which would trade at once, is still blocked by <c>price-collar</c>.</summary>
    public static IReadOnlyList<string> LeftToPerson { get; } = ["quote-live", "quote-age", "quote-uncrossed", "spread", "halt", "quote-jump", "resting-price", "hours", "repeats"];

    public static SendVerdict Judge(SendRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sheet = new GateSheet(request.Order.IsExit, request.Order.IsByPerson ? LeftToPerson : []);
        var worst = WorstReading.Of(request);
        StateGates.Judge(request, sheet);
        DataGates.Judge(request, sheet);
        ShapeGates.Judge(request, worst, sheet);
        ThrottleGates.Judge(request, sheet);
        ExposureGates.Judge(request, worst, sheet);
        EligibilityGates.Judge(request, worst, sheet);
        var cancelFirst = request.Order.IsExit ? OppositeOrders.InTheWay(request).Select(open => open.Key).ToList() : [];
        return new SendVerdict(sheet.Gates, sheet.Warnings, cancelFirst);
    }
}
