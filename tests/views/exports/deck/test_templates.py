"""Deck templates of an organisation: taken, or refused in words and in bounded memory."""

import dataclasses
import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pptx import Presentation

from data.intake.guards import run
from data.intake.packages import PackageError
from tests.shipped import asked
from tests.views.exports.deck.hostile_decks import decks, dense, outcomes, packed, plain
from tests.views.exports.office import own_template
from views.exports.deck import check as deck_check
from views.exports.deck import deck as deck_exports
from views.exports.deck.template import default_template
from views.language.words import LANGUAGES, Language, Words
from views.meeting.words import refusal
from views.story import story

CASES = Path(__file__).parents[3] / "cases"
# With Python and python-pptx a child takes 50 MB of address space before it sees a file.
MEGABYTES = 350
CODES = {
    "besar", "padat", "bentuk", "entitas", "makro", "tertanam", "media", "asing", "luar", "ukuran",
    "tata_letak", "catatan",
}  # fmt: skip


@cache
def told() -> story.Story:
    """A story of a cover and one slide."""
    whole = asked().story
    return dataclasses.replace(whole, slides=whole.slides[:2])


def fault(template: bytes) -> PackageError:
    with pytest.raises(PackageError) as refused:
        deck_check.check_template(template)
    return refused.value


def repacked(change: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(default_template())) as old:
        return packed({name: old.read(name) for name in old.namelist()} | change)


LINK = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" Type="x" Target="http://contoh.id" TargetMode = \'External\'/></Relationships>'
)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "bentuk"),
        (lambda: b"PK\x03\x04 bukan zip", "bentuk"),
        (lambda: b"x" * (deck_check.BOUNDS.packed + 1), "besar"),
        (lambda: repacked({"ppt/media/bom.bin": b"\0" * 120_000_000}), "besar"),
        (lambda: repacked({"ppt/vbaProject.bin": b"x"}), "makro"),
        (lambda: repacked({"ppt/_rels/lain.xml.rels": LINK}), "luar"),
        (lambda: repacked({"ppt/presentation.xml": b"<rusak"}), "bentuk"),
    ],
    ids=["empty", "no zip", "large", "bomb", "macro", "outside link", "broken"],
)
def test_a_template_that_cannot_be_trusted_is_refused(make: Callable[[], bytes], code: str) -> None:
    assert fault(make()).code == code


@pytest.mark.parametrize(
    "make", [default_template, own_template, lambda: packed(plain())], ids=["ours", "own", "plain"]
)
def test_an_honest_template_is_taken(make: Callable[[], bytes]) -> None:
    deck_check.check_template(make())


# 90 MB of elements in a file of 1,3 MB; the same with fewer, so that no size and no ratio tells.
@pytest.mark.parametrize(("elements", "code"), [(15_000_000, "besar"), (4_000_000, "padat"), (500_000, "padat")])
def test_row_1_a_template_dense_with_elements_is_refused_in_bounded_memory(elements: int, code: str) -> None:
    template = dense(elements)
    assert len(template) < 1_500_000
    with pytest.raises(PackageError) as refused:
        run(MEGABYTES, 20, deck_check.check, template)
    assert refused.value.code == code


def test_row_1_relations_are_bounded_too() -> None:
    parts = plain()
    name = "ppt/_rels/presentation.xml.rels"
    more = b"".join(b'<Relationship Id="r%d" Type="x" Target="y"/>' % i for i in range(100_000))
    parts[name] = parts[name].replace(b"</Relationships>", more + b"</Relationships>")
    assert fault(packed(parts)).code == "padat"


def test_row_1_what_the_bounds_let_pass_is_built_in_bounded_memory() -> None:
    template = dense(350_000)
    deck_check.check_template(template)
    assert len(Presentation(io.BytesIO(deck_exports.make(Words("id"), told(), template))).slides) == 2


@pytest.mark.parametrize("name", ["no_sldsz", "zero_slide", "huge_slide"])
def test_row_6_a_template_without_a_slide_to_build_on_is_refused(name: str) -> None:
    assert fault((CASES / f"{name}.pptx").read_bytes()).code == "ukuran"


def test_row_6_notes_without_a_place_for_text_are_refused() -> None:
    parts = plain()
    name = "ppt/notesMasters/notesMaster1.xml"
    parts[name] = parts[name].replace(b'type="body"', b'type="hdr"')
    assert fault(packed(parts)).code == "catatan"


