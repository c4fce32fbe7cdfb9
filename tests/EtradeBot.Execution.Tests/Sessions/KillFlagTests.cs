using EtradeBot.Execution.Journaling;

namespace EtradeBot.Execution.Sessions;

public sealed class KillFlagTests
{
    readonly MemoryDisk _disk = new();

    KillFlag Flag => new(_disk, TimeProvider.System);

    byte[] File => _disk.Files[TradingFolder.KillFile];

    [Fact]
    public void No_bit_that_the_disk_loses_lets_the_brake_go()
    {
        Flag.Raise("olga", "enough", flatten: true);
        var whole = File.ToArray();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var spoiled = whole.ToArray();
            spoiled[bit / 8] ^= (byte)(1 << (bit % 8));
            _disk.Files[TradingFolder.KillFile] = spoiled;
            Assert.True(Flag.Read().IsKilled, $"bit {bit}: {System.Text.Encoding.UTF8.GetString(spoiled)}");
        }
    }

    [Fact]
    public void No_end_that_the_disk_loses_lets_the_brake_go()
    {
        Flag.Raise("olga", "enough", flatten: false);
        var whole = File.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            _disk.Files[TradingFolder.KillFile] = whole[..length];
            Assert.True(Flag.Read().IsKilled, $"{length} bytes");
        }
    }

    [Fact]
    public void Only_a_cleared_brake_is_let_go()
    {
        Assert.False(Flag.Read().IsKilled);
        Flag.Raise("olga", "enough", flatten: false);
        Assert.True(Flag.Read().IsKilled);
        Flag.Clear("olga");
        Assert.False(Flag.Read().IsKilled);
    }
}
