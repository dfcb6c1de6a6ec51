"""The form to sign in, as a page of its own that needs no script."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from views.language.plain_page import plain_page
from views.language.words import LANGUAGES, Words


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
    body = (
        f'{alert}<form method="post" action="{action}">{hidden}{fields}<button type="submit">{escape(title)}</button></form>'
        f'<nav><a href="./{escape(back)}">{leave}</a></nav>'
    )
    switch = f"{action}?bahasa={other}&ke={quote(back)}"
    return plain_page(w, title, body, home=f"./{back}", switch=switch)
