#!/usr/bin/env bash
# The steps of the workflows; each runs on any machine with the SDK, Node.js and npm.
#   build/ci.sh build        everything, warnings as errors, code style included
#   build/ci.sh format       whitespace; the build has checked style and names
#   build/ci.sh test [...]   every test; options go to the runner
#   build/ci.sh coverage     every test, with how much of the code they run: artifacts/coverage/*.cobertura.xml
#   build/ci.sh packages     no package with a known vulnerability
#   build/ci.sh secrets      no key, token or password in a tracked file
set -eu -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
step=${1:-}
[ $# = 0 ] || shift

case $step in
  build) dotnet build EtradeBot.slnx -c Release --nologo -v quiet ;;
  format) dotnet format whitespace . --folder --verify-no-changes --include src/ tests/ bench/ strategies/ ;;
  test) dotnet test --solution EtradeBot.slnx -c Release --no-build --no-ansi --no-progress --max-parallel-test-modules 1 "$@" ;;
  coverage)
    mkdir -p artifacts/coverage
    dotnet build EtradeBot.slnx -c Release --nologo -v quiet -p:Coverage=true
    dotnet test --solution EtradeBot.slnx -c Release --no-build --no-ansi --no-progress --max-parallel-test-modules 1 \
      --coverage --coverage-output-format cobertura --results-directory artifacts/coverage "$@"
    ;;
  packages)
    report=$(dotnet list EtradeBot.slnx package --vulnerable --include-transitive)
    echo "$report"
    # The command itself succeeds whatever it finds; a source that cannot be asked must not look like a clean bill.
    if grep -qE 'NU1900|has the following vulnerable packages' <<<"$report"; then exit 1; fi
    ;;
  secrets) build/secrets.sh ;;
  *) sed -n '2,9p' "$0" >&2; exit 2 ;;
esac
