namespace EtradeBot.App.Scripting;

public sealed class StrategyCacheTests : IDisposable
{
    static readonly StrategyFile Original = new("strategies/Mine.cs", "one");

    readonly TemporaryFolder _folder = new();

    int _compiled;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unchanged_file_is_compiled_once()
    {
        var first = Ask(Original);
        var second = Ask(Original);
        Assert.Equal(1, _compiled);
        Assert.Equal(first.Assembly, second.Assembly);
        Assert.Equal(first.Symbols, second.Symbols);
        Assert.Equal(["cache/Mine.compiled"], _folder.Files());
    }

    [Fact]
    public void A_changed_or_moved_file_is_compiled_again()
    {
        Ask(Original);
        Ask(Original with { Text = "two" });
        Ask(Original with { Name = "elsewhere/Mine.cs" });
        Assert.Equal(3, _compiled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(70)]
    public void A_damaged_entry_is_compiled_again(int at)
    {
        Ask(Original);
        var path = _folder["cache", "Mine.compiled"];
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
        Ask(Original);
        File.WriteAllBytes(path, bytes[..at]);
        Ask(Original);
        Ask(Original);
        Assert.Equal(3, _compiled);
    }

    [Fact]
    public void Where_nothing_can_be_written_it_still_compiles()
    {
        _folder.Write("cache", "a file where the folder should be");
        Assert.NotEmpty(Ask(Original).Assembly);
    }

    CompiledStrategy Ask(StrategyFile file) => new StrategyCache(_folder["cache"]).GetOrAdd(file, f =>
    {
        _compiled++;
        return new CompiledStrategy([1, 2, 3], [.. f.Text.Select(c => (byte)c)]);
    });
}
