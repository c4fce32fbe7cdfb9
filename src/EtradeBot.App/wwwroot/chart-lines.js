// Position, working orders and price alerts as lines at their prices.
import { LineStyle } from "./chart-series.js";

export class PriceLines {
  constructor() { this.all = []; this.shown = []; }

  set(lines) { this.all = lines; }

  draw(series, palette, isWide) {
    for (const [from, line] of this.shown) if (from === series) series.removePriceLine(line);
    const looks = {
      position: { color: palette.accent, lineStyle: LineStyle.Solid, lineWidth: 2 },
      order: { color: palette.text, lineStyle: LineStyle.Dashed, lineWidth: 1 },
      alert: { color: palette.warn, lineStyle: LineStyle.Dotted, lineWidth: 1 },
      stop: { color: palette.danger, lineStyle: LineStyle.Dashed, lineWidth: 1 },
      doubtful: { color: palette.warn, lineStyle: LineStyle.LargeDashed, lineWidth: 3 },
    };
    this.shown = this.all.map(({ price, title, kind }) => [series, series.createPriceLine({ price, title: isWide ? title : kind, axisLabelVisible: true, ...looks[kind] })]);
  }
}
