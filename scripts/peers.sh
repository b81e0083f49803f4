#!/usr/bin/env bash
# Installs the programs that compatibility tests run against, by name and version, into .peers/ and nowhere else.
# What cannot be installed here is skipped with a reason; the tests that need it then skip as well.
set -euo pipefail
cd "$(dirname "$0")/.."

SURFPOOL=@solana/surfpool-linux-x64-gnu@1.5.0
AIMOCK=@copilotkit/aimock@1.43.0

skip() { echo "peers: skipped $1: $2"; }

for tool in node npm; do
  if ! command -v "$tool" >/dev/null; then
    skip "$SURFPOOL and $AIMOCK" "$tool is not on PATH"
    exit 0
  fi
done

peers=("$AIMOCK")
if [ "$(uname -sm)" = "Linux x86_64" ] && getconf GNU_LIBC_VERSION >/dev/null 2>&1; then
  peers+=("$SURFPOOL")
else
  skip "$SURFPOOL" "it is built for Linux on x86-64 with glibc only"
fi

# One call for all: npm removes what an earlier call installed when nothing records it.
mkdir -p .peers
if npm install --prefix .peers --ignore-scripts --no-save --no-package-lock --no-audit --no-fund --loglevel=error "${peers[@]}"; then
  echo "peers: installed ${peers[*]} in .peers/"
else
  skip "${peers[*]}" "npm could not install them, see above"
fi
