#!/usr/bin/env bash
# What CHANGELOG.md says of a version.
#   build/changelog.sh [VERSION]    default: the one of Directory.Build.props
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=${1:-$(build/version.sh)}
awk -v heading="## $version" '
  index($0, heading) == 1 { found = 1; next } /^## / { found = 0 } found { print; any = 1 }
  END { if (!any) { print "CHANGELOG.md has no section " heading > "/dev/stderr"; exit 1 } }' CHANGELOG.md
