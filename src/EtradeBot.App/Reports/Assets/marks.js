// Round trips drawn over the candles: arrows at both ends and a dashed line between them while there are few in sight,
// else how many were won and lost in each stretch of time.
const mostArrows = 220;

class Marks {
  constructor(palette) {
    this.palette = palette;
    this.chosen = -1;
    this.bars = null;
    this.order = [];
    this.spots = [];
    this.inSight = 0;
    this.onCount = () => {};
    const view = { zOrder: () => "normal", renderer: () => ({ draw: target => target.useMediaCoordinateSpace(scope => this.draw(scope)) }) };
    this.views = [view];
  }

  attached({ chart, series, requestUpdate }) {
    this.chart = chart;
    this.series = series;
    this.refresh = requestUpdate;
  }

  paneViews() { return this.views; }

  // Which trades belong to the symbol shown, by entry, with the latest exit so far: finds those in sight by two searches.
  show(symbol) {
    const bars = this.bars = prices(symbol);
    const scale = this.chart.timeScale();
    this.order = Array.from(trips.number).filter(i => trips.symbol[i] === symbol).sort((a, b) => trips.entry[a] - trips.entry[b]);
    this.place = new Map();
    this.entries = new Float64Array(this.order.length);
    this.latest = new Float64Array(this.order.length);
    let latest = -Infinity;
    this.order.forEach((trip, n) => {
      const first = lastAtOrBefore(bars.time, trips.entry[trip]), last = lastAtOrBefore(bars.time, trips.exit[trip]);
      const place = { first, last, from: scale.timeToIndex(bars.time[first], true), to: scale.timeToIndex(bars.time[last], true) };
      this.place.set(trip, place);
      this.entries[n] = place.from;
      this.latest[n] = latest = Math.max(latest, place.to);
    });
    this.refresh();
  }

  choose(trip) {
    this.chosen = trip;
    this.refresh();
  }

  visible() {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    if (!range || this.order.length === 0) return [];
    let n = lastAtOrBefore(this.latest, range.from - 1);
    const found = [];
    for (; n < this.order.length && this.entries[n] <= range.to + 1; n++)
      if (this.place.get(this.order[n]).to >= range.from - 1) found.push(this.order[n]);
    return found;
  }

  draw({ context, mediaSize }) {
    const trades = this.visible();
    this.spots = [];
    if (trades.length !== this.inSight) this.onCount(this.inSight = trades.length);
    if (trades.length > mostArrows) this.drawDensity(context, mediaSize, trades);
    else for (const trip of trades) if (trip !== this.chosen) this.drawTrip(context, trip, false);
    if (this.place?.has(this.chosen)) {
      this.drawExcursion(context, this.chosen);
      this.drawTrip(context, this.chosen, true);
    }
  }

  ends(trip) {
    const { first, last, from, to } = this.place.get(trip);
    const scale = this.chart.timeScale(), y = price => this.series.priceToCoordinate(price);
    return { x1: scale.logicalToCoordinate(from), x2: scale.logicalToCoordinate(to), y1: y(trips.entryPrice[trip]), y2: y(trips.exitPrice[trip]), first, last, y };
  }

  drawTrip(context, trip, isChosen) {
    const { x1, x2, y1, y2, first, last, y } = this.ends(trip);
    if (y1 === null || y2 === null) return;
    const colours = this.palette(), colour = trips.pnl[trip] > 0 ? colours.upText : colours.downText, side = trips.side[trip];
    context.strokeStyle = colour;
    context.lineWidth = isChosen ? 2.5 : 1.25;
    context.setLineDash(isChosen ? [] : [4, 3]);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    context.setLineDash([]);
    const size = isChosen ? 8 : 6, gap = 5;
    const below = bar => y(this.bars.low[bar]) + gap, above = bar => y(this.bars.high[bar]) - gap;
    this.arrow(context, trip, { x: x1, y: side > 0 ? below(first) : above(first), up: side > 0, size, colour: colours.text });
    this.arrow(context, trip, { x: x2, y: side > 0 ? above(last) : below(last), up: side < 0, size, colour });
    if (isChosen) this.label(context, `${arrow(trips.pnl[trip])} ${profit(trips.pnl[trip])}${Number.isFinite(trips.r[trip]) ? ` · ${signed(trips.r[trip], two)} R` : ""}`, x2, side > 0 ? above(last) - 26 : below(last) + 26, colour);
  }

