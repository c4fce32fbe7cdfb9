// What is drawn by the library: price, volume, overlay and panes, each fed with the same stretch of candles.
import * as lib from "./lib/lightweight-charts.standalone.production.mjs";

export { createChart, LineStyle } from "./lib/lightweight-charts.standalone.production.mjs";

const quiet = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerVisible: false };

export const colours = () => {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(["up", "down", "text", "faint", "line", "surface", "raised", "accent", "warn", "danger", "good"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
};

// A colour of six digits with an opacity of two.
export const fade = (colour, opacity) => (/^#[0-9a-f]{6}$/i.test(colour) ? colour + opacity : colour);

export const look = (palette, zone, daily) => {
  const hair = { color: palette.faint, labelBackgroundColor: palette.faint };
  return {
    autoSize: true,
    layout: { background: { color: palette.surface }, textColor: palette.faint, fontFamily: "system-ui, sans-serif", panes: { separatorColor: palette.line } },
    grid: { vertLines: { color: palette.raised }, horzLines: { color: palette.raised } },
    crosshair: { mode: lib.CrosshairMode.Normal, vertLine: hair, horzLine: hair },
    rightPriceScale: { borderColor: palette.line },
    timeScale: { borderColor: palette.line, timeVisible: !daily, secondsVisible: false, rightOffset: 6, minBarSpacing: 0.05 },
    localization: { timeFormatter: (wall) => zone.text(zone.utc(wall), daily), locale: "en-US" },
  };
};

export class SeriesSet {
  constructor(chart, view, palette) {
    this.chart = chart;
    this.view = view;
    this.palette = palette;
    this.all = [];
    this.build();
  }

  build() {
    const { view, palette, chart } = this;
    const add = (kind, options, pane = 0) => {
      const series = chart.addSeries(kind, options, pane);
      this.all.push(series);
      return series;
    };
    this.price = view.style === "line"
      ? add(lib.LineSeries, { color: palette.accent, lineWidth: 2, lastValueVisible: true })
      : add(lib.CandlestickSeries, { upColor: "rgba(0,0,0,0)", downColor: palette.down, borderUpColor: palette.up, borderDownColor: palette.down, wickUpColor: palette.up, wickDownColor: palette.down });
    this.price.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: view.volume ? 0.24 : 0.08 }, mode: view.log ? lib.PriceScaleMode.Logarithmic : lib.PriceScaleMode.Normal });
    if (view.volume) {
      this.volume = add(lib.HistogramSeries, { ...quiet, priceFormat: { type: "volume" }, priceScaleId: "" });
      this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } });
    }
    if (view.bollinger) {
      const line = { ...quiet, color: palette.faint, lineWidth: 1 };
      this.lines([["upper", line], ["middle", { ...line, lineStyle: lib.LineStyle.Dashed }], ["lower", line]], 0, add);
    }
    let pane = 0;
    if (view.rsi) {
      this.lines([["rsi", { ...quiet, color: palette.accent, lineWidth: 1, lastValueVisible: true, autoscaleInfoProvider: () => ({ priceRange: { minValue: 0, maxValue: 100 } }) }]], ++pane, add);
      for (const price of [30, 70]) this.rsi.createPriceLine({ price, color: palette.line, lineWidth: 1, lineStyle: lib.LineStyle.Dotted, axisLabelVisible: false });
    }
    if (view.macd) {
      this.histogram = add(lib.HistogramSeries, { ...quiet, priceFormat: { type: "price", precision: 3, minMove: 0.001 } }, ++pane);
      const line = { ...quiet, lineWidth: 1, priceFormat: { type: "price", precision: 3, minMove: 0.001 } };
      this.lines([["macd", { ...line, color: palette.accent }], ["signal", { ...line, color: palette.warn }]], pane, add);
    }
    chart.panes().forEach((one, i) => one.setStretchFactor(i === 0 ? 3 : 1));
  }

  lines(list, pane, add) {
    for (const [name, options] of list) this[name] = add(lib.LineSeries, options, pane);
  }

  remove() {
    for (const series of this.all) this.chart.removeSeries(series);
    this.all = [];
  }

  volumeColour(rose) { return fade(rose ? this.palette.up : this.palette.down, "66"); }

  // Candles from to before until; times are wall-clock seconds.
  show(data, wall, from, until) {
    const averaged = this.view.style === "heikin" ? data.heikin() : null;
    const times = [];
    for (let i = from; i < until; i++) times.push(wall(data.t[i]));
    const make = (one) => times.map((time, k) => one(time, from + k));
    this.price.setData(make(this.view.style === "line" ? (time, i) => ({ time, value: data.c[i] }) : (time, i) => ({ time, ...(averaged ? averaged[i] : data.candle(i)) })));
    this.volume?.setData(make((time, i) => ({ time, value: data.v[i], color: this.volumeColour(data.c[i] >= data.o[i]) })));
    for (const name of ["upper", "middle", "lower", "rsi", "macd", "signal", "histogram"])
      this[name]?.setData(make((time, i) => this.point(name, time, data[name][i])));
  }

  point(name, time, value) {
    if (!Number.isFinite(value)) return { time };
    return name === "histogram" ? { time, value, color: this.volumeColour(value >= 0) } : { time, value };
  }

  // A closed candle at the end; its forming one may be there already, or a later one.
  append(data, i, time, isLate) {
    const price = this.view.style === "line" ? { value: data.c[i] } : this.view.style === "heikin" ? data.heikin()[i] : data.candle(i);
    this.price.update({ time, ...price }, isLate);
    this.volume?.update({ time, value: data.v[i], color: this.volumeColour(data.c[i] >= data.o[i]) }, isLate);
    for (const name of ["upper", "middle", "lower", "rsi", "macd", "signal", "histogram"]) this[name]?.update(this.point(name, time, data[name][i]));
  }

  // Lighter than a closed one, so that nobody takes it for one.
  form(candle, time) {
    const { palette } = this;
    const colour = fade(candle.close >= candle.open ? palette.up : palette.down, "80");
    const body = fade(candle.close >= candle.open ? palette.up : palette.down, "1c");
    this.price.update(this.view.style === "line" ? { time, value: candle.close } : { ...candle, time, color: body, borderColor: colour, wickColor: colour });
    this.volume?.update({ time, value: candle.volume, color: fade(palette.faint, "55") });
  }
}
