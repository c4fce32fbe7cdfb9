namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Calls that count against the same limit of requests.</summary>
enum Module
{
    Accounts,
    Market,
    Orders,
    User,
}

/// <summary>One line of the service's table of calls.</summary>
/// <param name="Pattern">Path below <c>/v1</c>; a star stands for one variable part.</param>
sealed record Route(string Method, string Pattern, string Call, Module Module, Func<Visit, Answer> Serve)
{
    readonly string[] _parts = Pattern.Split('/');

    /// <summary>True after which the state file has to be written before the answer leaves.</summary>
    public bool Changes => Method != "GET";

    /// <summary>The variable parts; null when the path is another.</summary>
    public IReadOnlyList<string>? Match(string[] path)
    {
        if (path.Length != _parts.Length) return null;
        var arguments = new List<string>();
        for (var i = 0; i < path.Length; i++)
        {
            if (_parts[i] == "*" && path[i].Length > 0) arguments.Add(path[i]);
            else if (_parts[i] != path[i]) return null;
        }
        return arguments;
    }
}

/// <summary>Every call of the service below <c>/v1</c>.</summary>
sealed class Router
{
    const string Root = "/v1/";
    const string JsonSuffix = ".json";

    readonly Route[] _routes;

    public Router(World world, AlertRoutes alerts)
    {
        var accounts = new AccountRoutes(world);
        var portfolio = new PortfolioRoutes(world);
        var transactions = new TransactionRoutes(world);
        var orders = new OrderRoutes(world);
        var lists = new OrderListRoutes(world);
        var quotes = new QuoteRoutes(world);
        var options = new OptionRoutes(world);
        _routes =
        [
            new("GET", "accounts/list", "accounts", Module.Accounts, accounts.List),
            new("GET", "accounts/*/balance", "balance", Module.Accounts, accounts.Balance),
            new("GET", "accounts/*/portfolio", "portfolio", Module.Accounts, portfolio.List),
            new("GET", "accounts/*/portfolio/*", "lots", Module.Accounts, portfolio.Lots),
            new("GET", "accounts/*/transactions", "transactions", Module.Accounts, transactions.List),
            new("GET", "accounts/*/transactions/*", "transaction", Module.Accounts, transactions.Detail),
            new("GET", "accounts/*/orders", "orders", Module.Orders, lists.List),
            new("PUT", "accounts/*/orders/cancel", "cancel", Module.Orders, orders.Cancel),
            new("POST", "accounts/*/orders/preview", "preview", Module.Orders, orders.Preview),
            new("POST", "accounts/*/orders/place", "place", Module.Orders, orders.Place),
            new("GET", "accounts/*/orders/*", "order", Module.Orders, lists.Detail),
            new("PUT", "accounts/*/orders/*/change/preview", "change-preview", Module.Orders, orders.PreviewChange),
            new("PUT", "accounts/*/orders/*/change/place", "change-place", Module.Orders, orders.PlaceChange),
            new("GET", "market/quote/*", "quote", Module.Market, quotes.Quote),
            new("GET", "market/lookup/*", "lookup", Module.Market, quotes.Lookup),
            new("GET", "market/optionchains", "option-chains", Module.Market, options.Chains),
            new("GET", "market/optionexpiredate", "option-dates", Module.Market, options.Dates),
            new("GET", "user/alerts", "alerts", Module.User, alerts.List),
            new("GET", "user/alerts/*", "alert", Module.User, alerts.Detail),
            new("DELETE", "user/alerts/*", "delete-alerts", Module.User, alerts.Delete),
        ];
    }

    /// <summary>The call meant, its variable parts, and whether its path asks for JSON. With another method only: the methods that would do.</summary>
    public (Route? Route, IReadOnlyList<string> Arguments, bool AsJson, string Allowed) Find(string method, string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal)) return (null, [], false, "");
        var (parts, asJson) = Split(path[Root.Length..]);
        var allowed = new List<string>();
        foreach (var route in _routes)
        {
            if (route.Match(parts) is not { } arguments) continue;
            if (route.Method == method) return (route, arguments, asJson, "");
            // GET orders/cancel is not the order number "cancel": the fixed words come first.
            if (!allowed.Contains(route.Method)) allowed.Add(route.Method);
            if (!route.Pattern.EndsWith('*')) break;
        }
        return (null, [], asJson, string.Join(", ", allowed));
    }

    /// <summary>Links of the service put the suffix in the middle too: <c>transactions.json/17</c>.</summary>
    static (string[] Parts, bool AsJson) Split(string path)
    {
        var parts = path.TrimEnd('/').Split('/');
        var asJson = false;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].EndsWith(JsonSuffix, StringComparison.Ordinal))
            {
                asJson = true;
                parts[i] = parts[i][..^JsonSuffix.Length];
            }
            parts[i] = OAuth.Percent.Decode(parts[i]);
        }
        return (parts, asJson);
    }
}
