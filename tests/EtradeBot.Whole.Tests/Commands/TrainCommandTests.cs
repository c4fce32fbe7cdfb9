using EtradeBot.App.Hosting.Learning;

namespace EtradeBot.App.Commands;

public sealed class TrainCommandTests
{
    [Theory]
    [InlineData("--epochs 3", "--data-dir DIR")]
    [InlineData("--data a.csv --data-dir b", "exclude each other")]
    [InlineData("--data a.csv --epochs 0", "--epochs 0")]
    [InlineData("--data a.csv --lr 2", "--lr 2")]
    [InlineData("--data a.csv --dropout 1", "--dropout 1")]
    [InlineData("--data a.csv --device gpu", "--device gpu")]
    [InlineData("--data a.csv --seed -1", "--seed -1")]
    public void A_wrong_option_is_refused_by_its_name(string options, string because)
    {
        var result = Cli.Run(["train", .. options.Split(' ')]);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(because, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_that_does_not_exist_is_named_with_its_variable()
    {
        using var program = ChildProgram.Start(ChildProgram.Path, [(TrainerProcess.Variable, "/nowhere/etrade-bot-train.dll")], "train", "--data", "a.csv");
        var result = ChildProgram.Finish(program);
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("ETRADE_BOT_TRAINER names /nowhere/etrade-bot-train.dll", result.Error, StringComparison.Ordinal);
    }
}
