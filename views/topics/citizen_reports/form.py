"""The form for residents and the page of a ticket: plain pages that need no script, for any telephone and connection."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from urllib.parse import urlencode

from analysis.citizen_reports.deadlines import deadline, state_on
from analysis.citizen_reports.model import Report, State
from data.catalogue import Corridor
from data.tables import Dataset
from records.citizen_reports.entries import ReportError
from records.citizen_reports.tables import LONGEST_NOTE, LONGEST_TEXT
from records.citizen_reports.working_days import days_off
from views.language import link_names
from views.language.plain_page import plain_page
from views.language.words import LANGUAGES, Words
from views.topics.agreements.names import sector_names
from views.topics.citizen_reports import names, places, words

_STYLE = """
main { max-width: 36rem; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 2rem 0 0.5rem; }
select, textarea { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--field);
  border: 1px solid var(--line); border-radius: 0.25rem; }
textarea { min-height: 9rem; }
:is(select, textarea, summary):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[aria-invalid="true"] { border-width: 2px; border-left-width: 0.4rem; }
.help, .wrong { margin: 0.25rem 0 0; font-size: 0.9rem; }
.wrong { font-weight: 600; }
.ticket { font-size: 1.5rem; font-weight: 600; letter-spacing: 0.05em; }
p, li, .ticket { overflow-wrap: anywhere; }
main img { max-width: 100%; border-radius: 0.25rem; }
ol { padding-left: 1.25rem; }
li { margin: 0.5rem 0; }
nav { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; }
"""


# What is given back of a field; all of a report, however long it is.
_LENGTHS = {"titik": 80, "tiket": 40, "isi": 100_000}


class Desk:
    """Writes the pages and finds the place of a report.

    Parameters
    ----------
    data : gives the data
    today : gives the day
    """

    def __init__(self, data: Callable[[], Dataset], today: Callable[[], date]) -> None:
        self._data, self._today = data, today

    def place(self, fields: Mapping[str, str]) -> tuple[str, tuple[float, float] | None]:
        """The kelurahan and the point that a form names.

        Parameters
        ----------
        fields : of the form

        Raises
        ------
        records.citizen_reports.entries.ReportError
            There is no such place.
        """
        data = self._data()
        kode, at = fields.get("kode", ""), fields.get("titik", "")
        return places.found(data, self._corridor(fields), kode, at)

    def form(
        self, fields: Mapping[str, str], *, token: str, form: str, wrong: ReportError | None = None, told: str = ""
    ) -> str:
        """The form, with everything that was typed before.

        Parameters
        ----------
        fields : of the link or of the form that was sent
        token : that names the browser, so that no other site can send the form
        form : that names the form, so that it counts once
        wrong : what cannot be
        told : old, foreign, long, often, day, busy, closed or ticket: why nothing was taken, "" for no reason
        """
        w, corridor = _words(fields), self._corridor(fields)
        title = w.t("Sampaikan laporan warga")
        hidden = _hidden({"token": token, "kiriman": form, "bahasa": w.language, "koridor": corridor.id})
        again = {} if wrong is None else {wrong.field: names.problem(w, wrong.field, wrong.reason)}
        lines = [line for line in (_told(w)[told] if told else "", *again.values()) if line]
        if again and fields.get("kode", "") + fields.get("isi", ""):
            lines.append(w.t("Yang sudah ditulis tetap ada. Foto perlu dipilih sekali lagi."))
        kinds = {"": w.t("– pilih bidang –")} | {s.value: name for s, name in sector_names(w).items()}
        kept = {name: escape(fields.get(name, "")[:most]) for name, most in _LENGTHS.items()}
        body = [
            _p(w.t("Ceritakan apa yang rusak, kurang atau dibutuhkan di lingkungan Anda. Laporan diperiksa dahulu oleh pemerintah daerah; sesudah tayang dapat dibaca semua orang.")),
            _p(w.t("Jangan menulis nama, alamat rumah, NIK atau nomor telepon siapa pun. Tidak ada data diri yang diminta.")),
            _alert(lines),
            self._other_borders(w, corridor),
            f'<form method="post" action="lapor" enctype="multipart/form-data">{hidden}',
            _label("kode", w.t("Kelurahan/desa")),
            self._select_place(w, corridor, fields.get("kode", ""), "place" in again),
            _label("titik", w.t("atau titiknya di peta telepon (tidak wajib)")),
            f'<input id="titik" name="titik" value="{kept["titik"]}" maxlength="80" autocomplete="off" placeholder="-6,3456; 106,9123"{_invalid("place" in again)}>',
            _wrong(again.get("place")),
            _label("bidang", w.t("Bidang")),
            _select_sector(kinds, fields.get("bidang", ""), "sector" in again),
            _wrong(again.get("sector")),
            _label("isi", w.t("Isi laporan")),
            f'<textarea id="isi" name="isi" maxlength="{LONGEST_TEXT}" required{_invalid("text" in again)}>{kept["isi"]}</textarea>',
            _wrong(again.get("text")),
            _label("foto", w.t("Foto (tidak wajib)")),
            f'<input id="foto" name="foto" type="file" accept="image/jpeg,image/png,image/webp"{_invalid("photo" in again)}>',
            _p(w.t("JPEG, PNG atau WebP, paling besar 12 MB. Tempat dan waktu yang tersimpan di dalam foto dihapus. Jangan memotret wajah atau pelat nomor."), "help"),
            _wrong(again.get("photo")),
            _button(w.t("Kirim laporan")),
            "</form>",
            _h2(w.t("Sudah punya nomor tiket?")),
            f'<form method="get" action="lapor">{_hidden({"bahasa": w.language, "koridor": corridor.id})}',
            _label("tiket", w.t("Nomor tiket")),
            f'<input id="tiket" name="tiket" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" value="{kept["tiket"]}" required>',
            _button(w.t("Lihat perkembangannya")),
            "</form>",
        ]  # fmt: skip
        return self._page(w, title, "".join(body), "lapor", "./", {"koridor": corridor.id})

    def ticket(
        self,
        language: str,
        ticket: str,
        report: Report,
        first: Report,
        photo: bytes = b"",
        *,
        sent: str = "",
        wrong: ReportError | None = None,
        typed: str = "",
        told: str = "",
    ) -> str:
        """What has become of a report, for who knows its ticket number.

        Parameters
        ----------
        language : id or en
        ticket : number
        report, first : the report, and the earlier one that tells the same, or itself
        photo : that the resident sent
        sent : baru right after it was sent, sama or lain where the same form had been sent before, balas after a reply
        wrong, typed : what cannot be of a reply, and the reply
        told : why a reply was not taken: step, conflict, often or closed; "" for no reason
        """
        w, data, today, off = Words("en" if language == "en" else LANGUAGES[0]), self._data(), self._today(), days_off()
        names_of = names.state_names(w)
        state = state_on(first, today, off)
        due = names.deadline_text(w, deadline(first, today, off))
        state_line = w.t("Keadaan: {keadaan}", keadaan=names_of[state] + (f" ({due})" if due else ""))
        number = w.t("Nomor tiket")
        about = ", ".join(
            [words.place_name(data, report.kode), names.sector(w, report.sector), w.date(report.received)]
        )
        lines = [_sent(w)[sent]] if sent else []
        lines += [_reply_told(w)[told]] if told else []
        lines += [names.problem(w, wrong.field, wrong.reason)] if wrong else []
        own = first is report or first.key == report.key
        body = [
            _alert(lines),
            f'<p>{escape(number)}<br><span class="ticket">{escape(ticket)}</span></p>',
            _p(w.t("Simpan nomor ini atau alamat halaman ini: hanya dengan itu laporan Anda dapat diikuti.")),
            f"<p><strong>{escape(state_line)}</strong></p>",
            "" if own else _p(w.t("Laporan Anda sama dengan laporan yang lebih dahulu masuk; perkembangannya di bawah ini.")),
            _p(about),
            _p(report.text or w.t("Isi laporan ini sudah dihapus.")),
            _image(photo, w.t("Foto yang Anda kirim")),
            _h2(w.t("Perkembangan")),
            "<ol>",
            *(f"<li>{escape(line)}</li>" for line in _history(w, data, report, first, own=own)),
            "</ol>",
        ]  # fmt: skip
        if state is State.ANSWERED and own:
            body += [
                _h2(w.t("Belum selesai menurut Anda?")),
                f'<form method="post" action="{escape(ticket)}">{_hidden({"bahasa": w.language})}',
                _label("balas", w.t("Tanggapan; hanya dibaca pemerintah daerah")),
                f'<textarea id="balas" name="balas" maxlength="{LONGEST_NOTE}" required{_invalid(wrong is not None)}>{escape(typed)}</textarea>',
                _button(w.t("Kirim tanggapan")),
                "</form>",
            ]
        return self._page(w, w.t("Laporan Anda"), "".join(body), ticket, "../", {})

    def _corridor(self, fields: Mapping[str, str]) -> Corridor:
        known = self._data().catalogue.corridors
        return known.get(fields.get("koridor", "")) or next(iter(known.values()))

    def _other_borders(self, w: Words, corridor: Corridor) -> str:
        known, others = self._data().catalogue.corridors, w.t("Wilayah lain")
        links = " · ".join(
            f'<a href="lapor?{escape(urlencode({"koridor": c.id, "bahasa": w.language}))}">{escape(w.pick(c.title))}</a>'
            for c in known.values()
            if c.id != corridor.id
        )
        return (
            f"<p><strong>{escape(w.pick(corridor.title))}</strong></p>"
            f"<details><summary>{escape(others)}</summary><p>{links}</p></details>"
        )

    def _select_place(self, w: Words, corridor: Corridor, chosen: str, wrong: bool) -> str:
        groups = "".join(
            f'<optgroup label="{escape(group)}">{_options(units, chosen)}</optgroup>'
            for group, units in places.grouped(self._data(), corridor).items()
        )
        first = _options({"": w.t("– pilih kelurahan/desa –")}, chosen)
        return f'<select id="kode" name="kode"{_invalid(wrong)}>{first}{groups}</select>'

    def _page(self, w: Words, title: str, body: str, action: str, home: str, keep: Mapping[str, str]) -> str:
        other = "en" if w.language == "id" else "id"
        back = urlencode({link_names.LANGUAGE: w.language, **keep})
        switch = urlencode({"bahasa": other, **keep})
        new, shown = w.t("Laporan baru"), w.t("Laporan yang tayang")
        form = f'<a href="{home}lapor?{escape(back)}">{escape(new)}</a>' if action != "lapor" else ""
        ways = f'<nav><a href="{home}suara?{escape(back)}">{escape(shown)}</a>{form}</nav>'
        return plain_page(
            w, title, body + ways, home=f"{home}?{back}", switch=f"{action}?{switch}", root=home, style=_STYLE
        )


def _words(fields: Mapping[str, str]) -> Words:
    return Words("en" if fields.get("bahasa") == "en" else LANGUAGES[0])


def _hidden(fields: Mapping[str, str]) -> str:
    return "".join(f'<input type="hidden" name="{k}" value="{escape(v)}">' for k, v in fields.items())


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _h2(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _button(text: str) -> str:
    return f'<button type="submit">{escape(text)}</button>'


def _image(content: bytes, alt: str) -> str:
    coded = base64.b64encode(content).decode()
    return f'<img alt="{escape(alt)}" src="data:image/jpeg;base64,{coded}">' if content else ""


def _label(name: str, text: str) -> str:
    return f'<label for="{name}">{escape(text)}</label>'


def _invalid(wrong: bool) -> str:
    return ' aria-invalid="true"' if wrong else ""


def _wrong(text: str | None) -> str:
    return f'<p class="wrong">{escape(text)}</p>' if text else ""


def _alert(lines: Sequence[str]) -> str:
    return (
        f'<div class="told" role="alert">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>' if lines else ""
    )


def _options(values: Mapping[str, str], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(name)}</option>'
        for key, name in values.items()
    )


def _select_sector(values: Mapping[str, str], chosen: str, wrong: bool) -> str:
    return f'<select id="bidang" name="bidang" required{_invalid(wrong)}>{_options(values, chosen)}</select>'


def _history(w: Words, data: Dataset, report: Report, first: Report, *, own: bool) -> list[str]:
    """What happened, in lines; of an earlier report of somebody else nothing that only its resident may read."""
    events = list(report.events)
    if not own:
        events += [e for e in first.events if not e.by_resident and e.number]
    return [words.happened(w, data, event, w.t("Anda menanggapi")) for event in sorted(events, key=lambda e: e.day)]


def _told(w: Words) -> Mapping[str, str]:
    return {
        "old": w.t("Formulir ini sudah lama terbuka, atau peramban tidak menyimpan cookie. Periksa isinya, lalu kirim sekali lagi."),
        "foreign": w.t("Formulir ini dikirim dari situs lain, jadi tidak dipakai."),
        "long": w.t("Kiriman ini terlalu besar: foto paling besar 12 MB. Pilih foto lain atau kirim tanpa foto."),
        "often": w.t("Dari jaringan ini sudah banyak laporan dalam satu jam. Kirim lagi nanti; yang sudah ditulis tetap ada di sini."),
        "day": w.t("Hari ini laporan yang masuk sudah sangat banyak. Kirim lagi besok; yang sudah ditulis tetap ada di sini."),
        "busy": w.t("Server sedang menerima banyak laporan. Kirim lagi sebentar lagi; yang sudah ditulis tetap ada di sini."),
        "closed": w.t("Basis data sedang tidak dapat dibuka. Coba lagi nanti atau hubungi pengelola Tapal."),
        "ticket": w.t("Nomor tiket ini tidak ditemukan. Periksa lagi hurufnya."),
    }  # fmt: skip


def _sent(w: Words) -> Mapping[str, str]:
    return {
        "baru": w.t("Terima kasih, laporan Anda sudah diterima."),
        "sama": w.t("Laporan ini sudah diterima sebelumnya; tidak dicatat dua kali."),
        "lain": w.t("Formulir ini sudah terkirim sebelumnya dengan isi di bawah ini. Untuk laporan lain pilih Laporan baru."),
        "balas": w.t("Tanggapan Anda sudah diterima."),
    }  # fmt: skip


def _reply_told(w: Words) -> Mapping[str, str]:
    return {
        "step": w.t("Laporan ini tidak sedang menunggu tanggapan. Untuk hal baru pilih Laporan baru."),
        "conflict": w.t("Keadaan laporan ini baru saja berubah. Baca dahulu, lalu kirim lagi bila perlu."),
        "often": w.t("Dari jaringan ini sudah banyak kiriman dalam satu jam. Coba lagi nanti."),
        "closed": w.t("Basis data sedang tidak dapat dibuka. Coba lagi nanti atau hubungi pengelola Tapal."),
        "long": w.t("Tulisan ini lebih dari 2.000 huruf."),
        "foreign": w.t("Formulir ini dikirim dari situs lain, jadi tidak dipakai."),
    }
