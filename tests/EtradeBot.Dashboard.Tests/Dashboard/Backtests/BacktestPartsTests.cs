using Bunit;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed class BacktestPartsTests : PageTest
{
    /// <summary>A limit for a machine under load, not a wait.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder _folder = new();

    public BacktestPartsTests()
    {
        Services.AddSingleton(new AuditLog(_folder["data"], Time));
        Services.AddScoped(_ => Actors.Source(Actors.Admin));
        BacktestSetup.AddTo(Services, new DashboardOptions { StateFolder = _folder["data"], StrategyFolder = _folder["strategies"] });
    }

    BacktestDesk Desk => Services.GetRequiredService<BacktestDesk>();

    [Fact]
    public void The_form_comes_filled_in_with_something_that_runs()
    {
        var form = Render<SetupForm>();
        form.WaitForAssertion(() => Assert.Contains("2015-01-02 to 2024-12-31", form.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("SIMULATED", form.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-invalid", form.Markup, StringComparison.Ordinal);
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.Contains("/backtest/anvils-rule-1d-", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_wrong_field_says_why_beside_itself_and_the_address_keeps_it()
    {
        var form = Render<SetupForm>();
        form.WaitForElement("#field-cash", Patience).Change("minus one");
        form.WaitForAssertion(() => Assert.Contains("'minus one' is not a number", form.Find("#field-cash-problem").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("cash=minus%20one", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.Contains("is not a number", form.Find(".setup-run [role=alert]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(Desk.Runs);
    }

    [Fact]
    public void A_strategy_file_that_does_not_compile_is_named_with_file_and_line()
    {
        _folder.Write("strategies/Broken.cs", "public sealed class Broken : Strategy\n{\n    public override Signal? OnCandle(View view) => nonsense;\n}\n");
        var form = Render<SetupForm>();
        form.WaitForAssertion(() => Assert.Contains("Broken.cs:3:", form.Find(".strategy-problems").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Without_a_run_the_list_says_what_to_do()
    {
        var list = Render<RunTable>();
        list.WaitForAssertion(() => Assert.Equal("empty", list.Find("section").GetAttribute("data-state")), Patience);
    }

    [Fact]
    public void A_run_goes_from_the_queue_to_its_result_before_the_readers_eyes()
    {
        var id = Desk.Start(Hosting.Backtests.Desk.Trader, Hosting.Backtests.Desk.Form).Id;
        var page = Render<RunDetail>(parameters => parameters.Add(part => part.Id, id));
        page.WaitForAssertion(() => Assert.Contains("became", page.Find(".verdict").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("SIMULATED candles", page.Markup, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-trades] tbody tr[aria-selected]")), Patience);
        page.WaitForElement("[data-trades] tbody button", Patience).Click();
        page.WaitForAssertion(() => Assert.Contains("filled", page.Find(".sub").TextContent + string.Concat(page.FindAll(".sub").Select(row => row.TextContent)), StringComparison.Ordinal), Patience);
        Assert.Equal(6, page.FindAll(".files a").Count);
    }

    [Fact]
    public void An_unknown_run_says_so()
    {
        var page = Render<RunDetail>(parameters => parameters.Add(part => part.Id, "nothing"));
        Assert.Contains("There is no such run", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparing_asks_for_two_to_six_runs()
    {
        var page = Render<CompareRuns>(parameters => parameters.Add(part => part.Ids, ["one"]));
        page.WaitForAssertion(() => Assert.Contains("Choose 2 to 6", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Deleting_asks_first()
    {
        var id = Desk.Start(Hosting.Backtests.Desk.Trader, Hosting.Backtests.Desk.Form).Id;
        var list = Render<RunTable>();
        list.WaitForElement($"[aria-label='Delete {id}']", Patience).Click();
        Assert.Single(Desk.Runs);
        list.WaitForElement(".button.danger", Patience).Click();
        list.WaitForAssertion(() => Assert.Empty(Desk.Runs), Patience);
    }

    [Fact]
    public void A_field_tells_what_its_value_means_and_what_is_wrong()
    {
        var field = FormFields.All.First(one => one.Key == "intrabar");
        var part = Render<FieldInput>(parameters => parameters.Add(input => input.Field, field).Add(input => input.Value, "best").Add(input => input.Problem, "no"));
        Assert.Contains("Flatters", part.Find(".field-help").TextContent, StringComparison.Ordinal);
        Assert.Equal(("true", "no"), (part.Find("select").GetAttribute("aria-invalid"), part.Find("[role=alert]").TextContent));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _folder.Dispose();
    }
}
