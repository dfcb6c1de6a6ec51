"""Tables of agreements and projects, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis.agreements import standing
from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import Agreement, Project, Role, Stage, State
from analysis.agreements.standing import Standing
from data.tables import Dataset
from views.language.words import Words
from views.topics.agreements import names
from views.topics.agreements.words import day_text, days_text, parties_text, place_names


def register(w: Words, data: Dataset, agreements: Sequence[Agreement], today: date) -> pd.DataFrame:
    """Every agreement, one row each.

    Parameters
    ----------
    w, data : language and data
    agreements : in the order of the rows
    today : the day for which it is said how they stand
    """
    kinds, standings, sectors = names.document_names(w), names.standing_names(w), names.sector_names(w)
    origins = names.origin_names(w)
    rows = [
        (
            w.pick(a.title),
            parties_text(data, a.sides),
            standings[standing.standing(a, today)],
            day_text(w, last_day(a)),
            days_text(w, a, today),
            day_text(w, a.signed),
            kinds[a.document],
            ", ".join(sectors[s] for s in a.sectors),
            origins[a.origin],
        )
        for a in agreements
    ]
    heads = [
        w.t("Judul"), w.t("Para pihak"), w.t("Keadaan"), w.t("Berakhir"), w.t("Sisa masa"), w.t("Ditandatangani"),
        w.t("Jenis"), w.t("Bidang"), w.t("Asal"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def by_stage(w: Words, agreements: Sequence[Agreement]) -> pd.DataFrame:
    """The ten stages with the agreements that stand in each; of published facts, the last stage that is sure.

    Parameters
    ----------
    w : language
    agreements : all that are shown
    """
    found: dict[Stage, list[str]] = {stage: [] for stage in Stage}
    for agreement in agreements:
        stage = standing.stage_of(agreement)
        if stage is not None:
            found[stage].append(w.pick(agreement.title))
    stages = names.stage_names(w)
    return pd.DataFrame(
        {
            w.t("Tahap"): [f"{stage.letter}  {stages[stage]}" for stage in Stage],
            w.t("Banyaknya"): [len(found[stage]) for stage in Stage],
            w.t("Perjanjian"): ["; ".join(found[stage]) or "–" for stage in Stage],
        }
    )


def by_offices(w: Words, data: Dataset, agreements: Sequence[Agreement], today: date) -> pd.DataFrame:
    """Office with office, else sector by sector, of the agreements that are signed or prepared.

    Parameters
    ----------
    w, data : language and data
    agreements : all that are shown; what is no agreement is left out
    today : the day for which it is said how they stand
    """
    sectors, standings = names.sector_names(w), names.standing_names(w)
    rows = []
    for a in agreements:
        now = standing.standing(a, today)
        if now is Standing.NO_AGREEMENT:
            continue
        offices = [f"{p.office} {names.region(data, p.kode)}" for p in a.parties if p.office]
        pair = " – ".join(offices) if len(offices) > 1 else parties_text(data, a.sides)
        rows += [(sectors[s], pair, w.pick(a.title), standings[now]) for s in a.sectors]
    heads = [w.t("Bidang"), w.t("Dinas dengan dinas"), w.t("Perjanjian"), w.t("Keadaan")]
    return pd.DataFrame(rows, columns=heads).sort_values(heads[:2], kind="stable")


def actors(w: Words, data: Dataset, agreements: Sequence[Agreement]) -> pd.DataFrame:
    """Who takes part in what: an agreement a row, a kind of actor a column.

    Parameters
    ----------
    w, data : language and data
    agreements : all that are shown; laws are left out
    """
    roles = names.role_names(w)
    rows = []
    for a in agreements:
        if a.state is State.LAW:
            continue
        cells: dict[Role, list[str]] = {role: [] for role in roles}
        for party in a.parties:
            cells[Role.PROVINCE if len(party.kode) == 2 else Role.KABKOTA].append(names.region(data, party.kode))
            if party.office:
                cells[Role.OFFICE].append(f"{party.office} {names.region(data, party.kode)}")
        for actor in a.actors:
            cells[actor.role].append(actor.name)
        rows.append({w.t("Perjanjian"): w.pick(a.title), **{roles[r]: "; ".join(c) or "–" for r, c in cells.items()}})
    return pd.DataFrame(rows, columns=[w.t("Perjanjian"), *roles.values()])


def practice(w: Words, data: Dataset, agreements: Sequence[Agreement], today: date) -> pd.DataFrame:
    """What was done, what stands in its way, and what could come of it: an agreement a row, where anything is known.

    Parameters
    ----------
    w, data : language and data
    agreements : all that are shown
    today : the day for which it is said how they stand
    """
    standings, advice = names.standing_names(w), names.recommendation_names(w)
    rows = []
    for a in agreements:
        obstacles = [w.pick(a.obstacle), *(e.obstacle for e in a.evaluations)]
        potential = [w.pick(a.potential), *(f"{e.year}: {advice[e.recommendation]}" for e in a.evaluations)]
        done = [f"{e.year} {names.region(data, e.kode)}: {e.realised}" for e in a.evaluations if e.realised]
        if any((*obstacles, *potential, *done)):
            texts = ["; ".join(filter(None, part)) or "–" for part in (done, obstacles, potential)]
            state = standings[standing.standing(a, today)]
            rows.append((w.pick(a.title), parties_text(data, a.sides), state, *texts))
    heads = [
        w.t("Perjanjian"), w.t("Para pihak"), w.t("Keadaan"), w.t("Terlaksana"), w.t("Hambatan"),
        w.t("Potensi dan saran"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=heads)


def projects(w: Words, data: Dataset, found: Sequence[Project], agreements: Sequence[Agreement]) -> pd.DataFrame:
    """Partnership projects: place, status, money, and since when they are outstanding.

    Parameters
    ----------
    w, data : language and data
    found : the projects, in the order of the rows
    agreements : those under which a project may stand; their titles are named
    """
    titles, statuses = {a.id: w.pick(a.title) for a in agreements}, names.status_names(w)
    rows = [
        (
            w.pick(p.title),
            titles.get(p.under, "–"),
            parties_text(data, p.parties),
            w.pick(p.place) or ", ".join(place_names(data, p.kode)) or w.no_data,
            statuses[p.status],
            p.rupiah / 1e9 if p.rupiah is not None else None,
            day_text(w, p.since) if p.outstanding else "–",
            w.pick(p.note),
            " ".join(f"{s.url} ({s.date})" for s in p.sources) or names.origin_names(w)[p.origin],
        )
        for p in found
    ]
    money = w.t("Uang (miliar rupiah)")
    heads = [
        w.t("Proyek"), w.t("Di bawah perjanjian"), w.t("Para pihak"), w.t("Tempat"), w.t("Status"), money,
        w.t("Belum selesai sejak"), w.t("Catatan"), w.t("Sumber"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=heads)
    frame[money] = frame[money].astype("float64").round(2)
    return frame
