"""Hold the licence of every package in .venv against those that a public administration can pass on.

Allowed are permissive licences, and weak copyleft whose conditions end at the package itself.
"""

import json
import subprocess
import sys

ALLOWED = {
    "0BSD", "3-Clause BSD License", "Apache License 2.0", "Apache Software License", "Apache-2.0",
    "BSD License", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "ISC License (ISCL)", "MIT", "MIT License",
    "MIT-0", "MIT-CMU", "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0",
    "Python Software Foundation License", "The Unlicense (Unlicense)", "Unlicense", "Zlib",
}  # fmt: skip

# Read by hand where the package's own data does not say.
READ_BY_HAND = {
    "OWSLib": "BSD-3-Clause",  # its LICENSE; its data says BSD
    "partd": "BSD-3-Clause",  # its LICENSE; its data says BSD
    "streamlit-folium": "MIT",  # LICENSE of github.com/randyzwitch/streamlit-folium
}

# Weak copyleft that is allowed for these alone: separate libraries, used as they are, that everybody can replace.
LIBRARIES = {"psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only"}


def is_allowed(licence: str) -> bool:
    """Tell whether a licence expression is allowed: one choice of an OR, all parts of an AND."""
    choices = licence.replace("(", " ").replace(")", " ") if " OR " in licence else licence
    return any(
        all(part.strip() in ALLOWED for part in choice.replace(";", " AND ").split(" AND "))
        for choice in choices.split(" OR ")
    )


def main() -> int:
    """Print every package whose licence is not allowed; return 1 if there is one."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json"]
    listing = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    licences = {row["Name"]: READ_BY_HAND.get(row["Name"], row["License"]) for row in listing}
    bad = {
        name: licence
        for name, licence in licences.items()
        if not is_allowed(licence) and LIBRARIES.get(name) != licence
    }
    for name, licence in sorted(bad.items()):
        print(f"not allowed: {name}: {licence}")
    print(f"licences: {len(licences)} packages, {len(bad)} not allowed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
