"""The page of a phone in a drill: a frame, its words, and the script that does the rest (`static/drill/drill.js`)."""

from __future__ import annotations

import json
from html import escape

from views.language.words import LANGUAGES, Words


def kinds(w: Words) -> dict[str, str]:
    """What is pressed, by kind."""
    return {
        "panggilan": w.t("Panggilan diterima"),
        "berangkat": w.t("Berangkat"),
        "tiba": w.t("Tiba"),
        "selesai": w.t("Selesai"),
        "batal": w.t("Dibatalkan"),
    }


def words(w: Words) -> dict[str, str]:
    """Every text of the page, by the name that the script uses; fields in braces are filled in there."""
    return {
        **kinds(w),
        "title": w.t("Latihan bersama"),
        "other": "English" if w.language == "id" else "Indonesia",
        "other_code": "en" if w.language == "id" else "id",
        "ask_code": w.t("Kode latihan (delapan huruf dan angka)"),
        "next": w.t("Lanjut"),
        "welcome": w.t("Anda diundang ke latihan bersama. Tidak perlu akun."),
        "again": w.t("Lanjutkan sebagai {name}"),
        "choose": w.t("Pilih tempat Anda"),
        "place": w.t("Pos atau ruang kendali"),
        "room": w.t("Ruang kendali"),
        "room_of": w.t("Ruang kendali {side}"),
        "other_of": w.t("Tempat lain di {side}"),
        "name": w.t("Unit atau tempat, misalnya Unit 2"),
        "no_names": w.t("Jangan menulis nama orang: semua peserta melihatnya."),
        "go": w.t("Ikut latihan"),
        "joined": w.t("Tersambung; {n} ponsel ikut."),
        "offline": w.t("Belum tersambung ke server; dicoba lagi."),
        "no_line": w.t("Sambungan terputus; {n} tekanan tersimpan di ponsel ini dan dikirim begitu tersambung."),
        "no_clock": w.t("Selisih jam ponsel belum terukur."),
        "clock": w.t("Jam ponsel ditambah {offset} detik (± {exact}) menjadi jam server."),
        "over": w.t("Latihan sudah ditutup. Yang ditekan sebelumnya masih diterima selama 24 jam."),
        "incident_choice": w.t("Kejadian yang dicatat"),
        "incident": w.t("Kejadian {n}: {name}"),
        "waits": w.t("Belum terkirim"),
        "undo": w.t("Batalkan"),
        "sure": w.t("Tekan lagi untuk membatalkan"),
        "log": w.t("Catatan semua peserta"),
        "nothing": w.t("Belum ada yang menekan."),
        "line": w.t("{kind}: {name} ({side}), kejadian {n}"),
        "is_cancelled": w.t("dibatalkan"),
        "after": w.t("setelah latihan ditutup, tidak dihitung"),
        "before": w.t("sebelum latihan dibuka, tidak dihitung"),
        "by_room": w.t("dicatat ruang kendali"),
        "by_server": w.t("waktu menurut server, jam ponsel tidak dapat dipakai"),
        "late": w.t("menyusul {n} detik kemudian"),
        "offset": w.t("jam ponsel dikoreksi {n} detik"),
        "reason_unknown": w.t("Kode ini tidak dikenal. Periksa lagi dengan ruang kendali."),
        "reason_over": w.t("Latihan ini sudah berakhir."),
        "reason_often": w.t("Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam lima belas menit."),
        "reason_form": w.t("Pilih pos atau ruang kendali; tempat lain perlu nama."),
        "reason_many": w.t("Sudah terlalu banyak; hubungi ruang kendali."),
        "reason_taken": w.t("Satu tekanan tidak diterima karena tandanya sudah dipakai peserta lain."),
        "reason_foreign": w.t("Permintaan ini datang dari situs lain, jadi tidak dipakai."),
        "reason_closed": w.t("Basis data sedang tidak dapat dibuka; yang ditekan tetap tersimpan di ponsel ini."),
    }


def page(language: str, code: str, version: str) -> str:
    """The page of a phone.

    Parameters
    ----------
    language : id or en; anything else is read as id
    code : of the drill, "" to ask for it
    version : of script and style
    """
    w = Words("en" if language == "en" else LANGUAGES[0])
    # "<" alone could end the element.
    texts = json.dumps(words(w), ensure_ascii=False).replace("<", "\\u003c")
    start = escape(w.t("Latihan bersama sedang dimuat; halaman ini memerlukan JavaScript."))
    return (
        f'<!doctype html><html lang="{w.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(w.t('Latihan bersama'))} · Tapal</title>"
        f'<link rel="stylesheet" href="../app/static/drill/drill.css?v={version}">'
        '<link rel="icon" href="../app/static/ikon.png"></head>'
        f'<body><main id="latihan" data-code="{escape(code)}" data-language="{w.language}"><p>{start}</p></main>'
        f'<script type="application/json" id="kata">{texts}</script>'
        f'<script src="../app/static/drill/drill.js?v={version}"></script></body></html>'
    )
