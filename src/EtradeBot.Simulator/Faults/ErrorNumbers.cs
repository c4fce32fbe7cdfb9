namespace EtradeBot.Simulator.Faults;

/// <summary>Status and words that usually go with the broker's error numbers.</summary>
static class ErrorNumbers
{
    static readonly Dictionary<int, (int Status, string Message)> Known = new()
    {
        [100] = (500, "The requested service is not currently available, please try later."),
        [101] = (400, "The original order request timed out; submit it again."),
        [102] = (400, "Please enter valid Account Key"),
        [163] = (400, "The request could not be processed."),
        [167] = (400, "Not enough available shares."),
        [253] = (400, "No access to this account."),
        [670] = (500, "The service is down for maintenance."),
        [900] = (400, "Invalid Preview Id"),
        [1021] = (400, "Order not accepted: insufficient funds in the account."),
        [1033] = (400, "The order request timed out; submit it again."),
        [1037] = (400, "Not enough available shares of this security for the closing order."),
        [1508] = (400, "The price for this security is unavailable right now."),
        [1524] = (400, "The order is still being updated."),
        [2084] = (400, "Stop price is outside the permitted range."),
        [2085] = (400, "Stop price is outside the permitted range."),
        [5001] = (400, "Order is currently being executed or rejected; the cancel was refused."),
        [7001] = (400, "Invalid account"),
        [7002] = (400, "Invalid institution type"),
    };

    public static (int Status, string Message) Of(int code) => Known.GetValueOrDefault(code, (400, "The request was refused."));
}
