"""The catalogue: indicators, standards, corridors, sources, assumptions, series and subjects, one YAML entry each.

Every fact about an indicator, a standard, a corridor, a source or an assumption stands here once. Unknown keys are
refused and every reference is checked when the catalogue is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo.borders import BORDER_SETS

FOLDER = Path(__file__).parent

Level = Literal["kelurahan", "kecamatan", "kabkota"]
Method = Literal["langsung", "agregasi", "disagregasi", "model"]
Quality = Literal["tinggi", "sedang", "rendah"]
Certainty = Literal["Q", "S", "K"]
Direction = Literal["lebih_rendah_baik", "lebih_tinggi_baik", "netral"]


@dataclass(frozen=True)
class Fault:
    """What is wrong with an entry.

    Attributes
    ----------
    field : where, as in ``title.en``; "" for the entry as a whole
    code : names the problem; the words for it stand in `views`
    detail : what belongs to it
    """

    field: str
    code: str
    detail: str = ""


class CatalogueError(ValueError):
    """A catalogue entry that cannot be used; the message names file, entry, field and problem.

    Parameters
    ----------
    message : for whoever starts the app
    faults : the same for whoever has typed the entry, where it was typed
    """

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class RuleError(ValueError):
    """A rule of ours that an entry breaks.

    Parameters
    ----------
    code, message : of the `Fault`, and for whoever starts the app
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Entry(BaseModel):
    """What every entry is: unchangeable, without unknown keys and with finite numbers only."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Text(Entry):
    """A text in both languages; `id` is the source."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(Entry):
    """A publication that values come from; `short` stands beside a number, `attribution` is the line to print.

    `en` holds those of its texts that read otherwise in English.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    short: str = Field(min_length=1)
    publisher: str
    title: str
    vintage: str
    licence: str
    attribution: str
    trust: Quality
    trust_note: Text | None = None
    en: Mapping[Literal["short", "publisher", "title", "vintage", "licence", "attribution"], str] = {}


class Standard(Entry):
    """A threshold with its source, clause and certainty.

    Either `threshold` (in the unit of the indicator) or `population_per_unit` is given; the latter becomes units per
    10,000 people, so that several ratios can be compared with one indicator.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: Text
    threshold: float = Field(default=0.0, ge=0)
    population_per_unit: float | None = Field(default=None, gt=0)
    unit: str
    kind: Literal["acuan", "kewajiban", "perencanaan"]
    source: str
    clause: str
    certainty: Certainty
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _threshold_from_ratio(cls, raw: Any) -> Any:
        if isinstance(raw, dict):
            ratio = raw.get("population_per_unit")
            if (ratio is None) == (raw.get("threshold") is None):
                raise RuleError("threshold_or_ratio", "give either threshold or population_per_unit")
            if isinstance(ratio, int | float) and ratio > 0:
                raw = {**raw, "threshold": 10_000 / ratio}
        return raw


