"""Akses lintas batas: what would change if residents may use the nearer service, whichever side it belongs to?"""

import streamlit as st

from analysis.opening import SERVICES, partners_of
from views import accesspage, pictures, session, tables
from views.escape import md
from views.map import draw
from views.mappage import geometry

now = session.current()
w, data, corridor = now.words, now.data, now.corridor
catalogue = data.catalogue

service_id = session.choice(
    session.SERVICE,
    list(SERVICES),
    accesspage.default_service(data, corridor.sides),
    lambda bad: w.t("Layanan “{nama}” tidak dikenal; yang ditampilkan layanan bawaan.", nama=md(bad)),
)
service = SERVICES[service_id]
standards = {s.id: s for s in catalogue.standards_of(service.indicator)}
standard_id = session.choice(session.STANDARD, list(standards), next(iter(standards))) if standards else None
thresholds = session.numbers(session.THRESHOLDS, {i: s.threshold for i, s in standards.items()}, 0.01, 100)
mode = session.choice(session.MODE, accesspage.MODES, "jarak")
selected = session.choice(
    session.SELECTED,
    ["", *data.units("kelurahan", corridor.sides).index],
    "",
    lambda bad: w.t("Kode wilayah “{kode}” tidak ada di koridor ini.", kode=md(bad)),
)
partners = accesspage.partners(now, service)
assumed = accesspage.assumptions(now)
threshold = thresholds[standard_id] if standard_id else 0.0
standard = standards[standard_id].model_copy(update={"threshold": threshold}) if standard_id else None
usual, result, changes = accesspage.computed(now, service, partners, standard_id, threshold)

# The map is the slowest to appear: it is sent first, into its place.
heading, bar = st.container(), st.container()
picture, card = st.columns([5, 3], gap="small")
with picture:
    waits = accesspage.waiting(now, service)
    spec = accesspage.spec(now, service, result, mode, selected or None, bool(waits))
    draw(
        spec,
        geometry(data),
        key="akses",
        height=accesspage.HEIGHT,
        on_click=lambda kode: session.assign(session.SELECTED, kode),
        on_place=lambda lon, lat: accesspage.placed(now, service, lon, lat),
    )
    rows, note = accesspage.legend_rows(w, result, mode), accesspage.legend_note(w, data, result, mode)
    st.html(tables.class_table(w, data, corridor.sides, w.t("Kelas"), rows))
    st.caption(note)
    pictures.offer_map(
        now, f"akses-{service_id}-{mode}", spec, rows, accesspage.picture_title(w, service_id, mode), note, "", ()
    )
with heading:
    st.subheader(
        w.t(
            "{koridor}: apa yang berubah bila {layanan} yang lebih dekat boleh dipakai, milik siapa pun?",
            koridor=md(w.pick(corridor.title)),
            layanan=accesspage.noun(w, service_id),
        )
    )
    st.markdown(f"**{accesspage.answer(w, data, result, standard)}**")
    for line in (accesspage.supply_answer(w, data, result), accesspage.scenario_line(w, data, usual, result, changes)):
        if line:
            st.markdown(line)
with bar:
    accesspage.controls(now, service, list(standards), partners_of(data, corridor, service), result)
with card:
    accesspage.draw_card(now, service, result, selected or None, assumed)

if result.computable:
    st.markdown(w.t("**Kedua sisi**"))
    st.html(accesspage.side_table(w, data, result))
    st.markdown(w.t("**Sepuluh kelurahan yang paling terbantu**, menurut penghematan yang sekurangnya pasti"))
    st.html(accesspage.gain_table(w, data, result))
    if result.balance is not None:
        st.markdown(w.t("**Yang pasokannya per 10.000 jiwa paling berkurang**, lima di tiap sisi"))
        st.html(accesspage.loss_table(w, data, result))
    st.markdown(w.t("**Daya tampung yang dibutuhkan bila semua orang memakai yang terdekat**"))
    ratios = catalogue.standards_of(service.ratio) if service.ratio else ()
    st.markdown("\n".join(accesspage.capacity(w, data, result, ratios)))
    st.html(accesspage.receiving_table(w, data, result))

everything = st.expander(w.t("Semua layanan sekaligus"), icon=":material/apps:", key="services", on_change="rerun")
if everything.open:
    with everything, st.spinner(w.t("Menghitung semua layanan…")):
        st.html(accesspage.every_service(now, partners))
twin = st.expander(w.t("Tabel kembaran"), icon=":material/table:", key="twin", on_change="rerun")
if twin.open:
    twin.dataframe(
        accesspage.twin(w, data, result, assumed),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel nilai setiap kelurahan"),
    )
method = st.expander(w.t("Cara menghitung dan sumber"), icon=":material/functions:", key="method", on_change="rerun")
if method.open:
    method.markdown(accesspage.method(w, data, service, result, standard))
