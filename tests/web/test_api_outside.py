"""The feed as other programs read it: GDAL's driver, OWSLib and a reader of Atom, through a running server."""

import feedparser
import numpy as np
import pyogrio
import pytest
from owslib.ogcapi.features import Features

from open_data.feed import COLLECTIONS
from open_data.indicators import indicator_rows
from tests.shipped import data
from tests.web.answers import Answer

ROWS = {
    "kelurahan": 2622,
    "batas": 768,
    "perbatasan": 1064,
    "fasilitas": 20355,
    "nilai": 16050,
    "batas_indonesia": 5928,
    "kelurahan_batas_indonesia": 20880,
}


def test_gdal_reads_every_collection_in_full(address: str) -> None:
    source = f"OAPIF:{address}/api/v1"
    assert [name for name, _ in pyogrio.list_layers(source)] == list(COLLECTIONS)
    for name in COLLECTIONS:
        found = pyogrio.read_dataframe(source, layer=name)
        if name in ROWS:
            assert len(found) == ROWS[name]
        if len(found):
            assert found["id"].is_unique
    assert len(data().values) > ROWS["nilai"] == len(indicator_rows(data(), list(data().catalogue.corridors.values())))


def test_gdal_asks_for_a_box_and_finds_the_same_numbers(address: str) -> None:
    source = f"OAPIF:{address}/api/v1"
    found = pyogrio.read_dataframe(source, layer="nilai", bbox=(106.9, -6.4, 106.95, -6.3))
    assert 0 < len(found) < ROWS["nilai"]
    wanted = indicator_rows(data(), list(data().catalogue.corridors.values())).set_index(["indicator", "kode"])
    own = wanted.loc[list(zip(found["indicator"], found["kode"], strict=True))]
    np.testing.assert_array_equal(found["value"].to_numpy(), own["value"].to_numpy())
    assert found["source"].tolist() == own["source"].tolist()


def test_owslib_reads_every_collection_in_full(address: str) -> None:
    feed = Features(f"{address}/api/v1")
    assert feed.feature_collections() == list(COLLECTIONS)
    assert [c.rpartition("/")[2] for c in feed.conformance()["conformsTo"]] == ["core", "geojson", "oas30"]
    assert feed.api()["openapi"] == "3.0.3"
    for name in COLLECTIONS:
        ids: set[str] = set()
        while True:
            page = feed.collection_items(name, limit=1000, offset=len(ids))
            ids |= {feature["id"] for feature in page["features"]}
            if not page["features"] or len(ids) >= page["numberMatched"]:
                break
        assert len(ids) == page["numberMatched"] == ROWS.get(name, len(ids))


@pytest.mark.parametrize("kind", ["pengingat", "perjanjian"])
def test_a_reader_of_atom_finds_every_entry_and_its_page(address: str, kind: str) -> None:
    told = Answer(f"{address}/{kind}.atom?koridor=bekasi-depok&bahasa=en")
    assert told.headers["content-type"] == "application/atom+xml"
    found = feedparser.parse(told.body)
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.entries
    assert found.feed.links[0]["href"].startswith(f"{address}/{kind}.atom?")
    for entry in found.entries:
        assert entry.title
        assert entry.updated_parsed
        assert entry.link.startswith(f"{address}/")
    assert Answer(found.entries[0].link).status == 200


def test_the_page_of_the_feed_is_not_taken_for_one_of_the_app(address: str) -> None:
    page = Answer(f"{address}/api/v1/docs")
    assert b"Umpan data" in page.body
    assert b"<script" not in page.body
    assert "default-src 'self'" in page.headers["content-security-policy"]
    # A large answer is packed once, beside the loop that serves everybody.
    packed = Answer(f"{address}/api/v1/collections/batas/items?limit=768", {"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert Answer(f"{address}/api/v1/tidak-ada").headers["content-type"] == "application/problem+json"
    assert Answer(f"{address}/api/v1/collections", {"Host": "jahat.example"}).status == 421
