"""The HTML page that the browser gets in place of Streamlit's, and the addresses that lead to a page."""

import gzip
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest
import streamlit

from data import methods
from tests.serving import ROOT, serve
from tests.visiting import Visitor, texts
from tests.web.answers import Answer
from views.language.escape import md
from web.components import ON_FIRST_PAGE
from web.headers import inline_script_hashes
from web.indonesian import WORDINGS
from web.page import OLD_ANCHORS, SCRIPT, STYLE, led_to, quick_page, spread, streamlit_page

STATIC = Path(streamlit.__file__).parent / "static"


def test_the_page_knows_its_server(address: str) -> None:
    page = Answer(address + "/profil?koridor=semua")
    text = page.body.decode()
    assert len(page.body) == int(page.headers["content-length"])
    assert text.index(SCRIPT) < text.index('<script type="module"')
    for script in inline_script_hashes(text):
        assert script in page.headers["content-security-policy"]


def test_the_page_travels_compressed(address: str) -> None:
    plain, packed = Answer(address + "/profil"), Answer(address + "/profil", {"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) == int(packed.headers["content-length"]) < len(plain.body) / 2
    assert "Accept-Encoding" in packed.headers["vary"]


def test_the_first_page_names_at_its_end_what_its_map_will_ask_for(address: str) -> None:
    text = Answer(address + "/?koridor=kabserang-kotaserang").body.decode()
    early, _, late = text.partition('<div id="root">')
    links = re.findall(r'<link rel="prefetch" href="\./([^"]+)">', late)
    shapes = [link for link in links if "/geo/" in link]
    assert {re.split("[-_]", Path(link).name)[1] for link in shapes} == {"3604", "3673"}
    links = [link for link in links if link not in shapes]
    chunks = re.findall(r'<link rel="modulepreload" fetchpriority="low" crossorigin href="\./static/js/(\w+)', late)
    assert chunks[: len(ON_FIRST_PAGE)] == list(ON_FIRST_PAGE), "none of Streamlit's files has another name"
    assert len(chunks) == len(set(chunks))
    assert "prefetch" not in early, "or the scripts of the page would wait for it"
    assert [link.rpartition("/")[2].partition(".")[0] for link in links] == [
        "main",
        "tapal",
        "tapal",
        "leaflet",
        "leaflet",
    ]
    for link in [*links, *shapes]:
        assert "immutable" in Answer(f"{address}/{link}").headers["cache-control"]
    assert "prefetch" not in Answer(address + "/profil").body.decode()


@pytest.mark.parametrize("query", ["", "koridor=kabserang-lebak&bahasa=en"])
def test_the_first_page_brings_the_answer_that_the_app_will_draw(address: str, query: str) -> None:
    page = Answer(f"{address}/?{query}").body.decode()
    first = re.search(r'<div class="tapal-first"><p><b>(.+?)</b></p><p>(.+?)</p></div>', page)
    assert first is not None
    with Visitor(address) as visitor:
        drawn = texts(visitor.open("", query))
    sentence, note = map(unescape, first.groups())
    assert f"**{md(sentence)}**" in drawn
    assert md(note) in drawn


@pytest.mark.parametrize("query", ["koridor=ada-apa", "bahasa=fr", "koridor=bekasi-depok&indikator=jarak_sd", "per=0"])
def test_an_answer_that_hangs_on_a_choice_is_left_to_the_app(address: str, query: str) -> None:
    assert 'class="tapal-first"' not in Answer(f"{address}/?{query}").body.decode()


def test_only_the_first_page_brings_an_answer(address: str) -> None:
    assert 'class="tapal-first"' not in Answer(address + "/profil").body.decode()


def test_streamlits_page_still_has_what_is_replaced() -> None:
    page = streamlit_page()
    assert page.count("<head>") == page.count("</head>") == page.count('<div id="root"></div>') == 1
    assert page.count("<noscript>") == page.count("</noscript>") == 1
    assert page.count('as="font"') == 1
    assert 'as="font"' not in quick_page(page)


def test_the_page_names_every_script_of_streamlits_once_and_large_ones_apart() -> None:
    named = [
        re.findall(r'"modulepreload"[^>]+href="\./([^"]+)"', page)
        for page in (streamlit_page(), spread(streamlit_page()))
    ]
    assert sorted(named[0]) == sorted(named[1])
    large = [place for place, name in enumerate(named[1]) if (STATIC / name).stat().st_size > 100_000]
    assert len(large) > 1
    assert min(np.diff([0, *large, len(named[1])])) > 6, "no two at a time"


def test_case_27_too_old_a_browser_gets_a_notice_in_both_languages() -> None:
    root = quick_page(streamlit_page()).partition('<div id="root">')[2]
    for words in ("peramban ini terlalu lama", "this browser is too old"):
        assert words in root, "React empties the root when its first script runs"
    assert "<noscript>" not in quick_page(streamlit_page())


@pytest.mark.parametrize("path", ["/tidak-ada", "/profil/tidak-ada", "/wp-login.php"])
def test_where_there_is_no_page_the_server_says_so_in_both_languages(address: str, path: str) -> None:
    answer = Answer(address + path)
    assert answer.status == 404
    for words in ("Halaman ini tidak ada", "There is no such page", '<a href="./">'):
        assert words in answer.body.decode()
    assert Answer(address + "/favicon.png").status == 200


def test_every_page_has_its_address(address: str) -> None:
    for file in (ROOT / "pages").glob("*.py"):
        assert Answer(f"{address}/{file.stem}").status == 200, file.stem


def test_streamlit_still_reads_what_the_page_knows_from_the_start() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in (STATIC / "static" / "js").glob("*.js")]
    for name in ("__streamlit", "BACKEND_BASE_URL", "HOST_CONFIG", "allowedOrigins", "useExternalAuthToken"):
        assert name in SCRIPT
        assert any(name in script for script in scripts), f"{name}: Streamlit calls it otherwise now"


def test_streamlit_still_has_all_that_our_style_names() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (STATIC / "static" / "js").glob("*.js"))
    names = set(re.findall(r"\bst[A-Z]\w+", STYLE))
    assert len(names) > 10
    assert not [name for name in names if not re.search(rf"[`\" ]{name}[`\" -]", scripts)]
    keys = set(re.findall(r"\.st-key-([\w-]+)", STYLE))
    code = "\n".join(
        path.read_text(encoding="utf-8") for top in ("pages", "views") for path in (ROOT / top).rglob("*.py")
    )
    code += (ROOT / "app.py").read_text(encoding="utf-8")
    assert not [key for key in keys if f'key="{key}"' not in code]


