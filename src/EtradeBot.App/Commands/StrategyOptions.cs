using System.CommandLine;
using EtradeBot.App.Scripting;

namespace EtradeBot.App.Commands;

/// <summary>The options of every command that runs a strategy.</summary>
static class StrategyOptions
{
    public static readonly Option<string> Name = new("--strategy") { Description = "Name of the strategy; 'etrade-bot strategies' lists them.", HelpName = "NAME", DefaultValueFactory = _ => "rule" };
    public static readonly Option<string[]> Parameters = new("--param") { Description = "A parameter of the strategy, such as Fast=10; may be given several times.", HelpName = "NAME=VALUE" };
    public static readonly Option<string?> Folder = new("--strategies") { Description = "Folder of your own strategy files (default strategies).", HelpName = "DIR" };

    public static void AddTo(Command command)
    {
        command.Options.Add(Name);
        command.Options.Add(Parameters);
        command.Options.Add(Folder);
    }

    /// <summary>The strategies that the options name. Dispose it after the last of them has run.</summary>
    public static StrategyLibrary Library(ParseResult parse) => new(parse.GetValue(Folder), CandleOptions.StateFolder(parse));

    /// <summary>What <c>--param</c> says, in order.</summary>
    /// <exception cref="UsageException">Not NAME=VALUE.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Values(ParseResult parse)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var text in parse.GetValue(Parameters) ?? [])
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new UsageException($"--param {text}: write NAME=VALUE, for example --param Fast=10");
            values.Add(new(text[..at].Trim(), text[(at + 1)..].Trim()));
        }
        return values;
    }
}
