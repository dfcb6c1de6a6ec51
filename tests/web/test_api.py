"""The feed: its numbers are those of the CSV, it says what it refuses, and one asker cannot stall the others."""

import asyncio
import gzip
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.types import Message

from analysis.agreements.model import Actor, Agreement, Document, Origin, Party, Role, State, Text
from data import national_tables as data_national
from data.versions import Published
from open_data import national as open_national
from open_data.agreements import agreement_rows
from open_data.feed import COLLECTIONS, OF_PERSONS
from open_data.indicators import border_rows, indicator_rows
from records import database
from records.agreements import reading as agreements
from records.uploads import reading as uploads
from tests.shipped import data
from views.language.cells import csv_text
from views.link import context
from views.link.feed import Feed
from views.topics.feed import page
from web.api import asking, kept
from web.api.contract import RefusedError
from web.api.service import Feed as Served

HOST = "tapal.test"
CORRIDORS = list(data().catalogue.corridors.values())


class Told:
    """One answer."""

    def __init__(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.status, self.headers, self.content = status, headers, content

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)

    def link(self, rel: str) -> str | None:
        return next((one["href"] for one in self.json()["links"] if one["rel"] == rel), None)


class Asker:
    """Another program that asks the feed."""

    def __init__(self, served: Served, host: str = HOST) -> None:
        self.served = served
        self.host = host
        self.app = Starlette(routes=served.routes())

    def get(self, address: str, method: str = "GET", scheme: str = "http", **headers: str) -> Told:
        parts = urlsplit(address if address.startswith("http") else f"http://{self.host}{self.served.path}{address}")
        sent = {"host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        scope = {"type": "http", "method": method, "path": parts.path, "query_string": parts.query.encode()}
        scope |= {"headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in sent.items()], "scheme": scheme}
        scope |= {"client": ("192.0.2.7", 1), "server": (self.host, 80), "root_path": "", "http_version": "1.1"}
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def note(message: Message) -> None:
            messages.append(message)

        async def answer() -> None:
            try:
                await self.app(scope, receive, note)
            except ZeroDivisionError:
                # An error of ours goes on to the log once the answer is out.
                assert messages

        asyncio.run(answer())
        found = {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}
        return Told(messages[0]["status"], found, b"".join(m.get("body", b"") for m in messages[1:]))

    def all(self, address: str, rows: str) -> list[Any]:
        """Every row, through every page."""
        found: list[Any] = []
        after: str | None = address
        while after:
            told = self.get(after)
            assert told.status == 200, told.text
            found += told.json()[rows]
            assert told.json()["numberReturned"] == len(told.json()[rows])
            after = told.link("next")
        assert len(found) == told.json()["numberMatched"]
        return found


HOLDINGS = Feed()


def asker(base: str = "", **more: Any) -> Asker:
    return Asker(Served(HOLDINGS, page.page, base, **{"usual": "1000000/minute", **more}))


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data that all tests share."""
    monkeypatch.setattr(context, "dataset", data)


@pytest.fixture(scope="module")
def reader() -> Asker:
    """Who asks, and is never too fast."""
    return asker()


def known(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them."""
    return [
        dict(zip(rows.columns, row, strict=True)) for row in rows.astype(object).where(rows.notna(), None).to_numpy()
    ]


def test_the_served_values_are_those_of_the_csv_of_all_corridors(reader: Asker) -> None:
    wanted = indicator_rows(data(), CORRIDORS)
    found = reader.all("/collections/nilai/items?f=records&limit=1000", "records")
    own = [{name: row[name] for name in wanted.columns} for row in found]
    assert own == known(wanted), "value by value, to the last bit"
    # The file has one column more, at its end.
    lines = reader.get("/collections/nilai/items?f=csv").text.splitlines()
    assert "\n".join(line.rpartition(",")[0] for line in lines) + "\n" == csv_text(wanted)
    content = io.BytesIO(reader.get("/collections/nilai/items?f=parquet").content)
    table = gpd.read_parquet(content)
    assert table.crs.to_epsg() == 4326
    assert known(pd.DataFrame(table)[list(wanted.columns)]) == known(wanted)


def test_the_other_tables_are_those_of_the_csv_too(reader: Asker) -> None:
    lines = border_rows(data(), CORRIDORS)
    assert reader.get("/collections/perbatasan/items?f=csv").text == csv_text(lines)
    features = reader.all("/collections/perbatasan/items?limit=300", "features")
    assert [f["properties"] for f in features] == known(lines)
    places = reader.all("/collections/fasilitas/items?f=records&kode_kabkota=32.75&limit=1000", "records")
    own = data().facilities[data().facilities["kode_kabkota"] == "32.75"]
    assert [p["id"] for p in places] == own.index.tolist()
    assert [p["lon"] for p in places] == [row["lon"] for row in known(own)]


def test_boundaries_are_the_unsimplified_ones_turned_as_geojson_wants_them(reader: Asker) -> None:
    found = reader.all("/collections/kelurahan/items?kode_kabkota=32.76", "features")
    polygons = data().polygons("kelurahan").set_index("kode").geometry
    assert {f["id"] for f in found} == set(polygons.index[polygons.index.str.startswith("32.76")])
    for feature in found:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert shape.equals(polygons[feature["id"]])
        assert all(part.exterior.is_ccw for part in getattr(shape, "geoms", [shape]))


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_collection_says_what_it_is_and_gives_each_row_by_its_id(reader: Asker, name: str) -> None:
    about = reader.get(f"/collections/{name}").json()
    assert (about["id"], about["itemType"]) == (name, "feature")
    whole = reader.get(f"/collections/{name}/items?limit=3").json()
    for feature in whole["features"]:
        one = reader.get(f"/collections/{name}/items/{feature['id']}").json()
        assert {k: one[k] for k in feature} == feature
        assert list(feature["properties"]) == [c.name for c in COLLECTIONS[name].columns]
    assert {link["rel"] for link in about["links"]} == {"self", "items", "license"}
    if name in ("nilai", "kelurahan", "batas", "fasilitas"):
        assert all(f["properties"]["source"] and f["properties"]["year"] for f in whole["features"])
        west, south, east, north = about["extent"]["spatial"]["bbox"][0]
        assert (105, -8) < (west, south) < (east, north) < (108, -5)


def test_the_landing_page_leads_everywhere_below_a_path_and_behind_a_proxy() -> None:
    plain = asker()
    assert plain.get("").json() == plain.get("/").json()
    for told, root in (
        (asker("/tapal").get("/"), f"http://{HOST}/tapal/api/v1"),
        (asker("/tapal").get("/", scheme="https"), f"https://{HOST}/tapal/api/v1"),
        (asker("/tapal", addresses=[f"https://{HOST}"]).get("/"), f"https://{HOST}/tapal/api/v1"),
    ):
        assert told.link("service-desc") == f"{root}/openapi.json"
        assert all(one["href"].startswith(root) for one in told.json()["links"])
    below = asker("/tapal")
    following = below.get("/collections/batas/items?limit=5").link("next")
    assert following
    assert below.get(following).json()["numberReturned"] == 5
    # Nobody's words get into a link: a strange host leaves the path alone.
    strange = Asker(plain.served, 'x"><script>')
    assert strange.get(f"http://{HOST}/api/v1/").link("data") == "/api/v1/collections"


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("bbox=nan,1,2,3", 400, "bujur barat"),
        ("bbox=1,2,3", 400, "bujur barat"),
        ("bbox=", 400, "bujur barat"),
        ("bbox=1e999,0,1,1", 400, "bujur barat"),
        ("bbox=-6.5,106.8,-6.1,107.1", 400, "bujur ditulis lebih dulu"),
        ("bbox=106,-6,107,-7", 400, "lebih besar daripada lintang utara"),
        ("limit=-1", 400, "limit paling kecil 1"),
        ("limit=0", 400, "limit paling kecil 1"),
        ("limit=1e9", 400, "bilangan bulat"),
        ("limit=1000000000", 200, ""),
        (f"limit={'9' * 5000}", 400, "bilangan bulat"),
        ("offset=-1", 400, "offset paling kecil 0"),
        (f"offset={10**30}", 200, ""),
        ("tidak_ada=1", 400, "tidak_ada tidak dikenal"),
        ("%3Cscript%3E=1", 400, "?script? tidak dikenal"),
        ("limit=1&limit=2", 400, "disebut dua kali"),
        ("year=2024&year=2024", 400, "disebut dua kali"),
        ("year=x", 400, "bilangan bulat"),
        (f"year={10**40}", 400, "year paling besar"),
        (f"kode={'a' * 301}", 400, "paling panjang 300"),
        ("kode=%00%F0%9F%92%A9'--", 200, ""),
        ("datetime=kemarin", 400, "datetime adalah"),
        ("datetime=2024-13-01", 400, "datetime adalah"),
        ("datetime=2025-01-01/2024-01-01", 400, "datetime adalah"),
        ("datetime=0001-01-01T00:00:00%2B23:59/..", 200, ""),
        ("datetime=../..", 200, ""),
        ("per=999", 404, "Tidak ada versi 999"),
        ("per=-1", 400, "per paling kecil 0"),
        ("f=html", 400, "salah satu dari"),
        ("snapshot=lama", 409, "Data berubah"),
    ],
)  # fmt: skip
def test_hostile_parameters_are_refused_in_words(reader: Asker, query: str, status: int, said: str) -> None:
    told = reader.get(f"/collections/nilai/items?{query}")
    assert told.status == status
    assert "Traceback" not in told.text
    if status != 200:
        assert told.headers["content-type"] == "application/problem+json"
        problem = told.json()
        assert (problem["status"], problem["type"]) == (status, "about:blank")
        assert said in problem["detail"]
        assert problem["detail_en"]
        assert "script>" not in told.text


