#!/usr/bin/env python3
"""An independent program for the moving-average cross: replays the rules of docs/backtesting.md in a plain loop and compares.

usage: sma_cross.py CANDLES.csv RESULTS_DIR FAST SLOW all-in|SHARES CASH COMMISSION_PERCENT [START] [END]

Rules: decided at a candle's close, filled at the next open; crossing = strictly on the other side one candle ago, strictly on this side
now; long only; commission in percent of the value on each side; cash and prices as exact decimals. START and END are days; candles
before START warm the averages up and do not trade. Prints what it found; exit code 1 when trades or equity differ.
"""
import csv
import sys
from decimal import Decimal
from pathlib import Path


def averages(closes, period):
    return [None if i + 1 < period else sum(closes[i + 1 - period:i + 1]) / period for i in range(len(closes))]


def replay(rows, fast, slow, size, cash, commission, start, end):
    rows = [row for row in rows if not end or row[0][:10] <= end]
    closes = [float(row[4]) for row in rows]
    quick, calm = averages(closes, fast), averages(closes, slow)
    trades, equity, shares, wish, entry = [], [], 0, None, None
    for i, (time, open_, _, _, close) in enumerate(rows):
        price = Decimal(repr(float(open_)))
        if wish == "buy":
            shares = int(cash / (price * (1 + commission))) if size == "all-in" else int(size)
            cash -= price * shares * (1 + commission)
            entry = (time, price)
        elif wish == "sell":
            cash += price * shares * (1 - commission)
            pnl = (price - entry[1]) * shares - (price + entry[1]) * shares * commission
            trades.append((shares, entry[0], entry[1], time, price, pnl))
            shares = 0
        wish = None
        if start and time[:10] < start:
            continue
        equity.append((time, cash + Decimal(repr(float(close))) * shares))
        if i == 0 or calm[i - 1] is None:
            continue
        above, was_above = quick[i] > calm[i], quick[i - 1] > calm[i - 1]
        below, was_below = quick[i] < calm[i], quick[i - 1] < calm[i - 1]
        if shares == 0 and was_below and above:
            wish = "buy"
        elif shares > 0 and was_above and below:
            wish = "sell"
    return trades, equity


def moment(text):
    """A time without its zone, with or without a T; a day where there is no time of day."""
    day, clock = text[:10], text[11:19]
    return day if clock in ("", "00:00:00") else day + " " + clock


def main():
    candles, results, fast, slow, size, cash, percent = sys.argv[1:8]
    start, end = (sys.argv[8:] + ["", ""])[:2]
    with open(candles, newline="") as file:
        rows = [row[:5] for row in list(csv.reader(file))[1:]]
    trades, equity = replay(rows, int(fast), int(slow), size, Decimal(cash), Decimal(percent) / 100, start, end)
    with open(Path(results) / "trades.csv", newline="") as file:
        ours = list(csv.DictReader(file))
    with open(Path(results) / "equity.csv", newline="") as file:
        curve = list(csv.DictReader(file))

    problems = []
    if len(ours) != len(trades):
        problems.append(f"{len(ours)} trades, expected {len(trades)}")
    for mine, (shares, entered, bought, left, sold, pnl) in zip(ours, trades):
        same = (int(mine["shares"]) == shares and moment(mine["entry_time"]) == moment(entered) and moment(mine["exit_time"]) == moment(left)
                and abs(Decimal(mine["entry_price"]) - bought) < Decimal("1e-9") and abs(Decimal(mine["exit_price"]) - sold) < Decimal("1e-9")
                and abs(Decimal(mine["pnl"]) - pnl) < Decimal("0.005"))
        if not same:
            problems.append(f"{mine} differs from {(shares, entered, bought, left, sold, pnl)}")
    if len(curve) != len(equity):
        problems.append(f"{len(curve)} equity rows, expected {len(equity)}")
    for mine, (time, value) in zip(curve, equity):
        if moment(mine["time"]) != moment(time) or abs(Decimal(mine["equity"]) - value) >= Decimal("0.005"):
            problems.append(f"equity {mine} differs from {time} {value}")
    for problem in problems[:10]:
        print(problem)
    print(f"{len(trades)} trades, {len(equity)} equity values, final equity {equity[-1][1]:.6f}: {len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
