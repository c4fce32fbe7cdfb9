// The list of trades: only the rows in sight exist, so that 27,000 scroll as 20 do.
const rowHeight = 34, tallestList = 446;

class TradeList {
  constructor(onChoose) {
    this.box = element("list");
    this.body = element("rows");
    this.onChoose = onChoose;
    this.sort = { by: "number", falling: false };
    this.chosen = -1;
    this.open = -1;
    this.detailHeight = 0;
    this.view = Array.from(trips.number);
    this.box.addEventListener("scroll", () => requestAnimationFrame(() => this.draw()), { passive: true });
    addEventListener("resize", () => this.draw());
    for (const button of this.box.querySelectorAll("th button")) button.addEventListener("click", () => this.sortBy(button.dataset.sort));
    element("kind").addEventListener("change", () => this.filter());
    element("find").addEventListener("input", () => this.filter());
    this.body.addEventListener("click", event => this.click(event));
    this.draw();
  }

  key(name) {
    if (name === "symbol") return i => names.symbols[trips.symbol[i]] ?? "";
    if (name === "exitReason") return i => names.texts[trips.exitReason[i]];
    return i => trips[name][i];
  }

  sortBy(name) {
    const falling = this.sort.by === name ? !this.sort.falling : !["number", "symbol", "entry", "exit", "exitReason"].includes(name);
    this.sort = { by: name, falling };
    for (const head of this.box.querySelectorAll("th[aria-sort]")) head.removeAttribute("aria-sort");
    this.box.querySelector(`button[data-sort="${name}"]`).closest("th").setAttribute("aria-sort", falling ? "descending" : "ascending");
    this.arrange();
  }

  arrange() {
    const key = this.key(this.sort.by), sign = this.sort.falling ? -1 : 1;
    // What is not known (no stop, no R) stands at the end either way.
    const rank = value => typeof value === "number" && Number.isNaN(value);
    this.view.sort((a, b) => {
      const x = key(a), y = key(b);
      return rank(x) - rank(y) || (x < y ? -sign : x > y ? sign : a - b);
    });
    this.draw();
  }

  filter() {
    const kind = element("kind").value, wanted = element("find").value.trim().toLowerCase();
    const kinds = { all: () => true, wins: i => trips.pnl[i] > 0, losses: i => trips.pnl[i] <= 0, long: i => trips.side[i] > 0, short: i => trips.side[i] < 0 };
    const text = i => [names.symbols[trips.symbol[i]], sideName(trips.side[i]), moment(trips.entry[i], names.intraday), moment(trips.exit[i], names.intraday),
      names.texts[trips.entryReason[i]], names.texts[trips.exitReason[i]]].join(" ").toLowerCase();
    this.view = Array.from(trips.number).filter(i => kinds[kind](i) && (!wanted || text(i).includes(wanted)));
    this.open = -1;
    this.box.scrollTop = 0;
    this.count();
    this.arrange();
  }

  count() {
    const won = this.view.filter(i => trips.pnl[i] > 0).length, total = this.view.reduce((sum, i) => sum + trips.pnl[i], 0);
    element("trade-count").textContent = this.view.length === trips.count ? `${whole.format(trips.count)} trades`
      : `${whole.format(this.view.length)} of ${whole.format(trips.count)} trades, ${whole.format(won)} won, ${profit(total)}`;
  }

  top(position) {
    const open = this.view.indexOf(this.open);
    return position * rowHeight + (open >= 0 && position > open ? this.detailHeight : 0);
  }

  draw() {
    const head = this.box.querySelector("thead").offsetHeight, count = this.view.length;
    this.box.style.height = Math.min(tallestList, head + Math.max(2 * rowHeight, this.top(count)) + 4) + "px";
    const height = this.box.clientHeight - head, scroll = this.box.scrollTop, open = this.view.indexOf(this.open), spare = 8;
    const positionAt = y => open >= 0 && y > (open + 1) * rowHeight ? Math.max(open, Math.floor((y - this.detailHeight) / rowHeight)) : Math.floor(y / rowHeight);
    const from = Math.max(0, positionAt(scroll) - spare), until = Math.min(count, positionAt(scroll + height) + spare + 1);
    const nodes = [this.gap(this.top(from))];
    for (let position = from; position < until; position++) {
      nodes.push(this.row(this.view[position], position));
      if (position === open) nodes.push(this.detail(this.view[position]));
    }
    nodes.push(this.gap(this.top(count) - this.top(until)));
    if (count === 0) nodes.push(make("tr", "", Object.assign(make("td", "empty", "No trade matches."), { colSpan: 16 })));
    this.body.replaceChildren(...nodes);
    const detail = this.body.querySelector("tr.detail");
    if (detail && Math.abs(detail.offsetHeight - this.detailHeight) > 1) {
      this.detailHeight = detail.offsetHeight;
      this.draw();
    }
  }

  gap(height) {
    const cell = Object.assign(make("td"), { colSpan: 16 });
    cell.style.height = height + "px";
    const row = make("tr", "gap", cell);
    row.hidden = height <= 0;
    row.setAttribute("aria-hidden", "true");
    return row;
  }

