// One chart: fetches candles in pages, shows a window of them to the library, and takes deltas from the program.
import { createChart, SeriesSet, colours, look } from "./chart-series.js";
import { Candles } from "./chart-data.js";
import { Marks } from "./chart-marks.js";
import { Legend } from "./chart-legend.js";
import { Zone, newYork } from "./chart-zone.js";
import { Pointing } from "./chart-pointing.js";
import { PriceLines } from "./chart-lines.js";
import { afterDrawing, keepView, noteLatency } from "./chart-page.js";

export { storedView } from "./chart-page.js";

const firstPage = 3000, olderPage = 10000;
const windowSize = 6000, margin = 1500, mostInSight = 5000, fewestInSight = 40;
const untilNow = Number.MAX_SAFE_INTEGER;

export const create = async (root, program, options) => {
  const chart = new Chart(root, program, options);
  await chart.load(options.range);
  return chart;
};

class Chart {
  constructor(root, program, options) {
    Object.assign(this, { root, program, view: options.view, patterns: options.patterns, forming: null, lo: 0, hi: 0, lines: new PriceLines(), isOver: false });
    this.data = new Candles(options.symbol, options.timeframe);
    this.setZone(options.zone);
    this.palette = colours();
    this.chart = createChart(root.querySelector("[data-canvas]"), look(this.palette, this.axisZone, this.data.isDaily));
    this.marks = new Marks(this);
    this.legend = new Legend(root, this.marks);
    this.off = new AbortController();
    const canvas = root.querySelector("[data-canvas]");
    this.pointing = new Pointing(this, canvas, this.off.signal);
    this.rebuild();
    this.listen(canvas, this.off.signal);
  }

  get series() { return this.set.price; }
  // Days belong to New York wherever the reader sits.
  setZone(name) {
    this.zone = name ? new Zone(name, name) : newYork();
    this.axisZone = this.data.isDaily ? newYork() : this.zone;
    this.wall = (seconds) => this.axisZone.wall(seconds);
  }

  rebuild() {
    const range = this.sight;
    this.set?.remove();
    this.set = new SeriesSet(this.chart, this.view, this.palette);
    this.set.price.attachPrimitive(this.marks);
    this.draw(range);
    this.drawLines();
  }

