"""A list of places on the pages: brought, checked by a second person, followed by every page, withdrawn."""

from datetime import date
from unittest.mock import patch

from records.permissions import Actor
from records.uploads import reading
from tests.data.facility_lists import CORRIDOR, csv_list, geojson, puskesmas
from tests.pages.opening import open_page, texts
from tests.pages.uploading import ACTOR, as_of_now, brought, plain, press
from tests.shipped import data
from views.link import results

FOLLOWING: dict[str, dict[str, str]] = {
    "akses": {},
    "prioritas": {},
    "lokasi": {"jenis": "puskesmas", "baru": "36.73:1", "hitung": "rencana"},
    "beranda": {},
}
FOLLOWS = {
    "akses": (
        "96 ribu sampai 140 ribu warga mendapat yang lebih dekat",
        "kira-kira 110 ribu warga mendapat yang lebih dekat",
    ),
    "prioritas": ("tetapi urutannya belum pasti", "Cibendung di Kota Serang termasuk yang paling membutuhkan"),
    "lokasi": ("10 puskesmas bertitik dan 6 yang hanya diketahui wilayahnya", "16 puskesmas bertitik dan 0 yang hanya"),
    "beranda": (
        "Belum pasti: 34 dari 63 kelurahan/desa perbatasan",
        "Belum pasti: 30 dari 63 kelurahan/desa perbatasan",
    ),
}
"""What each page says before and after: a range becomes a number."""


def shown() -> dict[str, str]:
    return {page: plain(open_page(page, koridor=CORRIDOR, **more)) for page, more in FOLLOWING.items()}


def test_six_points_turn_hatched_kelurahan_solid_on_every_page_and_back(serang: dict[str, Actor]) -> None:
    before, reader = shown(), open_page("akses", koridor=CORRIDOR)
    app = brought(serang["editor"], "puskesmas.csv", csv_list(), koridor=CORRIDOR)
    assert "16 baris, yaitu 6 berubah dan 10 sama" in texts(app)
    assert not [b for b in app.button if b.label == "Ajukan"], "whether the list is whole is asked first"
    with patch(ACTOR, lambda: serang["editor"]):
        next(r for r in app.radio if "lengkap" in r.label).set_value(True).run()
        next(d for d in app.date_input).set_value(date(2026, 11, 1))
    press(serang["editor"], app, "Ajukan")
    assert results.as_of(data(), reading.history() or ()) is data(), "what waits is shown nowhere"

    app = as_of_now(serang["verifier"], "unggah", koridor=CORRIDOR)
    said = texts(app)
    assert "16 tempat: 6 berubah dan 10 sama" in said
    assert "dari 67 kelurahan/desa, 48 belum pasti atau belum ada data; sesudah terbit 0" in said
    press(serang["verifier"], app, "Terbitkan")

    after = shown()
    assert all(after[page] != before[page] for page in FOLLOWING)
    for page, (said, now) in FOLLOWS.items():
        assert (said in before[page], said in after[page]) == (True, False), page
        assert (now in before[page], now in after[page]) == (False, True), page
    for page in FOLLOWING:
        assert "Memuat data kantor: daftar fasilitas Kota Serang 1 November 2026 (versi 1)" in after[page].replace(
            "\\", ""
        )
    # A session that was open all the time follows with its next action.
    reader.run()
    assert plain(reader) == after["akses"]

    app = as_of_now(serang["verifier"], "unggah", koridor=CORRIDOR)
    with patch(ACTOR, lambda: serang["verifier"]):
        app.text_input(key="unggah tarik alasan").set_value("titik keliru").run()
    press(serang["verifier"], app, "Tarik versi 1")
    assert shown() == before


def test_a_map_file_asks_for_the_kind_and_names_the_feature_that_is_wrong(serang: dict[str, Actor]) -> None:
    own = [(name, lon, lat) for name, _, lon, lat, _ in puskesmas()]
    good = [({"nama": name}, {"type": "Point", "coordinates": [lon, lat]}) for name, lon, lat in own]
    name, lon, lat = own[3]
    wrong = [*good[:3], ({"nama": name}, {"type": "Point", "coordinates": [lat, lon]}), *good[4:]]
    app = brought(serang["editor"], "puskesmas.geojson", geojson(wrong), koridor=CORRIDOR)
    with patch(ACTOR, lambda: serang["editor"]):
        next(s for s in app.selectbox if "Tempat apa" in s.label).set_value("puskesmas").run()
    assert not app.exception
    assert "1 ditolak" in texts(app)
    table = next(t.value for t in app.dataframe if "Fitur" in t.value.columns)
    assert table[["Fitur", "Masalah"]].to_numpy().tolist() == [[4, "lintang dan bujur tertukar"]]
    assert not [b for b in app.button if b.label == "Ajukan"]
    with patch(ACTOR, lambda: serang["editor"]):
        app.file_uploader[0].upload("lagi.geojson", geojson(good)).run()
        next(s for s in app.selectbox if "Tempat apa" in s.label).set_value("puskesmas").run()
        next(r for r in app.radio if "lengkap" in r.label).set_value(False).run()
        next(d for d in app.date_input).set_value(date(2026, 11, 1))
    press(serang["editor"], app, "Ajukan")
    [one] = reading.submitted(serang["verifier"])
    assert (one.count, one.complete) == (16, False)
