"""The map of the page on shared places: who is not reached today, what there is, and where a plan puts new places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from analysis.siting.candidates import Place
from analysis.siting.result import Joint
from analysis.values.classes import Classes, classify, count_classes
from views.figures import legend, theme
from views.figures.mapspec import MapPoint, MapSpec, spec_of
from views.topics.siting.choices import Asked
from views.topics.siting.words import noun

if TYPE_CHECKING:
    from views.link.context import Session

HEIGHT = 360
BREAKS = (0.05, 0.25, 0.5, 0.75)
State = Literal["", "baru", "tutup", "pindah"]


def _shown_places(asked: Asked, plan: Joint | None) -> tuple[Place, ...]:
    """Places of the plan that the map draws."""
    if plan is None or plan.plans is None:
        return ()
    if asked.shown == "sendiri":
        return tuple(p for places in plan.plans.values() for p in places)
    return plan.joint


def spec(session: Session, asked: Asked, plan: Joint | None, placing: bool) -> MapSpec:
    """Who is not reached today, what there is, and where the plan puts new places.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    plan : the answer, None while it is not sought
    placing : whether the next click sets a place
    """
    w, corridor = session.words, session.corridor
    units = session.data.units("kelurahan", corridor.sides).index
    classes = dict.fromkeys((str(k) for k in units), 0)
    labels = dict.fromkeys(classes, w.t("belum dihitung"))
    colors: tuple[str, ...] = theme.SEQUENTIAL[:1]
    if plan is not None and plan.table is not None:
        colors = theme.sequential(len(BREAKS) + 1)
        classes = {str(k): int(n) for k, n in _unreached(plan.table).index.items()}
        labels = {
            str(k): w.t(
                "belum terjangkau {kini}; dengan rencana bersama {nanti}", kini=w.percent(1 - a), nanti=w.percent(1 - b)
            )
            for k, a, b in zip(plan.table.index, plan.table["today"], plan.table["then"], strict=True)
        }
    return spec_of(
        session,
        classes=classes,
        labels=labels,
        colors=colors,
        points=(*_existing(session, asked), *_new(session, asked, plan)),
        placing=placing,
    )


def _unreached(table: pd.DataFrame) -> Classes:
    return classify(1 - table["today"], BREAKS)


def _existing(session: Session, asked: Asked) -> list[MapPoint]:
    facilities, kind = session.data.facilities, asked.task.kind
    rows = facilities[(facilities["kind"] == kind) & facilities["operator"].isin(session.corridor.sides)]
    if kind == "pos_damkar":
        rows = rows[session.data.fire_posts["exists"].reindex(rows.index).isin(["ada", "mungkin"])]
    closed = {c.id for c in asked.task.changes if c.action == "tutup"}
    moved = {c.id for c in asked.task.changes if c.action == "pindah"}
    found = []
    for id_, row in rows[~rows.index.isin(moved)].iterrows():
        state: State = "tutup" if id_ in closed else ""
        if row["used"] and row["lon"] == row["lon"]:
            found.append(MapPoint(kind, str(row["name"]), float(row["lon"]), float(row["lat"]), state=state))
        elif row["area_kode"]:
            found.append(MapPoint(kind, str(row["name"]), area_kode=str(row["area_kode"]), state=state))
    added = [c for c in asked.task.changes if c.action in ("tambah", "pindah")]
    found += [MapPoint(kind, session.words.t("dari skenario"), c.lon, c.lat, state="pindah") for c in added]
    return found


def _new(session: Session, asked: Asked, plan: Joint | None) -> list[MapPoint]:
    w, kind = session.words, asked.task.kind
    chosen = _shown_places(asked, plan)
    found = [
        MapPoint(kind, w.t("baru, sekitar {nama}", nama=_plain_name(session, p)), p.lon, p.lat, state="baru")
        for p in chosen
    ]
    taken = {(p.lon, p.lat) for p in chosen}
    state: State = "tutup" if plan is not None else "baru"
    text = w.t("calon, tidak dipilih") if plan is not None else w.t("calon")
    found += [MapPoint(kind, text, lon, lat, state=state) for lon, lat in asked.task.drawn if (lon, lat) not in taken]
    return found


def _plain_name(session: Session, place: Place) -> str:
    row = session.data.kelurahan.loc[place.kode]
    return f"{row['nama']}, {row['kecamatan']}, {row['kabkota']}"


def legend_rows(session: Session, plan: Joint | None) -> list[legend.Row]:
    """Classes of what is not reached today with kelurahan and people of each side; none before there is a plan."""
    if plan is None or plan.table is None:
        return []
    w, units = session.words, session.data.kelurahan
    found = _unreached(plan.table)
    labels = legend.steps((0, *BREAKS, 1), w.percent)
    people = session.data.people["kelurahan"]["value"]
    counts = count_classes(found, units["kode_kabkota"].reindex(plan.table.index), people.reindex(plan.table.index))
    return legend.counted_rows(session.corridor.sides, counts, labels, theme.sequential(found.count), w.no_data)


def picture_title(session: Session, asked: Asked, plan: Joint | None) -> str:
    """What the picture of the map is called.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    plan : the answer, None while it is not sought
    """
    if plan is None or plan.table is None:
        return session.words.t(
            "{koridor}: {layanan} yang ada",
            koridor=session.words.pick(session.corridor.title),
            layanan=noun(session.words, asked.task.kind),
        )
    return session.words.t("Belum terjangkau {layanan} hari ini", layanan=noun(session.words, asked.task.kind))


def legend_note(session: Session, asked: Asked, plan: Joint | None) -> str:
    """What the map shows, in one line.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    plan : the answer, None while it is not sought
    """
    w, kind = session.words, noun(session.words, asked.task.kind)
    if plan is None or plan.table is None:
        return w.t(
            "Peta: {layanan} yang ada; yang hanya diketahui wilayahnya digambar sebagai wilayah berarsir.", layanan=kind
        )
    return w.t(
        "Makin gelap makin besar bagian yang belum terjangkau hari ini dari sisi mana pun; jiwa: penduduk {tahun}. Tanda baru: tempat indikatif, "
        "bukan lokasi tapak. {layanan} yang hanya diketahui wilayahnya digambar sebagai wilayah berarsir.",
        layanan=kind.capitalize(),
        tahun=session.data.catalogue.indicators["penduduk"].year,
    )
