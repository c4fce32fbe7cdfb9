namespace EtradeBot.Browser.Shell;

public class ThemeTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    const string Dark = "rgb(16, 19, 24)";
    const string Light = "rgb(246, 247, 249)";

    /// <summary>Notes the page's colour in every frame from the first on.</summary>
    const string FrameColours = """
        window.colours = new Set();
        const look = () => {
          if (document.body) window.colours.add(getComputedStyle(document.body).backgroundColor);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """;

    [Theory]
    [InlineData(ColorScheme.Dark, "", Dark)]
    [InlineData(ColorScheme.Light, "", Light)]
    [InlineData(ColorScheme.Light, "dark.blue-orange.newyork.0.", Dark)]
    [InlineData(ColorScheme.Dark, "light.blue-orange.newyork.1.", Light)]
    public async Task No_frame_has_the_other_theme(ColorScheme system, string choice, string colour)
    {
        var visitor = await VisitAsync(system);
        if (choice.Length > 0) await visitor.Context.AddCookiesAsync([new() { Name = "appearance", Value = choice, Url = Shared.Address }]);
        await visitor.Page.AddInitScriptAsync(FrameColours);
        await visitor.OpenAsync("/");
        Assert.Equal([colour], await visitor.Page.EvaluateAsync<string[]>("() => [...window.colours]"));
    }

    [Fact]
    public async Task The_look_changes_at_once_and_stays_after_a_reload()
    {
        var visitor = await VisitAsync(ColorScheme.Light);
        await visitor.OpenAsync("/");
        var look = visitor.Page.Locator("[data-look]");
        await Assertions.Expect(look).ToHaveTextAsync("Look: system");
        await look.ClickAsync();
        await Assertions.Expect(look).ToHaveTextAsync("Look: dark");
        await Assertions.Expect(visitor.Page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
        await visitor.OpenAsync("/");
        await Assertions.Expect(look).ToHaveTextAsync("Look: dark");
        await Assertions.Expect(visitor.Page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task The_parts_of_the_library_have_the_theme_of_the_page_from_the_first_visit_on(ColorScheme system)
    {
        var visitor = await VisitAsync(system);
        await visitor.OpenAsync("/");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", system == ColorScheme.Dark ? "dark" : "light");
        await visitor.Page.WaitForFunctionAsync("""
            () => {
              const hex = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
              const painted = (colour) => { const canvas = new OffscreenCanvas(1, 1).getContext("2d"); canvas.fillStyle = colour; return canvas.fillStyle; };
              return painted(hex("--mud-palette-surface")) === painted(hex("--surface"));
            }
            """);
    }

    [Fact]
    public async Task A_system_that_turns_dark_turns_the_page()
    {
        var visitor = await VisitAsync(ColorScheme.Light);
        await visitor.OpenAsync("/");
        await Assertions.Expect(visitor.Page.Locator("body")).ToHaveCSSAsync("background-color", Light);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(visitor.Page.Locator("body")).ToHaveCSSAsync("background-color", Dark);
    }
}
