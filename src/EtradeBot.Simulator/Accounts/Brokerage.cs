using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.Market;
using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>The simulated broker: three accounts of one customer, matched against a market. The same seed gives the same books.</summary>
/// <remarks>Not kept: pattern-day-trader rules, margin calls and interest, dividends, and the sixty days after which the real broker drops
/// good-until-cancel orders.</remarks>
sealed class Brokerage : IBrokerage
{
    static readonly JsonSerializerOptions Json = new()
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    readonly SimulatorOptions _options;
    readonly IMarket _market;
    readonly FaultPlan _faults;
    readonly HashSet<StockSplit> _toldSplits = [];
    BackOffice _office;
    OrderDesk _orders;
    CancelDesk _cancels;
    Matcher _matcher;
    OutsideHands _outside;

    public Brokerage(SimulatorOptions options, IMarket market, FaultPlan faults, DateTimeOffset now)
    {
        (_options, _market, _faults) = (options, market, faults);
        Open(new OfficeState
        {
            Version = OfficeState.PresentVersion,
            Seed = options.Seed,
            Now = now,
            Books = AccountOpening.Open(options, now),
        });
    }

    /// <inheritdoc cref="OrderDesk.RefusesDuplicateClientOrderIds"/>
    public bool RefusesDuplicateClientOrderIds
    {
        get => _orders.RefusesDuplicateClientOrderIds;
        set => _orders.RefusesDuplicateClientOrderIds = value;
    }

    public IReadOnlyList<CustomerAccount> Accounts => [.. _office.State.Books.Select(book => book.Account)];

    public void AdvanceTo(DateTimeOffset now)
    {
        _matcher.AdvanceTo(now);
        _outside.Act();
    }

    public long Happenings => _office.State.Sequence + _office.State.Executions;

    public Outcome<BalanceSheet> Balance(string accountKey)
    {
        if (_office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        return _faults.Strike("wrong-account", "balance") is null ? Funds.Sheet(_office, book) : Funds.Empty(book.Account);
    }

    public Outcome<IReadOnlyList<HeldPosition>> Positions(string accountKey)
    {
        if (_office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        if (_faults.Strike("wrong-account", "portfolio") is not null) return Outcome.Of<IReadOnlyList<HeldPosition>>([]);
        var calendar = MarketCalendar.Nyse;
        var today = calendar.DayOf(_office.Now);
        return Outcome.Of<IReadOnlyList<HeldPosition>>([.. book.Ledger.Positions.Select(position => position.Shown(today, calendar.DayOf))]);
    }

    public Outcome<IReadOnlyList<CustomerTransaction>> Transactions(string accountKey)
    {
        if (_office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        return Outcome.Of(book.Ledger.Shown(_office.Now));
    }

    public Outcome<PreviewTicket> Preview(string accountKey, OrderRequest request) => _orders.Preview(accountKey, request, changes: null);

    public Outcome<PlacedTicket> Place(string accountKey, OrderRequest request, long? previewId) =>
        _orders.Place(accountKey, request, previewId, changes: null);

    public Outcome<PreviewTicket> PreviewChange(string accountKey, long orderId, OrderRequest request) =>
        _orders.Preview(accountKey, request, orderId);

    public Outcome<PlacedTicket> PlaceChange(string accountKey, long orderId, OrderRequest request, long? previewId) =>
        _orders.Place(accountKey, request, previewId, orderId);

    public Outcome<CancelTicket> Cancel(string accountKey, long orderId) => _cancels.Cancel(accountKey, orderId);

    public Outcome<IReadOnlyList<CustomerOrder>> Orders(string accountKey)
    {
        if (_office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        return Outcome.Of<IReadOnlyList<CustomerOrder>>([.. book.Orders.AsEnumerable().Reverse().Select(order => order.ShownAt(_office.Now)).OfType<CustomerOrder>()]);
    }

    public Outcome<CustomerOrder> Order(string accountKey, long orderId)
    {
        if (_office.BookOf(accountKey) is not { } book) return Refusals.UnknownAccount;
        return book.Find(orderId)?.ShownAt(_office.Now) is { } order ? order : Refusals.UnknownOrder;
    }

    /// <exception cref="ArgumentException">No account has that key.</exception>
    public IReadOnlyList<CustomerOrder> EveryOrder(string accountKey) =>
        _office.BookOf(accountKey) is { } book
            ? [.. book.Orders.Select(order => order.Order)]
            : throw new ArgumentException("no account has that key", nameof(accountKey));

    /// <inheritdoc cref="EveryOrder"/>
    public (decimal Cash, IReadOnlyList<(string Ticker, int Shares)> Held) EveryShare(string accountKey) =>
        _office.BookOf(accountKey) is { Ledger: var ledger }
            ? (ledger.Cash, [.. ledger.Positions.Select(position => (position.Ticker, position.IsShort ? -position.Shares : position.Shares))])
            : throw new ArgumentException("no account has that key", nameof(accountKey));

    /// <summary>Everything, as JSON, for <see cref="Load"/>.</summary>
    public string Save() => JsonSerializer.Serialize(_office.State, Json);

    /// <summary>Goes on from a saved state, whatever was before, accounts and seed included.</summary>
    /// <exception cref="FormatException">The text is not a state saved by this version; nothing has changed then.</exception>
    public void Load(string json)
    {
        OfficeState? state;
        try
        {
            state = JsonSerializer.Deserialize<OfficeState>(json, Json);
        }
        catch (JsonException error)
        {
            throw new FormatException($"the accounts of the simulator cannot be read: {error.Message}", error);
        }
        if (state?.Version != OfficeState.PresentVersion)
            throw new FormatException($"the accounts of the simulator were saved in version {state?.Version} of the format, this program reads version {OfficeState.PresentVersion}");
        TellSplits(state);
        Open(state);
    }

    /// <summary>A market that starts anew does not know of the splits of before; one that goes on must not carry them out twice.</summary>
    void TellSplits(OfficeState state)
    {
        _toldSplits.UnionWith(_office.State.Splits);
        foreach (var split in state.Splits)
            if (_toldSplits.Add(split) && OrderRules.SymbolOf(split.Ticker) is { } symbol && _market.Lists(symbol))
                _market.Split(symbol, split.Ratio, split.At);
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_office), nameof(_orders), nameof(_cancels), nameof(_matcher), nameof(_outside))]
    void Open(OfficeState state)
    {
        var refuses = _orders?.RefusesDuplicateClientOrderIds ?? false;
        _office = new BackOffice(_market, _faults, state) { VisibleAfterSeconds = _options.VisibleAfterSeconds };
        _orders = new OrderDesk(_office) { RefusesDuplicateClientOrderIds = refuses };
        _cancels = new CancelDesk(_office);
        _matcher = new Matcher(_office);
        _outside = new OutsideHands(_office);
    }
}
