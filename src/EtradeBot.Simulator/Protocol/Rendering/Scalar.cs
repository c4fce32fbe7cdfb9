namespace EtradeBot.Simulator.Protocol.Rendering;

/// <summary>How a value is written in JSON; XML knows text only.</summary>
enum ScalarKind
{
    Text,

    /// <summary>A number, true or false: the text stands there bare.</summary>
    Bare,
}

/// <summary>A value of an answer, already in its wire form.</summary>
readonly record struct Scalar(string Text, ScalarKind Kind)
{
    public static Scalar Of(string text) => new(text, ScalarKind.Text);

    public static Scalar Of(bool value) => new(value ? "true" : "false", ScalarKind.Bare);

    public static Scalar Of(long value) => new(Wire.Number(value), ScalarKind.Bare);

    public static Scalar Of(decimal value) => new(Wire.Number(value), ScalarKind.Bare);

    public static Scalar Of(double value) => new(Wire.Number(value), ScalarKind.Bare);

    /// <summary>Without a decimal where the value has none: <c>20</c>, <c>238.5</c>.</summary>
    public static Scalar Whole(decimal value) => decimal.Truncate(value) == value && Math.Abs(value) < long.MaxValue ? Of((long)value) : Of(value);
}
