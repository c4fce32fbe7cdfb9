using EtradeBot.Execution.Orders;
using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Sessions;

/// <summary>The broker's books against the journal: every order once, known, attributed, and every share counted.</summary>
static class BookRules
{
    /// <summary>A little more than the longest time between two looks of the program.</summary>
    static readonly TimeSpan Unseen = TimeSpan.FromSeconds(15);

    public static IEnumerable<string> Broken(Evidence evidence) =>
        Doubles(evidence).Concat(Names(evidence)).Concat(evidence.Tickers.SelectMany(ticker => Shares(evidence, ticker))).Concat(Attribution(evidence));

    static IEnumerable<string> Doubles(Evidence evidence)
    {
        foreach (var twice in evidence.Own.GroupBy(order => order.ClientOrderId).Where(group => group.Count() > 1))
            yield return $"I1: {twice.Count()} orders of the intent {twice.Key}: {string.Join(", ", twice.Select(order => order.OrderId))}";
    }

    static IEnumerable<string> Names(Evidence evidence)
    {
        var testimony = evidence.Testimony;
        foreach (var order in evidence.Own)
        {
            var isEntry = Evidence.Sign(order) > 0;
            var isKnown = testimony.ByHand.Contains(order.ClientOrderId) || (isEntry ? testimony.Wishes.Any(wish => wish.Name == order.ClientOrderId) : testimony.Names.Contains(order.ClientOrderId));
            if (!isKnown) yield return $"I1: nobody has asked for the order {order.OrderId} ({order.ClientOrderId})";
            else if (evidence.Trader.Book.Find(order.ClientOrderId) is null) yield return $"I8: the order {order.OrderId} ({order.ClientOrderId}) is not in the journal";
        }
        foreach (var life in evidence.Trader.Book.Orders)
        {
            var taken = evidence.World.Ledger.Account(evidence.Program.Account).Orders.FirstOrDefault(order => order.OrderId == life.OrderId);
            if (taken is not null && taken.ClientOrderId != life.Id && !(taken.IsForeign && evidence.Mistaken.Contains(taken.Ticker))) yield return $"I12: the journal takes the order {taken.OrderId} ({taken.ClientOrderId}) for {life.Id}";
        }
    }

    /// <summary>Who cannot read the broker must say so, and cannot know more.</summary>
    static IEnumerable<string> Attribution(Evidence evidence)
    {
        if (evidence.IsBlind) yield break;
        foreach (var order in evidence.Own.Where(order => order.Executions.Count > 0 && !evidence.Mistaken.Contains(order.Ticker)))
        {
            if (evidence.Trader.Book.Find(order.ClientOrderId) is not { } life || life.OrderId == order.OrderId || IsPuzzle(life, order)) continue;
            yield return $"I2: the order {order.OrderId} ({order.ClientOrderId}) filled, and the journal has it as {life.State} {life.OrderId}";
        }
    }

    /// <summary>The program has said that a person must tell whether this order is the one whose answer was lost, and lets no entry out until then.</summary>
    static bool IsPuzzle(OrderLife life, TrueOrder order) => life.State == OrderState.Unknown && life.Candidates.Contains(order.OrderId);

    static IEnumerable<string> Shares(Evidence evidence, string ticker)
    {
        var executions = evidence.Own.Where(order => order.Ticker == ticker)
            .SelectMany(order => order.Executions.Where(execution => !execution.IsTakenBack).Select(execution => (execution.At, execution.Id, Delta: Evidence.Sign(order) * execution.Shares)));
        var (held, couldBeTold) = (0, new List<int>());
        foreach (var (at, _, delta) in executions.OrderBy(execution => execution.At).ThenBy(execution => execution.Id))
        {
            // The program looks every ten seconds, and lists show an order late: of what happened since it cannot know.
            if (at >= evidence.Now - Unseen - evidence.VisibleAfter) couldBeTold.Add(held);
            held += delta;
            if (held < 0) yield return $"I5: {held} {ticker} at {at:O}";
        }
        if (evidence.IsBlind) yield break;
        var told = evidence.Trader.Book.Orders.Where(order => order.Intent.Symbol.Ticker == ticker).Sum(order => order.Delta);
        var puzzling = evidence.Own.Where(order => order.Ticker == ticker && evidence.Trader.Book.Find(order.ClientOrderId) is { } life && IsPuzzle(life, order))
            .Sum(order => Evidence.Sign(order) * order.Executions.Where(execution => !execution.IsTakenBack).Sum(execution => execution.Shares));
        if (told != held && told != held - puzzling && !couldBeTold.Contains(told)) yield return $"I3: the broker's books say {held} {ticker}, the journal {told}";
    }
}
