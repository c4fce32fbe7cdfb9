using System.Runtime.CompilerServices;
using EtradeBot.Backtests;
using EtradeBot.Strategies;

namespace EtradeBot.App.Scripting;

public sealed class StrategyFolderTests : IDisposable
{
    const string Idle = "public sealed class NAME : Strategy { public override Signal? OnCandle(View view) => null; }";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_without_usings_or_namespace_becomes_a_strategy_with_parameters()
    {
        _folder.Write("strategies/Hammers.cs", """
            [About("Buys hammers.")]
            public sealed class HammersOnly : Strategy
            {
                [About("Most candles in the position.", Unit = "candles", Min = 1)]
                public int Patience { get; init; } = 7;

                Line _trend = null!;

                public override void Init(View view) => _trend = view.Line(c => Enumerable.Range(0, c.Count).Select(i => (double)i).ToArray());

                public override Signal? OnCandle(View view) =>
                    view.Has(Pattern.Hammer) && _trend.Now > 3 ? new() { Side = Side.Buy, Because = "hammer", MaxCandles = Patience } : null;
            }
            """);
        using var library = Library();
        var entry = library.Get("hammers-only");
        Assert.EndsWith("strategies/Hammers.cs", entry.Origin, StringComparison.Ordinal);
        Assert.Equal("Buys hammers.", entry.Description);
        Assert.Equal("Patience", Assert.Single(entry.Parameters).Name);
        Assert.IsAssignableFrom<Strategy>(entry.Create([new("patience", "3")]));
        Assert.Contains("hammers-only", library.All().Entries.Select(e => e.Name));
    }

