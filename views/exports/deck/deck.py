"""The deck: a story as PPTX of 16:9 with native charts and tables, in the organisation's own template where there is one."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from pptx import Presentation

from data.catalogue import Corridor
from data.tables import Dataset
from views.exports.deck.sheet import Sheet
from views.exports.deck.slides import LAYOUT
from views.exports.deck.template import check_template, default_template, impersonal, layouts, saved
from views.language.words import Words
from views.story import story
from views.story.story import Story

__all__ = ["build", "make"]


def build(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    sectors: tuple[str, ...],
    kelurahan: tuple[str, ...],
    made: date,
    template: bytes | None = None,
) -> bytes:
    """The deck of a corridor; see `views.story.story.tell` for the parameters.

    Parameters
    ----------
    template : a PPTX that `check_template` accepts; None for our own

    Raises
    ------
    TemplateError
        The template cannot be used.
    """
    return make(w, story.tell(w, data, corridor, sectors, kelurahan, made), template)


def make(w: Words, told: Story, template: bytes | None = None) -> bytes:
    """Set a story into a template."""
    if template is not None:
        check_template(template)
    deck = Presentation(BytesIO(template if template is not None else default_template()))
    for entry in list(deck.slides._sldIdLst):
        deck.part.drop_rel(entry.rId)
        deck.slides._sldIdLst.remove(entry)
    cover, inner = layouts(deck)
    sheet = Sheet(w, deck, told)
    for slide in told.slides:
        if slide.id == "sampul":
            sheet.add(slide, cover, None)
        else:
            sheet.add(slide, inner, LAYOUT[slide.id])
    impersonal(deck, told.title, told.made)
    return saved(deck)
