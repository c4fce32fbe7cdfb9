using EtradeBot.Execution.Limits.Losses;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>May the program trade at all, and this symbol?</summary>
static class StateGates
{
    public static void Judge(SendRequest request, GateSheet sheet)
    {
        var (order, desk) = (request.Order, request.Desk);
        sheet.Stage = GateStage.State;
        Trust(order, desk, sheet);
        sheet.Entry("kill", !desk.IsKilled, desk.IsKilled ? "kill was pressed: a person has to clear it" : "kill is not pressed");
        LossHaltOf(request.Account.Losses, sheet);
        sheet.Entry("login", desk.IsLoggedIn, desk.IsLoggedIn ? "the login holds" : "the login has ended: log in again");
        sheet.Entry("clock", new Measure(Seconds(desk.ClockSkew?.Duration()), Seconds(request.Limits.ClockSkew)!.Value, "seconds", "this computer's clock is off"));
        var isReviewed = !desk.IsLive || request.Limits.ReviewedAt is not null;
        sheet.Entry("limits-review", isReviewed, isReviewed ? "the limits may be used" : "real money needs limits that a person has reviewed: set reviewedAt and reviewedBy in limits.json");
        var unknown = request.Account.Orders.Where(open => open.IsUnknown && open.Symbol == order.Symbol).Select(open => open.Key).ToList();
        sheet.Entry("unresolved-order", unknown.Count == 0, unknown.Count == 0 ? $"every order of {order.Symbol} is known" : $"nobody knows whether the broker has order {string.Join(", ", unknown)} of {order.Symbol}");
    }

    static void Trust(AskedOrder order, DeskPicture desk, GateSheet sheet)
    {
        // A frozen program does not know what it holds: its exit might be an unintended short. A person may look for himself.
        var passes = order.IsExit ? desk.State != Readiness.Frozen || order.IsByPerson : desk.State == Readiness.Ready;
        var why = desk.StateReason.Length == 0 ? "" : $": {desk.StateReason}";
        sheet.Always("readiness", passes, $"the program is {desk.State}{why}");
    }

    static void LossHaltOf(LossState losses, GateSheet sheet)
    {
        var words = losses switch
        {
            { Halt: not LossHalt.None } => $"{losses.HaltReason}: a person has to clear it",
            { Suspected: not null } => "the last account value would halt trading: it waits for a second one",
            _ => "no loss has halted trading",
        };
        sheet.Entry("loss-halt", losses is { Halt: LossHalt.None, Suspected: null }, words);
    }

    internal static decimal? Seconds(TimeSpan? span) => span is { } value ? (decimal)value.Ticks / TimeSpan.TicksPerSecond : null;
}
