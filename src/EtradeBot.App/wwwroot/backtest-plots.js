// The statistical charts of a backtest, drawn by plotly.js, which is loaded on this page only.
let drawn = [];
let loading;

// A script of our own origin; its name is the package's.
export const load = (url) => loading ??= globalThis.Plotly ? Promise.resolve() : new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = url;
  script.onload = () => resolve();
  script.onerror = () => { loading = undefined; reject(new Error("plotly.js did not load")); };
  document.head.append(script);
});

const colours = () => {
  const style = getComputedStyle(document.documentElement), read = (name) => style.getPropertyValue("--" + name).trim();
  return { surface: read("surface"), raised: read("raised"), text: read("text"), faint: read("faint"), line: read("line"), up: read("up"), down: read("down"), accent: read("accent") };
};

const layout = (c, more) => ({
  paper_bgcolor: "transparent", plot_bgcolor: "transparent", margin: { l: 52, r: 10, t: 8, b: 40 }, showlegend: false,
  font: { color: c.text, family: getComputedStyle(document.body).fontFamily, size: 12 }, hoverlabel: { bgcolor: c.raised, bordercolor: c.line, font: { color: c.text } },
  ...more, xaxis: { gridcolor: c.line, zerolinecolor: c.faint, linecolor: c.line, ...more.xaxis }, yaxis: { gridcolor: c.line, zerolinecolor: c.faint, linecolor: c.line, ...more.yaxis },
});

const config = { displayModeBar: false, responsive: true, showTips: false };

const draw = async (host, make, then) => {
  if (!host) return;
  const paint = () => { const c = colours(), { data, ...more } = make(c); return Plotly.react(host, data, layout(c, more), config); };
  await paint();
  then?.(host);
  drawn.push({ host, paint });
};

const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const inWords = (value) => {
  if (value === null) return "";
  const text = Math.abs(value * 100).toFixed(1);
  return Number(text) === 0 ? text : (value > 0 ? "+" : "−") + text;
};

// Half way to the page's own colour, so that the text on it stays readable in both looks.
const toned = (colour, surface) => {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)), [one, other] = [parts(colour), parts(surface)];
  return `rgb(${one.map((part, i) => Math.round((part + other[i]) / 2)).join(",")})`;
};

export const months = (host, years, returns) => {
  const known = returns.flat().filter((value) => value !== null).map(Math.abs).sort((one, other) => one - other);
  // One wild month must not bleach all the others.
  const most = Math.max(0.01, known[Math.floor((known.length - 1) * 0.95)] ?? 0);
  host.style.height = `${Math.max(10, 4 + years.length * 1.6)}rem`;
  return draw(host, (c) => ({
    data: [{
      type: "heatmap", x: names, y: years, z: returns, zmin: -most, zmax: most, xgap: 2, ygap: 2, showscale: false, hoverongaps: false,
      colorscale: [[0, toned(c.down, c.surface)], [0.5, c.surface], [1, toned(c.up, c.surface)]], textfont: { color: c.text }, text: returns.map((year) => year.map(inWords)), texttemplate: "%{text}", hovertemplate: "%{y} %{x}: %{text} %<extra></extra>",
    }],
    xaxis: { side: "top", showgrid: false, fixedrange: true }, yaxis: { type: "category", autorange: "reversed", showgrid: false, fixedrange: true }, margin: { l: 44, r: 6, t: 26, b: 6 },
  }));
};

export const results = (host, { first, width, counts, unit, mean }) => {
  const middle = counts.map((_, i) => first + (i + 0.5) * width);
  return draw(host, (c) => ({
    data: [{
      type: "bar", x: middle, y: counts, width: counts.map(() => width * 0.92), marker: { color: middle.map((value) => value > 0 ? c.up : c.down), pattern: { shape: middle.map((value) => value > 0 ? "" : "/"), bgcolor: c.surface } },
      customdata: middle.map((value) => [(value - width / 2).toFixed(2), (value + width / 2).toFixed(2)]), hovertemplate: `%{customdata[0]} to %{customdata[1]} ${unit}: %{y}<extra></extra>`,
    }],
    xaxis: { title: { text: unit } }, yaxis: { title: { text: "trades" } }, bargap: 0,
    shapes: [{ type: "line", x0: mean, x1: mean, yref: "paper", y0: 0, y1: 1, line: { color: c.text, dash: "dot" } }],
    annotations: [{ x: mean, yref: "paper", y: 1, text: `mean ${mean.toFixed(2)}`, showarrow: false, xanchor: "left", xshift: 4, font: { color: c.text } }],
  }));
};

export const excursions = (host, { trade, mae, mfe, result }, page) => {
  const series = (name, x, colour, symbol) => ({
    type: "scatter", mode: "markers", name, x, y: result, customdata: trade, marker: { color: colour, symbol, size: 7, line: { width: 1, color: colour } }, hovertemplate: `trade %{customdata}: ${name} %{x:.2f} %, ended %{y:.2f} %<extra></extra>`,
  });
  return draw(host, (c) => ({
    data: [series("MAE", mae, c.down, "circle-open"), series("MFE", mfe, c.up, "triangle-up")], showlegend: true, legend: { orientation: "h", y: 1.08, x: 0 },
    xaxis: { title: { text: "worst and best open result, %" } }, yaxis: { title: { text: "ended, %" } },
  }), (element) => element.on("plotly_click", (event) => page.invokeMethodAsync("Choose", event.points[0].customdata)));
};

export const exposure = (host, days, fractions) => draw(host, (c) => ({
  data: [{ type: "scatter", mode: "lines", x: days, y: fractions.map((value) => value === null ? null : value * 100), line: { color: c.accent, width: 1, shape: "hv" }, fill: "tozeroy", hovertemplate: "%{x}: %{y:.1f} %<extra></extra>" }],
  yaxis: { title: { text: "% of the account" }, rangemode: "tozero" }, xaxis: { type: "date" },
}));

const repaint = () => drawn.forEach(({ paint }) => paint());
document.addEventListener("appearance", repaint);

export const dispose = () => { drawn.forEach(({ host }) => globalThis.Plotly?.purge(host)); drawn = []; };
