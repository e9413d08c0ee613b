#!/usr/bin/env bash
# Print a Python that can run onrecord: 3.11 to 3.13 where there is one, else any later one. Exit 1 with what to do where there is none.
set -uo pipefail
names="${PYTHON:-} python3 python3.13 python3.12 python3.11 python"
for test in '(3, 11) <= sys.version_info < (3, 14)' '(3, 11) <= sys.version_info'; do
    for name in $names; do
        if "$name" -c "import sys; sys.exit(not ($test))" >/dev/null 2>&1; then
            command -v "$name"
            exit 0
        fi
    done
done
echo "onrecord needs Python 3.11 or later; none of these is one: $names" >&2
exit 1
