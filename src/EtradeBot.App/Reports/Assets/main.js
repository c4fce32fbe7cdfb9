// Ties chart, list and keys together. The state of the page stands in its address: #trade=12&symbol=0&theme=dark.
const state = new URLSearchParams(location.hash.slice(1));
let chart = null, list = null;

function keep(name, value) {
  if (value === null) state.delete(name); else state.set(name, value);
  history.replaceState(null, "", "#" + state);
}

function choose(trip, reveal) {
  if (trip >= 0 && chart && trips.symbol[trip] !== chart.symbol) showSymbol(trips.symbol[trip]);
  list?.choose(trip);
  chart?.choose(trip);
  if (trip >= 0 && reveal) chart?.reveal(trip);
  keep("trade", trip >= 0 ? trip + 1 : null);
}

function showSymbol(symbol) {
  if (symbol < 0 || symbol >= names.symbols.length) return;
  chart.show(symbol);
  const select = element("symbol");
  if (select) select.value = String(symbol);
}

function leave() {
  choose(-1, false);
  chart?.whole();
}

function step(by) {
  if (list) choose(list.neighbour(by), true);
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  element("theme").textContent = theme === "dark" ? "Light" : "Dark";
  chart?.applyTheme();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches("input, select, textarea");
  if (event.key === "Escape") {
    if (isTyping) event.target.blur(); else leave();
    return;
  }
  if (isTyping) return;
  const action = { j: () => step(1), k: () => step(-1), "/": () => element("find")?.focus(), Enter: expand }[event.key];
  if (!action || event.key === "Enter" && event.target.matches("button, a")) return;
  event.preventDefault();
  action();
}

function expand() {
  if (list && list.chosen >= 0) list.toggle(list.chosen);
}

function toggle(id, set) {
  element(id).addEventListener("click", event => {
    const isOn = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(isOn));
    set(isOn);
  });
}

function drawChart() {
  chart = new Chart(element("chart"), element("legend"));
  chart.marks.onCount = count => {
    element("density").textContent = count > mostArrows ? `${whole.format(count)} trades in sight, counted along the bottom (blue above: won, orange below: lost); zoom in for single ones`
      : count === 1 ? "1 trade in sight" : `${whole.format(count)} trades in sight`;
  };
  showSymbol(0);
  chart.whole();
  chart.chart.subscribeClick(event => {
    const trip = chart.tripAt(event);
    if (trip >= 0) choose(trip, false);
  });
}

function start() {
  const hasCandles = names.symbols.length > 0 && prices(0).time.length > 0;
  if (hasCandles) drawChart();
  if (trips.count > 0) list = new TradeList(trip => choose(trip, true));
  element("theme").addEventListener("click", () => {
    const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    setTheme(theme);
    keep("theme", theme);
  });
  element("symbol")?.addEventListener("change", event => showSymbol(Number(event.target.value)));
  element("next").addEventListener("click", () => step(1));
  element("previous").addEventListener("click", () => step(-1));
  element("whole").addEventListener("click", leave);
  toggle("log", isOn => chart?.setLogarithmic(isOn));
  toggle("held", isOn => chart?.held.applyOptions({ visible: isOn }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", event => {
    if (!state.has("theme")) setTheme(event.matches ? "dark" : "light");
  });
  document.addEventListener("keydown", onKey);
  setTheme(document.documentElement.dataset.theme);
  const wanted = Number(state.get("trade")) - 1;
  if (Number.isInteger(wanted) && wanted >= 0 && wanted < trips.count) choose(wanted, true);
  document.body.dataset.state = "ok";
}

// A page that cannot draw says so, with the reason, instead of staying half empty.
function fail(problem) {
  document.body.dataset.state = "error: " + problem;
  element("chart").before(make("p", "failure", `The chart could not be drawn: ${problem}. The figures on this page and the other files are complete.`));
}

addEventListener("error", event => fail(event.message));
try {
  start();
} catch (problem) {
  fail(problem);
}
