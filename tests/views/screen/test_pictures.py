"""Maps of any page as pictures: the same classes, labels and legend as on the screen."""

import pytest

from analysis.priority.priority import chosen_standards, equal_choices, rank_priority
from tests.shipped import data as shipped
from views.figures import captions, legend, maps, theme
from views.figures.mapspec import MapSpec
from views.language.names import map_words
from views.language.words import LANGUAGES, Language, Words

data = shipped()
CORRIDOR = data.catalogue.corridors["bekasi-depok"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_map_of_the_screen_is_painted_with_its_classes_labels_and_legend(language: Language) -> None:
    w = Words(language)
    choices = equal_choices(data.catalogue)
    measures = [data.measure(*chosen) for chosen in chosen_standards(data.catalogue, choices)]
    result = rank_priority(data.border(CORRIDOR), measures, data.grid, choices, draws=20)
    kodes = list(result.table.index)
    spec = MapSpec(
        sides=captions.sides_of(data, CORRIDOR.sides),
        level="kelurahan",
        classes={kode: position % 2 - (position == 0) for position, kode in enumerate(kodes)},
        labels={kodes[1]: "seven"},
        colors=theme.sequential(2),
        words=map_words(w),
    )
    rows = [
        legend.Row(spec.colors[0], "low", ((3, 1000.0), (0, 0.0))),
        legend.Row(None, w.no_data, ((1, 20.0), (0, 0.0))),
    ]
    drawn = maps.painted(w, data, CORRIDOR, spec, rows, "A title", "A note.", "2024", ("dukcapil2024_kel",))
    assert {area.kode: area.class_ for area in drawn.areas} == dict(spec.classes)
    assert [entry.counts for entry in drawn.legend.entries] == [
        ("3", w.people(1000), "0", "–"),
        ("1", w.people(20), "0", "–"),
    ]
    assert drawn.note.startswith("A note. ")
    assert w.source(data.catalogue.sources["dukcapil2024_kel"]).short in drawn.note
