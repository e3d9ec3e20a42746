#!/bin/sh
# Builds the web console if anything in it is newer than its last build, and puts it where the API serves it from.
# Usage: build-console.sh build TARGET | test
set -eu
cd "$(dirname "$0")/console"
[ -f package.json ] || exit 0

if ! command -v npm >/dev/null; then
  echo "npm is not here, and the console needs it. Maybe install Node.js 20.19 or newer, or leave the console out: -Dconsole.skip" >&2
  exit 1
fi
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi

case $1 in
  build)
    if [ ! -f dist/index.html ] ||
      [ -n "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer dist/index.html -print | head -n 1)" ]; then
      npm run build --silent
    fi
    rm -rf "$2"
    mkdir -p "$2"
    cp -R dist/. "$2"
    ;;
  test)
    npm test --silent
    ;;
esac
