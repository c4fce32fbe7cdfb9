namespace EtradeBot.Execution.Campaign;

/// <summary>Whether the judge can see: the product with a known defect must be objected to. All of them: <c>tests/planted-bugs.sh</c>.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_planted_bug_still_finds_its_place_in_the_source() =>
        Assert.All(PlantedBugs.All, bug => Assert.All(bug.Edits, edit => Assert.Contains(edit.New.Trim(), PlantedBuild.Changed(edit.File, bug), StringComparison.Ordinal)));

    [Fact]
    public void There_are_at_least_twenty_and_none_twice()
    {
        Assert.True(PlantedBugs.All.Count >= 20);
        Assert.Equal(PlantedBugs.All.Count, PlantedBugs.All.Select(bug => bug.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("flushed-later")]
    [InlineData("filled-twice")]
    [InlineData("stop-at-the-target")]
    [InlineData("limit-too-wide")]
    public void The_judge_objects_to(string name)
    {
        var found = BugHunt.Hunt(PlantedBugs.All.Single(bug => bug.Name == name), (1, 50), 2);
        output.WriteLine($"{name}: {found.Schedules} schedules, {found.Words}");
        Assert.True(found.Schedules > 0, found.Words);
    }
}
