using System.Globalization;

namespace EtradeBot.Simulator.Protocol;

/// <summary>An order as customers write it, in XML.</summary>
sealed record OrderText(string Action, string Ticker, int Shares)
{
    static int Ids;

    public string PriceType { get; init; } = "MARKET";

    public string Limit { get; init; } = "";

    public string Stop { get; init; } = "";

    public string Term { get; init; } = "GOOD_FOR_DAY";

    public string ClientOrderId { get; init; } = "c" + Interlocked.Increment(ref Ids).ToString(CultureInfo.InvariantCulture);

    public string Preview() => Body("PreviewOrderRequest", "");

    public string Place(long previewId) => Body("PlaceOrderRequest", $"<PreviewIds><previewId>{previewId}</previewId></PreviewIds>");

    string Body(string root, string ids) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <{root}><orderType>EQ</orderType><clientOrderId>{ClientOrderId}</clientOrderId>{ids}<Order><allOrNone>false</allOrNone><priceType>{PriceType}</priceType><orderTerm>{Term}</orderTerm><marketSession>REGULAR</marketSession><limitPrice>{Limit}</limitPrice><stopPrice>{Stop}</stopPrice><Instrument><Product><securityType>EQ</securityType><symbol>{Ticker}</symbol></Product><orderAction>{Action}</orderAction><quantityType>QUANTITY</quantityType><quantity>{Shares}</quantity></Instrument></Order></{root}>
        """;
}
