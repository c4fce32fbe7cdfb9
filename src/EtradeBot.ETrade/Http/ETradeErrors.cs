using System.Collections.Frozen;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>What one of the broker's error numbers means.</summary>
/// <param name="Happened">Half a sentence, as after "Could not place the order: ".</param>
/// <param name="Remedy">What to do, as a sentence.</param>
sealed record ETradeError(int Code, BrokerFault Fault, string Happened, string Remedy)
{
    /// <summary>
    /// With a 4xx status it proves that a request to place, change or cancel had no effect. False for the numbers that say
    /// "timed out", "not available" or "passing": they have been seen with orders that stood all the same.
    /// </summary>
    public bool ProvesNoEffect { get; init; } = true;

    public RetryRule Retry { get; init; } = RetryRule.Never;
}

/// <summary>The broker's error numbers, as far as public material names them. Texts change: the number counts.</summary>
static class ETradeErrors
{
    const string ChooseAccount = "'etrade-bot accounts' lists the accounts of this login.";
    const string PreviewAgain = "Preview the order again, then place it within three minutes.";
    const string LookAtOrders = "Look at the order's state before doing anything else.";

    static readonly ETradeError ForeignAccount = new(100, BrokerFault.Refused, "the account key belongs to another user", ChooseAccount) { ProvesNoEffect = false };

    static readonly FrozenDictionary<int, ETradeError> ByCode = new ETradeError[]
    {
        new(100, BrokerFault.Unavailable, "the broker's service is not available", "Try again in a few minutes.") { ProvesNoEffect = false, Retry = RetryRule.BackOff },
        new(101, BrokerFault.TryAgain, "the preview is too old or the order differs from it", PreviewAgain) { ProvesNoEffect = false },
        new(102, BrokerFault.Refused, "the account key is not valid", ChooseAccount),
        new(105, BrokerFault.UnexpectedReply, "the broker has no records", "Nothing has to be done.") { ProvesNoEffect = false },
        new(163, BrokerFault.TryAgain, "the broker could not process the request just then", "Try again in a second.") { ProvesNoEffect = false, Retry = RetryRule.OnceLater },
        new(167, BrokerFault.Refused, "fewer shares are free than the order sells", "Look at the position and its open orders, then sell what is free."),
        new(253, BrokerFault.Refused, "this login has no access to the account", ChooseAccount),
        new(670, BrokerFault.Unavailable, "the broker is under maintenance", "Try again in a few minutes.") { ProvesNoEffect = false, Retry = RetryRule.BackOff },
        new(900, BrokerFault.TryAgain, "the broker does not know the preview", PreviewAgain),
        new(1019, BrokerFault.Refused, "the broker does not know the symbol", "Check the ticker, for example with 'etrade-bot quote'."),
        new(1021, BrokerFault.Refused, "the account has not enough money for the order", "Buy fewer shares or free money first."),
        Success(1026, "the broker says that an order was entered, but as an error"),
        Success(1027, "the broker says that an order was entered outside market hours, but as an error"),
        new(1033, BrokerFault.TryAgain, "the preview is too old", PreviewAgain) { ProvesNoEffect = false },
        new(1037, BrokerFault.Refused, "not enough shares are free: open sell orders reserve theirs", "Cancel or reduce the open sell orders of this symbol first."),
        Success(1042, "the broker warns of an open order on the same side, but as an error"),
        new(1508, BrokerFault.TryAgain, "the broker has no price for the symbol just then", "Try again in a second.") { Retry = RetryRule.OnceLater },
        new(1516, BrokerFault.TryAgain, "an open buy order has to fill before this sale", "Wait for the buy order, or cancel it."),
        new(1524, BrokerFault.TryAgain, "the order is still being updated", "Try again in a second.") { Retry = RetryRule.OnceLater },
        StopOutOfRange(2084),
        StopOutOfRange(2085),
        Success(4186, "the broker says that a cancel is on its way, but as an error"),
        new(5001, BrokerFault.Refused, "the order is being executed or was rejected, and cannot be cancelled any more", LookAtOrders),
        Success(5011, "the broker says that a cancel is on its way, but as an error"),
        new(7001, BrokerFault.Refused, "the account is not valid", ChooseAccount),
        new(7002, BrokerFault.Refused, "the kind of institution is not valid", ChooseAccount),
    }.ToFrozenDictionary(error => error.Code);

    public static IReadOnlyCollection<ETradeError> All { get; } = [.. ByCode.Values, ForeignAccount];

    /// <summary>"No records": an empty answer in the dress of an error.</summary>
    public const int NoRecords = 105;

    /// <returns>Null for a number that is not in the catalogue.</returns>
    public static ETradeError? Find(int code, int httpStatus)
    {
        // The one number with two meanings, told apart by the status.
        if (code == 100 && httpStatus is >= 400 and < 500) return ForeignAccount;
        return ByCode.GetValueOrDefault(code);
    }

    /// <summary>Numbers that go with success: as an error they prove nothing.</summary>
    static ETradeError Success(int code, string happened) => new(code, BrokerFault.UnexpectedReply, happened, LookAtOrders) { ProvesNoEffect = false };

    static ETradeError StopOutOfRange(int code) =>
        new(code, BrokerFault.Refused, "the stop price is out of range", "A buy stop has to be above the ask, a sell stop below the bid, by a cent at least.");
}
