"""Floor with the same controls: what stands on *Peta* around its map, without the map, its data and its words."""

import streamlit as st

INDICATORS = [f"indikator {i}" for i in range(8)]
SECTIONS = {"Lihat": 6, "Buka batas": 5, "Rapat": 3, "Dasar": 1}


def page() -> None:
    """Heading, row of controls, an empty place with a card beside it, legend, downloads and two folded parts."""
    st.subheader("Jarak ke SD negeri: siapa yang tertinggal?", anchor="peta")
    st.markdown("**Satu kalimat yang menjawabnya, dengan angka dan nama wilayah di kedua sisi garis batas.**")
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    choice = row.selectbox("Indikator", INDICATORS)
    row.segmented_control("Tampilkan", ["Nilai", "Kesenjangan"], default="Nilai", required=True)
    row.selectbox("Standar", ["standar 1"])
    row.popover("Lapisan", icon=":material/layers:", key="layers", on_change="rerun")
    row.popover("Cari wilayah", icon=":material/search:", key="search", on_change="rerun")
    picture, card = st.columns([5, 2], gap="small")
    picture.container(height=430).text(f"nilai {choice}")
    with card.container(border=True):
        st.markdown("**Klik sebuah wilayah di peta atau cari namanya.**")
        st.markdown("Nilainya, standarnya dan tetangganya muncul di sini.")
    st.html("<table>" + "<tr><td>kelas</td><td>wilayah</td><td>jiwa</td></tr>" * 8 + "</table>")
    st.caption("Makin gelap makin tertinggal. Satuan km; tahun 2024. Sumber: sumber")
    downloads = st.container(horizontal=True, vertical_alignment="center", gap="small")
    for kind in ("PNG", "SVG"):
        downloads.download_button(
            kind, b"", icon=":material/download:", type="tertiary", key=f"picture {kind}", on_click="ignore"
        )
    st.expander("Tabel kembaran", icon=":material/table:", key="twin", on_change="rerun")
    st.expander("Cara menghitung dan sumber", icon=":material/functions:", key="method", on_change="rerun")


def other() -> None:
    """A page that nobody opens."""


st.set_page_config(page_title="Kosong", layout="wide")
pages: dict[str, list[st.Page]] = {
    section: [
        st.Page(other, title=f"{section} {number}", url_path=f"{section}-{number}".replace(" ", "-"))
        for number in range(count)
    ]
    for section, count in SECTIONS.items()
}
pages["Lihat"][0] = st.Page(page, title="Peta", icon=":material/map:", default=True)
chosen = st.navigation(pages, position="top")
with st.sidebar:
    st.selectbox("Koridor", ["koridor 1", "koridor 2"])
    st.segmented_control("Bahasa", ["Indonesia", "English"], default="Indonesia", required=True)
chosen.run()
