using EtradeBot.Strategies;

namespace EtradeBot.App.Hosting.Backtests;

public sealed class FormTests
{
    static readonly StrategyList Strategies = new(StrategyCatalog.BuiltIn, []);

    [Fact]
    public void An_address_holds_what_was_entered_and_nothing_else()
    {
        var form = BacktestForm.Of([new("symbols", "BASALT,MEADOW"), new("cash", "100000"), new("p.Fast", "5"), new("unknown", "x"), new("to", " 2024-01-02 ")]);
        Assert.Equal("backtest?p.Fast=5&symbols=BASALT%2CMEADOW&to=2024-01-02", form.Address());
        Assert.Equal("", form["unknown"]);
        Assert.Equal("100000", form.Whole["cash"]);
    }

    [Fact]
    public void Another_strategy_drops_the_parameters_of_the_last_one()
    {
        var form = BacktestForm.Of([new("p.TrendPeriod", "5"), new("cash", "5")]).WithStrategy("sma-cross");
        Assert.Empty(form.Parameters);
        Assert.Equal(("sma-cross", "5"), (form["strategy"], form["cash"]));
    }

    [Theory]
    [InlineData("symbols", "", "choose at least one symbol")]
    [InlineData("symbols", "BASALT,basalt", "BASALT is named twice")]
    [InlineData("symbols", "NOBODY", "there are no candles of NOBODY")]
    [InlineData("symbols", "<b>", "'<b>' is not a ticker")]
    [InlineData("t", "7m", "'7m' is not a timeframe")]
    [InlineData("from", "2014-12-30", "the candles run from 2015-01-01 to 2024-12-31")]
    [InlineData("to", "tomorrow", "'tomorrow' is not a day")]
    [InlineData("strategy", "rul", "there is no strategy 'rul'")]
    [InlineData("p.StopAtr", "0", "parameter StopAtr of strategy rule must be a number from 0.1 to 100, not '0'")]
    [InlineData("p.Nothing", "1", "has no parameter 'Nothing'")]
    [InlineData("cash", "1e13", "is not a number from 0.01 to")]
    [InlineData("settlement", "11", "is not a whole number from 0 to 10")]
    [InlineData("max-position", "0", "is not a percentage above 0")]
    [InlineData("max-daily-loss", "x", "is not a percentage above 0")]
    [InlineData("participation", "-1", "is not a percentage above 0")]
    [InlineData("costs", "free", "'free' is unknown: use none, etrade or own")]
    [InlineData("slip", "-3", "is not a slippage")]
    [InlineData("intrabar", "1", "is unknown: use worst, best, path or drill")]
    [InlineData("short", "maybe", "is neither true nor false")]
    [InlineData("seed", "-1", "is not a whole number of at least 0")]
    public void A_wrong_field_is_named_with_the_rule_it_breaks(string key, string value, string words)
    {
        using var folder = new TemporaryFolder();
        var check = FormCheck.Of(BacktestForm.Blank.With("symbols", "BASALT").With(key, value), new CandleCatalog(folder.Path).List(), Strategies);
        Assert.Equal([key], check.Problems.Keys);
        Assert.Contains(words, check.Problems[key], StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_day_may_not_lie_before_the_first()
    {
        using var folder = new TemporaryFolder();
        var form = BacktestForm.Of([new("symbols", "BASALT"), new("from", "2020-01-02"), new("to", "2019-01-02")]);
        Assert.Contains("lies before the first", FormCheck.Of(form, new CandleCatalog(folder.Path).List(), Strategies).Problems["to"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_untouched_form_is_right_but_for_its_symbol()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(["symbols"], FormCheck.Of(BacktestForm.Blank, new CandleCatalog(folder.Path).List(), Strategies).Problems.Keys);
    }

    [Fact]
    public void Finer_candles_must_be_finer_and_of_one_symbol()
    {
        using var folder = new TemporaryFolder();
        var form = BacktestForm.Of([new("symbols", "BASALT,MEADOW"), new("t", "5m"), new("intrabar", "drill"), new("drill", "1h")]);
        var problems = FormCheck.Of(form, new CandleCatalog(folder.Path).List(), Strategies).Problems;
        Assert.Equal(["drill", "intrabar"], problems.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Presets_are_kept_over_a_restart_and_only_by_traders()
    {
        using var folder = new TemporaryFolder();
        var time = TimeProvider.System;
        BacktestPresets Presets() => new(folder.Path, new Security.AuditLog(folder.Path, time));
        Presets().Save(Desk.Trader, " careful ", Desk.Form.With("max-risk", "0.5"));
        Assert.Throws<Security.NotAllowedException>(() => Presets().Save(Desk.Viewer, "mine", Desk.Form));
        Assert.Throws<FormatException>(() => Presets().Save(Desk.Trader, " ", Desk.Form));
        var kept = Assert.Single(Presets().All());
        Assert.Equal(("careful", "0.5", "30"), (kept.Key, kept.Value["max-risk"], kept.Value["p.TrendPeriod"]));
        Presets().Delete(Desk.Trader, "careful");
        Assert.Empty(Presets().All());
    }

    [Fact]
    public void A_damaged_file_of_presets_is_named_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("backtest-presets.json", "{ half");
        var presets = new BacktestPresets(folder.Path, new Security.AuditLog(folder.Path, TimeProvider.System));
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => presets.All()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => presets.Save(Desk.Trader, "x", Desk.Form));
        Assert.Equal("{ half", File.ReadAllText(path));
    }
}
