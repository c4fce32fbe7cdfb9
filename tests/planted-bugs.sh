#!/usr/bin/env bash
# Plants known defects in copies of the product, one after the other, and counts the schedules until the judge objects to each.
#   tests/planted-bugs.sh [NAME...]    default: all of them, at most 10,000 schedules each
# Exit code 1 when one was not found. See docs/reliability.md.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
program=$root/artifacts/bin/EtradeBot.Execution.Tests/release/EtradeBot.Execution.Tests
[ -n "${NO_BUILD:-}" ] || dotnet build "$root/tests/EtradeBot.Execution.Tests" -c Release -v q --nologo >&2
exec "$program" planted-bugs "$@"
