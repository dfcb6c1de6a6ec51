"""Templates of the deck: ours, made by code, and what is taken of one that an organisation brings."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from data.intake.packages import PackageError

WIDTH, HEIGHT = 13.333, 7.5
LEFT, RIGHT = 0.5, 12.833


def emptied(content: bytes) -> Any:
    """A template opened, without its own slides and what names them."""
    deck = Presentation(BytesIO(content))
    for entry in list(deck.slides._sldIdLst):
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)
    root = deck.part._element
    for named in (*root.iter("{*}sectionLst"), *root.findall(qn("p:custShowLst"))):
        named.getparent().remove(named)
    return deck


def plainest(deck: Any) -> Any:
    """The barest layout that has a title.

    Raises
    ------
    PackageError
        No layout has a title.
    """
    titles = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
    titled = [found for found in deck.slide_layouts if titles & {p.placeholder_format.type for p in found.placeholders}]
    if not titled:
        raise PackageError("tata_letak")
    return min(titled, key=lambda layout: len(list(layout.placeholders)))


@cache
def default_template() -> bytes:
    """Our own template, made by code: one layout, slate accent at the left edge, no logo."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in [found for found in deck.slide_layouts if found.name != "Title Only"]:
        deck.slide_layouts.remove(layout)
    for place in (deck.slide_master, *deck.slide_layouts):
        for shape in place.placeholders:
            _place(shape)
    _recolor(deck.slide_master)
    _brand(deck.slide_master)
    impersonal(deck, "Tapal", date(2026, 1, 1))
    return saved(deck)


def _place(shape: Any) -> None:
    """Put a placeholder of the template where it belongs on 16:9."""
    kind = shape.placeholder_format.type
    boxes = {
        PP_PLACEHOLDER.TITLE: (LEFT, 0.46, RIGHT - LEFT, 0.8),
        PP_PLACEHOLDER.BODY: (LEFT, 1.75, RIGHT - LEFT, 5.1),
        PP_PLACEHOLDER.DATE: (LEFT, 7.05, 2.0, 0.3),
        PP_PLACEHOLDER.FOOTER: (3.0, 7.05, 7.3, 0.3),
        PP_PLACEHOLDER.SLIDE_NUMBER: (11.8, 7.05, 1.033, 0.3),
    }
    if kind in boxes:
        shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in boxes[kind])
    if kind == PP_PLACEHOLDER.TITLE:
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        body = shape.text_frame._txBody.find(qn("a:bodyPr"))
        body.set("anchor", "ctr")
        body.set("lIns", "0")
        styles = shape.text_frame._txBody.find(qn("a:lstStyle"))
        for level in list(styles):
            styles.remove(level)
        level = _child(styles, "a:lvl1pPr", algn="l", marL="0", indent="0")
        _child(level, "a:buNone")
        _child(level, "a:defRPr", sz="2400", b="1")


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    """A new element at the end of another."""
    element = parent.makeelement(qn(tag), attributes)
    parent.append(element)
    return element


def _recolor(master: Any) -> None:
    """Theme fonts and colours; neither accent is the colour of a side."""
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    root = parse_xml(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for font in root.findall(".//a:fontScheme/*/a:latin", space):
        font.set("typeface", "Arial")
    wanted = {"dk2": "2B4452", "lt2": "F1F4F4", "accent1": "2B4452", "accent2": "7D8B8D"}
    for name, value in wanted.items():
        slot = root.find(f".//a:clrScheme/a:{name}", space)
        for child in list(slot):
            slot.remove(child)
        _child(slot, "a:srgbClr", val=value)
    part._blob = serialize_part_xml(root)


def _brand(master: Any) -> None:
    """A thin line of the accent colour at the left edge."""
    tree = master.shapes._spTree
    bar = (
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
        '<p:cNvPr id="99" name="aksen"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{Inches(0.16)}" cy="{Inches(HEIGHT)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    tree.insert(2, parse_xml(bar))


def impersonal(deck: Any, title: str, made: date) -> None:
    """No name of a person and no clock: title, our name and the day that was given.

    Parameters
    ----------
    deck : of python-pptx, changed in place
    title : of the file
    made : the day that is given
    """
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "Tapal", "Tapal"
    properties.comments, properties.keywords, properties.subject, properties.category = "", "", "", ""
    properties.created = properties.modified = datetime(made.year, made.month, made.day, tzinfo=UTC)
    properties.revision = 1
    unwanted = [r for r in deck.part.rels.values() if r.reltype.endswith("/printerSettings")]
    for relation in unwanted:
        deck.part.rels.pop(relation.rId)
    package = deck.part.package
    for relation in [r for r in package._rels.values() if r.reltype.endswith("/thumbnail")]:
        package._rels.pop(relation.rId)
    for shape in (s for slide in deck.slides for s in slide.shapes if s.has_chart):
        workbook = shape.chart.part.chart_workbook.xlsx_part
        workbook.blob = _of_day(workbook.blob, made)


def _of_day(workbook: bytes, made: date) -> bytes:
    """The workbook behind a chart, said to be of the day that was given instead of the moment of its making."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", f"{made}T00:00:00Z".encode(), content)
            new.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def saved(deck: Any) -> bytes:
    """The bytes of the whole file."""
    buffer = BytesIO()
    deck.save(buffer)
    return buffer.getvalue()
