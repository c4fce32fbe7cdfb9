using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.Strategies;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot strategies</c>: every strategy that can be run, with its parameters.</summary>
static class StrategiesCommand
{
    public static Command Create()
    {
        var command = new Command("strategies", "List the strategies with their parameters.") { StrategyOptions.Folder, CandleOptions.Data, CandleOptions.Json };
        command.SetAction(Run);
        return command;
    }

    /// <returns>Usage when a file had to be left out: the list is right, but not whole.</returns>
    static int Run(ParseResult parse)
    {
        using var library = StrategyOptions.Library(parse);
        var entries = library.All().Entries;
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) output.Json(json => Write(json, entries));
        else
            foreach (var entry in entries) Print(output, entry);
        foreach (var problem in library.Problems) parse.InvocationConfiguration.Error.WriteLine(Output.Printable($"etrade-bot: left out: {problem}"));
        return library.Problems.Count == 0 ? ExitCode.Success : ExitCode.Usage;
    }

    static void Print(Output output, StrategyEntry entry)
    {
        output.Line($"{entry.Name} ({entry.Origin})", Tone.Good);
        if (entry.Description.Length > 0) output.Line($"  {entry.Description}");
        var cells = entry.Parameters.Select(p => new[] { $"{p.Name}={p.Default}", p.Unit, p.Rule, p.Description }).ToArray();
        foreach (var row in cells)
        {
            var padded = row.Select((cell, i) => cell.PadRight(cells.Max(other => other[i].Length)));
            output.Line("    " + string.Join("  ", padded).TrimEnd());
        }
        output.Line();
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<StrategyEntry> entries)
    {
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Name);
            json.WriteString("description", entry.Description);
            json.WriteString("origin", entry.Origin);
            json.WriteStartArray("parameters");
            foreach (var parameter in entry.Parameters) Write(json, parameter);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, StrategyParameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("kind", KindOf(parameter.Kind));
        WriteDefault(json, parameter);
        json.WriteString("unit", parameter.Unit);
        WriteFinite(json, "min", parameter.Min);
        WriteFinite(json, "max", parameter.Max);
        if (parameter.Kind == ParameterKind.Choice)
        {
            json.WriteStartArray("choices");
            foreach (var choice in parameter.Choices) json.WriteStringValue(choice);
            json.WriteEndArray();
        }
        json.WriteString("description", parameter.Description);
        json.WriteEndObject();
    }

    static void WriteDefault(Utf8JsonWriter json, StrategyParameter parameter)
    {
        const string name = "default";
        if (parameter.Kind == ParameterKind.WholeNumber) json.WriteNumber(name, int.Parse(parameter.Default, CultureInfo.InvariantCulture));
        else if (parameter.Kind == ParameterKind.Number && double.Parse(parameter.Default, CultureInfo.InvariantCulture) is var number) WriteFinite(json, name, number);
        else if (parameter.Kind == ParameterKind.Flag) json.WriteBoolean(name, bool.Parse(parameter.Default));
        else json.WriteString(name, parameter.Default);
    }

    static string KindOf(ParameterKind kind) => kind switch
    {
        ParameterKind.WholeNumber => "whole_number",
        ParameterKind.Number => "number",
        ParameterKind.Flag => "flag",
        ParameterKind.Choice => "choice",
        _ => "text",
    };

    static void WriteFinite(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
