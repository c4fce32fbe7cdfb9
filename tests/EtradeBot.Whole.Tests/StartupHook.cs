/// <summary>Runs first in a program started with DOTNET_STARTUP_HOOKS set to this assembly; writes at its end which assemblies it loaded.</summary>
static class StartupHook
{
    public const string FileVariable = "LOADED_ASSEMBLIES_FILE";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        File.WriteAllLines(
            Environment.GetEnvironmentVariable(FileVariable)!,
            AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!).Order(StringComparer.Ordinal));
}
