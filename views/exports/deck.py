"""The deck: a story as PPTX of 16:9 with native charts and tables, in the organisation's own template where there is one."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from data.catalogue import Corridor
from data.tables import Dataset
from views import figures, story, theme
from views.exports import lettering
from views.exports.paper import picture
from views.figures import Across, Bars, Choropleth, Figure, Halves, Legend, Ranges, Slopes, Table
from views.story import Slide, Story
from views.words import Words

WIDTH, HEIGHT = 13.333, 7.5
LEFT, RIGHT = 0.5, 12.833
MOST_BYTES = 10_000_000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 100
MOST_PARTS = 2000
SMALLEST = 9.0
ENLARGED = 1.35
INK = RGBColor(0x1C, 0x24, 0x26)
QUIET = RGBColor(0x5A, 0x66, 0x69)
PATTERNS = (None, MSO_PATTERN.WIDE_UPWARD_DIAGONAL, MSO_PATTERN.PERCENT_25, MSO_PATTERN.SMALL_GRID, MSO_PATTERN.HORIZONTAL_BRICK)  # fmt: skip
MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE)

__all__ = ["TemplateError", "build", "check_template", "default_template", "make"]


class TemplateError(ValueError):
    """A template that cannot be used; `code` says why: besar, bentuk, makro, luar or tata_letak."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def build(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    sectors: tuple[str, ...],
    kelurahan: tuple[str, ...],
    made: date,
    template: bytes | None = None,
) -> bytes:
    """The deck of a corridor; see `views.story.tell` for the parameters.

    Parameters
    ----------
    template : a PPTX that `check_template` accepts; None for our own

    Raises
    ------
    TemplateError
        The template cannot be used.
    """
    return make(w, story.tell(w, data, corridor, sectors, kelurahan, made), template)


def check_template(content: bytes) -> None:
    """Refuse what is no plain PPTX of modest size with a layout that has a title.

    Raises
    ------
    TemplateError
    """
    if len(content) > MOST_BYTES:
        raise TemplateError("besar")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = max(1, sum(part.compress_size for part in parts))
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
                raise TemplateError("besar")
            names = {part.filename.lower() for part in parts}
            if "[content_types].xml" not in names:
                raise TemplateError("bentuk")
            types = archive.read("[Content_Types].xml")
            if b"macroEnabled" in types or any(
                "vbaproject" in n or "activex" in n or "embeddings/" in n for n in names
            ):
                raise TemplateError("makro")
            links = [archive.read(part) for part in parts if part.filename.lower().endswith(".rels")]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise TemplateError("bentuk") from error
    try:
        if any(_reaches_out(text) for text in links):
            raise TemplateError("luar")
        _layouts(Presentation(BytesIO(content)))
    except TemplateError:
        raise
    # Whatever a broken file makes python-pptx raise, it is not usable.
    except Exception as error:
        raise TemplateError("bentuk") from error


def _reaches_out(relationships: bytes) -> bool:
    """Whether a part would be fetched from elsewhere when the file is opened; a link to click on is none."""
    return any(
        entry.get("TargetMode") == "External" and not entry.get("Type", "").endswith("/hyperlink")
        for entry in parse_xml(relationships)
    )


def _layouts(deck: Any) -> tuple[Any, Any]:
    """Layout of the cover and of all other slides: the barest ones that have a title (and a subtitle)."""

    def kinds(layout: Any) -> set[Any]:
        return {shape.placeholder_format.type for shape in layout.placeholders}

    titles = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
    titled = [layout for layout in deck.slide_layouts if kinds(layout) & titles]
    if not titled:
        raise TemplateError("tata_letak")
    plainest = min(titled, key=lambda layout: len(list(layout.placeholders)))
    covers = [layout for layout in titled if PP_PLACEHOLDER.SUBTITLE in kinds(layout)]
    return (covers or [plainest])[0], plainest


