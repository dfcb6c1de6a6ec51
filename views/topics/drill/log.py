"""The log of the drill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.fire import drill as fire_drill
from analysis.fire.drill import Incident
from analysis.fire.realisations import Realisations
from views.language import cells
from views.topics.fire import words as fire_words
from views.topics.fire.choices import FireState

if TYPE_CHECKING:
    from views.link.context import Session

LARGEST_FILE = 100_000


def log_key(state: FireState, count: int, seed: int) -> str:
    """Key of the log of a drill in the session.

    Parameters
    ----------
    state : of the fire page
    count, seed : how many incidents, and number of the drill
    """
    return f"log {state.corridor} {count} {seed}"


def exported(
    session: Session,
    state: FireState,
    drawn: Realisations,
    seed: int,
    found: Sequence[Incident],
    model: pd.DataFrame,
    log: pd.DataFrame,
    compared: dict[str, pd.DataFrame],
) -> str:
    """The whole drill as CSV, ready for the evaluation; column names do not change with the language.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the fire page: assumptions and posts
    drawn : distances of the posts
    seed : number of the drill
    found : the incidents
    model : who would have come, as `analysis.fire.drill.answers` gives it
    log : what was written down, by number of the incident
    compared : real minutes against the model, by plan ("closed", "open")
    """
    posts = {p.id: fire_words.post_name(session, p) for p in drawn.posts}
    rows = model.to_dict("index")
    choices = state.choices
    lines = []
    for p in found:
        row = rows[p.number]
        place = session.data.kelurahan.loc[p.kode]
        line: dict[str, object] = {
            "koridor": state.corridor, "benih": seed, "nomor": p.number, "kode": p.kode, "nama": place["nama"],
            "kecamatan": place["kecamatan"], "kabkota": place["kabkota"], "lon": p.lon, "lat": p.lat,
        }  # fmt: skip
        for plan, name in (("closed", "sendiri"), ("open", "dibuka")):
            line[f"pos_{name}"] = posts.get(str(row[f"{plan}_post"]), "")
            line |= {
                f"menit_{name}": row[plan], f"menit_{name}_p5": row[f"{plan}_low"], f"menit_{name}_p95": row[f"{plan}_high"],
                f"peluang_{name}": row[f"{plan}_in_time"],
            }  # fmt: skip
        line |= {column: log.at[p.number, column] for column in fire_drill.LOGGED}
        line["menit_nyata"] = compared["open"].at[p.number, "minutes"]
        for plan, name in (("closed", "sendiri"), ("open", "dibuka")):
            inside = compared[plan].at[p.number, "inside"]
            line[f"selisih_{name}"] = compared[plan].at[p.number, "difference"]
            line[f"dalam_kisaran_{name}"] = "" if inside is None else "ya" if inside else "tidak"
        line |= {
            "target_menit": choices.target, "panggilan_menit": choices.call, "berangkat_menit": choices.turnout, "tunda_menit": choices.delay,
            "faktor_memutar": choices.detour, "laju_kmj": choices.speed if choices.speeds == "tetap" else "menurut kerapatan jalan",
        }  # fmt: skip
        lines.append(line)
    return cells.csv_text(pd.DataFrame(lines))
