using EtradeBot.App.Hosting.Orders;
using EtradeBot.Trading;

namespace EtradeBot.App.Dashboard.Orders;

/// <summary>The numbers of an order, each with its label, as ticket and review show them.</summary>
static class OrderFigures
{
    public static IReadOnlyList<(string Label, string Figure)> Arithmetic(SizeAnswer answer, SizingKind unit)
    {
        var rows = new List<(string, string)>();
        if (answer.Held != 0) rows.Add(("Held", Figures.Count(answer.Held)));
        if (answer.Reserved != 0) rows.Add(("In orders already", Figures.Count(answer.Reserved)));
        if (double.IsFinite(answer.AccountValue)) rows.Add(("Account value", Figures.Money(answer.AccountValue)));
        if (double.IsFinite(answer.RiskDollars)) rows.Add(("At risk", Figures.Money(answer.RiskDollars)));
        if (double.IsFinite(answer.StopDistance)) rows.Add(("To the stop, a share", Figures.Price(answer.StopDistance)));
        if (unit != SizingKind.Shares && double.IsFinite(answer.Asked)) rows.Add(("Shares by that", Figures.Count((decimal)Math.Clamp(answer.Asked, 0, 1e12))));
        if (answer.CutBy.Length > 0) rows.Add(("Cut by a limit", answer.CutBy));
        if (answer.Shares == 0) return rows;
        rows.Add(("Shares", Figures.Count(answer.Shares)));
        rows.Add((answer.IsExit ? "Worth about" : "Costs about", Figures.Money(answer.Cost)));
        if (double.IsFinite(answer.LossAtStop)) rows.Add(("Lost at the stop", Figures.Money(answer.LossAtStop)));
        return rows;
    }

    public static IReadOnlyList<(string Label, string Figure)> Review(OrderProposal proposal)
    {
        var preview = proposal.Preview;
        var rows = new List<(string, string)>
        {
            (preview.EstimatedTotal < 0 ? "Brings, fees deducted" : "Costs, fees included", Figures.Money(preview.EstimatedTotal is { } total ? Math.Abs(total) : null)),
            ("Commission", Figures.Money(preview.EstimatedCommission)),
        };
        if (proposal.Size is { CutBy.Length: > 0 } size) rows.Add(("Cut by a limit", $"{Figures.Count((decimal)Math.Min(size.Asked, 1e12))} asked, {size.CutBy}"));
        if (proposal.Size is { } sized && double.IsFinite(sized.LossAtStop)) rows.Add(("Lost at the stop", Figures.Money(sized.LossAtStop)));
        if (proposal.Changes is { } changes) rows.Add(("Replaces order", changes.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return rows;
    }
}
