"""What residents are told: who may use what, in one breath, and published facts as such."""

from datetime import date

import pytest

from analysis.access.nearest import Nearest
from analysis.access.wayfinding import Destination, Office, Wayfinding
from analysis.agreements.model import Agreement, Document, Origin, Party, Sector, Source, Stage, State, Text, When
from analysis.agreements.published import agreements_of
from tests.shipped import data
from tests.views.exports.test_answers import faults
from views.language.words import LANGUAGES, Words
from views.topics.wayfinding import words

KODE, TODAY = "32.75.10.1002", date(2026, 11, 28)
BEKASI_DEPOK = data().catalogue.corridors["bekasi-depok"]


def nearest(side: str, owner: str, metres: float) -> Nearest:
    return Nearest(f"SMP {side}", side, owner, metres, True, "smp", None)


def ways(*across: tuple[str, float]) -> Wayfinding:
    """A kelurahan whose own SMP are 1 km away, and those across the line of these owners so far."""
    own = nearest("32.75", "32.75", 1000)
    found = [Destination("smp_negeri", KODE, own, nearest("32.76", owner, metres)) for owner, metres in across]
    return Wayfinding(KODE, tuple(found), (Office("kantor_kelurahan", "", None),))


def agreement(document: Document, **more: object) -> Agreement:
    return Agreement(
        "kantor-1",
        Origin.OFFICE,
        document,
        State.SIGNED,
        Text("Contoh", "Contoh"),
        (Party("32.75"), Party("32.76")),
        (Sector.EDUCATION,),
        **more,  # type: ignore[arg-type]
    )


SIGNED = {"signed": When("2025-01-01"), "stage": Stage.IMPLEMENTATION}
CASES = [
    (agreement(Document.PKS, ends=When("2027-01-01"), **SIGNED), "Ya: perjanjian kerja sama berlaku.", False),
    (agreement(Document.KB, ends=When("2027-01-01"), **SIGNED), "perjanjian kerja samanya belum ada", True),
    (agreement(Document.PKS, ends=When("2026-01-01"), **SIGNED), "Perjanjian sudah berakhir", True),
    (agreement(Document.PKS, **SIGNED), "1 Januari 2025; masa berlakunya tidak diketahui", True),
    (agreement(Document.PKS, stage=Stage.PKS_DRAFT), "Perjanjian sedang disiapkan.", True),
    (None, "Belum ada perjanjian pendidikan dalam catatan.", True),
]


@pytest.mark.parametrize(("known", "said", "shut"), CASES)
def test_only_an_agreement_in_force_opens(known: Agreement | None, said: str, shut: bool) -> None:
    result = ways(("32.76", 500))
    found = words.find(result, [known] if known else [], TODAY)
    assert found[0].shut is shut
    row = words.rows(Words("id"), data(), BEKASI_DEPOK, found)[0]
    assert said in row[3]


@pytest.mark.parametrize(
    ("owner", "said"), [("", "bukan milik pemerintah daerah"), ("32", "milik provinsi"), ("32.76", "Belum ada")]
)
def test_whose_it_is_decides_which_line_closes_it(owner: str, said: str) -> None:
    result = ways((owner, 500))
    found = words.find(result, (), TODAY)
    assert found[0].shut is (owner == "32.76")
    assert said in words.rows(Words("id"), data(), BEKASI_DEPOK, found)[0][3]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "across", [(), (("32.76", 2000),), (("32", 500),), (("32.76", 500),), (("32.76", 500), ("32", 500))]
)
def test_every_answer_is_one_breath(language: str, across: tuple[tuple[str, float], ...]) -> None:
    w = Words("en" if language == "en" else "id")
    result = ways(*across)
    assert not faults(words.answer(w, data(), result, words.find(result, (), TODAY)))


def test_what_is_published_is_said_to_be_so() -> None:
    known = agreements_of(data().agreements)
    cilegon = "36.72.01.1001"
    own, across = nearest("36.72", "36.72", 900), nearest("36.04", "36.04", 1500)
    result = Wayfinding(cilegon, (Destination("smp_negeri", cilegon, own, across),), ())
    found = words.find(result, known, TODAY)
    [line] = words.agreement_lines(Words("id"), found)
    assert "fakta terbitan, bukan isian kantor" in line
    assert found[0].shut


def test_a_source_without_an_address_is_named_as_it_is() -> None:
    one = agreement(Document.PKS, sources=(Source("arsip", "2025", "S"),), signed=When("2025-01-01"))
    found = words.find(ways(("32.76", 500)), [one], TODAY)
    assert words.agreement_lines(Words("id"), found) == ["Contoh: isian kantor."]


def test_an_office_that_is_not_known_is_said_to_be_unknown() -> None:
    assert words.office_lines(Words("id"), ways(), data()) == ["Kantor kelurahan: belum ada data"]
