// The charts of a backtest: price with its trades, equity and drawdown on one time axis; and several runs over one another.
import {
  createChart, createSeriesMarkers, CandlestickSeries, HistogramSeries, LineSeries, BaselineSeries, LineStyle, CrosshairMode,
} from "./lib/lightweight-charts.standalone.production.mjs";

const mostMarks = 400;
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const two = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const money = { type: "custom", minMove: 0.01, formatter: (value) => "$" + (Math.abs(value) >= 1000 ? whole : two).format(value) };
const percent = { type: "custom", minMove: 0.0001, formatter: (value) => two.format(value * 100) + " %" };

const colours = () => {
  const style = getComputedStyle(document.documentElement), read = (name) => style.getPropertyValue("--" + name).trim();
  return { surface: read("surface"), text: read("text"), faint: read("faint"), line: read("line"), raised: read("raised"), up: read("up"), down: read("down"), accent: read("accent"), good: read("good"), warn: read("warn"), danger: read("danger") };
};

const faded = (colour) => colour + "55";

// The layout of this file is told in RunChart.cs.
const read = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.status === 404 ? "the file chart.bin of this run is missing: run it again" : `the program answered ${answer.status}`);
  const buffer = await answer.arrayBuffer();
  let at = 0;
  const take = (kind, count) => { const part = new kind(buffer.slice(at, at + count * kind.BYTES_PER_ELEMENT)); at += count * kind.BYTES_PER_ELEMENT; return part; };
  const [format, points, symbols, trades, isIntraday] = take(Int32Array, 6);
  if (format !== 1) throw new Error("this run was kept by another version of the program: run it again");
  const columns = (names, count, kind = Float64Array) => Object.fromEntries(names.map((name) => [name, take(kind, count)]));
  const account = columns(["time", "equity", "held", "drawdown"], points);
  const prices = [];
  for (let i = 0; i < symbols; i++) {
    const [count] = take(Int32Array, 1), time = take(Float64Array, count);
    prices.push({ time, ...columns(["open", "high", "low", "close", "volume"], count, Float32Array) });
  }
  return { isIntraday: isIntraday === 1, account, prices, trades: columns(["entry", "exit", "entryPrice", "exitPrice", "pnl", "side", "symbol"], trades) };
};

const line = (time, values) => Array.from(time, (at, i) => ({ time: at, value: values[i] }));

const lastAtOrBefore = (times, time) => {
  let low = 0, high = times.length - 1;
  while (low < high) { const middle = (low + high + 1) >> 1; if (times[middle] <= time) low = middle; else high = middle - 1; }
  return low;
};

const frame = (chart, c) => chart.applyOptions({
  layout: { background: { color: c.surface }, textColor: c.faint, fontFamily: getComputedStyle(document.body).fontFamily, panes: { separatorColor: c.line } },
  grid: { vertLines: { color: c.raised }, horzLines: { color: c.raised } },
  rightPriceScale: { borderColor: c.line }, timeScale: { borderColor: c.line },
});

const newChart = (host, isIntraday) => createChart(host, {
  autoSize: true, crosshair: { mode: CrosshairMode.Normal }, handleScroll: { vertTouchDrag: false },
  timeScale: { timeVisible: isIntraday, secondsVisible: false, rightOffset: 3, minBarSpacing: 0.002 },
});

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable=true]") !== null;

