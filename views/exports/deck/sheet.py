"""A slide of the deck: text at the largest size that fits, native tables, pictures, the foot and the notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from views.exports.deck.charts import INK, chart, rgb
from views.exports.deck.template import HEIGHT, LEFT, RIGHT, WIDTH
from views.exports.pdf import lettering
from views.figures import captions
from views.figures.specs import Choropleth, Figure, Legend, Table
from views.language.words import Words
from views.paper.picture import picture
from views.story.slides import Slide
from views.story.story import Story

SMALLEST = 9.0
ENLARGED = 1.35
PADDING = 4.0
QUIET = RGBColor(0x5A, 0x66, 0x69)

Body = Callable[["Sheet", Any, Slide], None]

__all__ = ["Body", "Sheet"]


class Sheet:
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

    def add(self, slide: Slide, layout: Any, body: Body | None) -> None:
        """Set one slide; `body` sets what stands between sentence and foot, None: it is the cover."""
        page = self.deck.slides.add_slide(layout)
        titles = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
        for shape in list(page.placeholders):
            if shape.placeholder_format.type not in titles | {PP_PLACEHOLDER.SUBTITLE}:
                shape._element.getparent().remove(shape._element)
        frame = page.shapes.title.text_frame
        frame.word_wrap = True
        frame.text = slide.title
        frame.auto_size = MSO_AUTO_SIZE.NONE
        cover = body is None
        if not cover:
            frame.margin_left = 0
        wide = self.deck.slide_width / 12700 - 90
        size = lettering.fit(slide.title, wide, 90 if cover else 44, 36 if cover else 24, 14, True)
        frame.paragraphs[0].runs[0].font.size = Pt(size)
        if body is None:
            self._cover(page, slide)
        else:
            self.text(page, slide.sentence, (LEFT, 1.1, RIGHT - LEFT, 0.85), 17, bold=True)
            body(self, page, slide)
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
        credit = captions.credit(self.w, slide.figure) if slide.figure is not None and slide.figure.source else ""
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
        alt = self.w.t("Legenda: kelas, jumlah kelurahan/desa dan penduduk tiap sisi")
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

    def image(self, page: Any, figure: Figure, box: tuple[float, float, float, float]) -> None:
        place = self.box(*box)
        # Drawn smaller and shown larger: its letters must be read from the back of the room. As many points on any slide.
        dpi = round(280 / max(1.0, *self.scale))
        content = picture(figure, "png", (place[2] / 36000 / ENLARGED, place[3] / 36000 / ENLARGED), bare=True, dpi=dpi)
        shape = page.shapes.add_picture(BytesIO(content), *place)
        shape._element.nvPicPr.cNvPr.set("descr", figure.alt)

    def chart(self, page: Any, figure: Figure, box: tuple[float, float, float, float]) -> None:
        """A native chart where the kind of figure has one."""
        place = self.box(*box)
        frame = chart(page, figure, place, self.w)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", figure.alt)


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
