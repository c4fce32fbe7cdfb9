#!/usr/bin/env bash
# One archive for one system: the program as a single file with its own runtime, licence and readme, and a checksum beside it.
#   build/release.sh RID    RID: linux-x64, linux-arm64, osx-arm64, win-x64; result: artifacts/release/etrade-bot-VERSION-RID.*
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# = 1 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
rid=$1
version=$(build/version.sh)
name=etrade-bot-$version-$rid
out=artifacts/release
rm -rf "${out:?}/$name"
mkdir -p "$out"
# Everything in the one file, unpacked at the first start: own strategies are compiled against the assemblies, which need a place on the disk.
dotnet publish src/EtradeBot.App/EtradeBot.App.csproj -c Release -r "$rid" --self-contained -o "$out/$name" --nologo -v quiet \
  -p:PublishSingleFile=true -p:IncludeAllContentForSelfExtract=true -p:EnableCompressionInSingleFile=true -p:DebugType=none
cp LICENSE README.md .env.example "$out/$name/"
find "$out/$name" \( -name '*.pdb' -o -name '*.xml' \) -delete
cd "$out"
case $rid in
  win-*)
    rm -f "$name.zip"
    if command -v zip >/dev/null 2>&1; then zip -qr "$name.zip" "$name"; else 7z a -bso0 "$name.zip" "$name"; fi
    archive=$name.zip
    ;;
  *)
    tar -czf "$name.tar.gz" "$name"
    archive=$name.tar.gz
    ;;
esac
if command -v sha256sum >/dev/null 2>&1; then sha256sum "$archive"; else shasum -a 256 "$archive"; fi >"$archive.sha256"
echo "$out/$archive ($(($(wc -c <"$archive") / 1000000)) MB)"
