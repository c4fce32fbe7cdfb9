using System.CommandLine;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data</c>: everything about candles but trading on them.</summary>
static class DataCommand
{
    public static Command Create()
    {
        var command = new Command("data", "Candles: check, import, list, make, resample, record, backfill and download them.")
        {
            DataCommandCheck.Create(),
            DataCommandImport.Create(),
            DataCommandList.Create(),
            DataCommandDemo.Create(),
            DataCommandResample.Create(),
            DataCommandRecord.Create(),
            DataCommandBackfill.Create(),
            DataCommandDownload.Create(),
        };
        command.SetAction(int (_) => throw new UsageException($"data what? Say one of {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}. See 'etrade-bot data --help'."));
        return command;
    }
}