@pytest.mark.parametrize(
    ("path", "method", "accept", "status"),
    [
        ("/collections/bulan/items", "GET", "*/*", 404),
        ("/collections/nilai/items/x", "GET", "*/*", 404),
        ("/collections/nilai/items/a%0Ab", "GET", "*/*", 404),
        ("/collections/../../etc/passwd", "GET", "*/*", 404),
        ("/collections/nilai/items", "POST", "*/*", 405),
        ("/collections/nilai/items", "DELETE", "*/*", 405),
        ("/collections/nilai/items", "GET", "text/html", 406),
        ("/collections/nilai/items", "GET", "text/csv;q=0", 406),
        ("/collections", "GET", "image/png", 406),
        ("/collections/nilai/items/x", "GET", "text/csv", 406),
        ("/collections/batas/items", "GET", "text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("/collections/batas/items", "HEAD", "*/*", 200),
    ],
)
def test_what_is_not_there_is_said(reader: Asker, path: str, method: str, accept: str, status: int) -> None:
    told = reader.get(path.replace("%0A", "\n") if "%0A" in path else path, method, accept=accept)
    assert told.status == status
    if status != 200:
        assert told.headers["content-type"] == "application/problem+json"
        assert told.json()["status"] == status


def test_the_form_follows_the_wish() -> None:
    for accept, form in (
        ("", "geojson"),
        ("*/*", "geojson"),
        ("application/json", "geojson"),
        ("text/csv", "csv"),
        ("text/csv;q=0.5, application/geo+json;q=0.9", "geojson"),
        ("application/vnd.apache.parquet, */*;q=0.1", "parquet"),
    ):
        assert asking.format_of(accept, None) == form
    assert asking.format_of("text/csv", "json") == "geojson"


def test_an_error_of_ours_shows_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(asking, "chosen", broken)
    told = asker().get("/collections/batas/items")
    assert (told.status, told.json()["status"]) == (500, 500)
    assert "secret" not in told.text


def test_a_box_finds_what_touches_it_and_what_has_no_place(reader: Asker) -> None:
    west, south, east, north = 106.9, -6.4, 106.95, -6.3
    areas = data().polygons("kelurahan").set_index("kode").geometry
    wanted = set(areas.index[areas.intersects(shapely.box(west, south, east, north))])
    found = reader.all(f"/collections/kelurahan/items?bbox={west},{south},{east},{north}", "features")
    assert {f["id"] for f in found} == wanted
    high = reader.get(f"/collections/kelurahan/items?bbox={west},{south},0,{east},{north},900").json()
    assert high["numberMatched"] == len(wanted)
    unplaced = int(data().facilities["lon"].isna().sum())
    assert reader.get("/collections/fasilitas/items?bbox=0,0,1,1").json()["numberMatched"] == unplaced
    round_the_back = reader.get("/collections/kelurahan/items?bbox=170,-7,107,-6").json()["numberMatched"]
    assert 0 < round_the_back < len(areas)


def test_rows_are_found_by_property_and_year(reader: Asker) -> None:
    asked = "/collections/nilai/items?f=records&limit=1000&indicator=jarak_sd&kode_kabkota=32.75"
    own = indicator_rows(data(), CORRIDORS)
    own = own[(own["indicator"] == "jarak_sd") & own["kode"].str.startswith("32.75")]
    assert [r["kode"] for r in reader.all(asked, "records")] == own["kode"].tolist()
    years = indicator_rows(data(), CORRIDORS)["year"]
    until = reader.get("/collections/nilai/items?limit=1&datetime=../2019-06-30").json()["numberMatched"]
    assert until == int((years <= 2019).sum())
    used = reader.get("/collections/fasilitas/items?limit=1&used=true").json()["numberMatched"]
    assert used == int(data().facilities["used"].sum())


def test_what_is_known_is_not_sent_again(reader: Asker) -> None:
    first = reader.get("/collections/batas/items", accept_encoding="gzip")
    assert first.headers["content-encoding"] == "gzip"
    plain = reader.get("/collections/batas/items")
    assert gzip.decompress(first.content) == plain.content
    tag = plain.headers["etag"]
    assert tag == first.headers["etag"]
    for wish in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
        again = reader.get("/collections/batas/items", if_none_match=wish)
        assert (again.status, again.content, again.headers["etag"]) == (304, b"", tag)
    assert reader.get("/collections/batas/items", if_none_match='W/"x"').status == 200
    assert reader.get("/collections/batas/items?limit=5", if_none_match=tag).status == 200


def test_scripts_of_other_sites_may_read_and_only_read() -> None:
    told = asker().get("/", origin="https://peta.example")
    assert told.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in told.headers
    asked = {"origin": "https://peta.example", "access_control_request_headers": "if-none-match"}
    assert asker().get("/", "OPTIONS", access_control_request_method="GET", **asked).status == 200
    assert asker().get("/", "OPTIONS", access_control_request_method="POST", **asked).status == 400
    shut = asker(origins=["https://kota.go.id"]).get("/", origin="https://peta.example")
    assert "access-control-allow-origin" not in shut.headers


def a_version(number: int, kode: str, value: float) -> Published:
    at = datetime(2026, 11, 1, number, tzinfo=UTC)
    rows = ((kode, "penduduk", value, None),)
    return Published(number, "penduduk", "32.75", date(2025, 12, 31), at, "a" * 64, rows)


def test_values_are_as_of_a_version_and_pages_do_not_mix_two(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, kode = asker(), "32.75.10.1002"
    history = (a_version(1, kode, 11_111.0),)
    monkeypatch.setattr(uploads, "history", lambda: history)
    asked = f"/collections/nilai/items/penduduk-{kode}"
    shipped = float(data().indicator_values("penduduk")["value"][kode])

    def people(version: str) -> Any:
        return reader.get(asked + version).json()["properties"]["value"]

    assert [people(v) for v in ("", "?per=1", "?per=0")] == [11_111.0, 11_111.0, shipped]
    first = reader.get("/collections/nilai/items?limit=10")
    following = first.link("next")
    assert following
    assert reader.get(following).status == 200
    monkeypatch.setattr(uploads, "history", lambda: (*history, a_version(2, kode, 22_222.0)))
    assert [people(v) for v in ("", "?per=2", "?per=1", "?per=0")] == [22_222.0, 22_222.0, 11_111.0, shipped]
    assert reader.get(following).status == 409, "the first page was of other data"
    assert reader.get("/collections/versi/items?f=csv").text.count("\n") == 3
    row = reader.get(f"{asked}?per=2").json()["properties"]
    assert (row["method"], row["quality"], row["year"]) == ("langsung", "tinggi", 2025)


def test_nobody_is_named(monkeypatch: pytest.MonkeyPatch, reader: Asker) -> None:
    secret = "Budi Rahasia"
    one = Agreement(
        id="kantor-1",
        origin=Origin.OFFICE,
        document=Document.PKS,
        state=State.SIGNED,
        title=Text("Damkar", "Fire"),
        parties=(Party("32.75", signatory=secret, position=secret, contact=secret, office="Damkar"), Party("32.76")),
        actors=(Actor(Role.COMMUNITY, secret),),
    )
    assert secret in csv_text(agreement_rows([one], data().names("kabkota"), date(2026, 11, 1))), "it could be told"
    monkeypatch.setattr(agreements, "on_record", lambda: ((one,), ()))
    fresh = Asker(Served(Feed(), page.page))
    for form in ("geojson", "records", "csv", "parquet"):
        told = fresh.get(f"/collections/perjanjian/items?f={form}")
        assert b"kantor-1" in told.content
        assert secret.encode() not in told.content
    assert not OF_PERSONS & {c.name for one in COLLECTIONS.values() for c in one.columns}


def test_a_database_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch, reader: Asker) -> None:
    def broken() -> int:
        raise OperationalError("", None, Exception())

    monkeypatch.setattr(uploads, "history", lambda: None)
    told = reader.get("/collections/nilai/items")
    assert (told.status, told.headers["retry-after"]) == (503, "60")
    monkeypatch.setattr(agreements, "stamp", broken)
    monkeypatch.setattr(database, "address", lambda: make_url("postgresql://nobody@127.0.0.1:9/none"))
    assert reader.get("/collections/perjanjian/items").status == 503


def test_one_address_has_its_pace_and_whole_files_count_more() -> None:
    eager = asker(usual="5/minute")
    assert [eager.get("/conformance").status for _ in range(7)] == [200] * 5 + [429] * 2
    told = eager.get("/conformance")
    assert 1 <= int(told.headers["retry-after"]) <= 61
    assert told.json()["status"] == 429
    assert asker(usual="10/minute").get("/collections/nilai/items?f=csv").status == 429, "sixteen thousand rows"


def test_few_wait_while_one_answer_is_made() -> None:
    shop, running, most = kept.Workshop(), [0], [0]

    def slow() -> kept.Answer:
        running[0] += 1
        most[0] = max(most[0], running[0])
        total = sum(range(200_000))
        running[0] -= 1
        return kept.answer(str(total).encode(), {})

    async def many() -> list[Any]:
        asked = (shop.made(str(n), slow) for n in range(kept.MOST_WAITING + 10))
        return await asyncio.gather(*asked, return_exceptions=True)

    found = asyncio.run(many())
    assert most == [1]
    refused = [one for one in found if isinstance(one, RefusedError)]
    assert [one.status for one in refused] == [503] * 10
    assert not [one for one in found if isinstance(one, Exception) and one not in refused]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 1000)
    shop, made = kept.Workshop(), []

    def make(n: int) -> kept.Answer:
        made.append(n)
        return kept.Answer(bytes(300), False, str(n), {})

    async def ask() -> None:
        for n in (0, 1, 2, 0, 3, 0, 1):
            await shop.made(str(n), lambda n=n: make(n))  # type: ignore[misc]

    asyncio.run(ask())
    assert made == [0, 1, 2, 3, 1], "the one that was asked for last goes last"


def test_the_description_is_openapi_3_0_and_names_what_is_asked_for(reader: Asker) -> None:
    told = reader.get("/openapi.json")
    assert told.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    described = told.json()
    assert described["openapi"].startswith("3.0.")
    assert described["servers"] == [{"url": "/api/v1"}]
    assert '"null"' not in told.text, "a type of 3.1"
    assert not re.findall(r'"(?:examples|const|prefixItems)"', told.text)
    for name, entry in COLLECTIONS.items():
        parameters = {p["name"]: p for p in described["paths"][f"/collections/{name}/items"]["get"]["parameters"]}
        assert set(parameters) >= {c.name for c in entry.columns if c.kind != "number"}
        assert parameters["bbox"]["schema"]["maxItems"] == 6
        assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
        assert all(p["schema"].get("type") for p in parameters.values())
        assert ("per" in parameters) is entry.versioned
    used = {i for path in described["paths"].values() for i in [path["get"]["operationId"]]}
    assert len(used) == len(described["paths"])


@pytest.mark.parametrize("language", ["id", "en", "x"])
def test_the_page_of_the_feed_needs_no_script_and_no_other_machine(reader: Asker, language: str) -> None:
    told = reader.get(f"/docs?bahasa={language}")
    assert told.headers["content-type"].startswith("text/html")
    assert "<script" not in told.text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', told.text)
    for address in re.findall(r'href="(collections/[^"]+)"', told.text):
        if "f=parquet" not in address and "f=csv" not in address:
            assert reader.get(f"/{address.replace('&amp;', '&')}").status == 200, address


def test_agreements_of_offices_follow_each_write(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = asker()
    before = reader.get("/collections/perjanjian/items").json()["numberMatched"]
    one = Agreement("kantor-7", Origin.OFFICE, Document.PKS, State.SIGNED, Text("a", "a"), (Party("32.75"),))
    monkeypatch.setattr(agreements, "state", lambda: 7)
    monkeypatch.setattr(agreements, "on_record", lambda: ((one, replace(one, id="kantor-8")), ()))
    assert reader.get("/collections/perjanjian/items").json()["numberMatched"] == before + 2


def test_all_borders_are_those_of_the_csv_with_their_lines(reader: Asker) -> None:
    national = data_national.shipped()
    wanted = open_national.border_rows(national)
    assert reader.get("/collections/batas_indonesia/items?f=csv").text == csv_text(wanted)
    asked = "/collections/batas_indonesia/items?limit=1000&indicator=jarak_sd"
    found = reader.all(asked, "features")
    own = wanted[wanted["indicator"] == "jarak_sd"].reset_index(drop=True)
    assert [f["properties"]["pair"] for f in found] == own["pair"].tolist()
    for name in ("difference", "density_low", "density_high", "q"):
        assert [f["properties"][name] for f in found] == [row[name] for row in known(own[[name]])]
    for feature in found[::50]:
        line = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert line.equals(national.lines.geometry[feature["properties"]["pair"]])


def test_kelurahan_at_any_border_are_those_of_its_csv(reader: Asker) -> None:
    national, pair = data_national.shipped(), "32.75-32.76"
    wanted = open_national.pair_rows(national, pair)
    found = reader.all(f"/collections/kelurahan_batas_indonesia/items?pair={pair}", "features")
    assert [f["id"] for f in found] == [f"{pair}-{kode}" for kode in wanted["kode"].unique()]
    for row in known(wanted):
        (own,) = (f["properties"] for f in found if f["properties"]["kode"] == row["kode"])
        facility = row["indicator"].removeprefix("jarak_")
        for reach in ("own", "any", "other"):
            given = row[f"{reach}_km"]
            assert own[f"{reach}_{facility}_km"] == (given if given is None else pytest.approx(given, abs=6e-4))
    for feature in found:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert all(part.exterior.is_ccw for part in getattr(shape, "geoms", [shape]))
    near = reader.get("/collections/kelurahan_batas_indonesia/items?bbox=106.9,-6.4,106.95,-6.3&limit=1").json()
    assert 0 < near["numberMatched"] < 60
    assert reader.get("/collections/kelurahan_batas_indonesia/items?per=1").status == 400


def test_what_is_known_of_all_borders_is_not_read_to_be_described(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_: object) -> None:
        raise AssertionError("too many rows for a list of collections")

    monkeypatch.setattr(data_national.National, "at_lines", read)
    west, south, east, north = COLLECTIONS["kelurahan_batas_indonesia"].bounds or (0, 0, 0, 0)
    assert len(asker().get("/collections").json()["collections"]) == len(COLLECTIONS)
    ends = data_national.shipped().kabkota
    assert west < ends["west"].min()
    assert ends["east"].max() < east
    assert south < ends["south"].min()
    assert ends["north"].max() < north


def test_a_copy_without_all_borders_has_empty_collections(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(data_national, "shipped", lambda: data_national.National(tmp_path))
    for name in ("batas_indonesia", "kelurahan_batas_indonesia"):
        told = asker().get(f"/collections/{name}/items").json()
        assert (told["numberMatched"], told["features"]) == (0, [])