@cache
def default_template() -> bytes:
    """Our own template, made by code: two layouts, slate accent, a thin line under the title, no logo."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    keep = {"Title Slide", "Title Only"}
    for layout in [found for found in deck.slide_layouts if found.name not in keep]:
        deck.slide_layouts.remove(layout)
    for place in (deck.slide_master, *deck.slide_layouts):
        cover = place is not deck.slide_master and place.name == "Title Slide"
        for shape in place.placeholders:
            _place(shape, cover)
    _recolor(deck.slide_master)
    _brand(deck.slide_master)
    _impersonal(deck, "Tapal", date(2026, 1, 1))
    return _saved(deck)


def _place(shape: Any, cover: bool) -> None:
    """Put a placeholder of the template where it belongs on 16:9."""
    kind = shape.placeholder_format.type
    boxes = {
        PP_PLACEHOLDER.TITLE: (LEFT, 0.35, RIGHT - LEFT, 0.7),
        PP_PLACEHOLDER.CENTER_TITLE: (0.9, 1.7, 11.5, 1.3),
        PP_PLACEHOLDER.SUBTITLE: (0.9, 3.1, 11.5, 0.8),
        PP_PLACEHOLDER.BODY: (LEFT, 1.2, RIGHT - LEFT, 5.4),
        PP_PLACEHOLDER.DATE: (LEFT, 7.05, 2.0, 0.3),
        PP_PLACEHOLDER.FOOTER: (3.0, 7.05, 7.3, 0.3),
        PP_PLACEHOLDER.SLIDE_NUMBER: (11.8, 7.05, 1.033, 0.3),
    }
    if cover and kind == PP_PLACEHOLDER.TITLE:
        kind = PP_PLACEHOLDER.CENTER_TITLE
    if kind in boxes:
        shape.left, shape.top, shape.width, shape.height = (Inches(value) for value in boxes[kind])
    if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE):
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        body = shape.text_frame._txBody.find(qn("a:bodyPr"))
        body.set("anchor", "b")
        body.set("lIns", "0")
        styles = shape.text_frame._txBody.find(qn("a:lstStyle"))
        for level in list(styles):
            styles.remove(level)
        level = _child(styles, "a:lvl1pPr", algn="l", marL="0", indent="0")
        _child(level, "a:buNone")
        large = "3600" if kind == PP_PLACEHOLDER.CENTER_TITLE else "2400"
        _child(level, "a:defRPr", sz=large, b="0" if kind == PP_PLACEHOLDER.SUBTITLE else "1")


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


def make(w: Words, told: Story, template: bytes | None = None) -> bytes:
    """Set a story into a template."""
    if template is not None:
        check_template(template)
    deck = Presentation(BytesIO(template if template is not None else default_template()))
    for entry in list(deck.slides._sldIdLst):
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)
    cover, inner = _layouts(deck)
    sheet = _Sheet(w, deck, told)
    for slide in told.slides:
        sheet.add(slide, cover if slide.id == "sampul" else inner)
    _impersonal(deck, told.title, told.made)
    return _saved(deck)


def _impersonal(deck: Any, title: str, made: date) -> None:
    """No name of a person and no clock: title, our name and the day that was given."""
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


def _saved(deck: Any) -> bytes:
    buffer = BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


class _Sheet:
    """Sets slides, all lengths in inches on a slide of 13,333 by 7,5, scaled where the template has another size."""

    def __init__(self, w: Words, deck: Any, told: Story) -> None:
        self.w, self.deck, self.told = w, deck, told
        self.scale = (deck.slide_width / Inches(WIDTH), deck.slide_height / Inches(HEIGHT))

    def box(self, left: float, top: float, width: float, height: float) -> tuple[Emu, Emu, Emu, Emu]:
        across, down = self.scale
        return (
            Emu(int(Inches(left) * across)),
            Emu(int(Inches(top) * down)),
            Emu(int(Inches(width) * across)),
            Emu(int(Inches(height) * down)),
        )

    def add(self, slide: Slide, layout: Any) -> None:
        page = self.deck.slides.add_slide(layout)
        titles = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
        for shape in list(page.placeholders):
            if shape.placeholder_format.type not in titles | {PP_PLACEHOLDER.SUBTITLE}:
                shape._element.getparent().remove(shape._element)
        frame = page.shapes.title.text_frame
        frame.word_wrap = True
        frame.text = slide.title
        frame.auto_size = MSO_AUTO_SIZE.NONE
        if slide.id != "sampul":
            frame.margin_left = 0
        wide = self.deck.slide_width / 12700 - 90
        size = lettering.fit(
            slide.title, wide, 44 if slide.id != "sampul" else 90, 36 if slide.id == "sampul" else 24, 14, True
        )
        frame.paragraphs[0].runs[0].font.size = Pt(size)
        if slide.id == "sampul":
            self._cover(page, slide)
        else:
            self.text(page, slide.sentence, (LEFT, 1.1, RIGHT - LEFT, 0.85), 17, bold=True)
            _LAYOUT[slide.id](self, page, slide)
            self._foot(page, slide)
        page.notes_slide.notes_text_frame.text = "\n".join(
            [
                slide.sentence,
                *slide.points,
                "",
                *slide.notes,
                self.w.t("Tampilan yang sama di Tapal: {tautan}", tautan=slide.link),
            ]
        )

    def _cover(self, page: Any, slide: Slide) -> None:
        subtitle = [s for s in page.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE]
        if subtitle:
            subtitle[0].text_frame.text = slide.sentence
        else:
            self.text(page, slide.sentence, (0.9, 3.1, 11.5, 0.8), 22)
        self.lines(page, slide.points, (0.9, 4.2, 11.5, 1.7), 16)
        self.lines(page, [*self.told.attribution], (0.9, 6.1, 11.5, 0.8), 11, quiet=True)

    def _foot(self, page: Any, slide: Slide) -> None:
        credit = figures.credit(self.w, slide.figure) if slide.figure is not None and slide.figure.source else ""
        if isinstance(slide.figure, Choropleth):
            credit += f" {slide.figure.attribution}."
        link = self.w.t("Tampilan yang sama di Tapal: {tautan}", tautan=slide.link)
        self.text(page, f"{credit} {link}".strip(), (LEFT, 6.92, 11.5, 0.45), 9, smallest=7, quiet=True)
        number = str(len(self.deck.slides))
        self.text(page, number, (12.2, 6.92, 0.633, 0.3), 10, quiet=True, align=PP_ALIGN.RIGHT)

    def text(
        self,
        page: Any,
        text: str,
        box: tuple[float, float, float, float],
        largest: float,
        *,
        smallest: float = SMALLEST,
        bold: bool = False,
        quiet: bool = False,
        align: Any = None,
    ) -> None:
        self.lines(page, [text], box, largest, smallest=smallest, bold=bold, quiet=quiet, align=align)

    def lines(
        self,
        page: Any,
        texts: Sequence[str],
        box: tuple[float, float, float, float],
        largest: float,
        *,
        smallest: float = SMALLEST,
        bold: bool = False,
        quiet: bool = False,
        align: Any = None,
    ) -> None:
        """Paragraphs in a box, at the largest size at which all of them fit."""
        if not texts:
            return
        place = self.box(*box)
        frame = page.shapes.add_textbox(*place).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        gap = 0.35 if len(texts) > 1 else 0.0
        width, room = place[2] / 12700, place[3] / 12700

        def needed(size: float) -> float:
            return sum(lettering.height(t, width, size, bold) + gap * size for t in texts)

        size = largest
        while size > smallest and needed(size) > room:
            size -= 0.5
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(gap * size)
            if align is not None:
                paragraph.alignment = align
            run = paragraph.add_run()
            run.text = text
            run.font.size = Pt(size)
            run.font.bold = bold
            if quiet:
                run.font.color.rgb = QUIET
            else:
                run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1

    def table(self, page: Any, table: Table, box: tuple[float, float, float, float], largest: float = 13) -> float:
        """A native table whose text size and columns follow its contents; gives the place of its foot in inches."""
        rows = [table.columns, *table.rows]
        grid, bottom = self._grid(page, rows, box, largest, table.alt, set(table.numeric))
        for position in range(len(table.columns)):
            _shade(grid.cell(0, position), "#f1f4f4")
        return bottom

    def legend(self, page: Any, legend: Legend, box: tuple[float, float, float, float]) -> float:
        """Classes as a native table: swatch, meaning, counts; hatched where nothing is known."""
        # A cell without a letter would be as high as the template's text.
        blank = "\N{NO-BREAK SPACE}" * 4
        # Of many sides only the units: people a class would need letters that nobody reads; the brief has them.
        step = 1 if len(legend.heads) <= 4 else 2
        rows = [
            (blank, blank, *legend.heads[::step]),
            *((blank, entry.label, *entry.counts[::step]) for entry in legend.entries),
        ]
        alt = self.w.t("Legenda: kelas, jumlah unit dan penduduk tiap sisi")
        grid, bottom = self._grid(page, rows, box, 11, alt, set(range(2, len(rows[0]))), roomy=1)
        for number, entry in enumerate(legend.entries, 1):
            _shade(grid.cell(number, 0), entry.color)
        return bottom

    def _grid(
        self,
        page: Any,
        rows: Sequence[Sequence[str]],
        box: tuple[float, float, float, float],
        largest: float,
        alt: str,
        numeric: set[int],
        roomy: int | None = None,
    ) -> tuple[Any, float]:
        place = self.box(*box)
        width, room = place[2] / 12700, place[3] / 12700
        size = largest
        widths = _widths(rows, width, size, roomy)
        while size > 6.5 and (sum(widths) > width + 0.5 or _table_height(rows, widths, size) > room):
            size -= 0.5
            widths = _widths(rows, width, size, roomy)
        drawn = page.shapes.add_table(len(rows), len(rows[0]), *place[:3], Emu(0))
        drawn._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        grid = drawn.table
        _bare(grid)
        for column, wide in zip(grid.columns, widths, strict=True):
            column.width = Emu(int(wide * 12700))
        for number, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
            row.height = Emu(int(_row_height(cells, widths, size) * 12700))
            for position, text in enumerate(cells):
                _cell(grid.cell(number, position), text, size, bold=number == 0, right=position in numeric)
        return grid, box[1] + _table_height(rows, widths, size) / 72 / self.scale[1]

    def image(self, page: Any, figure: Figure, box: tuple[float, float, float, float]) -> None:
        place = self.box(*box)
        # Drawn smaller and shown larger: its letters must be read from the back of the room.
        content = picture(figure, "png", (place[2] / 36000 / ENLARGED, place[3] / 36000 / ENLARGED), bare=True, dpi=280)
        shape = page.shapes.add_picture(BytesIO(content), *place)
        shape._element.nvPicPr.cNvPr.set("descr", figure.alt)

    def chart(self, page: Any, figure: Figure, box: tuple[float, float, float, float]) -> None:
        """A native chart where the kind of figure has one."""
        place = self.box(*box)
        frame = _CHART[type(figure)](page, figure, place, self.w)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", figure.alt)


def _widths(rows: Sequence[Sequence[str]], width: float, size: float, roomy: int | None = None) -> list[float]:
    """Width of each column in points: no word is broken, and what is left goes where the long texts are.

    roomy : column that gets a third of the width in any case
    """
    least, wish = [], []
    for position in range(len(rows[0])):
        cells = [row[position] for row in rows]
        longest_word = max(lettering.width(word, size, True) for cell in cells for word in (cell.split(" ") or [""]))
        least.append(max(longest_word + 2 * PADDING + 2, 0.3 * width if position == roomy else 0.0))
        wish.append(max(0.0, max(lettering.width(cell, size, True) for cell in cells) - longest_word))
    left = width - sum(least)
    if left <= 0:
        return least
    total = sum(wish) or 1.0
    given = min(1.0, left / total)
    spare = (left - given * total) / len(least) if total > 1.0 else left / len(least)
    return [a + b * given + spare for a, b in zip(least, wish, strict=True)]


PADDING = 4.0


def _row_height(cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    return PADDING + max(
        lettering.height(text, max(4.0, width - 2 * PADDING), size, True)
        for text, width in zip(cells, widths, strict=True)
    )


def _table_height(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> float:
    return sum(_row_height(cells, widths, size) for cells in rows)


def _bare(grid: Any) -> None:
    """No style of the template: its colours could be taken for those of a side."""
    properties = grid._tbl.tblPr
    for flag in ("bandRow", "firstRow"):
        properties.set(flag, "0")
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        # "No style, table grid": thin lines in the text colour.
        style.text = "{5940675A-B579-460E-94D1-54222C63F5DA}"


def _shade(cell: Any, color: str | None) -> None:
    """Fill a cell; hatched without a colour."""
    if color is None:
        cell.fill.patterned()
        cell.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        cell.fill.fore_color.rgb, cell.fill.back_color.rgb = QUIET, RGBColor(255, 255, 255)
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = _rgb(color)


def _cell(cell: Any, text: str, size: float, *, bold: bool, right: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(PADDING)
    cell.margin_top = cell.margin_bottom = Pt(PADDING / 2 - 0.5)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.color.rgb = INK


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color.lstrip("#").upper())


def _tint(color: str) -> str:
    """A pale shade: some programs draw a hollow sign not at all."""
    parts = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.35):02x}" for part in parts)


def _fill(fill: Any, color: str, pattern: Any = None) -> None:
    if pattern is None:
        fill.solid()
        fill.fore_color.rgb = _rgb(color)
    else:
        fill.patterned()
        fill.pattern = pattern
        fill.fore_color.rgb, fill.back_color.rgb = RGBColor(255, 255, 255), _rgb(color)


def _finish(chart: Any, legend: bool, size: float = 12) -> None:
    chart.font.size = Pt(size)
    chart.has_title = False
    chart.has_legend = legend
    if legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)


def _axis(axis: Any, title: str, size: float, gridlines: bool = False) -> None:
    axis.has_major_gridlines = gridlines
    axis.tick_labels.font.size = Pt(size)
    if title:
        axis.has_title = True
        frame = axis.axis_title.text_frame
        frame.text = title
        frame.paragraphs[0].runs[0].font.size = Pt(size)
        frame.paragraphs[0].runs[0].font.bold = False


def _quoted(text: str) -> str:
    """Text as it stands inside a number format."""
    return '"' + text.replace('"', "'") + '"'


def _label(point: Any, text: str, value: float | None, size: float) -> None:
    """The words of the page beside a bar; where they begin with the value, it stays the live one of the chart."""
    shown = f"{round(value)}" if value is not None else ""
    start, found, rest = text.partition(shown)
    label = point.data_label
    label.font.size = Pt(size)
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    element = label._dLbl
    _unwrapped(element)
    if not found or value is None:
        label.text_frame.text = text
        return
    code = (_quoted(start) if start else "") + "0" + (_quoted(rest) if rest else "")
    formatted = element.makeelement(qn("c:numFmt"), {"formatCode": code, "sourceLinked": "0"})
    # The schema wants the format after idx and layout, before looks and position.
    element.insert(1, formatted)
    for tag, wanted in (("c:showVal", "1"), ("c:showLegendKey", "0"), ("c:showCatName", "0"), ("c:showSerName", "0"), ("c:showPercent", "0"), ("c:showBubbleSize", "0")):  # fmt: skip
        node = element.find(qn(tag))
        if node is not None:
            node.set("val", wanted)


def _unwrapped(label: Any) -> None:
    """Keep a label in one line; some programs break it in a fifth of the chart's width."""
    for body in label.iter(qn("a:bodyPr")):
        body.set("wrap", "none")


