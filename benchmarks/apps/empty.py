"""Floor: the least that a Streamlit page can do, a text that follows a choice."""

import streamlit as st

choice = st.selectbox("Indikator", [f"indikator {i}" for i in range(8)])
st.text(f"nilai {choice}")
