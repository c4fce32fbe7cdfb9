using EtradeBot.Market;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Market;
using EtradeBot.Simulator.Protocol.Bodies;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>The terms of an order as every answer writes them.</summary>
static class OrderTerms
{
    public static Element Element(OrderRequest terms)
    {
        var order = new Element
        {
            { "orderTerm", OrderWords.Of(terms.Term) },
            { "priceType", OrderWords.Of(terms.Type) },
        };
        order.AddPrice("limitPrice", terms.Limit);
        order.AddPrice("stopPrice", terms.Stop);
        if (terms.StopLimit is { } offset) order.Add("stopLimitPrice", offset);
        order.Add("marketSession", terms.IsExtended ? "EXTENDED" : "REGULAR");
        order.Add("allOrNone", terms.AllOrNone);
        return order;
    }

    /// <summary>Fields that mean something for spreads only.</summary>
    public static void AddSpreadFields(Element order)
    {
        foreach (var name in (ReadOnlySpan<string>)["netPrice", "netBid", "netAsk", "gcd"]) order.Add(name, 0);
        order.Add("ratio", "");
    }

    public static string QuantityType(OrderRequest terms) => terms.IsAllIOwn ? "ALL_I_OWN" : terms.IsDollars ? "DOLLAR" : "QUANTITY";

    public static Element Product(string ticker) => new() { { "symbol", ticker }, { "securityType", "EQ" } };

    public static string Description(IMarket market, string ticker) =>
        Symbol.TryParse(ticker, out var symbol) && market.Describe(symbol) is { } about ? about.Description : ticker;
}
