"""What is known of the packages of the locks, without the internet: weaknesses, and whether a list names all of them.

``advisories`` holds the locks against ``.ci/advisories.json``, which names its source and how far it goes; newer
weaknesses are known to PyPI alone (``make audit``). ``sbom FILE`` tells whether a CycloneDX file names every package
of the lock with its version.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
ADVISORIES = ROOT / ".ci" / "advisories.json"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(*names: str) -> set[tuple[str, str]]:
    """Name and version of every package of these locks; one can stand twice, for two versions of Python."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in names]
    return {(canonicalize_name(name), version) for text in texts for name, version in _PIN.findall(text)}


def weak(packages: Iterable[tuple[str, str]], advisories: Iterable[dict[str, str]]) -> list[str]:
    """Every package that an advisory names, with the advisory."""
    return sorted(
        f"{name} {version}: {found['id']} ({found['alias']}), affected {found['affected']}"
        for name, version in packages
        for found in advisories
        if found["package"] == name and SpecifierSet(found["affected"]).contains(version, prereleases=True)
    )


def left_out(packages: Iterable[tuple[str, str]], sbom: dict[str, object]) -> list[str]:
    """Every package that a CycloneDX document does not name with its version."""
    parts = sbom.get("components", [])
    named = {(canonicalize_name(part["name"]), part.get("version")) for part in parts}  # type: ignore[attr-defined]
    return sorted(f"{name} {version}" for name, version in set(packages) - named)


def main(arguments: list[str]) -> int:
    """Print what is weak or left out; return 1 where there is something."""
    if arguments == ["advisories"]:
        known = json.loads(ADVISORIES.read_text(encoding="utf-8"))
        packages, what = pins(*LOCKS), "weak"
        found = weak(packages, known["advisories"])
        told = f"{len(known['advisories'])} advisories until {known['until']}; newer ones: make audit"
    elif len(arguments) == 2 and arguments[0] == "sbom":
        packages, what, told = pins(LOCKS[0]), "left out", arguments[1]
        found = left_out(packages, json.loads(Path(arguments[1]).read_text(encoding="utf-8")))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    for line in found:
        print(f"{what}: {line}")
    print(f"{len(packages)} packages, {len(found)} {what} ({told})")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
