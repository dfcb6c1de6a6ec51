"""The form to sign in, as a page of its own that needs no script."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from views.language.words import LANGUAGES, Words

__all__ = ["STYLE", "page"]

STYLE = """
:root { color-scheme: light dark; --ground: #ffffff; --field: #f1f4f4; --text: #1c2426; --line: #7d8b8d; --accent: #2b4452; --on: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14191b; --field: #1f2729; --text: #e8eded; --line: #6a7779; --accent: #9dbccb; --on: #14191b; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 "Source Sans 3", "Source Sans", sans-serif; color: var(--text); background: var(--ground); }
header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: 0.5rem 1rem; border-bottom: 1px solid var(--line); }
header a { display: inline-flex; align-items: center; min-height: 2.75rem; }
header img { display: block; height: 2rem; width: auto; }
main { margin: 0 auto; max-width: 26rem; padding: 2rem 1rem; }
h1 { font-size: 1.75rem; font-weight: 600; margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 0.25rem; }
input, button { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--line); border-radius: 0.25rem; }
button { margin-top: 1.5rem; color: var(--on); background: var(--accent); border-color: var(--accent); cursor: pointer; }
:is(input, button, a):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
nav { margin-top: 2rem; }
.told { padding: 0.75rem; border: 1px solid var(--line); border-left-width: 0.4rem; border-radius: 0.25rem; }
"""


def _told(w: Words, reason: str, minutes: int) -> str:
    """What went wrong, in a sentence; "" where nothing did."""
    if not reason:
        return ""
    return {
        "wrong": w.t("Nama akun atau kata sandi tidak cocok."),
        "often": w.t("Terlalu banyak percobaan. Coba lagi dalam {n} menit.", n=w.number(minutes)),
        "old": w.t("Formulir ini sudah lama terbuka. Silakan isi sekali lagi."),
        "foreign": w.t("Formulir ini dikirim dari situs lain, jadi tidak dipakai."),
        "long": w.t("Isi formulir terlalu panjang."),
        "closed": w.t("Basis data sedang tidak dapat dibuka. Coba lagi nanti atau hubungi pengelola Tapal."),
    }[reason]


def page(
    language: str, token: str, back: str, *, name: str = "", reason: str = "", minutes: int = 0, signed_in: str = ""
) -> str:
    """The page with the form to sign in, or to sign out for who is signed in.

    Parameters
    ----------
    language : id or en; anything else is read as id
    token : that the form sends back, so that no other site can send it
    back : where to go afterwards: a page of Tapal and its parameters
    name : of the account, as typed before
    reason : why it is shown again: wrong, often, old, foreign, long or closed
    minutes : to wait, for `often`
    signed_in : as who somebody is signed in; "" for a reader
    """
    w = Words("en" if language == "en" else LANGUAGES[0])
    told = _told(w, reason, minutes)
    other = "id" if w.language == "en" else "en"
    hidden = "".join(
        f'<input type="hidden" name="{key}" value="{escape(value)}">'
        for key, value in (("token", token), ("ke", back), ("bahasa", w.language))
    )
    if signed_in:
        title, action = w.t("Keluar"), "keluar"
        line = w.t("Anda masuk sebagai {nama}. Keluar mengakhiri sesi akun ini di semua peramban.", nama=signed_in)
        fields = f"<p>{escape(line)}</p>"
    else:
        title, action = w.t("Masuk"), "masuk"
        line = w.t("Untuk membaca tidak perlu masuk. Akun dibuat oleh admin di kantor Anda.")
        account, password = escape(w.t("Nama akun")), escape(w.t("Kata sandi"))
        fields = (
            f"<p>{escape(line)}</p>"
            f'<label for="nama">{account}</label>'
            f'<input id="nama" name="nama" value="{escape(name)}" maxlength="64" autocomplete="username" autocapitalize="none" '
            f'spellcheck="false" required{"" if name else " autofocus"}>'
            f'<label for="sandi">{password}</label>'
            f'<input id="sandi" name="sandi" type="password" maxlength="128" autocomplete="current-password" required'
            f"{' autofocus' if name else ''}>"
        )
    leave = escape(w.t("Kembali ke Tapal"))
    alert = f'<p class="told" role="alert">{escape(told)}</p>' if told else ""
    return (
        f'<!doctype html><html lang="{w.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} · Tapal</title><link rel="icon" href="app/static/ikon.png"><style>{STYLE}</style></head><body>'
        f'<header><a href="./{escape(back)}"><img src="app/static/tapal.svg" alt="Tapal" width="116" height="32"></a>'
        f'<a href="{action}?bahasa={other}&amp;ke={quote(back)}" lang="{other}" hreflang="{other}">{"English" if other == "en" else "Indonesia"}</a></header><main>'
        f"<h1>{escape(title)}</h1>{alert}"
        f'<form method="post" action="{action}">{hidden}{fields}<button type="submit">{escape(title)}</button></form>'
        f'<nav><a href="./{escape(back)}">{leave}</a></nav>'
        "</main></body></html>"
    )
