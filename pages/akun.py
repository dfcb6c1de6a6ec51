"""Akun: one's own password, and for admins and verifiers the accounts and the audit trail."""

import streamlit as st

from views.link import context
from views.topics.accounts import screen

session = context.current()
context.read(session, "akun")

st.subheader(session.words.t("Siapa yang masuk, dan apa yang boleh dilakukannya?"))
screen.draw(session)