class Assumption(Entry):
    """A number that a calculation needs and nobody measured here; the user may change it between `low` and `high`."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    value: float
    low: float
    high: float
    unit: Text
    source: str
    clause: str
    certainty: Certainty
    note: Text | None = None

    @model_validator(mode="after")
    def _value_between(self) -> Assumption:
        if not self.low <= self.value <= self.high:
            raise ValueError("value must lie between low and high")
        return self


class Definition(Entry):
    """What is counted in some kabkota, where it differs from the others."""

    kabkota: tuple[str, ...] = Field(min_length=1)
    text: Text


class Indicator(Entry):
    """What is measured: unit, direction, level, method, sources, standards and caveats.

    A count names its `rate`, the indicator that is compared in its place. What is not `ranked` says nothing of the
    residents of a unit alone: it enters no index of need, and the people of a unit that misses its standard
    are not counted. `cycle_years` is after how many years its publisher has newer figures: registers have them every
    year or half year; what does not age, such as the height of the land, has none.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    description: Text
    sector: Literal[
        "kependudukan", "pendidikan", "kesehatan", "pemerintahan", "transportasi", "jalan", "lingkungan", "ekonomi"
    ]
    unit: Text
    direction: Direction
    level: Level
    method: Method
    sources: tuple[str, ...] = Field(min_length=1)
    year: str
    standards: tuple[str, ...] = ()
    caveats: tuple[Text, ...] = ()
    decimals: int = Field(default=1, ge=0, le=4)
    range: Literal["galat"] | None = None
    facility: str | None = None
    breaks: tuple[float, ...] = ()
    definitions: tuple[Definition, ...] = ()
    profile: bool = False
    rate: str | None = None
    ranked: bool = True
    cycle_years: int | None = Field(default=1, ge=1)
    csv: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]+\.csv$")

    @model_validator(mode="after")
    def _breaks_rise(self) -> Indicator:
        if list(self.breaks) != sorted(set(self.breaks)):
            raise RuleError("breaks_rise", "breaks must rise")
        if self.standards and self.direction == "netral":
            raise RuleError("direction_needed", "an indicator with a standard needs a direction")
        return self

    @property
    def compared(self) -> bool:
        """Whether places may be compared by it: no raw count, and known below the kabkota."""
        return self.rate is None and self.level != "kabkota"

    @property
    def end_decimals(self) -> int:
        """Decimals of the ends of a range: of a distance one less, for they move by some 20 m from draw to draw."""
        return self.decimals - 1 if self.facility and self.decimals else self.decimals

    def ends(self, low: Any, high: Any) -> tuple[Any, Any]:
        """The ends of a range as they are printed: those of a distance outwards to `end_decimals`.

        Parameters
        ----------
        low, high : numbers or arrays of them, NaN where there is no range
        """
        if not self.facility:
            return low, high
        unit = 10.0**-self.end_decimals
        return np.floor(low / unit + 1e-6) * unit, np.ceil(high / unit - 1e-6) * unit

    def definition(self, kode_kabkota: str) -> Definition | None:
        """The definition that holds in a kabkota, None where only one exists."""
        return next((d for d in self.definitions if kode_kabkota in d.kabkota), None)


class LegalBasis(Entry):
    """The decree that sets the line of a corridor."""

    document: str
    certainty: Certainty
    note: Text | None = None


class Corridor(Entry):
    """Two neighbouring kabkota and the line between them; more than two sides: an area without a line of its own."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: Text
    sides: tuple[str, ...] = Field(min_length=2)
    legal_basis: LegalBasis | None = None
    sectors: tuple[str, ...] = ()
    often_assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sides_differ(self) -> Corridor:
        if len(set(self.sides)) != len(self.sides):
            raise RuleError("sides_differ", "a corridor needs different sides")
        if self.pair and self.legal_basis is None:
            raise RuleError("decree_needed", "a corridor between two kabkota needs the decree that sets its line")
        return self

    @property
    def pair(self) -> bool:
        """Whether it has two sides, and with them a line of its own."""
        return len(self.sides) == 2

    @property
    def border_sets(self) -> tuple[str, ...]:
        """The border sets that can be drawn; an area without a line of its own has only touching kelurahan."""
        return BORDER_SETS if self.pair else BORDER_SETS[:1]

    def other(self, kode_kabkota: str) -> str:
        """The side across the line; only for a pair."""
        a, b = self.sides
        return b if kode_kabkota == a else a


class Vintage(Entry):
    """One way of counting within a series; only values of the same one are paired over time."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    source: str
    origin: str
    text: Text


