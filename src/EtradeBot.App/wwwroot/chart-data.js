// The candles of one symbol and timeframe that were fetched so far, oldest first, as columns; older pages come in front.
export const flags = { backfilled: 1, incomplete: 2, afterHole: 4 };
export const indicators = ["upper", "middle", "lower", "rsi", "macd", "signal", "histogram"];
const columns = ["t", "o", "h", "l", "c", "v", "f", ...indicators];

const get = async (kind, symbol, timeframe, query) => {
  const answer = await fetch(`chart/${kind}/${encodeURIComponent(symbol)}?t=${timeframe}${query}`);
  if (!answer.ok) throw new Error((await answer.text()) || `the program answered ${answer.status}`);
  return { bytes: await answer.arrayBuffer(), version: Number(answer.headers.get("X-Version")), older: Number(answer.headers.get("X-Older")) };
};

const readCandles = (bytes) => {
  const count = bytes.byteLength / 29;
  const float = (at) => Array.from(new Float32Array(bytes, count * (8 + 4 * at), count));
  const price = (at) => float(at).map((value) => Math.round(value * 10000) / 10000);
  return { t: Array.from(new Float64Array(bytes, 0, count)), o: price(0), h: price(1), l: price(2), c: price(3), v: float(4), f: Array.from(new Uint8Array(bytes, count * 28, count)) };
};

const readIndicators = (bytes) => {
  const count = bytes.byteLength / (8 + 4 * indicators.length);
  const found = { t: new Float64Array(bytes, 0, count) };
  indicators.forEach((name, at) => { found[name] = Array.from(new Float32Array(bytes, count * (8 + 4 * at), count)); });
  return found;
};

const readPatterns = (bytes) => {
  const count = bytes.byteLength / 10;
  const times = new Float64Array(bytes, 0, count), which = new Uint8Array(bytes, count * 8, count), values = new Int8Array(bytes, count * 9, count);
  return Array.from(times, (time, i) => [time, which[i], values[i]]);
};

export class Candles {
  constructor(symbol, timeframe) {
    this.symbol = symbol;
    this.timeframe = timeframe;
    this.clear();
  }

  clear() {
    for (const name of columns) this[name] = [];
    this.patterns = new Map();
    this.older = 0;
    this.version = 0;
  }

  get length() { return this.t.length; }

  get isDaily() { return this.timeframe === "1d" || this.timeframe === "1w"; }

  // The newest; replaces what was there.
  async fetchNewest(count) {
    const page = await this.page("", count);
    this.clear();
    this.take(page);
  }

  // In front of the first. False when there are none, or others came meanwhile.
  async fetchOlder(count) {
    if (this.older === 0 || this.length === 0) return false;
    const first = this.t[0];
    const page = await this.page(`&before=${first}`, count);
    if (this.t[0] !== first || page.candles.t.length === 0) return false;
    this.take(page);
    return true;
  }

  async page(before, count) {
    const query = `${before}&count=${count}`;
    const [candles, lines, patterns] = await Promise.all(["candles", "indicators", "patterns"].map((kind) => get(kind, this.symbol, this.timeframe, query)));
    const page = { version: candles.version, older: candles.older, candles: readCandles(candles.bytes), lines: readIndicators(lines.bytes), patterns: readPatterns(patterns.bytes) };
    // A candle closed between the answers: line the columns up by time.
    if (page.lines.t.length !== page.candles.t.length || page.lines.t[0] !== page.candles.t[0]) {
      const places = new Map(Array.from(page.lines.t, (time, i) => [time, i]));
      for (const name of indicators) page.lines[name] = page.candles.t.map((time) => (places.has(time) ? page.lines[name][places.get(time)] : NaN));
    }
    return page;
  }

  take({ candles, lines, patterns, version, older }) {
    for (const name of ["t", "o", "h", "l", "c", "v", "f"]) this[name] = candles[name].concat(this[name]);
    for (const name of indicators) this[name] = lines[name].concat(this[name]);
    for (const [time, which, value] of patterns) this.note(time, which, value);
    this.older = older;
    this.version ||= version;
  }

  // A closed candle: time, open, high, low, close, volume, flags, then the indicators. False when it does not come after the last one.
  append(row) {
    if (row[0] <= this.t[this.length - 1]) return false;
    columns.forEach((name, i) => this[name].push(row[i] ?? NaN));
    return true;
  }

  note(time, which, value) {
    const here = this.patterns.get(time);
    if (here === undefined) this.patterns.set(time, [[which, value]]);
    else if (!here.some((one) => one[0] === which)) here.push([which, value]);
  }

  // The first candle that opens at or after an instant.
  indexOf(seconds) {
    let low = 0, high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.t[middle] < seconds) low = middle + 1; else high = middle;
    }
    return low;
  }

  candle(i) { return { open: this.o[i], high: this.h[i], low: this.l[i], close: this.c[i] }; }

  // Averaged candles; each hangs on the one before, so they are worked out from the first fetched one on.
  heikin() {
    if (this.averaged?.length === this.length && this.averaged.first === this.t[0]) return this.averaged;
    const all = [];
    for (let i = 0; i < this.length; i++) {
      const before = all[i - 1];
      const close = (this.o[i] + this.h[i] + this.l[i] + this.c[i]) / 4;
      const open = before ? (before.open + before.close) / 2 : (this.o[i] + this.c[i]) / 2;
      all.push({ open, high: Math.max(this.h[i], open, close), low: Math.min(this.l[i], open, close), close });
    }
    all.first = this.t[0];
    return (this.averaged = all);
  }
}
