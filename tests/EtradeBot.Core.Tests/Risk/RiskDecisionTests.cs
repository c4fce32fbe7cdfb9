namespace EtradeBot.Risk;

public class RiskDecisionTests
{
    [Fact]
    public void A_size_is_told_in_words_and_not_by_the_names_of_fields()
    {
        Assert.Equal("25 shares", new RiskDecision.Sized(25).ToString());
        Assert.Equal("as many shares as the cash buys; cut to 7, because one position may not be larger", new RiskDecision.Sized(7, IsAllCash: true) { CutBy = "one position may not be larger" }.ToString());
        Assert.Equal("exposure: at most so much (limit 1, asked 1.5)", new RiskDecision.Denied("exposure", "exposure: at most so much", 1, 1.5).ToString());
    }
}
