using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace EtradeBot.App.Diagnosis;

/// <summary>The runtime and the native libraries this program loads.</summary>
static class ProgramChecks
{
    const string Onnx = "Microsoft.ML.OnnxRuntime";
    const string Trainer = "etrade-bot-train";
    const string Reinstall = "Install the build for this system again: the file that is missing belongs beside the program";

    public static IEnumerable<Finding> All() => [Runtime(), Sqlite(), OnnxRuntime(), Training()];

    static Finding Runtime() => Finding.Ok("runtime", string.Create(CultureInfo.InvariantCulture,
        $"etrade-bot {Version} on .NET {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors"));

    static string Version => typeof(ProgramChecks).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";

    /// <summary>Asked for real: only a query loads the library.</summary>
    static Finding Sqlite()
    {
        try
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "select sqlite_version()";
            return Finding.Ok("sqlite", $"SQLite {command.ExecuteScalar()} loads");
        }
        catch (Exception problem) when (problem is DllNotFoundException or TypeInitializationException or BadImageFormatException or SqliteException)
        {
            return Finding.Fail("sqlite", $"SQLite does not load: {(problem.InnerException ?? problem).Message}", Reinstall);
        }
    }

    /// <summary>By name, since a build without learned models carries none.</summary>
    static Finding OnnxRuntime()
    {
        try
        {
            var assembly = Assembly.Load(Onnx);
            return NativeLibrary.TryLoad("onnxruntime", assembly, null, out _)
                ? Finding.Ok("onnx", $"ONNX Runtime {assembly.GetName().Version} loads")
                : Finding.Fail("onnx", "ONNX Runtime does not load: learned models cannot be used", Reinstall);
        }
        catch (FileNotFoundException)
        {
            return Finding.Ok("onnx", "not part of this build; only learned models need it");
        }
    }

    static Finding Training()
    {
        var name = OperatingSystem.IsWindows() ? Trainer + ".exe" : Trainer;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend(AppContext.BaseDirectory);
        var found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return Finding.Ok("trainer", found is null ? $"{Trainer} is not installed; only training a model needs it" : $"{Trainer} at {found}");
    }
}
