"""The page that explains the feed to whoever connects a system to it; every address in it is relative."""

from __future__ import annotations

from html import escape

from open_data.feed import COLLECTIONS, Collection
from views.language.plain_page import plain_page
from views.language.words import LANGUAGES, Words

_STYLE = """
main { max-width: 52rem; }
code { overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.25rem; }
h2 code { font-size: 1rem; font-weight: 400; }
.rows { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
"""
_ASKED = (
    "collections/nilai/items?f=csv&indicator=jarak_sd&kode_kabkota=32.75",
    "collections/kelurahan/items?bbox=106.8,-6.5,107.1,-6.1&limit=500",
    "collections/nilai/items?f=records&kode=32.75.10.1002",
    "collections/fasilitas/items?f=parquet",
)


def page(language: str) -> str:
    """The page as HTML.

    Parameters
    ----------
    language : as the address names it; the first of the product for another one
    """
    w = Words(next((one for one in LANGUAGES if one == language), LANGUAGES[0]))
    other = next(one for one in LANGUAGES if one != w.language)
    intro = [
        w.t("Data Tapal dapat dibaca langsung oleh QGIS dan sistem lain, tanpa masuk dan hanya untuk dibaca."),
        w.t("Cantumkan atribusi pada kolom source. Lisensi tiap sumber ada pada koleksi sumber."),
        w.t("Tambahkan per=N untuk membaca data per versi data kantor ke-N, per=0 tanpa data kantor."),
        w.t("Halaman berisi paling banyak 1.000 baris; tautan next membuka halaman berikutnya. CSV dan Parquet utuh."),
    ]
    links = [
        ("./", w.t("Halaman awal (JSON)")),
        ("openapi.json", w.t("Uraian OpenAPI 3.0")),
        ("./collections", w.t("Semua koleksi (JSON)")),
        ("collections/sumber/items?f=csv", w.t("Sumber dan lisensi (CSV)")),
    ]
    body = "".join(f"<p>{escape(line)}</p>" for line in intro)
    body += "<ul>" + "".join(f'<li><a href="{to}">{escape(name)}</a></li>' for to, name in links) + "</ul>"
    examples = w.t("Contoh")
    body += f"<h2>{escape(examples)}</h2><ul>"
    body += "".join(f'<li><a href="{escape(a)}"><code>{escape(a)}</code></a></li>' for a in _ASKED) + "</ul>"
    body += "".join(_section(w, one) for one in COLLECTIONS.values())
    title = w.t("Umpan data untuk sistem lain")
    home = f"../../?bahasa={w.language}"
    return plain_page(w, title, body, home=home, switch=f"?bahasa={other}", root="../../", style=_STYLE)


def _section(w: Words, one: Collection) -> str:
    here = f"collections/{one.id}/items"
    forms = ", ".join(f'<a href="{here}?f={f}">{f}</a>' for f in ("geojson", "records", "csv", "parquet"))
    rows = "".join(
        f"<tr><td><code>{c.name}</code></td><td>{c.kind}</td><td>{escape(w.pick(c.text)) if c.text else ''}</td></tr>"
        for c in one.columns
    )
    heads = "".join(f"<th>{escape(head)}</th>" for head in (w.t("kolom"), w.t("jenis"), w.t("arti")))
    columns = w.t("Kolom")
    return (
        f'<h2 id="{one.id}">{escape(w.pick(one.title))} <code>{one.id}</code></h2><p>{escape(w.pick(one.text))}</p>'
        f"<p>{forms}</p><details><summary>{escape(columns)}</summary>"
        f'<div class="rows" tabindex="0"><table><tr>{heads}</tr>{rows}</table></div></details>'
    )