class RunChart {
  constructor(host, run, page) {
    Object.assign(this, { host, run, page, symbol: -1, chosen: -1, order: [] });
    this.chart = newChart(host, run.isIntraday);
    this.candles = this.chart.addSeries(CandlestickSeries, { priceLineVisible: false }, 0);
    this.volume = this.chart.addSeries(HistogramSeries, { priceFormat: { type: "volume" }, priceScaleId: "volume", priceLineVisible: false, lastValueVisible: false }, 0);
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.85, bottom: 0 } });
    this.path = this.chart.addSeries(LineSeries, { lineStyle: LineStyle.Dashed, lineWidth: 2, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false, autoscaleInfoProvider: () => null }, 0);
    this.held = this.chart.addSeries(LineSeries, { priceFormat: money, lineWidth: 1, lineStyle: LineStyle.Dashed, priceLineVisible: false, lastValueVisible: false }, 1);
    this.equity = this.chart.addSeries(LineSeries, { priceFormat: money, lineWidth: 2, priceLineVisible: false }, 1);
    this.drawdown = this.chart.addSeries(BaselineSeries, { priceFormat: percent, lineWidth: 1, baseValue: { type: "price", price: 0 }, priceLineVisible: false }, 2);
    [10, 6, 3].forEach((factor, number) => this.chart.panes()[number].setStretchFactor(factor));
    this.marks = createSeriesMarkers(this.candles, []);
    this.paint = () => { const c = this.colours = colours(); frame(this.chart, c); this.fill(c); };
    this.keys = (event) => this.press(event);
    document.addEventListener("appearance", this.paint);
    document.addEventListener("keydown", this.keys);
    this.chart.subscribeClick((event) => this.click(event));
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => { this.waiting ??= requestAnimationFrame(() => { this.waiting = undefined; this.mark(); }); });
    this.equity.setData(line(run.account.time, run.account.equity));
    this.held.setData(line(run.account.time, run.account.held));
    this.drawdown.setData(line(run.account.time, run.account.drawdown));
    this.paint();
    this.show(0);
    this.whole();
  }

  fill(c) {
    this.candles.applyOptions({ upColor: c.surface, borderUpColor: c.up, wickUpColor: c.up, downColor: c.down, borderDownColor: c.down, wickDownColor: c.down });
    this.path.applyOptions({ color: c.text });
    this.equity.applyOptions({ color: c.accent });
    this.held.applyOptions({ color: c.faint });
    this.drawdown.applyOptions({ topLineColor: c.down, bottomLineColor: c.down, topFillColor1: "transparent", topFillColor2: "transparent", bottomFillColor1: faded(c.down), bottomFillColor2: faded(c.down) });
    if (this.symbol >= 0) { const symbol = this.symbol; this.symbol = -1; this.show(symbol); }
  }

  // Candles, volume and trades of a symbol.
  show(symbol) {
    if (symbol === this.symbol) return;
    this.symbol = symbol;
    const { time, open, high, low, close, volume } = this.run.prices[symbol], c = this.colours;
    const smallest = low.reduce((least, value) => Math.min(least, value), Infinity), digits = smallest < 1 ? 4 : 2;
    this.candles.applyOptions({ priceFormat: { type: "price", precision: digits, minMove: 10 ** -digits } });
    this.candles.setData(Array.from(time, (at, i) => ({ time: at, open: open[i], high: high[i], low: low[i], close: close[i] })));
    this.volume.setData(Array.from(time, (at, i) => ({ time: at, value: volume[i], color: faded(close[i] >= open[i] ? c.up : c.down) })));
    const trades = this.run.trades;
    this.order = Array.from(trades.entry.keys()).filter((trade) => trades.symbol[trade] === symbol);
    this.connect();
    this.mark();
  }

  whole() { this.chart.timeScale().fitContent(); }

  // Arrows of the trades in sight; of more than can be told apart, none but the chosen one's.
  mark() {
    const range = this.chart.timeScale().getVisibleRange(), { entry, exit, side } = this.run.trades, c = this.colours;
    if (!range) return;
    let seen = this.order.filter((trade) => exit[trade] >= range.from && entry[trade] <= range.to);
    if (seen.length > mostMarks) seen = seen.filter((trade) => trade === this.chosen);
    const arrow = (trade, time, isBuy, which) => ({
      time, id: `${which} ${trade}`, position: isBuy ? "belowBar" : "aboveBar", shape: isBuy ? "arrowUp" : "arrowDown", color: isBuy ? c.up : c.down,
      size: trade === this.chosen ? 2 : 1, text: trade === this.chosen ? `${trade + 1}` : "",
    });
    const marks = seen.flatMap((trade) => [arrow(trade, entry[trade], side[trade] > 0, "in"), arrow(trade, exit[trade], side[trade] < 0, "out")]);
    this.marks.setMarkers(marks.sort((one, other) => one.time - other.time));
  }

  connect() {
    const trade = this.chosen, { entry, exit, entryPrice, exitPrice, symbol } = this.run.trades;
    const isHere = trade >= 0 && symbol[trade] === this.symbol && exit[trade] > entry[trade];
    this.path.setData(isHere ? [{ time: entry[trade], value: entryPrice[trade] }, { time: exit[trade], value: exitPrice[trade] }] : []);
  }

  // Marks a trade and brings it into the middle; keeps the zoom where its candles can be told apart.
  choose(trade) {
    const { entry, exit, symbol } = this.run.trades;
    if (!(trade >= 0 && trade < entry.length)) return;
    this.chosen = trade;
    if (symbol[trade] !== this.symbol) { this.show(symbol[trade]); this.page.invokeMethodAsync("Shown", symbol[trade]); }
    this.connect();
    const scale = this.chart.timeScale(), range = scale.getVisibleLogicalRange();
    const from = scale.timeToIndex(entry[trade], true), to = scale.timeToIndex(exit[trade], true);
    const length = to - from + 1, width = range ? range.to - range.from : 0;
    const half = length < width * 0.8 && width < 300 ? width / 2 : Math.max(length * 0.9, innerWidth < 600 ? 24 : 60);
    scale.setVisibleLogicalRange({ from: (from + to) / 2 - half, to: (from + to) / 2 + half });
    this.mark();
  }

  // The arrow under the pointer, else a trade that begins, ends or is open at that candle.
  click(event) {
    const hovered = event.hoveredInfo?.objectId ?? event.hoveredObjectId;
    let trade = typeof hovered === "string" ? Number(hovered.split(" ")[1]) : NaN;
    if (!Number.isInteger(trade) && event.time !== undefined) {
      const { entry, exit } = this.run.trades, times = this.run.prices[this.symbol].time, at = times[lastAtOrBefore(times, event.time)];
      trade = this.order.find((one) => entry[one] === at || exit[one] === at) ?? this.order.find((one) => entry[one] < at && at < exit[one]) ?? NaN;
    }
    if (!Number.isInteger(trade)) return;
    this.chosen = trade;
    this.connect();
    this.mark();
    this.page.invokeMethodAsync("Choose", trade);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const by = { j: 1, k: -1 }[event.key];
    if (by) { event.preventDefault(); this.page.invokeMethodAsync("Step", by); }
    if (event.key === "Enter" && !event.target.closest("button, a, summary, dialog")) { event.preventDefault(); this.page.invokeMethodAsync("Expand"); }
  }

  dispose() {
    document.removeEventListener("appearance", this.paint);
    document.removeEventListener("keydown", this.keys);
    if (this.waiting) cancelAnimationFrame(this.waiting);
    this.chart.remove();
  }
}

