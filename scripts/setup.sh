#!/bin/sh
# Make .venv if it is missing or broken, and install what locks name into it: only files whose hash stands there.
# Usage: sh scripts/setup.sh requirements.lock [requirements-dev.lock ...]
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

said=$(mktemp)
trap 'rm -f "$said"' EXIT
say "setup: installing $* into .venv (the first time takes about a minute)"
locks=$(printf -- '--requirement %s ' "$@")
# shellcheck disable=SC2086 # a list of words
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 2 --require-hashes $locks 2>"$said"; then
    cat "$said" >&2
    grep -qiE 'connection broken|NewConnectionError|NameResolution|ProxyError|unreachable|timed out' "$said" &&
        die "the packages could not be fetched: no network, or its way to the package index is closed. Connect (behind a proxy: set
HTTPS_PROXY), or name a folder that holds the packages: PIP_NO_INDEX=1 PIP_FIND_LINKS=/path/to/packages make run"
    die "the packages could not be installed; the lines above say why"
fi
