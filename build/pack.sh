#!/usr/bin/env bash
# The program as a .NET tool: artifacts/package/etrade-bot.VERSION.nupkg, for 'dotnet tool install'.
#   build/pack.sh
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet pack src/EtradeBot.App/EtradeBot.App.csproj -c Release -o artifacts/package --nologo -v quiet
ls artifacts/package/etrade-bot."$(build/version.sh)".nupkg
