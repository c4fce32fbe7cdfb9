namespace EtradeBot.Simulator.Accounts;

/// <summary>Every no of the books, in the broker's numbers.</summary>
static class Refusals
{
    const int BadRequest = 400;
    const int NotFound = 404;

    public static readonly Refusal UnknownAccount = new(102, BadRequest, "Please enter valid Account Key");

    public static readonly Refusal ClosedAccount = new(253, BadRequest, "This account is closed: orders are not accepted.");

    /// <summary>The preview is too old, or the terms are not those of the preview.</summary>
    public static readonly Refusal TimedOut = new(101, BadRequest, "The original order request timed out; submit it again.");

    public static readonly Refusal NoPreviewId = new(1033, BadRequest, "The order request holds no preview id or timed out; submit it again.");

    public static readonly Refusal UnknownPreview = new(900, BadRequest, "Invalid Preview Id");

    public static readonly Refusal NoFunds = new(1021, BadRequest, "Order not accepted: insufficient funds in the account.");

    public static readonly Refusal NoShares = new(1037, BadRequest, "Not enough available shares of this security for the closing order.");

    public static readonly Refusal UnknownSymbol = new(1019, BadRequest, "Invalid symbol");

    public static readonly Refusal NoPrice = new(1508, BadRequest, "The price for this security is unavailable right now.");

    public static readonly Refusal BuyStopTooLow = new(2084, BadRequest, "Stop price is outside the permitted range: a buy stop has to be above the ask.");

    public static readonly Refusal SellStopTooHigh = new(2085, BadRequest, "Stop price is outside the permitted range: a sell stop has to be below the bid.");

    public static readonly Refusal StillUpdating = new(1524, BadRequest, "The order is still being updated.");

    public static readonly Refusal TooLate = new(5001, BadRequest, "Order is currently being executed or rejected; the request was refused.");

    public static readonly Refusal UnknownOrder = new(null, NotFound, "There is no such order in this account.");

    public static readonly Refusal RepeatedClientOrderId = new(null, BadRequest, "The client order id was used before.");

    /// <summary>A request that breaks a rule for which no number is known.</summary>
    public static Refusal Malformed(string message) => new(null, BadRequest, message);
}
