"""The command line: the files that it writes, and what it says when it cannot."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

import report
from data import tables
from data.national_tables import National
from tests.shipped import data
from views.exports import formats
from views.story.story import Request

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True, scope="module")
def loaded_once() -> Iterator[None]:
    """What is computed of the data serves other tests, too."""
    known = data()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "load", lambda: known)
        yield


@pytest.fixture(scope="module")
def everything(loaded_once: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    out = tmp_path_factory.mktemp("laporan")
    assert report.main(["--koridor", "all", "--format", "csv", "--out", str(out)]) == 0
    assert sorted(p.stem for p in out.iterdir()) == [
        "akses_lintas_batas",
        "akses_titik",
        *(["batas_indonesia"] if National().there else []),
        "damkar",
        "indikator",
        "jawaban",
        "kesenjangan",
        "letak_berbeda",
        "lokasi_bersama",
        "pasangan",
        "perbatasan",
        "perjanjian",
        "prioritas",
        "proyek",
    ]
    text = {"kode": str, "kode_kabkota": str, "kode_kabkota_mitra": str}
    return {p.stem: pd.read_csv(p, dtype=text) for p in out.iterdir()}


def test_columns_are_as_promised(everything: dict[str, pd.DataFrame]) -> None:
    assert ",".join(everything["indikator"].columns) == (
        "kode,nama,kecamatan,kabkota,indicator,value,low,high,unit,year,people_year,level,method,quality,source"
    )
    assert ",".join(everything["perbatasan"].columns) == (
        "corridor,kode,nama,kode_kabkota,kode_kabkota_mitra,set,shared_m,distance_m"
    )
    assert ",".join(everything["akses_titik"].columns) == "kode,facility,own_m,any_m"


def test_population_adds_up_to_the_kecamatan(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["indikator"]
    people = rows[rows["indicator"] == "penduduk"]
    assert people["kode"].is_unique
    # Kelurahan of Bekasi are known on 31 December 2024, kecamatan of Banten on 30 June.
    assert people[people["kode"].str[:8] == "32.75.01"]["value"].sum() == 275_531
    assert people[people["kode"].str[:8] == "36.73.01"]["value"].sum() == pytest.approx(235_989)
    assert set(everything["indikator"]["level"]) <= {"kelurahan", "kecamatan"}


def test_the_border_of_serang_has_34_desa_and_29_kelurahan(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["perbatasan"]
    touching = rows[(rows["corridor"] == "kabserang-kotaserang") & (rows["set"] == "bersentuhan")]
    assert touching.groupby("kode_kabkota").size().to_dict() == {"36.04": 34, "36.73": 29}
    assert touching.groupby("kode_kabkota")["shared_m"].sum().round(-2).to_dict() == {"36.04": 89300, "36.73": 89300}
    assert (touching["distance_m"] == 0).all()


def test_the_gap_at_serang_is_the_one_of_the_page(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["kesenjangan"]
    keys = ["corridor", "indicator", "set", "kode_kabkota"]
    assert not rows.duplicated(keys).any()
    wanted = ("kabserang-kotaserang", "jarak_puskesmas", "bersentuhan", "36.73")
    row = rows[[tuple(key) == wanted for key in rows[keys].itertuples(index=False)]].iloc[0]
    assert (row["border_known"], row["interior_known"]) == (29, 38)
    assert 1.7 < row["ratio"] < 2.2
    # Most puskesmas have a point since the list of 2025: few values of Kota Serang are of low quality any more.
    known = everything["indikator"]
    known = known[(known["indicator"] == "jarak_puskesmas") & (known["kode"].str[:5] == "36.73")]
    assert (len(known), int(known["quality"].eq("rendah").sum())) == (67, 21)
    assert 0.001 < row["q"] <= 0.01
    assert row["strength"] == "kuat"
    assert pd.isna(row["caveats"])
    assert rows["caveats"].fillna("").str.contains("mutu_rendah").any()


def test_five_pairs_are_listed_but_not_tested(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["pasangan"]
    rows = rows[(rows["corridor"] == "bekasi-depok") & (rows["indicator"] == "jarak_smp_negeri")]
    assert len(rows) == 5
    assert rows["line_p"].isna().all()
    assert set(rows["line_verdict"]) == {"tidak_dapat_diuji"}
    assert rows["bundle"].notna().any(), "which pairs are flipped together"
    assert ((rows["value_2"] - rows["value_1"] - rows["difference"]).abs() < 1e-9).all()


def test_ranks_stand_inside_their_ranges(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["prioritas"].dropna(subset="index")
    assert (rows["rank_low"] <= rows["rank_median"]).all()
    assert (rows["rank_median"] <= rows["rank_high"]).all()
    assert (rows["beyond"] <= rows["people"] + 1e-6).all()
    assert rows["index"].between(1, 100).all()


def test_an_opening_never_lengthens_a_way_and_keeps_its_ranges(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["akses_lintas_batas"]
    assert not rows.duplicated(["corridor", "service", "kode"]).any()
    assert (rows["open_median_m"] <= rows["closed_median_m"] + 1e-6).all()
    assert (rows["saved_low_m"] <= rows["saved_m"] + 1e-6).all()
    assert (rows["saved_m"] <= rows["saved_high_m"] + 1e-6).all()
    owner = rows[rows["corridor"].eq("kabserang-kotaserang")].groupby("service")["closed_by"].first()
    assert (owner["puskesmas"], owner["sma_smk_negeri"]) == (
        "garis pemiliknya",
        "tidak ada: milik provinsi atau swasta",
    )
    assert rows[["year", "method", "quality", "source", "opened_between"]].notna().all(axis=None)
    assert rows.loc[rows["standard_m"].isna(), "people_newly_within"].isna().all()
    serang = rows[(rows["corridor"] == "kabserang-kotaserang") & (rows["service"] == "puskesmas")]
    mostly = serang[(serang["kode_kabkota"] == "36.73") & (serang["share_nearest_across"] >= 0.5)]
    assert {"Cibendung", "Kemanisan"} <= set(mostly["nama"])
    kalodran = serang.set_index("nama").loc["Kalodran"]
    assert (kalodran["facilities_closed"], kalodran["facilities_open"]) == (16, 47)
    assert kalodran["closed_low_m"] < kalodran["closed_high_m"]


def test_shared_places_cover_more_people_than_places_apart(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["lokasi_bersama"]
    assert ",".join(rows.columns[:6]) == "corridor,kind,plan,places,kode,nama"
    known = rows[rows["status"] == "perkiraan"]
    assert (known["people_low"] <= known["people_new"]).all()
    assert (known["people_new"] <= known["people_high"]).all()
    plans = known.drop_duplicates(["corridor", "kind", "plan"]).set_index(["corridor", "kind", "plan"])["people_new"]
    serang = plans["kabserang-kotaserang"]["puskesmas"]
    assert serang["bersama"] > serang["sendiri 36.04"] + serang["sendiri 36.73"]
    unknown = rows[rows["status"] == "belum ada data"]
    assert unknown["people_new"].isna().all()
    assert "sendiri 36.02" in set(unknown["plan"]), "Kab. Lebak has no list of puskesmas"


def test_row_14_places_that_rest_on_a_list_that_is_short_or_vague_are_written_with_a_warning(
    everything: dict[str, pd.DataFrame],
) -> None:
    rows = everything["lokasi_bersama"]
    warned = rows.groupby(["corridor", "kind"])["warning"].first()
    assert "daftar pos belum lengkap" in warned["kabserang-kotaserang", "pos_damkar"]
    assert warned["kabserang-kotaserang", "puskesmas"] == "letak 6 dari 47 hanya diketahui wilayahnya"
    assert warned["bekasi-depok", "puskesmas"] == "letak 21 dari 81 hanya diketahui wilayahnya"
    proposed = rows[rows["lon"].notna() & rows["kind"].eq("puskesmas") & rows["corridor"].eq("bekasi-depok")]
    assert len(proposed)
    assert proposed["warning"].notna().all()


CARRIED = {
    "indikator": "low high year people_year method quality source",
    "kesenjangan": "p q tests power density_q interior_is year_from year_to caveats",
    "pasangan": "bundle line_p line_p_least line_p_most line_q line_bundles line_bundlings line_caveats",
    "akses_lintas_batas": "closed_by range people_newly_within_low people_newly_within_high year open_upper_bound",
    "damkar": "gain_bound side_gain_low side_gain_high speed_low_kmh speed_high_kmh worlds year",
    "lokasi_bersama": "people_low people_high people_year warning",
    "prioritas": "rank_low rank_high beyond_low beyond_high caveats",
    "letak_berbeda": "stated_level distance_m treated source",
}
if National().there:
    CARRIED["batas_indonesia"] = "low high q density_q verdict density_verdict list_quality year source"
"""What every file must say beside its numbers: method, years, kind of bound, bundles, q-value, warning."""


@pytest.mark.parametrize("name", CARRIED)
def test_every_file_says_how_sure_its_numbers_are(name: str, everything: dict[str, pd.DataFrame]) -> None:
    assert everything[name][CARRIED[name].split()].notna().any().all()


def test_row_9_people_beyond_a_standard_are_written_as_a_range(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["prioritas"].dropna(subset="beyond")
    assert (rows["beyond_low"] <= rows["beyond"] + 1e-6).all()
    assert (rows["beyond"] <= rows["beyond_high"] + 1e-6).all()
    depok = rows[rows["corridor"].eq("bekasi-depok")]
    assert (depok["beyond_low"] < depok["beyond_high"]).mean() > 0.5, "official people, but not every place is known"


def test_any_facility_is_never_farther_than_ones_own(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["akses_titik"].dropna()
    assert len(rows) > 2000
    assert (rows["any_m"] <= rows["own_m"] + 0.01).all()


def test_fire_response_is_written_with_what_was_assumed(everything: dict[str, pd.DataFrame]) -> None:
    rows = everything["damkar"]
    assert not rows.duplicated(["corridor", "kode"]).any()
    known = rows.dropna(subset="closed_probability")
    assert (known["open_probability"] >= known["closed_probability"]).all()
    assert rows["open_probability"].between(0, 1).all()
    for plan in ("closed_min", "open_min", "break_even_min"):
        there = rows.dropna(subset=plan)
        assert there[f"{plan}_low"].le(there[plan] + 1e-9).all()
        assert there[plan].le(there[f"{plan}_high"] + 1e-9).all()
    assert set(rows["target_min"]) == {15}
    # No post of Pandeglang is listed: its own response is unknown, not zero.
    pandeglang = rows[rows["kode_kabkota"] == "36.01"]
    assert pandeglang[["closed_probability", "closed_people", "gain_people"]].isna().all().all()
    assert set(pandeglang["side_closed_bound"]) == {"ya"}
    bekasi = rows[(rows["corridor"] == "bekasi-depok") & (rows["kode_kabkota"] == "32.75")]
    assert len(bekasi) == 56
    assert set(bekasi["posts_exact"]) == {6}
    assert set(bekasi["side_closed_bound"]) == {"tidak"}


def test_every_known_value_of_a_corridor_is_written_once(tmp_path: Path) -> None:
    assert report.main(["--koridor", "bekasi-depok", "--out", str(tmp_path / "baru" / "folder")]) == 0
    rows = pd.read_csv(tmp_path / "baru" / "folder" / "indikator.csv", dtype={"kode": str})
    assert not rows.duplicated(["kode", "indicator"]).any()
    assert set(rows["kode"].str[:5]) == {"32.75", "32.76"}
    values = data().values
    inside = values["kode"].str[:5].isin(["32.75", "32.76"])
    assert len(rows) == int(inside.sum())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--koridor", "bekasi-bulan"], "koridor tidak dikenal: bekasi-bulan; pilihan: bekasi-depok"),
        (["--koridor", "all", "--format", "xyz"], "format tidak dikenal: xyz; pilihan: csv"),
        (["--koridor", "all", "--format", ","], "format tidak dikenal"),
    ],
)
def test_impossible_wishes_are_answered_in_words(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report.main([*arguments, "--out", str(tmp_path / "x")]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("out", ["", "."])
def test_no_folder_is_no_wish(out: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["--koridor", "bekasi-depok", "--out", out]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    assert report.main(["--koridor", "bekasi-depok", "--out", str(tmp_path / "berkas")]) == 2
    assert "tidak dapat menulis ke" in capsys.readouterr().err


def test_row_12_a_full_disk_leaves_the_old_file_whole_and_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "tapal-bekasi-depok-html-id.html"
    target.write_text("lama", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)
    assert report.main(["--koridor", "bekasi-depok", "--format", "html", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"tidak dapat menulis ke {target}: disk penuh\n"
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [(target.name, "lama")]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_row_12_a_file_that_the_system_cuts_off_is_named_and_nothing_of_it_stays(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(report.WriteError, match=rf"{tmp_path}/a.csv: berkas melebihi batas ukuran"):
            report.write_whole(tmp_path / "a.csv", b"x" * 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_row_12_two_that_write_the_same_file_do_not_meet(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    contents = [bytes([65 + n]) * 2_000_000 for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda content: report.write_whole(target, content), contents * 5))
    assert target.read_bytes() in contents
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def run_report(*arguments: str) -> "subprocess.Popen[str]":
    """The program in a process of its own, which hears Ctrl+C even where these tests run in the background."""
    start = (
        "import signal, sys, report; signal.signal(signal.SIGINT, signal.default_int_handler); sys.exit(report.main())"
    )
    command = [sys.executable, "-c", start, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_row_12_what_is_interrupted_says_so_without_a_trace_and_leaves_whole_files(tmp_path: Path) -> None:
    with run_report("--koridor", "all", "--format", "html", "--out", str(tmp_path)) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("tapal-")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert said == "dihentikan; berkas yang sudah disebut di atas utuh\n"
    assert {p.suffix for p in tmp_path.iterdir()} == {".html"}
    assert all(p.read_bytes().endswith(b"</html>\n") for p in tmp_path.iterdir())


def test_row_12_a_reader_that_goes_away_stops_no_file(tmp_path: Path) -> None:
    with run_report("--koridor", "bekasi-depok", "--format", "html,gpkg", "--out", str(tmp_path)) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, "")
    assert {p.suffix for p in tmp_path.iterdir()} == {".html", ".gpkg"}


@pytest.mark.parametrize("option", ["--koridor", "--format", "--bahasa", "--out"])
def test_row_12_an_option_twice_is_refused(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"--koridor": "bekasi-depok", "--format": "html", "--bahasa": "id", "--out": str(tmp_path / "x")}
    words = [word for pair in given.items() for word in pair]
    with pytest.raises(SystemExit) as ended:
        report.main([*words, option, given[option]])
    assert ended.value.code == 2
    assert f"{option} disebut dua kali" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_the_report_brings_no_streamlit_and_no_page_with_it() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for folder in ("views/story", "views/exports", "open_data")
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]
    script = f"import sys, report, {', '.join(modules)}\nprint(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"pptx", "typst", "matplotlib"} <= set(done.stdout.split())
    assert not {"streamlit", "folium", "streamlit_folium", "plotly", "pages"} & set(done.stdout.split())


def test_other_kinds_of_file_are_written_whole_in_the_language_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def kind(name: str) -> formats.Kind:
        def build(request: Request) -> bytes:
            asked.append((name, request.corridor.id, request.words.language))
            return name.encode()

        return formats.Kind(formats.FORMATS[name].suffix, build)

    monkeypatch.setattr(formats, "FORMATS", {name: kind(name) for name in formats.FORMATS})
    wish = ["--koridor", "bekasi-depok", "--format", "pptx,pdf", "--bahasa", "en", "--out", str(tmp_path)]
    assert report.main(wish) == 0
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "tapal-bekasi-depok-pptx-en.pptx": b"pptx",
        "tapal-bekasi-depok-pdf-en.pdf": b"pdf",
        "tapal-bekasi-depok-profil-en.zip": b"profil",
    }
    assert asked == [(name, "bekasi-depok", "en") for name in ("pptx", "pdf", "profil")]


def test_every_kind_of_file_has_a_builder_that_can_be_brought_in(tmp_path: Path) -> None:
    assert set(report.FORMATS) == {"csv", *formats.FORMATS}
    assert report.main(["--koridor", "bekasi-depok", "--format", "pptx", "--out", str(tmp_path)]) == 0
    (written,) = tmp_path.iterdir()
    assert written.read_bytes().startswith(b"PK")
