namespace EtradeBot.App.Hosting.Live;

/// <summary>Shows every new price to the alerts, whether a page is open or not.</summary>
sealed class PriceAlertWatch(LiveState live, PriceAlerts alerts) : IHostedService, IDisposable
{
    IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = live.Subscribe(LiveTopics.Quotes, _ =>
        {
            alerts.See(live.Session.Feed, live.Symbols.Where(facts => facts.Quote?.Last is not null).Select(facts => (facts.Symbol, (double)facts.Quote!.Last!.Value)));
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();
}
