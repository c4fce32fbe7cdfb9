#!/usr/bin/env bash
# Runs a command as the container would: root read-only without this repository and without a home, everything written goes to /data
# or to an empty /tmp, as a user without any right. Needs Linux and root; changes nothing outside its own mounts.
#   build/locked-root.sh APP DATA COMMAND...    APP and DATA appear as /app and /data
set -eu
[ $# -ge 3 ] || { sed -n '2,4p' "$0" >&2; exit 2; }
if [ -z "${LOCKED_ROOT:-}" ]; then
  LOCKED_ROOT=$(mktemp -d)
  export LOCKED_ROOT
  trap 'rmdir "$LOCKED_ROOT"' EXIT
  unshare --mount --propagation private "$0" "$@" &
  child=$!
  # A container's engine sends its signals to the program as well.
  trap 'kill -TERM $child' TERM INT
  code=0
  wait $child || code=$?
  # The trap ends the first wait; the second hears how the program ended.
  while kill -0 $child 2>/dev/null; do code=0; wait $child || code=$?; done
  exit $code
fi

app=$(readlink -f "$1") data=$(readlink -f "$2") user=1654
shift 2
mount -t tmpfs -o mode=755 none "$LOCKED_ROOT"
cd "$LOCKED_ROOT"
for name in usr bin sbin lib lib64 etc; do
  if [ -L "/$name" ]; then
    cp -P "/$name" "$name"
  elif [ -d "/$name" ]; then
    mkdir "$name"
    mount --bind "/$name" "$name"
    mount -o remount,bind,ro "$name"
  fi
done
mkdir app data proc dev tmp
mount --bind "$app" app
mount -o remount,bind,ro app
mount --bind "$data" data
mount --rbind /proc proc
mount --rbind /dev dev
mount -t tmpfs -o mode=1777,size=64m none tmp
mount -o remount,ro "$LOCKED_ROOT"
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
exec chroot . setpriv --reuid $user --regid $user --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
  env -i -C /data PATH=/app:/usr/bin:/bin DOTNET_ROOT="$dotnet" DOTNET_EnableDiagnostics=0 ETRADE_BOT_DATA=/data HOME=/nonexistent "$@"
