using EtradeBot.App.Dashboard.Layout;

namespace EtradeBot.Browser.Shell;

public class KeyboardTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    public static TheoryData<string> Pages => SiteRoutes.All;

    /// <summary>Everything a mouse can press on the page as it is; counted once where the browser moves inside a group with the arrows.</summary>
    const string Reachable = """
        () => [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")]
          .filter(element => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]"))
        """;

    [Fact]
    public async Task The_question_mark_opens_the_help_and_escape_closes_it()
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync("/");
        await visitor.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(visitor.Keys).ToBeVisibleAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visitor.Keys).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_letter_g_and_another_go_to_each_page()
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync("/");
        foreach (var site in SitePages.All.Reverse())
        {
            await visitor.Page.Keyboard.PressAsync("g");
            await visitor.Page.Keyboard.PressAsync(site.Key.ToString());
            await Assertions.Expect(visitor.Page.Locator(".pages a.active")).ToHaveTextAsync(site.Name);
            Assert.Equal(site.Path, new Uri(visitor.Page.Url).AbsolutePath);
        }
    }

    [Fact]
    public async Task The_first_tab_stop_skips_to_the_content()
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync("/not-found");
        await HeadingHasFocusAsync(visitor);
        await visitor.Page.EvaluateAsync(ToTheStart);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.Locator(".skip")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page.Locator(".skip")).ToBeInViewportAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Tab_reaches_every_control_and_shows_where_it_is(string path)
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync(path);
        await HeadingHasFocusAsync(visitor);
        await visitor.Page.EvaluateAsync($"() => {{ ({Reachable})().forEach((element, i) => element.dataset.stop = i); ({ToTheStart})(); window.invisible = []; window.stops = new Set(); }}");
        var count = await visitor.Page.Locator("[data-stop]").CountAsync();
        // Dates, scrolling lists and the like are stops of their own.
        for (var presses = 0; presses < 2 * count + 40; presses++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (!await visitor.Page.EvaluateAsync<bool>(NoteFocus)) break;
        }
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>("() => window.invisible"));
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>(Unreached));
    }

    /// <summary>A page takes the focus to its heading when it listens; only then it stays where a test puts it.</summary>
    static Task HeadingHasFocusAsync(Visitor visitor) => Assertions.Expect(visitor.Page.Locator("h1")).ToBeFocusedAsync();

    // A browser without a window has no address bar from which Tab comes round.
    const string ToTheStart = "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }";

    const string NoteFocus = """
        () => {
          const element = document.activeElement, style = getComputedStyle(element);
          if (element === document.body) return window.stops.size === 0;
          window.stops.add(element.dataset.stop);
          // The browser draws the focus of a date's parts itself, out of a page's sight.
          if (element.type === "date") return true;
          const around = [element, element.parentElement, element.closest("label, .mud-input-control, .mud-input")].filter(Boolean).map(e => getComputedStyle(e));
          if (style.outlineStyle === "none" && !around.some(s => s.outlineStyle !== "none" || s.boxShadow !== "none")) window.invisible.push(element.outerHTML.slice(0, 200));
          return true;
        }
        """;

    // One radio button of a group is enough: the arrows do the rest.
    const string Unreached = """
        () => [...document.querySelectorAll("[data-stop]")]
          .filter(element => element.type !== "radio" && !window.stops.has(element.dataset.stop)).map(element => element.outerHTML.slice(0, 200))
        """;
}
