using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;

namespace EtradeBot.ETrade.Api;

/// <summary>The broker's messages to the owner.</summary>
sealed class AlertCalls(WireCaller caller)
{
    /// <summary>No more come in one answer.</summary>
    const int Most = 300;

    /// <summary>Keeps the path well below what servers accept.</summary>
    const int MostInPath = 100;

    public Task<IReadOnlyList<BrokerAlert>> ListAsync(CancellationToken stop) => caller.ReadListAsync(
        new(HttpMethod.Get, ETradeModule.User, "/user/alerts.json", "list the alerts") { Query = [("count", ApiPaths.Number(Most))] },
        "AlertsResponse",
        AlertReader.Alerts,
        stop);

    public Task<BrokerAlert?> OneAsync(long id, CancellationToken stop) => caller.FindAsync<BrokerAlert>(
        new(HttpMethod.Get, ETradeModule.User, $"/user/alerts/{ApiPaths.Number(id)}.json", "read an alert"),
        "AlertDetailsResponse",
        AlertReader.Alert,
        stop);

    public async Task<IReadOnlyList<long>> DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        var left = new List<long>();
        foreach (var some in ids.Distinct().Chunk(MostInPath))
        {
            var path = $"/user/alerts/{string.Join(',', some.Select(ApiPaths.Number))}.json";
            var call = new ETradeCall(HttpMethod.Delete, ETradeModule.User, path, "delete alerts");
            left.AddRange(await caller.ReadListAsync(call, "AlertsResponse", response => AlertReader.NotDeleted(response, some), stop));
        }
        return left;
    }
}
