"""What a reader sees of an error that nobody expected: a sentence with a number; what happened stands in the log."""

from __future__ import annotations

import logging
import secrets
from typing import cast

import streamlit as st

from views.language.link_names import LANGUAGE
from views.language.words import LANGUAGES, Language, Words

_LOGGER = logging.getLogger("tapal")


def tell(error: Exception) -> bool:
    """Show the sentence in the reader's language, and log the error under the number that the sentence names.

    Returns
    -------
    bool
        True, which tells Streamlit that nothing more need be shown.
    """
    number = secrets.token_hex(3).upper()
    _LOGGER.error("Error %s", number, exc_info=error)
    chosen = st.session_state.get(LANGUAGE)
    w = Words(cast(Language, chosen if chosen in LANGUAGES else LANGUAGES[0]))
    st.error(
        w.t(
            "Bagian ini tidak dapat ditampilkan karena kesalahan yang tidak terduga. Pilih koridor atau halaman lain, atau muat "
            "ulang halaman. Bila terjadi lagi, sebutkan nomor {nomor} kepada pengelola Tapal.",
            nomor=number,
        ),
        icon=":material/error:",
    )
    return True
