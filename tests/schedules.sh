#!/usr/bin/env bash
# Lets the trader live through many schedules of faults in the simulated world, judged by the simulator's own books, and prints what happened.
#   tests/schedules.sh [--from SEED] [--count N] [--threads N]    default: 1,000 schedules from seed 1, on every core
#     --ended WORDS                                              also lists the schedules that ended so
#   tests/schedules.sh --replay 'SCHEDULE LINE'                   one of them again, byte for byte, with everything that happened in it
# Exit code 1 when an invariant was broken. See docs/reliability.md.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
program=$root/artifacts/bin/EtradeBot.Execution.Tests/release/EtradeBot.Execution.Tests
[ -n "${NO_BUILD:-}" ] || dotnet build "$root/tests/EtradeBot.Execution.Tests" -c Release -v q --nologo >&2
exec "$program" schedules "$@"
