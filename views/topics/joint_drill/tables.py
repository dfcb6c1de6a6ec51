"""The tables of a joint drill: its log, its phases, its incidents, and the same as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

import pandas as pd

from analysis.fire import drill as fire_drill
from analysis.fire.live_drill import (
    LATEST_MS,
    OFFICE_TIME,
    QUANTITIES,
    Basis,
    Drill,
    Entry,
    Kind,
    Participant,
    Standing,
    clock,
)
from analysis.fire.live_evaluation import Evaluation
from views.language import cells
from views.language.words import Words
from views.topics.drill import phone
from views.topics.joint_drill import words as drill_words

LATE_S = 5
OFFSET_S = 2


def _notes(w: Words, drill: Drill, entry: Entry) -> str:
    """What is unusual about a line of the log."""
    texts = phone.words(w)
    found = {
        Standing.CANCELLED: texts["is_cancelled"], Standing.AFTER: texts["after"], Standing.BEFORE: texts["before"],
    }  # fmt: skip
    said = [found[entry.standing]] if entry.standing in found else []
    late = (entry.press.received - entry.at).total_seconds()
    if entry.press.by_room:
        said.append(texts["by_room"])
    elif late > LATE_S:
        said.append(w.t("menyusul {n} detik kemudian", n=w.number(late)))
    if entry.basis is Basis.SERVER:
        said.append(texts["by_server"])
    offset = entry.press.offset_ms
    if entry.basis is Basis.PHONE and offset is not None and abs(offset) > OFFSET_S * 1000:
        said.append(w.t("jam ponsel dikoreksi {n} detik", n=w.number(offset / 1000)))
    if entry.press.received > drill.ends and entry.standing is Standing.COUNTED:
        said.append(w.t("diterima sesudah latihan ditutup"))
    return "; ".join(said)


def shown_name(w: Words, who: Participant | None) -> str:
    """A participant as the log names it."""
    return (who.name if who else "") or w.t("Ruang kendali")


def log_table(w: Words, drill: Drill, participants: Sequence[Participant], entries: Sequence[Entry]) -> pd.DataFrame:
    """The log for the screen, newest first.

    Parameters
    ----------
    w : language
    drill : whose log
    participants : who takes part; a press of nobody among them is shown as one of the control room
    entries : the log, oldest first
    """
    known, kinds = {p.id: p for p in participants}, phone.kinds(w)
    rows = [
        (
            clock(e.at),
            kinds[e.press.kind],
            shown_name(w, known.get(e.press.participant)),
            drill.names.get(known[e.press.participant].side, "") if e.press.participant in known else "",
            e.press.incident,
            _notes(w, drill, e),
        )
        for e in reversed(entries)
    ]
    heads = [w.t("Jam"), w.t("Yang ditekan"), w.t("Peserta"), w.t("Sisi"), w.t("Kejadian"), w.t("Keterangan")]
    return pd.DataFrame(rows, columns=heads)


def log_csv(drill: Drill, participants: Sequence[Participant], entries: Sequence[Entry]) -> str:
    """The log as CSV, one row a press; column names do not change with the language, times are those of the office.

    Parameters
    ----------
    drill : whose log
    participants : everybody who pressed
    entries : the log, oldest first
    """
    known = {p.id: p for p in participants}
    rows = []
    for e in entries:
        p, who = e.press, known[e.press.participant]
        rows.append(
            {
                "latihan": drill.title, "koridor": drill.corridor, "nomor": p.number, "kejadian": p.incident, "tekanan": str(p.kind),
                "waktu": _iso(e), "dasar_waktu": str(e.basis), "status": str(e.standing), "peserta": who.name, "kabkota": who.side,
                "nama_kabkota": drill.names.get(who.side, ""), "pos": who.post, "ruang_kendali": "ya" if who.room else "tidak",
                "jam_ponsel_ms": p.phone_ms if abs(p.phone_ms) <= LATEST_MS else "",
                "selisih_jam_ms": "" if p.offset_ms is None else p.offset_ms,
                "ketidakpastian_ms": "" if p.uncertainty_ms is None else p.uncertainty_ms,
                "diterima": (p.received.astimezone(UTC) + OFFICE_TIME).replace(tzinfo=None).isoformat(timespec="milliseconds"),
                "id": p.id, "membatalkan": p.cancels,
            }
        )  # fmt: skip
    return cells.csv_text(pd.DataFrame(rows))


def _iso(entry: Entry) -> str:
    return (entry.at.astimezone(UTC) + OFFICE_TIME).replace(tzinfo=None).isoformat(timespec="milliseconds")


def phases(w: Words, told: Evaluation) -> pd.DataFrame:
    """What was measured beside what is assumed."""
    names = drill_words.quantities(w)
    rows = [
        (names[q], w.number(told.assumed[q], 1), drill_words.range_of(w, told.found.get(q)), drill_words.how_measured(w)[q])
        for q in QUANTITIES
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[w.t("Besaran"), w.t("Asumsi"), w.t("Terukur"), w.t("Cara mengukur")])


def evaluation_csv(told: Evaluation) -> str:
    """Every measured value and every incident beside the model, one row each; the same in every language."""
    names, drill = {p.id: p for p in told.participants}, told.drill
    common = {"latihan": drill.title, "koridor": drill.corridor}
    rows: list[dict[str, object]] = [
        {
            **common, "besaran": q, "kejadian": o.incident, "peserta": names[o.participant].name,
            "kabkota": names[o.participant].side, "nilai": o.value, "satuan": "km/jam" if q == QUANTITIES[-1] else "menit",
            "model": told.assumed[q],
        }
        for q in QUANTITIES for o in told.observed if o.quantity == q
    ]  # fmt: skip
    model = told.model.to_dict("index")
    for plan, name in (("closed", "tanggap_pos_sendiri"), ("open", "tanggap_lintas_batas")):
        real = told.compared[plan].to_dict("index")
        for place in drill.places:
            number = place.number
            row, expected = real[number], model[number]
            rows.append(
                {
                    **common, "besaran": name, "kejadian": number, "peserta": str(told.log.at[number, fire_drill.LOGGED[2]]),
                    "kabkota": place.kode[:5], "nilai": row["minutes"], "satuan": "menit", "model": expected[plan],
                    "model_p5": expected[f"{plan}_low"], "model_p95": expected[f"{plan}_high"],
                    "dalam_kisaran": {True: "ya", False: "tidak"}.get(row["inside"], ""), "tempat": place.name, "kode": place.kode,
                }
            )  # fmt: skip
    return cells.csv_text(pd.DataFrame(rows))


def last_of(entries: Sequence[Entry]) -> list[Entry]:
    """What can still be cancelled, newest first."""
    return [e for e in reversed(entries) if e.standing is not Standing.CANCELLED and e.press.kind is not Kind.CANCEL]
