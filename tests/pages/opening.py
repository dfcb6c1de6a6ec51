"""Open a page as a link does, in one run, and hold what every page must show.

`open_page` gives a session of the test's own; `seen` one that many tests read and none changes.
"""

import re
from functools import cache
from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from tests.everywhere import everywhere
from tests.shipped import MADE, data

# Pages that say what is in force say it of one day, or their words would be others tomorrow.
patch("views.link.context.today", lambda: MADE).start()
# Pages and tests read the same data, so that what is computed of it once serves both.
patch("views.link.context.dataset", data).start()
patch("data.national_tables.shipped", everywhere).start()

ROOT = Path(__file__).parents[2]
PATIENCE_S = 180
FIRST_PAGE = "beranda"
CORRIDORS = list(data().catalogue.corridors)
HOSTILE = "<img src=x onerror=alert(1)>](http://a.example) ![b](http://a.example/b.png) $x$"

# What the question of each page holds, whatever the corridor, as a pattern.
QUESTIONS = {
    "beranda": {"id": "apa yang belum terjangkau", "en": "what is out of reach"},
    "bandingkan": {
        "id": "apakah wilayah perbatasannya benar-benar tertinggal",
        "en": "are the places at the border really behind",
    },
    "waktu": {"id": "apa yang berubah dari waktu ke waktu", "en": "what has changed over time"},
    "prioritas": {"id": "kelurahan mana yang paling membutuhkan", "en": "which kelurahan need most"},
    "profil": {"id": "Bagaimana keadaan ", "en": "How are things in "},
    "ke_mana": {"id": "Ke mana warga ", "en": "Where can the residents of "},
    "akses": {"id": "yang lebih dekat boleh dipakai, milik siapa pun", "en": "whichever side it belongs to"},
    "damkar": {"id": "bila pos damkar terdekat dari sisi mana pun yang datang", "en": "fire post of any side comes"},
    "latihan": {"id": "siapa yang datang dalam latihan", "en": "who came in the exercise"},
    "latihan_bersama": {
        "id": "seberapa cepat kedua dinas datang bila berlatih bersama",
        "en": "how fast do both services come when they drill together",
    },
    "lokasi": {"id": "sendiri-sendiri atau bersama", "en": "planned apart or together"},
    "biaya": {"id": "bagaimana biaya bersama dapat dibagi", "en": "how could a shared cost be divided"},
    "perjanjian": {"id": "apa yang sudah disepakati", "en": "what has been agreed"},
    "usulan": {
        "id": "apakah usulan warga menyentuh kesenjangannya",
        "en": "do the proposals of residents touch the gaps",
    },
    "suara": {"id": "apa yang dilaporkan warga", "en": "what do residents report"},
    "pengingat": {"id": "apa yang perlu saling diingatkan", "en": "remind each other of"},
    "bahan": {"id": "bahan apa yang dibawa ke rapat", "en": "what to bring to the meeting"},
    "rapat": {"id": "apa yang ditunjukkan di rapat", "en": "what is shown in the meeting"},
    "berita_acara": {"id": "apa yang diputuskan rapat", "en": "what did the meeting decide"},
    "akun": {"id": "Siapa yang masuk", "en": "Who is signed in"},
    "katalog": {"id": "Apa isi katalog", "en": "What is in the catalogue"},
    "kesegaran": {"id": "seberapa baru angka-angka ini", "en": "how fresh are these figures"},
    "sumber": {"id": "Seberapa jauh angka di sini dapat dipercaya", "en": "How far can the figures here be trusted"},
    "batas_lain": {
        "id": "apakah tepinya lebih jauh dari sekolah",
        "en": "is the edge farther from school",
    },
    "unggah": {"id": "berkas apa yang paling dibutuhkan", "en": "which file is needed most"},
}
# Their question names a kelurahan, the whole study area or country, or no place.
WITHOUT_CORRIDOR = {"akun", "batas_lain", "katalog", "profil", "ke_mana", "sumber"}


def session_at(name: str, **parameters: str) -> AppTest:
    """A fresh session that will open a page, as a link with these parameters does.

    Before its first run a session knows a page by the name of its file; the first page needs no name.
    """
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE_S)
    if name != FIRST_PAGE:
        app.switch_page(f"pages/{name}.py")
    app.query_params.update(parameters)
    return app


def open_page(name: str, **parameters: str) -> AppTest:
    """A session of the test's own at a page."""
    return session_at(name, **parameters).run()


@cache
def seen(name: str, **parameters: str) -> AppTest:
    """The same, opened once for all tests that only read it."""
    return open_page(name, **parameters)


def plain(text: object) -> str:
    """A text as it is typed: with ordinary spaces."""
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def texts(app: AppTest) -> str:
    """All Markdown on the page."""
    return plain("\n".join(str(m.value) for m in [*app.subheader, *app.markdown, *app.caption, *app.warning]))


def answer(app: AppTest) -> str:
    """The first words under the question."""
    return plain(app.markdown[0].value)


def warnings(app: AppTest) -> str:
    """What the page says about its link."""
    return "\n".join(str(w.value) for w in app.warning)


def assert_whole(app: AppTest, name: str, corridor: str = "bekasi-depok", language: str = "id") -> None:
    """Question, answer and both selectors stand on the page, and no text is half-made."""
    assert not app.exception
    known = data().catalogue.corridors[corridor]
    question, *more = (plain(s.value) for s in app.subheader)
    assert not more
    assert re.search(QUESTIONS[name][language], question)
    if name not in WITHOUT_CORRIDOR:
        assert plain(getattr(known.title, language)) in question
    assert re.fullmatch(r"\*\*[^*]+\*\*.*", answer(app), re.DOTALL)
    assert app.selectbox(key="koridor").value == corridor
    assert [plain(title) for title in app.selectbox(key="koridor").options] == [
        plain(getattr(c.title, language)) for c in data().catalogue.corridors.values()
    ]
    assert {group.key: group.value for group in app.button_group}["bahasa"] == language
    said = "\n".join(str(m.value) for m in [*app.subheader, *app.markdown, *app.caption])
    assert not re.search(r"[{}]|\b(?:nan|inf)\b", said)


def assert_refused(app: AppTest, name: str, corridor: str = "bekasi-depok") -> str:
    """A sentence says what of the link cannot be used, as plain text; the page stands all the same.

    Returns
    -------
    str
        The sentences.
    """
    assert_whole(app, name, corridor)
    shown = warnings(app)
    assert shown
    assert not re.search(r"(?<!\\)[\[\]<>$!]", shown)
    return shown
