"""Katalog: what the catalogue holds; admins add, change and withdraw entries."""

import streamlit as st

from views.link import context
from views.topics.catalogue import screen, words

session = context.current()
context.read(session, "katalog")

st.subheader(words.question(session.words))
screen.draw(session)
