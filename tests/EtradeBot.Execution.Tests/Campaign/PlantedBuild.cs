using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EtradeBot.Execution.Campaign;

/// <summary>The product with a planted bug, compiled in memory and loaded beside the real one, together with a second copy of these tests that is bound to it.</summary>
static partial class PlantedBuild
{
    /// <summary>Loaded anew for each bug, in the order in which they depend on one another.</summary>
    static readonly string[] Anew = ["EtradeBot.ETrade", "EtradeBot.Execution"];

    const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Reflection.AssemblyVersion("0.1.0.0")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("EtradeBot.Execution.Tests")]
        """;

    static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.None);

    static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true, nullableContextOptions: NullableContextOptions.Enable);

    static string Sources => Path.Combine(TestFolders.Root, "src");

    /// <summary>The copy of these tests that runs against the planted bug.</summary>
    /// <exception cref="InvalidOperationException">It does not compile, or the text to be changed is not there.</exception>
    public static Assembly Load(PlantedBug bug)
    {
        var changed = bug.Edits.Select(edit => edit.Project).Distinct().ToDictionary(project => project, project => Compile(project, bug));
        return new Beside(changed).LoadFromAssemblyPath(typeof(PlantedBuild).Assembly.Location);
    }

    /// <exception cref="InvalidOperationException">As of <see cref="Edit.ApplyTo"/>.</exception>
    public static string Changed(string file, PlantedBug bug) =>
        bug.Edits.Where(edit => edit.File == file).Aggregate(File.ReadAllText(Path.Combine(Sources, file)), (source, edit) => edit.ApplyTo(source));

    static byte[] Compile(string project, PlantedBug bug)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Sources, project), "*.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Sources, path)).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(Plain(Changed(file, bug)), ParseOptions, file)).Append(CSharpSyntaxTree.ParseText(Usings, ParseOptions));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileNameWithoutExtension(path) != project);
        using var assembly = new MemoryStream();
        var result = CSharpCompilation.Create(project, trees, references.Select(path => MetadataReference.CreateFromFile(path)), CompilationOptions).Emit(assembly);
        if (!result.Success) throw new InvalidOperationException($"{bug.Name}: {string.Join('\n', result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error))}");
        return assembly.ToArray();
    }

    /// <summary>Without the source generator: patterns are made when they are first used.</summary>
    static string Plain(string source) => GeneratedPattern().Replace(source, "static Regex $2() => new($1);");

    [GeneratedRegex(@"\[GeneratedRegex\((.*)\)\]\s+(?:private )?static partial Regex (\w+)\(\);")]
    private static partial Regex GeneratedPattern();

    sealed class Beside(Dictionary<string, byte[]> changed) : AssemblyLoadContext("planted")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name is not { } name || !Anew.Contains(name)) return null;
            return changed.TryGetValue(name, out var bytes) ? LoadFromStream(new MemoryStream(bytes)) : LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        }
    }
}
