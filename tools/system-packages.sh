#!/usr/bin/env bash
# The one place that installs anything outside .venv. Both are Debian packages; nothing is done where they are there already.
#
#   tools/system-packages.sh venv       python3-venv, where this Python cannot make a virtual environment
#   tools/system-packages.sh browser    chromium, which the browser tests drive
#
# ONRECORD_CHROMIUM names another Chromium or Chrome to test with.
set -euo pipefail

install() {
    if ! command -v apt-get >/dev/null; then
        echo "Please install $1 by hand: this system has no apt-get." >&2
        exit 1
    fi
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Please install $1 as root: apt-get install $1" >&2; exit 1; }
        root=(sudo)
    fi
    echo "Installing the system package $1 ..." >&2
    "${root[@]}" apt-get update -qq >&2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$1" >&2
}

case "${1:-}" in
    venv) "$(dirname "$0")/find-python.sh" | { read -r python; "$python" -c 'import ensurepip' 2>/dev/null || install python3-venv; } ;;
    browser) [ -x "${ONRECORD_CHROMIUM:-/usr/bin/chromium}" ] || install chromium ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