    [Fact]
    public void An_error_names_file_line_column_and_shows_the_line()
    {
        _folder.Write("strategies/Broken.cs", """
            public sealed class Broken : Strategy
            {
                public override Signal? OnCandle(View view)
                {
                    return null
                }
            }
            """);
        using var library = Library();
        var message = Assert.Throws<StrategyException>(() => library.Get("broken")).Message;
        Assert.EndsWith("strategies/Broken.cs:5:20: CS1002 ; expected\n    return null\n               ^", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_does_not_hide_the_others()
    {
        _folder.Write("strategies/A.cs", "public class");
        _folder.Write("strategies/B.cs", Idle.Replace("NAME", "Good", StringComparison.Ordinal));
        _folder.Write("strategies/C.cs", "public sealed class NoStrategy;");
        File.WriteAllBytes(_folder["strategies", "D.cs"], [0xff, 0xfe, 0x00, 0x80]);
        File.WriteAllText(_folder["strategies", "E.cs"], new string(' ', (1 << 20) + 1));
        using var library = Library();
        Assert.Contains("good", library.All().Entries.Select(e => e.Name));
        Assert.Equal(4, library.Problems.Count);
        Assert.Contains(library.Problems, p => p.Contains("A.cs:1:13: CS1001", StringComparison.Ordinal));
        Assert.Contains(library.Problems, p => p.EndsWith("C.cs: holds no strategy: it needs a public class derived from Strategy with a constructor that takes nothing", StringComparison.Ordinal));
        Assert.Contains(library.Problems, p => p.EndsWith("D.cs: is not UTF-8 text", StringComparison.Ordinal));
        Assert.Contains(library.Problems, p => p.EndsWith("E.cs: a strategy file has at most 1 MB", StringComparison.Ordinal));
    }

    [Fact]
    public void Broken_neighbours_do_not_stop_the_strategy_that_was_asked_for()
    {
        _folder.Write("strategies/A.cs", "public class");
        _folder.Write("strategies/B.cs", Idle.Replace("NAME", "Good", StringComparison.Ordinal));
        using var library = Library();
        Assert.Equal("good", library.Get("GOOD").Name);
        Assert.Empty(library.Problems);
        Assert.Equal("sma-cross", library.Get("sma-cross").Name);
    }

    [Fact]
    public void An_unknown_name_tells_what_exists_and_what_could_not_be_read()
    {
        _folder.Write("strategies/Good.cs", Idle.Replace("NAME", "Good", StringComparison.Ordinal));
        using (var library = Library())
            Assert.EndsWith("did you mean 'good'?", Assert.Throws<StrategyException>(() => library.Get("goood")).Message, StringComparison.Ordinal);
        _folder.Write("strategies/Bad.cs", "public class");
        using (var library = Library())
            Assert.Contains("Bad.cs:1:13", Assert.Throws<StrategyException>(() => library.Get("goood")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_with_one_name_are_refused_naming_both()
    {
        _folder.Write("strategies/One.cs", Idle.Replace("NAME", "Twin", StringComparison.Ordinal));
        _folder.Write("strategies/Two.cs", Idle.Replace("NAME", "TwinStrategy", StringComparison.Ordinal));
        using var library = Library();
        var message = Assert.Throws<StrategyException>(() => library.Get("twin")).Message;
        Assert.Matches("^two strategies are called twin: one in .*Two.cs, the other in .*One.cs; rename one of the classes$", message);
    }

    [Fact]
    public void A_file_cannot_take_the_name_of_a_built_in_strategy_silently()
    {
        _folder.Write("strategies/Mine.cs", Idle.Replace("NAME", "SmaCross", StringComparison.Ordinal));
        using var library = Library();
        var message = Assert.Throws<StrategyException>(() => library.Get("sma-cross")).Message;
        Assert.Matches("^two strategies are called sma-cross: one in .*Mine.cs, the other built in;", message);
    }

    [Theory]
    [InlineData("System.IO.File.Exists(\"x\")", "System.IO.File")]
    [InlineData("Environment.MachineName == \"x\"", "System.Environment")]
    [InlineData("DateTime.UtcNow.Hour > 3", "System.DateTime.UtcNow")]
    [InlineData("DateTimeOffset.Now.Hour > 3", "System.DateTimeOffset.Now")]
    [InlineData("new Random().Next() > 3", "System.Random.Random()")]
    [InlineData("((Func<Random>)(() => new()))().Next() > 3", "System.Random.Random()")]
    [InlineData("Random.Shared.Next() > 3", "System.Random.Shared")]
    [InlineData("Guid.NewGuid() == default", "System.Guid")]
    [InlineData("view.GetType().Assembly != null", "System.Type")]
    [InlineData("typeof(string).Assembly.GetType(\"System.IO.File\") != null", "System.Type")]
    [InlineData("System.Threading.Thread.CurrentThread.IsAlive", "System.Threading.Thread")]
    [InlineData("Activator.CreateInstance(typeof(int)) != null", "System.Activator")]
    public void Files_clock_chance_and_reflection_are_refused(string expression, string name)
    {
        var file = new StrategyFile("X.cs", $$"""
            public sealed class X : Strategy
            {
                public override Signal? OnCandle(View view) => {{expression}} ? null : null;
            }
            """);
        var message = Assert.Throws<StrategyException>(() => StrategyCompiler.Compile(file)).Message;
        Assert.StartsWith("X.cs:3:", message, StringComparison.Ordinal);
        Assert.Contains($": a strategy may not use {name}: it sees candles and nothing else", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("EtradeBot.App.Program")]
    public void Network_processes_and_this_program_are_not_there_to_be_named(string type)
    {
        var file = new StrategyFile("X.cs", $"public sealed class X {{ {type} _x; }}");
        Assert.Matches("CS(0234|0246)", Assert.Throws<StrategyException>(() => StrategyCompiler.Compile(file)).Message);
    }

    [Fact]
    public void Useful_things_are_allowed()
    {
        var file = new StrategyFile("X.cs", """
            using System.Text;
            using System.Globalization;
            public enum Mood { Calm, Wild }
            public sealed class X : Strategy
            {
                readonly Queue<double> _closes = new();
                readonly Random _seeded = new(5);
                public Mood Mood { get; init; }
                static double Square(double x) => x * x;
                public override void Init(View view) => view.Line(c => [.. c.Close.ToArray().Select(Square)]);
                public override Signal? OnCandle(View view)
                {
                    _closes.Enqueue(Math.Log(view.Now.Close));
                    var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{_closes.Average():0.0}").ToString();
                    var (low, high) = (view.Now.Low, view.Now.High);
                    var best = new { low, high };
                    return view.Now.OpenTime.DayOfWeek == DayOfWeek.Monday && _seeded.Next(2) == 0 && Mood != Mood.Wild
                        ? new() { Side = Side.Buy, Because = text, Stop = best.low } : throw new InvalidOperationException("x");
                }
            }
            """);
        Assert.NotEmpty(StrategyCompiler.Compile(file).Assembly);
    }

    [Fact]
    public void Equal_text_gives_equal_bytes()
    {
        var file = new StrategyFile("Same.cs", Idle.Replace("NAME", "Same", StringComparison.Ordinal));
        var (one, two) = (StrategyCompiler.Compile(file), StrategyCompiler.Compile(file));
        Assert.Equal(one.Assembly, two.Assembly);
        Assert.Equal(one.Symbols, two.Symbols);
    }

    [Theory]
    [InlineData("view[3].Close", "ago .'3'. must be less than or equal to '2'.* \\(ArgumentOutOfRangeException\\)")]
    [InlineData("nothing[view.Index]", "Index was outside the bounds of the array. \\(IndexOutOfRangeException\\)")]
    [InlineData("1 / nothing.Length", "Attempted to divide by zero. \\(DivideByZeroException\\)")]
    [InlineData("_line.Now", "Object reference not set to an instance of an object. \\(NullReferenceException\\)")]
    [InlineData("Deeper(view)", "deep \\(InvalidOperationException\\)", 11)]
    public void A_failure_while_running_names_strategy_candle_file_and_line(string expression, string message, int line = 8)
    {
        _folder.Write("strategies/Fails.cs", $$"""
            public sealed class Fails : Strategy
            {
                Line _line = null!;
                public override Signal? OnCandle(View view)
                {
                    if (view.Index < 2) return null;
                    var nothing = new int[0];
                    var value = {{expression}};
                    return value > 1e9 ? new() { Side = Side.Buy, Because = $"{value}" } : null;
                }
                static int Deeper(View view) => throw new InvalidOperationException("deep");
            }
            """);
        using var library = Library();
        var entry = library.Get("fails");
        var failure = Assert.Throws<StrategyFailedException>(() => LookaheadCheck.Run(Rising(10), entry.Create, new LookaheadOptions()));
        Assert.Matches($@"^strategy fails failed at the candle of 2024-01-10 \(.*Fails.cs:{line}\): {message}$", failure.Message);
    }

    [Fact]
    public void The_code_is_unloaded_when_the_library_is_disposed()
    {
        _folder.Write("strategies/Gone.cs", Idle.Replace("NAME", "Gone", StringComparison.Ordinal));
        var assembly = LoadAndDispose();
        for (var i = 0; assembly.IsAlive && i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(assembly.IsAlive);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused_only_when_it_was_named() =>
        Assert.Equal("--strategies nowhere: there is no such folder", Assert.Throws<StrategyException>(() => new StrategyLibrary("nowhere", null)).Message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    WeakReference LoadAndDispose()
    {
        using var library = Library();
        return new WeakReference(library.Get("gone").Create().GetType().Assembly);
    }

    StrategyLibrary Library() => new(_folder["strategies"], stateFolder: null);

    static Market.CandleSeries Rising(int count) => Market.CandleSeries.From(
        Market.Symbol.Parse("UP"), Market.Timeframe.D1, new Market.CandleOrigin("test"),
        Enumerable.Range(0, count).Select(i => new Market.Candle(Market.MarketCalendar.Nyse.DailyOpen(new DateOnly(2024, 1, 8).AddDays(i)), 10 + i, 11 + i, 9 + i, 10.5 + i, 100)));
}
