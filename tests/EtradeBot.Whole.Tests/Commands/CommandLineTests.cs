namespace EtradeBot.App.Commands;

public class CommandLineTests
{
    [Fact]
    public void Help_succeeds() => Assert.Equal(0, CommandLine.Run(["--help"]));
}
