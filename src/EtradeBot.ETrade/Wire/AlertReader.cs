namespace EtradeBot.ETrade.Wire;

/// <summary>Alerts.</summary>
static class AlertReader
{
    public static IReadOnlyList<BrokerAlert> Alerts(WireObject response) => [.. response.Items("Alert").Select(Alert)];

    public static BrokerAlert Alert(WireObject alert) => new(
        alert.RequiredId("id"),
        alert.Instant("createTime"),
        alert.Text("subject"),
        alert.Text("status"))
    {
        Text = alert.Text("msgText"),
    };

    /// <summary>Numbers that were not deleted: those the broker names; all of them where it reports a failure and names none.</summary>
    public static IReadOnlyList<long> NotDeleted(WireObject response, IReadOnlyList<long> asked)
    {
        var failed = response.Object("failedAlerts")?.WholeItems("alertId") ?? [];
        if (failed.Count > 0) return failed;
        var result = response.Text("result");
        return result.Length == 0 || result.Equals("SUCCESS", StringComparison.OrdinalIgnoreCase) ? [] : asked;
    }
}
