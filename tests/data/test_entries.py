"""Entries that an admin types: back to YAML and the same again, applied as a version, refused with field and reason."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import catalogue, versions
from data.catalogue import CatalogueError, Fault
from data.catalogue.entries import MODELS, Typed, as_yaml, entry_of, plain, with_entry
from data.versions import CATALOGUE, Published, apply, in_force, with_entries
from tests.shipped import data
from views.topics.catalogue.fields import raw_of, values_of

KNOWN = data().catalogue
INDICATOR: dict[str, Any] = {
    "id": "balita_gizi", "title": {"id": "Balita gizi", "en": "Children"}, "description": {"id": "a", "en": "b"},
    "sector": "kesehatan", "unit": {"id": "u", "en": "u"}, "direction": "lebih_rendah_baik", "level": "kelurahan",
    "method": "langsung", "sources": ["press"], "year": "2025",
}  # fmt: skip
CORRIDOR: dict[str, Any] = {
    "id": "depok-jaktim", "title": {"id": "Depok – Jakarta Timur", "en": "Depok – Jakarta Timur"},
    "sides": ["32.76", "31.75"], "legal_basis": {"document": "x", "certainty": "K"},
}  # fmt: skip


def version(number: int, kind: str, raw: dict[str, Any], **more: Any) -> Published:
    moment = datetime(2026, 1, number, tzinfo=UTC)
    return Published(number, CATALOGUE, "", moment.date(), moment, f"{number}" * 64, ((kind, json.dumps(raw)),), **more)


def test_what_is_exported_is_read_as_the_same_catalogue(tmp_path: Path) -> None:
    changed = with_entry(KNOWN, "indicators", INDICATOR)
    for file in catalogue.FOLDER.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    for kind in MODELS:
        (tmp_path / f"{kind}.yaml").write_text(as_yaml(getattr(changed, kind).values()), encoding="utf-8")
    again = catalogue.load(tmp_path)
    for kind in MODELS:
        assert getattr(again, kind) == getattr(changed, kind)


@pytest.mark.parametrize("kind", list(MODELS))
def test_a_form_that_is_sent_unchanged_changes_nothing(kind: str) -> None:
    for entry in getattr(KNOWN, kind).values():
        if kind == "indicators" and entry.level == "kabkota":
            continue
        assert entry_of(kind, raw_of(kind, values_of(kind, entry), entry)) == entry, entry.id


def test_an_entry_is_a_version_of_the_data() -> None:
    shipped = data()
    steps = [version(1, "indicators", INDICATOR), version(2, "indicators", INDICATOR | {"year": "2026"})]
    first, both = apply(shipped, steps[:1]), apply(shipped, steps)
    assert first.catalogue.indicators["balita_gizi"].year == "2025"
    assert both.catalogue.indicators["balita_gizi"].year == "2026"
    assert "balita_gizi" not in shipped.catalogue.indicators
    assert len({shipped.version, first.version, both.version}) == 3
    gone = [
        steps[0],
        version(2, "indicators", INDICATOR | {"year": "2026"}, withdrawn=datetime(2026, 2, 1, tzinfo=UTC)),
    ]
    assert apply(shipped, in_force(gone)).catalogue.indicators["balita_gizi"].year == "2025"
    assert apply(shipped, in_force(gone, 2), 2).catalogue.indicators["balita_gizi"].year == "2026"
    figures = Published(
        3, "indikator", "32.75", date(2026, 1, 1), datetime(2026, 1, 3, tzinfo=UTC), "c" * 64,
        (("32.75.01.1001", "balita_gizi", 3.5, 2026),),
    )  # fmt: skip
    assert apply(shipped, [steps[0], figures]).indicator_values("balita_gizi")["value"].to_dict() == {
        "32.75.01.1001": 3.5
    }
    assert apply(shipped, [figures]).indicator_values("balita_gizi").empty


def test_a_corridor_comes_with_its_border() -> None:
    found = apply(data(), [version(1, "corridors", CORRIDOR)])
    border = found.border(found.catalogue.corridors["depok-jaktim"])
    assert set(border.at_line()) == {"31.75", "32.76"}
    assert round(border.line_m or 0, -2) == 17500
    assert not (data().borders["corridor"] == "depok-jaktim").any()


def test_an_entry_whose_ground_is_gone_is_left_out_and_the_rest_stands() -> None:
    source = plain(KNOWN.sources["press"]) | {"id": "lain"}
    with_both = [version(1, "sources", source), version(2, "indicators", INDICATOR | {"sources": ["lain"]})]
    assert with_entries(data(), with_both)[1] == {}
    found, wrong = with_entries(data(), with_both[1:])
    assert set(wrong) == {2}
    assert found.catalogue.indicators == KNOWN.indicators


@pytest.mark.parametrize(
    ("kind", "raw", "fault"),
    [
        ("indicators", INDICATOR | {"sources": ["angin"]}, ("sources", "unknown", "angin")),
        ("indicators", INDICATOR | {"facility": "sd"}, ("facility", "of_the_build", "")),
        ("indicators", INDICATOR | {"rate": "balita_gizi"}, ("rate", "itself", "")),
        ("indicators", INDICATOR | {"decimals": 9}, ("decimals", "most", "4")),
        ("indicators", INDICATOR | {"breaks": ["inf"]}, ("breaks", "number", "")),
        ("indicators", INDICATOR | {"sector": "x"}, ("sector", "choice", "")),
        ("indicators", INDICATOR | {"angin": 1}, ("angin", "field", "")),
        ("indicators", INDICATOR | {"standards": ["x"], "direction": "netral"}, ("", "direction_needed", "")),
        ("indicators", plain(KNOWN.indicators["jarak_sd"]) | {"level": "kecamatan"}, ("level", "fixed", "")),
        ("standards", {"id": "x"}, ("", "threshold_or_ratio", "")),
        ("corridors", CORRIDOR | {"sides": ["32.76", "36.73"]}, ("sides", "apart", "")),
        ("corridors", CORRIDOR | {"sides": ["32.76", "99.99"]}, ("sides", "unknown", "99.99")),
        ("corridors", {k: v for k, v in CORRIDOR.items() if k != "legal_basis"}, ("", "decree_needed", "")),
        ("sources", plain(KNOWN.sources["press"]) | {"id": "kantor3"}, ("id", "taken", "60")),
        ("sources", plain(KNOWN.sources["press"]) | {"title": "a\u202eb"}, ("title", "hidden", "")),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(kind: str, raw: dict[str, Any], fault: tuple[str, str, str]) -> None:
    with pytest.raises(CatalogueError) as error:
        versions.with_entry(data(), kind, raw)
    assert fault in [(f.field, f.code, f.detail) for f in error.value.faults]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(MODELS)), st.sampled_from(["id", "title", "short", "sides", "threshold"]), st.data())
def test_whatever_is_typed_is_taken_or_refused(kind: str, name: str, drawn: st.DataObject) -> None:
    entry = next(iter(getattr(KNOWN, kind).values()))
    junk = st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
    raw = plain(entry) | {name: drawn.draw(junk)}
    faults, taken = taken_or_refused(kind, raw)
    assert (taken is None) == bool(faults)
    assert taken is None or "<" not in json.dumps(plain(taken))


def taken_or_refused(kind: str, raw: dict[str, Any]) -> tuple[tuple[Fault, ...], Typed | None]:
    try:
        return (), entry_of(kind, raw)
    except CatalogueError as error:
        return error.faults, None
