using System.Globalization;
using System.Text;
using Bunit;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>The picture for the authenticator app, read back by another program: zbarimg of zbar-tools.</summary>
public sealed class QrImageTests : PageTest
{
    const string NoReader = "needs zbarimg to read the picture (Debian: apt-get install zbar-tools)";

    static readonly string? Reader = Tool.Find("zbarimg");

    static readonly string? Browser = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen ? chosen : Tool.Find("chromium", "chromium-browser", "google-chrome");

    [Theory]
    [InlineData("ann")]
    [InlineData("somebody.with-a_very.long.name@a.house.of.many.names.example.org")]
    public async Task The_picture_of_the_page_holds_the_secret(string user)
    {
        Assert.SkipWhen(Reader is null, NoReader);
        Assert.SkipWhen(Browser is null, "needs Chromium to draw the page (Debian: apt-get install chromium)");
        using var folder = new TemporaryFolder();
        var link = Totp.Link(Totp.NewSecret(), user);
        var drawn = Render<QrImage>(parts => parts.Add(part => part.Text, link).Add(part => part.Title, "Secret")).Find("svg").OuterHtml;
        var page = folder.Write("page.html", $"<!doctype html><body style=\"background:#101418\">{drawn}</body>");
        await Tool.RunAsync(Browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", $"--user-data-dir={folder["browser"]}", $"--screenshot={folder["page.png"]}", "--window-size=300,300", new Uri(page).AbsoluteUri);
        Assert.Equal((0, link), await ReadAsync(folder["page.png"]));
    }

    /// <summary>Lengths at which the code grows by a size, up to the longest that is drawn.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(26)]
    [InlineData(42)]
    [InlineData(62)]
    [InlineData(84)]
    [InlineData(106)]
    [InlineData(122)]
    [InlineData(152)]
    [InlineData(180)]
    [InlineData(213)]
    [InlineData(251)]
    [InlineData(287)]
    [InlineData(331)]
    public async Task Every_size_can_be_read(int length)
    {
        Assert.SkipWhen(Reader is null, NoReader);
        using var folder = new TemporaryFolder();
        var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('!' + (i * 37 % 90))));
        File.WriteAllBytes(folder["code.pgm"], Picture(QrCode.Of(text)!));
        Assert.Equal((0, text), await ReadAsync(folder["code.pgm"]));
    }

    [Fact]
    public void What_does_not_fit_is_not_drawn() => Assert.Null(QrCode.Of(new string('x', 332)));

    static async Task<(int ExitCode, string Text)> ReadAsync(string picture)
    {
        var (exitCode, text) = await Tool.RunAsync(Reader!, "--raw", "-q", "-Sdisable", "-Sqrcode.enable", picture);
        return (exitCode, text.TrimEnd('\n'));
    }

    /// <summary>Grey values, eight pixels a module, with the quiet zone.</summary>
    static byte[] Picture(QrCode code)
    {
        const int pixels = 8;
        const int quiet = 4;
        var side = (code.Size + (2 * quiet)) * pixels;
        var grey = new byte[side * side];
        Array.Fill(grey, byte.MaxValue);
        for (var y = 0; y < code.Size * pixels; y++)
            for (var x = 0; x < code.Size * pixels; x++)
                if (code.IsDark(x / pixels, y / pixels)) grey[((y + (quiet * pixels)) * side) + x + (quiet * pixels)] = 0;
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5 {side} {side} 255\n")), .. grey];
    }
}
