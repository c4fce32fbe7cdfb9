using System.CommandLine;
namespace EtradeBot.App.Commands;
static class DataCommand
{
    public static Command Create() => new("data", "Candles: check, import, list, make, resample.");
}
