"""Akses lintas batas from the entry point: what it says, what a link brings back, and what it refuses."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from analysis.access.services import SERVICES
from tests.pages.opening import HOSTILE, assert_whole, open_page, seen, texts, warnings

SERANG = "kabserang-kotaserang"
NEW = "tambah,puskesmas,36.73,106.21400,-6.13300"
CLOSED = "tutup,puskesmas:P3604240101"


def everything(app: AppTest) -> str:
    """All text of the page, the HTML tables too."""
    return texts(app) + "\n".join(tables_of(app))


def tables_of(app: AppTest) -> list[str]:
    """The HTML tables: legend, sides, gainers, losers, receiving facilities."""
    found = [str(element.proto.body) for element in app.get("html")]
    assert found
    return found


@pytest.mark.parametrize("service", list(SERVICES))
@pytest.mark.parametrize("corridor", ["bekasi-depok", SERANG, "kabserang-lebak", "semua"])
def test_every_service_opens(corridor: str, service: str) -> None:
    app = open_page("akses", koridor=corridor, layanan=service)
    assert_whole(app, "akses", corridor)
    assert not app.warning
    assert len(app.get("component_instance")) == 1, "the map"
    assert not re.search(r"\bnan\b|\binf\b|[{}]", everything(app))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("mode", ["jarak", "pasokan"])
def test_both_maps_in_both_languages(mode: str, language: str) -> None:
    app = open_page("akses", koridor=SERANG, tampilan=mode, bahasa=language, wilayah="36.73.03.1008")
    assert_whole(app, "akses", SERANG, language)
    assert not app.warning
    assert len(app.get("component_instance")) == 1, "the map"
    assert "Kalodran" in texts(app)


def test_at_serang_the_kelurahan_and_the_lost_puskesmas_are_named() -> None:
    text = texts(seen("akses", koridor=SERANG, layanan="puskesmas"))
    for name in ("Cibendung", "Kemanisan", "Pancalaksana", "Kiara", "Taman Baru", "Pangampelan", "Pipitan"):
        assert re.search(rf"- {name} \(\w+\): [\d.–]+ m", text)
    assert "6 puskesmas Kota Serang hanya diketahui wilayahnya: " in text
    for name in ("Kalodran", "Unyur", "Banjar Agung", "Pancur", "Sawah Luhur", "Cipocok Jaya"):
        assert f"Puskesmas {name}" in text
    assert "Kisaran karena 6 puskesmas hanya diketahui wilayahnya." in text
    supply = texts(seen("akses", koridor=SERANG, layanan="puskesmas", tampilan="pasokan"))
    assert re.search(r"ketersediaan puskesmas bertambah bagi [\d,]+ \w+ warga dan berkurang bagi [\d,]+ \w+\.", supply)


def test_a_list_that_is_missing_is_named_and_nothing_is_computed() -> None:
    app = open_page("akses", koridor="kabserang-lebak", layanan="puskesmas")
    assert "daftar puskesmas Kab. Lebak belum dapat dipakai" in texts(app)
    assert "Daya tampung" not in texts(app)


def test_the_receiving_side_is_weighed_against_the_standards() -> None:
    text = texts(seen("akses", koridor=SERANG, layanan="puskesmas"))
    assert re.search(r"\*\*Kab\. Serang\*\* menerima [\d.–]+ jiwa dari seberang: setara [\d,–]+ puskesmas", text)
    assert re.search(r"\*\*Kota Serang\*\* menerima [\d.–]+ jiwa dari seberang: setara [\d,–]+ puskesmas", text)
    assert "120.000 jiwa" in text
    assert "30.000 jiwa" in text


def test_the_scenario_of_a_link_shows_the_same_again_and_only_for_its_service() -> None:
    link = {"koridor": SERANG, "layanan": "puskesmas", "skenario": f"{NEW};{CLOSED}"}
    first, second = open_page("akses", **link), open_page("akses", **link)
    assert not first.warning
    assert "**Skenario: 2 perubahan.**" in texts(first)
    assert everything(first) == everything(second)
    assert everything(first) != everything(seen("akses", koridor=SERANG, layanan="puskesmas"))
    other = open_page("akses", **{**link, "layanan": "sd"})
    assert "Skenario:" not in texts(other)
    assert other.query_params["skenario"] == link["skenario"]


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        ("tambah,puskesmas,36.73,106.15,-5.5", "tidak terletak di wilayah yang dihitung"),
        ("tambah,puskesmas,36.73,999,-6", "tidak terletak di wilayah"),
        ("tambah,istana,36.73,106.15,-6.1", "jenis fasilitas yang tidak dikenal"),
        ("tutup,puskesmas:tidak-ada", "fasilitas yang tidak dikenal"),
        (";".join([NEW] * 21), "21 lebih banyak daripada 20"),
        (HOSTILE, "tidak dapat dibaca"),
        ("x" * 5000, "terlalu panjang"),
        (f"{CLOSED};{CLOSED}", "dua kali"),
    ],
)
def test_a_bad_scenario_is_refused_in_words_and_changes_nothing(scenario: str, message: str) -> None:
    app = open_page("akses", koridor=SERANG, layanan="puskesmas", skenario=scenario)
    assert_whole(app, "akses", SERANG)
    shown = warnings(app)
    assert message in shown
    assert shown.startswith("Skenario: ")
    assert "skenario" not in app.query_params
    assert not re.search(r"(?<!\\)[\[\]<>$!]", shown)
    assert tables_of(app) == tables_of(seen("akses", koridor=SERANG, layanan="puskesmas"))


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("layanan", "istana", "Layanan: “istana” tidak dikenal di sini"),
        ("layanan", HOSTILE, "tidak dikenal"),
        ("wilayah", "99.99.99.9999", "Nama wilayah: “99.99.99.9999” tidak dikenal di sini"),
        ("mitra", "36.01:1", "Mitra: “36.01:1” tidak dikenal di sini"),
        ("mitra", f"{HOSTILE}:1", "tidak dikenal di sini"),
        ("andaian", "laju_jalan_kaki:900", "Asumsi: “laju_jalan_kaki:900” tidak di antara 2 dan 7"),
    ],
)
def test_other_bad_parameters_are_refused_in_words(parameter: str, value: str, message: str) -> None:
    app = open_page("akses", **{"koridor": SERANG, "layanan": "puskesmas", parameter: value})
    assert_whole(app, "akses", SERANG)
    assert message in warnings(app).replace("\\", "")


@pytest.mark.parametrize("value", ["nan", "1e400", "-3", "0", ":::;;", HOSTILE])
def test_absurd_numbers_are_ignored(value: str) -> None:
    app = open_page("akses", koridor=SERANG, layanan="puskesmas", ambang=f"sni-radius-puskesmas:{value}", andaian=value)
    assert_whole(app, "akses", SERANG)
    assert tables_of(app) == tables_of(seen("akses", koridor=SERANG, layanan="puskesmas"))


def test_partners_widen_the_agreement() -> None:
    app = open_page("akses", koridor=SERANG, layanan="puskesmas", mitra="36.72:1")
    assert not app.warning
    assert "Boleh lintas batas di antara: Kab. Serang, Kota Serang dan Kota Cilegon" in texts(app)
    assert app.checkbox(key="mitra 36.72").value
    app.checkbox(key="mitra 36.72").set_value(False).run()
    assert "mitra" not in app.query_params


def test_all_partners_at_once() -> None:
    app = open_page("akses", koridor=SERANG, layanan="sd")
    next(b for b in app.button if b.label == "Semua tetangga").click().run()
    assert_whole(app, "akses", SERANG)
    assert app.query_params["mitra"] == "36.01:1;36.02:1;36.03:1;36.72:1"


def test_speed_and_threshold_follow_the_link() -> None:
    link = {"koridor": SERANG, "layanan": "puskesmas", "wilayah": "36.73.03.1008"}
    usual = texts(open_page("akses", **link))
    slow = texts(open_page("akses", **link, andaian="laju_jalan_kaki:2.5"))
    assert "(16 menit jalan kaki" in usual
    assert "(29 menit jalan kaki" in slow
    # Whoever is farthest at the line walks as slowly.
    own = r"Puskesmas Lebakwangi\\: 6,2 km \\\((\d+)/19/24 menit"
    assert [re.findall(own, text) for text in (usual, slow)] == [["107"], ["193"]]
    near = open_page("akses", **link, ambang="sni-radius-puskesmas:1.5")
    assert everything(near) != everything(open_page("akses", **link))
