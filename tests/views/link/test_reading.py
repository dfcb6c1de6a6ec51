"""What holds: a widget that was just used, else a link that has just arrived, else what held before."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page
from tests.views.link.test_hostile_links import CORRIDOR, said

EDITED = "tambah,pos_damkar,36.73,106.20000,-6.13000"


def follow(app: AppTest, page: str, **parameters: str) -> AppTest:
    """The same session at another page, as its navigation opens it, or a link with parameters."""
    app.switch_page(f"pages/{page}.py")
    app.query_params = dict(parameters)
    return app.run()


def test_a_choice_goes_into_the_address_and_its_default_leaves_it() -> None:
    app = open_page("bandingkan", koridor=CORRIDOR, indikator="jarak_sd")
    assert app.query_params == {"koridor": CORRIDOR}
    app.selectbox(key="indikator").set_value("jarak_smp").run()
    assert app.query_params == {"koridor": CORRIDOR, "indikator": "jarak_smp"}
    app.selectbox(key="indikator").set_value("jarak_sd").run()
    assert app.query_params == {"koridor": CORRIDOR}
    assert not said(app)


def test_a_choice_is_kept_on_the_way_over_other_pages_and_a_link_changes_it() -> None:
    app = open_page("bandingkan", koridor=CORRIDOR, indikator="jarak_smp", himpunan="1km")
    follow(app, "prioritas")
    assert app.query_params == {"koridor": CORRIDOR, "himpunan": "bersentuhan"}, "the same name, another page's own"
    follow(app, "beranda")
    assert app.selectbox(key="indikator").value == "jarak_smp"
    assert app.query_params == {"koridor": CORRIDOR, "indikator": "jarak_smp", "himpunan": "1km"}
    follow(app, "beranda", indikator="jarak_puskesmas")
    assert app.selectbox(key="indikator").value == "jarak_puskesmas"
    assert not said(app)


def test_a_wrong_link_in_a_session_gives_the_default() -> None:
    app = open_page("bandingkan", koridor=CORRIDOR, indikator="jarak_smp")
    follow(app, "bandingkan", koridor=CORRIDOR, indikator="bulan")
    assert app.selectbox(key="indikator").value == "jarak_sd"
    assert "Indikator: “bulan” tidak dikenal di sini" in said(app)
    app.run()
    assert not said(app), "it is said once"


def test_a_decimal_comma_is_understood() -> None:
    app = open_page("prioritas", koridor=CORRIDOR, ambang="sni-radius-smp:0,3")
    assert app.text_input(key="ambang sni-radius-smp tertulis").value == "0,3"
    assert app.query_params["ambang"] == "sni-radius-smp:0.3"
    assert not said(app)


@pytest.mark.parametrize(
    ("language", "typed", "shown"), [("id", "0,35", "0,35"), ("id", "0.35", "0,35"), ("en", "0,35", "0.35")]
)
def test_row_15_a_number_is_typed_and_shown_as_the_language_writes_it(language: str, typed: str, shown: str) -> None:
    app = open_page("prioritas", koridor=CORRIDOR, bahasa=language)
    app.text_input(key="ambang sni-radius-smp tertulis").set_value(typed).run()
    assert app.query_params["ambang"] == "sni-radius-smp:0.35"
    assert app.text_input(key="ambang sni-radius-smp tertulis").value == shown
    assert not app.warning


@pytest.mark.parametrize("typed", ["seribu", "300", "", "nan", "1.000,5"])
def test_row_15_a_number_that_cannot_be_used_is_said_and_changes_nothing(typed: str) -> None:
    app = open_page("prioritas", koridor=CORRIDOR, ambang="sni-radius-smp:0,3")
    app.text_input(key="ambang sni-radius-smp tertulis").set_value(typed).run()
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith("Tidak dipakai: ")
    assert app.query_params["ambang"] == "sni-radius-smp:0.3"
    assert app.text_input(key="ambang sni-radius-smp tertulis").value == "0,3"
    app.run()
    assert not app.warning


def test_numbers_hold_whole_or_not_at_all() -> None:
    app = open_page("prioritas", koridor=CORRIDOR, bobot="kesehatan:5;bulan:3;pendidikan:9")
    assert app.slider(key="bobot kesehatan").value == 1
    assert "Bobot sektor: “bulan:3” tidak dikenal di sini dan “pendidikan:9” tidak di antara 0 dan 5" in said(
        app
    ).replace("\\", "")
    assert app.query_params == {"koridor": CORRIDOR, "himpunan": "bersentuhan"}


def test_the_detour_is_one_assumption_on_all_pages() -> None:
    app = open_page("akses", koridor=CORRIDOR, andaian="faktor_memutar:1.5;laju_motor:30")
    assert app.query_params == {"koridor": CORRIDOR, "asumsi": "memutar:1.5;motor:30"}
    assert not said(app)
    follow(app, "damkar")
    assert app.select_slider(key="asumsi memutar").value == 1.5
    app.select_slider(key="asumsi memutar").set_value(1.7).run()
    follow(app, "akses")
    assert app.text_input(key="asumsi memutar tertulis").value == "1,7"
    assert app.text_input(key="asumsi motor tertulis").value == "30"


def test_the_old_name_beside_the_new_is_a_parameter_twice() -> None:
    app = open_page("akses", koridor=CORRIDOR, andaian="faktor_memutar:1.5", asumsi="memutar:1.2")
    assert app.text_input(key="asumsi memutar tertulis").value == "1,3"
    assert "tertulis di samping nilai lain" in said(app)
    assert app.query_params == {"koridor": CORRIDOR}


def test_a_scenario_is_kept_and_taken_back() -> None:
    app = open_page("damkar", koridor=CORRIDOR, skenario=EDITED)
    follow(app, "akses")
    assert app.query_params["skenario"] == EDITED
    follow(app, "damkar")
    next(b for b in app.button if b.label == "Batal").click().run()
    assert app.query_params == {"koridor": CORRIDOR}
    follow(app, "akses")
    assert app.query_params == {"koridor": CORRIDOR}


def test_places_of_ones_own_do_not_follow_to_a_corridor_in_which_they_do_not_lie() -> None:
    app = open_page("lokasi", koridor=CORRIDOR, calon="106.15320,-6.12010")
    assert app.query_params["calon"] == "106.15320,-6.12010"
    app.selectbox(key="koridor").set_value("bekasi-depok").run()
    assert not app.exception
    assert "Calon lokasi: “106.15320,-6.12010” tidak terletak di wilayah yang dihitung" in said(app).replace("\\", "")
    assert app.query_params == {"baru": "32.75:1;32.76:1", "hitung": "rencana"}, "a small plan is there at once"


def test_another_corridor_opens_with_one_place_for_each_side() -> None:
    app = open_page("lokasi", koridor=CORRIDOR, baru="36.04:4")
    app.selectbox(key="koridor").set_value("bekasi-depok").run()
    assert app.query_params == {"baru": "32.75:1;32.76:1", "hitung": "rencana"}, "a small plan is there at once"
    assert app.number_input(key="baru 32.75").value == 1
    assert not said(app)


def test_the_sentence_is_in_the_language_of_the_link() -> None:
    app = open_page("biaya", koridor=CORRIDOR, bahasa="en", biaya="1,5")
    assert said(app) == (
        "Cost (rupiah): “1,5” is no whole number from 0 to 100,000,000,000,000, so the default is used."
    )


@pytest.mark.parametrize(("language", "written"), [("id", "2,7"), ("en", "2.7")])
def test_row_15_a_slider_writes_decimals_as_the_language_does_and_takes_what_lies_between_its_steps(
    language: str, written: str
) -> None:
    slider = open_page("damkar", koridor=CORRIDOR, bahasa=language, asumsi="tunda:2.7").select_slider(
        key="asumsi tunda"
    )
    assert slider.value == 2.7
    assert slider.options[5:8] == [written.replace("7", "5"), written, "3"]
