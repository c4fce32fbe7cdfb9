#!/usr/bin/env bash
# The container images: slim, and training, which carries Torch. Needs docker.
#   build/image.sh build slim|training            etrade-bot:slim, etrade-bot:training
#   build/image.sh scan slim|training             no known serious vulnerability that has a repair
#   build/image.sh name slim|training REGISTRY    what it is called there: REGISTRY:VERSION-TARGET
#   build/image.sh push slim|training REGISTRY    under that name; REGISTRY_USER and REGISTRY_TOKEN log in
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -ge 2 ] || { sed -n '2,6p' "$0" >&2; exit 2; }
step=$1 target=$2
case $step in
  build)
    docker build --pull --target "$target" --tag "etrade-bot:$target" .
    docker image ls "etrade-bot:$target"
    ;;
  scan)
    docker run --rm --volume /var/run/docker.sock:/var/run/docker.sock:ro ghcr.io/aquasecurity/trivy:0.65.0 \
      image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed "etrade-bot:$target"
    ;;
  name) echo "$(tr '[:upper:]' '[:lower:]' <<<"$3"):$(build/version.sh)-$target" ;;
  push)
    name=$(build/image.sh name "$target" "$3")
    docker login "${3%%/*}" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_TOKEN"
    docker tag "etrade-bot:$target" "$name"
    docker push "$name"
    ;;
  *) sed -n '2,6p' "$0" >&2; exit 2 ;;
esac
