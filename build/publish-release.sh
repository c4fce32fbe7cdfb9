#!/usr/bin/env bash
# Makes the release of a tag from the archives that a workflow run made, with what the changelog says. Needs gh and GH_TOKEN.
#   build/publish-release.sh TAG RUN
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# = 2 ] || { sed -n '2,3p' "$0" >&2; exit 2; }
version=$(build/version.sh "$1")
archives=$(mktemp -d)
trap 'rm -rf "$archives"' EXIT
gh run download "$2" --pattern 'etrade-bot-*' --dir "$archives/in"
find "$archives/in" -type f -exec mv -t "$archives" {} +
rm -r "$archives/in"
(cd "$archives" && for sum in *.sha256; do sha256sum --check --quiet "$sum"; done)
build/changelog.sh "$version" | gh release create "$1" --verify-tag --title "etrade-bot $version" --notes-file - "$archives"/*
