namespace EtradeBot.Simulator.Accounts;

/// <summary>How long the broker takes for what it has accepted: mostly a moment, at times seconds.</summary>
static class OrderDelays
{
    static readonly TimeSpan Least = TimeSpan.FromSeconds(0.1);

    public static TimeSpan Cancel(OfficeState state) => Least + state.DrawDelay(mostSeconds: 3);
}
