using EtradeBot.App.Commands;
using EtradeBot.ETrade;

namespace EtradeBot.App.Broker;

public class AccountChoiceTests
{
    static readonly BrokerageAccount Main = new("key-main_AAAAAAAAAAAAA", "823145980", "Main", "Individual", "CASH", "INDIVIDUAL", IsActive: true);
    static readonly BrokerageAccount Margin = new("key-margin_AAAAAAAAAAA", "823145981", "Margin", "Individual", "MARGIN", "MARGIN", IsActive: true);
    static readonly BrokerageAccount Closed = new("key-closed_AAAAAAAAAAA", "823145982", "Old", "Individual", "CASH", "INDIVIDUAL", IsActive: false);

    [Theory]
    [InlineData("823145980")]
    [InlineData("key-main_AAAAAAAAAAAAA")]
    [InlineData("5980")]
    [InlineData("****5980")]
    public void Number_key_and_last_digits_name_an_account(string wanted) =>
        Assert.Same(Main, AccountChoice.Choose([Margin, Main, Closed], wanted, "--account"));

    [Fact]
    public void A_closed_account_can_be_named() => Assert.Same(Closed, AccountChoice.Choose([Main, Closed], "5982", "--account"));

    [Fact]
    public void The_only_active_account_needs_no_name() => Assert.Same(Main, AccountChoice.Choose([Closed, Main], null, "ETRADE_ACCOUNT_ID"));

    [Fact]
    public void Of_several_active_ones_one_must_be_chosen() =>
        Refused("several accounts: ****5980 (Main), ****5981 (Margin). Choose one with --account and its last four digits, or with ETRADE_ACCOUNT_ID", [Main, Margin, Closed], null);

    [Fact]
    public void What_only_reads_shows_every_active_account_or_the_one_that_is_named()
    {
        Assert.Equal([Main, Margin], AccountChoice.ForReading([Main, Margin, Closed], null, "--account"));
        Assert.Equal([Closed], AccountChoice.ForReading([Main, Margin, Closed], "5982", "--account"));
        Assert.Throws<UsageException>(() => AccountChoice.ForReading([Closed], null, "--account"));
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("980")]
    [InlineData("")]
    [InlineData("KEY-MAIN_AAAAAAAAAAAAA")]
    public void An_unknown_account_is_answered_with_the_masked_ones(string wanted) =>
        Refused("--account names no account of this login; it has ****5980 (Main), ****5982 (Old, closed)", [Main, Closed], wanted);

    [Fact]
    public void Last_digits_of_two_accounts_are_not_enough() =>
        Refused("--account fits several accounts: ****5980 (Main), ****5980 (Twin). Give the whole number", [Main, Main with { Number = "723145980", Name = "Twin" }], "5980");

    [Fact]
    public void A_login_without_an_active_account_says_so()
    {
        Refused("this login has no brokerage account", [], null);
        Refused("no account is active: ****5982 (Old, closed). Choose one with --account and its last four digits", [Closed], null);
    }

    [Theory]
    [InlineData("823145980", "****5980")]
    [InlineData("12345", "****2345")]
    [InlineData("1234", "****")]
    [InlineData("", "****")]
    public void A_masked_number_shows_four_digits_at_most(string number, string masked) => Assert.Equal(masked, AccountChoice.Masked(number));

    static void Refused(string message, BrokerageAccount[] accounts, string? wanted)
    {
        var problem = Assert.Throws<UsageException>(() => AccountChoice.Choose(accounts, wanted, "--account"));
        Assert.Equal(message, problem.Message);
        Assert.All(accounts, account => Assert.DoesNotContain(account.Key, problem.Message, StringComparison.Ordinal));
    }
}
