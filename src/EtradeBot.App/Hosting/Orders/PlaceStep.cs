using System.Globalization;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Sends a proposal down the one order path, once, and says what became of it.</summary>
sealed class PlaceStep(DeskState desk)
{
    public async Task<OrderOutcome> SendAsync(TradingDesk trading, OrderProposal proposal)
    {
        var outcome = Closed(trading, proposal) is { Length: > 0 } closed ? new OrderOutcome(OutcomeKind.NotSent, closed) : await PostAsync(trading, proposal);
        if (outcome.OrderId is { } id) outcome = await LookAsync(trading, proposal.Intent, outcome with { OrderId = id });
        trading.Trader.LookSoon();
        trading.Wake();
        if (outcome.Kind is OutcomeKind.Unknown or OutcomeKind.Rejected) desk.Tell($"{proposal.Intent}: {outcome.Words}", isUrgent: true);
        desk.Notice();
        await desk.RefreshAsync();
        return outcome;
    }

    string Closed(TradingDesk trading, OrderProposal proposal)
    {
        var now = desk.Parts.Trading();
        if (desk.Locked(now) is { Length: > 0 } locked) return locked;
        if (!ReferenceEquals(now, trading)) return "the session has changed to another broker or account since the preview: preview again";
        return desk.Now >= proposal.ExpiresAt ? "the preview is older than three minutes: preview again" : "";
    }

    async Task<OrderOutcome> PostAsync(TradingDesk trading, OrderProposal proposal)
    {
        var outcome = await trading.Trader.Path.SendAsync(proposal.Intent, proposal.Preview, CancellationToken.None);
        if (outcome is { Result: SendResult.Accepted, Words.Length: > 0, OrderId: { } different }) desk.Tell($"Order {different} is not what was asked for: {outcome.Words}. Look at it now.", isUrgent: true);
        return outcome.Result switch
        {
            SendResult.Accepted => new OrderOutcome(OutcomeKind.Working, outcome.Words, outcome.OrderId),
            SendResult.Refused => new OrderOutcome(OutcomeKind.Rejected, outcome.Words),
            SendResult.Unknown => new OrderOutcome(OutcomeKind.Unknown, outcome.Words),
            _ => new OrderOutcome(OutcomeKind.NotSent, outcome.Words),
        };
    }

    /// <summary>What the broker says of the order right after it took it.</summary>
    static async Task<OrderOutcome> LookAsync(TradingDesk trading, OrderIntent intent, OrderOutcome outcome)
    {
        var number = outcome.OrderId!.Value;
        try
        {
            var order = await trading.Line.Client.OrderAsync(trading.Line.AccountKey, number);
            return order?.Status switch
            {
                BrokerOrderStatus.Executed => outcome with { Kind = OutcomeKind.Filled, Words = Filled(order) },
                BrokerOrderStatus.Rejected => outcome with { Kind = OutcomeKind.Rejected, Words = $"the broker took order {number} and rejected it afterwards" },
                _ => outcome with { Words = outcome.Words.Length > 0 ? outcome.Words : $"order {number} is working" },
            };
        }
        catch (BrokerException)
        {
            // It is accepted; the list tells the rest in a moment.
            return outcome with { Words = $"the broker has accepted order {number}; {intent} shows in the list soon" };
        }
    }

    static string Filled(BrokerOrder order) =>
        string.Create(CultureInfo.InvariantCulture, $"order {order.OrderId} has filled: {order.FilledQuantity:0.####} {order.Symbol} at {order.AveragePrice:0.00##}");
}
