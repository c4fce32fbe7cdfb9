using EtradeBot.App.Dashboard.Backtests;
using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EtradeBot.App.Hosting.Backtests;

public sealed class RunFoldersTests
{
    [Theory]
    [InlineData("..", "summary.json")]
    [InlineData(".", "summary.json")]
    [InlineData("", "summary.json")]
    [InlineData("a/../../secret", "summary.json")]
    [InlineData("..\\secret", "summary.json")]
    [InlineData("run", "../../.env")]
    [InlineData("run", "settings.json")]
    [InlineData("run", "SUMMARY.JSON")]
    [InlineData("run\0", "summary.json")]
    public async Task No_request_leads_out_of_a_run(string id, string file)
    {
        using var desk = new Desk();
        desk.Folder.Write("data/summary.json", "secret");
        desk.Folder.Write("data/runs/summary.json", "secret");
        desk.Folder.Write("data/runs/run/settings.json", "secret");
        desk.Folder.Write("data/runs/run/summary.json", "{}");
        Assert.IsType<NotFound>(await BacktestSetup.FileAsync(id, file, desk.Service, Actors.Source(Actors.Admin)));
        Assert.IsType<PhysicalFileHttpResult>(await BacktestSetup.FileAsync("run", "summary.json", desk.Service, Actors.Source(Actors.Admin)));
    }

    [Fact]
    public void Two_runs_within_a_second_get_folders_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var folders = new RunFolders(folder.Path);
        var now = new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);
        var first = folders.NewId(Desk.Form, now);
        folders.Save(first, new RunRequest { CreatedAt = now, By = "ann", State = RunState.Queued, Fields = Desk.Form.Whole });
        Assert.Equal(("basalt-rule-1d-20260310-150000", "basalt-rule-1d-20260310-150000-2"), (first, folders.NewId(Desk.Form, now)));
        Assert.True(RunFolders.IsId(folders.NewId(BacktestForm.Blank.With("symbols", "^GSPC").With("strategy", "../x"), now)));
    }
}
