namespace EtradeBot.App.Dashboard;

public sealed class FiguresTests
{
    [Fact]
    public void A_missing_value_is_a_dash_and_never_zero()
    {
        Assert.All(
            new[] { Figures.Money((decimal?)null), Figures.Money(double.NaN), Figures.Pnl(null), Figures.Percent(null), Figures.Change(double.NaN), Figures.Price((double?)null), Figures.Count(null), Figures.Age(null), Figures.Instant(null, new Appearance()) },
            text => Assert.Equal(Figures.Missing, text));
    }

    [Fact]
    public void Gains_and_losses_carry_sign_and_arrow()
    {
        Assert.Equal("▲ +$12.00", Figures.Pnl(12m));
        Assert.Equal("▼ −$1,234.50", Figures.Pnl(-1234.5m));
        Assert.Equal("$0.00", Figures.Pnl(0));
        Assert.Equal("▲ +1.23 %", Figures.Change(0.0123));
        Assert.Equal("▼ −0.50 %", Figures.Change(-0.005));
    }

    [Fact]
    public void What_rounds_to_nothing_has_no_sign()
    {
        Assert.Equal("$0.00", Figures.Pnl(0.001m));
        Assert.Equal("$0.00", Figures.Pnl(-0.004m));
        Assert.Equal("0.00 %", Figures.Change(0.00001));
        Assert.Equal("0.00 %", Figures.Change(-0.00001));
    }

    [Theory]
    [InlineData(0.1234, "0.1234")]
    [InlineData(0.5, "0.50")]
    [InlineData(1234.5, "1,234.50")]
    public void Prices_below_a_dollar_show_their_finer_grid(double price, string text) => Assert.Equal(text, Figures.Price(price));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(89, "89 s")]
    [InlineData(90, "1 min")]
    [InlineData(5400, "1 h")]
    [InlineData(172_800, "2 d")]
    [InlineData(-3, "0 s")]
    public void An_age_is_told_in_the_unit_that_says_enough(int seconds, string text) => Assert.Equal(text, Figures.Age(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(5, "0:05")]
    [InlineData(65, "1:05")]
    [InlineData(3723, "1:02:03")]
    [InlineData(36_000, "10:00:00")]
    [InlineData(90_000, "1.1:00:00")]
    [InlineData(-1, "0:00")]
    public void A_countdown_loses_no_digit(int seconds, string text) => Assert.Equal(text, Figures.Countdown(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Times_are_new_yorks_unless_the_browsers_are_chosen()
    {
        var instant = new DateTimeOffset(2026, 3, 10, 14, 15, 42, TimeSpan.Zero);
        Assert.Equal("2026-03-10 10:15:42 ET", Figures.Instant(instant, new Appearance()));
        Assert.Equal("2026-03-10 15:15:42 UTC+01:00", Figures.Instant(instant, new Appearance(Zone: ZoneChoice.Local, LocalZone: "Europe/Berlin")));
    }

    [Theory]
    [InlineData("dark.classic.local.1.Europe/Berlin", ThemeChoice.Dark, PaletteChoice.Classic, ZoneChoice.Local, "Europe/Berlin")]
    [InlineData("system.blue-orange.newyork.0.America/Chicago", ThemeChoice.System, PaletteChoice.BlueOrange, ZoneChoice.NewYork, "America/Chicago")]
    [InlineData("light.x.y.1.No/Where", ThemeChoice.Light, PaletteChoice.BlueOrange, ZoneChoice.NewYork, "")]
    public void The_look_is_read_from_the_cookie(string cookie, ThemeChoice theme, PaletteChoice palette, ZoneChoice zone, string name)
    {
        var look = Appearance.FromCookie(Uri.EscapeDataString(cookie));
        Assert.Equal((theme, palette, zone, name), (look.Theme, look.Palette, look.Zone, look.LocalZone));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<script>")]
    [InlineData("a.b")]
    public void Any_other_cookie_counts_as_none(string? cookie) => Assert.Equal(new Appearance(), Appearance.FromCookie(cookie));
}
