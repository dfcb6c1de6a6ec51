"""The tables of the fire page: published cases and figures, and every kelurahan of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.fire.fire import FireResult
from views.language.words import Words
from views.topics.fire.words import name_of

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

    from views.link.context import Session


def _metric_names(w: Words) -> dict[str, str]:
    """Labels of the kinds of published figures."""
    return {
        "response_case": w.t("kejadian"),
        "response_gap_case": w.t("kejadian, selisih waktu"),
        "response_time": w.t("waktu tanggap"),
        "cross_border_help": w.t("bantuan lintas batas"),
        "fires": w.t("kebakaran"),
        "posts": w.t("pos"),
        "vehicles": w.t("kendaraan"),
        "personnel": w.t("personel"),
        "rescues": w.t("penyelamatan"),
    }


def cases_table(session: Session, rows: pd.DataFrame) -> pd.DataFrame:
    """Published figures as they were published, one a row.

    Parameters
    ----------
    session : language, data and border of this run
    rows : of `Dataset.fire_stats`
    """
    w, end = session.words, session.words.language
    names = _metric_names(w)
    unit = rows[f"unit_{end}"].where(~rows["unit_en"].eq("text"), "")
    return pd.DataFrame(
        {
            w.t("Kabupaten/kota"): [name_of(session.data, k) for k in rows["kode_kabkota"]],
            w.t("Jenis"): rows["metric"].map(names).to_numpy(),
            w.t("Waktu"): [w.partial_date(t) for t in rows[f"period_{end}"]],
            w.t("Angka"): (rows[f"value_{end}"] + " " + unit).str.strip().to_numpy(),
            w.t("Keterangan"): rows[f"note_{end}"].to_numpy(),
            w.t("Sumber"): rows["source_url"].to_numpy(),
            w.t("Tanggal sumber"): [w.partial_date(t) for t in rows["source_date"]],
        }
    )


def twin(session: Session, result: FireResult) -> Styler:
    """The table that says what the map shows: every kelurahan with all its numbers.

    Parameters
    ----------
    session : language, data and border of this run
    result : response of its posts
    """
    w, data, table = session.words, session.data, result.table
    places = data.kelurahan.loc[table.index]
    numbers = {
        "closed": (w.t("Peluang, pos sendiri (%)"), 100, 0),
        "open": (w.t("Peluang, dibuka (%)"), 100, 0),
        "gain": (w.t("Tambahan (poin)"), 100, 0),
        "closed_min": (w.t("Menit, pos sendiri"), 1, 0),
        "closed_min_low": (w.t("bawah"), 1, 0),
        "closed_min_high": (w.t("atas"), 1, 0),
        "open_min": (w.t("Menit, dibuka"), 1, 0),
        "open_min_low": (w.t("bawah (dibuka)"), 1, 0),
        "open_min_high": (w.t("atas (dibuka)"), 1, 0),
        "lead": (w.t("Batas jeda koordinasi (menit)"), 1, 0),
        "lead_low": (w.t("batas jeda koordinasi, bawah"), 1, 0),
        "lead_high": (w.t("batas jeda koordinasi, atas"), 1, 0),
        "crossed": (w.t("Lebih cepat dari seberang (%)"), 100, 0),
        "people": (w.t("Jiwa"), 1, 0),
    }
    frame = pd.DataFrame(
        {
            w.t("Kode"): table.index,
            w.t("Nama"): places["nama"].to_numpy(),
            w.t("Kecamatan"): places["kecamatan"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            **{title: (table[column] * factor).to_numpy() for column, (title, factor, _) in numbers.items()},
        }
    )
    return w.styled(frame, {title: decimals for title, _, decimals in numbers.values()})
