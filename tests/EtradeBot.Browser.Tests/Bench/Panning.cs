namespace EtradeBot.Browser.Bench;

/// <summary>A hand that drags the chart into the past, and the frames the browser draws meanwhile.</summary>
sealed class Panning(IPage page)
{
    const int Steps = 60;

    /// <summary>Many more drags than 100,000 candles need.</summary>
    const int MostDrags = 400;

    double _frames, _seconds;
    int _drags;

    public double PerSecond => _frames / _seconds;

    /// <summary>Until thousands of candles are in sight.</summary>
    public async Task ZoomOutAsync()
    {
        var (x, y, _) = await PlaceAsync();
        await page.Mouse.MoveAsync(x, y);
        for (var i = 0; i < 25; i++) await page.Mouse.WheelAsync(0, 200);
        await page.EvaluateAsync("""
            () => {
              window.frames_ = [];
              const tick = (now) => { window.frames_.push(now); requestAnimationFrame(tick); };
              requestAnimationFrame(tick);
            }
            """);
    }

    /// <summary>One drag over most of the chart's width. False after more drags than any history needs.</summary>
    public async Task<bool> PanBackAsync()
    {
        var (x, y, width) = await PlaceAsync();
        await page.Mouse.MoveAsync(x - width * 0.4f, y);
        await page.Mouse.DownAsync();
        var from = await NowAsync();
        await page.Mouse.MoveAsync(x + width * 0.4f, y, new() { Steps = Steps });
        var (until, frames) = (await NowAsync(), await page.EvaluateAsync<int>("from => window.frames_.filter(at => at >= from).length", from));
        await page.Mouse.UpAsync();
        (_frames, _seconds) = (_frames + frames, _seconds + (until - from) / 1000);
        return ++_drags < MostDrags;
    }

    public async Task<double> LongFrameAsync()
    {
        var times = await page.EvaluateAsync<double[]>("() => window.frames_");
        return FigureTable.Quantile([.. times.Skip(1).Zip(times, (later, earlier) => later - earlier)], 0.99);
    }

    Task<double> NowAsync() => page.EvaluateAsync<double>("() => performance.now()");

    async Task<(float X, float Y, float Width)> PlaceAsync()
    {
        var box = (await page.Locator("[data-canvas]").BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 3, box.Width);
    }
}
