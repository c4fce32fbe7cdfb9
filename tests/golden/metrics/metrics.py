#!/usr/bin/python3
"""Independent computation of the metrics of docs/metrics.md, for tests to compare with.

    python3 metrics.py            rewrites the inputs (seeded) and NAME.expected.csv beside this file

It shares no line and no method with the product: numpy arrays, two passes, candles expanded one by one in the bootstrap.
Only the random numbers (SplitMix64) and the rules of the bootstrap are the same, so that intervals can be compared.
"""
import csv
import math
import os
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
NEW_YORK, UTC = ZoneInfo("America/New_York"), ZoneInfo("UTC")
SOURCE = "# source: tests/golden/metrics/metrics.py (Python, numpy)"
MINUTES = {"1d": 1440, "30m": 30}
CASES = [  # name, timeframe, starting cash, candles a year, riskless rate, interval level, resamples, seed
    ("daily", "1d", 100000.0, 251.7, 0.02, 0.90, 400, 7),
    ("halfhour", "30m", 50000.0, 3263.4, 0.0, 0.95, 300, 11),
    ("ruin", "1d", 10000.0, 252.0, 0.01, 0.95, 100, 3),
    ("short", "1d", 25000.0, 252.0, 0.0, 0.95, 100, 5),
]


# ---------------------------------------------------------------- inputs

def open_times(timeframe, count):
    day, times = date(2020, 11, 16), []
    while len(times) < count:
        if day.weekday() < 5:
            for step in range(13 if timeframe == "30m" else 1):
                opened = datetime.combine(day, time(9, 30), NEW_YORK).astimezone(UTC)
                times.append(opened + timedelta(minutes=30 * step))
        day += timedelta(days=1)
    return times[:count]


