using System.Net;
using EtradeBot.App.Dashboard.Security;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Pages;

public sealed class NotFoundPageTests
{
    [Theory]
    [InlineData("/nonsense")]
    [InlineData("/settings/risk/nonsense")]
    public async Task An_address_that_leads_nowhere_is_told_within_the_shell_with_the_way_back(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        using var answer = await visitor.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("No such page", page, StringComparison.Ordinal);
        Assert.Contains(path, page, StringComparison.Ordinal);
        Assert.Contains("class=\"shell\"", page, StringComparison.Ordinal);
        Assert.Matches("<li[^>]*><a [^>]*href=\"/\"[^>]*>Live</a></li>", page);
    }

    [Fact]
    public async Task A_file_that_is_not_there_gets_no_page_and_a_page_that_is_there_no_404()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        using var file = await visitor.GetAsync("/nonsense.js");
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
        Assert.Equal("", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var page = await visitor.GetAsync("/settings/about");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_asked_to_log_in_and_not_told_what_is_there()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var stranger = server.Visit();
        using var answer = await stranger.GetAsync("/nonsense");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task What_a_stranger_wrote_into_an_address_stays_text()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        using var answer = await visitor.GetAsync("/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