  row(i, position) {
    const cell = (text, className = "") => make("td", className, text);
    const money = tone(trips.pnl[i]), isOpen = i === this.open;
    const more = make("button", "", isOpen ? "▾" : "▸");
    more.type = "button";
    more.setAttribute("aria-expanded", String(isOpen));
    more.setAttribute("aria-label", `Orders of trade ${i + 1}`);
    const row = make("tr", i === this.chosen ? "row chosen" : "row", make("td", "more", more), cell(whole.format(i + 1)),
      cell(names.symbols[trips.symbol[i]] ?? "", "wide"), cell(sideName(trips.side[i])), cell(whole.format(trips.shares[i]), "right wide"),
      cell(moment(trips.entry[i], names.intraday)), cell(price(trips.entryPrice[i]), "right wide"), cell(moment(trips.exit[i], names.intraday), "wide"),
      cell(price(trips.exitPrice[i]), "right wide"), cell(`${arrow(trips.pnl[i])} ${profit(trips.pnl[i])}`, "right " + money),
      cell(signed(trips.percent[i], two), "right mid " + money), cell(signed(trips.r[i], two), "right " + money), cell(profit(trips.mae[i]), "right wide"),
      cell(profit(trips.mfe[i]), "right wide"), cell(whole.format(trips.held[i]), "right wide"), cell(names.texts[trips.exitReason[i]], "wide reason"));
    row.dataset.trip = i;
    row.setAttribute("aria-rowindex", position + 1);
    row.setAttribute("aria-selected", String(i === this.chosen));
    return row;
  }

  detail(i) {
    const item = (label, text) => make("div", "", make("dt", "", label), make("dd", "", text));
    const facts = make("dl", "", item("Entered because", names.texts[trips.entryReason[i]]), item("Left because", names.texts[trips.exitReason[i]]),
      item("Shares", whole.format(trips.shares[i])), item("Entry", `${moment(trips.entry[i], names.intraday)} at ${price(trips.entryPrice[i])}`),
      item("Exit", `${moment(trips.exit[i], names.intraday)} at ${price(trips.exitPrice[i])}`), item("Fees, both ends", dollars(trips.fees[i])),
      item("Worst open loss (MAE)", profit(trips.mae[i])), item("Best open profit (MFE)", profit(trips.mfe[i])), item("Candles held", whole.format(trips.held[i])));
    const cell = make("td", "", facts, ordersOf(i));
    cell.colSpan = 16;
    return make("tr", "detail", cell);
  }

  click(event) {
    const row = event.target.closest("tr[data-trip]");
    if (!row) return;
    const trip = Number(row.dataset.trip);
    if (event.target.closest("td.more")) this.toggle(trip);
    this.onChoose(trip);
  }

  toggle(trip) {
    this.open = this.open === trip ? -1 : trip;
    this.draw();
  }

  // Marks a trade and brings its row into sight.
  choose(trip) {
    this.chosen = trip;
    const position = this.view.indexOf(trip);
    if (position >= 0) {
      const top = this.top(position), height = this.box.clientHeight - this.box.querySelector("thead").offsetHeight;
      if (top < this.box.scrollTop) this.box.scrollTop = top;
      else if (top + rowHeight > this.box.scrollTop + height) this.box.scrollTop = top + rowHeight - height;
    }
    this.draw();
  }

  // The trade so many rows further in the list as it is sorted and filtered now.
  neighbour(step) {
    if (this.view.length === 0) return -1;
    const position = this.view.indexOf(this.chosen);
    if (position < 0) return this.view[step > 0 ? 0 : this.view.length - 1];
    return this.view[Math.min(this.view.length - 1, Math.max(0, position + step))];
  }
}

// Orders of the trade's symbol that were at work between its entry order and its exit.
function ordersOf(trip) {
  const symbol = trips.symbol[trip], entry = orders.id.indexOf(trips.entryOrder[trip]);
  const since = entry >= 0 ? orders.submitted[entry] : trips.entry[trip], most = 24, found = [];
  for (let i = 0; i < orders.id.length && found.length <= most; i++) {
    const isEnd = orders.id[i] === trips.entryOrder[trip] || orders.id[i] === trips.exitOrder[trip];
    if (isEnd || orders.symbol[i] === symbol && orders.submitted[i] >= since && orders.submitted[i] < trips.exit[trip]) found.push(i);
  }
  if (found.length === 0) return make("p", "note", names.leftOutOrders > 0 ? "The orders of this trade are in orders.csv: there are too many to show here." : "No order is known for this trade.");
  const heads = ["Order", "Side", "Type", "Shares", "Limit", "Stop", "Submitted", "Status", "Filled", "Average", "Updated", "Fees", "Reason", "Note"];
  const rows = found.slice(0, most).map(i => make("tr", "", ...[String(orders.id[i]), orders.side[i] > 0 ? "buy" : "sell", names.types[orders.type[i]],
    whole.format(orders.shares[i]), price(orders.limit[i]), price(orders.stop[i]), moment(orders.submitted[i], names.intraday), names.statuses[orders.status[i]],
    whole.format(orders.filled[i]), price(orders.price[i]), moment(orders.updated[i], names.intraday), dollars(orders.fees[i]),
    names.texts[orders.reason[i]], names.texts[orders.note[i]]].map(text => make("td", "", text))));
  const table = make("table", "plain", make("thead", "", make("tr", "", ...heads.map(text => make("th", "", text)))), make("tbody", "", ...rows));
  const box = make("div", "scroll", table);
  if (found.length > most) box.append(make("p", "note", `The first ${most} orders; the others are in orders.csv.`));
  return box;
}
