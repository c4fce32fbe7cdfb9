using System.Globalization;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Dashboard.Orders;

/// <summary>What has been typed into the ticket, as text, and what it means.</summary>
public sealed class TicketForm
{
    public Side Side { get; set; }

    public SizingKind Unit { get; set; } = SizingKind.Shares;

    public string Size { get; set; } = "";

    public OrderPriceType Type { get; set; } = OrderPriceType.Limit;

    public string Limit { get; set; } = "";

    public string Stop { get; set; } = "";

    public string Protective { get; set; } = "";

    public OrderTerm Term { get; set; }

    public bool IsExtended { get; set; }

    public bool HasLimit => Type is OrderPriceType.Limit or OrderPriceType.StopLimit;

    public bool HasStop => Type is OrderPriceType.Stop or OrderPriceType.StopLimit;

    /// <summary>What the text says; text that is no number is a problem of its field.</summary>
    internal (OrderRequest Request, IReadOnlyList<FieldProblem> Problems) Read(Symbol symbol, double atr)
    {
        var problems = new List<FieldProblem>();
        var size = (double?)Number("size", Size) ?? double.NaN;
        var request = new OrderRequest(symbol, Side, Type, new Sizing(Unit, Unit == SizingKind.Risk ? size / 100 : size))
        {
            Limit = HasLimit ? Number("limit", Limit) : null,
            Stop = HasStop ? Number("stop", Stop) : null,
            ProtectiveStop = Protective.Trim().Length > 0 ? Number("protective", Protective) : null,
            Term = Term,
            IsExtendedSession = IsExtended,
            Atr = atr,
        };
        problems.AddRange(RequestRules.Problems(request).Where(problem => problems.All(earlier => earlier.Field != problem.Field)));
        return (request, problems);

        decimal? Number(string field, string text)
        {
            if (text.Trim().Length == 0) return null;
            if (TryNumber(text, out var number)) return number;
            problems.Add(new FieldProblem(field, $"'{text.Trim()}' is not a number: write it as 1234.56"));
            return null;
        }
    }

    internal static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>A price as the fields take it.</summary>
    internal static string Text(decimal price) => price.ToString("0.00##", CultureInfo.InvariantCulture);
}
