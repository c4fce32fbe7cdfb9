// The values at the crosshair in a fixed place, the same in words for screen readers, and as a table.
import { flags, indicators } from "./chart-data.js";

const number = (value, digits = 2) => (Number.isFinite(value) ? value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−") : "–");
export const price = (value) => number(value, Math.abs(value) < 1 ? 4 : 2);
const signed = (value, digits = 2) => (value > 0 ? "▲ +" : value < 0 ? "▼ " : "") + number(value, digits);
const mostRows = 250;

const make = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
};

export class Legend {
  constructor(root, marks) {
    this.box = root.querySelector("[data-legend]");
    this.spoken = root.querySelector("[data-spoken]");
    this.details = root.querySelector("[data-table]");
    this.marks = marks;
  }

  quality(data, i) {
    const words = [];
    if (data.f[i] & flags.backfilled) words.push("backfilled");
    if (data.f[i] & flags.incomplete) words.push("incomplete");
    if (data.f[i] & flags.afterHole) words.push("after a hole");
    return words;
  }

  names(data, i) {
    return this.marks.shown(data.t[i]).map(([which, value]) => this.marks.state.patterns[which].names[value > 0 ? 0 : 1] + (Math.abs(value) < 100 ? " (weak)" : ""));
  }

  // A closed candle by its place, or the forming one.
  show(data, i, zone, view, forming) {
    const candle = forming ?? { open: data.o[i], high: data.h[i], low: data.l[i], close: data.c[i], volume: data.v[i] };
    if (candle.open === undefined) { this.box.replaceChildren(); return; }
    const before = data.c[(forming ? data.length : i) - 1];
    const change = candle.close - before;
    const parts = [make("b", zone.text(forming?.time ?? data.t[i], data.isDaily))];
    const pair = (name, value, style) => { const one = make("span", "", style); one.append(make("i", name), ` ${value}`); parts.push(one); };
    pair("O", price(candle.open)); pair("H", price(candle.high)); pair("L", price(candle.low)); pair("C", price(candle.close));
    if (Number.isFinite(change)) pair("", `${signed(change)} (${number((change / before) * 100)} %)`, change > 0 ? "up" : change < 0 ? "down" : "");
    pair("V", number(candle.volume, 0));
    if (!forming) this.indicators(data, i, view, pair);
    for (const name of forming ? [] : this.names(data, i)) parts.push(make("span", name, "chip"));
    for (const word of forming ? [] : this.quality(data, i)) parts.push(make("span", word, "warn"));
    if (forming) parts.push(make("span", `forming, closes in ${forming.left}`, "faint"));
    this.box.replaceChildren(...parts);
  }

  indicators(data, i, view, pair) {
    if (view.bollinger) pair("BB", `${price(data.upper[i])} ${price(data.middle[i])} ${price(data.lower[i])}`);
    if (view.rsi) pair("RSI", number(data.rsi[i], 1));
    if (view.macd) pair("MACD", `${number(data.macd[i], 3)} ${number(data.signal[i], 3)} ${number(data.histogram[i], 3)}`);
  }

  say(data, i, zone, view) {
    const change = data.c[i] - data.c[i - 1];
    const more = [...this.names(data, i), ...this.quality(data, i)];
    if (view.rsi) more.unshift(`RSI ${number(data.rsi[i], 1)}`);
    const moved = !Number.isFinite(change) ? "" : change > 0 ? `, up ${price(change)}` : change < 0 ? `, down ${price(-change)}` : ", unchanged";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.spoken.textContent = `${zone.text(data.t[i], data.isDaily)}: open ${price(data.o[i])}, high ${price(data.h[i])}, low ${price(data.l[i])}, close ${price(data.c[i])}${moved}, volume ${number(data.v[i], 0)}${more.length ? ". " + more.join(", ") : ""}`;
    }, 120);
  }

  head() { return ["Time", "Open", "High", "Low", "Close", "Volume", ...indicators.map((name) => name[0].toUpperCase() + name.slice(1)), "Patterns", "Quality"]; }

  row(data, i, zone) {
    return [zone.text(data.t[i], data.isDaily), ...[data.o, data.h, data.l, data.c].map((column) => price(column[i])), number(data.v[i], 0),
      ...indicators.map((name) => number(data[name][i], name === "rsi" ? 1 : 3)), this.names(data, i).join(", "), this.quality(data, i).join(", ")];
  }

  // The newest of the candles in sight, when the table is open.
  table(data, from, until, zone) {
    if (!this.details.open) return;
    const first = Math.max(from, until - mostRows);
    const line = (cells, tag) => { const row = make("tr"); row.append(...cells.map((cell) => make(tag, cell))); return row; };
    const head = make("thead"), body = make("tbody");
    head.append(line(this.head(), "th"));
    for (const cell of head.querySelectorAll("th")) cell.scope = "col";
    for (let i = until - 1; i >= first; i--) body.append(line(this.row(data, i, zone), "td"));
    const caption = make("caption", first > from ? `The newest ${mostRows} of ${until - from} candles in sight` : `${until - from} candles in sight`);
    this.details.querySelector("table").replaceChildren(caption, head, body);
  }

  async copy(data, from, until, zone) {
    const lines = [this.head().join("\t")];
    for (let i = from; i < until; i++) lines.push(this.row(data, i, zone).map((cell) => cell.replace("−", "-")).join("\t"));
    let words = `${until - from} candles copied`;
    try { await navigator.clipboard.writeText(lines.join("\n")); } catch (problem) { words = `The browser did not let the candles be copied: ${problem.message}`; }
    this.spoken.textContent = words;
  }
}
