using CsCheck;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits;

public class LimitsFileTests
{
    static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void What_is_written_is_read_back() => Gen.Select(Gen.Int[0, int.MaxValue].Array[LimitCatalog.All.Count], Gen.Int[0, 20].Array[0, 5], Gen.Int[0, 900], Gen.Bool).Sample((numbers, symbols, age, isReviewed) =>
    {
        var limits = TradingLimits.Safe with
        {
            Restricted = symbols.Select(i => Symbol.Parse($"S{i}")).ToHashSet(),
            ReviewedAt = isReviewed ? Today.AddDays(-age) : null,
            ReviewedBy = isReviewed ? "Ann \"the\" Önler" : "",
        };
        foreach (var (limit, number) in LimitCatalog.All.Zip(numbers)) limits = limit.Write(limits, InRange(limit, number));
        if (limits.DailyLossSoft > limits.DailyLossHard) limits = limits with { DailyLossSoft = limits.DailyLossHard };
        var text = LimitsFile.Format(limits);
        Assert.Equal(limits, LimitsFile.Parse(text, Today));
        Assert.Equal(text, LimitsFile.Format(LimitsFile.Parse(text, Today)));
    });

    [Fact]
    public void An_empty_object_is_the_safe_set() => Assert.Equal(TradingLimits.Safe, LimitsFile.Parse("{}", Today));

    [Theory]
    [InlineData("{\"mostShare\": 1}", "limits.json: 'mostShare' is no limit; did you mean 'mostShares'?")]
    [InlineData("{\"MostShares\": 1}", "limits.json: 'MostShares' is no limit; did you mean 'mostShares'?")]
    [InlineData("{\"mostShares\": \"1\"}", "limits.json: mostShares must be a number without quotes, not \"1\"")]
    [InlineData("{\"mostShares\": null}", "limits.json: mostShares must be a number without quotes, not null")]
    [InlineData("{\"mostShares\": 1.5}", "limits.json: mostShares is 1.5, but must be a whole number")]
    [InlineData("{\"mostShares\": 0}", "limits.json: mostShares is 0, but must lie between 1 and 1000000")]
    [InlineData("{\"mostShares\": 1000001}", "limits.json: mostShares is 1000001, but must lie between 1 and 1000000")]
    [InlineData("{\"mostShares\": 1e400}", "limits.json: mostShares is 1e400, but must lie between 1 and 1000000")]
    [InlineData("{\"priceCollar\": 3}", "limits.json: priceCollar is 3, but must lie between 0.001 and 0.5 (3 % is written 0.03)")]
    [InlineData("{\"allowShort\": 1}", "limits.json: allowShort must be true or false, not 1")]
    [InlineData("{\"restricted\": \"GME\"}", "limits.json: restricted must be a list such as [\"GME\"], not \"GME\"")]
    [InlineData("{\"restricted\": [\"G ME\"]}", "limits.json: restricted has \"G ME\", which is no ticker: write it like \"GME\"")]
    [InlineData("{\"reviewedAt\": \"23.11.2026\"}", "limits.json: reviewedAt must be a day such as \"2026-11-23\", not \"23.11.2026\"")]
    [InlineData("{\"reviewedAt\": \"2026-11-24\", \"reviewedBy\": \"Ann\"}", "limits.json: reviewedAt is 2026-11-24, but today is 2026-11-23: a review cannot lie in the future")]
    [InlineData("{\"reviewedAt\": \"2026-11-23\"}", "limits.json: reviewedAt needs reviewedBy: the name of the person who read the limits")]
    [InlineData("{\"dailyLossSoft\": 1001}", "limits.json: dailyLossSoft is larger than dailyLossHard: entries must stop before everything is sold")]
    [InlineData("{\"mostShares\": 1, \"mostShares\": 2}", "limits.json: mostShares is there twice: keep one")]
    [InlineData("[]", "limits.json: the limits must be one object, { ... }")]
    [InlineData("{\n\"mostShares\" 1}", "limits.json: line 2: this is not JSON; look for a missing comma, quote or brace there")]
    [InlineData("", "limits.json: line 1: this is not JSON; look for a missing comma, quote or brace there")]
    public void A_mistake_is_named_with_its_remedy(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => LimitsFile.Parse(text, Today)).Message);

    [Fact]
    public void Every_mistake_is_named() =>
        Assert.Equal(3, Assert.Throws<FormatException>(() => LimitsFile.Parse("{\"a\": 1, \"mostShares\": 0, \"restricted\": 1}", Today)).Message.Split('\n').Length);

    [Fact]
    public void Every_limit_takes_the_ends_of_its_range_and_nothing_beyond()
    {
        foreach (var limit in LimitCatalog.All.Where(limit => limit.Unit != LimitUnit.YesNo))
        {
            foreach (var edge in new[] { limit.Range.Least, limit.Range.Most }) Assert.Equal(edge, limit.Of(LimitsFile.Parse(Text(limit, edge), Today)));
            foreach (var beyond in new[] { limit.Range.Least - 0.0001m, limit.Range.Most + 0.0001m }) Assert.Throws<FormatException>(() => LimitsFile.Parse(Text(limit, beyond), Today));
        }

        // The soft loss may not be larger than the hard one.
        static string Text(LimitInfo limit, decimal value) =>
            FormattableString.Invariant($"{{{(limit.Name == "dailyLossHard" ? "\"dailyLossSoft\": 1" : "\"dailyLossHard\": 1000000000")}, \"{limit.Name}\": {value}}}");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(365, false)]
    [InlineData(366, true)]
    public void A_review_older_than_a_year_is_nagged_about(int age, bool nags) =>
        Assert.Equal(nags, LimitsFile.Nag(TradingLimits.Safe with { ReviewedAt = Today.AddDays(-age), ReviewedBy = "Ann" }, Today) is not null);

    [Fact]
    public void Limits_without_a_review_are_nagged_about() => Assert.Contains("never reviewed", LimitsFile.Nag(TradingLimits.Safe, Today), StringComparison.Ordinal);

    [Fact]
    public void Every_limit_has_plain_words_and_a_safe_value_in_its_range()
    {
        Assert.Equal(LimitCatalog.All.Count, LimitCatalog.All.Select(limit => limit.Name).Distinct().Count());
        foreach (var limit in LimitCatalog.All)
        {
            Assert.EndsWith(".", limit.Words, StringComparison.Ordinal);
            Assert.InRange(limit.Of(TradingLimits.Safe), limit.Range.Least, limit.Range.Most);
        }
    }

    static decimal InRange(LimitInfo limit, int number)
    {
        var value = limit.Range.Least + (limit.Range.Most - limit.Range.Least) * number / int.MaxValue;
        // As fine as a person would write it.
        return decimal.Round(value, limit.IsWhole ? 0 : limit.Unit == LimitUnit.Dollars ? 2 : 3, MidpointRounding.ToPositiveInfinity) is var round && round > limit.Range.Most ? limit.Range.Most : round;
    }
}
