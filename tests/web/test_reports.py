"""The form for residents, attacked and interrupted: forged, repeated, cut off, hostile and far too many."""

import asyncio
import logging
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.types import Message

from analysis.citizen_reports.lifecycle import Step
from analysis.citizen_reports.model import Kind, Refusal, Report, State
from records import database
from records.citizen_reports import reading, store
from records.citizen_reports.pace import Pace
from records.citizen_reports.tables import LONGEST_TEXT, ReportRow
from tests.records.acting import signed_in
from tests.records.test_photos import picture, with_place
from tests.shipped import HOSTILE, MADE, data
from tests.web.test_accounts import HERE, Browser
from views.topics.citizen_reports.form import Desk
from web.reports import MOST_BYTES, ReportPages

KODE, KODE_SERANG = "32.75.08.1001", "36.73.01.1001"
TEXT = "Jalan berlubang di depan pasar, sudah tiga bulan"
GOOD = {"bahasa": "id", "koridor": "bekasi-depok", "kode": KODE, "titik": "", "bidang": "roads", "isi": TEXT}
EDGE = "----WebKitFormBoundaryTapal"


def packed(fields: Mapping[str, str], photo: bytes | None = None, name: str = "foto.jpg") -> bytes:
    """A form as a browser sends it: the photo stands last."""
    body = b""
    for key, value in fields.items():
        body += f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
    body += f'--{EDGE}\r\nContent-Disposition: form-data; name="foto"; filename="{name}"\r\n'.encode()
    body += b"Content-Type: image/jpeg\r\n\r\n" + (photo or b"") + b"\r\n"
    return body + f"--{EDGE}--\r\n".encode()


class Telephone(Browser):
    """Fills in the form and sends it."""

    def opened(self, path: str = "/lapor") -> dict[str, str]:
        """The hidden fields of the form."""
        self.send("GET", path)
        found = dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', self.text.split("tiket")[0]))
        assert {"token", "kiriman"} <= set(found)
        return found

    def report(self, photo: bytes | None = None, form: Mapping[str, str] | None = None, **typed: str) -> int:
        return self.posted(packed({**GOOD, **(form or self.opened()), **typed}, photo))

    def posted(self, body: bytes, **more: str) -> int:
        return self.send("POST", "/lapor", body, content_type=f"multipart/form-data; boundary={EDGE}", **more)

    @property
    def ticket(self) -> str:
        found = re.fullmatch(r"lapor/([0-9A-Z-]{19})\?bahasa=(?:id|en)&terkirim=\w+", self.all("location")[0])
        assert found
        return found[1]


