using System.Globalization;
using EtradeBot.Analysis;
using EtradeBot.Trading;

namespace EtradeBot.Strategies;

public class StrategyCatalogTests
{
    static readonly StrategyEntry Every = StrategyEntry.From(typeof(EveryKind), "tests");

    [Theory]
    [InlineData(typeof(SmaCross), "sma-cross")]
    [InlineData(typeof(RuleStrategy), "rule")]
    [InlineData(typeof(RSIRevert), "rsi-revert")]
    [InlineData(typeof(Ema200Pullback), "ema200-pullback")]
    [InlineData(typeof(Snake_Case), "snake-case")]
    [InlineData(typeof(PatternNN), "pattern-nn")]
    public void A_strategy_is_called_as_its_class_in_kebab_case(Type type, string name) =>
        Assert.Equal(name, StrategyEntry.From(type, "tests").Name);

    [Fact]
    public void Built_in_strategies_are_listed_in_the_order_of_their_names()
    {
        var names = StrategyCatalog.BuiltIn.Entries.Select(e => e.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(StrategyCatalog.BuiltIn.Entries, e => Assert.Equal("built in", e.Origin));
    }

    [Theory]
    [InlineData(typeof(Hidden))]
    [InlineData(typeof(NeedsArguments))]
    [InlineData(typeof(Idle))]
    [InlineData(typeof(string))]
    public void Only_a_public_class_that_needs_no_arguments_is_a_strategy(Type type) =>
        Assert.StartsWith($"{type.Name} is no strategy", Assert.Throws<StrategyException>(() => StrategyEntry.From(type, "tests")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parameters_tell_kind_default_unit_range_and_choices()
    {
        Assert.Equal(["Amount", "IsEager", "Label", "Period", "Wanted"], Every.Parameters.Select(p => p.Name));
        var period = Every.Parameters.Single(p => p.Name == "Period");
        Assert.Equal((ParameterKind.WholeNumber, "20", "candles", "length of the average"), (period.Kind, period.Default, period.Unit, period.Description));
        Assert.Equal("a whole number from 2 to 500", period.Rule);
        var amount = Every.Parameters.Single(p => p.Name == "Amount");
        Assert.Equal((ParameterKind.Number, "1.5", "a number of at least 0"), (amount.Kind, amount.Default, amount.Rule));
        var wanted = Every.Parameters.Single(p => p.Name == "Wanted");
        Assert.Equal((ParameterKind.Choice, "Hammer"), (wanted.Kind, wanted.Default));
        Assert.Equal(Enum.GetNames<Pattern>(), wanted.Choices);
        Assert.Equal("false", Every.Parameters.Single(p => p.Name == "IsEager").Default);
        Assert.Equal("every kind of parameter", Every.Description);
    }

    [Fact]
    public void Values_are_set_by_name_in_any_case_and_the_others_keep_their_defaults()
    {
        var made = (EveryKind)Every.Create([new("PERIOD", "30"), new("amount", "0.25"), new("wanted", "eveningstar"), new("isEager", "True")]);
        Assert.Equal((30, 0.25, Pattern.EveningStar, true, "plain"), (made.Period, made.Amount, made.Wanted, made.IsEager, made.Label));
        Assert.Equal((20, 1.5), (((EveryKind)Every.Create()).Period, ((EveryKind)Every.Create()).Amount));
    }

    [Theory]
    [InlineData("Period", "1", "parameter Period of strategy every-kind must be a whole number from 2 to 500, not '1'")]
    [InlineData("Period", "501", "parameter Period of strategy every-kind must be a whole number from 2 to 500, not '501'")]
    [InlineData("period", "10.0", "parameter Period of strategy every-kind must be a whole number from 2 to 500, not '10.0'")]
    [InlineData("Period", "1e2", "parameter Period of strategy every-kind must be a whole number from 2 to 500, not '1e2'")]
    [InlineData("Period", "", "parameter Period of strategy every-kind must be a whole number from 2 to 500, not ''")]
    [InlineData("Amount", "NaN", "parameter Amount of strategy every-kind must be a number of at least 0, not 'NaN'")]
    [InlineData("Amount", "Infinity", "parameter Amount of strategy every-kind must be a number of at least 0, not 'Infinity'")]
    [InlineData("Amount", "1,5", "parameter Amount of strategy every-kind must be a number of at least 0, not '1,5'")]
    [InlineData("Amount", "-0.1", "parameter Amount of strategy every-kind must be a number of at least 0, not '-0.1'")]
    [InlineData("IsEager", "yes", "parameter IsEager of strategy every-kind must be true or false, not 'yes'")]
    [InlineData("Label", "bad", "parameter Label of strategy every-kind refuses 'bad': no bad labels")]
    [InlineData("Perod", "5", "strategy every-kind has no parameter 'Perod': it has Amount, IsEager, Label, Period, Wanted; did you mean 'Period'?")]
    public void A_wrong_value_names_parameter_rule_and_value(string name, string text, string message) =>
        Assert.Equal(message, Assert.Throws<StrategyException>(() => Every.Create([new(name, text)])).Message);

    [Theory]
    [InlineData("Hamer", "; did you mean 'Hammer'?")]
    [InlineData("0", "not '0'")]
    public void A_choice_is_one_of_its_names(string text, string ending) =>
        Assert.EndsWith(ending, Assert.Throws<StrategyException>(() => Every.Create([new("Wanted", text)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_parameter_given_twice_is_refused() =>
        Assert.Equal("parameter Period of strategy every-kind is given twice",
            Assert.Throws<StrategyException>(() => Every.Create([new("Period", "5"), new("period", "6")])).Message);

    [Fact]
    public void Numbers_are_read_alike_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };
            Assert.Equal(0.5, ((EveryKind)Every.Create([new("Amount", "0.5")])).Amount);
            Assert.Equal("1.5", StrategyEntry.From(typeof(EveryKind), "tests").Parameters[0].Default);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_unknown_strategy_lists_those_that_exist()
    {
        var catalog = StrategyCatalog.BuiltIn.With([StrategyEntry.From(typeof(GoldenPath), "strategies/GoldenPath.cs"), Every]);
        var message = Assert.Throws<StrategyException>(() => catalog.Create("golden-pth", [])).Message;
        Assert.StartsWith("unknown strategy 'golden-pth': there are ", message, StringComparison.Ordinal);
        Assert.Contains("every-kind, golden-path", message, StringComparison.Ordinal);
        Assert.EndsWith("; did you mean 'golden-path'?", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_found_in_any_case_and_makes_a_fresh_strategy_each_time()
    {
        var catalog = StrategyCatalog.BuiltIn.With([Every]);
        Assert.NotSame(catalog.Create("Every-Kind", []), catalog.Create("every-kind", []));
    }

    [Fact]
    public void Two_strategies_of_one_name_are_refused_with_both_places()
    {
        var message = Assert.Throws<StrategyException>(() => StrategyCatalog.BuiltIn.With(
            [StrategyEntry.From(typeof(GoldenPath), "strategies/A.cs"), StrategyEntry.From(typeof(GoldenPathStrategy), "strategies/B.cs")])).Message;
        Assert.Equal("two strategies are called golden-path: one in strategies/B.cs, the other in strategies/A.cs; rename one of the classes", message);
    }

    [Fact]
    public void An_unusable_class_says_why()
    {
        string Why<T>() => Assert.Throws<StrategyException>(() => StrategyEntry.From(typeof(T), "x.cs")).Message;
        Assert.Equal("strategy throws-when-made (x.cs) cannot be made: not today", Why<ThrowsWhenMade>());
        Assert.Equal("strategy throws-when-read (x.cs) cannot be made: no value", Why<ThrowsWhenRead>());
        Assert.Equal("property Cash of strategy odd-parameter is a Decimal: a parameter is an int, double, bool, string or enum; make it private if it is none", Why<OddParameter>());
    }

    public abstract class Idle : Strategy
    {
        public override Signal? OnCandle(View view) => null;
    }

    [About("every kind of parameter")]
    public sealed class EveryKind : Idle
    {
        [About("length of the average", Unit = "candles", Min = 2, Max = 500)]
        public int Period { get; init; } = 20;

        [About("how much", Min = 0)]
        public double Amount { get; init; } = 1.5;

        public bool IsEager { get; set; }

        public string Label
        {
            get;
            init => field = value == "bad" ? throw new ArgumentException("no bad labels") : value;
        } = "plain";

        public Pattern Wanted { get; init; }

        public int Computed => Period * 2;

        internal decimal Hidden { get; set; }
    }

    public sealed class SmaCross : Idle;

    public sealed class RuleStrategy : Idle;

    public sealed class RSIRevert : Idle;

    public sealed class Ema200Pullback : Idle;

    public sealed class Snake_Case : Idle;

    public sealed class PatternNN : Idle;

    public sealed class GoldenPath : Idle;

    public sealed class GoldenPathStrategy : Idle;

    internal sealed class Hidden : Idle;

    public sealed class NeedsArguments(int count) : Idle
    {
        public override Signal? OnCandle(View view) => count > 0 ? null : base.OnCandle(view);
    }


    public sealed class ThrowsWhenMade : Idle
    {
        public ThrowsWhenMade() => throw new InvalidOperationException("not today");
    }

    public sealed class ThrowsWhenRead : Idle
    {
        public int Value
        {
            get => throw new InvalidOperationException("no value");
            init => _ = value;
        }
    }

    public sealed class OddParameter : Idle
    {
        public decimal Cash { get; init; }
    }
}
