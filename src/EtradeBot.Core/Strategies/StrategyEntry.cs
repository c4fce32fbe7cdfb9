using System.Reflection;
using System.Text;
using EtradeBot.Market;

namespace EtradeBot.Strategies;

/// <summary>One strategy of the catalog: its name, its parameters, and how to make it.</summary>
public sealed class StrategyEntry
{
    readonly Type _type;

    StrategyEntry(Type type, string origin)
    {
        _type = type;
        Origin = origin;
        Name = NameOf(type.Name);
        Description = type.GetCustomAttribute<AboutAttribute>()?.Text ?? "";
        var fresh = New();
        Parameters = Made(() => Settable(type).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => StrategyParameter.From(p, fresh)).ToArray());
    }

    /// <summary><c>sma-cross</c> for a class <c>SmaCross</c> or <c>SmaCrossStrategy</c>.</summary>
    public string Name { get; }

    public string Description { get; }

    /// <summary><c>built in</c>, or the file it was compiled from.</summary>
    public string Origin { get; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<StrategyParameter> Parameters { get; }

    /// <summary>The strategies of an assembly: public classes derived from <see cref="Strategy"/> that can be made without arguments.</summary>
    /// <exception cref="StrategyException">A constructor throws, or a parameter has an impossible type.</exception>
    public static IReadOnlyList<StrategyEntry> FindIn(Assembly assembly, string origin)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return [.. assembly.GetExportedTypes().Where(IsStrategy).Select(t => From(t, origin)).OrderBy(e => e.Name, StringComparer.Ordinal)];
    }

    /// <summary>The strategy of one class.</summary>
    /// <exception cref="StrategyException">It is no usable strategy.</exception>
    public static StrategyEntry From(Type type, string origin)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!IsStrategy(type))
            throw new StrategyException($"{type.Name} is no strategy: it must be a public class derived from Strategy with a constructor that takes nothing");
        return new StrategyEntry(type, origin);
    }

    /// <summary>A fresh strategy with these parameters; the others keep their defaults. Names in any case, numbers with a point.</summary>
    /// <exception cref="StrategyException">Unknown or repeated parameter, or a value that breaks its rule.</exception>
    public Strategy Create(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var strategy = New();
        var seen = new HashSet<StrategyParameter>();
        foreach (var (name, text) in values)
        {
            var parameter = Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new StrategyException(Unknown(name));
            if (!seen.Add(parameter)) throw new StrategyException($"parameter {parameter.Name} of strategy {Name} is given twice");
            parameter.Set(strategy, text);
        }
        return strategy;
    }

    public Strategy Create() => New();

    /// <summary>The name of a strategy whose class is called <paramref name="className"/>.</summary>
    public static string NameOf(string className)
    {
        ArgumentNullException.ThrowIfNull(className);
        const string suffix = "Strategy";
        var name = className;
        if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)) name = name[..^suffix.Length];
        var kebab = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord && kebab[^1] != '-') kebab.Append('-');
            kebab.Append(name[i] == '_' ? '-' : char.ToLowerInvariant(name[i]));
        }
        return kebab.ToString();
    }

    static bool IsStrategy(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsVisible: true, ContainsGenericParameters: false }
        && type.IsSubclassOf(typeof(Strategy)) && type.GetConstructor(Type.EmptyTypes) is not null;

    static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0);

    Strategy New() => Made(() => (Strategy)Activator.CreateInstance(_type)!);

    /// <summary>Turns what the strategy's own constructors and getters throw into one sentence.</summary>
    T Made<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception failure) when (failure is TargetInvocationException or TypeInitializationException)
        {
            var reason = failure.GetBaseException();
            throw new StrategyException($"strategy {Name} ({Origin}) cannot be made: {reason.Message}", reason);
        }
    }

    string Unknown(string name)
    {
        var names = Parameters.Select(p => p.Name).ToArray();
        var known = names.Length == 0 ? "it has none" : "it has " + string.Join(", ", names);
        return $"strategy {Name} has no parameter '{name}': {known}{Spelling.DidYouMean(name, names)}";
    }
}
