using System.Globalization;
using System.Text;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.Execution.World;

/// <summary>A small program that lives in a virtual world: logs in, and in each round lists, asks for quotes, previews, places, looks and cancels.
/// It writes down what it is about to do, and does no more than that.</summary>
sealed class SmallProgram(VirtualWorld world, int rounds)
{
    const string Journal = "journal";

    static readonly Symbol Symbol = Symbol.Parse("AAPL");

    AccessToken? _token;

    public async Task RunAsync(VirtualProcess process)
    {
        using var client = new ETradeClient(Options(process), _token);
        client.Session.TokenChanged += token => _token = token;
        if (client.Session.Token is null) await Person.LogInAsync(world, client.Session);
        var account = (await client.AccountsAsync())[0].Key;
        for (var round = Done(process); round < rounds; round++)
        {
            try
            {
                await RoundAsync(client, process, (account, round));
            }
            catch (BrokerException problem)
            {
                Note(process, $"trouble {problem.Fault} {problem.Fate}");
                if (client.Session.Token is null) await Person.LogInAsync(world, client.Session);
            }
            await Task.Delay(TimeSpan.FromSeconds(5), process.Clock);
        }
    }

    static async Task RoundAsync(ETradeClient client, VirtualProcess process, (string Account, int Number) round)
    {
        var account = round.Account;
        await client.OrdersAsync(account);
        var quotes = (await client.QuotesAsync([Symbol])).Quotes;
        var limit = Math.Max(1, Math.Round((decimal)(quotes.Count > 0 ? quotes[0].Last ?? 100 : 100) * (round.Number % 2 == 0 ? 0.9m : 1.01m), 2));
        var ticket = new OrderTicket($"P{process.Number}R{round.Number}", Symbol, OrderAction.Buy, 1 + round.Number % 3, OrderPriceType.Limit) { Limit = limit };
        var preview = await client.PreviewAsync(account, ticket);
        Note(process, $"sending {ticket.ClientOrderId}");
        var placed = await client.PlaceAsync(account, preview);
        Note(process, $"placed {placed.OrderId}");
        await Task.Delay(TimeSpan.FromSeconds(2), process.Clock);
        await client.OrderAsync(account, placed.OrderId);
        if (round.Number % 2 == 0) await client.CancelAsync(account, placed.OrderId);
        await client.PortfolioAsync(account);
        await client.BalanceAsync(account);
    }

    static ETradeOptions Options(VirtualProcess process) => new()
    {
        Environment = ETradeEnvironment.Simulator,
        Consumer = new ConsumerKey("simulator-key", "simulator-secret"),
        BaseUrl = new Uri("http://localhost"),
        Time = process.Clock,
        Jitter = process.Jitter,
        Transport = process.NewTransport,
    };

    /// <summary>Rounds that were begun, of all lives.</summary>
    static int Done(VirtualProcess process) =>
        process.Disk.Read(Journal) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n').Count(line => line.Contains("sending", StringComparison.Ordinal)) : 0;

    static void Note(VirtualProcess process, string what) =>
        process.Disk.Append(Journal, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{process.Clock.GetUtcNow():O} {what}\n")));
}
