using EtradeBot.Brokers;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

public sealed class TicketRulesTests
{
    static readonly OrderTicket Market = Endpoint.Ticket with { PriceType = OrderPriceType.Market, Limit = null };

    public static TheoryData<string, OrderTicket> Mistakes => new()
    {
        { "1 to 20 letters and digits", Market with { ClientOrderId = "" } },
        { "1 to 20 letters and digits", Market with { ClientOrderId = "a-b" } },
        { "1 to 20 letters and digits", Market with { ClientOrderId = "abcdefghijklmnopqrstu" } },
        { "1 to 20 letters and digits", Market with { ClientOrderId = "größe" } },
        { "0 shares", Market with { Shares = 0 } },
        { "-5 shares", Market with { Shares = -5 } },
        { "needs a limit price", Endpoint.Ticket with { Limit = null } },
        { "takes no limit price", Market with { Limit = 10m } },
        { "takes no stop price", Endpoint.Ticket with { Stop = 10m } },
        { "takes no trail price", Market with { Trail = 1m } },
        { "needs a stop price", Market with { PriceType = OrderPriceType.Stop } },
        { "needs a limit price", Market with { PriceType = OrderPriceType.StopLimit, Stop = 10m } },
        { "needs a trail price", Market with { PriceType = OrderPriceType.TrailingStopAmount } },
        { "takes no stop price", Market with { PriceType = OrderPriceType.TrailingStopPercent, Trail = 5m, Stop = 10m } },
        { "never be reached", Market with { PriceType = OrderPriceType.TrailingStopPercent, Trail = 100m } },
        { "needs a limit price", Market with { PriceType = OrderPriceType.LimitOnClose } },
        { "above 0", Endpoint.Ticket with { Limit = 0m } },
        { "above 0", Endpoint.Ticket with { Limit = -1m } },
        { "more than 4 decimals", Endpoint.Ticket with { Limit = 1.23456m } },
        { "extended session takes limit orders only", Market with { IsExtendedSession = true } },
        { "goes with limit orders only", Market with { Term = OrderTerm.FillOrKill } },
        { "goes with limit orders only", Market with { Term = OrderTerm.ImmediateOrCancel } },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_before_anything_is_sent(string words, OrderTicket ticket) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(() => TicketRules.Check(ticket)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_ticker_the_broker_spells_otherwise_is_refused_with_the_right_spelling()
    {
        var refusal = Assert.Throws<BrokerException>(() => TicketRules.Check(Market with { Symbol = Symbol.Parse("BRK/B") }));
        Assert.Equal((BrokerFault.Refused, RequestFate.NotSent), (refusal.Fault, refusal.Fate));
        Assert.Contains("BRK.B", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_order_of_the_extended_session_is_fine() => TicketRules.Check(Endpoint.Ticket with { IsExtendedSession = true, Limit = 238.50m });
}
