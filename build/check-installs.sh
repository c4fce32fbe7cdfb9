#!/usr/bin/env bash
# Installs the program in each way that needs no container engine, each into an empty folder with an empty home, and asks it there:
# the doctor is content, a backtest runs, the dashboard answers.
#   build/check-installs.sh [tool|archive|source]...    default: tool archive
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
bot=
# Only what was started here is ended here.
trap '[ -z "$bot" ] || kill -TERM "$bot" 2>/dev/null || true; rm -rf "$work"' EXIT
root=$PWD
fail() { echo "check-installs: $1" >&2; [ ! -s "$work/log" ] || tail -20 "$work/log" >&2; exit 1; }
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# ask NAME PROGRAM: as somebody would who has just installed it.
ask() {
  local name=$1 program=$2 place=$work/$1-place at healthy=
  mkdir -p "$place" "$work/$name-home"
  at=$(port)
  run() { (cd "$place" && HOME=$work/$name-home "$program" "$@"); }
  run doctor --port "$at" || fail "$name: the doctor is not content"
  run data demo --symbols BASALT >/dev/null || fail "$name: no demo data"
  # A strategy of one's own is compiled here, which needs the assemblies beside the program.
  mkdir "$place/strategies"
  cp "$root/strategies/HammerInUptrend.cs" "$place/strategies/"
  run backtest --symbol BASALT --strategy hammer-in-uptrend >/dev/null || fail "$name: no backtest"
  (cd "$place" && HOME=$work/$name-home exec "$program" dashboard --port "$at") >"$work/log" 2>&1 &
  bot=$!
  for _ in $(seq 60); do
    if run health --url "http://127.0.0.1:$at" 2>/dev/null; then healthy=1; break; fi
    sleep 1
  done
  [ -n "$healthy" ] || fail "$name: the dashboard does not answer"
  kill -TERM "$bot"
  wait "$bot" || fail "$name: did not end in order"
  bot=
  echo "check-installs: $name ok"
}

for way in "${@:-tool archive}"; do
  for name in $way; do
    case $name in
      tool)
        build/pack.sh
        dotnet tool install etrade-bot --version "$(build/version.sh)" --add-source "$root/artifacts/package" --tool-path "$work/tool" >"$work/log" || fail "the tool cannot be installed"
        ask tool "$work/tool/etrade-bot"
        ;;
      archive)
        rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
        build/release.sh "$rid"
        archive=etrade-bot-$(build/version.sh)-$rid
        (cd artifacts/release && sha256sum --check --quiet "$archive.tar.gz.sha256") || fail "the checksum is wrong"
        tar -xzf "artifacts/release/$archive.tar.gz" -C "$work"
        # The runtime of the machine must not be what makes it run.
        DOTNET_ROOT=/nonexistent ask archive "$work/$archive/etrade-bot"
        ;;
      source)
        git clone -q . "$work/clone"
        ask source "$work/clone/etrade-bot"
        ;;
      *) sed -n '2,4p' "$0" >&2; exit 2 ;;
    esac
  done
done
