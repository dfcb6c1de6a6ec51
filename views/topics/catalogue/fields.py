"""The fields of the forms: which an entry of each kind has, and how what is typed becomes an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final, Literal, get_args

from data.catalogue import Catalogue, Certainty, Direction, Indicator, Method, Quality, Standard
from data.catalogue.entries import OF_THE_BUILD, Typed, plain
from data.tables import Dataset

How = Literal["text", "area", "lines", "list", "number", "rising", "choice", "several", "flag"]


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Attributes
    ----------
    name : where its value stands in the entry, as in ``title.en``
    how : one line, several lines, a list by lines or by semicolons, a number, rising ones, one or several options, yes or no
    options : of a choice; empty where they come from the data, see `options_of`
    first : of a new entry
    """

    name: str
    how: How = "text"
    options: tuple[str, ...] = ()
    first: Any = None


def _both(name: str, how: How = "text") -> tuple[Field, Field]:
    return Field(f"{name}.id", how), Field(f"{name}.en", how)


def _model_choice(model: type[Indicator | Standard], name: str) -> Field:
    options = get_args(model.model_fields[name].annotation)
    return Field(name, "choice", options, options[0])


FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "indicators": (
        Field("id"), *_both("title"), *_both("description", "area"), *_both("unit"),
        _model_choice(Indicator, "sector"), Field("direction", "choice", get_args(Direction), "netral"),
        Field("level", "choice", ("kelurahan", "kecamatan"), "kelurahan"),
        Field("method", "choice", get_args(Method), "langsung"), Field("sources", "several"), Field("year"),
        Field("standards", "several"), Field("decimals", "number", first="0"), Field("breaks", "rising"),
        Field("cycle_years", "number", first="1"), Field("rate", "choice"), *_both("caveats", "lines"),
        Field("profile", "flag", first=True), Field("ranked", "flag", first=True),
    ),
    "standards": (
        Field("id"), *_both("title"), Field("threshold", "number"), Field("population_per_unit", "number"),
        Field("unit"), _model_choice(Standard, "kind"), Field("source"), Field("clause"),
        Field("certainty", "choice", get_args(Certainty), "K"), *_both("note", "area"),
    ),
    "corridors": (
        Field("id"), *_both("title"), Field("sides", "several"), Field("legal_basis.document"),
        Field("legal_basis.certainty", "choice", get_args(Certainty), "K"), *_both("legal_basis.note", "area"),
        Field("sectors", "list"), Field("often_assumed", "list"),
    ),
    "sources": (
        Field("id"), Field("short"), Field("publisher"), Field("title"), Field("vintage"), Field("licence"),
        Field("attribution", "area"), Field("trust", "choice", get_args(Quality), "sedang"),
        *_both("trust_note", "area"), Field("en.short"), Field("en.publisher"), Field("en.title"),
        Field("en.vintage"), Field("en.licence"), Field("en.attribution", "area"),
    ),
}  # fmt: skip


def rows_of(kind: str) -> list[list[Field]]:
    """The fields of a kind by rows of two; both languages of a text stand beside each other."""
    rows: list[list[Field]] = []
    for field in FIELDS[kind]:
        if not rows or len(rows[-1]) == 2 or field.name.endswith(".id"):
            rows.append([])
        rows[-1].append(field)
    return rows


def options_of(data: Dataset, kind: str, field: Field, before: Typed | None) -> list[str]:
    """What may be chosen in a field, as ids; "" for none.

    Parameters
    ----------
    data, kind, field : of the form
    before : the entry that is changed; what it holds is always among the options
    """
    known = data.catalogue
    from_data: dict[str, list[str]] = {
        "sources": list(known.sources), "standards": list(known.standards), "rate": ["", *known.indicators],
        "sides": [str(kode) for kode in data.kabkota.index],
    }  # fmt: skip
    options = list(field.options) or from_data[field.name]
    if before is not None:
        held = values_of(kind, before)[field.name]
        options += [one for one in ([held] if isinstance(held, str) else held) if one not in options]
    return options


def values_of(kind: str, entry: Typed | None) -> dict[str, Any]:
    """What stands in the fields: of an entry, or of a new one.

    Parameters
    ----------
    kind : of the entry
    entry : None for a new one
    """
    if entry is None:
        return {field.name: _empty(field) if field.first is None else field.first for field in FIELDS[kind]}
    raw = entry.model_dump(mode="json")
    if isinstance(entry, Standard) and entry.population_per_unit is not None:
        raw["threshold"] = None
    raw["caveats"] = {end: [one[end] for one in raw.get("caveats") or ()] for end in ("id", "en")}
    return {field.name: _shown(field, _at(raw, field.name)) for field in FIELDS[kind]}


def raw_of(kind: str, values: Mapping[str, Any], before: Typed | None) -> dict[str, Any]:
    """The entry that the fields spell, as it would stand in the YAML file; nothing of it is checked.

    Parameters
    ----------
    kind, values : of the form, by the names of `FIELDS`
    before : the entry that is changed, whose fields that no form has stay
    """
    raw: dict[str, Any] = {}
    if isinstance(before, Indicator):
        raw = {name: value for name, value in plain(before).items() if name in OF_THE_BUILD}
    for field in FIELDS[kind]:
        value = _typed(field, values[field.name])
        if value is None:
            continue
        *parents, last = field.name.split(".")
        place = raw
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    if kind == "indicators":
        told = raw.pop("caveats", {})
        pairs = zip_longest(told.get("id", ()), told.get("en", ()), fillvalue="")
        raw["caveats"] = [{"id": one, "en": other} for one, other in pairs]
        raw.setdefault("cycle_years", None)
    basis = raw.get("legal_basis", {})
    if kind == "corridors" and set(basis) == {"certainty"}:
        del raw["legal_basis"]
    return raw


def names_of(catalogue: Catalogue, kind: str) -> dict[str, Typed]:
    """All entries of a kind by id."""
    return dict(getattr(catalogue, kind))


def _empty(field: Field) -> Any:
    return [] if field.how == "several" else False if field.how == "flag" else ""


def _at(raw: Mapping[str, Any], name: str) -> Any:
    value: Any = raw
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _shown(field: Field, value: Any) -> Any:
    if value is None:
        return _empty(field)
    if field.how == "lines":
        return "\n".join(value)
    if field.how in ("list", "rising"):
        return "; ".join(_number(one) if isinstance(one, float) else str(one) for one in value)
    if field.how == "number":
        return _number(float(value))
    return value


def _number(value: float) -> str:
    return f"{value:.10g}".replace(".", ",")


def _typed(field: Field, value: Any) -> Any:
    """What a field holds, None where it is empty."""
    if field.how in ("flag", "several"):
        return value
    text = str(value).strip()
    if field.how in ("list", "rising"):
        parts = [part.strip() for part in text.split(";") if part.strip()]
        return [_read(part) for part in parts] if field.how == "rising" else parts
    if field.how == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.how == "area":
        text = " ".join(text.split())
    if not text:
        return None
    return _read(text) if field.how == "number" else text


def _read(text: str) -> float | str:
    """A number with a comma or a point for decimals; what is none is left to be refused."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text