def test_our_style_stands_in_the_page_and_is_whole() -> None:
    assert f"<style>{STYLE}</style></head>" in quick_page(streamlit_page())
    assert STYLE.count("{") == STYLE.count("}")
    assert "/*" not in STYLE


@pytest.mark.parametrize("page", ["profil", "sumber"])
def test_a_link_opens_its_page_on_a_server_that_nobody_has_used(page: str) -> None:
    with serve("app.py") as address, Visitor(address) as visitor:
        first = texts(visitor.open(page, "koridor=bekasi-depok"))
        widgets = set(visitor.widgets)
        visitor.widgets.clear()
        again = texts(visitor.rerun())
    assert "Koridor" in first
    assert first == again
    assert set(visitor.widgets) == widgets, "what is chosen at first is not forgotten"


def test_the_address_of_a_page_file_leads_to_its_page(address: str) -> None:
    assert Answer(address + "/pages/profil.py?koridor=semua").url == address + "/profil?koridor=semua"


def test_case_29_below_another_path_everything_is_found_with_and_without_its_last_slash() -> None:
    with serve("server.py", base="tapal") as address:
        for path in ("", "/", "/profil", "/profil/", "/peta", "/pages/profil.py"):
            answer = Answer(f"{address}{path}")
            assert answer.status == 200
            assert SCRIPT in answer.body.decode()
            assert answer.url in {f"{address}/", f"{address}/profil"}, "scripts are named relative to this"
        for path in (
            "/app/static/map/tapal.js",
            "/component/streamlit_folium.st_folium/index.html",
            "/pengingat.ics?koridor=bekasi-depok",
            "/masuk",
        ):
            assert Answer(f"{address}{path}").status == 200
        with Visitor(address) as visitor:
            assert "Koridor" in texts(visitor.open("profil"))


@pytest.mark.parametrize("path", ["/beranda", "/ringkasan", "/peta/", "/pages/ringkasan.py", "/pages/peta.py"])
def test_the_name_of_the_first_page_leads_to_the_root(address: str, path: str) -> None:
    assert Answer(address + path + "?koridor=semua").url == address + "/?koridor=semua"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/tapal/ringkasan", "/tapal/"),
        ("/tapal/pages/peta.py", "/tapal/"),
        ("/tapal/pages/profil.py", "/tapal/profil"),
        ("/ringkasan_lain", None),
        ("/peta", "/"),
        ("/profil", None),
        ("/", None),
    ],
)
def test_a_page_below_another_address_stays_there(path: str, page: str | None) -> None:
    assert led_to(path) == page


def test_streamlit_still_says_in_english_what_our_style_says_in_indonesian() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (STATIC / "static" / "js").glob("*.js"))
    assert not [w.english for w in WORDINGS if not re.search(rf"[`}}]{re.escape(w.english)}[`$]", scripts)]
    assert not [w for w in WORDINGS if '"' in w.indonesian or not w.indonesian]


def test_anchors_of_old_links_still_name_a_section() -> None:
    assert set(OLD_ANCHORS) <= set(methods.sections())
