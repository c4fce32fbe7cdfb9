namespace EtradeBot.Notify.Delivery;

public sealed class NoticeQueueTests
{
    [Fact]
    public void When_full_the_oldest_of_the_least_level_goes()
    {
        var queue = new NoticeQueue(3);
        queue.Add(Sample.Critical("critical 1"), NoticeLevel.Critical);
        queue.Add(Sample.Notice("info 1"), NoticeLevel.Info);
        queue.Add(Sample.Notice("info 2"), NoticeLevel.Info);
        queue.Add(Sample.Notice("warning 1"), NoticeLevel.Warning);
        queue.Add(Sample.Critical("critical 2"), NoticeLevel.Critical);
        Assert.Equal(["critical 1", "warning 1", "critical 2"], queue.Peek(9).Select(item => item.Notice.Key));
        queue.Add(Sample.Notice("info 3"), NoticeLevel.Info);
        Assert.Equal(["critical 1", "warning 1", "critical 2"], queue.Peek(9).Select(item => item.Notice.Key));
        Assert.Equal(3, queue.Dropped);
    }

    [Fact]
    public void It_says_when_something_arrives()
    {
        var queue = new NoticeQueue(3);
        Assert.False(queue.Arrived.IsCompleted);
        queue.Add(Sample.Notice("a"), NoticeLevel.Info);
        Assert.True(queue.Arrived.IsCompleted);
        queue.Remove(queue.Peek(1));
        Assert.False(queue.Arrived.IsCompleted);
        Assert.Equal(0, queue.Count);
    }
}
