#!/bin/sh
# Runs `etrade-bot analyze` over candle files and compares every cell with the golden file of the same name.
# usage: tests/compare-golden.sh [DATA_DIR...]
# A DATA_DIR holds ohlcv/ and golden/ with the same file names, in itself or in folders below (also under synthetic/).
# Default: tests/golden, and ../shared/data where it exists. Exit code 1 when a cell differs.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
if [ $# -eq 0 ]; then
  set -- "$root/tests/golden"
  [ -d "$root/../shared/data" ] && set -- "$@" "$root/../shared/data"
fi
exec python3 - "$root/etrade-bot" "$@" <<'PYTHON'
import csv, glob, os, struct, subprocess, sys

NAMES = {"Date": "time", "RSI14": "rsi", "ATR14": "atr", "EMA20": "ema", "SMA50": "sma", "STDDEV20": "stddev"}


def same(golden, ours, is_real):
    """Empty equals empty; numbers agree when they are the same double, to the last bit."""
    if golden == "" or ours == "" or not is_real:
        return golden == ours
    return struct.pack("<d", float(golden)) == struct.pack("<d", float(ours))


def analyzed(program, candles):
    run = subprocess.run([program, "analyze", "--csv", candles], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"analyze --csv {candles} failed with exit code {run.returncode}: {run.stderr.strip()}")
    return list(csv.DictReader(run.stdout.splitlines()))


def compare(program, candles, golden_file):
    with open(golden_file, newline="") as file:
        golden = list(csv.DictReader(file))
    ours = analyzed(program, candles)
    if len(golden) != len(ours):
        print(f"  {candles}: {len(golden)} rows expected, {len(ours)} found")
        return max(len(golden), len(ours)), max(len(golden), len(ours))
    cells = differences = 0
    for expected, found in zip(golden, ours):
        for name, value in expected.items():
            is_real = name != "Date" and not name.startswith("CDL")
            cells += 1
            if not same(value, found[NAMES.get(name, name.lower())], is_real):
                differences += 1
                if differences <= 5:
                    print(f"  {expected['Date']} {name}: expected {value or 'nothing'}, found {found[NAMES.get(name, name.lower())] or 'nothing'}")
    return cells, differences


program, *folders = sys.argv[1:]
files = cells = differences = 0
for folder in folders:
    for candles in sorted(glob.glob(os.path.join(folder, "**", "ohlcv", "**", "*.csv"), recursive=True)):
        golden_file = candles.replace(os.sep + "ohlcv" + os.sep, os.sep + "golden" + os.sep)
        if not os.path.exists(golden_file):
            continue
        compared, different = compare(program, candles, golden_file)
        print(f"{os.path.relpath(candles, folder)}: {compared:,} cells, {different} differences", flush=True)
        files, cells, differences = files + 1, cells + compared, differences + different
print(f"total: {files} files, {cells:,} cells, {differences} differences")
sys.exit(1 if differences or not files else 0)
PYTHON
