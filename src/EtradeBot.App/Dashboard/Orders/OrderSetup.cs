using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Orders;

/// <summary>Services of the order panel and the files it hands out.</summary>
static class OrderSetup
{
    public static void AddTo(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(provider => Desk(provider, options));
        services.AddSingleton(provider => AtrReader.Of(provider.GetRequiredService<CandleHistory>()));
        services.AddHostedService<OrderWatch>();
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/account/orders.csv", (LiveState live) => Csv("orders", AccountCsv.Orders(live.Account)));
        app.MapGet("/account/fills.csv", (OrderDesk desk) => Csv("fills", AccountCsv.Fills(desk.Fills)));
        app.MapGet("/account/positions.csv", (LiveState live) => Csv("positions", AccountCsv.Positions(live.Account)));
    }

    static IResult Csv(string name, string text) => Results.File(System.Text.Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", $"{name}.csv");

    static OrderDesk Desk(IServiceProvider provider, DashboardOptions options)
    {
        var session = provider.GetRequiredService<LiveSession>();
        var settings = provider.GetRequiredService<EffectiveSettings>();
        var trading = provider.GetRequiredService<TradingHost>();
        return new OrderDesk(new OrderDeskParts(() => trading.Desk, provider.GetRequiredService<LiveState>(), () => settings.Limits, provider.GetRequiredService<AuditLog>())
        {
            Time = provider.GetRequiredService<TimeProvider>(),
            StateFolder = options.StateFolder,
            Closed = () => trading.Problem,
            LiveLock = () => provider.GetRequiredService<LiveLock>().Forbids(trading.Desk?.Line.Mode),
            Refresh = session.RefreshAccountAsync,
        });
    }
}
