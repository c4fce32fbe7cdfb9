using System.Globalization;
using System.Net;
using System.Text;

namespace EtradeBot.Browser;

/// <summary>Pictures of every page in every state it can be brought to by real means, both themes, wide and narrow: <c>./test --screenshots DIR</c>.</summary>
public class Screenshots(BrowserFixture fixture) : BrowserTest(fixture)
{
    const string Variable = "SCREENSHOTS_DIR";

    static readonly (ColorScheme Scheme, string Word)[] Themes = [(ColorScheme.Dark, "dark"), (ColorScheme.Light, "light")];
    static readonly (int Width, int Height)[] Sizes = [(Wide, 900), (Narrow, 800)];

    readonly StringBuilder _index = new("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Pages</title><style>body{font:14px sans-serif}img{border:1px solid #888;vertical-align:top;width:24%}</style>");

    [Fact]
    public async Task Every_page_in_every_state()
    {
        var folder = Environment.GetEnvironmentVariable(Variable) ?? "";
        Assert.SkipWhen(folder.Length == 0, $"makes pictures only where {Variable} names a folder: ./test --screenshots DIR");
        var only = Environment.GetEnvironmentVariable("SCREENSHOTS_STATE");
        foreach (var state in PageScene.All.Where(scene => only is null || scene.State == only))
        {
            await using var scene = await state.SetAsync();
            foreach (var path in SiteRoutes.All.Select(row => row.Data)) await TakeAsync(folder, scene, path);
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), _index.ToString(), TestContext.Current.CancellationToken);
    }

    async Task TakeAsync(string folder, PageScene scene, string path)
    {
        var page = path.Trim('/') is { Length: > 0 } name ? name.Replace('/', '-') : "live";
        var visitor = await VisitAsync(scene.Dashboard);
        // The others are made by breaking something, of which the page rightly complains.
        if (scene.State is not ("ok" or "empty" or "help")) visitor.Watch.Expect("");
        if (!await scene.ArriveAsync(visitor, path))
        {
            _index.Append(CultureInfo.InvariantCulture, $"<h2>{page}, {scene.State}</h2><p>No part of this page can be so.</p>");
            await visitor.Context.CloseAsync();
            return;
        }
        _index.Append(CultureInfo.InvariantCulture, $"<h2>{page}, {scene.State}</h2>");
        foreach (var (scheme, theme) in Themes)
            foreach (var (width, height) in Sizes)
            {
                await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await visitor.Page.SetViewportSizeAsync(width, height);
                var file = string.Create(CultureInfo.InvariantCulture, $"{page}-{scene.State}-{theme}-{width}.png");
                await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), FullPage = true });
                _index.Append(CultureInfo.InvariantCulture, $"<a href=\"{WebUtility.UrlEncode(file)}\"><img src=\"{WebUtility.UrlEncode(file)}\" alt=\"{page}, {scene.State}, {theme}, {width} pixels\"></a> ");
            }
        await visitor.Context.CloseAsync();
    }
}
