using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>Messages that go with a success.</summary>
static class Notes
{
    public static readonly BrokerNote SameSideIsOpen = new(1042, "An open order on the same side of this security already exists.");

    public static readonly BrokerNote CancelInProcess = new(5011, "The cancel request is in process; check open orders for the outcome.");

    static readonly BrokerNote InSession = new(1026, "Order entered during the regular session.");
    static readonly BrokerNote OutOfSession = new(1027, "Order entered outside the regular session.");

    public static BrokerNote Entered(MarketPhase phase) => phase == MarketPhase.Regular ? InSession : OutOfSession;
}
