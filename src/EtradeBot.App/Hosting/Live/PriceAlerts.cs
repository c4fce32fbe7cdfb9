using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>The owner wants to know when a price gets there.</summary>
/// <param name="Feed">Whose prices: a simulated market's are not the real one's.</param>
/// <param name="IsAbove">It was set above the market: a price at it or higher hits it. Else at it or lower.</param>
public sealed record PriceAlert(string Id, string Feed, string Symbol, decimal Price, bool IsAbove, string SetBy, DateTimeOffset SetAt)
{
    /// <summary>When the first quote beyond it came; null while it waits. An alert is hit once.</summary>
    public DateTimeOffset? HitAt { get; init; }

    /// <summary>That quote's price.</summary>
    public decimal? HitPrice { get; init; }
}

/// <summary>The price alerts: <c>alerts.json</c> under the state folder. Safe for several threads.</summary>
/// <remarks>They see the prices that are polled: one that was touched and left between two polls is not hit.</remarks>
sealed class PriceAlerts(string stateFolder, AuditLog audit, TimeProvider time)
{
    public const string FileName = "alerts.json";

    /// <summary>Waiting at once.</summary>
    public const int Most = 200;

    /// <summary>Those that were hit are kept so long.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    readonly Lock _gate = new();
    IReadOnlyList<PriceAlert>? _all;

    string FilePath => Path.Combine(stateFolder, FileName);

    /// <summary>One was set, taken away or hit.</summary>
    public event Action? Changed;

    /// <summary>Told once for each, after it is on the disk.</summary>
    public event Action<PriceAlert>? Hit;

    /// <summary>Why the file cannot be used, with the remedy; empty when it can, or is not there yet.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Of one feed and symbol: the waiting ones by price, then those that were hit, the latest first.</summary>
    public IReadOnlyList<PriceAlert> Of(string feed, Symbol symbol)
    {
        lock (_gate)
            return [.. All().Where(alert => alert.Feed == feed && alert.Symbol == symbol.Ticker).OrderBy(alert => alert.HitAt is not null).ThenByDescending(alert => alert.HitAt).ThenByDescending(alert => alert.Price)];
    }

    /// <param name="last">The market's price now, which tells from where it comes.</param>
    /// <exception cref="InvalidOperationException">Too many wait, there is one already, the price is at the market, or the file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing has changed.</exception>
    public PriceAlert Set(Actor actor, (string Feed, Symbol Symbol) of, decimal price, decimal last)
    {
        actor.Require(Role.Trader);
        if (price <= 0) throw new InvalidOperationException("a price alert needs a price above 0");
        if (price == last) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{of.Symbol} trades at {last} already: choose another price"));
        var alert = new PriceAlert(Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), of.Feed, of.Symbol.Ticker, price, price > last, actor.Name, time.GetUtcNow());
        Change(all =>
        {
            var waiting = all.Where(other => other.HitAt is null).ToList();
            if (waiting.Count >= Most) throw new InvalidOperationException($"{Most} price alerts are waiting already: take some away first");
            if (waiting.Any(other => (other.Feed, other.Symbol, other.Price) == (alert.Feed, alert.Symbol, price))) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"an alert of {of.Symbol} at {price} is waiting already"));
            audit.Write(actor, "alert.set", string.Create(CultureInfo.InvariantCulture, $"{of.Symbol} {price}"));
            return [.. all, alert];
        });
        return alert;
    }

    /// <inheritdoc cref="Set" path="/exception"/>
    public void Remove(Actor actor, string id)
    {
        actor.Require(Role.Trader);
        Change(all =>
        {
            if (all.FirstOrDefault(alert => alert.Id == id) is not { } gone) return all;
            audit.Write(actor, "alert.remove", string.Create(CultureInfo.InvariantCulture, $"{gone.Symbol} {gone.Price}"));
            return [.. all.Where(alert => alert != gone)];
        });
    }

    /// <summary>Prices as they are now; those of them that are beyond an alert hit it.</summary>
    public void See(string feed, IEnumerable<(Symbol Symbol, double Last)> prices)
    {
        var hit = new List<PriceAlert>();
        lock (_gate)
        {
            if (!All().Any(alert => alert.HitAt is null && alert.Feed == feed)) return;
            var now = prices.Where(price => price.Last is > 0 and < (double)decimal.MaxValue / 2).ToDictionary(price => price.Symbol.Ticker, price => (decimal)price.Last);
            foreach (var alert in All())
                if (alert.HitAt is null && alert.Feed == feed && now.TryGetValue(alert.Symbol, out var last) && (alert.IsAbove ? last >= alert.Price : last <= alert.Price))
                    hit.Add(alert with { HitAt = time.GetUtcNow(), HitPrice = last });
            if (hit.Count == 0) return;
            try
            {
                Store([.. All().Select(alert => hit.FirstOrDefault(other => other.Id == alert.Id) ?? alert)]);
            }
            catch (IOException problem)
            {
                // It waits on, and is told with the next price once the disk takes it.
                Problem = problem.Message;
                return;
            }
        }
        foreach (var alert in hit) Hit?.Invoke(alert);
        Changed?.Invoke();
    }

    void Change(Func<IReadOnlyList<PriceAlert>, IReadOnlyList<PriceAlert>> change)
    {
        lock (_gate)
        {
            var before = All();
            if (Problem.Length > 0) throw new InvalidOperationException(Problem);
            var after = change(before);
            if (after == before) return;
            Store(after);
        }
        Changed?.Invoke();
    }

    void Store(IReadOnlyList<PriceAlert> all)
    {
        var oldest = time.GetUtcNow() - Kept;
        List<PriceAlert> kept = [.. all.Where(alert => alert.HitAt is not { } at || at > oldest)];
        AtomicFile.Write(FilePath, stream => JsonSerializer.Serialize(stream, kept));
        (_all, Problem) = (kept, "");
    }

    IReadOnlyList<PriceAlert> All()
    {
        if (_all is not null) return _all;
        Problem = "";
        if (!File.Exists(FilePath)) return _all = [];
        try
        {
            var all = JsonSerializer.Deserialize<List<PriceAlert>>(File.ReadAllBytes(FilePath)) ?? throw new JsonException("it is empty");
            if (all.Any(alert => alert is not { Id.Length: > 0, Feed.Length: > 0, Price: > 0, SetBy: not null } || !Symbol.TryParse(alert.Symbol ?? "", out _))) throw new JsonException("an alert lacks its symbol or price");
            return _all = all;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            // Asked again with the next call: the owner may have repaired it meanwhile.
            Problem = $"the price alerts {FilePath} cannot be used: {problem.Message.TrimEnd('.')}. Repair the file, or move it away to begin without any";
            return [];
        }
    }
}
