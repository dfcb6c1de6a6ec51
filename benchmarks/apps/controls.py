"""Floor with the same controls: what stands on *Beranda* around its map, without the map, its data and its words."""

import streamlit as st

INDICATORS = [f"indikator {i}" for i in range(8)]
PLACES = {"Kelurahan": 2, "Perbandingan": 2, "Layanan bersama": 5, "Rapat": 3, "Data": 1}
WAYS = ("Bandingkan kedua sisi", "Bila layanan dibuka", "Tayangkan di rapat")


def page() -> None:
    """Answer, an empty place with controls below it, a list beside it, downloads and folded parts."""
    st.markdown("**Satu kalimat yang menjawabnya, dengan angka dan nama wilayah di kedua sisi garis batas.**")
    st.caption("Kisaran, tahun dan alasan untuk ragu.")
    picture, beside = st.columns([65, 35], gap="small")
    with picture:
        place = st.container(height=480)
        row = st.container(horizontal=True, vertical_alignment="center", gap="small")
        choice = row.selectbox("Indikator", INDICATORS, label_visibility="collapsed")
        row.segmented_control("Tampilkan", ["Nilai", "Kesenjangan"], default="Nilai", required=True)
        row.popover("Lapisan", icon=":material/layers:", key="layers", on_change="rerun")
        place.text(f"nilai {choice}")
    with beside, st.container(gap="xxsmall"):
        st.markdown("##### Paling membutuhkan di garis batas")
        for number in range(3):
            st.button(f"{number}. nama", type="tertiary")
            st.caption("alasan dalam kata-kata")
        for way in WAYS:
            st.page_link(other_page, label=way)
    downloads = st.container(horizontal=True, vertical_alignment="center", gap="small")
    for kind in ("PNG", "SVG"):
        downloads.download_button(
            kind, b"", icon=":material/download:", type="tertiary", key=f"picture {kind}", on_click="ignore"
        )
    st.subheader("Siapa tinggal di batas?", anchor="kesenjangan")
    st.html("<div>batang</div>" * 12)
    for name in ("Semua kesenjangan", "Tabel data lengkap", "Cara menghitung dan sumber"):
        st.expander(name, icon=":material/table:", key=name, on_change="rerun")


def other() -> None:
    """A page that nobody opens."""


st.set_page_config(page_title="Kosong", layout="wide")
pages: dict[str, list[st.Page]] = {"": [st.Page(page, title="Beranda", icon=":material/map:", default=True)]}
pages |= {
    place: [
        st.Page(other, title=f"{place} {number}", url_path=f"{place}-{number}".replace(" ", "-"))
        for number in range(count)
    ]
    for place, count in PLACES.items()
}
other_page = pages["Data"][0]
chosen = st.navigation(pages, position="top")
bar = st.container(horizontal=True, gap="small")
bar.selectbox("Koridor", ["koridor 1", "koridor 2"], label_visibility="collapsed", width=320)
bar.selectbox("Cari", [f"kelurahan {i} – kecamatan, kabupaten" for i in range(1500)], index=None, width=320)
bar.segmented_control("Bahasa", ["Indonesia", "English"], default="Indonesia", required=True)
chosen.run()
