using System.Linq.Expressions;
using System.Reflection;
using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>One public indicator, found by reflection: a new one is tested from the day it is added.</summary>
sealed class AnyIndicator
{
    readonly Func<CandleSeries, object?[], object> _call;

    AnyIndicator(MethodInfo method)
    {
        Method = method;
        var parameters = method.GetParameters();
        Arguments = [.. parameters.Select(parameter => IsColumn(parameter) ? null : parameter.HasDefaultValue ? parameter.DefaultValue : 20)];
        var candles = Expression.Parameter(typeof(CandleSeries));
        var arguments = Expression.Parameter(typeof(object[]));
        // Spans cannot be boxed, so the call is compiled instead of invoked.
        var call = Expression.Call(method, parameters.Select((parameter, i) => Argument(parameter, candles, Expression.ArrayIndex(arguments, Expression.Constant(i)))));
        _call = Expression.Lambda<Func<CandleSeries, object?[], object>>(Expression.Convert(call, typeof(object)), candles, arguments).Compile();
    }

    public static AnyIndicator[] All { get; } =
        [.. typeof(Indicators).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => new AnyIndicator(method))];

    public static AnyIndicator Named(string signature) => All.Single(indicator => indicator.Signature == signature);

    public MethodInfo Method { get; }

    public string Signature => $"{Method.Name}({string.Join(", ", Method.GetParameters().Select(parameter => parameter.Name))})";

    /// <summary>Defaults; null where candles or a column of them goes.</summary>
    public object?[] Arguments { get; }

    public int[] PeriodPlaces => [.. Method.GetParameters().Where(parameter => parameter.ParameterType == typeof(int)).Select(parameter => parameter.Position)];

    public double[][] Columns(CandleSeries candles) => Columns(candles, Arguments);

    public double[][] Columns(CandleSeries candles, object?[] arguments) => _call(candles, arguments) switch
    {
        double[] column => [column],
        var record => [.. record.GetType().GetProperties().Where(property => property.PropertyType == typeof(double[])).Select(property => (double[])property.GetValue(record)!)],
    };

    static bool IsColumn(ParameterInfo parameter) => parameter.ParameterType == typeof(CandleSeries) || parameter.ParameterType == typeof(ReadOnlySpan<double>);

    static Expression Argument(ParameterInfo parameter, Expression candles, Expression boxed)
    {
        if (parameter.ParameterType == typeof(CandleSeries)) return candles;
        if (!IsColumn(parameter)) return Expression.Convert(boxed, parameter.ParameterType);
        var column = parameter.Name switch { "high" => nameof(CandleSeries.High), "low" => nameof(CandleSeries.Low), _ => nameof(CandleSeries.Close) };
        return Expression.Property(candles, column);
    }
}
