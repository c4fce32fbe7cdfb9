using System.Globalization;

namespace EtradeBot.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="File">Candles to read; null makes them.</param>
/// <param name="Only">Part of the name of the rows to measure; null: all.</param>
/// <param name="Write">File to write the candles to, instead of measuring.</param>
sealed record BenchOptions(string? File, int Candles, int Runs, string? Only, string? Write)
{
    /// <summary>Enough calls for the runtime to have compiled everything for the last time.</summary>
    public const int WarmUps = 40;

    public const string Usage = """
        usage: EtradeBot.Bench [--file series.csv | --candles 1000000] [--quick] [--only NAME]
               EtradeBot.Bench --write series.csv [--candles 1000000]
          --file     one-minute candles to measure on; without it they are made
          --quick    7 runs of each row instead of 31
          --only     only the rows whose name contains this
          --write    write the candles made to a file and stop
        """;

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions(null, 1_000_000, 31, null, null);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Runs = 7 },
                "--file" => options with { File = Existing(Value(ref i)) },
                "--only" => options with { Only = Value(ref i) },
                "--write" => options with { Write = Value(ref i) },
                "--candles" => options with { Candles = Count(Value(ref i)) },
                _ => throw new ArgumentException($"'{args[i]}' is unknown"),
            };
        }
        return options;

        string Value(ref int i) => i + 1 < args.Length ? args[++i] : throw new ArgumentException($"{args[i]} needs a value");
    }

    static string Existing(string path) => System.IO.File.Exists(path) ? path : throw new ArgumentException($"there is no file {path}");

    static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1000 and <= 1_500_000
            ? count
            : throw new ArgumentException($"--candles '{text}' is not a number from 1000 to 1500000");
}
