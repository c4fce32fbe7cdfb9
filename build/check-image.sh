#!/usr/bin/env bash
# What the Dockerfile does, by hand, where no container engine runs: publishes into a clean folder, starts the program as a user without
# rights on a read-only root, asks its health, looks at what it wrote, and stops it. Linux; root, for its mounts, through sudo.
#   build/check-image.sh [APP]    APP: what build/publish.sh slim made; without it, it is made here
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" = 0 ] || exec sudo --preserve-env=PATH build/check-image.sh "$@"
work=$(mktemp -d)
bot=
# Only what was started here is ended here.
trap '[ -z "$bot" ] || kill -TERM "$bot" 2>/dev/null || true; rm -rf "$work"' EXIT
fail() { echo "check-image: $1" >&2; [ ! -s "$work/log" ] || tail -20 "$work/log" >&2; exit 1; }

app=${1:-$work/app}
[ $# -gt 0 ] || build/publish.sh slim "$app"
chmod 755 "$work"
mkdir -m 700 "$work/data"
chown 1654:1654 "$work/data"
locked() { build/locked-root.sh "$app" "$work/data" "$@"; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

for place in /app /usr /etc /; do
  ! locked touch "$place/written" 2>/dev/null || fail "$place can be written"
done
locked /app/etrade-bot doctor --port "$port" || fail "the doctor is not content"

build/locked-root.sh "$app" "$work/data" /app/etrade-bot dashboard --port "$port" >"$work/log" 2>&1 &
bot=$!
for _ in $(seq 60); do
  if locked /app/etrade-bot health --url "http://127.0.0.1:$port" 2>/dev/null; then healthy=1; break; fi
  kill -0 "$bot" 2>/dev/null || fail "the program ended"
  sleep 1
done
[ -n "${healthy:-}" ] || fail "not healthy after a minute"

uid=$(stat -c %u "/proc/$(pgrep -f "^/app/etrade-bot dashboard --port $port" | head -1)")
[ "$uid" = 1654 ] || fail "runs as user $uid"
kill -TERM "$bot"
code=0
wait "$bot" || code=$?
bot=
[ "$code" = 0 ] || fail "SIGTERM ended it with exit code $code"
[ -z "$(find "$work/data" -perm /077 -type f \( -name '*.token' -o -name settings.json \))" ] || fail "a secret is open to others"
echo "files it wrote below /data:"
(cd "$work/data" && find . -type f | sort | head -20)
echo "check-image: ok, $(du -sm "$app" | cut -f1) MB of program"
