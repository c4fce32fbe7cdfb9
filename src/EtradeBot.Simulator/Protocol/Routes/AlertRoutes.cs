using System.Globalization;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Messages to the customer: a greeting, and one for each order that was executed.</summary>
sealed class AlertRoutes(World world)
{
    const int UsualCount = 25;
    const int MostAtOnce = 300;
    const long GreetingId = 1;
    const long IdsAnAccount = 1_000_000;

    readonly HashSet<long> _read = [];
    readonly HashSet<long> _deleted = [];

    readonly DateTimeOffset _started = world.Clock.GetUtcNow();

    sealed record Alert(long Id, DateTimeOffset At, string Subject, string Text, string Ticker);

    /// <summary>Which alerts were read and deleted, for the state file.</summary>
    public (IReadOnlyCollection<long> Read, IReadOnlyCollection<long> Deleted) Marks => (_read, _deleted);

    public void Restore(IEnumerable<long> read, IEnumerable<long> deleted)
    {
        _read.UnionWith(read);
        _deleted.UnionWith(deleted);
    }

    public Answer List(Visit visit)
    {
        var count = visit.Number("count") ?? UsualCount;
        if (count is < 1 or > MostAtOnce) return Answer.Refused("count must be 1 to 300.");
        var status = visit.Word("status", "READ", "UNREAD", "DELETED");
        var category = visit.Word("category", "STOCK", "ACCOUNT");
        var shown = All()
            .Where(alert => status is null ? !_deleted.Contains(alert.Id) : Status(alert) == status)
            .Where(alert => category is null || category == "STOCK" == alert.Ticker.Length > 0)
            .Where(alert => visit.Query("search") is not { } words || alert.Subject.Contains(words, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(alert => alert.At).ThenByDescending(alert => alert.Id)
            .ToList();
        if (visit.Word("direction", "ASC", "DESC") == "ASC") shown.Reverse();
        if (shown.Count == 0) return Answer.Empty;
        return Answer.Of("AlertsResponse", new Element { { "totalAlerts", shown.Count }, { "Alert", shown.Take(count).Select(Listed) } });
    }

    public Answer Detail(Visit visit)
    {
        if (All().FirstOrDefault(alert => Number(alert.Id) == visit.Arguments[0]) is not { } alert) return Answer.Refused("There is no such alert.", 404);
        _read.Add(alert.Id);
        return Answer.Of("AlertDetailsResponse", new Element
        {
            { "id", alert.Id },
            { "createTime", Wire.Seconds(alert.At) },
            { "subject", alert.Subject },
            { "msgText", visit.Flag("htmlTags") ? $"<p>{Html.Escape(alert.Text)}</p>" : alert.Text },
            { "readTime", Wire.Seconds(visit.Now) },
            { "deleteTime", 0 },
            { "symbol", alert.Ticker },
            { "next", "" },
            { "prev", "" },
        });
    }

    public Answer Delete(Visit visit)
    {
        var known = All().ToDictionary(alert => Number(alert.Id), alert => alert.Id);
        var failed = new List<string>();
        foreach (var text in visit.Arguments[0].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!known.TryGetValue(text, out var id) || !_deleted.Add(id)) failed.Add(text);
        }
        var answer = new Element { { "result", failed.Count == 0 ? "SUCCESS" : "ERROR" } };
        if (failed.Count > 0) answer.Add("FailedAlerts", new Element { { "alertId", failed.Select(text => new Element { { "id", text } }) } });
        return Answer.Of("AlertsResponse", answer);
    }

    /// <summary>Numbers follow from account and order, so that they are the same after a restart.</summary>
    IEnumerable<Alert> All()
    {
        yield return new Alert(GreetingId, _started, "Simulated account: no real money, no real orders", "Everything here is SIMULATED.", "");
        var account = 0;
        foreach (var (key, number) in world.Broker.Accounts.Select(account => (account.Key, account.Number)))
        {
            account++;
            foreach (var order in world.Broker.EveryOrder(key).Where(order => order.State == OrderState.Executed && order.ExecutedAt is not null))
                yield return Executed(order, number, account * IdsAnAccount + order.OrderId);
        }
    }

    static Alert Executed(CustomerOrder order, string accountNumber, long id) =>
        new(id, order.ExecutedAt!.Value, $"{order.Terms.Ticker}: order executed", string.Create(CultureInfo.InvariantCulture, $"Order {order.OrderId} of account {accountNumber} was executed: {order.Filled} shares at {order.AveragePrice}."), order.Terms.Ticker);

    Element Listed(Alert alert) => new()
    {
        { "id", alert.Id },
        { "createTime", Wire.Seconds(alert.At) },
        { "subject", alert.Subject },
        { "status", Status(alert) },
    };

    string Status(Alert alert) => _deleted.Contains(alert.Id) ? "DELETED" : _read.Contains(alert.Id) ? "READ" : "UNREAD";

    static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
