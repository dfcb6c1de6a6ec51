#!/bin/sh
# Print the path of a Chromium that runs; install one, and what Playwright needs to drive it, where they are missing.
# Order: $CHROMIUM, what is on the PATH, Debian's package, Google Chrome's package, Playwright's own build.
set -eu

say() { printf 'chromium: %s\n' "$*" >&2; }

# Ubuntu's chromium-browser is a stub that only asks for a snap: a browser counts when it can tell its version.
runs() { command -v "$1" >/dev/null 2>&1 && timeout 30 "$1" --version >/dev/null 2>&1; }

found() {
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
        if runs "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

driver_runs() { .venv/bin/python -m playwright --version >/dev/null 2>&1; }

from_playwright() {
    path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)' 2>/dev/null) && runs "$path" && echo "$path"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2
}

if [ -n "${CHROMIUM:-}" ] && ! runs "$CHROMIUM"; then
    say "CHROMIUM=$CHROMIUM does not run; looking further"
fi
driver_runs && found && exit 0

if command -v apt-get >/dev/null; then
    say "no browser that runs; installing with apt-get what is missing"
    as_root apt-get update -q >&2 || say "apt-get update failed; going on with the package lists at hand"
    # Playwright's driver is a node that the smallest Debian lacks a library for.
    driver_runs || apt_install libatomic1 || say "libatomic1 could not be installed"
    found && exit 0
    apt_install fonts-dejavu-core fonts-noto-core || say "fonts could not be installed"
    { apt_install chromium && found; } && exit 0
    { apt_install google-chrome-stable && found; } && exit 0
fi
from_playwright && exit 0
say "trying Playwright's own build"
for options in --with-deps ""; do
    # shellcheck disable=SC2086 # no option is no word
    .venv/bin/python -m playwright install $options chromium >&2 && from_playwright && exit 0
done

say "no browser could be found or installed. Any of these helps, then run this again:
  Debian:   apt-get install chromium libatomic1
  Ubuntu:   snap install chromium, or install Google Chrome from google.com/chrome
  anywhere: CHROMIUM=/path/to/chrome make test
Without a browser: make test-fast"
exit 1