class Series(Entry):
    """Figures of several years, and why those counted in different ways stand apart."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    unit: Text
    decimals: int = Field(default=0, ge=0, le=4)
    definitions: tuple[Vintage, ...] = Field(min_length=1)
    why_apart: Text | None = None
    caveats: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _reason_is_given(self) -> Series:
        ids = [d.id for d in self.definitions]
        if len(set(ids)) != len(ids):
            raise ValueError("a definition stands twice")
        if len(ids) > 1 and self.why_apart is None:
            raise ValueError("several definitions need why_apart")
        return self

    def definition(self, name: str) -> Vintage:
        """The definition of this id."""
        return next(d for d in self.definitions if d.id == name)


class Subject(Entry):
    """What a proposal may be about: the words that name it, and the indicators that it touches, if any.

    `proposal` and `office` fill the draft of a proposal from a gap; they are Indonesian, as SIPD is.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    sector: str
    words: tuple[str, ...] = Field(min_length=1)
    indicators: tuple[str, ...] = ()
    proposal: str = ""
    office: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All entries by id, in the order in which they are written.

    Attributes
    ----------
    indicators : what is measured
    standards : thresholds with their source
    corridors : borders and areas
    sources : publications that values come from
    assumptions : numbers that a calculation needs and nobody measured here
    series : figures of several years
    subjects : what a proposal may be about
    folder : where the YAML files and the CSV of indicators stand
    """

    indicators: Mapping[str, Indicator]
    standards: Mapping[str, Standard]
    corridors: Mapping[str, Corridor]
    sources: Mapping[str, Source]
    assumptions: Mapping[str, Assumption]
    series: Mapping[str, Series]
    subjects: Mapping[str, Subject]
    folder: Path

    def standards_of(self, indicator: str) -> tuple[Standard, ...]:
        """The standards of an indicator, the default one first."""
        return tuple(self.standards[s] for s in self.indicators[indicator].standards)


EntryType = TypeVar("EntryType", Indicator, Standard, Corridor, Source, Assumption, Series, Subject)


def _read(path: Path, model: type[EntryType]) -> dict[str, EntryType]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    if not isinstance(raw, list):
        raise CatalogueError(f"{path.name}: a list of entries is expected")
    entries = []
    for number, item in enumerate(raw, start=1):
        name = item.get("id", f"#{number}") if isinstance(item, dict) else f"#{number}"
        try:
            entries.append(model.model_validate(item))
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(str(p) for p in e['loc']) or 'entry'}: {e['msg']}" for e in error.errors())
            raise CatalogueError(f"{path.name}, {name}: {problems}") from error
    twice = [i for i, n in Counter(e.id for e in entries).items() if n > 1]
    if twice:
        raise CatalogueError(f"{path.name}: id used twice: {', '.join(twice)}")
    return {e.id: e for e in entries}


def load(folder: Path = FOLDER) -> Catalogue:
    """Read and check the seven YAML files.

    Parameters
    ----------
    folder : with the YAML files

    Raises
    ------
    CatalogueError
        An entry is malformed, an id stands twice, or a reference names nothing.
    """
    catalogue = Catalogue(
        indicators=_read(folder / "indicators.yaml", Indicator),
        standards=_read(folder / "standards.yaml", Standard),
        corridors=_read(folder / "corridors.yaml", Corridor),
        sources=_read(folder / "sources.yaml", Source),
        assumptions=_read(folder / "assumptions.yaml", Assumption),
        series=_read(folder / "vintages.yaml", Series),
        subjects=_read(folder / "subjects.yaml", Subject),
        folder=folder,
    )
    check(catalogue)
    return catalogue


def check(catalogue: Catalogue) -> None:
    """Refuse a catalogue whose entries name others that there are not.

    Parameters
    ----------
    catalogue : each of its entries is well formed

    Raises
    ------
    CatalogueError
        It names the entry and what it refers to.
    """
    for indicator in catalogue.indicators.values():
        for field, kind, wanted, known in (
            ("sources", "source", indicator.sources, catalogue.sources),
            ("standards", "standard", indicator.standards, catalogue.standards),
            ("rate", "rate", [indicator.rate] if indicator.rate else [], catalogue.indicators),
        ):
            missing = [w for w in wanted if w not in known]
            if missing:
                fault = Fault(field, "unknown", ", ".join(missing))
                raise CatalogueError(f"indicators.yaml, {indicator.id}: unknown {kind} {fault.detail}", [fault])
    words: dict[str, str] = {}
    for subject in catalogue.subjects.values():
        if missing := [i for i in subject.indicators if i not in catalogue.indicators]:
            raise CatalogueError(f"subjects.yaml, {subject.id}: unknown indicator {', '.join(missing)}")
        if twice := [word for word in subject.words if words.setdefault(word, subject.id) != subject.id]:
            raise CatalogueError(f"subjects.yaml, {subject.id}: word of another subject: {', '.join(twice)}")
    for series in catalogue.series.values():
        missing = [d.source for d in series.definitions if d.source not in catalogue.sources]
        if missing:
            raise CatalogueError(f"vintages.yaml, {series.id}: unknown source {', '.join(missing)}")
