#!/usr/bin/env bash
# Write the locked requirements anew: exact versions with hashes for Python 3.11 to 3.13, and no index address. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
    --no-header --output-file "$1" "${@:2}"; }
lock requirements/runtime.txt pyproject.toml "$@"
lock requirements/build.txt --group pyproject.toml:build --constraint requirements/runtime.txt "$@"
lock requirements/dev.txt pyproject.toml --group pyproject.toml:dev --constraint requirements/runtime.txt "$@"
