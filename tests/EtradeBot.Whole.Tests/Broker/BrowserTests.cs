namespace EtradeBot.App.Broker;

public class BrowserTests
{
    [Theory]
    [InlineData("DISPLAY", ":0", true)]
    [InlineData("WAYLAND_DISPLAY", "wayland-0", true)]
    [InlineData("DISPLAY", "", false)]
    [InlineData("TERM", "xterm", false)]
    public void Without_a_desktop_there_is_no_browser(string name, string value, bool isThere)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere a desktop is always there");
        Assert.Equal(isThere, Browser.IsThere(asked => asked == name ? value : null));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public void Nothing_but_a_web_page_is_opened(string page) => Assert.Throws<ArgumentException>(() => Browser.Open(new Uri(page)));
}
