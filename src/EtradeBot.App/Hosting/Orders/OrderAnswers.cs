using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>How a size came about; every number that was used.</summary>
/// <param name="Shares">What the order would be for; 0 when <paramref name="Denied"/>.</param>
/// <param name="Denied">Why there is no order; empty when there may be one.</param>
sealed record SizeAnswer(int Shares, string Denied)
{
    public OrderAction Action { get; init; }

    public bool IsExit { get; init; }

    /// <summary>Dollars a share the order is expected to fill at.</summary>
    public double Entry { get; init; } = double.NaN;

    /// <summary>Dollars.</summary>
    public double AccountValue { get; init; } = double.NaN;

    /// <summary>Dollars a share to the protective stop; NaN without one.</summary>
    public double StopDistance { get; init; } = double.NaN;

    /// <summary>Dollars that sizing by risk may lose; NaN for other sizes.</summary>
    public double RiskDollars { get; init; } = double.NaN;

    /// <summary>Shares the size came to before any limit.</summary>
    public double Asked { get; init; } = double.NaN;

    /// <summary>The limit that brought it down; empty when none did.</summary>
    public string CutBy { get; init; } = "";

    /// <summary>Held now; negative for short.</summary>
    public decimal Held { get; init; }

    /// <summary>Of those, already on their way out in working or unproved orders.</summary>
    public decimal Reserved { get; init; }

    public double Cost => Shares * Entry;

    /// <summary>Dollars lost when the stop is hit without slippage.</summary>
    public double LossAtStop => Shares * StopDistance;
}

/// <summary>The answer to a preview.</summary>
abstract record PreviewAnswer
{
    PreviewAnswer()
    {
    }

    /// <summary>Can be placed until it expires.</summary>
    public sealed record Ready(OrderProposal Proposal) : PreviewAnswer;

    /// <summary>Nothing was sent that could become an order.</summary>
    public sealed record Refused(IReadOnlyList<FieldProblem> Problems) : PreviewAnswer
    {
        public Refused(string words, string field = "") : this([new FieldProblem(field, words)])
        {
        }
    }
}

/// <summary>What a person sees before placing.</summary>
/// <param name="Warnings">Our own, most serious first.</param>
sealed record OrderProposal(OrderIntent Intent, OrderPreview Preview, IReadOnlyList<string> Warnings)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    /// <summary>Null for changes.</summary>
    public SizeAnswer? Size { get; init; }

    /// <summary>Number of the order it changes; null for a new one.</summary>
    public long? Changes { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public string Id => Intent.Id;
}

public enum OutcomeKind
{
    Working,
    Filled,

    /// <summary>The broker said no: no order.</summary>
    Rejected,

    /// <summary>Not sent: nothing happened. Preview again.</summary>
    NotSent,

    /// <summary>Nobody knows: a person may be needed.</summary>
    Unknown,
}

/// <summary>What became of placing or changing an order.</summary>
public sealed record OrderOutcome(OutcomeKind Kind, string Words, long? OrderId = null);

enum CancelKind
{
    /// <summary>The broker has the request; the order may still fill until the list says otherwise.</summary>
    Requested,
    Cancelled,

    /// <summary>It had filled, or ended otherwise, before.</summary>
    TooLate,
    Refused,
    Unknown,
}

sealed record CancelAnswer(CancelKind Kind, string Words);

/// <summary>What stopping entries has done. The stop itself holds even when some of this failed.</summary>
/// <param name="Cancelled">Orders whose cancel the broker took.</param>
/// <param name="Failures">One sentence for each thing that did not work.</param>
sealed record StopAnswer(IReadOnlyList<long> Cancelled, IReadOnlyList<string> Failures);

/// <summary>Shares that changed hands, as the growth of an order's filled count shows them.</summary>
/// <param name="Total">Filled of the order up to and with this one: together with the number it names the fill.</param>
/// <param name="Shares">Negative when the broker took an execution back.</param>
/// <param name="Price">Dollars; null where the broker has not said.</param>
sealed record OrderFill(long OrderId, decimal Total, DateTimeOffset At, string Symbol, string Action, decimal Shares, decimal? Price);

/// <summary>Something that appeared by itself, for reading out.</summary>
/// <param name="IsUrgent">A person must look: rejected, unknown.</param>
sealed record OrderNews(long Number, DateTimeOffset At, string Words, bool IsUrgent);
