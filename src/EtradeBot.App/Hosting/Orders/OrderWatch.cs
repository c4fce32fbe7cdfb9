using EtradeBot.App.Hosting.Live;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Keeps the order desk's eyes open at every account reading, whether a page is open or not.</summary>
sealed class OrderWatch(OrderDesk desk, LiveState live) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = live.Subscribe(LiveTopics.Account, _ =>
        {
            desk.Observe();
            return Task.CompletedTask;
        });
        await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
