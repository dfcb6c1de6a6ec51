"""The pieces of the priority page: choices, filters, ranking, what changed, map twin and method."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.priority.priority import Priority, chosen_standard, default_weights, ranked_indicators
from analysis.values.classes import classify, count_classes
from data.catalogue import Indicator, Standard
from data.tables import Dataset
from open_data import priority
from views.figures import legend, theme
from views.figures.mapspec import MapSpec
from views.language import cells, link_names, sentences
from views.language.escape import md
from views.language.names import map_words
from views.language.words import Words
from views.link import session
from views.link.session import Session
from views.topics.comparison import verdicts as comparison_verdicts
from views.topics.overview import words as overview_words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler
from analysis.priority.priority import standard_choices
from views.language.names import sector_names

NEED_BREAKS = (5, 15, 30, 50)
MOST_CHANGES = 5


def answer(w: Words, data: Dataset, result: Priority, shown: pd.DataFrame) -> str:
    """First line: who stands first and how sure that is."""
    if shown.empty:
        return w.t("Tidak ada kelurahan/desa yang dapat diperingkat dengan pilihan ini.")
    top = shown.iloc[0]
    place = data.kelurahan.loc[shown.index[0]]
    text = w.t(
        "{nama} ({kabkota}): peringkat tengah {peringkat} dari {n} (kisaran {rendah}–{tinggi}), setara {sedikit}–{banyak} jiwa di luar standar (data {tahun}). "
        "Paling banyak {grup} kelurahan/desa yang semuanya dapat dibedakan satu sama lain.",
        nama=md(str(place["nama"])),
        kabkota=md(str(place["kabkota"])),
        peringkat=w.number(top["rank_median"]),
        n=w.number(result.index.indexed),
        rendah=w.number(top["rank_low"]),
        tinggi=w.number(top["rank_high"]),
        sedikit=w.people(top["lacking_low"]),
        banyak=w.people(top["lacking_high"]),
        grup=w.number(result.index.groups),
        tahun=sentences.years(w, result.years) if result.years else "–",
    )
    missing = result.table[result.table["index"].isna()].groupby("kode_kabkota").size()
    if len(missing):
        sides = [f"{sentences.kabkota_name(data, str(k))} {w.number(int(n))}" for k, n in missing.items()]
        text += " " + w.t("Tidak diperingkat karena datanya kurang: {daftar}.", daftar=w.listing(sides))
    return text


def draw_choices(now: Session, sectors: list[str]) -> None:
    """Weights, standards and formula: what the user may decide."""
    w, data = now.words, now.data
    names = sector_names(w)
    st.markdown(w.t("**Bobot sektor**"))
    for sector in sectors:
        st.slider(names[sector], 0, 5, key=f"{link_names.WEIGHTS} {sector}")
    with st.expander(w.t("Standar dan ambang"), icon=":material/straighten:"):
        many = standard_choices(data)
        edited: dict[str, Indicator] = {}
        for indicator in ranked_indicators(data):
            standards = {s.id: s for s in data.catalogue.standards_of(indicator.id)}
            if indicator.id in many:
                st.selectbox(
                    w.pick(indicator.title),
                    many[indicator.id],
                    format_func=partial(_standard_title, w, standards),
                    key=f"standar {indicator.id}",
                )
            wanted = st.session_state.get(f"standar {indicator.id}", next(iter(standards)))
            edited.setdefault(wanted, indicator)
        for standard_id, indicator in edited.items():
            standard = data.catalogue.standards[standard_id]
            st.number_input(
                f"{w.pick(standard.title)} ({w.pick(indicator.unit)})",
                0.01,
                1000.0,
                step=0.1,
                format="%.2f",
                key=f"{link_names.THRESHOLDS} {standard_id}",
                help=md(sentences.standard_text(w, standard, indicator)),
            )
        st.caption(w.t("Ambang yang diubah hanya berlaku untuk sesi dan tautan ini. Tulis desimal dengan titik."))
    with st.expander(w.t("Rumus"), icon=":material/calculate:"):
        sums = {"aritmetik": w.t("rata-rata"), "geometrik": w.t("rata-rata geometrik")}
        scales = {
            "standar": w.t("jarak ke standar"),
            "min_maks": w.t("terkecil sampai terbesar"),
            "peringkat": w.t("peringkat"),
        }
        st.selectbox(w.t("Penggabungan"), list(sums), format_func=sums.__getitem__, key=link_names.AGGREGATION)
        st.selectbox(w.t("Skala"), list(scales), format_func=scales.__getitem__, key=link_names.NORMALISATION)


def _standard_title(w: Words, known: Mapping[str, Standard], standard: str) -> str:
    return w.pick(known[standard].title)


def draw_filters(now: Session) -> None:
    """Side, sector, border set and order, beside the table that they change."""
    w, data, corridor = now.words, now.data, now.corridor
    row = st.container(horizontal=True, vertical_alignment="bottom")
    names = {"": w.t("semua sisi")} | {k: str(data.kabkota.at[k, "nama"]) for k in corridor.sides}
    row.selectbox(w.t("Sisi"), list(names), format_func=names.__getitem__, key=link_names.SIDE)
    sectors = {"": w.t("semua sektor")} | {s: sector_names(w)[s] for s in default_weights(data)}
    row.selectbox(w.t("Sektor"), list(sectors), format_func=sectors.__getitem__, key=link_names.SECTOR)
    sets = {"semua": w.t("seluruh wilayah")} | overview_words.border_set_names(w)
    allowed = list(sets) if corridor.pair else ["semua", "bersentuhan"]
    row.selectbox(w.t("Wilayah"), allowed, format_func=sets.__getitem__, key=link_names.BORDER_SET)
    orders = {"kebutuhan": w.t("kebutuhan"), "jiwa": w.t("jiwa terdampak")}
    row.selectbox(w.t("Urutkan menurut"), list(orders), format_func=orders.__getitem__, key=link_names.ORDER)


def table(w: Words, data: Dataset, shown: pd.DataFrame) -> Styler:
    """The ranking with ranges, people and what drives the need."""
    places = data.kelurahan.loc[shown.index]
    indicators = data.catalogue.indicators
    need, people, people_low, people_high = w.t("Kebutuhan"), w.t("Jiwa"), w.t("Jiwa (bawah)"), w.t("Jiwa (atas)")
    rank = w.t("Peringkat tengah")
    frame = pd.DataFrame(
        {
            rank: shown["rank_median"].to_numpy(),
            w.t("Kisaran 5–95 %"): [
                f"{low:.0f}–{high:.0f}" for low, high in zip(shown["rank_low"], shown["rank_high"], strict=True)
            ],
            w.t("Kelompok"): shown["group"].to_numpy(),
            w.t("Nama"): places["nama"].to_numpy(),
            w.t("Kecamatan"): places["kecamatan"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            people: shown["lacking"].round(-1).to_numpy(),
            people_low: shown["lacking_low"].round(-1).to_numpy(),
            people_high: shown["lacking_high"].round(-1).to_numpy(),
            need: shown["index"].to_numpy(),
            w.t("Pendorong utama"): [
                w.pick(indicators[str(d)].title) if str(d) in indicators else "–" for d in shown["driver"]
            ],
            w.t("Ketersediaan data"): [w.percent(a) for a in shown["availability"]],
        }
    )
    return w.styled(frame, {rank: 0, need: 1, people: 0, people_low: 0, people_high: 0})


def draw_actions(now: Session, shown: pd.DataFrame, rows: list[int]) -> None:
    """Download, and the profile of the chosen row."""
    w, data = now.words, now.data
    place = st.container(horizontal=True, vertical_alignment="center")
    place.download_button(
        w.t("Unduh CSV"),
        cells.csv_text(priority.priority_frame(data, shown)),
        file_name=f"prioritas-{now.corridor.id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    if rows and rows[0] < len(shown):
        kode = str(shown.index[rows[0]])
        place.page_link(
            "pages/profil.py",
            label=w.t("Buka profil {nama}", nama=md(str(data.kelurahan.at[kode, "nama"]))),
            icon=":material/location_on:",
            query_params=session.link(now, {link_names.SELECTED: kode}),
        )
    else:
        place.caption(w.t("Pilih satu baris untuk membuka profilnya."))


def changes(w: Words, data: Dataset, moved: pd.DataFrame, unchanged: bool) -> str:
    """What the user's choices did to the ranks."""
    if unchanged:
        return w.t("**Yang berubah:** belum ada; bobot sama, standar bawaan.")
    largest = moved[moved["shift"] != 0].head(MOST_CHANGES)
    if largest.empty:
        return w.t("**Yang berubah:** tidak ada peringkat yang bergeser.")
    lines = [w.t("**Yang berubah** terhadap bobot sama dan standar bawaan:")]
    for kode, row in largest.iterrows():
        template = (
            w.t("{nama} ({kabkota}): dari {lama} ke {baru}, kisarannya terpisah")
            if row["apart"]
            else w.t("{nama} ({kabkota}): dari {lama} ke {baru}, kisarannya masih bertumpang")
        )
        lines.append(
            "- "
            + template.format(
                nama=md(str(data.kelurahan.at[kode, "nama"])),
                kabkota=md(str(data.kelurahan.at[kode, "kabkota"])),
                lama=w.number(row["before"]),
                baru=w.number(row["after"]),
            )
        )
    return "\n".join(lines)