  arrow(context, trip, { x, y, up, size, colour }) {
    const tail = up ? y + size * 1.5 : y - size * 1.5;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - size, tail);
    context.lineTo(x + size, tail);
    context.closePath();
    context.fillStyle = colour;
    context.strokeStyle = this.palette().card;
    context.lineWidth = 1.5;
    context.stroke();
    context.fill();
    this.spots.push({ x, y: (y + tail) / 2, trip });
  }

  // How far the chosen trade ran for and against the account, as prices.
  drawExcursion(context, trip) {
    const { x1, x2, y1, y } = this.ends(trip);
    const shares = trips.shares[trip] * trips.side[trip], left = Math.min(x1, x2) - 3, width = Math.abs(x2 - x1) + 6;
    const worst = y(trips.entryPrice[trip] + trips.mae[trip] / shares), best = y(trips.entryPrice[trip] + trips.mfe[trip] / shares);
    const fill = (to, colour) => {
      if (to === null || y1 === null) return;
      context.fillStyle = colour;
      context.fillRect(left, Math.min(y1, to), width, Math.abs(to - y1));
    };
    fill(worst, "rgba(213, 94, 0, .16)");
    fill(best, "rgba(0, 114, 178, .18)");
  }

  label(context, text, x, y, colour) {
    const colours = this.palette();
    context.font = "600 12px system-ui, sans-serif";
    const width = context.measureText(text).width + 14;
    context.fillStyle = colours.card;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(x - width / 2, y - 11, width, 22, 5);
    context.fill();
    context.stroke();
    context.fillStyle = colour;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x, y + 1);
  }

  drawDensity(context, { width, height }, trades) {
    const step = 7, won = new Map(), lost = new Map();
    const scale = this.chart.timeScale(), colours = this.palette();
    let most = 1;
    for (const trip of trades) {
      const column = Math.floor(scale.logicalToCoordinate(this.place.get(trip).to) / step);
      if (column < 0 || column * step > width) continue;
      const side = trips.pnl[trip] > 0 ? won : lost;
      side.set(column, (side.get(column) ?? 0) + 1);
      most = Math.max(most, side.get(column));
    }
    const middle = height - 26, tall = 20;
    for (const [counts, sign, colour] of [[won, -1, colours.up], [lost, 1, colours.down]])
      for (const [column, count] of counts) {
        const size = Math.max(2, count / most * tall);
        context.fillStyle = colour;
        context.fillRect(column * step + 1, sign < 0 ? middle - size : middle + 1, step - 2, size);
      }
    context.fillStyle = colours.soft;
    context.fillRect(0, middle, width, 1);
  }

  hitTest(x, y) {
    let best = null, distance = 12;
    for (const spot of this.spots) {
      const d = Math.hypot(spot.x - x, spot.y - y);
      if (d < distance) [best, distance] = [spot, d];
    }
    return best && { externalId: "trip " + best.trip, zOrder: "normal", cursorStyle: "pointer", distance, hitTestPriority: 2 };
  }
}

// The time of the chosen trade as a band through a pane.
class Band {
  constructor(marks) {
    const draw = ({ context, mediaSize }) => {
      if (!marks.place?.has(marks.chosen)) return;
      const { from, to } = marks.place.get(marks.chosen), scale = marks.chart.timeScale();
      const x1 = scale.logicalToCoordinate(from), x2 = scale.logicalToCoordinate(to);
      context.fillStyle = marks.palette().band;
      context.fillRect(x1 - 3, 0, x2 - x1 + 6, mediaSize.height);
    };
    this.views = [{ zOrder: () => "bottom", renderer: () => ({ draw: target => target.useMediaCoordinateSpace(draw) }) }];
  }

  attached({ requestUpdate }) { this.refresh = requestUpdate; }

  paneViews() { return this.views; }
}
