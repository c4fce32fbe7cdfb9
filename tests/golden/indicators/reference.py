#!/usr/bin/env python3
"""Expected values of the indicators that TA-Lib's golden files do not hold, straight from their definitions.

Slow on purpose: every window is summed afresh, nothing is carried on but what a definition carries on itself.
Usage: reference.py CANDLES.csv ROWS > EXPECTED.csv
"""
import csv
import math
import sys


def mean(values):
    return math.fsum(values) / len(values)


def window(column, i, period):
    """The last `period` values up to i, or None while there are too few or one of them is missing."""
    part = column[i - period + 1:i + 1] if i >= period - 1 else []
    return part if len(part) == period and None not in part else None


def moving(column, period, f):
    return [f(part) if (part := window(column, i, period)) else None for i in range(len(column))]


def stochastic(high, low, close, period, smooth, signal):
    top, bottom = moving(high, period, max), moving(low, period, min)
    raw = [None if t is None else 0.0 if t == b else 100 * (c - b) / (t - b) for c, t, b in zip(close, top, bottom)]
    k = moving(raw, smooth, mean)
    return k, moving(k, signal, mean)


def williams(high, low, close, period):
    top, bottom = moving(high, period, max), moving(low, period, min)
    return [None if t is None else 0.0 if t == b else -100 * (t - c) / (t - b) for c, t, b in zip(close, top, bottom)]


def true_ranges(high, low, close):
    return [None] + [max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1])) for i in range(1, len(close))]


def atr(high, low, close, period):
    ranges, result, last = true_ranges(high, low, close), [None] * len(close), None
    for i in range(period, len(close)):
        last = mean(ranges[1:period + 1]) if i == period else (last * (period - 1) + ranges[i]) / period
        result[i] = last
    return result


def directional(high, low, close, period):
    """Wilder 1978, section IV: the first sum is that of `period` candles, then sum - sum / period + new."""
    n = len(close)
    plus_move, minus_move = [None] * n, [None] * n
    for i in range(1, n):
        up, down = high[i] - high[i - 1], low[i - 1] - low[i]
        plus_move[i] = up if up > down and up > 0 else 0.0
        minus_move[i] = down if down > up and down > 0 else 0.0

    def smoothed(column):
        result = [None] * n
        for i in range(period, n):
            result[i] = math.fsum(column[1:period + 1]) if i == period else result[i - 1] - result[i - 1] / period + column[i]
        return result

    ranges = smoothed(true_ranges(high, low, close))

    def indicator(moves):
        return [None if r is None else 0.0 if r == 0 else 100 * m / r for m, r in zip(smoothed(moves), ranges)]

    plus, minus = indicator(plus_move), indicator(minus_move)
    dx = [None if p is None else 0.0 if p + m == 0 else 100 * abs(p - m) / (p + m) for p, m in zip(plus, minus)]
    adx = [None] * n
    for i in range(2 * period - 1, n):
        adx[i] = mean(dx[period:2 * period]) if i == 2 * period - 1 else (adx[i - 1] * (period - 1) + dx[i]) / period
    return adx, plus, minus


def obv(close, volume):
    result = [float(volume[0])]
    for i in range(1, len(close)):
        result.append(result[-1] + (volume[i] if close[i] > close[i - 1] else -volume[i] if close[i] < close[i - 1] else 0))
    return result


def ema(column, period):
    result = [None] * len(column)
    for i in range(period - 1, len(column)):
        result[i] = mean(column[:period]) if i == period - 1 else result[i - 1] + (column[i] - result[i - 1]) * 2 / (period + 1)
    return result


def keltner(high, low, close, period, multiple, atr_period):
    ranges, middle = atr(high, low, close, atr_period), ema(close, period)
    middle = [None if r is None else m for m, r in zip(middle, ranges)]

    def line(sign):
        return [None if m is None else m + sign * multiple * r for m, r in zip(middle, ranges)]

    return line(1), middle, line(-1)


def donchian(high, low, period):
    top, bottom = moving(high, period, max), moving(low, period, min)
    return top, [None if t is None else (t + b) / 2 for t, b in zip(top, bottom)], bottom


def cci(high, low, close, period):
    typical = [(h + l + c) / 3 for h, l, c in zip(high, low, close)]

    def value(part):
        middle = mean(part)
        deviation = mean([abs(price - middle) for price in part])
        return 0.0 if max(part) == min(part) else (part[-1] - middle) / (0.015 * deviation)

    return moving(typical, period, value)


def roc(close, period):
    return [None if i < period else 100 * (close[i] - close[i - period]) / close[i - period] for i in range(len(close))]


def supertrend(high, low, close, period, multiple):
    ranges, n = atr(high, low, close, period), len(close)
    line, direction = [None] * n, [None] * n
    for i in range(period, n):
        middle = (high[i] + low[i]) / 2
        above, below = middle + multiple * ranges[i], middle - multiple * ranges[i]
        if i == period:
            upper, lower, rising = above, below, False
        else:
            upper = above if above < upper or close[i - 1] > upper else upper
            lower = below if below > lower or close[i - 1] < lower else lower
            rising = not close[i] < lower if rising else close[i] > upper
        line[i], direction[i] = (lower, 1.0) if rising else (upper, -1.0)
    return line, direction


def vwap_of_days(high, low, close, volume):
    """On daily candles each session is one candle: its typical price, when anything was traded."""
    return [None if v == 0 else (h + l + c) / 3 for h, l, c, v in zip(high, low, close, volume)]


def columns(rows):
    high, low, close = ([float(row[name]) for row in rows] for name in ("High", "Low", "Close"))
    volume = [int(row["Volume"]) for row in rows]
    hlc = high, low, close
    names = ["STOCH_K", "STOCH_D", "STOCHF_K", "STOCHF_D", "ADX", "PLUS_DI", "MINUS_DI", "OBV", "VWAP", "KC_UPPER", "KC_MIDDLE", "KC_LOWER",
             "DC_UPPER", "DC_MIDDLE", "DC_LOWER", "CCI", "ROC", "WILLR", "ST_LINE", "ST_DIRECTION"]
    values = [*stochastic(*hlc, 14, 3, 3), *stochastic(*hlc, 14, 1, 3), *directional(*hlc, 14), obv(close, volume),
              vwap_of_days(*hlc, volume), *keltner(*hlc, 20, 2, 10), *donchian(high, low, 20), cci(*hlc, 20), roc(close, 10),
              williams(*hlc, 14), *supertrend(*hlc, 10, 3)]
    return names, values


def main():
    with open(sys.argv[1], newline="") as file:
        rows = list(csv.DictReader(file))[:int(sys.argv[2])]
    names, values = columns(rows)
    print("# computed by reference.py beside this file, from the definitions")
    print(",".join(["Date", *names]))
    for i, row in enumerate(rows):
        print(",".join([row["Date"], *("" if column[i] is None else f"{column[i]:.14g}" for column in values)]))


main()