def spec(now: Session, result: Priority) -> MapSpec:
    """The map twin: need of every kelurahan."""
    w, corridor = now.words, now.corridor
    need = result.table["index"]
    classes = {str(kode): int(n) for kode, n in classify(need, NEED_BREAKS).index.items()}
    labels = {
        str(kode): w.t(
            "kebutuhan {nilai}, peringkat {rendah}–{tinggi}",
            nilai=w.number(row["index"], 1),
            rendah=w.number(row["rank_low"]),
            tinggi=w.number(row["rank_high"]),
        )
        for kode, row in result.table[need.notna()].iterrows()
    }
    return MapSpec(
        sides=corridor.sides,
        side_colors={s: theme.side_color(s, now.dark) for s in corridor.sides},
        level="kelurahan",
        classes=classes,
        labels=labels,
        colors=theme.sequential(len(NEED_BREAKS) + 1),
        words=map_words(w),
        dark=now.dark,
    )


def map_rows(now: Session, result: Priority) -> list[legend.Row]:
    """Classes of need with kelurahan and people of each side."""
    w = now.words
    found = classify(result.table["index"], NEED_BREAKS)
    limits = zip((1, *NEED_BREAKS), (*NEED_BREAKS, 100), strict=True)
    labels = [f"{'> ' if n else ''}{w.number(low)}–{w.number(high)}" for n, (low, high) in enumerate(limits)]
    counts = count_classes(found, result.table["kode_kabkota"], result.table["people"])
    return legend.counted_rows(w, now.corridor.sides, counts, labels, theme.sequential(found.count))


