#!/usr/bin/env bash
# Installs what the tests need on a fresh Debian machine, runs every test, and ends with the line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

packages=()
command -v chromium >/dev/null || packages+=(chromium)
command -v gcc >/dev/null || packages+=(gcc libc6-dev)
fc-list 2>/dev/null | grep -qi dejavu || packages+=(fonts-dejavu-core)
fc-list 2>/dev/null | grep -qi "noto color emoji" || packages+=(fonts-noto-color-emoji)
ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || packages+=(postgresql)
if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ]; then sudo=(); else sudo=(sudo); fi
  echo "Installing: ${packages[*]}"
  { "${sudo[@]}" apt-get update -qq && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}"; } >/dev/null \
    || echo "Some packages could not be installed; the tests that need them will say so."
fi

for peer in tests/peers/*/; do
  [ -d "$peer/node_modules" ] || npm ci --prefix "$peer" --ignore-scripts --no-audit --no-fund --loglevel=error
done

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --solution CrossBorderNetwork.sln --no-progress "$@" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
awk '/^Test run summary:/ { inside = 1 }
     inside && /^  (total|failed|succeeded|skipped):/ { count[$1] = $2 }
     END { printf "%d skipped\n%d passed, %d failed\n", count["skipped:"], count["succeeded:"], count["failed:"] }' "$log"
exit "$code"
