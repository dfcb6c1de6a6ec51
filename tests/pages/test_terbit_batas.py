"""New boundaries on the pages: brought, drawn over the old ones, checked by a second person, followed, withdrawn."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from records.permissions import Actor
from records.uploads import reading
from tests.data.drawn import CORRIDOR, GIVES, TAKES, geojson, moved, strip
from tests.pages.opening import open_page
from tests.pages.uploading import ACTOR, as_of_now, brought, plain, press
from tests.shipped import data
from views.link import results

FOLLOWING: dict[str, dict[str, str]] = {
    "beranda": {"indikator": "kepadatan"},
    "profil": {"wilayah": TAKES},
    "akses": {},
    "bandingkan": {},
}


def shown() -> dict[str, str]:
    return {page: plain(open_page(page, koridor=CORRIDOR, **more)) for page, more in FOLLOWING.items()}


def table(app: AppTest, column: str) -> list[list[Any]]:
    frame = next(t.value for t in app.dataframe if column in t.value.columns)
    rows: list[list[Any]] = frame.to_numpy().tolist()
    return rows


def test_a_strip_that_moves_between_two_kelurahan_is_followed_by_every_page_and_goes_back(
    serang: dict[str, Actor],
) -> None:
    before, reader = shown(), open_page("profil", koridor=CORRIDOR, wilayah=TAKES)
    app = brought(serang["editor"], "batas.geojson", geojson(strip(300)), koridor=CORRIDOR)
    said = plain(app)
    assert "Berkas batas kelurahan/desa: 2 baris, yaitu 2 berubah" in said
    assert "2 kelurahan/desa digambar, 0 tetangganya ikut berubah" in said
    assert "data:image/svg+xml" in "".join(str(h.proto.body) for h in app.get("html"))
    areas = table(app, "Luas sesudahnya (km²)")
    assert {row[1] for row in areas} == {GIVES, TAKES}
    assert sum(row[4] - row[3] for row in areas) == pytest.approx(0, abs=0.001), "no land is lost"
    assert all(row[0].startswith(("Bendung", "Teritih")) for row in table(app, "Garis sesudahnya (m)"))
    with patch(ACTOR, lambda: serang["editor"]):
        next(d for d in app.date_input).set_value(date(2026, 11, 1))
    press(serang["editor"], app, "Ajukan")
    assert results.as_of(data(), reading.history() or ()) is data(), "what waits is shown nowhere"

    app = as_of_now(serang["verifier"], "unggah", koridor=CORRIDOR)
    assert "2 kelurahan/desa digambar, 0 tetangganya ikut berubah" in plain(app)
    press(serang["verifier"], app, "Terbitkan")
    after = shown()
    for page in FOLLOWING:
        assert after[page] != before[page], page
        assert "Memuat data kantor: batas kelurahan/desa Kota Serang 1 November 2026 (versi 1)" in after[page], page
    # A session that was open all the time follows with its next action.
    reader.run()
    assert plain(reader) == after["profil"]
    earlier = open_page("profil", koridor=CORRIDOR, wilayah=TAKES, per="0")
    assert "Per data bawaan Tapal" in "\n".join(i.value for i in earlier.info)

    app = as_of_now(serang["verifier"], "unggah", koridor=CORRIDOR)
    with patch(ACTOR, lambda: serang["verifier"]):
        app.text_input(key="unggah tarik alasan").set_value("garis keliru").run()
    press(serang["verifier"], app, "Tarik versi 1")
    assert shown() == before


def test_land_of_the_other_government_is_refused_in_words_by_feature_and_the_file_is_not_submitted(
    serang: dict[str, Actor],
) -> None:
    app = brought(serang["editor"], "batas.geojson", geojson(moved(GIVES, 120)), koridor=CORRIDOR)
    assert "1 ditolak" in plain(app)
    said = [str(row[-1]) for row in table(app, "Fitur")]
    assert any("melewati garis batas daerah" in text and "Kab. Serang" in text for text in said), said
    assert any("gambar juga kelurahan/desa itu" in text for text in said), said
    assert not [b for b in app.button if b.label == "Ajukan"]
    assert [b for b in app.get("download_button") if "catatan" in b.proto.label]


def test_the_boundaries_of_today_change_nothing_and_are_not_submitted(serang: dict[str, Actor]) -> None:
    known = data().land.kelurahan.set_index("kode").geometry
    app = brought(
        serang["editor"], "batas.geojson", geojson({kode: known[kode] for kode in (GIVES, TAKES)}), koridor=CORRIDOR
    )
    assert "tidak ada tanah yang berpindah" in plain(app)
    assert "batasnya sama dengan yang sekarang" in plain(app)
    assert not [b for b in app.button if b.label == "Ajukan"]
