"""The deck: a story as PPTX of 16:9 with native charts and tables, in the organisation's own template where there is one."""

from __future__ import annotations

from data.memory import give_back
from views.exports.deck.check import as_package_error, check, in_child
from views.exports.deck.sheet import Sheet
from views.exports.deck.template import default_template, emptied, impersonal, plainest, saved
from views.language.words import Language, Words
from views.story.story import Story

# A deck on our own template takes 550 MB of address space, most of it the libraries.
MEGABYTES, SECONDS = 1_000, 120


def make(w: Words, told: Story, template: bytes | None = None) -> bytes:
    """Set a story into a template.

    Parameters
    ----------
    w : language
    told : the story
    template : a PPTX that `views.exports.deck.check.check_template` accepts, used in a child process; None for our own

    Raises
    ------
    PackageError
        The template cannot be used.
    """
    if template is None:
        deck = assemble(w.language, told, default_template())
        # The parts of a deck, and the pictures drawn for it, refer to one another.
        give_back()
        return deck
    return in_child(MEGABYTES, SECONDS, _on_template, w.language, told, template)


def _on_template(language: Language, told: Story, template: bytes) -> bytes:
    with as_package_error():
        check(template)
        return assemble(language, told, template)


def assemble(language: Language, told: Story, template: bytes) -> bytes:
    """Set a story into a template that was checked.

    Parameters
    ----------
    language : of the texts that are not the story's
    told : the story
    template : a PPTX that was checked, or our own
    """
    deck = emptied(template)
    layout = plainest(deck)
    sheet = Sheet(Words(language), deck, told)
    for slide in told.slides:
        sheet.add(slide, layout)
    impersonal(deck, told.title, told.made)
    return saved(deck)
