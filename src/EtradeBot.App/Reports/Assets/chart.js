// One chart, four panes, one time axis: price with the trades, volume, equity beside buy and hold, drawdown.
const L = LightweightCharts;
const isPhone = () => innerWidth < 600;

function palette() {
  const style = getComputedStyle(document.documentElement), read = name => style.getPropertyValue("--" + name).trim();
  const isDark = document.documentElement.dataset.theme === "dark";
  return {
    card: read("card"), text: read("text"), soft: read("soft"), line: read("line"), up: read("up"), down: read("down"), upText: read("up-text"),
    downText: read("down-text"), equity: read("equity"), held: read("held"), band: isDark ? "rgba(99, 180, 230, .14)" : "rgba(0, 114, 178, .10)",
    grid: isDark ? "#1f242c" : "#eef0f3",
  };
}

class Chart {
  constructor(host, legend) {
    this.host = host;
    this.legend = legend;
    this.symbol = 0;
    this.colours = palette();
    this.font = getComputedStyle(document.body).fontFamily;
    this.chart = L.createChart(host, {
      autoSize: true,
      timeScale: { timeVisible: names.shownIntraday, secondsVisible: false, rightOffset: 3, minBarSpacing: 0.005 },
      localization: { timeFormatter: time => moment(time, names.shownIntraday) + (names.shownIntraday ? " New York" : "") },
      crosshair: { mode: L.CrosshairMode.Normal },
      rightPriceScale: { minimumWidth: isPhone() ? 58 : 78 },
      handleScroll: { vertTouchDrag: false },
    });
    this.addSeries();
    this.marks = new Marks(() => this.colours);
    this.candles.attachPrimitive(this.marks);
    const panes = this.chart.panes();
    this.bands = [1, 2, 3].map(number => {
      const band = new Band(this.marks);
      panes[number].attachPrimitive(band);
      return band;
    });
    (isPhone() ? [10, 2, 6, 4] : [12, 2.2, 6, 3.4]).forEach((factor, number) => panes[number].setStretchFactor(factor));
    this.titles = ["", "Volume", "Equity and buy and hold (dashed)", "Drawdown"].map((text, number) => ({ text, plugin: L.createTextWatermark(panes[number], { visible: true, horzAlign: "left", vertAlign: "top", lines: [] }) }));
    this.chart.subscribeCrosshairMove(event => this.tell(event.time));
    this.applyTheme();
    this.fillAccount();
  }

