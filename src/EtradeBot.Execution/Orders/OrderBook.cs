using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Market;

namespace EtradeBot.Execution.Orders;

/// <summary>All orders of this program, as its journal tells them, and what may be done at all. Safe for several threads.</summary>
public sealed class OrderBook
{
    readonly Lock _gate = new();
    readonly Journal _journal;
    Dictionary<string, OrderLife> _orders = new(StringComparer.Ordinal);
    Dictionary<long, string> _byNumber = [];

    /// <exception cref="JournalException">The journal is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public OrderBook(IDisk disk, TimeProvider time)
    {
        _journal = Journal.Open(disk, time);
        Fold();
        TakeUp();
    }

    /// <summary>The orders that a journal tells of, for those who only read it. Oldest first.</summary>
    public static IReadOnlyList<OrderLife> Read(JournalReading journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var orders = new OrderedDictionary<string, OrderLife>(StringComparer.Ordinal);
        foreach (var entry in journal.Entries)
        {
            if (entry.Event is IntentMade made) orders.TryAdd(made.Intent.Id, new OrderLife(made.Intent, entry.At));
            else if (entry.Event is OrderEvent change && orders.TryGetValue(change.Id, out var before)) orders[change.Id] = before.After(entry);
        }
        return [.. orders.Values];
    }

    public Journal Journal => _journal;

    /// <summary>Who halted everything and why; null when nothing is halted.</summary>
    public Halted? Halt { get; private set; }

    /// <summary>Who stopped entries and why; null when they are possible.</summary>
    public EntriesStopped? Stop { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OrderLife> Orders
    {
        get
        {
            lock (_gate) return [.. _orders.Values];
        }
    }

    public OrderLife? Find(string id)
    {
        lock (_gate) return _orders.GetValueOrDefault(id);
    }

    /// <param name="orderId">The broker's number.</param>
    public OrderLife? Find(long orderId)
    {
        lock (_gate) return _byNumber.TryGetValue(orderId, out var id) ? _orders[id] : null;
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<OrderLife> Where(Func<OrderLife, bool> fits)
    {
        lock (_gate) return [.. _orders.Values.Where(fits)];
    }

    /// <inheritdoc cref="Holdings.OfBot"/>
    public int Shares(Symbol symbol)
    {
        lock (_gate) return Holdings.OfBot(_orders.Values, symbol);
    }

    /// <inheritdoc cref="Holdings.OfPeople"/>
    public int ByHand(Symbol symbol)
    {
        lock (_gate) return Holdings.OfPeople(_orders.Values, symbol);
    }

    /// <summary>Shares of the symbol that all orders of this program have brought or taken, the bot's and people's.</summary>
    public int Net(Symbol symbol)
    {
        lock (_gate) return _orders.Values.Where(order => order.Intent.Symbol == symbol).Sum(order => order.Delta);
    }

    /// <summary>Shares that an entry has brought and that nothing has taken away yet: at least 0.</summary>
    public int HeldOf(string entry)
    {
        lock (_gate)
        {
            if (!_orders.TryGetValue(entry, out var order)) return 0;
            return Math.Max(0, order.Filled - _orders.Values.Where(exit => exit.Intent.Guards == entry).Sum(exit => exit.Filled));
        }
    }

    /// <summary>Journal first, then memory: for what is about to be done.</summary>
    /// <exception cref="IOException">It is not surely on the disk: do not do it.</exception>
    public void Write(JournalEvent what)
    {
        lock (_gate) Apply(_journal.Append(what));
    }

    /// <summary>For what has happened already: it counts even while the disk refuses it.</summary>
    public void Record(JournalEvent what)
    {
        lock (_gate) Apply(_journal.Record(what));
    }

    /// <inheritdoc cref="Journal.TryMend"/>
    public bool TryMend()
    {
        lock (_gate)
        {
            if (_journal.Failure.Length == 0) return true;
            if (!_journal.TryMend()) return false;
            Fold();
            return true;
        }
    }

    void Fold()
    {
        (_orders, _byNumber, Halt, Stop) = (new(StringComparer.Ordinal), [], null, null);
        foreach (var entry in _journal.Entries) Apply(entry);
    }

    void Apply(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case IntentMade made:
                _orders.TryAdd(made.Intent.Id, new OrderLife(made.Intent, entry.At));
                break;
            case OrderEvent change when _orders.TryGetValue(change.Id, out var before):
                var after = _orders[change.Id] = before.After(entry);
                if (after.OrderId is { } number) _byNumber[number] = after.Id;
                break;
            case Halted halted:
                Halt = halted;
                break;
            case HaltCleared:
                Halt = null;
                break;
            case EntriesStopped stopped:
                Stop = stopped;
                break;
            case EntriesResumed:
                Stop = null;
                break;
        }
    }

    /// <summary>The program had ended before these had an outcome. What was on its way is unknown; so is, where the journal's end is missing, what was about to be.</summary>
    void TakeUp()
    {
        foreach (var order in Orders)
        {
            if (order.State == OrderState.Sending) Write(new BecameUnknown(order.Id, "the program ended while this was on its way to the broker"));
            else if (order.State != OrderState.Drafted) continue;
            else if (_journal.WasCut) Write(new BecameUnknown(order.Id, "the journal's line about what became of this is missing"));
            else Write(new Refused(order.Id, "the program ended before this was sent", null));
        }
    }
}
