using EtradeBot.App.Dashboard.Bots;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Engine;
using EtradeBot.Execution;
using EtradeBot.Execution.Bots;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Pages;

/// <summary>Starts and stops the bot, and shows what it does. It runs whether the page is open or not.</summary>
public sealed partial class BotPage
{
    static readonly TimeSpan Old = TimeSpan.FromSeconds(30);

    readonly Dictionary<Symbol, Row> _rows = [];
    readonly Lock _gate = new();
    IReadOnlyList<BotPosition> _positions = [];
    IReadOnlyList<Row> _decisions = [];
    ITimer? _second;
    string _refusal = "";

    [CascadingParameter] public Appearance Look { get; set; } = new();

    PanelState DeskState
    {
        get
        {
            if (Trading.Desk is not { } desk) return Trading.Problem.Length > 0 ? new PanelState.Empty($"Nothing is traded: {Trading.Problem}.") : new PanelState.Loading();
            var age = desk.LastBeatAt is { } at ? desk.Now - at : (TimeSpan?)null;
            return age > Old ? new PanelState.Stale(age.Value, "the trader does not answer") : PanelState.Ok;
        }
    }

    PanelState PositionState => Trading.Desk is null ? new PanelState.Empty("Nothing is traded at present.")
        : _positions.Count == 0 ? new PanelState.Empty("The program holds nothing.") : PanelState.Ok;

    PanelState DecisionState => _decisions.Count > 0 ? PanelState.Ok
        : new PanelState.Empty(Trading.Plan is null ? "Start the bot: it decides at the close of every candle." : "The first decision comes when the next candle closes.");

    static string Words(Readiness readiness) => readiness switch
    {
        Readiness.Ready => "Ready: entries and exits",
        Readiness.NoEntries => "No entries: what is held is managed as planned",
        Readiness.ManageOnly => "The broker cannot be read: stops rest there, nothing new is sent",
        Readiness.ExitsOnly => "Halted: only leaving",
        _ => "Frozen: nothing is sent",
    };

    protected override void OnInitialized()
    {
        if (Trading.Bot?.Last is { } last) Take(last);
        Read();
        if (!RendererInfo.IsInteractive) return;
        Trading.Stepped += Take;
        Trading.Sent += Tell;
        _second = Time.CreateTimer(_ => _ = InvokeAsync(Draw), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        Trading.Stepped -= Take;
        Trading.Sent -= Tell;
        _second?.Dispose();
    }

    void Draw()
    {
        Read();
        StateHasChanged();
    }

    void Read()
    {
        _positions = Trading.Desk is { } desk ? BotPosition.Of(desk) : [];
        lock (_gate) _decisions = Trading.Plan is null ? [] : [.. _rows.Values.OrderBy(row => row.Decision.Symbol)];
    }

    void Take(BotStep step)
    {
        lock (_gate)
            foreach (var decision in step.Step.Decisions)
                _rows[decision.Symbol] = new Row(decision, string.Join("; ", step.Wishes[decision.Symbol].Select(WordsOf)));
    }

    static string WordsOf(WishedOrder wish) => $"{wish.Intent?.ToString() ?? (wish.Order.IsExit ? "leave" : "none")}{(wish.Words.Length > 0 ? $" ({wish.Words})" : "")}";

    void Tell(OrderIntent intent, SendOutcome outcome)
    {
        lock (_gate)
            if (_rows.TryGetValue(intent.Symbol, out var row) && outcome.Result is SendResult.NotSent or SendResult.Refused)
                _rows[intent.Symbol] = row with { Words = $"{intent}: not sent: {outcome.Words}" };
    }

    async Task StopAsync()
    {
        _refusal = "";
        try
        {
            Trading.StopBot(await Actors.CurrentAsync());
        }
        catch (Exception problem) when (problem is NotAllowedException or IOException)
        {
            _refusal = problem.Message;
        }
        Read();
    }

    /// <param name="Words">What became of it.</param>
    sealed record Row(Decision Decision, string Words);
}
