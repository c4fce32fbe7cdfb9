#!/usr/bin/env bash
# Puts a pushed image into service on a machine with docker, over ssh, and waits until it is healthy; else the one before comes back.
#   deploy/deploy.sh IMAGE
# DEPLOY_TARGET: user@host   DEPLOY_KEY: private key   DEPLOY_KNOWN_HOSTS: the host's public key, so that nobody else gets our image
# The machine's own ~/etrade-bot/.env holds the broker's keys; they never pass through here.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# = 1 ] || { sed -n '2,5p' "$0" >&2; exit 2; }
for name in DEPLOY_TARGET DEPLOY_KEY DEPLOY_KNOWN_HOSTS; do
  [ -n "${!name:-}" ] || { echo "deploy: $name is not set: add it to the environment's settings in the repository" >&2; exit 2; }
done
private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
(umask 077 && printf '%s\n' "$DEPLOY_KEY" >"$private/key" && printf '%s\n' "$DEPLOY_KNOWN_HOSTS" >"$private/hosts")
remote() { ssh -i "$private/key" -o IdentitiesOnly=yes -o UserKnownHostsFile="$private/hosts" -o StrictHostKeyChecking=yes "$DEPLOY_TARGET" "$@"; }

remote 'mkdir -p etrade-bot && cat >etrade-bot/compose.yaml' <compose.yaml
# The name of the image travels as an argument, never as a part of the script.
remote bash -s -- "$1" <<'THERE'
set -eu
cd etrade-bot
before=$(docker image inspect --format '{{.Id}}' etrade-bot:slim 2>/dev/null || true)
docker pull "$1"
docker tag "$1" etrade-bot:slim
docker compose up -d --no-build
for _ in $(seq 60); do
  state=$(docker inspect --format '{{.State.Health.Status}}' "$(docker compose ps -q bot)")
  [ "$state" != healthy ] || exit 0
  sleep 2
done
echo "not healthy after two minutes; the one before comes back" >&2
docker compose logs --tail 50 bot >&2
[ -z "$before" ] || { docker tag "$before" etrade-bot:slim; docker compose up -d --no-build; }
exit 1
THERE
