using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Settings;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>Follows the session's link once a second, for its countdown.</summary>
public sealed partial class BrokerSection : IDisposable
{
    static readonly string[] Names =
    [
        SettingRule.Environment, SettingRule.SandboxConsumerKey, SettingRule.SandboxConsumerSecret, SettingRule.ConsumerKey, SettingRule.ConsumerSecret, SettingRule.BaseUrl,
    ];

    IDisposable? _subscription;
    ITimer? _second;

    [CascadingParameter] public Appearance Look { get; set; } = new();

    [Inject] LiveState Live { get; set; } = null!;

    [Inject] BrokerLogin Login { get; set; } = null!;

    [Inject] TimeProvider Time { get; set; } = null!;

    SessionFacts Session => Live.Session;

    bool AreDelayed => Live.Symbols.Any(facts => facts.Quote is { Status: QuoteStatus.Delayed });

    string LinkWords => Session.Link switch
    {
        BrokerLink.Up => $"Connected with {Session.Broker}.",
        BrokerLink.Connecting => "Connecting.",
        BrokerLink.NeedsLogin => "A login is needed: the two steps below.",
        BrokerLink.NotConfigured => "A setting is missing.",
        _ => "The broker does not answer; it is tried again without end.",
    };

    protected override void OnInitialized()
    {
        if (!RendererInfo.IsInteractive) return;
        _subscription = Live.Subscribe(LiveTopics.Session, _ => InvokeAsync(StateHasChanged));
        _second = Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _second?.Dispose();
    }

    static string Mode(Func<string, string> lookup) => lookup(SettingRule.Environment) switch
    {
        "production" => "LIVE",
        "sandbox" => "SANDBOX",
        SettingRule.Paper => "PAPER",
        _ => "SIMULATED",
    };

    static string Words(Func<string, string> lookup) => (lookup(SettingRule.Environment), lookup(SettingRule.BaseUrl)) switch
    {
        ("production", "") => "Real accounts and real money at E*TRADE. It needs the production keys and a login each day.",
        (SettingRule.Paper, "") => "Quotes of the real market over your E*TRADE login; orders stay in this program, which fills them against those quotes. It needs the production keys and a login each day.",
        (SettingRule.Paper, var server) => $"Quotes of the server at {server}; orders stay in this program, which fills them against those quotes.",
        ("sandbox", "") => "E*TRADE's sandbox gives stored answers: nothing moves and no order is real. It needs the sandbox keys and a login each day.",
        ("simulator", "") => "A simulated market and a simulated broker within this program. It needs nothing.",
        ("simulator", var server) => $"The simulator at {server}, a program of its own. It needs a login in two steps.",
        (_, var server) => $"The server at {server} answers in E*TRADE's place, with the keys and the login of this environment.",
    };
}
