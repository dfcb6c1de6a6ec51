#!/bin/sh
# Renew the three locks: every package at one version with the hashes of its files. Each lock holds what its requirements add to
# the locks before it, so that they are installed together: pip install -r requirements.lock -r requirements-dev.lock
# Usage: sh scripts/lock.sh [options of uv pip compile]
set -eu

compile() {
    wanted=$1
    lock=${wanted%.txt}.lock
    shift
    # What stands in a lock before this one is held to its version there, and left out here.
    before=$(sed -n 's/^\([a-z0-9][a-z0-9._-]*\)==.*/--no-emit-package \1/p' /dev/null $before_locks)
    held=$(printf -- '--constraint %s ' $before_locks)
    # shellcheck disable=SC2086 # both are lists of words
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --strip-extras --no-header --generate-hashes \
        $before ${before_locks:+$held} "$wanted" --output-file "$lock" "$@"
    before_locks="$before_locks $lock"
}

before_locks=
for name in requirements.txt requirements-dev.txt requirements-bench.txt; do
    compile "$name" "$@"
done