def _bars(page: Any, figure: Bars, place: Sequence[Any], w: Words) -> Any:
    content = CategoryChartData(number_format="0")
    content.categories = list(figure.categories)
    for series in figure.series:
        content.add_series(series.side.name, [None if v is None else round(v, 1) for v in series.values])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, content)
    chart = frame.chart
    bars = len(figure.categories) * len(figure.series)
    size = 12 if bars <= 12 else 10 if bars <= 18 else 8
    _finish(chart, True, max(10, size))
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 0
    chart.category_axis.reverse_order = True
    _axis(chart.category_axis, "", max(10, size))
    _axis(chart.value_axis, figure.axis, 10, gridlines=True)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = 0, 160, 20
    # The axis ends at 100; the rest is room for the words. At the foot, though the order of the bars is turned.
    chart.value_axis.tick_labels.number_format = '[<=100]0" %";'
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    for number, (series, drawn) in enumerate(zip(figure.series, plot.series, strict=True)):
        _fill(drawn.format.fill, theme.side_color(series.side.kode), PATTERNS[number % len(PATTERNS)])
        for position, (value, text) in enumerate(zip(series.values, series.texts, strict=True)):
            if value is not None:
                _label(drawn.points[position], text, value, size)
    return frame


def _across(page: Any, figure: Across, place: Sequence[Any], w: Words) -> Any:
    content = XyChartData(number_format="General")
    top = figure.top * 1.05
    wanted: list[tuple[str, Sequence[tuple[float, float]], str, int, str]] = []

    def series(name: str, points: Sequence[tuple[float, float]], look: str, number: int, kode: str) -> None:
        if points:
            wanted.append((name, points, look, number, kode))

    for number, (sign, part) in enumerate(zip((-1, 1), figure.sides, strict=True)):
        name, kode = part.side.name, part.side.kode
        series(name, [(sign * d.km, d.value) for d in part.dots if not d.bound], "dots", number, kode)
        bounds = [(sign * d.km, d.value) for d in part.dots if d.bound]
        series(w.t("{sisi}, batas atas (≤)", sisi=name), bounds, "hollow", number, kode)
        step = max(1, len(part.curve) // 40)
        curve = [(sign * km, value) for km, value in part.curve[::step] if value is not None]
        series(w.t("{sisi}, kecenderungan", sisi=name), curve, "curve", number, kode)
    series(figure.line_name, [(0, 0), (0, top)], "line", 0, "")
    if figure.threshold is not None:
        limit = w.number(figure.threshold, max(1, min(figure.decimals, 1)))
        ends = [(-figure.reach_km, figure.threshold), (figure.reach_km, figure.threshold)]
        series(f"{figure.threshold_name} ({limit} {figure.unit})", ends, "standard", 0, "")
    # LibreOffice loses the points of a first series that is shorter than a later one.
    wanted.insert(0, wanted.pop(max(range(len(wanted)), key=lambda i: len(wanted[i][1]))))
    for name, points, *_ in wanted:
        added = content.add_series(name)
        for x, y in points:
            added.add_data_point(round(x, 3), round(y, 4))
    frame = page.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place, content)
    chart = frame.chart
    _finish(chart, True, 10)
    for drawn, (_, _, look, number, kode) in zip(chart.plots[0].series, wanted, strict=True):
        color = _rgb(theme.side_color(kode)) if kode else INK
        line = drawn.format.line
        if look in ("dots", "hollow"):
            line.fill.background()
            drawn.marker.style, drawn.marker.size = MARKERS[number], 6
            if look == "dots":
                _fill(drawn.marker.format.fill, theme.side_color(kode))
            else:
                _fill(drawn.marker.format.fill, _tint(theme.side_color(kode)))
            drawn.marker.format.line.color.rgb = color
        else:
            drawn.marker.style = XL_MARKER_STYLE.NONE
            drawn.smooth = False
            line.color.rgb, line.width = color, Pt({"curve": 2.5, "line": 4, "standard": 1.5}[look])
            if look == "standard":
                line.dash_style = MSO_LINE.ROUND_DOT
    _axis(chart.category_axis, figure.axis_distance, 10)
    _axis(chart.value_axis, figure.axis, 10, gridlines=True)
    # Beyond the deeper of two unlike sides nothing can be compared; whole kilometres make even steps.
    stride = ceil(figure.reach_km / 4)
    chart.category_axis.minimum_scale, chart.category_axis.maximum_scale = -4 * stride, 4 * stride
    chart.category_axis.major_unit = stride
    chart.category_axis.tick_labels.number_format, chart.category_axis.tick_labels.number_format_is_linked = (
        "0;0",
        False,
    )
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, round(top, 2)
    chart.value_axis.tick_labels.number_format = "0.0" if figure.decimals else "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    return frame


