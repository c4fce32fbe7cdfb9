#!/usr/bin/env bash
# The version, from the one place it is kept: Directory.Build.props. With a tag such as v1.2.3 it checks that both agree.
#   build/version.sh [TAG]
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
[ $# = 0 ] || [ "$1" = "v$version" ] || { echo "the tag is $1, the version in Directory.Build.props is $version: make them agree" >&2; exit 1; }
echo "$version"
