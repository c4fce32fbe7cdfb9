#!/usr/bin/python3
"""Independent computation of what followed a pattern, for tests to compare with; the definition is docs/dashboard-watch.md.

    python3 evidence.py           rewrites expected.csv beside this file

Candles and pattern columns are those of tests/golden/synthetic (patterns by TA-Lib). Shares are exact fractions, the interval
is found by searching where Wilson's test just accepts, not by his formula; nothing but the definition is shared with the product.
"""
import csv
import os
import statistics
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
SYNTHETIC = os.path.join(HERE, "..", "synthetic")
SERIES = ["COARSE", "FLAT", "RUNS", "SMOOTH", "TIES", "WILD"]
PATTERNS = ["CDLENGULFING", "CDLDOJI", "CDLHAMMER", "CDLHARAMI", "CDLSPINNINGTOP", "CDLEVENINGSTAR"]
Z = statistics.NormalDist().inv_cdf(0.975)


def table(kind, name):
    with open(os.path.join(SYNTHETIC, kind, name + ".csv"), newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def accepted(share, hits, count):
    """Whether a true share is not rejected by the score test."""
    return abs(hits / count - share) <= Z * (share * (1 - share) / count) ** 0.5


def edge(hits, count, inside, outside):
    for _ in range(200):
        middle = (inside + outside) / 2
        if accepted(middle, hits, count):
            inside = middle
        else:
            outside = middle
    return inside


def window(candles, i, horizon):
    """Return of the window after candle i, exactly; None while it has not ended."""
    if i + horizon >= len(candles):
        return None
    return Fraction(candles[i + horizon]["Close"]) / Fraction(candles[i + 1]["Open"]) - 1


def row(name, candles, column, sign, horizon):
    pattern = [float(line[column] or 0) for line in table("golden", name)][: len(candles)]
    hits = [i for i, value in enumerate(pattern) if value != 0 and (sign == 0 or value * sign > 0)]
    finished = [i for i in hits if window(candles, i, horizon) is not None]
    taken = []
    for i in finished:
        mine = set(range(i + 1, i + horizon + 1))
        if not any(mine & set(range(j + 1, j + horizon + 1)) for j in taken[-1:]):
            taken.append(i)
    returns = [window(candles, i, horizon) for i in taken]
    everywhere = [w for i in range(len(candles)) if (w := window(candles, i, horizon)) is not None]
    rises, count = sum(w > 0 for w in returns), len(returns)
    share = rises / count if count else 0
    low = 0 if not count or rises == 0 else edge(rises, count, share, 0.0)
    high = 1 if not count or rises == count else edge(rises, count, share, 1.0)
    return [name, len(candles), column, sign, horizon, len(finished), count, rises, sum(w < 0 for w in returns),
            f"{low:.12f}", f"{high:.12f}", f"{float(Fraction(sum(w > 0 for w in everywhere), len(everywhere))):.12f}",
            f"{float(sum(returns) / count):.12f}" if count else "", f"{float(statistics.median(returns)):.12f}" if count else ""]


def main():
    with open(os.path.join(HERE, "expected.csv"), "w", newline="") as file:
        file.write("# source: tests/golden/evidence/evidence.py (Python, exact fractions)\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow("series candles pattern sign horizon occurrences count rises falls low high base_rate mean median".split())
        for name in SERIES:
            candles = table("ohlcv", name)
            for length in (len(candles), len(candles) // 3):
                for column in PATTERNS:
                    for sign in (-1, 0, 1):
                        for horizon in (1, 5, 20):
                            writer.writerow(row(name, candles[:length], column, sign, horizon))


main()