def _halves(page: Any, figure: Halves, place: Sequence[Any], w: Words) -> Any:
    content = CategoryChartData(number_format="General")
    content.categories = [side.name for side in figure.sides]
    for half in figure.parts:
        content.add_series(half.name, [None if v is None else round(v, 4) for v in half.values])
    frame = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, content)
    chart = frame.chart
    _finish(chart, False, 11)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 0
    for number, (half, drawn) in enumerate(zip(figure.parts, plot.series, strict=True)):
        for position, (side, value, text) in enumerate(zip(figure.sides, half.values, half.texts, strict=True)):
            if value is None:
                continue
            point = drawn.points[position]
            _fill(point.format.fill, theme.side_color(side.kode), PATTERNS[number])
            point.data_label.position = XL_LABEL_POSITION.OUTSIDE_END
            frame_of = point.data_label.text_frame
            frame_of.text = f"{half.name}\n{text}"
            for paragraph in frame_of.paragraphs:
                paragraph.runs[0].font.size = Pt(9 if len(figure.sides) > 3 else 11)
            _unwrapped(point.data_label._dLbl)
    _axis(chart.category_axis, "", 11)
    _axis(chart.value_axis, figure.axis, 10, gridlines=True)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_labels.number_format = "0.0" if figure.decimals else "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    return frame


