using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>How the trades' results are spread, in R where there were stops, else in percent of the money in the trade.</summary>
static class Histogram
{
    const int Width = 640;
    const int Height = 260;
    const int Left = 36;
    const int Bottom = 34;
    const int Top = 16;

    public static void Write(Html html, IReadOnlyList<RoundTrip> trips)
    {
        if (trips.Count == 0) return;
        var (values, unit) = ResultSteps.ValuesOf(trips);
        var isR = unit == "R";
        html.Add($"<section class=\"card\"><h2>{(isR ? "Results in R" : "Results in percent")}</h2>");
        html.Add($"<p class=\"note\">{(isR ? "Profit over the money first at risk" : "Profit over the entry value; without stops there is no R")}; {Display.Count(values.Length, "trade", "trades")}.</p>\n");
        Draw(html, values, isR ? " R" : " %");
        html.Add($"</section>\n");
    }

    static void Draw(Html html, double[] values, string unit)
    {
        var (first, width, bars) = ResultSteps.Of(values);
        var (tallest, mean, median) = (bars.Max(), values.Average(), values[values.Length / 2]);
        var bar = (double)(Width - Left - 8) / bars.Length;
        html.Add($"<svg class=\"figure\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Histogram: mean {Display.Number(mean, "0.00")}{unit}, median {Display.Number(median, "0.00")}{unit}\">\n");
        Scale(html, tallest);
        for (var i = 0; i < bars.Length; i++) Bar(html, Left + i * bar, bar, bars[i] / (double)tallest, Tip(first + i, width, bars[i], unit));
        Axis(html, first, bars.Length, width, bar);
        Mark(html, Left + (mean / width - first) * bar, $"mean {Display.Number(mean, "0.00")}{unit}");
        html.Add($"</svg>\n");
    }

    static (string Text, string Tone) Tip(int number, double width, int count, string unit) =>
        ($"{Display.Number(number * width, "0.##")} to {Display.Number((number + 1) * width, "0.##")}{unit}: {count}", number < 0 ? "down" : "up");

    static void Bar(Html html, double x, double width, double share, (string Text, string Tone) tip)
    {
        var height = share * (Height - Top - Bottom);
        if (height == 0) return;
        html.Add($"<rect class=\"{tip.Tone}\" x=\"{x + 1:0.#}\" y=\"{Height - Bottom - height:0.#}\" width=\"{Math.Max(1, width - 2):0.#}\" height=\"{height:0.#}\"><title>{tip.Text}</title></rect>\n");
    }

    static void Scale(Html html, int tallest)
    {
        foreach (var count in new[] { tallest, tallest / 2 }.Distinct())
        {
            if (count == 0) continue;
            var y = Height - Bottom - count / (double)tallest * (Height - Top - Bottom);
            html.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - 8}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{count}</text>\n");
        }
    }

    static void Axis(Html html, int first, int count, double width, double bar)
    {
        html.Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - 8}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>\n");
        var every = Math.Max(1, (int)Math.Ceiling(count / 10.0));
        for (var i = 0; i <= count; i++)
            if ((first + i) % every == 0)
                html.Add($"<text x=\"{Left + i * bar:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Display.Number((first + i) * width, "0.##")}</text>\n");
    }

    static void Mark(Html html, double x, string text)
    {
        var anchor = x > Width * 0.7 ? "end" : "start";
        html.Add($"<line class=\"mark\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top - 8}\" y2=\"{Height - Bottom}\"/><text class=\"strong\" x=\"{x + (anchor == "end" ? -6 : 6):0.#}\" y=\"{Top}\" text-anchor=\"{anchor}\">{text}</text>\n");
    }
}
