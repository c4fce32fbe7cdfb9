using System.Globalization;
using System.Text;
using EtradeBot.Strategies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace EtradeBot.App.Scripting;

/// <summary>A strategy file in machine form.</summary>
/// <param name="Symbols">A portable PDB: the line numbers of failures come from it.</param>
sealed record CompiledStrategy(byte[] Assembly, byte[] Symbols);

/// <summary>Compiles strategy files. Touching this class loads the C# compiler, half a second and more: ask only when it is needed.</summary>
static class StrategyCompiler
{
    const int MostProblems = 10;

    /// <summary>Usings that every strategy file has without writing them.</summary>
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using EtradeBot.Analysis;
        global using EtradeBot.Market;
        global using EtradeBot.Strategies;
        global using EtradeBot.Trading;
        """;

    static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.None);

    static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(ImplicitUsings, ParseOptions);

    /// <summary>Not optimised, so that a failure tells its exact line; in a backtest of a million candles that costs a few milliseconds.</summary>
    static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug, deterministic: true, nullableContextOptions: NullableContextOptions.Enable);

    static readonly MetadataReference[] References = [.. Seen().Select(path => MetadataReference.CreateFromFile(path))];

    /// <exception cref="StrategyException">It does not compile, or uses what a strategy may not see; one problem a paragraph.</exception>
    public static CompiledStrategy Compile(StrategyFile file)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), ParseOptions, file.Name);
        var compilation = CSharpCompilation.Create(
            $"strategy.{Path.GetFileNameWithoutExtension(file.Name)}", [tree, Usings], References, CompilationOptions);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var problems = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => (d.Location, Text: $"{d.Id} {d.GetMessage(CultureInfo.InvariantCulture)}"))
            .Concat(StrategyRules.Broken(compilation.GetSemanticModel(tree)))
            .OrderBy(p => p.Location.SourceSpan.Start).ToArray();
        if (problems.Length > 0) throw new StrategyException(Describe(file, problems));
        return new CompiledStrategy(assembly.ToArray(), symbols.ToArray());
    }

    /// <summary>Assemblies whose types a strategy can name; <see cref="StrategyRules"/> narrows them further.</summary>
    static IEnumerable<string> Seen()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] names = ["System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq"];
        return names.Select(name => Path.Combine(framework, name + ".dll")).Append(typeof(Strategy).Assembly.Location);
    }

    static string Describe(StrategyFile file, (Location Location, string Text)[] problems)
    {
        var text = new StringBuilder();
        foreach (var (location, problem) in problems.Take(MostProblems))
        {
            var start = location.GetLineSpan().StartLinePosition;
            if (text.Length > 0) text.Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"{file.Name}:{start.Line + 1}:{start.Character + 1}: {problem}");
            if (location.SourceTree?.GetText().Lines is not { } lines || lines.Count == 0) continue;
            var line = lines[start.Line].ToString();
            var indent = line.Length - line.TrimStart().Length;
            text.Append(CultureInfo.InvariantCulture, $"\n    {line.Trim()}\n    {new string(' ', Math.Max(0, start.Character - indent))}^");
        }
        if (problems.Length > MostProblems) text.Append(CultureInfo.InvariantCulture, $"\n{file.Name}: and {problems.Length - MostProblems} more");
        return text.ToString();
    }
}