def _ranges(page: Any, figure: Ranges, place: Sequence[Any], w: Words) -> Any:
    """Stacked bars: up to the low end unseen, then the two halves of the range that meet at the middle rank."""
    content = CategoryChartData(number_format="0")
    content.categories = [row.name for row in figure.rows]
    content.add_series(w.t("batas bawah"), [row.low for row in figure.rows])
    content.add_series(w.t("batas bawah sampai tengah"), [row.middle - row.low for row in figure.rows])
    content.add_series(w.t("tengah sampai batas atas"), [row.high - row.middle for row in figure.rows])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, content)
    chart = frame.chart
    _finish(chart, False, 11)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    unseen, lower, upper = plot.series
    unseen.format.fill.background()
    unseen.format.line.fill.background()
    for position, row in enumerate(figure.rows):
        color = theme.side_color(row.side.kode)
        _fill(lower.points[position].format.fill, color)
        _fill(upper.points[position].format.fill, color, MSO_PATTERN.WIDE_UPWARD_DIAGONAL)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    _axis(chart.category_axis, "", 10)
    _axis(chart.value_axis, figure.axis, 10, gridlines=True)
    chart.value_axis.minimum_scale = 0
    return frame


_CHART: dict[type, Any] = {Bars: _bars, Across: _across, Halves: _halves, Ranges: _ranges}


