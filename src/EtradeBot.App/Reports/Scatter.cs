using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>Each trade by how far it went against the account and how it ended: shows what a tighter stop would have cut off.</summary>
static class Scatter
{
    const int Width = 640;
    const int Height = 260;
    const int Left = 76;
    const int Bottom = 34;
    const int Top = 12;
    const int Right = 12;
    const int MostPoints = 1_500;

    public static void Write(Html html, IReadOnlyList<RoundTrip> trips)
    {
        if (trips.Count == 0) return;
        var every = (trips.Count + MostPoints - 1) / MostPoints;
        var points = trips.Where((_, index) => index % every == 0).Select(Point).ToArray();
        html.Add($"<section class=\"card\"><h2>Worst open loss and result</h2><p class=\"note\">Percent of the entry value{(every == 1 ? "" : $"; every {every}th trade")}. Left: hardly under water. Above the line: won.</p>\n");
        var deepest = Math.Max(Reach(points.Select(point => point.Loss)), 0.1);
        var (best, worst) = (Math.Max(Reach(points.Select(point => point.Result)), 0.1), Math.Max(Reach(points.Select(point => -point.Result)), 0.1));
        var scale = (Height - Top - Bottom) / (best + worst);
        var zero = Top + best * scale;
        html.Add($"<svg class=\"figure\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Worst open loss against result of each trade\">\n");
        html.Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{zero:0.#}\" y2=\"{zero:0.#}\"/>");
        foreach (var value in new[] { best, 0, -worst })
            html.Add($"<text x=\"{Left - 6}\" y=\"{zero - value * scale + 4:0.#}\" text-anchor=\"end\">{Display.SignedPercent(value / 100)}</text>\n");
        for (var i = 0; i <= 4; i++)
            html.Add($"<text x=\"{Left + i / 4.0 * (Width - Left - Right):0.#}\" y=\"{Height - Bottom + 22}\" text-anchor=\"{(i == 4 ? "end" : "middle")}\">{Display.Percent(-deepest * i / 400)}</text>\n");
        foreach (var (loss, result, tip) in points)
        {
            var x = Left + Math.Min(loss / deepest, 1) * (Width - Left - Right);
            var y = zero - Math.Clamp(result, -worst, best) * scale;
            html.Add($"<circle class=\"{(result > 0 ? "up" : "down")}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4\"><title>{tip}</title></circle>\n");
        }
        html.Add($"</svg></section>\n");
    }

    /// <summary>All but the furthest one in a hundred: those are drawn at the edge.</summary>
    static double Reach(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)((sorted.Length - 1) * 0.99)];
    }

    static (double Loss, double Result, string Tip) Point(RoundTrip trip)
    {
        var value = (double)trip.EntryPrice * trip.Shares;
        var loss = value == 0 ? 0 : -(double)trip.Mae / value * 100;
        var result = ResultSteps.TripPercent(trip);
        return (loss, result, $"{trip.Symbol.Ticker}: at worst {Display.SignedPercent(-loss / 100)}, ended {Display.SignedPercent(result / 100)}");
    }
}
