// The run's columns, out of the inert elements at the end of the page.
const element = id => document.getElementById(id);
const stored = id => element("d-" + id).textContent;
const names = JSON.parse(stored("names"));

function bytes(id) {
  const text = stored(id);
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const result = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) result[i] = binary.charCodeAt(i);
  return result;
}

const doubles = id => new Float64Array(bytes(id).buffer);
const integers = id => new Int32Array(bytes(id).buffer);

// Columns of equal length, read at once: { name: id } becomes { name: column }.
const columns = (read, ids) => Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, read(id)]));

const account = columns(doubles, { time: "equity-time", equity: "equity", drawdown: "drawdown", exposure: "exposure", held: "benchmark" });

const trips = {
  ...columns(doubles, {
    entry: "t-entry", exit: "t-exit", entryPrice: "t-entry-price", exitPrice: "t-exit-price",
    pnl: "t-pnl", r: "t-r", mae: "t-mae", mfe: "t-mfe", fees: "t-fees",
  }),
  ...columns(integers, {
    shares: "t-shares", held: "t-held", symbol: "t-symbol", side: "t-side", entryReason: "t-entry-reason",
    exitReason: "t-exit-reason", entryOrder: "t-entry-order", exitOrder: "t-exit-order",
  }),
};
trips.count = trips.pnl.length;
trips.percent = trips.pnl.map((pnl, i) => pnl / (trips.entryPrice[i] * trips.shares[i]) * 100);
trips.number = Int32Array.from(trips.pnl, (_, i) => i);

const orders = {
  ...columns(doubles, { limit: "o-limit", stop: "o-stop", price: "o-price", fees: "o-fees", submitted: "o-submitted", updated: "o-updated" }),
  ...columns(integers, {
    id: "o-id", symbol: "o-symbol", side: "o-side", type: "o-type", status: "o-status",
    shares: "o-shares", filled: "o-filled", reason: "o-reason", note: "o-note",
  }),
};

const priceCache = new Map();
function prices(symbol) {
  if (!priceCache.has(symbol)) {
    const ids = Object.fromEntries(["time", "open", "high", "low", "close", "volume"].map(name => [name, `${name}-${symbol}`]));
    priceCache.set(symbol, columns(doubles, ids));
  }
  return priceCache.get(symbol);
}

// Index of the last value at or before the wanted one; 0 when all come after it.
function lastAtOrBefore(sorted, wanted) {
  let low = 0, high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= wanted) low = middle; else high = middle - 1;
  }
  return low;
}

const group = digits => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const two = group(2), one = group(1), whole = group(0), fine = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const known = (value, text) => Number.isFinite(value) ? text(value) : "";
const signed = (value, format) => known(value, v => (v > 0 ? "+" : v < 0 ? "-" : "") + format.format(Math.abs(v)));
const dollars = value => known(value, v => (v < 0 ? "-$" : "$") + two.format(Math.abs(v)));
const profit = value => known(value, v => (v > 0 ? "+$" : v < 0 ? "-$" : "$") + two.format(Math.abs(v)));
const price = value => known(value, v => fine.format(v));
const arrow = value => value > 0 ? "▲" : value < 0 ? "▼" : "■";
const tone = value => value > 0 ? "up" : value < 0 ? "down" : "flat";
const day = seconds => new Date(seconds * 1000).toISOString().slice(0, 10);
const moment = (seconds, withTime) => withTime ? day(seconds) + " " + new Date(seconds * 1000).toISOString().slice(11, 16) : day(seconds);
const sideName = side => side > 0 ? "long" : "short";

// An element with text and children; text never becomes markup.
function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}
