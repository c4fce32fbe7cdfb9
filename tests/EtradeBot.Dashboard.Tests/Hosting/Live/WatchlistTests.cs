using EtradeBot.App.Hosting.Security;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

public sealed class WatchlistTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_feed_has_a_list_of_its_own_and_begins_with_the_usual_one()
    {
        var list = new Watchlist(_folder.Path);
        Assert.Equal("BASALT", list.Of("simulator")[0].Ticker);
        Assert.Equal(["SPY", "QQQ", "AAPL", "MSFT"], list.Of("production").Select(symbol => symbol.Ticker));
        list.Change("production", _ => [Symbol.Parse("IBM")]);
        var again = new Watchlist(_folder.Path);
        Assert.Equal(["IBM"], again.Of("production").Select(symbol => symbol.Ticker));
        Assert.Equal("BASALT", again.Of("simulator")[0].Ticker);
    }

    [Fact]
    public void More_than_five_hundred_symbols_are_refused_and_nothing_changes()
    {
        var list = new Watchlist(_folder.Path);
        var many = Enumerable.Range(0, 501).Select(i => Symbol.Parse($"S{i}")).ToList();
        var problem = Assert.Throws<InvalidOperationException>(() => list.Change("simulator", _ => many));
        Assert.Contains("500", problem.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Theory]
    [InlineData("{ half of")]
    [InlineData("{\"simulator\":[\"no symbol!\"]}")]
    [InlineData("null")]
    [InlineData("{\"simulator\":null}")]
    public async Task A_damaged_file_is_named_and_neither_used_nor_overwritten(string text)
    {
        var file = _folder.Write(Watchlist.FileName, text);
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Up);
        Assert.Contains(file, session.State.Session.LinkReason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.Session.RemoveAsync(RunningSession.Owner, Symbol.Parse("BASALT")));
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("BASALT", session.State.Symbols[0].Symbol.Ticker);
    }

    [Fact]
    public async Task A_viewer_changes_nothing()
    {
        await using var session = await RunningSession.StartAsync(_folder.Path);
        await session.UntilAsync(state => state.Session.Link == BrokerLink.Up);
        var viewer = new Actor("guest", Role.Viewer, () => true);
        await Assert.ThrowsAsync<NotAllowedException>(() => session.Session.AddAsync(viewer, [Symbol.Parse("IBM")]));
        Assert.Null(session.State.Find(Symbol.Parse("IBM")));
        Assert.DoesNotContain(Watchlist.FileName, _folder.Files());
    }
}
