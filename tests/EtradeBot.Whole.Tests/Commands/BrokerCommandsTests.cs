using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EtradeBot.App.Broker;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.App.Commands;

/// <summary>quote, accounts, orders and portfolio of the built program against a simulator over HTTP.</summary>
public sealed class BrokerCommandsTests : IAsyncLifetime
{
    RunningSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await RunningSimulator.StartAsync();
        _simulator.LogIn();
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    string Place => $"the simulator at {_simulator.Url.AbsoluteUri.TrimEnd('/')}";

    [Fact]
    public void Quotes_are_a_table_under_the_word_SIMULATED()
    {
        var run = _simulator.Run("quote AAPL msft");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"SIMULATED quotes of {Place}", run.Lines[0]);
        Assert.StartsWith("symbol", run.Lines[1], StringComparison.Ordinal);
        Assert.Matches(@"^AAPL +[\d,]+\.\d\d  +([+-]\d+|0)\.\d\d  ", run.Lines[2]);
        Assert.StartsWith("MSFT", run.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_symbols_are_sixty_quotes()
    {
        var symbols = File.ReadLines(Path.Combine(TestFolders.Root, "src", "EtradeBot.Simulator", "Market", "ListedTickers.txt"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')[0]).Take(60).ToList();
        var quotes = _simulator.Json($"quote {string.Join(' ', symbols)}").GetProperty("quotes").EnumerateArray().ToList();
        Assert.Equal(symbols, quotes.Select(quote => quote.GetProperty("symbol").GetString()));
        Assert.All(quotes, quote => Assert.True(quote.GetProperty("bid").GetDouble() <= quote.GetProperty("ask").GetDouble()));
    }

    [Fact]
    public void Unknown_symbols_stand_below_the_good_ones()
    {
        var run = _simulator.Run("quote AAPL NOSUCHCO MSFT BRK/B");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["AAPL", "MSFT"], run.Lines[2..4].Select(line => line[..4]));
        Assert.StartsWith("No quote of NOSUCHCO: ", run.Lines[4], StringComparison.Ordinal);
        Assert.StartsWith("No quote of BRK/B: ", run.Lines[5], StringComparison.Ordinal);
        Assert.Contains("BRK.B", run.Lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void None_known_is_a_failure()
    {
        var run = _simulator.Run("quote NOSUCHCO");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("No quote of NOSUCHCO: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_delayed_quote_is_called_so()
    {
        _simulator.Broker.AddFault(new Fault("delayed") { Symbol = "AAPL", Times = null });
        var run = _simulator.Run("quote AAPL");
        Assert.EndsWith("DELAYED", run.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("DELAYED: 1 quote is some 15 minutes old.", run.Lines[3], StringComparison.Ordinal);
        Assert.True(_simulator.Json("quote AAPL").GetProperty("quotes")[0].GetProperty("delayed").GetBoolean());
    }

    [Fact]
    public void Accounts_show_masked_numbers_and_their_money()
    {
        var run = _simulator.Run("accounts");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"SIMULATED accounts of {Place}", run.Lines[0]);
        Assert.Equal(3, run.Lines.Count(line => Regex.IsMatch(line, @"^\*{4}\d{4}  ")));
        Assert.Equal(2, run.Lines.Count(line => line.Contains("$100,000.00", StringComparison.Ordinal)));
        foreach (var account in _simulator.Json("accounts").GetProperty("accounts").EnumerateArray())
        {
            Assert.DoesNotContain(account.GetProperty("account_number").GetString()!, run.Out, StringComparison.Ordinal);
            Assert.DoesNotContain(account.GetProperty("account_key").GetString()!, run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_account_that_is_refused_does_not_hide_the_others()
    {
        _simulator.Broker.AddFault(new Fault("error-before") { Call = "balance", Value = 253 });
        var run = _simulator.Run("accounts");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(1, run.Lines.Count(line => line.Contains("$100,000.00", StringComparison.Ordinal)));
        Assert.Contains(run.Lines, line => Regex.IsMatch(line, @"^No balance of \*{4}\d{4}: .*no access to the account"));
    }

    [Fact]
    public async Task Orders_and_portfolio_show_what_was_bought()
    {
        Assert.Equal(2, _simulator.Run("orders").Lines.Count(line => line == "No orders."));
        Assert.Equal(2, _simulator.Run("portfolio").Lines.Count(line => line == "No positions."));
        var (number, key) = FirstAccount();
        using (var client = _simulator.Client())
        {
            await PlaceAsync(client, key, new OrderTicket("one1", Symbol.Parse("AAPL"), OrderAction.Buy, 10, OrderPriceType.Market));
            await PlaceAsync(client, key, new OrderTicket("two2", Symbol.Parse("MSFT"), OrderAction.Buy, 5, OrderPriceType.Limit) { Limit = 1.25m });
        }
        _simulator.Broker.Clock.JumpTo(_simulator.Broker.Clock.GetUtcNow().AddMinutes(2));

        var orders = _simulator.Run($"orders --account {number[^4..]}");
        Assert.Equal((0, $"SIMULATED orders in ****{number[^4..]} of {Place}"), (orders.ExitCode, orders.Lines[0]));
        Assert.Matches(@"^ *\d+  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  buy +MSFT +0 +5  limit 1\.25  good for day  open +-$", orders.Lines[2]);
        Assert.Matches(@"^ *\d+  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d  buy +AAPL +10 +10  market +good for day  executed +[\d,.]+$", orders.Lines[3]);
        Assert.Contains(_simulator.Run($"orders --account {number} --status open").Lines, line => line.Contains("MSFT", StringComparison.Ordinal));
        var executed = Account(_simulator.Json("orders --status executed --symbol AAPL"), number).GetProperty("orders");
        Assert.Equal(("AAPL", "executed", 10m), (executed[0].GetProperty("symbol").GetString(), executed[0].GetProperty("status").GetString(), executed[0].GetProperty("filled_quantity").GetDecimal()));
        Assert.Equal(1, executed.GetArrayLength());

        var portfolio = _simulator.Run("portfolio --account " + number);
        Assert.Equal($"SIMULATED portfolio in ****{number[^4..]} of {Place}", portfolio.Lines[0]);
        Assert.Matches(@"^AAPL +EQ +10 ", portfolio.Lines[2]);
        Assert.Contains(portfolio.Lines, line => line.StartsWith("Total value", StringComparison.Ordinal));
        var holdings = Account(_simulator.Json("portfolio"), number);
        Assert.Equal(10, holdings.GetProperty("positions")[0].GetProperty("quantity").GetDecimal());
        Assert.True(holdings.GetProperty("cash").GetDecimal() < 100_000);
    }

    [Theory]
    [InlineData("orders --account 0000", "--account names no account of this login; it has ****")]
    [InlineData("portfolio --account 0000", "--account names no account of this login; it has ****")]
    [InlineData("orders --days 0", "--days 0: use 1 to 730; the broker keeps two years")]
    [InlineData("orders --days 731", "--days 731: use 1 to 730; the broker keeps two years")]
    [InlineData("orders --symbol A!", "--symbol 'A!' is not a ticker")]
    [InlineData("orders --status done", "--status 'done' is unknown: use open or executed")]
    [InlineData("quote", "Required argument 'symbol' missing for")]
    [InlineData("quote A!", "'A!' is not a ticker")]
    public void A_wrong_command_line_is_refused_with_exit_code_2(string command, string message)
    {
        var run = _simulator.Run(command);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"etrade-bot: {message}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_account_of_the_settings_is_used_and_an_unknown_one_is_not_repeated()
    {
        var (number, _) = FirstAccount();
        Assert.Equal(1, _simulator.Run("orders", ("ETRADE_ACCOUNT_ID", number)).Lines.Count(line => line.StartsWith("SIMULATED", StringComparison.Ordinal)));
        var run = _simulator.Run("orders", ("ETRADE_ACCOUNT_ID", "987654321"));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("etrade-bot: ETRADE_ACCOUNT_ID names no account of this login; it has ****", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("987654321", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_of_the_broker_is_one_line()
    {
        _simulator.Broker.AddFault(new Fault("error-before") { Call = "orders", Value = 102, Times = null });
        var run = _simulator.Run("orders");
        Assert.Equal((4, ""), (run.ExitCode, run.Out));
        Assert.Matches(@"^etrade-bot: [^\n]+\n$", run.Error.ReplaceLineEndings("\n"));
        Assert.Contains("the account key is not valid", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Passing_failures_are_ridden_out()
    {
        _simulator.Broker.AddFault(new Fault("status-before") { Call = "quote", Value = 503 });
        _simulator.Broker.AddFault(new Fault("malformed") { Call = "accounts", Text = "bare-object", Times = null });
        Assert.Equal(0, _simulator.Run("quote AAPL").ExitCode);
        Assert.Equal(0, _simulator.Run("accounts").ExitCode);
    }

    [Fact(Timeout = RunningSimulator.HangMilliseconds)]
    public async Task Ctrl_C_ends_a_call_that_waits_for_its_answer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill -INT");
        _simulator.Broker.AddFault(new Fault("lost-answer") { Call = "quote" });
        using var quote = _simulator.Begin("quote AAPL");
        await RunningSimulator.UntilAsync(() => _simulator.Broker.Faults.Count == 0, TestContext.Current.CancellationToken);
        using (var kill = ChildProgram.Start("kill", "-INT", quote.Id.ToString(CultureInfo.InvariantCulture))) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, ChildProgram.Finish(quote).ExitCode);
    }

    [Fact]
    public async Task Every_field_of_the_JSON_stands_in_the_document()
    {
        var (_, key) = FirstAccount();
        using (var client = _simulator.Client()) await PlaceAsync(client, key, new OrderTicket("one1", Symbol.Parse("AAPL"), OrderAction.Buy, 10, OrderPriceType.Market));
        _simulator.Broker.Clock.JumpTo(_simulator.Broker.Clock.GetUtcNow().AddMinutes(2));
        var document = await File.ReadAllTextAsync(Path.Combine(TestFolders.Root, "docs", "etrade.md"), TestContext.Current.CancellationToken);
        foreach (var command in new[] { "accounts", "quote AAPL NOSUCHCO", "orders", "portfolio" })
        {
            var root = _simulator.Json(command);
            Assert.Equal("simulator", root.GetProperty("environment").GetString());
            var section = document[document.IndexOf($"\n## {command.Split(' ')[0]}\n", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("\n## ", 4, StringComparison.Ordinal)];
            foreach (var name in Names(root).Distinct())
                Assert.True(section.Contains($"`{name}`", StringComparison.Ordinal) || document.Contains($"`{name}`", StringComparison.Ordinal) && name is "environment" or "server" || IsBalance(name), $"{command}: {name}");
        }

        bool IsBalance(string name) => document[document.IndexOf("`balance`", StringComparison.Ordinal)..].Split('\n')[0].Contains($"`{name}`", StringComparison.Ordinal);
    }

    (string Number, string Key) FirstAccount()
    {
        var account = _simulator.Json("accounts").GetProperty("accounts").EnumerateArray().First(account => account.GetProperty("active").GetBoolean());
        return (account.GetProperty("account_number").GetString()!, account.GetProperty("account_key").GetString()!);
    }

    static JsonElement Account(JsonElement root, string number) =>
        root.GetProperty("accounts").EnumerateArray().Single(account => account.GetProperty("account_number").GetString() == number);

    static async Task PlaceAsync(ETradeClient client, string key, OrderTicket ticket)
    {
        var stop = TestContext.Current.CancellationToken;
        await client.PlaceAsync(key, await client.PreviewAsync(key, ticket, stop), stop);
    }

    static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Names(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}