@pytest.fixture
def pages(tmp_path: Path, tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportPages]:
    """The addresses over an empty database."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TAPAL_VAR", str(tmp_path))
    yield ReportPages(Desk(data, lambda: MADE), ["https://tapal.kota.example"])
    database.current().engine.dispose()


@pytest.fixture
def app(pages: ReportPages) -> Starlette:
    return Starlette(routes=pages.routes())


@pytest.fixture
def phone(app: Starlette) -> Telephone:
    return Telephone(app)


def stored() -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(ReportRow)) or 0


def of(ticket: str) -> Report:
    found = reading.of_ticket(ticket)
    assert found is not None
    return found[0]


def test_a_report_with_a_photo_gets_a_ticket_on_which_it_can_be_followed(phone: Telephone) -> None:
    assert phone.report(picture("JPEG", exif=with_place())) == 303
    report = of(ticket := phone.ticket)
    assert (report.kode, report.sector, report.text, report.state) == (KODE, "roads", TEXT, State.WAITING)
    photo = reading.photo_of_ticket(ticket)
    with Image.open(BytesIO(photo)) as kept:
        assert dict(kept.getexif()) == {}
    assert b"Exif" not in photo
    assert phone.send("GET", f"/lapor/{ticket}?terkirim=baru") == 200
    assert phone.all("cache-control") == ["no-store"]
    for word in (ticket, TEXT, "sudah diterima", "menunggu pemeriksaan", "data:image/jpeg;base64,"):
        assert word in phone.text
    assert phone.send("GET", f"/lapor?tiket={ticket.lower().replace('-', '')}") == 303
    assert phone.all("location") == [f"lapor/{ticket}?bahasa=id"]


def test_the_form_needs_no_script_and_stands_in_both_languages(phone: Telephone) -> None:
    for language, word in (("id", "Kirim laporan"), ("en", "Send the report"), ("xx", "Kirim laporan")):
        assert phone.send("GET", f"/lapor?bahasa={language}&koridor=kabserang-kotaserang") == 200
        assert word in phone.text
        assert "<script" not in phone.text
        assert f'value="{KODE_SERANG}"' in phone.text
        assert f'value="{KODE}"' not in phone.text
        assert not re.search(r"[{}]", re.sub(r"<style>.*?</style>", "", phone.text, flags=re.DOTALL))


def test_a_browser_may_keep_the_form_for_the_way_back_and_nobody_else_may(phone: Telephone) -> None:
    phone.opened()
    assert phone.all("cache-control") == ["private, no-cache"], "no-store would lose what was typed on the way back"
    (cookie,) = phone.all("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    phone.opened()
    assert phone.all("set-cookie") == [], "a second tab leaves the first its token"


def test_a_telephone_that_lost_its_connection_sends_again_and_it_counts_once(phone: Telephone) -> None:
    form = phone.opened()
    body = packed({**GOOD, **form}, picture("JPEG"))

    async def cut_off() -> list[Message]:
        parts: list[Message] = [
            {"type": "http.request", "body": body[:2000], "more_body": True},
            {"type": "http.disconnect"},
        ]
        answered: list[Message] = []

        async def receive() -> Message:
            return parts.pop(0)

        async def send(message: Message) -> None:
            answered.append(message)

        headers = [(b"content-type", f"multipart/form-data; boundary={EDGE}".encode())]
        headers += [(b"cookie", f"tapal_lapor={phone.cookies['tapal_lapor']}".encode()), (b"host", b"tapal.example")]
        scope = {"type": "http", "method": "POST", "path": "/lapor", "query_string": b"", "headers": headers}
        await phone.app(scope | {"client": ("192.0.2.7", 1), "scheme": "http", "root_path": ""}, receive, send)
        return answered

    asyncio.run(cut_off())
    assert stored() == 0
    assert [phone.posted(body) for _ in range(3)] == [303] * 3
    assert stored() == 1
    assert "terkirim=sama" in phone.all("location")[0]
    assert phone.report(form=form, isi="Sesuatu yang lain sama sekali") == 303
    assert "terkirim=lain" in phone.all("location")[0]
    phone.send("GET", f"/lapor/{phone.ticket}?terkirim=lain")
    assert TEXT in phone.text
    assert stored() == 1


@pytest.mark.parametrize(
    ("typed", "photo", "status", "told"),
    [
        ({"isi": ""}, None, 422, "belum ditulis"),
        ({"isi": "pendek"}, None, 422, "terlalu pendek"),
        ({"isi": "x" * (LONGEST_TEXT + 1)}, None, 422, "2.000 huruf"),
        ({"bidang": ""}, None, 422, "Bidang belum dipilih"),
        ({"bidang": "lain"}, None, 422, "tidak dikenal"),
        ({"kode": ""}, None, 422, "Pilih kelurahan/desa"),
        ({"kode": "99.99.99.9999"}, None, 422, "tidak ada di perbatasan ini"),
        ({"kode": KODE_SERANG}, None, 422, "tidak ada di perbatasan ini"),
        ({"titik": "di pasar"}, None, 422, "Titik tidak terbaca"),
        ({"titik": "51.5, -0.1"}, None, 422, "Titik tidak terbaca"),
        ({"titik": "-6.9, 107.6", "kode": ""}, None, 422, "di luar wilayah"),
        ({"titik": "-6.40, 106.82"}, None, 422, "tidak terletak"),
        ({}, b"\0\0\0\x18ftypheic", 422, "HEIC"),
        ({}, b"%PDF-1.7", 422, "bukan foto"),
        ({}, b"\xff\xd8\xff" + b"\0" * 100, 422, "rusak"),
    ],
)
def test_on_an_error_everything_typed_is_given_back(
    phone: Telephone, typed: dict[str, str], photo: bytes | None, status: int, told: str
) -> None:
    form = phone.opened()
    assert phone.report(photo, form, **typed) == status
    assert told in phone.text
    kept = GOOD | typed
    assert f">{kept['isi']}</textarea>" in phone.text
    assert f'value="{kept["titik"]}"' in phone.text
    for name in ("kode", "bidang"):
        chosen = re.search(rf'<select id="{name}".*?</select>', phone.text, re.DOTALL)
        assert chosen
        right = kept[name] in re.findall(r'value="([^"]*)"', chosen[0])
        assert (f'value="{kept[name]}" selected' in chosen[0]) is right
    assert f'name="kiriman" value="{form["kiriman"]}"' in phone.text, "it is the same form"
    assert stored() == 0
    assert phone.report(form=form) == 303


def test_a_photo_that_is_too_large_loses_nothing_that_was_typed(phone: Telephone) -> None:
    form = phone.opened()
    assert phone.report(b"\xff\xd8\xff" + b"\0" * MOST_BYTES, form, isi=TEXT + " <b>") == 413
    assert "terlalu besar" in phone.text
    assert f">{TEXT} &lt;b&gt;</textarea>" in phone.text
    assert f'value="{KODE}" selected' in phone.text
    assert form["kiriman"] in phone.text


@pytest.mark.parametrize("point", ["-6.2877, 106.9124", "106.9124,-6.2877", "-6,2877; 106,9124"])
def test_a_point_names_its_kelurahan(phone: Telephone, point: str) -> None:
    assert phone.report(kode="", titik=point) == 303
    report = of(phone.ticket)
    assert report.kode.startswith("32.75.")
    assert report.point == (106.9124, -6.2877)


@pytest.mark.parametrize("forged", [{"token": ""}, {"token": "x" * 43}, {"kiriman": ""}, {"kiriman": "../../x"}])
def test_a_forged_form_is_not_taken_and_keeps_what_was_typed(phone: Telephone, forged: dict[str, str]) -> None:
    assert phone.report(form={**phone.opened(), **forged}) == 403
    assert TEXT in phone.text
    assert stored() == 0


@pytest.mark.parametrize(
    "stands", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec_fetch_site": "cross-site"}]
)
def test_a_form_of_another_site_is_refused_even_with_its_token(phone: Telephone, stands: dict[str, str]) -> None:
    body = packed({**GOOD, **phone.opened()})
    assert phone.posted(body, **stands) == 403
    assert stored() == 0
    assert phone.posted(body, origin=HERE, sec_fetch_site="same-origin") == 303


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"--x--", packed({"x": "y"})[:50], b"a=1&b=2"])
def test_what_is_no_form_is_refused(phone: Telephone, body: bytes) -> None:
    phone.opened()
    assert phone.posted(body) in (400, 403)
    assert phone.send("POST", "/lapor", body, content_type="application/x-www-form-urlencoded") == 400
    assert phone.send("POST", "/lapor", body, content_type="multipart/form-data") == 400


def test_hostile_text_in_every_field_is_text(phone: Telephone) -> None:
    evil = '"><img src=x onerror=alert(1)></textarea><script>alert(1)</script>'
    assert phone.report(kode=evil, titik=evil, bidang=evil, isi=evil, koridor=evil, bahasa=evil) == 422
    assert "<script" not in phone.text
    assert "<img src=x" not in phone.text
    phone.send("GET", f"/lapor?isi={quote(evil)}&tiket={quote(evil)}&koridor={quote(evil)}")
    assert "<script" not in phone.text
    assert phone.report(isi=evil + HOSTILE) == 303
    ticket = phone.ticket
    report = of(ticket)
    actor = signed_in(database.current(), "bekasi")
    steps = [
        Step(State.PUBLISHED, kind=Kind.SIMPLE, note=evil),
        Step(State.FORWARDED, office=evil),
        Step(State.ANSWERED, note=evil),
    ]
    for number, step in enumerate(steps):
        store.act(actor, report.key, number, step)
    assert phone.send("GET", f"/lapor/{ticket}") == 200
    assert "<script" not in phone.text
    assert "<img src=x" not in phone.text
    assert phone.text.count("&lt;script&gt;") >= 4
    assert phone.send("POST", f"/lapor/{ticket}", {"balas": ""}) == 422
    assert phone.send("POST", f"/lapor/{ticket}", {"balas": evil}) == 303
    phone.send("GET", f"/lapor/{ticket}")
    assert "<script" not in phone.text


def test_the_ticket_page_tells_why_a_report_was_refused_in_the_resident_s_language(phone: Telephone) -> None:
    phone.report()
    ticket = phone.ticket
    actor = signed_in(database.current(), "bekasi")
    store.act(actor, of(ticket).key, 0, Step(State.REFUSED, reason=Refusal.PERSONAL, note="Hapus nama Pak Budi"))
    for language, words in (("id", "memuat data pribadi seseorang"), ("en", "personal data")):
        phone.send("GET", f"/lapor/{ticket}?bahasa={language}")
        assert words in phone.text
        assert "Hapus nama Pak Budi" in phone.text


def test_a_reply_is_taken_once_and_a_report_that_waits_for_none_says_so(phone: Telephone) -> None:
    phone.report()
    ticket = phone.ticket
    assert phone.send("POST", f"/lapor/{ticket}", {"balas": "mana jawabannya"}) == 409
    assert "tidak sedang menunggu tanggapan" in phone.text
    actor, key = signed_in(database.current(), "bekasi"), of(ticket).key
    for number, step in enumerate((Step(State.PUBLISHED, kind=Kind.SIMPLE), Step(State.ANSWERED, note="Sudah"))):
        store.act(actor, key, number, step, datetime(MADE.year, MADE.month, MADE.day, tzinfo=UTC))
    phone.send("GET", f"/lapor/{ticket}")
    assert 'name="balas"' in phone.text


def test_a_duplicate_shows_what_happens_to_the_first_without_its_resident_s_words(phone: Telephone) -> None:
    phone.report(isi="Yang pertama: jalan berlubang")
    first = phone.ticket
    phone.report(isi="Yang kedua: jalan berlubang juga")
    second = phone.ticket
    actor = signed_in(database.current(), "bekasi")
    store.act(actor, of(first).key, 0, Step(State.PUBLISHED, kind=Kind.SIMPLE))
    store.act(actor, of(second).key, 0, Step(State.DUPLICATE, first=of(first).key))
    store.act(actor, of(first).key, 1, Step(State.ANSWERED, note="Ditambal Senin"))
    store.reply(first, "rahasia saya")
    phone.send("GET", f"/lapor/{second}")
    assert "Yang kedua" in phone.text
    assert "Ditambal Senin" in phone.text
    assert "Yang pertama" not in phone.text
    assert "rahasia saya" not in phone.text
    assert first not in phone.text


@pytest.mark.parametrize("ticket", ["0000-0000-0000-0000", "x", "..%2f..%2fetc", "%00", "' OR 1=1 --"])
def test_a_ticket_that_there_is_not_tells_nothing(phone: Telephone, ticket: str) -> None:
    phone.report()
    assert phone.send("GET", f"/lapor/{quote(ticket)}") == 404
    assert phone.send("POST", f"/lapor/{quote(ticket)}", {"balas": "x"}) == 404
    assert TEXT not in phone.text
    assert phone.send("GET", f"/lapor?tiket={quote(ticket)}") == 404
    assert "tidak ditemukan" in phone.text


def test_200_reports_a_minute_from_one_address_are_slowed_and_named_and_the_office_is_not(
    app: Starlette, caplog: pytest.LogCaptureFixture
) -> None:
    flood, neighbour = Telephone(app), Telephone(app)
    neighbour.client = "198.51.100.9"
    actor = signed_in(database.current(), "bekasi")
    form = flood.opened()
    read = 0

    async def forged(number: int) -> int:
        nonlocal read
        body = packed({**GOOD, **form, "kiriman": store.new_form(), "isi": f"{TEXT} {number}"}, b"\0" * 200_000)
        sent: list[Message] = []

        async def receive() -> Message:
            nonlocal read
            read += 1
            return {"type": "http.request", "body": body, "more_body": False}

        async def note(message: Message) -> None:
            sent.append(message)

        headers = {"content-type": f"multipart/form-data; boundary={EDGE}", "content-length": str(len(body))}
        headers |= {"cookie": f"tapal_lapor={flood.cookies['tapal_lapor']}", "host": "tapal.example"}
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/lapor", "query_string": b""}
        scope |= {"headers": [(k.encode(), v.encode()) for k, v in headers.items()], "scheme": "http", "root_path": ""}
        await flood.app(scope | {"client": (flood.client, 1)}, receive, note)
        return int(sent[0]["status"])

    async def all_of_them() -> list[int]:
        return [await forged(number) for number in range(200)]

    with caplog.at_level(logging.WARNING, "tapal.web"):
        told = asyncio.run(all_of_them())
    # No photo of these can be read (422); from the thirteenth on too many came, from the thirty-first on none is read.
    assert (told.count(422), told[12:]) == (12, [429] * 188)
    assert read == 30
    assert [r.getMessage() for r in caplog.records] == [
        "Reports from 192.0.2.7 are slowed: too many came from there.",
        "Report forms from 192.0.2.7 are slowed: too many came from there.",
    ]
    assert flood.report(form=form) == 429
    assert flood.all("retry-after") == ["600"]
    assert "Terlalu banyak laporan" in flood.text
    assert neighbour.report() == 303, "another address is taken"
    start = time.perf_counter()
    store.act(actor, of(neighbour.ticket).key, 0, Step(State.PUBLISHED, kind=Kind.SIMPLE))
    assert time.perf_counter() - start < 5, "what the office writes waits for none of these"


def test_the_reports_of_a_day_are_bounded_and_nothing_typed_is_lost(
    phone: Telephone, pages: ReportPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAPAL_RATE_REPORTS_OF_ALL", "1/day")
    pages.pace = Pace()
    assert phone.report() == 303
    assert phone.report(isi=TEXT + " kedua") == 429
    assert TEXT + " kedua" in phone.text
    assert "Kirim lagi besok" in phone.text


def test_a_network_of_one_customer_counts_as_one(pages: ReportPages) -> None:
    assert sum(pages.pace.may_report(f"2001:db8:1:1::{n:x}") == "" for n in range(40)) == 12
    assert pages.pace.may_report("2001:db8:1:2::1") == ""


def test_a_flood_is_not_forgotten_by_a_restart_and_counts_for_all_processes(pages: ReportPages) -> None:
    assert [pages.pace.may_report("192.0.2.7") for _ in range(12)] == [""] * 12
    pages.pace = Pace()
    assert pages.pace.may_report("192.0.2.7") == "often"
    assert pages.pace.may_report("192.0.2.8") == ""


def test_a_database_that_cannot_be_used_is_said_and_nothing_typed_is_lost(
    phone: Telephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = phone.opened()
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert phone.report(form=form) == 503
    assert "Basis data" in phone.text
    assert TEXT in phone.text
    assert phone.send("GET", "/lapor/0000-0000-0000-0000") == 503


def test_a_path_of_a_proxy_is_kept_and_its_visitors_told_apart_by_their_own_address(pages: ReportPages) -> None:
    assert [route.path for route in pages.routes("/tapal")] == ["/tapal/lapor", "/tapal/lapor/{ticket}"]
    below = Telephone(Starlette(routes=pages.routes("/tapal")))
    below.send("GET", "/tapal/lapor")
    assert not re.findall(r'(?:action|href)="/', below.text), "every address is relative"
