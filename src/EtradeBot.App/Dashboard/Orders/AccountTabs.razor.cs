using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Orders;

public sealed partial class AccountTabs : IDisposable
{
    static readonly string[] Tabs = ["orders", "fills", "positions"];
    static readonly TimeSpan OldAccount = TimeSpan.FromSeconds(60);

    IDisposable? _subscription;
    ITimer? _second;
    long _readBefore;

    [Parameter] public EventCallback<Symbol> OnSelect { get; set; }

    /// <summary>Orders, fills or positions.</summary>
    [SupplyParameterFromQuery(Name = "tab")] public string? TabText { get; set; }

    [SupplyParameterFromQuery(Name = "symbol")] public string? SymbolText { get; set; }

    [Inject] OrderDesk Desk { get; set; } = null!;

    [Inject] LiveState Live { get; set; } = null!;

    [Inject] PageQuery Query { get; set; } = null!;

    [Inject] TimeProvider Time { get; set; } = null!;

    string Tab => Tabs.Contains(TabText) ? TabText! : "orders";

    string CsvAddress => $"account/{Tab}.csv";

    Symbol? Selected => Symbol.TryParse(SymbolText ?? "", out var asked) ? asked : Live.Symbols is [var first, ..] ? first.Symbol : null;

    /// <summary>Working ones first, each group newest first.</summary>
    IReadOnlyList<BrokerOrder> Orders => [.. Live.Account.Orders.OrderBy(order => order.IsEnded).ThenByDescending(order => order.PlacedAt)];

    PanelState State => Live.Account switch
    {
        { ReadAt: null, Problem.Length: > 0 } account => new PanelState.Error(account.Problem),
        { ReadAt: null } when Live.Session.LinkReason.Length > 0 => new PanelState.Error(Live.Session.LinkReason),
        { ReadAt: null } => new PanelState.Loading(),
        { Orders.Count: 0, Positions.Count: 0 } when Desk.Unknown.Count == 0 && Desk.Fills.Count == 0 => new PanelState.Empty("No orders and no positions yet. Choose a symbol and order in the ticket."),
        { ReadAt: { } at } account when account.Problem.Length > 0 || Time.GetUtcNow() - at > OldAccount => new PanelState.Stale(Time.GetUtcNow() - at, account.Problem),
        _ => PanelState.Ok,
    };

    protected override void OnInitialized()
    {
        _readBefore = Desk.News is [.., var last] ? last.Number : 0;
        _subscription = Live.Subscribe(LiveTopics.Account | LiveTopics.Watchlist | LiveTopics.Session, _ => InvokeAsync(StateHasChanged));
        Desk.Changed += Notice;
        _second = Time.CreateTimer(_ => Notice(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    void Choose(string tab) => Query.Set("tab", tab);

    /// <summary>The latest that has come since this page was opened: read out once, as it appears.</summary>
    string Said(bool isUrgent) => Desk.News.LastOrDefault(news => news.Number > _readBefore && news.IsUrgent == isUrgent)?.Words ?? "";

    int Count(string tab) => tab switch
    {
        "fills" => Desk.Fills.Count,
        "positions" => Live.Account.Positions.Count,
        _ => Live.Account.Orders.Count(order => !order.IsEnded),
    };

    static string Name(string tab) => char.ToUpperInvariant(tab[0]) + tab[1..];

    void Notice() => _ = InvokeAsync(StateHasChanged);

    public void Dispose()
    {
        _subscription?.Dispose();
        _second?.Dispose();
        Desk.Changed -= Notice;
    }
}