def _with_table(sheet: _Sheet, page: Any, slide: Slide) -> None:
    """A table over the whole width, and the points below."""
    points = 0.3 * len(slide.points) + 0.4 if slide.points else 0.0
    bottom = 2.1
    if slide.table is not None:
        bottom = sheet.table(page, slide.table, (LEFT, 2.1, RIGHT - LEFT, 4.65 - points), 15) + 0.3
    sheet.lines(page, slide.points, (LEFT, bottom, RIGHT - LEFT, 6.85 - bottom), 15, smallest=7.5)


def _with_chart(sheet: _Sheet, page: Any, slide: Slide) -> None:
    """A chart at the left, the points and the note at the right."""
    if slide.figure is None:
        _with_table(sheet, page, slide)
        return
    sheet.chart(page, slide.figure, (LEFT, 2.0, 7.9, 4.85))
    sheet.lines(page, slide.points, (8.6, 2.15, RIGHT - 8.6, 3.6), 14)
    sheet.text(page, slide.figure.note, (8.6, 5.85, RIGHT - 8.6, 0.95), 10, smallest=7.5, quiet=True)


def _with_map(sheet: _Sheet, page: Any, slide: Slide) -> None:
    assert slide.figure is not None
    start = 8.0
    sheet.image(page, slide.figure, (LEFT, 2.0, start - 0.7, 4.85))
    sheet.text(page, f"{slide.figure.title} ({slide.figure.unit})", (start, 2.05, RIGHT - start, 0.35), 13, bold=True)
    bottom = sheet.legend(page, slide.figure.legend, (start, 2.45, RIGHT - start, 3.2)) + 0.2
    sheet.text(page, slide.figure.note, (start, bottom, RIGHT - start, 6.8 - bottom), 10, smallest=7.5, quiet=True)


