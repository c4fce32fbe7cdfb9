#!/usr/bin/env bash
# The program as it is installed: for this system, needing its .NET runtime.
#   build/publish.sh slim DIR        etrade-bot
#   build/publish.sh training DIR    etrade-bot-train, which carries Torch (about 500 MB)
set -eu
[ $# = 2 ] || { sed -n '2,4p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case $1 in
  slim) project=EtradeBot.App ;;
  training) project=EtradeBot.Training ;;
  *) echo "build/publish.sh: '$1' is neither slim nor training" >&2; exit 2 ;;
esac
exec dotnet publish "$root/src/$project/$project.csproj" -c Release -o "$2" --nologo -v quiet \
  --use-current-runtime --no-self-contained -p:PublishReadyToRun=true
