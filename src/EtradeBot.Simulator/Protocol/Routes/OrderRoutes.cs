using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Bodies;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Calls that preview, place, change and cancel orders.</summary>
sealed class OrderRoutes(World world)
{
    const string NotQualified = "EG_QUAL_NOT_A_MARKET_ORDER";
    const string ChangedOrder = "EG_QUAL_INELIGIBLE_DUE_TO_CHANGEORDER";

    public Answer Preview(Visit visit)
    {
        var (request, _) = OrderBody.Order(visit.Request.Body);
        return Previewed(visit, world.Broker.Preview(visit.Arguments[0], request), Qualification(request));
    }

    public Answer PreviewChange(Visit visit)
    {
        var (request, _) = OrderBody.Order(visit.Request.Body);
        return Previewed(visit, world.Broker.PreviewChange(visit.Arguments[0], OrderId(visit), request), ChangedOrder);
    }

    public Answer Place(Visit visit)
    {
        var (request, previewId) = OrderBody.Order(visit.Request.Body);
        return Placed(visit, world.Broker.Place(visit.Arguments[0], request, previewId));
    }

    public Answer PlaceChange(Visit visit)
    {
        var (request, previewId) = OrderBody.Order(visit.Request.Body);
        return Placed(visit, world.Broker.PlaceChange(visit.Arguments[0], OrderId(visit), request, previewId));
    }

    public Answer Cancel(Visit visit)
    {
        var outcome = world.Broker.Cancel(visit.Arguments[0], OrderBody.Cancel(visit.Request.Body));
        if (outcome.Refusal is { } refusal) return Answer.Of(refusal);
        var ticket = outcome.Value!;
        return Answer.Of("CancelOrderResponse", new Element
        {
            { "accountId", Account(visit).Number },
            { "orderId", ticket.OrderId },
            { "cancelTime", Wire.Milliseconds(ticket.At) },
            { "Messages", Messages([ticket.Note]) },
        });
    }

    /// <exception cref="BadBodyException">No number.</exception>
    internal static long OrderId(Visit visit) =>
        long.TryParse(visit.Arguments[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : throw new BadBodyException("An order is named by its number.");

    Answer Previewed(Visit visit, Outcome<PreviewTicket> outcome, string qualification)
    {
        if (outcome.Refusal is { } refusal) return Answer.Of(refusal);
        var ticket = outcome.Value!;
        var account = Account(visit);
        var answer = new Element
        {
            { "orderType", "EQ" },
            { "totalOrderValue", decimal.Round(ticket.Total, 4) },
            { "totalCommission", Scalar.Whole(ticket.Commission) },
            { "previewTime", Wire.Milliseconds(ticket.At) },
            { "dstFlag", Wire.IsDaylightTime(ticket.At) },
        };
        AddAccount(answer, account);
        answer.Add(account.IsMargin ? "marginBpDetails" : "cashBpDetails", BuyingPower(account, ticket));
        var order = Order(ticket.Terms, (ticket.Shares, ticket.Total, ticket.Commission), qualification);
        if (ticket.Notes.Count > 0) order.Add("messages", Messages(ticket.Notes));
        answer.Add("Order", [order]);
        answer.Add("PreviewIds", [new Element { { "previewId", ticket.PreviewId } }]);
        answer.Add("Disclosure", new Element { { "ehDisclosureFlag", true }, { "ahDisclosureFlag", false }, { "conditionalDisclosureFlag", true }, { "aoDisclosureFlag", false } });
        return Answer.Of("PreviewOrderResponse", answer);
    }

    Answer Placed(Visit visit, Outcome<PlacedTicket> outcome)
    {
        if (outcome.Refusal is { } refusal) return Answer.Of(refusal);
        var ticket = outcome.Value!;
        var answer = new Element
        {
            { "orderType", "EQ" },
            { "dstFlag", Wire.IsDaylightTime(ticket.At) },
        };
        AddLevels(answer, Account(visit));
        answer.Add("placedTime", Wire.Milliseconds(ticket.At));
        answer.Add("accountId", Account(visit).Number);
        var order = Order(ticket.Terms, (ticket.Shares, ticket.Total, ticket.Commission), Qualification(ticket.Terms));
        if (ticket.Notes.Count > 0) order.Add("messages", Messages(ticket.Notes));
        answer.Add("Order", [order]);
        answer.Add("OrderIds", [new Element { { "orderId", ticket.OrderId } }]);
        return Answer.Of("PlaceOrderResponse", answer);
    }

    CustomerAccount Account(Visit visit) => world.Broker.Accounts.First(account => account.Key == visit.Arguments[0]);

    static void AddAccount(Element answer, CustomerAccount account)
    {
        answer.Add("accountId", account.Number);
        AddLevels(answer, account);
    }

    static void AddLevels(Element answer, CustomerAccount account)
    {
        answer.Add("optionLevelCd", account.IsMargin ? 2 : 1);
        answer.Add("marginLevelCd", account.IsMargin ? "MARGIN_TRADING_ALLOWED" : "MARGIN_TRADING_DENIED");
    }

    /// <summary>Buying power before and after; without a loan a margin account has half of it.</summary>
    static Element BuyingPower(CustomerAccount account, PreviewTicket ticket)
    {
        var impact = Math.Max(decimal.Round(ticket.Total, 2), 0);
        return account.IsMargin
            ? new Element { { "nonMarginable", Power(ticket.BuyingPower / 2, impact / 2) }, { "marginable", Power(ticket.BuyingPower, impact) } }
            : new Element { { "settled", Power(ticket.BuyingPower, impact) }, { "settledUnsettled", Power(ticket.BuyingPower, impact) } };
    }

    static Element Power(decimal power, decimal impact) => new()
    {
        { "currentBp", decimal.Round(power, 2) },
        { "currentOor", 0m },
        { "currentNetBp", decimal.Round(power, 2) },
        { "currentOrderImpact", decimal.Round(impact, 2) },
        { "netBp", decimal.Round(power - impact, 2) },
    };

    static string Qualification(OrderRequest request) => request.Type == PriceType.Market ? "EG_QUAL_QUALIFIED" : NotQualified;

    static Element Messages(IEnumerable<BrokerNote> notes) => new()
    {
        { "Message", notes.Select(note => new Element { { "description", $"200|{note.Text}" }, { "code", note.Code }, { "type", note.Type } }) },
    };

    Element Order(OrderRequest terms, (int Shares, decimal Total, decimal Commission) figures, string qualification)
    {
        var order = OrderTerms.Element(terms);
        order.Add("egQual", qualification);
        order.Add("estimatedCommission", Scalar.Whole(figures.Commission));
        order.Add("estimatedTotalAmount", decimal.Round(figures.Total, 4));
        OrderTerms.AddSpreadFields(order);
        order.Add("Instrument",
        [
            new Element
            {
                { "symbolDescription", OrderTerms.Description(world.Market, terms.Ticker) },
                { "orderAction", OrderWords.Of(terms.Action) },
                { "quantityType", OrderTerms.QuantityType(terms) },
                { "quantity", figures.Shares },
                { "cancelQuantity", 0m },
                { "reserveOrder", true },
                { "reserveQuantity", 0m },
                { "Product", OrderTerms.Product(terms.Ticker) },
            },
        ]);
        return order;
    }
}
