using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Symbols that are asked for together, in one request.</summary>
sealed class PollGroup(IEnumerable<Symbol> symbols)
{
    public List<Symbol> Symbols { get; } = [.. symbols];

    /// <summary>When it was asked for last, by this machine's clock and at the exchange; null before the first time.</summary>
    public (DateTimeOffset Machine, DateTimeOffset Exchange)? PolledAt { get; set; }

    /// <summary>This machine's time before which it is left alone after a failure.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>In a row.</summary>
    public int Failures { get; set; }

    /// <summary>Why the last request failed; empty after a good one.</summary>
    public string Problem { get; set; } = "";

    public Task<QuoteAnswer>? Pending { get; set; }
}

/// <summary>The requests into which the symbols are parted. A symbol that spoils its request ends up in one of its own.</summary>
sealed class PollGroups
{
    readonly int _most;
    readonly List<PollGroup> _groups;

    public PollGroups(IReadOnlyList<Symbol> symbols, int symbolsPerRequest)
    {
        _most = symbolsPerRequest;
        _groups = [.. symbols.Chunk(symbolsPerRequest).Select(chunk => new PollGroup(chunk))];
    }

    public IReadOnlyList<PollGroup> All => _groups;

    public PollGroup? Of(Symbol symbol) => _groups.Find(group => group.Symbols.Contains(symbol));

    public void Drop(PollGroup group, Symbol symbol)
    {
        group.Symbols.Remove(symbol);
        if (group.Symbols.Count == 0) _groups.Remove(group);
    }

    /// <summary>To be asked for at once: into requests that have room, else into new ones.</summary>
    public void Add(IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            var group = _groups.Find(one => one.Failures == 0 && one.Symbols.Count > 0 && one.Symbols.Count < _most);
            if (group is null) _groups.Add(new([symbol]));
            else
            {
                group.Symbols.Add(symbol);
                group.PolledAt = null;
            }
        }
    }

    /// <summary>A group that waits for its answer stays until that has come, see <see cref="Prune"/>.</summary>
    public void Remove(Symbol symbol)
    {
        if (Of(symbol) is not { } group) return;
        group.Symbols.Remove(symbol);
        Prune(group);
    }

    public void Prune(PollGroup group)
    {
        if (group is { Symbols.Count: 0, Pending: null }) _groups.Remove(group);
    }

    /// <summary>Halves a group whose answers cannot be used, to find the symbol to blame.</summary>
    public void Split(PollGroup group)
    {
        var half = new PollGroup(group.Symbols.Skip(group.Symbols.Count / 2)) { PolledAt = group.PolledAt, NotBefore = group.NotBefore, Failures = 1, Problem = group.Problem };
        group.Symbols.RemoveRange(group.Symbols.Count / 2, half.Symbols.Count);
        group.Failures = 1;
        _groups.Add(half);
    }

    /// <summary>Joins a group that answers with another such one, where both fit into a request.</summary>
    public void Join(PollGroup group)
    {
        var other = _groups.Find(one => one != group && one is { Failures: 0, Pending: null, PolledAt: not null } && one.Symbols.Count + group.Symbols.Count <= _most);
        if (other is null) return;
        group.Symbols.AddRange(other.Symbols);
        _groups.Remove(other);
    }
}
