using EtradeBot.Trading;

namespace EtradeBot.Brokers;

/// <summary>A stretch of prices an order may fill in: a candle, or a part of one. Dollars.</summary>
readonly record struct Stretch(double Open, double High, double Low, double Close)
{
    /// <summary>Three legs that each move one way: to the extreme nearer to the open, to the other one, to the close.</summary>
    public ReadOnlySpan<Stretch> Path()
    {
        var (first, second) = High - Open < Open - Low ? (High, Low) : (Low, High);
        return new[] { Leg(Open, first), Leg(first, second), Leg(second, Close) };

        static Stretch Leg(double from, double to) => new(from, Math.Max(from, to), Math.Min(from, to), to);
    }
}

/// <summary>When the position of a stretch was entered.</summary>
enum EntryTiming
{
    /// <summary>Before the stretch began, or at its first price.</summary>
    Before,

    /// <summary>By a limit order within it: the price fell to a buy limit, so what lies beyond came after.</summary>
    ByLimit,

    /// <summary>By a stop order within it.</summary>
    ByStop,
}

/// <summary>At which price an order fills: the product's one fill model. Null: it does not.</summary>
static class Touch
{
    /// <summary>At the first price of a candle. A price already beyond the order's level is a gap: it fills at the open, for a
    /// stop worse than its level, for a limit better.</summary>
    public static double? AtOpen(PaperOrder order, double open)
    {
        var sign = order.Order.Side.Sign();
        switch (order.Order.Type)
        {
            case OrderType.Market:
                return open;
            case OrderType.Limit:
                return sign * (open - order.LimitPrice) <= 0 ? open : null;
            case OrderType.Stop or OrderType.TrailingStop:
                if (order.IsTriggered) return open;
                return sign * (open - order.StopPrice) >= 0 ? open : null;
            default:
                order.IsTriggered |= sign * (open - order.StopPrice) >= 0;
                return order.IsTriggered && sign * (open - order.LimitPrice) <= 0 ? open : null;
        }
    }

    /// <summary>Between open and close. A limit must be traded through: a touch fills only those ahead in the queue. A stop needs a touch.</summary>
    public static double? Within(PaperOrder order, in Stretch stretch)
    {
        var isBuy = order.Order.Side == Side.Buy;
        switch (order.Order.Type)
        {
            case OrderType.Market:
                return null;
            case OrderType.Limit:
                return Through(order.LimitPrice, isBuy, stretch);
            case OrderType.Stop or OrderType.TrailingStop:
                var level = order.StopPrice;
                return (isBuy ? stretch.High >= level : stretch.Low <= level) ? level : null;
            default:
                return StopLimit(order, isBuy, stretch);
        }
    }

    static double? Through(double limit, bool isBuy, in Stretch stretch) =>
        (isBuy ? stretch.Low < limit : stretch.High > limit) ? limit : null;

    static double? StopLimit(PaperOrder order, bool isBuy, in Stretch stretch)
    {
        var limit = order.LimitPrice;
        if (order.IsTriggered) return Through(limit, isBuy, stretch);
        var level = order.StopPrice;
        if (isBuy ? stretch.High < level : stretch.Low > level) return null;
        order.IsTriggered = true;
        // Reached from the far side, the market stands at the stop level: a limit at or beyond it fills there. A limit short
        // of it needs the price to come back after the trigger, which only the close can prove.
        if (isBuy ? limit >= level : limit <= level) return level;
        return (isBuy ? stretch.Close < limit : stretch.Close > limit) ? limit : null;
    }
}