export const open = async (host, url, page) => new RunChart(host, await read(url), page);

export const compare = async (host, urls) => {
  const runs = await Promise.all(urls.map(read)), chart = newChart(host, runs.some((run) => run.isIntraday));
  const styles = [LineStyle.Solid, LineStyle.Dotted, LineStyle.Dashed];
  const series = runs.map((run, number) => {
    const added = chart.addSeries(LineSeries, { lineWidth: 2, lineStyle: styles[number % 3], priceLineVisible: false, title: String.fromCharCode(65 + number) });
    const first = run.account.equity[0];
    added.setData(line(run.account.time, run.account.equity.map((value) => value / first * 100)));
    return added;
  });
  const paint = () => { const c = colours(), order = [c.accent, c.down, c.good, c.warn, c.danger, c.text]; frame(chart, c); series.forEach((one, number) => one.applyOptions({ color: order[number] })); };
  document.addEventListener("appearance", paint);
  paint();
  chart.timeScale().fitContent();
  return { dispose: () => { document.removeEventListener("appearance", paint); chart.remove(); } };
};

// Brings a row of a list that draws only what is in sight into view.
export const scrollToRow = (list, row, height) => {
  if (!list) return;
  const head = list.querySelector("thead")?.offsetHeight ?? 0, top = row * height, seen = list.clientHeight - head;
  if (top < list.scrollTop || top + height > list.scrollTop + seen) list.scrollTop = Math.max(0, top - seen / 2);
};
