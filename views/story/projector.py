"""Mode rapat: the story of a corridor as slides for a projector, sent to the browser once and paged there.

What a slide shows is finished text and finished pictures; the browser chooses only size, look and which slide. The sequence
of the slides and the addresses behind their QR codes are put on last, so that the costly part can be kept.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode, urlsplit

from views.figures import qr
from views.figures.mapspec import POINT_SIGNS
from views.figures.specs import Bars, Choropleth, Entry, Figure, Table
from views.language.words import Words
from views.paper.picture import picture
from views.story import words as story_words
from views.story.slide import Slide
from views.story.story import Request, Story

PAGE = "rapat"
# Millimetres. Small sheets make large letters: one for a wide screen, one for an old projector.
WIDE, TALL, MAP = (165.0, 80.0), (130.0, 104.0), (150.0, 86.0)
MANY_BARS, SMALLER = 16, 1.6
MAP_DPI = 180
MOST_COUNTS = 4

_BEFORE_DRAWING = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_THIS_COMPUTER = re.compile(r"localhost|.*\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|::1", re.IGNORECASE)


@dataclass(frozen=True)
class Shape:
    """A drawing in one shape.

    Attributes
    ----------
    kind : svg or png
    data : text of the SVG, or the PNG in base64
    ratio : width over height
    """

    kind: str
    data: str
    ratio: float


@dataclass(frozen=True)
class Drawing:
    """A picture in one shape or more; the browser takes the one that fits its screen.

    Attributes
    ----------
    alt : the picture in words
    shapes : one, or a wide and a tall one
    """

    alt: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Key:
    """A row of a legend.

    Attributes
    ----------
    kind : how it is drawn: fill, soft, hatch, uncertain, area, solid, dashed, border, or sign for `glyph`
    color : as in ``#1f6f8b``, "" where the browser knows it
    label : what it means
    counts : a text a head of the legend, empty for what is not counted
    glyph : letter of the sign, "" without one
    """

    kind: str
    color: str
    label: str
    counts: tuple[str, ...] = ()
    glyph: str = ""


@dataclass(frozen=True)
class KeyTable:
    """What the colours and lines of a map mean.

    Attributes
    ----------
    heads : headings of the counts
    entries : rows, the classes first
    """

    heads: tuple[str, ...]
    entries: tuple[Key, ...]


@dataclass(frozen=True)
class Cells:
    """A table of finished cells.

    Attributes
    ----------
    title : what it shows
    columns : headings
    rows : cells
    numeric : positions of the columns that are set to the right
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...]


@dataclass(frozen=True)
class View:
    """One slide of the meeting.

    Attributes
    ----------
    id : of the slide in the link
    title : what it is about
    lead, remark : the answer and its lighter line
    picture, legend, table : what shows it, None without
    credit : unit, year and source, what one must know to read the picture, and attribution
    notes : what only the presenter sees
    path : page and query of the view of the app that shows the same
    link, qr : full address and its QR code as SVG; "" where no address is known
    """

    id: str
    title: str
    lead: str
    remark: str
    picture: Drawing | None
    legend: KeyTable | None
    table: Cells | None
    credit: tuple[str, ...]
    notes: tuple[str, ...]
    path: str
    link: str = ""
    qr: str = ""


@dataclass(frozen=True)
class Meeting:
    """Result of `prepare`.

    Attributes
    ----------
    title : of the corridor
    language : {"id", "en"}
    corridor : its id
    line : stands on every slide
    years : oldest and newest year of the values
    slides : in their order
    warning : what must be known of the QR codes, "" for nothing
    """

    title: str
    language: str
    corridor: str
    line: str
    years: str
    slides: tuple[View, ...]
    warning: str = ""


def prepare(request: Request, more: Sequence[Slide] = ()) -> Meeting:
    """All slides of the story of a corridor, in its order.

    Parameters
    ----------
    request : what is asked for
    more : slides of what only the office's own records know, before the last one of the story
    """
    w, data, corridor, told = request.words, request.data, request.corridor, request.story
    years = story_words.years_of(w, data, corridor)
    return Meeting(
        title=told.title,
        language=w.language,
        corridor=corridor.id,
        line=w.t("{koridor} · data {tahun} · bukan acuan resmi batas wilayah", koridor=told.title, tahun=years),
        years=years,
        slides=tuple(_view(w, told, slide) for slide in (*told.slides[:-1], *more, *told.slides[-1:])),
    )


def _view(w: Words, told: Story, slide: Slide) -> View:
    return View(
        id=slide.id,
        title=slide.title,
        lead=slide.sentence,
        remark=slide.remark,
        picture=_drawing(slide.figure) if slide.figure is not None else None,
        legend=_legend(w, slide.figure) if isinstance(slide.figure, Choropleth) else None,
        table=_cells(slide.table) if slide.table is not None else None,
        # The note of a map says what its legend and its source line say.
        credit=(
            *([slide.figure.note] if slide.figure and not isinstance(slide.figure, Choropleth) else []),
            slide.credit(w),
        ),
        notes=(*slide.points, *slide.notes, *(told.attribution if slide is told.slides[0] else ())),
        path=slide.link,
    )


def _drawing(figure: Figure) -> Drawing:
    if isinstance(figure, Choropleth):
        # Hundreds of outlines weigh less as dots than as lines.
        return Drawing(figure.alt, (_shape(figure, "png", MAP),))
    many = isinstance(figure, Bars) and len(figure.categories) * len(figure.series) > MANY_BARS
    factor = SMALLER if many else 1.0
    sizes = ((width * factor, height * factor) for width, height in (WIDE, TALL))
    return Drawing(figure.alt, tuple(_shape(figure, "svg", size) for size in sizes))


