using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Journal;

/// <summary>Services of the trade journal and the files it hands out.</summary>
static class JournalSetup
{
    public const string LotsRoute = "/journal/lots.csv", TradesRoute = "/journal/trades.csv";

    public static void AddTo(IServiceCollection services) => services
        .AddSingleton<DecidedPrices>()
        .AddSingleton(provider => new TradeNotes(provider.GetRequiredService<TradingRecord>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()));

    public static void Map(WebApplication app)
    {
        app.MapGet(LotsRoute, (TradingRecord record) => Csv("lots", () => JournalCsv.Lots(TaxLots.Of(FillFold.Of(record.Past().Entries)))));
        app.MapGet(TradesRoute, (TradingRecord record, TradeNotes notes) => Csv("trades", () => JournalCsv.Trades(TradeFold.Of(record.Past().Entries), notes.Read())));
    }

    static IResult Csv(string name, Func<string> text)
    {
        try
        {
            return Results.File(System.Text.Encoding.UTF8.GetBytes(text()), "text/csv; charset=utf-8", $"{name}.csv");
        }
        catch (IOException problem)
        {
            return Results.Text(problem.Message, statusCode: StatusCodes.Status500InternalServerError);
        }
    }
}
