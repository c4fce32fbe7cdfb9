using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Api;

/// <summary>What the broker would refuse anyway, or worse, understand in another way.</summary>
static class TicketRules
{
    /// <summary>Below a dollar shares are quoted in hundredths of a cent.</summary>
    const int MostDecimals = 4;

    /// <exception cref="ArgumentException">The ticket contradicts itself.</exception>
    /// <exception cref="BrokerException">The broker has no such ticker.</exception>
    public static void Check(OrderTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var id = ticket.ClientOrderId;
        if (id is null or { Length: 0 or > 20 } || !id.All(char.IsAsciiLetterOrDigit))
            throw Wrong($"the client order id '{id}' must be 1 to 20 letters and digits");
        _ = ApiPaths.Ticker(ticket.Symbol);
        if (ticket.Shares < 1) throw Wrong($"{ticket.Shares} shares cannot be ordered: at least 1");
        var type = ticket.PriceType;
        CheckPrice("limit", ticket.Limit, type is OrderPriceType.Limit or OrderPriceType.StopLimit or OrderPriceType.LimitOnOpen or OrderPriceType.LimitOnClose, type);
        CheckPrice("stop", ticket.Stop, type is OrderPriceType.Stop or OrderPriceType.StopLimit, type);
        CheckPrice("trail", ticket.Trail, type is OrderPriceType.TrailingStopAmount or OrderPriceType.TrailingStopPercent, type);
        if (type == OrderPriceType.TrailingStopPercent && ticket.Trail >= 100) throw Wrong($"a trail of {ticket.Trail} % would never be reached");
        if (ticket.IsExtendedSession && type != OrderPriceType.Limit) throw Wrong($"the extended session takes limit orders only, not {type}");
        if (ticket.Term is OrderTerm.ImmediateOrCancel or OrderTerm.FillOrKill && type != OrderPriceType.Limit)
            throw Wrong($"the term {ticket.Term} goes with limit orders only, not {type}");
    }

    static void CheckPrice(string name, decimal? price, bool isNeeded, OrderPriceType type)
    {
        if (price is null && !isNeeded) return;
        if (price is not { } value) throw Wrong($"an order of the type {type} needs a {name} price");
        if (!isNeeded) throw Wrong($"an order of the type {type} takes no {name} price, but has {value}");
        if (value <= 0 || value > (decimal)Wire.WireNumber.MaxPrice) throw Wrong($"the {name} price {value} must be above 0");
        if (decimal.Round(value, MostDecimals) != value) throw Wrong($"the {name} price {value} has more than {MostDecimals} decimals");
    }

    static ArgumentException Wrong(string why) => new(why);
}
