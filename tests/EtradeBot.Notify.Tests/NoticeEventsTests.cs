namespace EtradeBot.Notify;

public sealed class NoticeEventsTests
{
    [Fact]
    public void Every_event_has_a_usual_level_and_a_name_of_small_letters()
    {
        var names = typeof(NoticeEvents).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(names.Order(), NoticeEvents.UsualLevels.Keys.Order());
        Assert.All(NoticeEvents.UsualLevels.Keys, name => Assert.Matches("^[a-z]+(-[a-z]+)*$", name));
    }
}
