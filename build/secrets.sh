#!/usr/bin/env bash
# Looks for keys, tokens and passwords in every tracked file. Prints place and kind, never what was found. Exit code 1 when there is one.
#   build/secrets.sh [FILE...]    default: every tracked file
# A line that only looks like one carries the words: not a secret
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kinds=(
  'private key|-----BEGIN ([A-Z]+ )?PRIVATE KEY-----'
  'GitHub token|(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,}'
  'Slack webhook|hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}'
  'Slack token|xox[abprs]-[A-Za-z0-9-]{20,}'
  'AWS key|(AKIA|ASIA)[A-Z0-9]{16}'
  'Twilio account|(^|[^0-9a-f])AC[0-9a-f]{32}([^0-9a-f]|$)'
  'Telegram token|(^|[^0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}'
  'Discord webhook|discord(app)?\.com/api/webhooks/[0-9]{17,}/[A-Za-z0-9_-]{60,}'
  'setting with a value|^[[:space:]]*(export )?(ETRADE_(SANDBOX_)?CONSUMER_(KEY|SECRET)|ETRADE_OAUTH_TOKEN(_SECRET)?|SMTP_PASS|TWILIO_AUTH_TOKEN|TIINGO_API_TOKEN|ALPHAVANTAGE_API_KEY)=[A-Za-z0-9+/]{12,}'
)
if [ $# -gt 0 ]; then files=("$@"); else mapfile -d '' -t files < <(git ls-files -z); fi
found=0
for kind in "${kinds[@]}"; do
  while IFS=: read -r file line _; do
    sed -n "${line}p" "$file" | grep -q 'not a secret' && continue
    echo "$file:$line: ${kind%%|*}" >&2
    found=1
  done < <(printf '%s\0' "${files[@]}" | xargs -0 grep -InE -e "${kind#*|}" /dev/null 2>/dev/null || true)
done
[ $found = 0 ] || echo "Take it out, make it invalid where it was issued, and put it into .env, which git leaves alone." >&2
exit $found
