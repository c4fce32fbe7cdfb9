namespace EtradeBot.App.Hosting.Live;

/// <summary>What <c>GET /health</c> answers: for supervisors and containers, without a login and without secrets.</summary>
/// <param name="Status"><c>ok</c> while quotes arrive, or the market is closed; else <c>degraded</c>.</param>
/// <param name="LastQuoteAgeSeconds">By this machine's clock; null before the first quote.</param>
/// <param name="Symbols">Watched.</param>
sealed record HealthReport(string Status, string Mode, string Link, double? LastQuoteAgeSeconds, int Symbols);

/// <summary><c>GET /health</c>: 200 as long as the process works, whatever the broker does.</summary>
static class HealthEndpoint
{
    public const string Route = "/health";

    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    public static void Map(WebApplication app) =>
        app.MapGet(Route, (LiveState state, TimeProvider time) => Report(state, time.GetUtcNow())).AllowAnonymous();

    public static HealthReport Report(LiveState state, DateTimeOffset now)
    {
        var session = state.Session;
        var age = now - session.LastQuoteReceivedAt;
        var isFine = session.Link == BrokerLink.Up && (age < Fresh || session.Hours != Feeds.Live.MarketHours.Regular);
        return new(isFine ? "ok" : "degraded", session.Mode.ToString().ToLowerInvariant(), session.Link.ToString().ToLowerInvariant(), age is { } known ? Math.Round(known.TotalSeconds, 1) : null, state.Symbols.Count);
    }
}
