using System.Globalization;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.App.Hosting.Security;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Trading;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.App.Dashboard.Orders;

public sealed partial class OrderTicket : IDisposable
{
    static readonly TimeSpan OldAccount = TimeSpan.FromSeconds(60);

    readonly CancellationTokenSource _closed = new();
    TicketForm _form = new();
    Symbol _symbol;
    string _prefilled = "";
    double _atr = double.NaN;
    bool _isOpen, _isBusy, _isPlacing, _hasAsked, _hasSize;
    IReadOnlyList<FieldProblem> _problems = [], _refusals = [];
    OrderProposal? _proposal;
    OrderOutcome? _outcome;
    (int Shares, decimal Stop)? _protect;
    IDisposable? _subscription;
    ITimer? _second;

    [Parameter, EditorRequired] public Symbol Symbol { get; set; }

    /// <summary><c>buy</c> or <c>sell</c>: prepares the ticket, as the Close button of a position does.</summary>
    [SupplyParameterFromQuery(Name = "side")] public string? SideText { get; set; }

    [SupplyParameterFromQuery(Name = "shares")] public string? SharesText { get; set; }

    [Inject] OrderDesk Desk { get; set; } = null!;

    [Inject] LiveState Live { get; set; } = null!;

    [Inject] AtrReader Atr { get; set; } = null!;

    [Inject] ActorSource Actors { get; set; } = null!;

    [Inject] TimeProvider Time { get; set; } = null!;

    DateTimeOffset Now => Time.GetUtcNow();

    Quote? Quote => Live.Find(Symbol)?.Quote;

    SizeAnswer Answer { get; set; } = new(0, "");

    PanelState State => Live.Account switch
    {
        { ReadAt: null, Problem.Length: > 0 } account => new PanelState.Error(account.Problem),
        { ReadAt: null } when Live.Session.LinkReason.Length > 0 => new PanelState.Error(Live.Session.LinkReason),
        { ReadAt: null } => new PanelState.Loading(),
        { ReadAt: { } at } account when Now - at > OldAccount => new PanelState.Stale(Now - at, account.Problem),
        _ => PanelState.Ok,
    };

    string Denied => _hasSize ? Answer.Denied : "";

    /// <summary>The order just placed, as the list shows it by now.</summary>
    OrderOutcome? Outcome => _outcome is { Kind: OutcomeKind.Working, OrderId: { } id } working && Live.Account.Orders.FirstOrDefault(order => order.OrderId == id) is { IsEnded: true } order
        ? working with { Kind = order.Status == BrokerOrderStatus.Executed ? OutcomeKind.Filled : OutcomeKind.Rejected, Words = Ended(order) }
        : _outcome;

    string StopHint => SuggestedStop is { } stop ? TicketForm.Text(stop) : "";

    /// <summary>Two average true ranges on the losing side of the entry.</summary>
    decimal? SuggestedStop => Suggested(price => RiskManager.AtrStop(_form.Side, price, _atr));

    decimal? SuggestedTarget => Suggested(price => RiskManager.AtrTarget(_form.Side, price, _atr, 2 * RiskManager.DefaultStopMultiple));

    string Suggestion => SuggestedStop is { } stop
        ? $"2 × ATR (14 d, {Figures.Price(_atr)}): stop {Figures.Price(stop)}, target {Figures.Price(SuggestedTarget)} at twice the risk. Only a size: it places no stop."
        : "No daily candles for an ATR: name a price to size by risk.";

    bool IsExpired => _proposal is { } proposal && Now >= proposal.ExpiresAt;

    string Left => _proposal is { } proposal ? Figures.Countdown(proposal.ExpiresAt - Now) : "";

    IReadOnlyList<(string Label, string Figure)> Arithmetic => OrderFigures.Arithmetic(Answer, _form.Unit);

    IReadOnlyList<(string Label, string Figure)> ReviewRows => _proposal is { } proposal ? OrderFigures.Review(proposal) : [];

    IReadOnlyList<string> BrokerWords => _proposal is { } proposal ? [.. proposal.Preview.Messages.Select(message => $"{message.Type}: {message.Text}")] : [];

