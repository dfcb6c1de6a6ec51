"""The fire page and the drill from the entry point: links, sliders, posts, and what is refused."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import HOSTILE, answer, assert_refused, assert_whole, open_page, plain, seen, texts

# What each section shows: words of its text, and how many tables; the first is a chart instead.
SECTIONS = {
    "tunda": ("", 0),
    "alamat": ("letak pos itu yang berbeda-beda", 1),
    "unit": ("Asumsi: pos mengirim semua unitnya", 1),
    "serentak": ("Panggilan ke-3 di garis batas tercapai dalam 15 menit", 1),
    "kasus": ("Kejadian dan waktu tanggap yang tercatat", 2),
}
# The classes of each map, as its legend names them.
MAPS = {"peluang": "5 – < 25 %", "menit": "≤ 7,5 menit", "manfaat": "< 1 poin persen"}


def card(app: AppTest) -> str:
    """The table of both sides beside the map."""
    (found,) = (body for t in app.get("html") if "pos sendiri" in (body := plain(unescape(str(t.proto.body)))))
    return found


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("corridor", ["bekasi-depok", "kabserang-kotaserang", "kabserang-pandeglang", "semua"])
def test_every_section_opens(corridor: str, section: str) -> None:
    app = open_page("damkar", koridor=corridor, bagian=section)
    assert_whole(app, "damkar", corridor)
    assert not app.warning
    words, tables = SECTIONS[section]
    if corridor == "kabserang-pandeglang" and section == "serentak":
        words, tables = "", 0
    assert words in texts(app)
    assert len(app.dataframe) == tables
    assert len(app.get("plotly_chart")) == (section == "tunda")
    assert answer(app) == answer(seen("damkar", koridor=corridor, bahasa="id")), "a section changes no number"


@pytest.mark.parametrize("shown", MAPS)
@pytest.mark.parametrize("plan", ["terbuka", "tertutup"])
def test_every_map_is_drawn(shown: str, plan: str) -> None:
    app = open_page("damkar", koridor="kabserang-kotaserang", peta=shown, batas=plan)
    assert_whole(app, "damkar", "kabserang-kotaserang")
    assert not app.warning
    assert len(app.get("component_instance")) == 1
    assert MAPS[shown] in unescape("".join(str(table.proto.body) for table in app.get("html")))


def test_the_answer_names_both_sides_the_year_the_ranges_and_the_state_of_the_list() -> None:
    app = seen("damkar", koridor="kabserang-kotaserang", bahasa="id")
    assert "warga yang terjangkau dalam 15 menit bertambah 14 ribu sampai 390 ribu." in answer(app)
    note = texts(app)
    assert "Kab. Serang 0 sampai 56 ribu; Kota Serang 14 ribu sampai 350 ribu; penduduk 2024" in note
    assert "Letak dan daftar pos Kota Serang belum lengkap." in note
    # One base of Kota Serang is known, and nobody published how many there are.
    assert "≥ " in card(app)


def test_a_slider_goes_into_the_link_and_the_link_shows_the_same_numbers() -> None:
    app = open_page("damkar", koridor="kabserang-kotaserang")
    before = answer(app)
    app.select_slider(key="asumsi tunda").set_value(6.0).run()
    app.select_slider(key="asumsi laju").set_value(40.0).run()
    assert app.query_params["asumsi"] in ("tunda:6;laju:40", ["tunda:6;laju:40"])
    assert answer(app) != before
    again = open_page("damkar", koridor="kabserang-kotaserang", asumsi="tunda:6;laju:40")
    assert texts(again) == texts(app)


def test_a_longer_delay_never_reaches_more_people() -> None:
    pattern = re.compile(r"<b>(?:≥ )?([\d.]+)</b>")
    found = []
    for delay in ("0", "2", "5", "15"):
        text = card(seen("damkar", koridor="kabserang-kotaserang", asumsi=f"tunda:{delay}"))
        closed, opened = (
            [int(n.replace(".", "")) for n in pattern.findall(text.partition(mark)[2])][:2]
            for mark in ("pos sendiri", "boleh lintas batas")
        )
        assert [b >= a for a, b in zip(closed, opened, strict=True)] == [True, True]
        found.append((closed, opened))
    for earlier, later in pairwise(found):
        assert later[0] == earlier[0]
        assert [b <= a for a, b in zip(earlier[1], later[1], strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("asumsi", "tunda:99"),
        ("asumsi", "tunda:nan"),
        ("asumsi", "laju:0"),
        ("asumsi", "bulan:3"),
        ("asumsi", "tunda:1;tunda:2"),
        ("asumsi", "1e400"),
        ("asumsi", HOSTILE),
        ("asumsi", "x" * 5000),
        ("laju", "cepat"),
        ("tetangga", "semua"),
        ("pos_rencana", HOSTILE),
        ("peta", "x"),
        ("batas", "x"),
        ("bagian", "x"),
        ("serentak", "99"),
        ("unit", "-1"),
        ("skenario", "tutup,pos_damkar:9999"),
        ("skenario", "pindah,pos_damkar:0013,200,-6"),
        ("skenario", "pindah,pos_damkar:0013,106.0,-5.5"),
        ("skenario", "tutup,pos_damkar:0001"),
        ("skenario", HOSTILE),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(parameter: str, value: str) -> None:
    app = open_page("damkar", koridor="kabserang-kotaserang", **{parameter: value})
    assert_refused(app, "damkar", "kabserang-kotaserang")
    assert answer(app).startswith("**Bila pos terdekat dari daerah mana pun")


def test_a_placed_post_is_exact_and_asks_no_more() -> None:
    app = seen("damkar", koridor="kabserang-kotaserang", bagian="alamat")
    assert "Tanyakan dulu alamat Damkar Kota Serang" in texts(app)
    assert "Tidak digambar karena tidak satu wilayah pun diketahui: Damkar Kota Serang." in texts(app)
    assert "Kota Serang 14 ribu sampai 350 ribu" in texts(app)
    placed = open_page(
        "damkar", koridor="kabserang-kotaserang", bagian="alamat", skenario="pindah,pos_damkar:0013,106.15400,-6.12000"
    )
    assert not placed.warning
    assert "Damkar Kota Serang: letak ditentukan" in texts(placed)
    assert "Kota Serang 5.000 sampai 45 ribu" in texts(placed), "a known place leaves less open"
    assert "Tidak digambar" not in texts(placed)
    assert "Tanyakan dulu alamat Damkar Kota Serang" not in texts(placed)


def test_planned_posts_and_other_neighbours_are_switches() -> None:
    usual = seen("damkar", koridor="bekasi-depok", bahasa="id")
    planned = open_page("damkar", koridor="bekasi-depok", pos_rencana="ya")
    others = open_page("damkar", koridor="bekasi-depok", tetangga="ya")
    assert "Letak 11 dari 17 pos belum pasti." in texts(usual)
    assert "Letak 14 dari 20 pos belum pasti." in texts(planned)
    assert "Termasuk pos yang baru direncanakan" in texts(planned)
    assert "Kab. Bogor" in texts(others)
    assert card(others) != card(usual)


def test_the_headquarters_across_the_line_is_its_operators_own_post() -> None:
    text = texts(seen("damkar", koridor="kabserang-kotaserang", bahasa="id"))
    assert "Mako Damkar Kab. Serang** milik Kab. Serang tetapi berdiri di Kota Serang" in text


def test_a_side_without_a_listed_post_is_unknown() -> None:
    text = texts(seen("damkar", koridor="kabserang-pandeglang", bahasa="id"))
    assert "Pos Kab. Pandeglang belum ada data." in text
    assert "Tidak satu pos pun ada dalam daftar" in text


def test_cases_stand_beside_the_model_with_the_reminder() -> None:
    app = seen("damkar", koridor="bekasi-depok", bagian="kasus")
    assert "Dihitung berbeda, jadi tidak dapat dibandingkan langsung" in texts(app)
    cases, figures = (frame.value for frame in app.dataframe)
    assert "13 menit 33 detik rata-rata" in set(cases["Angka"])
    assert cases["Sumber"].str.startswith("http").all()
    assert len(figures) > 5


def test_roads_of_different_density_change_the_numbers_where_they_are_known() -> None:
    usual = card(seen("damkar", koridor="bekasi-depok", bahasa="id"))
    dense = card(seen("damkar", koridor="bekasi-depok", laju="kerapatan"))
    assert usual != dense
    serang = {card(seen("damkar", koridor="kabserang-kotaserang", laju=v)) for v in ("tetap", "kerapatan")}
    assert len(serang) == 1


def test_a_drill_repeats_from_its_link_and_another_number_is_another_drill() -> None:
    first = open_page("latihan", koridor="kabserang-kotaserang", benih="7")
    again = open_page("latihan", koridor="kabserang-kotaserang", benih="7")
    other = open_page("latihan", koridor="kabserang-kotaserang", benih="8")
    tables = [app.dataframe[0].value.to_dict() for app in (first, again, other)]
    assert tables[0] == tables[1]
    assert tables[0] != tables[2]


@pytest.mark.parametrize(
    ("parameter", "value"), [("benih", "0"), ("benih", "-3"), ("benih", HOSTILE), ("kejadian", "1000"), ("benih", "²")]
)
def test_a_bad_drill_is_refused_in_words(parameter: str, value: str) -> None:
    assert_refused(open_page("latihan", **{parameter: value}), "latihan")


HEAD = "koridor,benih,nomor,kode,jam_panggilan,jam_tiba,unit_datang,catatan"


def _kodes() -> list[str]:
    from analysis.fire import fire as fire_analysis
    from views.link import context
    from views.topics.drill import screen as drill_screen
    from views.topics.fire import choices as fire_choices

    data = context.dataset()
    choices = fire_analysis.default_choices(data.catalogue.assumptions)
    state = fire_choices.FireState("kabserang-kotaserang", (), False, False, choices)
    return [p.kode for p in drill_screen.places(data, state, 4, 7)]


def test_a_log_comes_back_and_is_held_against_the_model() -> None:
    app = open_page("latihan", koridor="kabserang-kotaserang", benih="7", kejadian="4")
    lines = [
        f"kabserang-kotaserang,7,{n},{kode},10:00,10:{12 + n},Regu {n},baik" for n, kode in enumerate(_kodes(), start=1)
    ]
    app.file_uploader(key="log_latihan").upload("latihan.csv", "\n".join([HEAD, *lines]).encode()).run()
    assert_whole(app, "latihan", "kabserang-kotaserang")
    assert not app.error
    assert "4 kejadian tercatat" in texts(app)


@pytest.mark.parametrize("name", ["good", "bom", "semicolon", "utf16", "cp1252", "blank_end", "ctrl"])
def test_row_10_a_log_as_spreadsheets_write_it_is_taken(name: str, root: Path) -> None:
    app = open_page("latihan", koridor="bekasi-depok", benih="1", kejadian="6")
    content = (root / "tests" / "cases" / f"latihan_{name}.csv").read_bytes()
    app.file_uploader(key="log_latihan").upload("latihan.csv", content).run()
    assert not app.exception
    assert not app.error
    assert "6 kejadian tercatat" in texts(app)


def test_row_10_a_log_with_two_equal_headings_is_refused_in_words(root: Path) -> None:
    app = open_page("latihan", koridor="bekasi-depok", benih="1", kejadian="6", bahasa="en")
    content = (root / "tests" / "cases" / "latihan_duphead.csv").read_bytes()
    app.file_uploader(key="log_latihan").upload("latihan.csv", content).run()
    assert not app.exception
    assert [e.value for e in app.error] == ["Row 1: the heading koridor stands twice. The whole file is refused."]
    assert "tercatat" not in texts(app)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "simpan sebagai CSV UTF"),
        (b"", "tidak ada baris di bawah judul kolom"),
        (b"a,b\n1,2\n", "Baris 1: kolom koridor tidak ada"),
        (
            f"{HEAD.replace('koridor', 'Koridor')}\na,b,c,d,e,f,g,h".encode(),
            "kolom koridor tidak ada; yang ada Koridor",
        ),
        (f"{HEAD},koridor\na,b,c,d,e,f,g,h,i".encode(), "Baris 1: judul kolom koridor muncul dua kali"),
        (f"{HEAD}\nkabserang-kotaserang,7,1".encode(), "Baris 2: jumlah sel"),
        (f"{HEAD}\nkabserang-kotaserang,7,1,x,,,,\n".encode(), "jumlah baris"),
    ],
)
def test_a_log_that_cannot_be_used_is_refused_with_its_line(content: bytes, message: str) -> None:
    app = open_page("latihan", koridor="kabserang-kotaserang", benih="7", kejadian="4")
    app.file_uploader(key="log_latihan").upload("latihan.csv", content).run()
    assert_whole(app, "latihan", "kabserang-kotaserang")
    shown = " ".join(str(e.value) for e in app.error)
    assert message in shown
    assert "Seluruh berkas ditolak" in shown
