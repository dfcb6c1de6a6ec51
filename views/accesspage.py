"""The pieces of the page on access across the line: choices, scenario, map, people, capacity and method."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.classes import UNKNOWN, Classes, count_classes
from analysis.opening import (
    MOSTLY,
    OFFICE,
    SERVICES,
    UNCHANGED,
    Opening,
    Service,
    SideOpening,
    crossers,
    equivalents,
    gainers,
    has_list,
    losers,
    minutes,
    on_land,
    partners_of,
    saving_classes,
    supply_classes,
)
from analysis.scenario import FARTHEST_M, MOST_CHANGES, Change, ScenarioError, written
from data.catalogue import Assumption, Standard
from data.tables import Dataset
from views import mappage, sentences, session, tables, theme
from views.escape import md
from views.map import MapPoint, MapSpec
from views.session import Session
from views.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

HEIGHT = 380
MODES = ("jarak", "pasokan")
ASSUMED = ("faktor_memutar", "laju_jalan_kaki", "laju_motor")
MOST_SIGNS = 150
MOST_ROWS = 10
MOST_LISTED = 12
WAITING = "akses menunggu"
MESSAGE = "akses pesan"


def service_names(w: Words) -> dict[str, str]:
    """Labels of the services."""
    return {
        "puskesmas": w.t("Puskesmas"),
        "rumah_sakit": w.t("Rumah sakit"),
        "sd": w.t("SD negeri dan swasta"),
        "smp": w.t("SMP negeri dan swasta"),
        "smp_negeri": w.t("SMP negeri"),
        "sma_smk": w.t("SMA/SMK negeri dan swasta"),
        "sma_smk_negeri": w.t("SMA/SMK negeri"),
        "kantor_kelurahan": w.t("Kantor kelurahan"),
    }


def noun(w: Words, service: str) -> str:
    """A service within a sentence."""
    return {
        "puskesmas": w.t("puskesmas"),
        "rumah_sakit": w.t("rumah sakit"),
        "sd": w.t("SD"),
        "smp": w.t("SMP"),
        "smp_negeri": w.t("SMP negeri"),
        "sma_smk": w.t("SMA/SMK"),
        "sma_smk_negeri": w.t("SMA/SMK negeri"),
        "kantor_kelurahan": w.t("kantor kelurahan"),
    }[service]


def default_service(data: Dataset, sides: Sequence[str]) -> str:
    """The first service that every side lists."""
    listed = (s.id for s in SERVICES.values() if all(has_list(data, s, k, data.facilities) for k in sides))
    return next(listed, next(iter(SERVICES)))


def partners(now: Session, service: Service) -> tuple[str, ...]:
    """Neighbours in the URL that join the agreement; an unknown one is named."""
    w, data = now.words, now.data
    known = partners_of(data, now.corridor, service)
    given = [part.partition(":")[0] for part in st.query_params.get(session.PARTNERS, "")[:2000].split(";") if part]
    for bad in [g for g in given if g not in known]:
        name = sentences.kabkota_name(data, bad) if bad in data.kabkota.index else md(bad[: session.LONGEST_ECHO])
        st.warning(
            w.t("Mitra “{nama}” tidak dapat dibuka untuk layanan ini dan diabaikan.", nama=name),
            icon=":material/link_off:",
        )
    chosen = session.numbers(session.PARTNERS, dict.fromkeys(known, False), 0, 1)
    return tuple(k for k, on in chosen.items() if on)


def assumptions(now: Session) -> dict[str, float]:
    """Detour and speeds of this session; one beyond its limits is named and left at its default."""
    w, known = now.words, now.data.catalogue.assumptions
    chosen = {i: known[i] for i in ASSUMED}
    values = session.numbers(session.ASSUMPTIONS, {i: a.value for i, a in chosen.items()}, 0.01, 1000)
    for name, entry in chosen.items():
        if not entry.low <= values[name] <= entry.high:
            values[name] = entry.value
            st.session_state[f"{session.ASSUMPTIONS} {name}"] = entry.value
            st.warning(
                w.t(
                    "{judul} di tautan di luar {rendah}–{tinggi}; dipakai {nilai}.",
                    judul=w.pick(entry.title),
                    rendah=w.number(entry.low, 1),
                    tinggi=w.number(entry.high, 1),
                    nilai=w.number(entry.value, 1),
                ),
                icon=":material/link_off:",
            )
    return values


def computed(
    now: Session, service: Service, chosen: tuple[str, ...], standard: str | None, threshold: float
) -> tuple[Opening, Opening, tuple[Change, ...]]:
    """The opening without and with the scenario of the URL, and its changes; a wrong scenario is refused in words."""
    changes = session.scenario(now, service.kinds)
    key = (now.corridor.id, service.id, chosen, standard, threshold)
    usual = session.opening(*key, "")
    try:
        return usual, session.opening(*key, written(changes)), changes
    except ScenarioError as error:
        st.warning(session.scenario_refused(now.words, error), icon=":material/link_off:")
        return usual, usual, ()


# -- sentences


def people_range(w: Words, counts: tuple[float, float, float]) -> str:
    """People as listed, or the range from least to most where lists are incomplete."""
    low, high = w.people(counts[1]), w.people(counts[2])
    return low if low == high else f"{low}–{high}"


def _span(w: Words, low: float, high: float) -> str:
    first, last = w.number(low, 1), w.number(high, 1)
    return first if first == last else f"{first}–{last}"


def _round(metres: float) -> float:
    return round(metres, -1)


def metres_range(w: Words, metres: tuple[float, float, float]) -> str:
    """Metres to tens, as one figure or from least to most."""
    low, high = (w.number(_round(m)) for m in metres[1:])
    return f"{low}\N{NO-BREAK SPACE}m" if low == high else f"{low}–{high}\N{NO-BREAK SPACE}m"


def _year(w: Words, result: Opening) -> str:
    return sentences.years(w, result.years) if result.years else "–"


def answer(w: Words, data: Dataset, result: Opening, standard: Standard | None) -> str:
    """First line: for whom the nearest service lies across the line, how much nearer, and who is newly within."""
    what = noun(w, result.service)
    missing = w.listing([sentences.kabkota_name(data, k) for k in result.without_list if k in result.sides])
    if not result.computable:
        return w.t(
            "Belum dapat dihitung: daftar {layanan} {sisi} belum ada atau belum dapat dipakai.",
            layanan=what,
            sisi=missing,
        )
    parts = []
    for side in result.side:
        if not side.known:
            continue
        fields = {
            "sisi": sentences.kabkota_name(data, side.kode_kabkota),
            "jiwa": people_range(w, side.crossing),
            "meter": metres_range(w, side.crossing_m) if side.crossing_m else "",
            "baru": people_range(w, side.newly) if side.newly else "",
        }
        if side.crossing_m is None:
            parts.append(w.t("{sisi}: {jiwa} jiwa", **fields))
        elif side.newly is None:
            parts.append(w.t("{sisi}: {jiwa} jiwa, rata-rata {meter} lebih dekat", **fields))
        else:
            parts.append(
                w.t("{sisi}: {jiwa} jiwa, rata-rata {meter} lebih dekat, {baru} jiwa baru masuk standar", **fields)
            )
    sentence = w.t(
        "Bila batas dibuka, {layanan} terdekat berada di seberang bagi: {sisi} ({tahun}, garis lurus; jiwa perkiraan 2024).",
        layanan=what,
        sisi="; ".join(parts),
        tahun=_year(w, result),
    )
    if any(s.crossing[1:] != (s.crossing[0], s.crossing[0]) for s in result.side):
        sentence += " " + w.t("Kisaran karena daftar fasilitas belum lengkap.")
    if missing:
        sentence += " " + w.t("Daftar {sisi} belum dapat dipakai.", sisi=missing)
    return sentence


def supply_answer(w: Words, data: Dataset, result: Opening) -> str:
    """Second line: who gets more and who less supply per person, both alike."""
    parts = [
        w.t(
            "{sisi}: bertambah bagi {naik} jiwa, berkurang bagi {turun} jiwa",
            sisi=sentences.kabkota_name(data, side.kode_kabkota),
            naik=w.people(side.gain),
            turun=w.people(side.lose),
        )
        for side in result.side
        if side.gain is not None and side.lose is not None and side.known
    ]
    if not parts:
        return ""
    text = w.t(
        "Pasokan {layanan} per penduduk (E2SFCA): {sisi}.", layanan=noun(w, result.service), sisi="; ".join(parts)
    )
    unsure = sum(side.unsure_units for side in result.side)
    if unsure:
        text += " " + w.t(
            "Menurut daftar yang ada; bagi {n} kelurahan/desa arahnya belum pasti karena daftar belum lengkap.",
            n=w.number(unsure),
        )
    return text


def scenario_line(w: Words, data: Dataset, usual: Opening, result: Opening, changes: Sequence[Change]) -> str:
    """What the scenario does to people within the standard, closed and open."""
    if not changes:
        return ""
    lines = [w.t("**Skenario: {n} perubahan.**", n=w.number(len(changes)))]
    for before, after in zip(usual.side, result.side, strict=True):
        if after.within_closed is None or after.within_open is None:
            continue
        lines.append(
            w.t(
                "{sisi}: dalam standar {tutup} → {tutup_baru} jiwa (tertutup), {buka} → {buka_baru} jiwa (terbuka).",
                sisi=sentences.kabkota_name(data, after.kode_kabkota),
                tutup=w.people(before.within_closed),
                tutup_baru=w.people(after.within_closed),
                buka=w.people(before.within_open),
                buka_baru=w.people(after.within_open),
            )
        )
    return " ".join(lines)


def _saved_text(w: Words, row: pd.Series) -> str:
    """Metres saved in a kelurahan as a range."""
    return metres_range(w, (row["saved"], row["saved_least"], row["saved_most"]))


def _place(data: Dataset, kode: str) -> str:
    return f"{md(str(data.kelurahan.at[kode, 'nama']))} ({md(str(data.kelurahan.at[kode, 'kecamatan']))})"


# -- controls


def controls(
    now: Session, service: Service, standards: list[str], known_partners: tuple[str, ...], result: Opening
) -> None:
    """Service, standard, partners, what the map shows, scenario and assumptions: each beside what it changes."""
    w, data = now.words, now.data
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    names = service_names(w)
    row.selectbox(w.t("Layanan"), list(SERVICES), format_func=names.__getitem__, key=session.SERVICE)
    if standards:
        titles = data.catalogue.standards
        row.selectbox(w.t("Standar"), standards, format_func=lambda s: w.pick(titles[s].title), key=session.STANDARD)
    else:
        row.selectbox(w.t("Standar"), [w.t("belum ada standar")], disabled=True)
    modes = {"jarak": w.t("Jarak"), "pasokan": w.t("Pasokan")}
    row.segmented_control(w.t("Tampilkan"), MODES, format_func=modes.__getitem__, key=session.MODE, required=True)
    with row.popover(w.t("Mitra"), icon=":material/handshake:"):
        st.markdown(w.t("Terbuka di antara: {daftar}.", daftar=w.listing([_name(data, k) for k in result.members])))
        if known_partners:
            st.markdown(w.t("Tambahkan tetangga:"))
        else:
            st.caption(w.t("Tidak ada tetangga lain yang daftarnya dapat dipakai."))
        for kode in known_partners:
            st.checkbox(str(data.kabkota.at[kode, "nama"]), key=f"{session.PARTNERS} {kode}")
        if known_partners:
            st.button(
                w.t("Semua tetangga"), on_click=_all_partners, args=(known_partners,), icon=":material/select_all:"
            )
    _scenario_controls(now, service, row, result)
    with row.popover(w.t("Andaian"), icon=":material/tune:"):
        _assumption_controls(now, standards)


def _name(data: Dataset, kode: str) -> str:
    return sentences.kabkota_name(data, kode)


def _all_partners(known: tuple[str, ...]) -> None:
    for kode in known:
        session.assign(f"{session.PARTNERS} {kode}", True)  # type: ignore[arg-type]


def _assumption_controls(now: Session, standards: list[str]) -> None:
    w, catalogue = now.words, now.data.catalogue
    if standards:
        chosen = catalogue.standards[st.session_state[session.STANDARD]]
        st.number_input(
            f"{w.pick(chosen.title)} (km)", 0.01, 100.0, step=0.1, key=f"{session.THRESHOLDS} {chosen.id}",
        )  # fmt: skip
    for name in ASSUMED:
        entry = catalogue.assumptions[name]
        st.number_input(
            f"{w.pick(entry.title)} ({w.pick(entry.unit)})",
            float(entry.low),
            float(entry.high),
            step=0.1,
            key=f"{session.ASSUMPTIONS} {name}",
            help=md(assumption_text(w, entry)),
        )
    st.caption(w.t("Hanya untuk sesi dan tautan ini. Tulis desimal dengan titik."))


def assumption_text(w: Words, entry: Assumption) -> str:
    """An assumption with its source and certainty."""
    certainty = {"Q": w.t("naskah dibaca"), "S": w.t("dibaca di sumber kedua"), "K": w.t("belum dikonfirmasi")}
    return w.t(
        "{judul}: {nilai} {satuan} ({sumber}, {klausul}; {kepastian})",
        judul=w.pick(entry.title),
        nilai=w.number(entry.value, 1),
        satuan=w.pick(entry.unit),
        sumber=entry.source,
        klausul=entry.clause,
        kepastian=certainty[entry.certainty],
    )


# -- scenario


def _scenario_controls(now: Session, service: Service, row: st.delta_generator.DeltaGenerator, result: Opening) -> None:
    """Add by map click or by kelurahan, close or move one of a list, take a change back."""
    w, data = now.words, now.data
    # Hundreds of names cost time and bytes: they are sent when the fold is open.
    fold = row.popover(w.t("Skenario"), icon=":material/add_location_alt:", key="scenario-fold", on_change="rerun")
    if not fold.open:
        return
    with fold:
        what = noun(w, service.id)
        changes = list(_quiet(now, service))
        if len(changes) >= MOST_CHANGES:
            st.caption(w.t("Paling banyak {batas} perubahan.", batas=w.number(MOST_CHANGES)))
        else:
            _add_controls(now, service, what)
            _change_controls(now, service, what, result)
        for number, change in enumerate(changes):
            line = st.container(horizontal=True, vertical_alignment="center")
            line.markdown(change_text(w, data, change))
            line.button(
                w.t("Batalkan"), key=f"akses batal {number}", on_click=_drop, args=(now, service, number),
                icon=":material/undo:",
            )  # fmt: skip
        if changes:
            st.page_link("pages/akses.py", label=w.t("Tautan ke skenario ini"), icon=":material/link:",
                         query_params={k: str(v) for k, v in st.query_params.items()})  # fmt: skip


def _add_controls(now: Session, service: Service, what: str) -> None:
    w, data = now.words, now.data
    sides = [k for k in now.corridor.sides if has_list(data, service, k, data.facilities)]
    if not sides:
        st.caption(w.t("Daftar {layanan} belum ada, jadi skenario belum dapat dihitung.", layanan=what))
        return
    names = {k: str(data.kabkota.at[k, "nama"]) for k in sides}
    st.selectbox(w.t("Milik"), sides, format_func=names.__getitem__, key="akses milik")
    st.button(
        w.t("Tambah {layanan}: klik tempatnya di peta", layanan=what), on_click=_wait, args=(service.id, "tambah"),
        icon=":material/add_location:",
    )  # fmt: skip
    labels = mappage.unit_labels(data)
    places = ["", *data.units("kelurahan", now.corridor.sides).index]
    st.selectbox(
        w.t("atau di tengah kelurahan"), places, format_func=lambda k: labels[k] if k else w.t("ketik nama…"),
        key="akses tengah", on_change=_add_in_middle, args=(now, service),
    )  # fmt: skip


def _change_controls(now: Session, service: Service, what: str, result: Opening) -> None:
    w = now.words
    shown = result.facilities
    shown = shown[(shown["state"] == "") & shown["operator"].isin(now.corridor.sides)].sort_values("name")
    place = now.data.kabkota["nama"].to_dict()
    names = {str(i): f"{n} – {place[k]}" for i, n, k in zip(shown.index, shown["name"], shown["operator"], strict=True)}
    open_ids = set(shown.index[shown["used"]])
    st.selectbox(
        w.t("Tutup atau pindahkan {layanan}", layanan=what), ["", *names],
        format_func=lambda i: names[i] if i else w.t("ketik nama…"), key="akses fasilitas",
    )  # fmt: skip
    picked = st.session_state.get("akses fasilitas") or ""
    pair = st.container(horizontal=True)
    pair.button(
        w.t("Tutup"), disabled=picked not in open_ids, on_click=_change, args=(now, service, Change("tutup", id=picked)),
        icon=":material/block:",
    )  # fmt: skip
    pair.button(
        w.t("Pindahkan: klik tempat barunya di peta"), disabled=not picked, on_click=_wait, args=(service.id, picked),
        icon=":material/move_location:",
    )  # fmt: skip


def change_text(w: Words, data: Dataset, change: Change) -> str:
    """One change in words."""
    if change.action == "tambah":
        return w.t(
            "Baru: {jenis} milik {kabkota}",
            jenis=mappage.kind_names(w)[change.kind],
            kabkota=sentences.kabkota_name(data, change.operator),
        )
    name = md(str(data.facilities.at[change.id, "name"]))
    return w.t("Tutup: {nama}", nama=name) if change.action == "tutup" else w.t("Pindah: {nama}", nama=name)


def waiting(now: Session, service: Service) -> str:
    """What the next click on the map sets: "tambah", the id of a facility, or nothing; a line says so."""
    asked, what = st.session_state.get(WAITING, ("", ""))
    what = what if asked == service.id else ""
    w, facilities = now.words, now.data.facilities
    if problem := st.session_state.pop(MESSAGE, None):
        st.warning(problem, icon=":material/wrong_location:")
    if not what:
        return ""
    line = st.container(horizontal=True, vertical_alignment="center")
    if what in facilities.index:
        line.markdown(w.t("**Klik tempat baru {nama} di peta.**", nama=md(str(facilities.at[what, "name"]))))
    else:
        line.markdown(w.t("**Klik tempat yang baru di peta.**"))
    line.button(w.t("Tidak jadi"), on_click=_wait, args=("", ""), key="akses tidak jadi")
    return what


def placed(now: Session, service: Service, lon: float, lat: float) -> None:
    """Take a click on the map as the place of the facility that waits for one."""
    _, what = st.session_state.pop(WAITING, ("", ""))
    if what in now.data.facilities.index:
        _change(now, service, Change("pindah", id=what, lon=lon, lat=lat))
    elif what:
        _change(now, service, Change("tambah", kind=service.kinds[0], operator=_owner(now), lon=lon, lat=lat))


def _owner(now: Session) -> str:
    chosen = st.session_state.get("akses pemilik") or now.corridor.sides[0]
    return chosen if chosen in now.corridor.sides else now.corridor.sides[0]


def _wait(service: str, what: str) -> None:
    # The fold closes with the click on the map and takes its widgets along.
    st.session_state["akses pemilik"] = st.session_state.get("akses milik")
    st.session_state[WAITING] = (service, what)


def _add_in_middle(now: Session, service: Service) -> None:
    kode = st.session_state.get("akses tengah")
    if kode:
        st.session_state["akses tengah"] = ""
        st.session_state["akses pemilik"] = st.session_state.get("akses milik")
        lon, lat = now.data.kelurahan.loc[kode, ["label_lon", "label_lat"]].astype(float)
        _change(now, service, Change("tambah", kind=service.kinds[0], operator=_owner(now), lon=lon, lat=lat))


def _quiet(now: Session, service: Service) -> tuple[Change, ...]:
    """The changes of the URL without a word about wrong ones: the page has said it."""
    return session.scenario(now, service.kinds, quiet=True)


def _change(now: Session, service: Service, change: Change) -> None:
    w, data = now.words, now.data
    kept = [c for c in _quiet(now, service) if not change.id or c.id != change.id]
    if len(kept) >= MOST_CHANGES:
        st.session_state[MESSAGE] = w.t("Paling banyak {batas} perubahan.", batas=w.number(MOST_CHANGES))
        return
    if change.lon is not None and change.lat is not None and not on_land(data, change.lon, change.lat):
        st.session_state[MESSAGE] = w.t(
            "Tempat itu lebih dari {jarak} dari kelurahan mana pun; tidak ditambahkan.", jarak=w.km(FARTHEST_M)
        )
        return
    session.set_scenario(now, service.kinds, [*kept, change])


def _drop(now: Session, service: Service, number: int) -> None:
    changes = list(_quiet(now, service))
    session.set_scenario(now, service.kinds, [c for i, c in enumerate(changes) if i != number])


# -- map and legend


def classes(result: Opening, mode: str) -> tuple[Classes, pd.Series]:
    """Classes of the map, and which unknown ones are so because lists are incomplete."""
    return saving_classes(result) if mode == "jarak" else supply_classes(result)


def colors(mode: str, count: int) -> tuple[str, ...]:
    """Fill colours by class."""
    return theme.sequential(count) if mode == "jarak" else theme.CHANGE


def spec(now: Session, service: Service, result: Opening, mode: str, chosen: str | None, placing: bool) -> MapSpec:
    """What the map shall show."""
    w, corridor = now.words, now.corridor
    found, _ = classes(result, mode)
    return MapSpec(
        sides=corridor.sides,
        side_colors={s: theme.side_color(s, now.dark) for s in corridor.sides},
        level="kelurahan",
        classes={str(k): int(c) for k, c in found.index.items()},
        labels=labels(w, result, mode),
        colors=colors(mode, found.count),
        words=mappage.map_words(w),
        selected=chosen,
        points=points(now, service, result),
        dark=now.dark,
        placing=placing,
    )


def labels(w: Words, result: Opening, mode: str) -> dict[str, str]:
    """Second line of the tooltip of every known kelurahan."""
    table = result.table[result.table["saved"].notna()]
    if mode == "jarak":
        # Most are alike: every text is written once.
        texts: dict[tuple[float, float], str] = {}
        result_labels = {}
        for kode, least, most in zip(table.index, table["saved_least"], table["saved_most"], strict=True):
            key = (_round(least), _round(most))
            if key not in texts:
                texts[key] = w.t("{meter} lebih dekat", meter=metres_range(w, (least, least, most)))
            result_labels[str(kode)] = texts[key]
        return result_labels
    table = table[table["supply_ratio"].notna()]
    unsure = w.t("belum pasti")
    pairs = zip(table.index, table["supply_ratio"], table["supply_sure"], strict=True)
    return {str(k): _ratio_text(w, r) if sure else f"{_ratio_text(w, r)} ({unsure})" for k, r, sure in pairs}


def _ratio_text(w: Words, ratio: float) -> str:
    if ratio == float("inf"):
        return w.t("dari nol")
    return w.signed_percent(ratio)


def points(now: Session, service: Service, result: Opening) -> tuple[MapPoint, ...]:
    """Facilities: all while they are few, else those that receive people and those of the scenario; areas for the lost."""
    w, data = now.words, now.data
    rows = result.facilities[result.facilities["kind"].isin(service.kinds)]
    rows = rows[rows["operator"].isin([*result.sides, *result.members])]
    placed_rows = rows[rows["lon"].notna() & (rows["used"] | (rows["state"] != ""))]
    if len(placed_rows) > MOST_SIGNS:
        wanted = set(result.receiving.index[:MOST_SIGNS])
        placed_rows = placed_rows[placed_rows.index.isin(wanted) | (placed_rows["state"] != "")]
    names = mappage.kind_names(w)
    new = w.t("baru")
    place = data.kabkota["nama"].to_dict()
    shown = [
        MapPoint(
            kind=str(kind),
            text=f"{names[str(kind)]}: {name or new} ({place[operator]})",
            lon=float(lon),
            lat=float(lat),
            state=state,
        )
        for kind, name, operator, lon, lat, state in zip(
            *(placed_rows[c] for c in ("kind", "name", "operator", "lon", "lat", "state")), strict=True
        )
    ]
    lost = result.lost[result.lost["area_kode"] != ""]
    shown += [
        MapPoint(kind=str(kind), text=w.t("{nama}: titik belum diketahui", nama=str(name)), area_kode=str(area))
        for kind, name, area in zip(lost["kind"], lost["name"], lost["area_kode"], strict=True)
    ]
    return tuple(shown)


def class_label(w: Words, mode: str, found: Classes, position: int) -> str:
    """The limits of a class as text."""
    if mode == "pasokan":
        names = (
            w.t("berkurang lebih dari 20 %"),
            w.t("berkurang 1–20 %"),
            w.t("tetap (±1 %)"),
            w.t("bertambah 1–20 %"),
            w.t("bertambah lebih dari 20 %"),
        )
        return names[position]
    breaks = [w.number(b) for b in found.breaks]
    if position == 0:
        return w.t("tetap (≤ {batas} m)", batas=breaks[0])
    if position == len(breaks):
        return w.t("> {batas} m lebih dekat", batas=breaks[-1])
    return w.t("> {rendah}–{tinggi} m lebih dekat", rendah=breaks[position - 1], tinggi=breaks[position])


def legend_rows(w: Words, result: Opening, mode: str) -> list[tables.Row]:
    """Classes with colour, kelurahan and people a side; what is unsure and what is unknown apart."""
    found, unsure = classes(result, mode)
    table = result.table
    side, people = table["kode_kabkota"], table["people"]
    counts = count_classes(found, side, people).set_index(["side", "class"])
    fills = colors(mode, found.count)

    def counted(chosen: pd.Series) -> tuple[tuple[int, float], ...]:
        here = [chosen & (side == kode) for kode in result.sides]
        return tuple((int(rows.sum()), float(people[rows].sum())) for rows in here)

    rows = [
        tables.Row(
            fills[position],
            class_label(w, mode, found, position),
            tuple(
                (int(counts["units"].loc[(kode, position)]), float(counts["people"].loc[(kode, position)]))
                for kode in result.sides
            ),
        )
        for position in range(found.count)
    ]
    rows += [
        tables.Row(None, w.t("kelas belum pasti, daftar belum lengkap"), counted(unsure)),
        tables.Row(None, w.no_data, counted((found.index == UNKNOWN) & ~unsure)),
    ]
    return rows


def _small_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return tables.html_table(caption, heads, body)


def picture_title(w: Words, service_id: str, mode: str) -> str:
    """What the picture of the map is called."""
    if mode == "jarak":
        return w.t("Jarak yang dihemat ke {layanan} bila batas dibuka", layanan=noun(w, service_id))
    return w.t("Perubahan pasokan {layanan} bila batas dibuka", layanan=noun(w, service_id))


def legend_note(w: Words, data: Dataset, result: Opening, mode: str) -> str:
    """What the map shows, in which unit, of which year and source."""
    meaning = (
        w.t("Meter yang dihemat rata-rata penduduk kelurahan bila batas dibuka; makin gelap makin banyak.")
        if mode == "jarak"
        else w.t("Perubahan pasokan per penduduk; cokelat berkurang, biru bertambah.")
    )
    return w.t(
        "{arti} Arsir: kelasnya belum pasti atau belum ada data. Tahun {tahun}; cara: perhitungan dari titik, garis lurus. Sumber: {sumber}",
        arti=meaning,
        tahun=_year(w, result),
        sumber=md("; ".join(data.catalogue.sources[s].short for s in result.sources)),
    )


# -- lists and tables


def draw_card(now: Session, service: Service, result: Opening, chosen: str | None, assumed: dict[str, float]) -> None:
    """The chosen kelurahan, and by name those whose nearest service lies across the line."""
    w, data = now.words, now.data
    with st.container(border=True):
        if chosen is not None:
            _draw_unit(now, result, chosen, assumed)
        what = noun(w, service.id)
        for side in result.side if result.computable else ():
            name = sentences.kabkota_name(data, side.kode_kabkota)
            rows = crossers(result, side.kode_kabkota)
            if not side.known:
                st.markdown(w.t("**{sisi}**: belum ada data.", sisi=name))
                continue
            st.markdown(
                w.t(
                    "**{sisi}: {n} kelurahan/desa dengan {layanan} terdekat di seberang** (bagi sekurangnya separuh wilayahnya)",
                    sisi=name,
                    n=w.number(len(rows)),
                    layanan=what,
                )
            )
            lines = [f"- {_place(data, str(k))}: {_saved_text(w, row)}" for k, row in rows.head(MOST_LISTED).iterrows()]
            if len(rows) > MOST_LISTED:
                lines.append("- " + w.t("dan {n} lainnya, lihat tabel kembaran", n=w.number(len(rows) - MOST_LISTED)))
            if lines:
                st.markdown("\n".join(lines))
        if not result.computable:
            return
        st.caption(
            w.t(
                "Meter lebih dekat, rata-rata penduduk; kisaran di mana fasilitas yang tidak tercatat dapat mengubahnya."
            )
        )
        if service.id == OFFICE:
            st.markdown(office_text(w))
        if len(result.lost):
            st.markdown(lost_text(w, data, result))


def office_text(w: Words) -> str:
    """What opening an office can mean."""
    return w.t(
        "Warga dilayani kantor kelurahannya sendiri: membuka kantor hanya berarti bila perjanjian menyebutnya. Di sini kantor mana "
        "pun di kabupaten/kota sendiri dihitung; yang tercatat hanya Bekasi, Depok dan Cilegon."
    )


def lost_text(w: Words, data: Dataset, result: Opening) -> str:
    """The facilities without a correct point, by name."""
    parts = []
    for kode, rows in result.lost.groupby("operator"):
        parts.append(
            w.t(
                "{n} {layanan} {sisi} tanpa titik yang benar: {daftar}.",
                n=w.number(len(rows)),
                layanan=noun(w, result.service),
                sisi=sentences.kabkota_name(data, str(kode)),
                daftar=w.listing([md(str(name)) for name in rows["name"]]),
            )
        )
    return " ".join(parts) + " " + w.t("Bila salah satunya lebih dekat, penghematan di sekitarnya lebih kecil.")


def _draw_unit(now: Session, result: Opening, kode: str, assumed: dict[str, float]) -> None:
    w, data = now.words, now.data
    row = result.table.loc[[kode]].iloc[0]
    share, supply_closed, supply_open = (float(row[c]) for c in ("crossing_share", "supply_closed", "supply_open"))
    st.markdown(f"**{md(mappage.unit_label(data, kode))}**")
    closed, opened, ratio = (float(row[c]) for c in ("closed_median", "open_median", "supply_ratio"))
    if opened != opened:
        st.markdown(w.no_data)
        return

    def distance(value: float, bound: bool) -> str:
        walk = minutes(value, assumed["faktor_memutar"], assumed["laju_jalan_kaki"])
        ride = minutes(value, assumed["faktor_memutar"], assumed["laju_motor"])
        return w.t(
            "{jarak} ({jalan} menit jalan kaki, {motor} menit motor)",
            jarak=sentences.at_most(w.km(value, 2), bound),
            jalan=w.number(walk),
            motor=w.number(ride),
        )

    lines = [
        w.t("Tertutup: {jarak}", jarak=distance(closed, bool(row["closed_bound"]))),
        w.t("Terbuka: {jarak}", jarak=distance(opened, bool(row["open_bound"]))),
        w.t("Lebih dekat: {meter}", meter=_saved_text(w, row)),
        w.t("Terdekat di seberang bagi {bagian} wilayahnya.", bagian=w.percent(share)),
    ]
    if ratio == ratio:
        lines.append(
            w.t(
                "Pasokan per 10.000 jiwa: {tutup} → {buka} ({selisih}).",
                tutup=w.number(supply_closed, 2),
                buka=w.number(supply_open, 2),
                selisih=_ratio_text(w, ratio),
            )
        )
    st.markdown("\n".join(f"- {line}" for line in lines))


def gain_table(w: Words, data: Dataset, result: Opening) -> str:
    """The ten kelurahan that gain most metres."""
    heads = [
        w.t("Nama"), w.t("Kabupaten/kota"), w.t("Jiwa"), w.t("Tertutup (m)"), w.t("Terbuka (m)"),
        w.t("Hemat menurut daftar (m)"), w.t("Sekurangnya–paling banyak (m)"), w.t("Baru dalam standar (jiwa)"),
    ]  # fmt: skip
    rows = [
        [
            str(data.kelurahan.at[kode, "nama"]), str(data.kelurahan.at[kode, "kabkota"]), w.people(row["people"]),
            sentences.at_most(w.number(_round(row["closed_median"])), bool(row["closed_bound"])),
            sentences.at_most(w.number(_round(row["open_median"])), bool(row["open_bound"])),
            w.number(_round(row["saved"])), _saved_text(w, row).removesuffix("\N{NO-BREAK SPACE}m"),
            w.people(row["newly"]) if not pd.isna(row["newly"]) else w.t("belum ada standar"),
        ]
        for kode, row in gainers(result).iterrows()
    ]  # fmt: skip
    return _small_table(w.t("Sepuluh kelurahan yang paling banyak terbantu"), heads, rows)


def loss_table(w: Words, data: Dataset, result: Opening) -> str:
    """The kelurahan with the largest loss of supply per person."""
    heads = [
        w.t("Nama"), w.t("Kabupaten/kota"), w.t("Jiwa"), w.t("Pasokan tertutup"), w.t("Pasokan terbuka"), w.t("Perubahan"),
        w.t("Arah"),
    ]  # fmt: skip
    rows = [
        [
            str(data.kelurahan.at[kode, "nama"]), str(data.kelurahan.at[kode, "kabkota"]), w.people(row["people"]),
            w.number(row["supply_closed"], 3), w.number(row["supply_open"], 3), _ratio_text(w, float(row["supply_ratio"])),
            w.t("pasti menurut daftar") if row["supply_sure"] else w.t("belum pasti"),
        ]
        for kode, row in losers(result).iterrows()
    ]  # fmt: skip
    return _small_table(w.t("Kelurahan yang pasokannya paling berkurang"), heads, rows)


def side_table(w: Words, data: Dataset, result: Opening) -> str:
    """Both sides alike: who crosses, who is newly within, who gains, who loses, who receives."""
    heads = [w.t("Yang dihitung"), *[str(data.kabkota.at[s.kode_kabkota, "nama"]) for s in result.side]]

    def row(label: str, cell: object) -> list[str]:
        return [label, *[str(cell(s)) if s.known else w.no_data for s in result.side]]  # type: ignore[operator]

    def listed(counts: tuple[float, float, float] | None) -> str:
        if counts is None:
            return w.t("belum ada standar")
        spread = people_range(w, counts)
        return w.people(counts[0]) if spread == w.people(counts[0]) else f"{w.people(counts[0])} ({spread})"

    def units(side: SideOpening) -> str:
        return w.t("{naik} bertambah, {turun} berkurang, {ragu} belum pasti", naik=w.number(side.gain_units),
                   turun=w.number(side.lose_units), ragu=w.number(side.unsure_units))  # fmt: skip

    rows = [
        row(w.t("Jiwa yang dinilai"), lambda s: w.people(s.people)),
        row(w.t("Kelurahan/desa yang dinilai"), lambda s: f"{w.number(s.known)} / {w.number(s.units)}"),
        row(w.t("Jiwa dengan layanan terdekat di seberang"), lambda s: listed(s.crossing)),
        row(w.t("Jiwa baru dalam standar"), lambda s: listed(s.newly)),
        row(w.t("Jiwa yang pasokannya bertambah"), lambda s: w.people(s.gain)),
        row(w.t("Jiwa yang pasokannya berkurang"), lambda s: w.people(s.lose)),
        row(w.t("Kelurahan/desa menurut pasokan"), units),
        row(w.t("Jiwa dari seberang yang datang"), lambda s: listed((*s.incoming, s.incoming[0]))),
    ]
    return _small_table(w.t("Kedua sisi"), heads, rows)


def capacity(w: Words, data: Dataset, result: Opening, standards: Sequence[Standard]) -> list[str]:
    """What the receiving sides would need if everybody used the nearest, and the facilities that would receive most."""
    what = noun(w, result.service)
    lines = []
    for side in result.side:
        if side.kode_kabkota not in result.members:
            continue
        needs = [
            w.t(
                "setara {n} {layanan} menurut “{standar}”",
                n=_span(w, equivalents(side.incoming[1], standard), equivalents(side.incoming[0], standard)),
                layanan=what,
                standar=w.pick(standard.title),
            )
            for standard in standards
        ] or [w.t("belum ada standar jiwa per layanan")]
        lines.append(
            w.t(
                "- **{sisi}** menerima {jiwa} jiwa dari seberang: {setara}.",
                sisi=sentences.kabkota_name(data, side.kode_kabkota),
                jiwa=people_range(w, (side.incoming[0], side.incoming[1], side.incoming[0])),
                setara="; ".join(needs),
            )
        )
    return lines


def receiving_table(w: Words, data: Dataset, result: Opening) -> str:
    """The facilities that would receive most people from across the line."""
    heads = [w.t("Fasilitas"), w.t("Milik"), w.t("Kelurahan"), w.t("Jiwa tambahan"), w.t("Sekurangnya")]
    rows = [
        [
            str(row["name"]) or w.t("baru"), str(data.kabkota.at[row["operator"], "nama"]),
            str(data.kelurahan["nama"].get(row["kode"], "")), w.people(row["people"]), w.people(row["people_least"]),
        ]
        for _, row in result.receiving.head(MOST_ROWS).iterrows()
    ]  # fmt: skip
    return _small_table(w.t("Fasilitas dengan jiwa tambahan terbanyak"), heads, rows)


def twin(w: Words, data: Dataset, result: Opening, assumed: dict[str, float]) -> Styler:
    """The twin of the map: every kelurahan of the sides."""
    table = result.table
    places = data.kelurahan.loc[table.index]
    detour = assumed["faktor_memutar"]
    yes = {True: w.t("ya"), False: w.t("tidak")}
    columns: dict[str, tuple[object, int | None]] = {
        w.t("Kode"): (table.index, None),
        w.t("Nama"): (places["nama"], None),
        w.t("Kecamatan"): (places["kecamatan"], None),
        w.t("Kabupaten/kota"): (places["kabkota"], None),
        w.t("Jiwa"): (table["people"].round(-1), 0),
        w.t("Tertutup: median (m)"): (table["closed_median"], 0),
        w.t("Tertutup: P90 (m)"): (table["closed_p90"], 0),
        w.t("Tertutup: batas atas?"): (table["closed_bound"].map(yes), None),
        w.t("Terbuka: median (m)"): (table["open_median"], 0),
        w.t("Terbuka: P90 (m)"): (table["open_p90"], 0),
        w.t("Terbuka: batas atas?"): (table["open_bound"].map(yes), None),
        w.t("Hemat (m)"): (table["saved"], 0),
        w.t("Hemat, sekurangnya (m)"): (table["saved_least"], 0),
        w.t("Hemat, paling banyak (m)"): (table["saved_most"], 0),
    }
    walk, ride = assumed["laju_jalan_kaki"], assumed["laju_motor"]
    columns |= {
        w.t("Menit jalan kaki, tertutup"): (minutes_of(table["closed_median"], detour, walk), 0),
        w.t("Menit jalan kaki, terbuka"): (minutes_of(table["open_median"], detour, walk), 0),
        w.t("Menit motor, tertutup"): (minutes_of(table["closed_median"], detour, ride), 0),
        w.t("Menit motor, terbuka"): (minutes_of(table["open_median"], detour, ride), 0),
    }
    columns |= {
        w.t("Terdekat di seberang (jiwa)"): (table["crossing"], 0),
        w.t("Baru dalam standar (jiwa)"): (table["newly"], 0),
        w.t("Pasokan tertutup (per 10.000 jiwa)"): (table["supply_closed"], 3),
        w.t("Pasokan terbuka (per 10.000 jiwa)"): (table["supply_open"], 3),
        w.t("Selisih pasokan (per 10.000 jiwa)"): (table["supply_change"], 3),
        w.t("Arah pasokan pasti?"): (table["supply_sure"].map(yes), None),
    }
    frame = pd.DataFrame({k: pd.Series(v).to_numpy() for k, (v, _) in columns.items()})
    return w.styled(frame, {k: n for k, (_, n) in columns.items() if n is not None})


def minutes_of(metres: pd.Series, detour: float, speed_kmh: float) -> pd.Series:
    """Minutes for a column of metres."""
    return metres.map(lambda m: minutes(m, detour, speed_kmh))


def every_service(now: Session, chosen: tuple[str, ...]) -> str:
    """All services at once, so that an agreement can choose its sectors."""
    w, data = now.words, now.data
    names = service_names(w)
    sectors = {"kesehatan": w.t("Kesehatan"), "pendidikan": w.t("Pendidikan"), "pemerintahan": w.t("Pemerintahan")}
    heads = [w.t("Layanan"), w.t("Sektor")]
    for kode in now.corridor.sides:
        name = str(data.kabkota.at[kode, "nama"])
        heads += [w.t("{sisi}: terdekat di seberang", sisi=name), w.t("{sisi}: baru dalam standar", sisi=name)]
        heads += [w.t("{sisi}: datang dari seberang", sisi=name)]
    rows = []
    for service in SERVICES.values():
        standards = data.catalogue.standards_of(service.indicator)
        standard = standards[0].id if standards else None
        allowed = tuple(k for k in chosen if k in partners_of(data, now.corridor, service))
        changes = written(session.scenario(now, service.kinds, quiet=True))
        key = (now.corridor.id, service.id, allowed, standard, standards[0].threshold if standards else 0.0)
        try:
            result = session.opening(*key, changes)
        except ScenarioError:
            result = session.opening(*key, "")
        cells = [names[service.id], sectors[service.sector]]
        for side in result.side:
            known = side.known and result.computable
            cells += [
                people_range(w, side.crossing) if known else w.no_data,
                w.no_data if not known else people_range(w, side.newly) if side.newly else w.t("belum ada standar"),
                people_range(w, (*side.incoming, side.incoming[0])) if known else w.no_data,
            ]
        rows.append(cells)
    return _small_table(w.t("Semua layanan"), heads, rows)


def method(w: Words, data: Dataset, service: Service, result: Opening, standard: Standard | None) -> str:
    """How it is computed, what is assumed, what lists miss, and the sources."""
    catalogue = data.catalogue
    indicator = catalogue.indicators[service.indicator]
    limits = w.listing([f"{w.km(limit)} ({w.number(weight, 2)})" for limit, weight in result.steps])
    lines = [
        w.t(
            "Tertutup: fasilitas terdekat milik kabupaten/kota sendiri. Terbuka: fasilitas terdekat milik salah satu dari {daftar}. "
            "Jarak garis lurus dari titik-titik sampel (250 m) di dalam kelurahan; jiwa kelurahan dibagi rata ke titiknya.",
            daftar=w.listing([sentences.kabkota_name(data, k) for k in result.members]) or "–",
        ),
        w.t(
            "Kisaran: sekurangnya berarti fasilitas sendiri yang tidak tercatat berada sedekat mungkin; paling banyak berarti fasilitas "
            "di seberang yang tidak tercatat berada sedekat mungkin. Fasilitas yang hanya diketahui kelurahannya tidak pernah diberi titik."
        ),
        w.t(
            "Pasokan: E2SFCA (Luo dan Qi 2009), satu fasilitas = satu satuan layanan karena kapasitasnya belum ada data; langkah {langkah}; "
            "perubahan sampai {tetap} dianggap tetap. Jumlah pasokan yang terbagi sama dengan jumlah fasilitas, tertutup maupun terbuka.",
            langkah=limits,
            tetap=w.percent(UNCHANGED),
        ),
        w.t(
            "Kelurahan disebut bila titik yang lebih dekat ke seberang mencapai {bagian}. Garis lurus melintasi sungai dan jalan tol; "
            "aturan, biaya dan kebiasaan memakai layanan tidak ikut dihitung.",
            bagian=w.percent(MOSTLY),
        ),
    ]
    if standard is not None:
        lines.append(md(sentences.standard_text(w, standard, indicator)))
    else:
        lines.append(w.t("Belum ada standar jarak untuk layanan ini, jadi “baru dalam standar” tidak dihitung."))
    names = [*ASSUMED, *([service.reach] if service.reach else [])]
    lines += [md(assumption_text(w, catalogue.assumptions[name])) for name in names]
    if result.without_people:
        lines.append(
            w.t(
                "Penduduk {daftar} belum ada data: fasilitasnya ikut untuk jarak, tidak untuk pasokan.",
                daftar=w.listing([sentences.kabkota_name(data, k) for k in result.without_people]),
            )
        )
    if result.balance is not None:
        lines.append(
            w.t(
                "Pemeriksaan: pasokan terbagi {tutup} dari {ada} (tertutup), {buka} dari {semua} (terbuka).",
                tutup=w.number(result.balance.closed_given, 2),
                ada=w.number(result.balance.closed_there),
                buka=w.number(result.balance.open_given, 2),
                semua=w.number(result.balance.open_there),
            )
        )
    lines += [md(w.pick(c)) for c in indicator.caveats]
    for source in result.sources:
        entry = catalogue.sources[source]
        lines.append(
            w.t(
                "Sumber: {penerbit}, {judul} ({vintage}); lisensi: {lisensi}.",
                penerbit=md(entry.publisher),
                judul=md(entry.title),
                vintage=md(entry.vintage),
                lisensi=md(entry.licence),
            )
        )
    return "\n".join(f"- {line}" for line in lines)
