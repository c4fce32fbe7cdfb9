namespace EtradeBot.Execution.World;

/// <summary>The names by which faults call the broker's calls.</summary>
static class CallNames
{
    public static string Of(string method, string path)
    {
        var parts = path.TrimStart('/').Replace(".json", "", StringComparison.Ordinal).Split('/');
        return parts switch
        {
            ["oauth", var step] => step switch { "request_token" => "request-token", "access_token" => "access-token", "renew_access_token" => "renew-token", _ => "revoke-token" },
            ["v1", "accounts", "list"] => "accounts",
            ["v1", "accounts", _, "orders", "preview"] => "preview",
            ["v1", "accounts", _, "orders", "place"] => "place",
            ["v1", "accounts", _, "orders", "cancel"] => "cancel",
            ["v1", "accounts", _, "orders", _, "change", "preview"] => "change-preview",
            ["v1", "accounts", _, "orders", _, "change", "place"] => "change-place",
            ["v1", "accounts", _, "orders", _] => "order",
            ["v1", "accounts", _, "portfolio", _] => "lots",
            ["v1", "accounts", _, "transactions", _] => "transaction",
            ["v1", "accounts", _, var list] => list,
            ["v1", "market", "quote", _] => "quote",
            ["v1", "market", var call, ..] => call,
            ["v1", "user", "alerts", ..] => method == "DELETE" ? "delete-alerts" : "alerts",
            _ => "unknown",
        };
    }
}
