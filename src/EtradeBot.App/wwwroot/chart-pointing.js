// Where the reader points: by mouse, or candle by candle with the keys; and what is typed while the chart has the focus.
import { afterDrawing, timeLeft } from "./chart-page.js";

const typedPattern = /^(\d{1,3}[mhdw]?|[dw])$/i;

export class Pointing {
  constructor(owner, canvas, signal) {
    Object.assign(this, { owner, canvas, hover: null, pick: null, typed: "" });
    this.typedBox = owner.root.querySelector("[data-typed]");
    owner.chart.subscribeCrosshairMove((event) => this.moved(event));
    owner.chart.subscribeClick((event) => this.clicked(event));
    owner.chart.subscribeDblClick((event) => this.priced(event));
    canvas.addEventListener("keydown", (event) => this.key(event), { signal });
    canvas.addEventListener("blur", () => this.type(""), { signal });
  }

  // The candle shown in the legend: null for the newest.
  get place() {
    const place = this.pick ?? this.hover;
    return place !== null && place < this.owner.data.length ? Math.max(0, place) : null;
  }

  clear() {
    this.hover = this.pick = null;
    this.owner.chart.clearCrosshairPosition();
    this.queue();
  }

  // Older candles came in front.
  slide(by) {
    if (this.hover !== null) this.hover += by;
    if (this.pick !== null) this.pick += by;
  }

  moved({ point, logical, sourceEvent }) {
    if (!sourceEvent && this.pick !== null) return;
    this.pick = null;
    this.hover = point && logical !== undefined ? this.owner.lo + Math.round(logical) : null;
    this.queue();
  }

  // Once in a frame at most.
  queue() {
    if (this.isQueued) return;
    this.isQueued = true;
    requestAnimationFrame(() => {
      this.isQueued = false;
      const { owner } = this;
      if (owner.isOver || owner.data.length === 0) return;
      const { place } = this;
      const forming = place === null && owner.forming ? { ...owner.forming, left: timeLeft(owner.forming, owner.clock) } : null;
      owner.legend.show(owner.data, place ?? owner.data.length - 1, owner.axisZone, owner.view, forming);
    });
  }

  clicked({ point, paneIndex }) {
    if (!point || (paneIndex ?? 0) !== 0) return;
    const mark = this.owner.marks.at(point.x, point.y);
    if (!mark) return;
    if (mark.until > mark.from) this.owner.place(mark.from - 15, mark.until + 15);
    else this.open(mark.from);
  }

  // A price to be told of.
  priced({ point, paneIndex }) {
    const price = point && (paneIndex ?? 0) === 0 ? this.owner.series.coordinateToPrice(point.y) : null;
    if (price > 0) this.owner.program.invokeMethodAsync("PriceChosen", price);
  }

  open(i) {
    if (this.owner.data.patterns.has(this.owner.data.t[i])) this.owner.program.invokeMethodAsync("PatternChosen", this.owner.data.t[i]);
  }

  choose(i) {
    const { owner } = this;
    const { data } = owner;
    i = Math.max(0, Math.min(data.length - 1, i));
    const [from, until] = owner.inSight();
    if (i < from || i >= until) owner.place(i - Math.floor((until - from) / 2), i + Math.ceil((until - from) / 2));
    this.pick = i;
    // A new stretch comes in sight with the next frame.
    afterDrawing(() => { if (!owner.isOver && this.pick === i) owner.chart.setCrosshairPosition(data.c[i], owner.wall(data.t[i]), owner.series); });
    this.queue();
    owner.legend.say(data, i, owner.axisZone, owner.view);
  }

  type(text) {
    this.typed = text;
    this.typedBox.textContent = text ? `${text} ⏎` : "";
    this.typedBox.hidden = !text;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.typing(event) && !this.step(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  typing({ key }) {
    if (key === "Enter" && this.typed) {
      const text = this.typed.toLowerCase();
      this.type("");
      if (typedPattern.test(text)) this.owner.program.invokeMethodAsync("TimeframeTyped", text);
      return true;
    }
    if (key === "Escape" && this.typed) { this.type(""); return true; }
    if (key === "Backspace" && this.typed) { this.type(this.typed.slice(0, -1)); return true; }
    if (!/^\d$/.test(key) && !(this.typed && /^[mhdw]$/i.test(key))) return false;
    if (this.typed.length < 4) this.type(this.typed + key);
    return true;
  }

  step({ key, shiftKey }) {
    const [from, until] = this.owner.inSight();
    const at = this.pick ?? until;
    const far = Math.max(1, Math.floor((until - from) * 0.8));
    if (key === "ArrowLeft") this.choose(at - (shiftKey ? 10 : 1));
    else if (key === "ArrowRight") this.choose(Math.min(at, until - 1) + (shiftKey ? 10 : 1));
    else if (key === "PageUp") this.choose(at - far);
    else if (key === "PageDown") this.choose(at + far);
    else if (key === "Home") this.choose(from);
    else if (key === "End") this.choose(this.owner.data.length - 1);
    else if (key === "Enter" && this.pick !== null) this.open(this.pick);
    else if (key === "Escape" && this.pick !== null) { this.clear(); this.owner.program.invokeMethodAsync("PatternLeft"); }
    else if (key === "+" || key === "-") this.owner.zoom(key === "+" ? 0.8 : 1.25);
    else return false;
    this.owner.kept = null;
    return true;
  }
}
