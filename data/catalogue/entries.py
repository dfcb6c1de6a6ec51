"""Entries that an admin types: under the models of the YAML files, and back to YAML."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import yaml
from pydantic import ValidationError

from data.catalogue import Catalogue, CatalogueError, Corridor, Fault, Indicator, RuleError, Source, Standard, check
from data.text import cleaned

Typed = Source | Standard | Indicator | Corridor
MODELS: Final[Mapping[str, type[Source | Standard | Indicator | Corridor]]] = {
    "indicators": Indicator, "standards": Standard, "corridors": Corridor, "sources": Source,
}  # fmt: skip
"""Model of the entries of each kind, which is called as its YAML file and its field of `Catalogue`."""
FIXED: Final = {
    "indicators": ("level", "unit", "range", "facility", "csv", "definitions"),
    "standards": (), "corridors": ("sides",), "sources": (),
}  # fmt: skip
"""Fields of an entry that there is already, which its values or its line were made for: they do not change."""
OF_THE_BUILD: Final = ("range", "facility", "csv", "definitions")
"""Fields of an indicator that need tables or a file of the build: one that is typed has none."""
MOST_BYTES: Final = 20_000
LONGEST_ID, LONGEST_NAME, LONGEST_TEXT = 60, 160, 1000
LONG: Final = {"description", "caveats", "attribution", "licence", "note", "trust_note", "legal_basis"}
"""Fields that may hold sentences; any other text is a name."""
SIGNS: Final = re.compile(r"[<>\[\]{}`*$|\\#^]|://|(?:^|\s)www\.|@")
"""Signs that a page would read as more than text: of Markdown, of HTML, or of an address."""
FORMULA: Final = ("=", "+", "-", "@")
_TAKEN: Final = re.compile(r"layanan|kantor\d*")
_CODES: Final = {
    "missing": "missing", "string_too_short": "missing", "too_short": "missing", "literal_error": "choice",
    "string_pattern_mismatch": "pattern", "extra_forbidden": "field", "finite_number": "number",
    "greater_than": "least", "greater_than_equal": "least", "less_than_equal": "most",
}  # fmt: skip
"""Problems by the name that pydantic gives them; rules of our own have theirs."""


def entry_of(kind: str, raw: Any) -> Typed:
    """An entry, checked by itself.

    Parameters
    ----------
    kind : of `MODELS`
    raw : as it would stand in the YAML file

    Raises
    ------
    CatalogueError
        Its `faults` name every field with a problem.
    """
    faults = list(_of_texts(raw))
    entry = None
    try:
        entry = MODELS[kind].model_validate(raw)
    except ValidationError as error:
        faults += [_fault(one) for one in error.errors()]
    if not faults and len(json.dumps(raw, ensure_ascii=False).encode()) > MOST_BYTES:
        faults.append(Fault("", "long"))
    if entry is not None and (len(entry.id) > LONGEST_ID or _TAKEN.fullmatch(entry.id)):
        faults.append(Fault("id", "taken" if len(entry.id) <= LONGEST_ID else "long", str(LONGEST_ID)))
    if faults or entry is None:
        raise _error(kind, raw, faults)
    return entry


def with_entry(catalogue: Catalogue, kind: str, raw: Any) -> Catalogue:
    """The catalogue with an entry in the place of that of its id, else behind all others.

    Parameters
    ----------
    catalogue : not changed
    kind, raw : as of `entry_of`

    Raises
    ------
    CatalogueError
        The entry cannot be, changes what is fixed, or names another that there is not.
    """
    entry = entry_of(kind, raw)
    known: Mapping[str, Typed] = getattr(catalogue, kind)
    before = known.get(entry.id)
    if before is not None:
        faults = [Fault(name, "fixed") for name in FIXED[kind] if getattr(before, name) != getattr(entry, name)]
    else:
        faults = [Fault(name, "of_the_build") for name in OF_THE_BUILD if getattr(entry, name, None)]
    if isinstance(entry, Indicator) and entry.rate == entry.id:
        faults.append(Fault("rate", "itself"))
    if faults:
        raise _error(kind, raw, faults)
    changed: dict[str, Any] = {kind: {**known, entry.id: entry}}
    result = dataclasses.replace(catalogue, **changed)
    check(result)
    return result


def plain(entry: Typed) -> dict[str, Any]:
    """An entry as its YAML file holds it: only what differs from the default.

    Examples
    --------
    >>> known = Standard(id="x", title={"id": "a", "en": "b"}, population_per_unit=2000, unit="per 10.000 jiwa",
    ...                  kind="acuan", source="SNI", clause="1", certainty="K")
    >>> [name for name in plain(known) if name.startswith(("threshold", "population"))]
    ['population_per_unit']
    """
    raw = entry.model_dump(mode="json", exclude_defaults=True)
    if isinstance(entry, Standard):
        raw["threshold"] = entry.threshold
        if entry.population_per_unit is not None:
            del raw["threshold"]
    return raw


def as_yaml(entries: Iterable[Typed]) -> str:
    """Entries as a YAML file, which can stand in the place of the one in data/catalogue."""
    return str(yaml.safe_dump([plain(entry) for entry in entries], allow_unicode=True, sort_keys=False, width=120))


def _error(kind: str, raw: Any, faults: Iterable[Fault]) -> CatalogueError:
    faults = tuple(dict.fromkeys(faults))
    name = raw.get("id", "") if isinstance(raw, dict) else ""
    told = "; ".join(f"{f.field or 'entry'}: {f.code} {f.detail}".strip() for f in faults)
    return CatalogueError(f"{kind}.yaml, {name}: {told}", faults)


def _fault(error: Any) -> Fault:
    field = ".".join(str(part) for part in error["loc"] if isinstance(part, str))
    kind, context = error["type"], error.get("ctx", {})
    if isinstance(rule := context.get("error"), RuleError):
        return Fault(field, rule.code)
    code = _CODES.get(kind, "number" if kind.startswith(("float", "int")) else "form")
    return Fault(field, code, str(next(iter(context.values()), "")) if code in ("least", "most") else "")


def _of_texts(raw: Any, field: str = "") -> Iterator[Fault]:
    """What is wrong with the texts of an entry, whatever its kind."""
    if isinstance(raw, Mapping):
        for name, value in raw.items():
            yield from _of_texts(value, f"{field}.{name}" if field else str(name))
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from _of_texts(value, field)
    elif isinstance(raw, str):
        most = LONGEST_TEXT if LONG & set(field.split(".")) else LONGEST_NAME
        if len(raw) > most:
            yield Fault(field, "long", str(most))
        elif cleaned(raw) != raw or raw != raw.strip():
            yield Fault(field, "hidden")
        elif found := SIGNS.search(raw):
            yield Fault(field, "signs", found[0].strip())
        elif raw.startswith(FORMULA):
            yield Fault(field, "signs", raw[0])
