using EtradeBot.App.Commands;

namespace EtradeBot.App.Settings;

public class DotEnvFileTests
{
    [Theory]
    [InlineData("A=b", "b")]
    [InlineData("A=", "")]
    [InlineData("A= # nothing", "")]
    [InlineData("A=b # comment", "b")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A=b c", "b c")]
    [InlineData("A=b  c # d # e", "b  c")]
    [InlineData("A=b=c==", "b=c==")]
    [InlineData("A=$B ${C}", "$B ${C}")]
    [InlineData("A=it's \"so\"", "it's \"so\"")]
    [InlineData("A=C:\\new", "C:\\new")]
    [InlineData("  export A=b", "b")]
    [InlineData("export\tA=b", "b")]
    [InlineData("A='b # c $d \\n \"e\"'", "b # c $d \\n \"e\"")]
    [InlineData("A='  b  ' # comment", "  b  ")]
    [InlineData("A=\"b # c 'd' \\n\\r\\t\\\"\\$\\\\\"", "b # c 'd' \n\r\t\"$\\")]
    [InlineData("A=\"\"", "")]
    [InlineData("A=größe", "größe")]
    public void A_line_gives_its_value(string line, string value) =>
        Assert.Equal([new DotEnvEntry("A", value, 1)], DotEnvFile.Parse(line, ".env"));

    [Theory]
    [InlineData("A", ".env:1:2: no = follows the name: write NAME=VALUE, or NAME= to leave it unset")]
    [InlineData("A =b", ".env:1:2: a blank follows the name A: write A=VALUE without blanks around =")]
    [InlineData("A= b", ".env:1:3: a blank stands before the value of A: remove it, or quote the value if it is meant")]
    [InlineData("A=b ", ".env:1:4: a blank follows the value of A: remove it, or quote the value if it is meant")]
    [InlineData("A=b\t", ".env:1:4: a blank follows the value of A: remove it, or quote the value if it is meant")]
    [InlineData("A= ", ".env:1:3: a blank stands before the value of A: remove it, or quote the value if it is meant")]
    [InlineData("A='b' ", ".env:1:6: a blank follows the value of A: remove it")]
    [InlineData("A=#b", ".env:1:3: # begins a comment only after a blank; quote the value of A if it begins with #")]
    [InlineData("=b", ".env:1:1: a name begins with a letter or _: write NAME=VALUE")]
    [InlineData("1A=b", ".env:1:1: a name begins with a letter or _: write NAME=VALUE")]
    [InlineData("A-B=c", ".env:1:2: a name consists of A-Z, a-z, 0-9 and _: write NAME=VALUE")]
    [InlineData("A: b", ".env:1:2: a name consists of A-Z, a-z, 0-9 and _: write NAME=VALUE")]
    [InlineData("A='b", ".env:1:3: the quote of A is not closed on its line")]
    [InlineData("A=\"b\\\"", ".env:1:3: the quote of A is not closed on its line")]
    [InlineData("A=\"b\"c", ".env:1:6: something follows the closing quote of A: only a comment may")]
    [InlineData("A=\"b\\x\"", ".env:1:5: unknown escape in the value of A: \\n \\r \\t \\\" \\$ and \\\\ are known; single quotes keep a \\ as it is")]
    [InlineData("A=b\u0000c", ".env:1:4: a control character stands in the value of A: put the value in double quotes and write \\n, \\r or \\t")]
    [InlineData("export", ".env:1:7: no = follows the name: write NAME=VALUE, or NAME= to leave it unset")]
    public void A_line_that_cannot_be_read_names_place_and_remedy(string line, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => DotEnvFile.Parse(line, ".env")).Message);

    [Fact]
    public void Blank_lines_comments_line_ends_of_windows_and_a_byte_order_mark_are_no_trouble()
    {
        var entries = DotEnvFile.Parse("\uFEFF# first\r\nA=1\r\n\r\n   # more\r\n  B=2\r\n", ".env");
        Assert.Equal([new("A", "1", 2), new("B", "2", 5)], entries);
    }

    [Fact]
    public void A_name_set_twice_is_refused_with_both_lines() =>
        Assert.Equal(".env:3:1: A is set in line 1 already; keep one of the two", Assert.Throws<UsageException>(() => DotEnvFile.Parse("A=1\nB=2\nA=3", ".env")).Message);

    [Fact]
    public void All_problems_are_listed_up_to_ten()
    {
        var message = Assert.Throws<UsageException>(() => DotEnvFile.Parse(string.Concat(Enumerable.Repeat("A =b\n", 13)), ".env")).Message;
        Assert.Equal(11, message.Split('\n').Length);
        Assert.EndsWith(".env: and 3 more", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A=hunter2 ")]
    [InlineData("A='hunter2")]
    [InlineData("A=\"hunter2\\q\"")]
    [InlineData("A = hunter2")]
    [InlineData("A B=hunter2")]
    [InlineData("A=\"begin\nhunter2\nend\"")]
    [InlineData("A=hunter2\u0007")]
    public void A_message_never_shows_a_value(string line) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<UsageException>(() => DotEnvFile.Parse(line, ".env")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_text_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[".env"], [0x41, 0x3d, 0xff]);
        Assert.Equal(".env: is not UTF-8 text", Assert.Throws<UsageException>(() => DotEnvFile.Read(folder[".env"], ".env")).Message);
        File.WriteAllBytes(folder[".env"], new byte[(1 << 20) + 1]);
        Assert.StartsWith(".env: is larger than 1 MB", Assert.Throws<UsageException>(() => DotEnvFile.Read(folder[".env"], ".env")).Message, StringComparison.Ordinal);
    }
}
