#!/usr/bin/env bash
# Print how many MB the default install takes (the packages of requirements/runtime.txt, in a throw-away environment).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$(tools/find-python.sh)" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --require-hashes -r requirements/runtime.txt
"$folder/venv/bin/pip" uninstall --quiet --yes pip
du -sm "$folder"/venv/lib/python*/site-packages/* | sort -rn | head -12
du -sm "$folder"/venv/lib
