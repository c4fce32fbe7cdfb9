// What the library has no series for: holes, candles that were backfilled or are incomplete, patterns, the outline of the forming candle.
import { flags } from "./chart-data.js";
import { fade } from "./chart-series.js";

const mostMarks = 150;
const reach = 14;

export class Marks {
  // state: { data, lo, hi, view, palette, patterns, forming, chart, series }; asked anew at every drawing.
  constructor(state) {
    this.state = state;
    this.drawn = [];
    const view = { zOrder: () => "top", renderer: () => ({ draw: (target) => target.useMediaCoordinateSpace((scope) => this.draw(scope)) }) };
    this.views = [view];
  }

  paneViews() { return this.views; }

  attached({ requestUpdate }) { this.requestUpdate = requestUpdate; }

  redraw() { this.requestUpdate?.(); }

  // The mark at a place, or null.
  at(x, y) {
    let best = null, distance = reach * reach;
    for (const mark of this.drawn) {
      const d = (mark.x - x) ** 2 + (mark.y - y) ** 2;
      if (d <= distance) [best, distance] = [mark, d];
    }
    return best;
  }

  draw({ context, mediaSize }) {
    const s = this.state;
    this.drawn = [];
    const range = s.chart.timeScale().getVisibleLogicalRange();
    if (!range || s.data.length === 0) return;
    const from = Math.max(s.lo, s.lo + Math.floor(range.from)), until = Math.min(s.hi, s.lo + Math.ceil(range.to) + 1);
    const x = (i) => s.chart.timeScale().logicalToCoordinate(i - s.lo);
    this.width = mediaSize.width;
    this.flags(context, mediaSize, from, until, x);
    if (s.view.pattern !== -2) this.patterns(context, from, until, x);
    if (s.forming) this.outline(context, x);
  }

  flags(context, { height }, from, until, x) {
    const { data, palette } = this.state;
    const found = [];
    for (let i = from; i < until; i++) if (data.f[i] !== 0) found.push(i);
    const isDense = found.length > mostMarks;
    context.font = "10px system-ui, sans-serif";
    context.textAlign = "center";
    for (const i of found) {
      const at = x(i);
      if (at === null) continue;
      if (data.f[i] & flags.afterHole) this.hole(context, height, i, at, x(Math.max(i - 1, 0)) ?? at - 4);
      const isIncomplete = data.f[i] & flags.incomplete, isBackfilled = data.f[i] & flags.backfilled;
      if (!isIncomplete && !isBackfilled) continue;
      context.fillStyle = context.strokeStyle = isIncomplete ? palette.warn : palette.faint;
      if (isDense) { context.fillRect(at - 0.5, height - 5, 1, 4); continue; }
      context.beginPath();
      if (isIncomplete) { context.moveTo(at, height - 10); context.lineTo(at + 4, height - 3); context.lineTo(at - 4, height - 3); context.closePath(); context.fill(); }
      else { context.moveTo(at, height - 10); context.lineTo(at + 3.5, height - 6.5); context.lineTo(at, height - 3); context.lineTo(at - 3.5, height - 6.5); context.closePath(); context.stroke(); }
    }
  }

  hole(context, height, i, to, from) {
    const { data, palette } = this.state;
    const width = Math.max(to - from, 4);
    context.fillStyle = fade(palette.warn, "2e");
    context.fillRect(to - width, 0, width, height);
    context.strokeStyle = palette.warn;
    context.setLineDash([3, 3]);
    context.strokeRect(to - width + 0.5, -1, width - 1, height + 2);
    context.setLineDash([]);
    context.fillStyle = palette.warn;
    context.fillText(`⌀ ${Math.round((data.t[i] - (data.t[i - 1] ?? data.t[i])) / 60)} min`, to - width / 2, 12);
  }

  shown(time) {
    const { data, view } = this.state;
    const here = data.patterns.get(time);
    if (!here || view.pattern === -2) return [];
    return here.filter(([which, value]) => (view.pattern === -1 || which === view.pattern) && (!view.strong || Math.abs(value) >= 100));
  }

  patterns(context, from, until, x) {
    const found = [];
    for (let i = from; i < until; i++) {
      const here = this.shown(this.state.data.t[i]);
      if (here.length > 0) found.push([i, here]);
    }
    // So many that they would lie on one another: a mark stands for all within its stretch.
    const cell = found.length > mostMarks || found.length * 26 > this.width ? Math.max(30, this.width / mostMarks) : 0;
    let cluster = null;
    for (const [i, here] of found) {
      const at = x(i);
      if (at === null) continue;
      const place = cell ? Math.floor(at / cell) : i;
      if (cluster?.place !== place) {
        if (cluster) this.mark(context, cluster);
        cluster = { place, x: at, from: i, until: i, count: 0, lean: 0, here };
      }
      cluster.until = i;
      cluster.count += here.length;
      for (const [which, value] of here) if (!this.state.patterns[which].neutral) cluster.lean += Math.sign(value);
    }
    if (cluster) this.mark(context, cluster);
  }

  mark(context, { x, from, until, count, lean, here }) {
    const { data, palette, patterns, series } = this.state;
    const direction = Math.sign(lean);
    // The first that points where all of them lean gives the name.
    const [which] = here.find(([one, value]) => (patterns[one].neutral ? 0 : Math.sign(value)) === direction) ?? here[0];
    const edge = series.priceToCoordinate(direction < 0 ? data.h[from] : data.l[from]);
    if (edge === null) return;
    const y = edge + (direction < 0 ? -9 : 9);
    context.fillStyle = direction > 0 ? palette.up : direction < 0 ? palette.down : palette.faint;
    context.beginPath();
    if (direction === 0) context.arc(x, y, 3.5, 0, 2 * Math.PI);
    else { const tip = direction > 0 ? -4 : 4; context.moveTo(x, y + tip); context.lineTo(x + 4, y - tip); context.lineTo(x - 4, y - tip); context.closePath(); }
    context.fill();
    context.font = "10px system-ui, sans-serif";
    context.textAlign = "center";
    context.fillText(count > 1 && until > from ? `×${count}` : patterns[which].short + (here.length > 1 ? "+" : ""), x, direction < 0 ? y - 7 : y + 14);
    this.drawn.push({ x, y, from, until, count });
  }

  outline(context, x) {
    const { forming, data, palette, series, lo, hi } = this.state;
    if (hi !== data.length) return;
    const at = x(data.length) ?? null;
    const top = series.priceToCoordinate(forming.high), bottom = series.priceToCoordinate(forming.low);
    if (at === null || top === null || bottom === null) return;
    const half = Math.max(3, (x(data.length) - x(Math.max(data.length - 1, lo))) / 2 - 1);
    context.strokeStyle = palette.faint;
    context.setLineDash([2, 2]);
    context.strokeRect(at - half, top - 2, 2 * half, bottom - top + 4);
    context.setLineDash([]);
  }
}