def _with_pairs(sheet: _Sheet, page: Any, slide: Slide) -> None:
    assert slide.table is not None
    sheet.table(page, slide.table, (LEFT, 2.1, 8.2, 4.6))
    if isinstance(slide.figure, Slopes):
        sheet.image(page, slide.figure, (8.95, 2.1, RIGHT - 8.95, 3.5))
    sheet.lines(page, slide.points, (8.95, 5.7, RIGHT - 8.95, 1.1), 12)


def _with_ranks(sheet: _Sheet, page: Any, slide: Slide) -> None:
    if slide.table is None or not isinstance(slide.figure, Ranges):
        _with_table(sheet, page, slide)
        return
    sheet.table(page, slide.table, (LEFT, 2.1, 8.2, 4.65))
    sheet.chart(page, slide.figure, (8.8, 2.25, RIGHT - 8.8, 3.55))
    names = ", ".join(dict.fromkeys(entry.label for entry in slide.figure.legend.entries))
    key = sheet.w.t("Polos lalu bergaris: batas bawah, tengah, batas atas. Warna: {sisi}.", sisi=names)
    sheet.lines(page, [key, slide.figure.note], (8.8, 5.8, RIGHT - 8.8, 1.05), 10, smallest=7, quiet=True)
    entries = slide.figure.legend.entries
    step = min(1.5, (RIGHT - 8.9) / len(entries))
    for number, entry in enumerate(entries):
        swatch = page.shapes.add_shape(1, *sheet.box(8.9 + step * number, 2.06, 0.13, 0.13))
        _fill(swatch.fill, entry.color or "#ffffff")
        swatch.line.fill.background()
        sheet.text(page, entry.label, (9.08 + step * number, 2.02, step - 0.2, 0.22), 10, smallest=6)


def _with_place(sheet: _Sheet, page: Any, slide: Slide) -> None:
    if slide.figure is None or slide.table is None:
        _with_table(sheet, page, slide)
        return
    sheet.image(page, slide.figure, (LEFT, 2.1, 3.6, 4.6))
    sheet.table(page, slide.table, (4.3, 2.1, RIGHT - 4.3, 4.65), 12)


def _with_limits(sheet: _Sheet, page: Any, slide: Slide) -> None:
    sheet.lines(page, slide.points, (LEFT, 2.1, 6.3, 4.6), 14)
    if slide.table is not None:
        sheet.table(page, slide.table, (7.1, 2.1, RIGHT - 7.1, 4.6), 14)


_LAYOUT = {
    "penduduk": _with_table,
    "kesenjangan": _with_chart,
    "peta": _with_map,
    "bandingkan": _with_chart,
    "tetangga": _with_pairs,
    "prioritas": _with_ranks,
    "profil": _with_place,
    "batasan": _with_limits,
    "sumber": _with_table,
}
