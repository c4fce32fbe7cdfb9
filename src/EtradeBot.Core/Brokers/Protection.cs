using EtradeBot.Trading;

namespace EtradeBot.Brokers;

/// <summary>Makes the exit orders of a position that has just been entered.</summary>
readonly record struct Protection(Account Account, Holding Holding, DateTimeOffset Now)
{
    public Order Stop(decimal level, decimal? trail) =>
        New(trail is null ? OrderType.Stop : OrderType.TrailingStop, (null, level, trail));

    public Order Target(decimal limit) => New(OrderType.Limit, (limit, null, null));

    Order New(OrderType type, (decimal? Limit, decimal? Stop, decimal? Trail) levels) => new()
    {
        Id = Account.NextOrderId(),
        Symbol = Holding.Symbol,
        Side = Holding.Shares > 0 ? Side.Sell : Side.Buy,
        Type = type,
        Shares = Math.Abs(Holding.Shares),
        IsExit = true,
        Limit = levels.Limit,
        Stop = levels.Stop,
        Trail = levels.Trail,
        SubmittedAt = Now,
        Because = type switch { OrderType.Limit => "target", OrderType.TrailingStop => "trailing stop", _ => "stop" },
    };
}
