"""Who acts in this run: read anew from the browser's cookie at every run and action, and never kept."""

from __future__ import annotations

import hmac
from functools import cache
from importlib.util import find_spec

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from records import accounts, sign_ins
from records.permissions import Actor

_served = False


def form_is_served() -> None:
    """Note that this server answers to ``masuk``; told once at its start, for `streamlit run app.py` does not."""
    global _served
    _served = True


def has_form() -> bool:
    """Tell whether this server answers to ``masuk``."""
    return _served


def actor() -> Actor:
    """Who is signed in in this browser, with the roles of this moment; `records.permissions.READER` where nobody is."""
    return accounts.who(_token())


def sign_out() -> None:
    """Sign the account out in every browser."""
    by_service = bool(_service_token())
    accounts.sign_out(_token())
    if by_service:
        st.logout()


def _token() -> str:
    token = st.context.cookies.get(sign_ins.COOKIE)
    return token if isinstance(token, str) and token else _service_token()


@cache
def service() -> bool:
    """Tell whether this office has set up another service to sign in (OpenID Connect), and its library is there."""
    try:
        return "auth" in st.secrets and find_spec("authlib") is not None
    except StreamlitSecretNotFoundError:
        return False


def _service_token() -> str:
    """What stands for the sign-in at the other service, "" where there is none.

    It is made with the secret of this server: whoever knows the claims of somebody else cannot make it.
    """
    if not service() or not st.user.is_logged_in:
        return ""
    claims = st.user.to_dict()
    # An address that the service has not verified could be anybody's.
    if claims.get("email_verified") is not True or not claims.get("email"):
        return ""
    text = "\n".join(str(claims.get(name)) for name in ("iss", "sub", "iat"))
    token = hmac.new(str(st.secrets["auth"]["cookie_secret"]).encode(), text.encode(), "sha256").hexdigest()
    accounts.sign_in_by_email(str(claims["email"]), token)
    return token
