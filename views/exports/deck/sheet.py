"""A slide of the deck: text at the largest size that fits, native tables, pictures, the foot and the notes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from views.exports.deck.charts import INK, chart, fill, has_chart, rgb
from views.exports.deck.template import HEIGHT, LEFT, RIGHT, WIDTH
from views.exports.pdf import lettering
from views.figures.specs import Choropleth, Entry, Figure, Legend, Table
from views.language.words import Words
from views.paper.picture import picture
from views.story.slide import Slide
from views.story.story import Story

SMALLEST = 9.0
ENLARGED = 1.35
PADDING = 4.0
QUIET = RGBColor(0x5A, 0x66, 0x69)

# Inches: what a slide shows, and the share of a map's width over which its legend stands.
PICTURE = (LEFT, 1.75, RIGHT - LEFT, 5.1)
KEYED = 0.3
# Of what is unknown, and of what may meet a standard or miss it.
PATTERNS = (MSO_PATTERN.WIDE_UPWARD_DIAGONAL, MSO_PATTERN.LIGHT_DOWNWARD_DIAGONAL)


class Sheet:
    """Sets slides, all lengths in inches on a slide of 13,333 by 7,5, scaled where the template has another size."""

    def __init__(self, w: Words, deck: Any, told: Story) -> None:
        self.w, self.deck, self.told = w, deck, told
        self.scale = (deck.slide_width / Inches(WIDTH), deck.slide_height / Inches(HEIGHT))

    def _box(self, left: float, top: float, width: float, height: float) -> tuple[Emu, Emu, Emu, Emu]:
        across, down = self.scale
        return (
            Emu(int(Inches(left) * across)),
            Emu(int(Inches(top) * down)),
            Emu(int(Inches(width) * across)),
            Emu(int(Inches(height) * down)),
        )

    def add(self, slide: Slide, layout: Any) -> None:
        """Set one slide: its answer as title, the lighter line under it, one picture, and where it comes from."""
        page = self.deck.slides.add_slide(layout)
        titles = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
        for shape in list(page.placeholders):
            if shape.placeholder_format.type not in titles:
                shape._element.getparent().remove(shape._element)
        self._text(page, self._kicker(slide), (LEFT, 0.24, RIGHT - LEFT, 0.26), 12, quiet=True)
        self._title(page.shapes.title, slide.sentence)
        self._text(page, slide.remark, (LEFT, 1.25, RIGHT - LEFT, 0.46), 14, smallest=8, quiet=True)
        self._picture(page, slide)
        self._foot(page, slide)
        page.notes_slide.notes_text_frame.text = "\n".join(
            [
                slide.sentence,
                slide.remark,
                *slide.points,
                "",
                *slide.notes,
                *(self.told.attribution if len(self.deck.slides) == 1 else ()),
                self.w.t("Tampilan yang sama di Tapal: {tautan}", tautan=slide.link),
            ]
        )

    def _kicker(self, slide: Slide) -> str:
        """What the slide is about; the first one says when it was made, too."""
        if len(self.deck.slides) > 1:
            return slide.title
        made = self.w.t("Dibuat {tanggal} dengan Tapal.", tanggal=self.w.date(self.told.made))
        return " ".join(filter(None, (f"{slide.title}. {made}", self.told.version)))

    def _title(self, shape: Any, text: str) -> None:
        place = self._box(LEFT, 0.46, RIGHT - LEFT, 0.8)
        shape.left, shape.top, shape.width, shape.height = place
        frame = shape.text_frame
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.text = text
        size = lettering.fit(text, place[2] / 12700, place[3] / 12700, 26, 12, True)
        frame.paragraphs[0].runs[0].font.size = Pt(size)

    def _picture(self, page: Any, slide: Slide) -> None:
        """The picture, or the table where the table is what is shown."""
        left, top, width, height = PICTURE
        figure = slide.figure
        if isinstance(figure, Choropleth):
            self._image(page, figure, PICTURE, aside=KEYED)
            start, wide = left + width * (1 - KEYED), width * KEYED
            ground = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *self._box(start, top, wide, height))
            ground.line.fill.background()
            fill(ground.fill, "#ffffff")
            self._text(page, figure.title, (start + 0.1, top, wide - 0.1, 0.5), 14, bold=True)
            bottom = self._legend(page, figure.legend, (start + 0.1, top + 0.55, wide - 0.1, height - 0.6))
            ground.height = self._box(0, 0, 0, bottom + 0.08 - top)[3]
        elif figure is not None and has_chart(figure):
            self._chart(page, figure, PICTURE)
        elif figure is not None:
            self._image(page, figure, PICTURE)
        elif slide.table is not None:
            self._table(page, slide.table, PICTURE, 16)

    def _foot(self, page: Any, slide: Slide) -> None:
        self._text(page, slide.credit(self.w), (LEFT, 6.92, 11.5, 0.45), 9, smallest=7, quiet=True)
        number = str(len(self.deck.slides))
        self._text(page, number, (12.2, 6.92, 0.633, 0.3), 10, quiet=True, align=PP_ALIGN.RIGHT)

    def _text(
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
        self._lines(page, [text], box, largest, smallest=smallest, bold=bold, quiet=quiet, align=align)

    def _lines(
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
        place = self._box(*box)
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

    def _table(self, page: Any, table: Table, box: tuple[float, float, float, float], largest: float = 13) -> float:
        """A native table whose text size and columns follow its contents; gives the place of its foot in inches."""
        rows = [table.columns, *table.rows]
        grid, bottom = self._grid(page, rows, box, largest, table.alt, set(table.numeric))
        for position in range(len(table.columns)):
            _shade(grid.cell(0, position), "#f1f4f4")
        return bottom

    def _legend(self, page: Any, legend: Legend, box: tuple[float, float, float, float]) -> float:
        """Classes as a native table: swatch, meaning, counts; hatched where nothing is known."""
        # A cell without a letter would be as high as the template's text.
        blank = "\N{NO-BREAK SPACE}" * 4
        # Of two sides the people, of many nothing: more would need letters that nobody reads; the brief has them.
        shown = slice(1, None, 2) if len(legend.heads) <= 4 else slice(0)
        rows = [
            (blank, blank, *legend.heads[shown]),
            *((entry.glyph or blank, entry.label, *_counts(entry, legend)[shown]) for entry in legend.entries),
        ]
        alt = self.w.t("Legenda: kelas, jumlah kelurahan/desa dan penduduk tiap sisi")
        grid, bottom = self._grid(page, rows, box, 13, alt, set(range(2, len(rows[0]))), roomy=1)
        for number, entry in enumerate(legend.entries, 1):
            if entry.sign is None:
                _shade(grid.cell(number, 0), entry.color, PATTERNS[entry.uncertain])
            elif not entry.glyph:
                _shade(grid.cell(number, 0), None, MSO_PATTERN.DASHED_HORIZONTAL)
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
        place = self._box(*box)
        width, room = place[2] / 12700, place[3] / 12700
        size = largest
        widths = lettering.columns(rows, width, size, 2 * PADDING + 2, roomy)
        while size > 6.5 and (sum(widths) > width + 0.5 or _table_height(rows, widths, size) > room):
            size -= 0.5
            widths = lettering.columns(rows, width, size, 2 * PADDING + 2, roomy)
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

    def _image(self, page: Any, figure: Figure, box: tuple[float, float, float, float], aside: float = 0.0) -> None:
        place = self._box(*box)
        # Drawn smaller and shown larger: its letters must be read from the back of the room. As many points on any slide.
        dpi = round(280 / max(1.0, *self.scale))
        content = picture(
            figure, "png", (place[2] / 36000 / ENLARGED, place[3] / 36000 / ENLARGED), bare=True, dpi=dpi, aside=aside
        )
        shape = page.shapes.add_picture(BytesIO(content), *place)
        shape._element.nvPicPr.cNvPr.set("descr", figure.alt)

    def _chart(self, page: Any, figure: Figure, box: tuple[float, float, float, float]) -> None:
        """A native chart where the kind of figure has one."""
        place = self._box(*box)
        frame = chart(page, figure, place, self.w)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", figure.alt)


def _counts(entry: Entry, legend: Legend) -> tuple[str, ...]:
    """A text for every head: signs are not counted by side."""
    return entry.counts or ("",) * len(legend.heads)


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


def _shade(cell: Any, color: str | None, pattern: Any = None) -> None:
    """Fill a cell; with a pattern where it has no colour."""
    if color is None:
        cell.fill.patterned()
        cell.fill.pattern = pattern
        cell.fill.fore_color.rgb, cell.fill.back_color.rgb = QUIET, RGBColor(255, 255, 255)
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(color)


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