    protected override void OnInitialized()
    {
        _subscription = Live.Subscribe(LiveTopics.Quotes | LiveTopics.Account | LiveTopics.Session, _ => InvokeAsync(Refresh));
        Desk.Changed += Notice;
        _second = Time.CreateTimer(_ => Notice(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    protected override async Task OnParametersSetAsync()
    {
        var isNew = _symbol != Symbol;
        if (isNew)
        {
            (_symbol, _proposal, _outcome, _protect, _problems, _hasAsked) = (Symbol, null, null, null, [], false);
            _refusals = [];
            _form = new TicketForm();
        }
        var wish = $"{Symbol}|{SideText}|{SharesText}";
        if (wish != _prefilled)
        {
            _prefilled = wish;
            Prepare();
        }
        if (isNew) await LoadAtrAsync();
    }

    /// <summary>What the address asks for; anything else in it is not for the ticket.</summary>
    void Prepare()
    {
        if (SideText is "buy" or "sell")
        {
            (_form.Side, _proposal, _isOpen) = (SideText == "buy" ? Side.Buy : Side.Sell, null, true);
            if (int.TryParse(SharesText, NumberStyles.None, CultureInfo.InvariantCulture, out var shares)) (_form.Unit, _form.Size) = (SizingKind.Shares, shares.ToString(CultureInfo.InvariantCulture));
        }
        Prefill();
        Recount();
    }

    async Task LoadAtrAsync()
    {
        _atr = double.NaN;
        var asked = Symbol;
        var atr = await Atr.ReadAsync(asked, _closed.Token);
        if (asked == Symbol) _atr = atr;
        Recount();
    }

    void Choose(Side side)
    {
        _form.Side = side;
        (_form.Limit, _form.Stop) = ("", "");
        Prefill();
        Typed();
    }

    void ChooseType()
    {
        if (_form.Type != OrderPriceType.Limit) _form.IsExtended = false;
        Prefill();
        Typed();
    }

    /// <summary>The side of the quote that the order would meet; never over what somebody typed.</summary>
    void Prefill()
    {
        if ((_form.Side == Side.Buy ? Quote?.Ask : Quote?.Bid) is not { } price) return;
        var text = TicketForm.Text(Tick.Round(price, _form.Side));
        if (_form.Limit.Length == 0) _form.Limit = text;
        if (_form.Stop.Length == 0) _form.Stop = text;
    }

    void Refresh()
    {
        if (_form.Limit.Length == 0) Prefill();
        Recount();
        StateHasChanged();
    }

    void Recount()
    {
        var (request, problems) = _form.Read(Symbol, _atr);
        Answer = Desk.Size(request);
        _hasSize = _form.Size.Trim().Length > 0 && problems.All(problem => problem.Field != "size");
        if (_hasAsked) _problems = problems;
    }

    /// <summary>What somebody changes may be what was refused; a new quote is not.</summary>
    void Typed()
    {
        _refusals = [];
        Recount();
    }

    string? Problem(string field) => Problems.FirstOrDefault(problem => problem.Field == field)?.Words;

    /// <summary>What the form itself lacks, then what it was refused for.</summary>
    IEnumerable<FieldProblem> Problems => _problems.Concat(_refusals);

    async Task PreviewAsync()
    {
        if (_isBusy) return;
        (_hasAsked, _outcome, _protect, _refusals) = (true, null, null, []);
        var (request, problems) = _form.Read(Symbol, _atr);
        _problems = problems;
        if (problems.Count > 0) return;
        _isBusy = true;
        try
        {
            switch (await Desk.PreviewAsync(await Actors.CurrentAsync(), request))
            {
                case PreviewAnswer.Ready ready: _proposal = ready.Proposal; break;
                case PreviewAnswer.Refused refused: _refusals = refused.Problems; break;
            }
        }
        catch (NotAllowedException problem)
        {
            _refusals = [new FieldProblem("", problem.Message)];
        }
        finally
        {
            _isBusy = false;
        }
    }

    async Task PlaceAsync()
    {
        if (_isPlacing || _proposal is not { } proposal) return;
        _isPlacing = true;
        try
        {
            _outcome = await Desk.PlaceAsync(await Actors.CurrentAsync(), proposal.Id);
            _protect = Protection(proposal);
            (_proposal, _form.Size, _hasAsked, _problems) = (null, "", false, []);
        }
        catch (NotAllowedException problem)
        {
            _outcome = new OrderOutcome(OutcomeKind.NotSent, problem.Message);
        }
        finally
        {
            _isPlacing = false;
            Recount();
        }
    }

    /// <summary>A long entry with a price to give up at deserves a stop order once it has filled.</summary>
    (int, decimal)? Protection(OrderProposal proposal)
    {
        if (!proposal.Intent.IsEntry || _outcome is not { Kind: OutcomeKind.Filled or OutcomeKind.Working } || _form.Side != Side.Buy) return null;
        if (TicketForm.TryNumber(_form.Protective, out var stop) && RequestRules.PriceProblem(stop) is null) return (proposal.Intent.Shares, stop);
        return SuggestedStop is { } suggested ? (proposal.Intent.Shares, suggested) : null;
    }

    void Protect()
    {
        if (_protect is not { } protect) return;
        _form = new TicketForm { Side = Side.Sell, Type = OrderPriceType.Stop, Term = OrderTerm.GoodUntilCancel, Stop = TicketForm.Text(protect.Stop), Size = protect.Shares.ToString(CultureInfo.InvariantCulture) };
        (_outcome, _protect) = (null, null);
        Recount();
    }

    void Back() => _proposal = _isPlacing ? _proposal : null;

    decimal? Suggested(Func<double, double> price) =>
        _atr > 0 && Answer.Entry > 0 && price(Answer.Entry) is > 0 and var level ? Tick.Round(level, _form.Side.Opposite()) : null;

    static string Ended(BrokerOrder order) => order.Status == BrokerOrderStatus.Executed
        ? $"order {order.OrderId} has filled: {Figures.Count(order.FilledQuantity)} {order.Symbol} at {Figures.Price(order.AveragePrice)}"
        : $"order {order.OrderId} is {order.Status.ToString().ToLowerInvariant()}, {Figures.Count(order.FilledQuantity)} filled";

    static string Upper(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    void Notice() => _ = InvokeAsync(StateHasChanged);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        _subscription?.Dispose();
        _second?.Dispose();
        Desk.Changed -= Notice;
    }
}