def map_note(w: Words) -> str:
    """What the colours of the map twin mean."""
    return w.t("Kebutuhan 1 sampai 100: makin gelap makin membutuhkan; arsir: data kurang. Jiwa: perkiraan 2024.")


def method(w: Words, data: Dataset, result: Priority) -> str:
    """How need is computed, which standards hold, what was left out, and the caveats."""
    index = result.index
    lines = [
        w.t(
            "Kebutuhan 1 berarti semua standar terpenuhi, 100 berarti tidak ada yang tercapai. Bobot sektor dibagi rata "
            "kepada indikatornya; yang datanya kurang dari {batas} bobot tidak diperingkat ({n} dari {semua}).",
            batas=w.percent(index.min_availability),
            n=w.number(index.units - index.indexed),
            semua=w.number(index.units),
        ),
        w.t(
            "Kisaran peringkat: {n} percobaan dengan bobot di sekitar pilihan, tiga skala dan dua cara penggabungan. Dua "
            "kelurahan hanya dapat dibedakan bila kisarannya tidak bertumpang.",
            n=w.number(index.draws),
        ),
        w.t("Jiwa: penduduk dikali bagian wilayah di luar standar, rata-rata tertimbang semua indikator."),
    ]
    for indicator in ranked_indicators(data):
        standard = chosen_standard(data, indicator, result.choices)
        weight = index.weights.get(indicator.id)
        share = w.percent(float(weight)) if weight is not None else w.t("tidak dipakai")
        lines.append(f"{md(w.pick(indicator.title))} ({share}): {md(sentences.standard_text(w, standard, indicator))}")
    lines += [
        w.t(
            "Tidak dipakai: {indikator} – {alasan}",
            indikator=md(w.pick(data.catalogue.indicators[i].title)),
            alasan=comparison_verdicts.caveat(w, reason),
        )
        for i, reason in index.left_out
    ]
    lines += [comparison_verdicts.caveat(w, code) for code in index.caveats]
    return "\n".join(f"- {line}" for line in lines)
