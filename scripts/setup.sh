#!/bin/sh
# Make .venv if it is missing or broken, and install one requirements file into it at the locked versions.
# Usage: sh scripts/setup.sh requirements.txt
set -eu

say() { printf '%s\n' "$*" >&2; }
die() { say "setup: $*"; exit 1; }

new_enough() { "$@" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    die "Python 3.11 or newer is needed. Install it (apt-get install python3.11) or name it: make setup PYTHON=/path/to/python3"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian and Ubuntu split venv off from Python: without their package, `-m venv` fails and leaves half a .venv behind.
make_venv() {
    rm -rf .venv
    "$1" -m venv .venv >/dev/null 2>&1 && return
    rm -rf .venv
    command -v apt-get >/dev/null || die "'$1 -m venv' fails: install Python's venv module, then run this again"
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    say "setup: '$1 -m venv' fails; installing $package"
    as_root apt-get update -q >&2 || say "setup: apt-get update failed; going on with the package lists at hand"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" >&2 ||
        die "could not install $package; install it by hand, then run this again"
    "$1" -m venv .venv || die "'$1 -m venv' still fails"
}

if ! new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    make_venv "$python"
fi
say "setup: installing $1 into .venv (the first time takes about a minute)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$1" --constraint requirements.lock