  addSeries() {
    const percent = { type: "custom", minMove: 0.0001, formatter: value => one.format(value * 100) + " %" };
    const money = { type: "custom", minMove: 0.01, formatter: value => "$" + (Math.abs(value) >= 1000 ? whole : two).format(value) };
    this.candles = this.chart.addSeries(L.CandlestickSeries, { priceLineVisible: false }, 0);
    this.volume = this.chart.addSeries(L.HistogramSeries, { priceFormat: { type: "volume" }, priceLineVisible: false, lastValueVisible: false }, 1);
    this.held = this.chart.addSeries(L.LineSeries, { priceFormat: money, lineWidth: 1, lineStyle: L.LineStyle.Dashed, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false }, 2);
    this.equity = this.chart.addSeries(L.LineSeries, { priceFormat: money, lineWidth: 2, priceLineVisible: false }, 2);
    this.drawdown = this.chart.addSeries(L.BaselineSeries, { priceFormat: percent, lineWidth: 1, baseValue: { type: "price", price: 0 }, priceLineVisible: false,
      // The peak stays in sight at any zoom, so that a depth can be read off.
      autoscaleInfoProvider: original => {
        const info = original();
        if (info?.priceRange) info.priceRange.maxValue = 0;
        return info;
      },
    }, 3);
    this.drawdown.priceScale().applyOptions({ scaleMargins: { top: 0.22, bottom: 0.06 } });
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.2, bottom: 0 } });
  }

  applyTheme() {
    const c = this.colours = palette();
    this.chart.applyOptions({
      layout: { background: { color: c.card }, textColor: c.soft, fontFamily: this.font, panes: { separatorColor: c.line, separatorHoverColor: c.line } },
      grid: { vertLines: { color: c.grid }, horzLines: { color: c.grid } },
      rightPriceScale: { borderColor: c.line },
      timeScale: { borderColor: c.line },
    });
    this.candles.applyOptions({ upColor: c.card, borderUpColor: c.up, wickUpColor: c.up, downColor: c.down, borderDownColor: c.down, wickDownColor: c.down });
    this.held.applyOptions({ color: c.held });
    this.equity.applyOptions({ color: c.equity });
    this.drawdown.applyOptions({ topLineColor: c.down, bottomLineColor: c.down, topFillColor1: "transparent", topFillColor2: "transparent", bottomFillColor1: "rgba(213, 94, 0, .28)", bottomFillColor2: "rgba(213, 94, 0, .28)" });
    for (const { text, plugin } of this.titles ?? []) {
      const font = { color: c.soft, fontSize: 12, fontFamily: this.font };
      plugin.applyOptions({ lines: text ? [{ ...font, text: " ", lineHeight: 5 }, { ...font, text }] : [] });
    }
  }

  fillAccount() {
    const line = column => Array.from(account.time, (time, i) => ({ time, value: column[i] }));
    this.equity.setData(line(account.equity));
    this.held.setData(line(account.held));
    this.drawdown.setData(line(account.drawdown));
  }

  // Candles, volume and trades of a symbol.
  show(symbol) {
    this.symbol = symbol;
    const bars = prices(symbol), n = bars.time.length, candles = new Array(n), volume = new Array(n);
    for (let i = 0; i < n; i++) {
      const time = bars.time[i], isUp = bars.close[i] >= bars.open[i];
      candles[i] = { time, open: bars.open[i], high: bars.high[i], low: bars.low[i], close: bars.close[i] };
      volume[i] = { time, value: bars.volume[i], color: isUp ? "rgba(0, 114, 178, .55)" : "rgba(213, 94, 0, .65)" };
    }
    const smallest = bars.low.reduce((least, low) => Math.min(least, low), Infinity), digits = smallest < 1 ? 4 : 2;
    this.candles.applyOptions({ priceFormat: { type: "price", precision: digits, minMove: 10 ** -digits } });
    this.candles.setData(candles);
    this.volume.setData(volume);
    this.marks.show(symbol);
    this.tell();
  }

  // Equal distances mean equal percentages.
  setLogarithmic(isLogarithmic) {
    const mode = isLogarithmic ? L.PriceScaleMode.Logarithmic : L.PriceScaleMode.Normal;
    for (const series of [this.candles, this.equity]) series.priceScale().applyOptions({ mode });
  }

  whole() { this.chart.timeScale().fitContent(); }

  choose(trip) {
    this.marks.choose(trip);
    for (const band of this.bands) band.refresh?.();
  }

  // Brings a trade into the middle: keeps the zoom when the trade fits into it and its candles can be told apart.
  reveal(trip) {
    const place = this.marks.place.get(trip);
    if (!place) return;
    const scale = this.chart.timeScale(), range = scale.getVisibleLogicalRange();
    const middle = (place.from + place.to) / 2, length = place.to - place.from + 1, width = range ? range.to - range.from : 0;
    const fits = length < width * 0.8 && width < 260;
    const half = fits ? width / 2 : Math.max(length * 0.9, isPhone() ? 24 : 55);
    scale.setVisibleLogicalRange({ from: middle - half, to: middle + half });
  }

  // The trade at a click: the arrow under the pointer, else one that ends or begins at that candle, else one open then.
  tripAt(event) {
    const hovered = event.hoveredInfo?.objectId ?? event.hoveredObjectId;
    if (typeof hovered === "string" && hovered.startsWith("trip ")) return Number(hovered.slice(5));
    if (event.time === undefined || this.marks.order.length === 0) return -1;
    const bar = lastAtOrBefore(this.marks.bars.time, event.time);
    let open = -1;
    for (const trip of this.marks.order) {
      const { first, last } = this.marks.place.get(trip);
      if (first === bar || last === bar) return trip;
      if (first < bar && bar < last) open = trip;
    }
    return open;
  }

  // The fixed legend: the candle under the crosshair, or the last one.
  tell(time) {
    const bars = prices(this.symbol);
    if (bars.time.length === 0) return;
    const at = time === undefined ? bars.time.length - 1 : lastAtOrBefore(bars.time, time);
    const of = lastAtOrBefore(account.time, bars.time[at]), change = at > 0 ? bars.close[at] / bars.close[at - 1] - 1 : NaN;
    const item = (label, text, className) => make("span", className, make("b", "", label), text);
    this.legend.replaceChildren(
      make("span", "", moment(bars.time[at], names.shownIntraday)),
      item("O", price(bars.open[at])), item("H", price(bars.high[at])), item("L", price(bars.low[at])), item("C", price(bars.close[at])),
      item("", Number.isFinite(change) ? `${arrow(change)} ${signed(change * 100, two)} %` : "", tone(change)),
      item("V", whole.format(bars.volume[at])), item("Equity", dollars(account.equity[of])), item("Buy and hold", dollars(account.held[of])),
      item("Drawdown", one.format(account.drawdown[of] * 100) + " %"), item("Exposure", whole.format(account.exposure[of] * 100) + " %"));
  }
}
