#!/usr/bin/env python3
"""Runs the job of docs/speed.md with other backtesters, in turns with this one, and prints processor seconds.

usage: bench/peers.py series.csv [rounds]

A peer that is not installed says so. Install what you want to compare with:
pip install vectorbt backtesting TA-Lib. Build this project's side first:
dotnet build -c Release bench/EtradeBot.Bench
"""
import csv
import importlib
import pathlib
import statistics
import subprocess
import sys
import time

BENCH = pathlib.Path(__file__).resolve().parent.parent / "artifacts/bin/EtradeBot.Bench/release/EtradeBot.Bench.dll"
CASH, SHARES, FEE, FAST, SLOW = 10_000_000, 100, 0.001, 10, 20


def candles(path):
    """Columns of the file, as pandas wants them; pandas comes with the backtesters, not with TA-Lib."""
    import pandas
    return pandas.read_csv(path, index_col=0, parse_dates=True)


def ours(path):
    """The median of a few warm runs in a process of its own; the program prints seconds."""
    out = subprocess.run(["dotnet", str(BENCH), "--file", path, "--quick", "--only", "sma-cross in memory"], capture_output=True, text=True, check=True).stdout
    row = next(line for line in out.splitlines() if line.startswith("sma-cross in memory"))
    return lambda: float(row[44:].split()[2])


def vectorbt(path):
    vbt = importlib.import_module("vectorbt")
    frame = candles(path)

    def run():
        fast = vbt.MA.run(frame["close"], FAST).ma
        slow = vbt.MA.run(frame["close"], SLOW).ma
        entries = ((fast.shift(1) < slow.shift(1)) & (fast > slow)).shift(1, fill_value=False)
        exits = ((fast.shift(1) > slow.shift(1)) & (fast < slow)).shift(1, fill_value=False)
        portfolio = vbt.Portfolio.from_signals(frame["close"], entries, exits, price=frame["open"], size=SHARES, fees=FEE, init_cash=CASH, freq="1min")
        portfolio.value()
    return cpu(run)


def backtesting(path):
    lib = importlib.import_module("backtesting")
    frame = candles(path).rename(columns=str.capitalize)

    class Cross(lib.Strategy):
        def init(self):
            close = self.data.Close.s
            self.fast = self.I(lambda: close.rolling(FAST).mean())
            self.slow = self.I(lambda: close.rolling(SLOW).mean())

        def next(self):
            if not self.position and self.fast[-2] < self.slow[-2] and self.fast[-1] > self.slow[-1]:
                self.buy(size=SHARES)
            elif self.position and self.fast[-2] > self.slow[-2] and self.fast[-1] < self.slow[-1]:
                self.position.close()
    return cpu(lambda: lib.Backtest(frame, Cross, cash=CASH, commission=FEE).run())


def talib(path):
    """Patterns and indicators only: nanoseconds a candle, as seconds for the whole series."""
    lib, numpy = importlib.import_module("talib"), importlib.import_module("numpy")
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    o, h, l, c = (numpy.array([float(row[i]) for row in rows]) for i in range(1, 5))
    patterns = [lib.CDLHAMMER, lib.CDLENGULFING, lib.CDLDOJI, lib.CDLMORNINGSTAR, lib.CDLEVENINGSTAR]

    def run():
        for pattern in patterns:
            pattern(o, h, l, c)
        lib.RSI(c, 14), lib.MACD(c), lib.BBANDS(c, 20)
    return cpu(run)


def cpu(work):
    work()  # warm

    def once():
        before = time.process_time()
        work()
        return time.process_time() - before
    return once


def main():
    path, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    runners, seconds = {}, {}
    for name, start in (("vectorbt", vectorbt), ("backtesting.py", backtesting), ("TA-Lib, patterns and indicators", talib)):
        try:
            runners[name] = start(path)
        except ImportError as problem:
            print(f"{name}: not installed ({problem.name})")
    for _ in range(rounds):
        seconds.setdefault("etrade-bot", []).append(ours(path)())
        for name, run in runners.items():
            seconds.setdefault(name, []).append(run())
    for name, values in seconds.items():
        print(f"{name:34}min {min(values):8.4f}  median {statistics.median(values):8.4f}  max {max(values):8.4f} s")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
