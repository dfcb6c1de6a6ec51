"""A session forgets the widgets that are no longer shown."""

import pytest
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import WStates
from streamlit.testing.v1 import AppTest

from web.widgets import _remove_all, forget_those_that_left


def script() -> None:
    import streamlit as st

    if st.toggle("other"):
        st.selectbox("second", ["x", "y"])
    else:
        st.selectbox("first", ["a", "b"])

    @st.fragment
    def part() -> None:
        st.checkbox("inside")

    part()


def known(app: AppTest) -> int:
    return len(app.session_state._state._state._new_widget_state.widget_metadata)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(WStates, "remove_stale_widgets", WStates.remove_stale_widgets)
    return AppTest.from_function(script)


def test_streamlit_itself_still_keeps_them(app: AppTest) -> None:
    app.run().toggle[0].set_value(True).run()
    assert known(app) == 4


def test_those_that_left_are_forgotten_and_those_that_are_there_work(app: AppTest) -> None:
    forget_those_that_left()
    app.run()
    assert known(app) == 3
    app.toggle[0].set_value(True).run()
    assert known(app) == 3
    app.checkbox[0].check().run()
    assert app.selectbox[0].set_value("y").run().selectbox[0].value == "y"
    assert app.checkbox[0].value
    assert not app.toggle[0].set_value(False).run().exception
    assert app.selectbox[0].value == "a"


def test_a_run_of_a_fragment_keeps_what_stands_outside_it() -> None:
    states = WStates()
    for name, fragment in (("inside", "one"), ("gone", "one"), ("outside", None), ("other", "two")):
        states.set_widget_metadata(
            WidgetMetadata(name, lambda value, *_: value, lambda value: value, "bool_value", fragment_id=fragment)
        )
    _remove_all(states, frozenset({"inside"}), ["one"])
    assert set(states.widget_metadata) == {"inside", "outside", "other"}