@pytest.mark.parametrize("size", [(5, 5), (56, 5), (5, 56), (56, 56)])
def test_row_6_a_deck_is_built_on_every_size_that_is_taken(size: tuple[int, int]) -> None:
    template = own_template(*size)
    deck_check.check_template(template)
    whole = asked().story
    assert len(Presentation(io.BytesIO(deck_exports.assemble("id", whole, template))).slides) == len(whole.slides)


def test_row_8_a_macro_under_another_name_is_refused_and_named() -> None:
    found = fault((CASES / "macro_smuggled.pptx").read_bytes())
    assert (found.code, found.part) == ("makro", "ppt/v.bin")


def with_part(name: str, kind: str, relation: str, target: str = "", mode: str = "Internal") -> bytes:
    parts = plain()
    parts[name] = b"<x/>"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    )
    rels = "ppt/slideLayouts/_rels/slideLayout1.xml.rels"
    more = f'<Relationship Id="r99" Type="{relation}" Target="{target or "/" + name}" TargetMode="{mode}"/>'
    parts[rels] = parts[rels].replace(b"</Relationships>", more.encode() + b"</Relationships>")
    return packed(parts)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
OLE = "application/vnd.openxmlformats-officedocument.oleObject"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (("ppt/a.png", "image/png", VBA), "makro"),
        (("ppt/a.xml", "application/vnd.ms-office.activeX+xml", f"{OFFICE}/image"), "makro"),
        (("ppt/a.png", "image/png", f"{OFFICE}/control"), "makro"),
        (("ppt/a.bin", OLE, f"{OFFICE}/image"), "tertanam"),
        (("ppt/a.png", "image/png", f"{OFFICE}/package"), "tertanam"),
        (("ppt/a.mp4", "video/mp4", f"{OFFICE}/image"), "media"),
        (("ppt/a.exe", "application/x-msdownload", f"{OFFICE}/image"), "asing"),
        (("ppt/a.png", "image/png", "http://contoh.id/image"), "asing"),
        (("ppt/a.png", "image/png", f"{OFFICE}/image", "http://contoh.id/a.png", "External"), "luar"),
        (("ppt/a.png", "image/png", f"{OFFICE}/hyperlink", "file:///c:/a.exe", "External"), "luar"),
        (("ppt/a.png", "image/png", f"{OFFICE}/hyperlink", "\\\\contoh.id\\a", "External"), "luar"),
    ],
)  # fmt: skip
def test_row_8_parts_and_relations_that_no_template_needs_are_refused(part: tuple[str, ...], code: str) -> None:
    assert fault(with_part(*part)).code == code


def test_row_8_pictures_fonts_and_links_to_click_on_are_taken() -> None:
    deck_check.check_template(with_part("ppt/a.png", "image/png", f"{OFFICE}/image"))
    deck_check.check_template(with_part("ppt/a.svg", "image/svg+xml", f"{OFFICE}/image"))
    deck_check.check_template(with_part("ppt/a.fntdata", "application/x-fontdata", f"{OFFICE}/font"))
    deck_check.check_template(
        with_part("ppt/a.png", "image/png", f"{OFFICE}/hyperlink", "https://contoh.id", "External")
    )


def test_200_hostile_decks_are_each_refused_in_words_or_built() -> None:
    # In a child with the same bound as for one file: not one of them may need more.
    refused = run(MEGABYTES, 200, outcomes, 12, 200)
    taken = {name: content for name, content in decks(12, 200) if name not in refused}
    assert len(refused) > 100
    assert len(taken) > 20
    # A bound that only the child's memory holds would not be one.
    assert {code for code, _ in refused.values()} <= CODES
    for content in taken.values():
        made = Presentation(io.BytesIO(deck_exports.assemble("id", told(), content)))
        assert [slide.shapes.title.text_frame.text for slide in made.slides] == [
            slide.sentence for slide in told().slides
        ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES | {"berat", "sibuk"}))
def test_every_reason_has_words_that_show_as_text(code: str, language: Language) -> None:
    said = refusal(Words(language), "<b>kantor*.pptx", PackageError(code, "ppt/" + "n" * 500 + "[x](http://a)"))
    assert "kantor" in said
    assert len(said) < 500
    assert "<b>" not in said
    assert "[x]" not in said


def test_the_same_seed_gives_the_same_decks() -> None:
    assert list(decks(7, 22)) == list(decks(7, 22))
