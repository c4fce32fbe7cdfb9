using System.Globalization;
using System.Reflection;
using EtradeBot.Market;

namespace EtradeBot.Strategies;

public enum ParameterKind
{
    WholeNumber,
    Number,
    Flag,
    Text,
    Choice,
}

/// <summary>One parameter of a strategy: a public property that can be set.</summary>
public sealed class StrategyParameter
{
    readonly PropertyInfo _property;

    StrategyParameter(PropertyInfo property, ParameterKind kind, AboutAttribute? about, object? value)
    {
        _property = property;
        Kind = kind;
        Unit = about?.Unit ?? "";
        Description = about?.Text ?? "";
        Min = about?.Min ?? double.NegativeInfinity;
        Max = about?.Max ?? double.PositiveInfinity;
        Choices = kind == ParameterKind.Choice ? Enum.GetNames(property.PropertyType) : [];
        Default = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (value is bool flag) Default = flag ? "true" : "false";
    }

    public string Name => _property.Name;

    public ParameterKind Kind { get; }

    /// <summary>The value of a strategy made without parameters, as it would be typed.</summary>
    public string Default { get; }

    public string Unit { get; }

    public string Description { get; }

    /// <summary>Smallest number allowed; negative infinity: no limit.</summary>
    public double Min { get; }

    /// <summary>Largest number allowed; positive infinity: no limit.</summary>
    public double Max { get; }

    /// <summary>The values of a <see cref="ParameterKind.Choice"/>, in the order they are declared.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>The rule in a few words: <c>a whole number from 1 to 500</c>.</summary>
    public string Rule => Kind switch
    {
        ParameterKind.WholeNumber => "a whole number" + Range,
        ParameterKind.Number => "a number" + Range,
        ParameterKind.Flag => "true or false",
        ParameterKind.Choice => "one of " + string.Join(", ", Choices),
        _ => "a text",
    };

    /// <summary>The limits in words, with a leading blank; empty when there are none.</summary>
    public string Range => (double.IsFinite(Min), double.IsFinite(Max)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {Min} to {Max}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {Min}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at most {Max}"),
        _ => "",
    };

    /// <param name="fresh">A strategy nothing was set on: its values are the defaults.</param>
    /// <exception cref="StrategyException">The property is of a type that cannot be a parameter.</exception>
    internal static StrategyParameter From(PropertyInfo property, Strategy fresh)
    {
        var kind = KindOf(property.PropertyType) ?? throw new StrategyException(
            $"property {property.Name} of strategy {StrategyEntry.NameOf(fresh.GetType().Name)} is a {property.PropertyType.Name}: a parameter is an int, double, bool, string or enum; make it private if it is none");
        return new StrategyParameter(property, kind, property.GetCustomAttribute<AboutAttribute>(), property.GetValue(fresh));
    }

    /// <exception cref="StrategyException">The text breaks <see cref="Rule"/>.</exception>
    internal void Set(Strategy strategy, string text)
    {
        var value = Parse(text) ?? throw new StrategyException(
            $"parameter {Name} of strategy {StrategyEntry.NameOf(strategy.GetType().Name)} must be {Rule}, not '{text}'"
            + (Kind == ParameterKind.Choice ? Spelling.DidYouMean(text, Choices) : ""));
        try
        {
            _property.SetValue(strategy, value);
        }
        catch (TargetInvocationException refusal) when (refusal.InnerException is { } reason)
        {
            throw new StrategyException($"parameter {Name} of strategy {StrategyEntry.NameOf(strategy.GetType().Name)} refuses '{text}': {reason.Message}", reason);
        }
    }

    object? Parse(string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (Kind)
        {
            case ParameterKind.WholeNumber:
                return int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var whole) && whole >= Min && whole <= Max ? whole : null;
            case ParameterKind.Number:
                return double.TryParse(text, NumberStyles.Float, invariant, out var number) && double.IsFinite(number) && number >= Min && number <= Max ? number : null;
            case ParameterKind.Flag:
                return bool.TryParse(text, out var flag) ? flag : null;
            case ParameterKind.Choice:
                var name = Choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase));
                return name is null ? null : Enum.Parse(_property.PropertyType, name);
            default:
                return text;
        }
    }

    static ParameterKind? KindOf(Type type) =>
        type == typeof(int) ? ParameterKind.WholeNumber
        : type == typeof(double) ? ParameterKind.Number
        : type == typeof(bool) ? ParameterKind.Flag
        : type == typeof(string) ? ParameterKind.Text
        : type.IsEnum ? ParameterKind.Choice
        : null;
}
