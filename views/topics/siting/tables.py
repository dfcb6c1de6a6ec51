"""The tables of the page on shared places: people reached, regret, and every place of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.siting.problem import TESTED
from analysis.siting.result import Checks, Joint
from data.tables import Dataset
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

    from views.link.context import Session


def figures_table(session: Session, plan: Joint) -> Styler:
    """People covered today and under each plan, by side.

    Parameters
    ----------
    session : language, data and border of this run
    plan : one without unknown sides
    """
    w, data = session.words, session.data
    names = {s: str(data.kabkota.at[s, "nama"]) for s in plan.people}
    total, low, high, share = w.t("Jumlah jiwa"), w.t("Terendah"), w.t("Tertinggi"), w.t("Bagian penduduk (%)")
    everybody = sum(plan.people.values())
    rows = []
    for label, figure in (
        (w.t("Hari ini, tiap sisi hanya dengan miliknya sendiri"), plan.now_closed),
        (w.t("Hari ini, bila boleh lintas batas"), plan.now_open),
        (w.t("Rencana sendiri-sendiri, hanya layanan sendiri"), plan.apart_closed),
        (w.t("Rencana sendiri-sendiri, boleh lintas batas"), plan.apart_open),
        (w.t("Rencana bersama, boleh lintas batas"), plan.together),
    ):
        assert figure is not None
        rows.append(
            {
                w.t("Keadaan"): label,
                **{names[s]: round(v, -1) for s, v in figure.by_side.items()},
                total: round(figure.total, -1),
                low: round(figure.low, -1),
                high: round(figure.high, -1),
                share: 100 * figure.total / everybody,
            }
        )
    return w.styled(pd.DataFrame(rows), {**dict.fromkeys(names.values(), 0), total: 0, low: 0, high: 0, share: 1})


def _variant_names(w: Words, data: Dataset) -> dict[str, str]:
    """What is otherwise in each variant."""
    known = data.catalogue.assumptions
    value = {name: w.number(known[entry].value, 0) for name, entry in TESTED.items()}
    return {
        "laju_rendah": w.t("Laju {n} km/jam", n=value["laju_rendah"]),
        "laju_tinggi": w.t("Laju {n} km/jam", n=value["laju_tinggi"]),
        "tunda_rendah": w.t("Jeda koordinasi {n} menit", n=value["tunda_rendah"]),
        "tunda_tinggi": w.t("Jeda koordinasi {n} menit", n=value["tunda_tinggi"]),
        "tanpa_titik": w.t("Tanpa yang hanya diketahui wilayahnya"),
    }


def regret_table(session: Session, checks: Checks) -> Styler:
    """What each plan loses when an assumption was wrong, a row a variant and plan.

    Parameters
    ----------
    session, checks : this run, and the checks of the plan
    """
    w, data = session.words, session.data
    names = _variant_names(w, data)
    kept, best, lost = w.t("Rencana sekarang (jiwa)"), w.t("Rencana terbaik saat itu (jiwa)"), w.t("Penyesalan (jiwa)")
    rows = [
        {
            w.t("Bila ternyata"): names[r.variant],
            w.t("Rencana"): w.t("bersama")
            if not r.plan
            else w.t("{sisi} sendiri", sisi=str(data.kabkota.at[r.plan, "nama"])),
            kept: round(r.kept, -1),
            best: round(r.best, -1),
            lost: round(r.people, -1),
            w.t("Terbukti"): w.t("ya") if r.proven else "≥",
        }
        for r in checks.regrets
    ]
    return w.styled(pd.DataFrame(rows), {kept: 0, best: 0, lost: 0})


def places_table(session: Session, plan: Joint) -> pd.DataFrame:
    """The table that says what the map shows: every place of every plan."""
    w, data = session.words, session.data
    rows = []
    everyone = [(w.t("bersama"), plan.joint)]
    everyone += [
        (w.t("{sisi} sendiri", sisi=str(data.kabkota.at[s, "nama"])), p) for s, p in (plan.plans or {}).items()
    ]
    for label, places in everyone:
        for place in places:
            unit = data.kelurahan.loc[place.kode]
            rows.append(
                {
                    w.t("Rencana"): label,
                    w.t("Kode"): place.kode,
                    w.t("Di sekitar"): str(unit["nama"]),
                    w.t("Kecamatan"): str(unit["kecamatan"]),
                    w.t("Kabupaten/kota"): str(unit["kabkota"]),
                    w.t("Calon sendiri"): w.t("ya") if place.drawn else w.t("tidak"),
                    w.t("Bujur"): place.lon,
                    w.t("Lintang"): place.lat,
                }
            )
    return pd.DataFrame(rows)
