"""What an office may enter of an agreement or a project: fields, lengths, and what a value must be."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from analysis.agreements.model import Category, Dprd, Party, ProjectStatus, Role, Sector
from records.agreements.tables import LONGEST_ID, LONGEST_NUMBER, LONGEST_TEXT, LONGEST_TITLE

MOST_RUPIAH = 10**14
# A province or kabkota; below it a kecamatan, kelurahan or desa.
_REGION: Final = re.compile(r"\d\d(\.\d\d)?", re.ASCII)
_UNIT: Final = re.compile(r"\d\d\.\d\d(\.\d\d(\.\d{4})?)?", re.ASCII)
SIDE = tuple(f.name for f in fields(Party) if f.name != "kode")
SHARED: Mapping[str, Any] = {
    "title": "", "category": Category.UNJUDGED, "sectors": (), "object": "", "scope": "", "kode": (), "stage_due": None,
    "starts": None, "ends": None, "dprd": Dprd.UNJUDGED, "dprd_requested": None, "dprd_approved": None, "renews": "",
    "under": "", "rupiah": None, "funding": "", "note": "", "actors": (),
}  # fmt: skip
PROJECT: Mapping[str, Any] = {
    "title": "", "under": "", "sectors": (), "status": ProjectStatus.PROPOSED, "place": "", "kode": (), "since": None,
    "until": None, "rupiah": None, "note": "",
}  # fmt: skip
_LENGTHS = {
    "title": LONGEST_TITLE, "under": LONGEST_ID, "renews": LONGEST_ID, "number": LONGEST_NUMBER,
    "signatory": LONGEST_NUMBER, "position": LONGEST_NUMBER, "office": LONGEST_NUMBER, "contact": LONGEST_NUMBER,
}  # fmt: skip


class EntryError(ValueError):
    """What was entered cannot be.

    Parameters
    ----------
    field : which
    reason : empty, long, order, number, unknown, parties, entered, active, no_pdf, large, many, there
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def regions(codes: Collection[str]) -> tuple[str, ...]:
    """The codes of parties, each once; what is no code of a province or kabkota is refused.

    Raises
    ------
    EntryError
        One of them is no such code.
    """
    if not all(_REGION.fullmatch(code) for code in codes):
        raise EntryError("parties", "parties")
    return tuple(dict.fromkeys(codes))


def shared(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that all parties share as they are kept; by name, see `SHARED`.

    Raises
    ------
    EntryError
        It names the first value that cannot be.
    """
    unknown = set(values) - set(SHARED)
    if unknown:
        raise EntryError(min(unknown), "unknown")
    clean: dict[str, Any] = texts(values, ("title", "object", "scope", "renews", "under", "funding", "note"))
    clean |= _lists(values)
    days = ("stage_due", "starts", "ends", "dprd_requested", "dprd_approved")
    clean |= {name: values[name] for name in days if name in values}
    if "category" in values:
        clean["category"] = member(Category, values["category"], "category")
    if "dprd" in values:
        clean["dprd"] = member(Dprd, values["dprd"], "dprd")
    if "rupiah" in values:
        clean["rupiah"] = _rupiah(values["rupiah"])
    if "actors" in values:
        parts = [f"{member(Role, a.role, 'actors')}:{a.name.replace(';', ',').strip()}" for a in values["actors"]]
        clean["actors"] = ";".join(dict.fromkeys(part for part in parts if part.partition(":")[2]))
        if len(clean["actors"]) > LONGEST_TEXT:
            raise EntryError("actors", "long")
    if not clean.get("title", "x"):
        raise EntryError("title", "empty")
    order(clean.get("starts"), clean.get("ends"), "ends")
    order(clean.get("dprd_requested"), clean.get("dprd_approved"), "dprd_approved")
    return clean


def project(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a project as they are kept; by name, see `PROJECT`.

    Raises
    ------
    EntryError
        It names the first value that cannot be.
    """
    clean: dict[str, Any] = texts(values, ("title", "under", "place", "note")) | _lists(values)
    clean |= {name: values[name] for name in ("since", "until") if name in values}
    if "status" in values:
        clean["status"] = member(ProjectStatus, values["status"], "status")
    if "rupiah" in values:
        clean["rupiah"] = _rupiah(values["rupiah"])
    if not clean.get("title", "x"):
        raise EntryError("title", "empty")
    order(clean.get("since"), clean.get("until"), "until")
    return clean


def texts(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The named texts without space around them; one that is too long is refused, none is cut.

    Raises
    ------
    EntryError
        It names the text that is too long.
    """
    clean = {name: str(values[name]).strip() for name in names if name in values}
    for name, text in clean.items():
        if len(text) > _LENGTHS.get(name, LONGEST_TEXT):
            raise EntryError(name, "long")
    return clean


def _lists(values: Mapping[str, Any]) -> dict[str, str]:
    clean = {}
    if "sectors" in values:
        clean["sectors"] = ";".join(dict.fromkeys(member(Sector, s, "sectors") for s in values["sectors"]))
    if "kode" in values:
        if not all(_UNIT.fullmatch(kode) for kode in values["kode"]):
            raise EntryError("kode", "unknown")
        clean["kode"] = ";".join(dict.fromkeys(values["kode"]))
        if len(clean["kode"]) > LONGEST_TEXT:
            raise EntryError("kode", "long")
    return clean


def member(kind: Any, value: Any, field: str) -> Any:
    """The value as a member of a closed set.

    Parameters
    ----------
    kind : enumeration
    value : a member, or what is kept of it
    field : that the error names

    Raises
    ------
    EntryError
        It is no member.
    """
    try:
        return kind(value)
    except ValueError as error:
        raise EntryError(field, "unknown") from error


def _rupiah(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or not 0 <= value <= MOST_RUPIAH:
        raise EntryError("rupiah", "number")
    return value


def order(first: date | None, last: date | None, field: str) -> None:
    """Refuse a second day before the first.

    Parameters
    ----------
    first, last : days, None where none was entered
    field : that the error names

    Raises
    ------
    EntryError
        The second day is before the first.
    """
    if first is not None and last is not None and last < first:
        raise EntryError(field, "order")
