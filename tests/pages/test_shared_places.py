"""Lokasi bersama and Bagi biaya: opened with a small plan, a larger one only when asked; a bad link is refused."""

import pytest

from tests.pages.opening import CORRIDORS, HOSTILE, assert_refused, assert_whole, open_page, seen, texts
from views.topics.siting import state as siting_state

SERANG = {"koridor": "kabserang-kotaserang", "baru": "36.04:1;36.73:1"}
LARGER = SERANG | {"baru": "36.04:1"}
WITHOUT_POSTS = {"kabserang-pandeglang": "Kab. Pandeglang"}
PAIRS = [corridor for corridor in CORRIDORS if corridor != "semua"]


@pytest.fixture
def nothing_sought() -> None:
    """No plan is kept yet in this process; a kept one would be shown unasked."""
    siting_state.shelf.clear()


@pytest.mark.parametrize("name", ["lokasi", "biaya"])
@pytest.mark.parametrize("corridor", PAIRS)
def test_a_page_opens_with_a_joint_fire_post_or_says_what_is_missing(name: str, corridor: str) -> None:
    for language in ("id", "en"):
        app = seen(name, koridor=corridor, bahasa=language)
        assert app.query_params["jenis"] == "pos_damkar"
        assert app.query_params["hitung"] == "rencana"
        said = " ".join(str(i.value) for i in app.info)
        if corridor in WITHOUT_POSTS:
            assert WITHOUT_POSTS[corridor] in said
            assert {"id": "Yang dapat membawanya", "en": "Who could bring it"}[language] in said
        else:
            assert len(app.dataframe) >= 1
            assert not said


def test_more_places_than_two_are_not_sought_unasked() -> None:
    for name in ("lokasi", "biaya"):
        app = seen(name, koridor="semua")
        assert "hitung" not in app.query_params
        assert len(app.dataframe) == 0


def test_another_border_opens_with_a_plan_of_its_own() -> None:
    app = open_page("lokasi", koridor="bekasi-depok")
    app.selectbox(key="koridor").set_value("bekasi-jaktim").run()
    assert app.query_params["baru"] == "32.75:1;31.75:1"
    assert app.query_params["hitung"] == "rencana"


def test_what_is_assumed_is_said() -> None:
    app = seen("biaya", koridor="bekasi-depok")
    assert "Asumsi, dapat diubah di atas: pos damkar baru: Kota Bekasi 1 dan Kota Depok 1; biaya belum diisi" in texts(
        app
    )


@pytest.mark.usefixtures("nothing_sought")
def test_a_link_that_says_so_gives_the_numbers_that_the_button_gives() -> None:
    app = open_page("lokasi", **LARGER)
    assert "Tekan Hitung" in texts(app)
    next(b for b in app.button if b.label == "Hitung").click().run()
    assert_whole(app, "lokasi", SERANG["koridor"])
    assert "3 puskesmas baru yang direncanakan bersama menjangkau" in texts(app)
    assert app.query_params["hitung"] == "rencana"
    again = open_page("lokasi", hitung="rencana", **LARGER)
    assert texts(again) == texts(app)
    assert app.dataframe[0].value.equals(again.dataframe[0].value)


@pytest.mark.usefixtures("nothing_sought")
def test_another_question_is_not_answered_unasked() -> None:
    app = open_page("lokasi", hitung="rencana", **SERANG)
    app.number_input(key="baru 36.04").set_value(4).run()
    assert "Tekan Hitung" in texts(app)
    assert "hitung" not in app.query_params
    app.number_input(key="baru 36.04").set_value(1).run()
    assert "yang direncanakan bersama" in texts(app), "a kept answer is shown at once"


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("calon", "106.15"),
        ("calon", "0,0"),
        ("calon", HOSTILE),
        ("calon", "1" * 5000),
        ("jenis", "bandara"),
        ("jenis", HOSTILE),
        ("baru", "36.04:99"),
        ("baru", "bulan:2"),
        ("baru", HOSTILE),
        ("sasaran", "12"),
        ("hitung", "x"),
        ("skenario", "tambah,puskesmas,36.73,0,0"),
    ],
)
def test_bad_links_are_refused_in_words(parameter: str, value: str) -> None:
    app = open_page("lokasi", **{"koridor": "kabserang-kotaserang", parameter: value})
    assert_refused(app, "lokasi", "kabserang-kotaserang")


def test_a_side_without_a_list_gives_no_numbers() -> None:
    app = open_page("lokasi", koridor="kabserang-lebak", hitung="rencana")
    assert_whole(app, "lokasi", "kabserang-lebak")
    assert "Belum ada data puskesmas Kab. Lebak" in texts(app)
    assert len(app.dataframe) == 0
    cost = open_page("biaya", koridor="kabserang-lebak", hitung="rencana")
    assert_whole(cost, "biaya", "kabserang-lebak")
    assert any("angka sendiri tetap dapat dibagi" in str(i.value) for i in cost.info)
    assert any("dinas kesehatan" in str(i.value) for i in cost.info)


def test_own_numbers_are_split_by_every_rule() -> None:
    wish = {
        "koridor": "kabserang-kotaserang",
        "dasar": "angka",
        "biaya": "1234567890",
        "sendiri-36.04": "40000",
        "sendiri-36.73": "20000",
        "berdua": "80000",
        "dilayani-36.04": "60000",
        "dilayani-36.73": "20000",
    }
    app = open_page("biaya", **wish)
    assert_whole(app, "biaya", "kabserang-kotaserang")
    shown = texts(app)
    assert "Bagian biaya Kab. Serang 50 sampai 75 dan Kota Serang 25 sampai 50 persen" in shown
    assert "Biaya Rp 1.234.567.890." in shown
    assert "20.000 jiwa, dibagi dua sama: Kab. Serang 50.000 dan Kota Serang 30.000" in shown
    assert "belum ada data pemakaian" in shown
    assert "Tidak satu pun dasar ini adalah ketentuan hukum" in shown
    frame = app.dataframe[0].value
    amounts = frame[[c for c in frame.columns if c.endswith("(Rp)")]].dropna()
    assert set(amounts.sum(axis=1)) == {1234567890.0}
    assert len(amounts) == 3
    used = open_page("biaya", **wish, **{"pakai-36.04": "1", "pakai-36.73": "3"})
    assert "Kab. Serang 25 sampai 75 dan" in texts(used)


@pytest.mark.parametrize("value", ["-5", "1e9", "1,5", "9" * 30, "²", HOSTILE])
def test_a_cost_that_is_no_amount_is_refused_in_words(value: str) -> None:
    app = open_page("biaya", koridor="kabserang-kotaserang", biaya=value)
    assert "bukan bilangan bulat" in assert_refused(app, "biaya", "kabserang-kotaserang")
    assert "biaya" not in app.query_params


def test_own_numbers_that_make_no_sense_leave_one_rule_out() -> None:
    wish = {"koridor": "bekasi-depok", "dasar": "angka", "sendiri-32.75": "9", "berdua": "1", "dilayani-32.76": "5"}
    app = open_page("biaya", **wish)
    assert_whole(app, "biaya")
    assert "jangkauan bersama harus sekurangnya sebesar jangkauan tiap sisi sendiri" in texts(app)


def test_the_cost_follows_the_plan() -> None:
    app = open_page("biaya", hitung="rencana", biaya="1000000", **SERANG)
    assert_whole(app, "biaya", "kabserang-kotaserang")
    assert "Yang hanya ada karena bersama" in texts(app)
    assert app.query_params["biaya"] == "1000000"
