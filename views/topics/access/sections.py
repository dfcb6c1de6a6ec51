"""The lower sections of access across the border."""

from __future__ import annotations

import streamlit as st

from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES, Service
from views.figures import legend
from views.link import results, scenario
from views.link.context import Session
from views.topics.access.tables import gain_table, loss_table, receiving_table, side_table
from views.topics.access.words import capacity, people_range, service_names


def draw(session: Session, service: Service, result: OpenBorder) -> None:
    """Every table of the page, each under its heading; what is asked less often is folded.

    Parameters
    ----------
    session : language, data and border of this run
    service : which may be used across the line
    result : of the open border, which must be computable
    """
    w, data = session.words, session.data
    st.html(legend.foldable(w.t("Kedua sisi"), side_table(w, data, result)))
    title = w.t("Sepuluh kelurahan yang paling terbantu, menurut penghematan yang sekurangnya pasti")
    st.html(legend.foldable(title, gain_table(w, data, result)))
    if result.balance is not None:
        title = w.t("Yang ketersediaan layanannya per 10.000 jiwa paling berkurang, lima di tiap sisi")
        with st.expander(title, icon=":material/south:"):
            st.html(loss_table(w, data, result))
    with st.expander(
        w.t("Daya tampung yang dibutuhkan bila semua orang memakai yang terdekat"), icon=":material/groups:"
    ):
        ratios = [data.catalogue.standards[s] for s in service.capacity]
        st.markdown("\n".join(capacity(w, data, result, ratios)))
        st.html(receiving_table(w, data, result))


def every_service(session: Session, chosen: tuple[str, ...]) -> str:
    """All services in one HTML table, so that an agreement can choose its sectors.

    Parameters
    ----------
    session : language, data and border of this run
    chosen : kode_kabkota of the partners beyond the sides; for each service those count that have a list of it
    """
    w, data = session.words, session.data
    names = service_names(w)
    sectors = {"kesehatan": w.t("Kesehatan"), "pendidikan": w.t("Pendidikan"), "pemerintahan": w.t("Pemerintahan")}
    heads = [w.t("Layanan"), w.t("Sektor")]
    for kode in session.corridor.sides:
        name = str(data.kabkota.at[kode, "nama"])
        heads += [
            w.t("{sisi}: terdekat di seberang", sisi=name),
            w.t("{sisi}: menjadi terlayani sesuai standar", sisi=name),
        ]
        heads += [w.t("{sisi}: datang dari seberang", sisi=name)]
    rows = []
    for service in SERVICES.values():
        standards = data.catalogue.standards_of(service.indicator)
        standard = standards[0].id if standards else None
        allowed = tuple(k for k in chosen if k in results.possible_partners(data, session.corridor, service.id))
        threshold = standards[0].threshold if standards else 0.0
        changes = scenario.changes(data, service.kinds)
        result = results.open_border_scenario(
            data, session.corridor.id, service.id, allowed, standard, threshold, changes
        )
        cells = [names[service.id], sectors[service.sector]]
        for side in result.side:
            known = side.known and result.computable
            cells += [
                people_range(w, side.crossing) if known else w.no_data,
                w.no_data if not known else people_range(w, side.newly) if side.newly else w.t("belum ada standar"),
                people_range(w, side.incoming) if known else w.no_data,
            ]
        rows.append(cells)
    return legend.text_table(w.t("Semua layanan"), heads, rows)