  listen(canvas, signal) {
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.moved());
    canvas.addEventListener("pointerdown", () => { this.isHeld = true; this.kept = null; }, { signal, capture: true });
    canvas.addEventListener("wheel", () => { this.kept = null; }, { signal, capture: true, passive: true });
    window.addEventListener("pointerup", () => { this.isHeld = false; this.moved(); }, { signal });
    document.addEventListener("appearance", () => this.recolour(), { signal });
    this.legend.details.addEventListener("toggle", () => this.table(), { signal });
    this.root.querySelector("[data-copy]").addEventListener("click", () => { const [from, until] = this.inSight(); this.legend.copy(this.data, from, until, this.axisZone); }, { signal });
    this.second = setInterval(() => this.pointing.queue(), 1000);
  }

  dispose() {
    this.isOver = true;
    this.off.abort();
    clearInterval(this.second);
    clearTimeout(this.told);
    this.chart.remove();
    this.data.clear();
  }

  async load(range) {
    const { data } = this;
    await data.fetchNewest(firstPage);
    while (range && data.t[0] > range.from && data.indexOf(range.to) < mostInSight) if (!await data.fetchOlder(olderPage)) break;
    if (this.isOver || data !== this.data) return;
    this.forming = null;
    this.setWindow(this.data.length, 0);
    this.draw(null);
    if (range) this.showRange(range); else this.now();
  }

  // A window that ends at, or holds, a place; large enough for what is in sight.
  setWindow(around, inSight) {
    const size = Math.max(windowSize, Math.ceil(inSight * 2) + 2 * margin);
    this.hi = Math.min(this.data.length, Math.ceil(around + size / 2));
    this.lo = Math.max(0, this.hi - size);
    if (this.data.length - this.hi < margin) this.hi = this.data.length;
  }

  draw(range) {
    this.set.show(this.data, this.wall, this.lo, this.hi);
    if (range) this.sight = range;
    this.drawForming();
    this.pointing.queue();
  }

  // What is in sight, counted from the first of the window. The library takes a new range over with its next frame only.
  get sight() { return this.coming ?? this.chart.timeScale().getVisibleLogicalRange(); }

  set sight(range) {
    this.coming = range;
    this.chart.timeScale().setVisibleLogicalRange(range);
    requestAnimationFrame(() => { if (this.coming === range) { this.coming = null; this.moved(); } });
  }

  // Near an edge of the window: shift it, and fetch what lies before the first.
  moved() {
    if (this.isShifting || this.isOver || this.data.length === 0) return;
    const range = this.sight;
    if (!range) return;
    const nearLeft = range.from < margin / 3 && this.lo > 0;
    const nearRight = range.to > this.hi - this.lo - margin / 3 && this.hi < this.data.length;
    if (nearLeft || nearRight) this.shift(range, nearLeft);
    if (this.lo + range.from < margin && this.data.older > 0) this.fetchOlder();
    clearTimeout(this.told);
    this.told = setTimeout(() => this.tell(), 700);
  }

  shift(range, toLeft) {
    const [lo, hi] = [this.lo, this.hi];
    this.setWindow(this.lo + (range.from + range.to) / 2, range.to - range.from);
    // While the mouse holds the chart, its right end must stay: the library counts from there.
    if (this.isHeld && toLeft) this.hi = hi;
    if (this.lo === lo && this.hi === hi) return;
    const by = lo - this.lo;
    this.isShifting = true;
    this.draw(this.isHeld ? null : { from: range.from + by, to: range.to + by });
    this.isShifting = false;
  }

  async fetchOlder() {
    if (this.isFetching) return;
    this.isFetching = true;
    try {
      const data = this.data, before = data.length;
      if (!await data.fetchOlder(olderPage) || data !== this.data) return;
      const added = data.length - before;
      this.lo += added;
      this.hi += added;
      this.pointing.slide(added);
      this.root.dataset.candles = data.length;
    } catch (problem) {
      this.fail(problem);
    } finally {
      this.isFetching = false;
    }
    this.moved();
  }

  fail(problem) { if (!this.isOver) this.program.invokeMethodAsync("Failed", String(problem.message ?? problem)); }

  inSight() {
    const range = this.sight;
    if (!range) return [this.lo, this.hi];
    return [Math.max(this.lo, this.lo + Math.ceil(range.from)), Math.min(this.hi, this.lo + Math.floor(range.to) + 1)];
  }

  get followsNow() {
    const range = this.sight;
    return this.hi === this.data.length && (!range || range.to >= this.hi - this.lo - 1);
  }

  // For the address: the stretch in sight, nothing while it follows the newest candle.
  tell() {
    this.table();
    const [from, until] = this.inSight();
    const text = this.followsNow || until <= from ? "" : `${Math.floor(this.data.t[from])}-${Math.ceil(this.data.t[until - 1])}`;
    if (text === this.toldRange || this.isOver) return;
    this.toldRange = text;
    this.program.invokeMethodAsync("RangeChanged", text);
  }

  table() { const [from, until] = this.inSight(); this.legend.table(this.data, from, until, this.axisZone); }

  showRange({ from, to }) {
    const isNow = to === untilNow;
    const last = isNow ? this.data.length : Math.max(this.data.indexOf(to + 1), 1);
    const first = Math.max(last - mostInSight, Math.min(this.data.indexOf(from), last - fewestInSight));
    this.place(first, isNow ? last + 5 : last);
  }

  // Shows the candles between two places; they may lie beyond the ends.
  place(first, last) {
    this.isShifting = true;
    this.setWindow((first + last) / 2, last - first);
    this.draw({ from: first - this.lo, to: last - this.lo });
    this.isShifting = false;
    this.moved();
  }

  zoom(factor) {
    const range = this.sight;
    const width = Math.max(10, (range.to - range.from) * factor);
    this.sight = { from: range.to - width, to: range.to };
  }

  now() {
    this.pointing.clear();
    const width = Math.max(60, Math.min(160, Math.floor(this.root.clientWidth / 7)));
    this.place(this.data.length - width, this.data.length + 5);
    this.chart.priceScale("right").applyOptions({ autoScale: true });
  }

  focus() { this.root.querySelector("[data-canvas]").focus(); }

  autoscale() { this.chart.panes().forEach((_, i) => this.chart.priceScale("right", i).applyOptions({ autoScale: true })); }

  async goTo(seconds) {
    for (let i = 0; this.data.t[0] > seconds && i < 12; i++) if (!await this.data.fetchOlder(olderPage)) break;
    const at = this.data.indexOf(seconds);
    this.place(at - 20, at + 100);
    this.pointing.choose(Math.min(at, this.data.length - 1));
  }

  setView(text, view) {
    keepView(text);
    this.view = view;
    this.rebuild();
  }

  // Another symbol or timeframe; what was in sight stays in sight.
  async switch(symbol, timeframe, zone) {
    const range = this.kept ?? (this.followsNow && symbol !== this.data.symbol ? null : this.range);
    this.data = new Candles(symbol, timeframe);
    this.setZone(zone);
    this.pointing.clear();
    this.chart.applyOptions(look(this.palette, this.axisZone, this.data.isDaily));
    await this.load(range);
    // Until the reader moves: a way through other timeframes and back ends where it began.
    this.kept = range;
  }

  get range() {
    if (this.data.length === 0) return null;
    const [from, until] = this.inSight();
    return { from: this.data.t[Math.min(from, this.data.length - 1)], to: this.followsNow ? untilNow : this.data.t[Math.max(until - 1, 0)] };
  }

  // Candles of the past changed: fetch them anew, look at the same place.
  async refresh() {
    await this.load(this.range);
  }

  recolour() {
    this.palette = colours();
    this.chart.applyOptions(look(this.palette, this.axisZone, this.data.isDaily));
    this.rebuild();
  }

  setLines(lines) {
    this.lines.set(lines);
    this.drawLines();
  }

  // On narrow screens words would hide the candles.
  drawLines() { this.lines.draw(this.set.price, this.palette, this.root.clientWidth > 600); }

  // Closed candles, each with flags and indicators, and the patterns on them.
  append(rows, patterns) {
    for (const [time, which, value] of patterns) this.data.note(time, which, value);
    const atEnd = this.hi === this.data.length;
    for (const row of rows) {
      if (!this.data.append(row)) continue;
      const i = this.data.length - 1;
      const drawn = this.forming?.time ?? 0;
      if (this.forming && this.forming.time <= row[0]) this.forming = null;
      if (!atEnd) continue;
      this.hi = this.data.length;
      try { this.set.append(this.data, i, this.wall(row[0]), drawn > row[0]); } catch { this.isStale = true; }
    }
    if (this.isStale) { this.isStale = false; this.draw(this.sight); }
    this.marks.redraw();
    this.pointing.queue();
    this.table();
  }

  // The candle of this moment: open time, open, high, low, close, volume, end; then the exchange's time, its speed, and how long ago the quote came.
  tick([time, open, high, low, close, volume, end, clock, speed, elapsed]) {
    const arrived = performance.now();
    this.clock = { at: arrived, clock, speed };
    this.forming = time > (this.data.t[this.data.length - 1] ?? 0) ? { time, open, high, low, close, volume, end } : null;
    this.drawForming();
    if (elapsed >= 0) afterDrawing(() => noteLatency(elapsed + performance.now() - arrived));
    if (this.pointing.place === null) this.pointing.queue();
  }

  drawForming() {
    if (this.forming && this.hi === this.data.length && this.hi > 0) this.set.form(this.forming, this.wall(this.forming.time));
    this.marks.redraw();
  }
}