def _shape(figure: Figure, kind: str, size: tuple[float, float]) -> Shape:
    ratio = round(size[0] / size[1], 3)
    if kind == "png":
        drawn = picture(figure, "png", size, bare=True, dpi=MAP_DPI)
        return Shape("png", base64.b64encode(drawn).decode("ascii"), ratio)
    text = picture(figure, "svg", size, bare=True).decode("utf-8")
    return Shape("svg", _METADATA.sub("", _BEFORE_DRAWING.sub("", text)), ratio)


def _legend(w: Words, figure: Choropleth) -> KeyTable:
    """Classes with their people, signs, and the lines: each side's outline and the border between them."""
    # Of many sides there is no room for people a class.
    shown = slice(1, None, 2) if len(figure.legend.heads) <= MOST_COUNTS else slice(0)
    return KeyTable(
        heads=figure.legend.heads[shown],
        entries=(
            *(_key(entry, shown, figure.near) for entry in figure.legend.entries),
            *(
                Key("solid" if number % 2 == 0 else "dashed", o.side.color(), o.side.name)
                for number, o in enumerate(figure.outlines)
                if not figure.near
            ),
            *((Key("border", "", w.t("garis batas")),) if figure.lines else ()),
        ),
    )


def _key(entry: Entry, shown: slice, soft: bool) -> Key:
    if entry.sign is not None:
        color = POINT_SIGNS[entry.sign[0]].color if entry.glyph else ""
        return Key("sign" if entry.glyph else "area", color, entry.label, (), entry.glyph)
    look = "uncertain" if entry.uncertain else "hatch" if not entry.color else "soft" if soft else "fill"
    return Key(look, entry.color or "", entry.label, entry.counts[shown])


def _cells(table: Table) -> Cells:
    return Cells(table.title, table.columns, table.rows, table.numeric)


def arranged(meeting: Meeting, names: Sequence[str]) -> Meeting:
    """The meeting with these slides in this order."""
    by_id = {slide.id: slide for slide in meeting.slides}
    return replace(meeting, slides=tuple(by_id[name] for name in names))


def this_computer(address: str) -> bool:
    """Whether an address leads nowhere from another computer."""
    return bool(_THIS_COMPUTER.fullmatch(urlsplit(address).hostname or ""))


def sent(w: Words, meeting: Meeting, address: str, own_query: Sequence[tuple[str, str]] = ()) -> str:
    """What the browser gets, as JSON.

    Parameters
    ----------
    w : language
    meeting : with its slides in their order
    address : where the app stands, as in ``https://tapal.go.id``; "" for no QR codes
    own_query : parameters of this meeting, for the first slide, whose link opens the meeting itself
    """
    slides = []
    for number, slide in enumerate(meeting.slides):
        path = f"/{PAGE}?{urlencode(list(own_query))}" if number == 0 and own_query else slide.path
        link = address + path if address else ""
        slides.append(asdict(replace(slide, link=link, qr=qr.svg(link) if link else "")))
    return json.dumps(
        {
            "title": meeting.title,
            "language": meeting.language,
            "line": meeting.line,
            "minutes": story_words.MINUTES,
            "warning": meeting.warning,
            "slides": slides,
            "words": _words(w),
            "keys": keys(w),
        },
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )


def _words(w: Words) -> dict[str, str]:
    """Texts of the stage itself; names in braces are filled in by the browser."""
    return {
        "region": w.t("Slaid rapat: {title}"),
        "slide": w.t("slaid"),
        "position": w.t("Slaid {number} dari {count}: {title}"),
        "start": w.t("Mulai rapat layar penuh"),
        "previous": w.t("Slaid sebelumnya"),
        "next": w.t("Slaid berikutnya"),
        "overview": w.t("Daftar slaid"),
        "keys": w.t("Tombol papan ketik"),
        "leave": w.t("Keluar dari mode rapat"),
        "notes": w.t("Catatan penyaji"),
        "blank": w.t("Layar dikosongkan"),
        "qr": w.t("Kode QR untuk membuka {link}"),
        "qr_short": w.t("Kode QR tampilan ini"),
        "no_qr": w.t("Alamat aplikasi tidak diketahui, jadi tidak ada kode QR."),
        "coming": w.t("Berikutnya: {title}"),
        "last": w.t("Ini slaid terakhir."),
        "clock": w.t("{now} dari {all} menit; slaid ini sampai menit ke-{until}"),
        "hint": w.t("Tombol panah di jendela ini juga memindahkan slaid."),
    }


def keys(w: Words) -> list[tuple[str, str]]:
    """Keys and what they do, for the list that ? opens."""
    return [
        ("→ ↓ PageDown Enter Spasi" if w.language == "id" else "→ ↓ PageDown Enter Space", w.t("slaid berikutnya")),
        ("← ↑ PageUp", w.t("slaid sebelumnya")),
        ("Home, End", w.t("slaid pertama, slaid terakhir")),
        ("1–9", w.t("langsung ke slaid bernomor itu")),
        ("0", w.t("daftar slaid")),
        ("F", w.t("layar penuh")),
        ("N", w.t("catatan penyaji, di jendela sendiri")),
        ("Q", w.t("kode QR tampilan ini")),
        ("T", w.t("tabel sebagai ganti gambar")),
        ("C", w.t("kontras tinggi")),
        ("G", w.t("abu-abu")),
        ("+ −", w.t("huruf lebih besar, lebih kecil")),
        ("B", w.t("kosongkan layar")),
        ("Esc", w.t("tutup, lalu keluar")),
    ]