def make(name, timeframe, cash, random):
    count = {"daily": 701, "halfhour": 1235, "ruin": 60, "short": 15}[name]
    times = open_times(timeframe, count)
    spread = {"daily": 0.012, "halfhour": 0.004, "ruin": 0.03, "short": 0.01}[name]
    moves = random.standard_t(4, count) * spread / math.sqrt(2) + 0.0003
    closes = np.round(80 * np.exp(np.cumsum(moves)), 4)
    opens = np.round(np.concatenate([[80.0], closes[:-1]]) * np.exp(random.normal(0, spread / 4, count)), 4)
    held = np.repeat(random.random(count // 7 + 1) < 0.6, 7)[:count]
    share = {"daily": 0.9, "halfhour": 0.7, "ruin": 9.0, "short": 0.5}[name]
    equity, values, exposure = cash, [], []
    for i in range(count):
        if i > 0 and held[i]:
            equity += share * cash * (closes[i] / closes[i - 1] - 1)
        if name == "ruin" and i == 37:
            equity = -250.5
        values.append(round(equity, 4))
        exposure.append(round(share * cash / equity, 6) if held[i] and equity > 0 else 0.0)
    write(f"{name}.curve.csv", ["open_time", "open", "close", "equity", "exposure"],
          [[t.strftime("%Y-%m-%dT%H:%M:%SZ"), repr(o), repr(c), repr(v), repr(x)]
           for t, o, c, v, x in zip(times, opens.tolist(), closes.tolist(), values, exposure)])
    trips = {"daily": 60, "halfhour": 131, "ruin": 4, "short": 0}[name]
    rows = []
    for k in range(trips):
        profit = Decimal(str(round(float(random.normal(6, 150)), 2)))
        if k % 17 == 5:
            profit = Decimal(0)
        r = "" if k % 5 == 4 else repr(round(float(profit) / 95.0, 4))
        rows.append([profit, r, int(random.integers(0, 40))])
    if name == "daily":
        rows[7] = [Decimal("912.34"), repr(9.6036), 55]
        rows[8] = [Decimal("1312.34"), repr(13.8141), 55]
    write(f"{name}.trades.csv", ["pnl", "r", "candles_held"], rows)
    write(f"{name}.fills.csv", ["shares", "price", "fees", "slippage"],
          [[int(random.integers(1, 400)), round(float(random.uniform(60, 110)), 2), round(float(random.uniform(0, 3)), 4),
            round(float(random.uniform(0, 5)), 4)] for _ in range(2 * trips + (1 if trips else 0))])


# ---------------------------------------------------------------- metrics

def moments(r, target):
    n, mean = len(r), r.mean()
    d = r - mean
    m2, m3, m4 = (d ** 2).mean(), (d ** 3).mean(), (d ** 4).mean()
    return {"mean": mean, "sd": math.sqrt((d ** 2).sum() / (n - 1)), "skew": m3 / m2 ** 1.5, "kurt": m4 / m2 ** 2,
            "down": math.sqrt((np.minimum(r - target, 0) ** 2).mean())}


def falls(start, values):
    """Every fall from a peak: (depth, dollars, peak, trough, recovery or None), indexes of candles, -1 before the first."""
    found, curve = [], [start] + list(values)
    i = 0
    while i < len(curve) - 1:
        if curve[i + 1] >= curve[i]:
            i += 1
            continue
        j = i + 1
        while j < len(curve) and curve[j] < curve[i]:
            j += 1
        trough = i + 1 + int(np.argmin(curve[i + 1:j]))
        found.append(((curve[i] - curve[trough]) / curve[i], curve[i] - curve[trough], i - 1, trough - 1,
                      j - 1 if j < len(curve) else None))
        i = j
    return found


def deepest(start, values):
    curve = np.array([start] + list(values))
    return float(np.max(1 - curve / np.maximum.accumulate(curve)))


def normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def split_mix(seed):
    mask = (1 << 64) - 1
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def bootstrap(returns, case):
    _, _, _, periods, rate, level, resamples, seed = case
    n, size = len(returns), max(1, round(periods / 252))
    cells = [returns[i:i + size] for i in range(0, n, size)]
    length = next(k for k in range(1, n + 1) if k ** 3 >= len(cells))
    if len(cells) < 8 * length:
        return None
    riskless, draw = (1 + rate) ** (1 / periods) - 1, split_mix(seed)
    totals, sharpes, drawdowns = [], [], []
    for _ in range(resamples):
        picked = []
        while len(picked) < len(cells):
            first = (next(draw) * len(cells)) >> 64
            picked += [cells[(first + k) % len(cells)] for k in range(length)]
        r = np.concatenate(picked[:len(cells)])
        value = np.cumprod(1 + r)
        totals.append(value[-1] - 1)
        sharpes.append((r.mean() - riskless) / r.std(ddof=1) * math.sqrt(periods))
        drawdowns.append(deepest(1.0, value))
    tail = 100 * (1 - level) / 2
    return length * size, [np.percentile(x, [tail, 100 - tail]) for x in (totals, sharpes, drawdowns)]


def ratio(a, b):
    return a / b if b else None


def streak(profits, sign):
    best = run = 0
    for p in profits:
        run = run + 1 if p * sign > 0 else 0
        best = max(best, run)
    return best


def trade_rows(trades):
    profits = [Decimal(t["pnl"]) for t in trades]
    rs = np.array([float(t["r"]) for t in trades if t["r"]])
    x = np.array([float(p) for p in profits])
    wins, losses = [p for p in profits if p > 0], [p for p in profits if p < 0]
    n = len(trades)
    mean_win = ratio(float(sum(wins)), len(wins))
    mean_loss = ratio(float(sum(losses)), len(losses))
    rows = {
        "round_trips": n, "win_rate": ratio(len(wins), n), "profit_factor": ratio(float(sum(wins)), -float(sum(losses))),
        "expectancy": ratio(float(sum(profits)), n), "expectancy_r": rs.mean() if len(rs) else None,
        "sqn": math.sqrt(n) * x.mean() / x.std(ddof=1) if n > 1 else None,
        "sqn_r": math.sqrt(len(rs)) * rs.mean() / rs.std(ddof=1) if len(rs) > 1 else None,
        "gross_profit": sum(wins), "gross_loss": sum(losses), "average_win": mean_win, "average_loss": mean_loss,
        "payoff_ratio": -mean_win / mean_loss if wins and losses else None,
        "largest_win": max(wins) if wins else None, "largest_loss": min(losses) if losses else None,
        "longest_winning_streak": streak(profits, 1), "longest_losing_streak": streak(profits, -1),
        "average_candles_held": ratio(sum(int(t["candles_held"]) for t in trades), n),
    }
    if len(rs):
        edges = [-math.inf] + [k / 2 for k in range(-9, 21)] + [math.inf]
        counts = [int(((rs >= a) & (rs < b)).sum()) for a, b in zip(edges, edges[1:])]
        used = [i for i, c in enumerate(counts) if c]
        for i in range(used[0], used[-1] + 1):
            low = min(-5.0, math.floor(rs.min())) if i == 0 else edges[i]
            high = max(10.5, math.floor(rs.max()) + 1.0) if i == len(counts) - 1 else edges[i + 1]
            rows[f"r_bin {low:g} {high:g}"] = counts[i]
    return rows


def curve_rows(case, times, opens, closes, equity, exposure):
    name, timeframe, cash, periods, rate, *_ = case
    n, riskless = len(equity), (1 + rate) ** (1 / periods) - 1
    before = np.concatenate([[cash], equity[:-1]])
    returns = equity / before - 1
    ruined = next((i for i in range(n) if equity[i] <= 0), None)
    if ruined is not None:
        returns[ruined + 1:] = 0
    years = ((times[-1] - times[0]).total_seconds() / 60 + MINUTES[timeframe]) / 60 / 24 / 365.25
    cagr = (equity[-1] / cash) ** (1 / years) - 1 if equity[-1] > 0 else -1.0
    m, found = moments(returns, riskless), falls(cash, equity)
    worst = max(found, key=lambda f: f[0])
    lasting = max(found, key=lambda f: (n - 1 if f[4] is None else f[4]) - f[2])
    length = lambda f: (n - 1 if f[4] is None else f[4]) - f[2]
    label = lambda i: None if i is None else text(times[max(i, 0)], timeframe)
    days = lambda f: (ny_day(times[n - 1 if f[4] is None else f[4]]) - ny_day(times[max(f[2], 0)])).days
    root = math.sqrt(periods)
    rows = {
        "start": label(0), "end": label(n - 1), "candles": n, "years": years, "periods_per_year": periods,
        "start_value": cash, "end_value": equity[-1], "net_profit": equity[-1] - cash, "total_return": equity[-1] / cash - 1,
        "cagr": cagr, "annual_return": m["mean"] * periods, "best_period": returns.max(), "worst_period": returns.min(),
        "volatility": m["sd"] * root, "sharpe": (m["mean"] - riskless) / m["sd"] * root,
        "sortino": (m["mean"] - riskless) / m["down"] * root, "calmar": cagr / worst[0],
        "max_drawdown": worst[0], "max_drawdown_dollars": worst[1], "max_drawdown_peak": label(worst[2]),
        "max_drawdown_trough": label(worst[3]), "max_drawdown_recovery": label(worst[4]),
        "max_drawdown_candles": length(worst), "max_drawdown_days": days(worst),
        "longest_drawdown_candles": length(lasting), "longest_drawdown_days": days(lasting),
        "average_drawdown": np.mean([f[0] for f in found]), "drawdowns": len(found),
        "exposure": (exposure != 0).mean(), "mean_gross_exposure": exposure.mean(),
        "skewness": m["skew"], "kurtosis": m["kurt"],
    }
    rows.update(benchmark_rows(case, returns, opens, closes, years))
    rows.update(confidence_rows(case, returns, m, years, ruined))
    previous = cash
    for key in sorted({(ny_day(t).year, ny_day(t).month) for t in times}):
        last = max(i for i, t in enumerate(times) if (ny_day(t).year, ny_day(t).month) == key)
        rows[f"month {key[0]}-{key[1]:02d}"] = equity[last] / previous - 1 if previous > 0 else None
        previous = equity[last]
    return rows, years


def benchmark_rows(case, returns, opens, closes, years):
    _, _, _, periods, rate, *_ = case
    riskless, root = (1 + rate) ** (1 / periods) - 1, math.sqrt(periods)
    other = closes / np.concatenate([[opens[0]], closes[:-1]]) - 1
    m, growth = moments(other, riskless), closes[-1] / opens[0]
    covariance = np.cov(returns, other)
    beta, above = covariance[0, 1] / covariance[1, 1], returns - other
    return {
        "benchmark": "TEST", "benchmark_return": growth - 1, "benchmark_cagr": growth ** (1 / years) - 1,
        "benchmark_volatility": m["sd"] * root, "benchmark_sharpe": (m["mean"] - riskless) / m["sd"] * root,
        "benchmark_max_drawdown": deepest(opens[0], closes),
        "alpha": (returns.mean() - riskless - beta * (m["mean"] - riskless)) * periods, "beta": beta,
        "correlation": np.corrcoef(returns, other)[0, 1], "information_ratio": above.mean() / above.std(ddof=1) * root,
    }


def confidence_rows(case, returns, m, years, ruined):
    _, _, _, periods, rate, level, resamples, _ = case
    riskless = (1 + rate) ** (1 / periods) - 1
    sharpe = (m["mean"] - riskless) / m["sd"]
    width = 1 - m["skew"] * sharpe + (m["kurt"] - 1) / 4 * sharpe ** 2
    found = None if ruined is not None else bootstrap(returns, case)
    rows = {
        "probabilistic_sharpe": normal_cdf(sharpe * math.sqrt(len(returns) - 1) / math.sqrt(width)),
        "minimum_track_record_years": (1 + width * (1.6448536269514722 / sharpe) ** 2) / periods if sharpe > 0 else None,
        "interval_level": level, "bootstrap_resamples": resamples if found else 0, "bootstrap_block_candles": found[0] if found else 0,
    }
    grown = lambda x: (1 + x) ** (1 / years) - 1
    ends = found[1] if found else [(None, None)] * 3
    for key, (low, high) in zip(("total_return", "sharpe", "max_drawdown"), ends):
        rows[f"{key}_low"], rows[f"{key}_high"] = low, high
    rows["cagr_low"], rows["cagr_high"] = (grown(ends[0][0]), grown(ends[0][1])) if found else (None, None)
    return rows


def cost_rows(cash, equity, years, fills):
    fees, slippage = sum(Decimal(f["fees"]) for f in fills), sum(Decimal(f["slippage"]) for f in fills)
    total, traded = float(fees + slippage), sum(float(f["price"]) * int(f["shares"]) for f in fills)
    before = equity[-1] - cash + total
    return {"fees": fees, "slippage": slippage, "costs": fees + slippage, "costs_of_start": total / cash,
            "costs_of_profit_before_costs": total / before if before > 0 else None,
            "turnover": traded / 2 / equity.mean() / years if equity.mean() > 0 else None}


# ---------------------------------------------------------------- files

def ny_day(moment):
    return moment.astimezone(NEW_YORK).date()


def text(moment, timeframe):
    local = moment.astimezone(NEW_YORK)
    return local.strftime("%Y-%m-%d") if timeframe == "1d" else local.isoformat()


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def write(name, columns, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as file:
        file.write(SOURCE + "\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def show(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else repr(float(value))


def main():
    write("cases.csv", ["name", "timeframe", "starting_cash", "periods_per_year", "risk_free_rate", "level", "resamples", "seed"], CASES)
    random = np.random.default_rng(20240611)
    for case in CASES:
        name, timeframe, cash = case[:3]
        make(name, timeframe, cash, random)
        curve = read(f"{name}.curve.csv")
        times = [datetime.strptime(row["open_time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) for row in curve]
        opens, closes, equity, exposure = (np.array([float(row[c]) for row in curve]) for c in ("open", "close", "equity", "exposure"))
        rows, years = curve_rows(case, times, opens, closes, equity, exposure)
        rows.update(trade_rows(read(f"{name}.trades.csv")))
        rows.update(cost_rows(cash, equity, years, read(f"{name}.fills.csv")))
        write(f"{name}.expected.csv", ["key", "value"], [[key, show(value)] for key, value in rows.items()])


if __name__ == "__main__":
    main()
