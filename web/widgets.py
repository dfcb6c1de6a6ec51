"""What a session keeps of widgets that are no longer shown.

Streamlit drops their values after each run, but not what it knows of them, options and arguments included: half a
megabyte after seven pages, and more with each further map.
"""

from typing import Final

from streamlit.runtime.state.session_state import WStates

_REMOVE: Final = WStates.remove_stale_widgets


def _remove_all(states: WStates, active_widget_ids: frozenset[str], fragment_ids_this_run: list[str] | None) -> None:
    _REMOVE(states, active_widget_ids, fragment_ids_this_run)
    # What a fragment that did not run shows is still there.
    states.widget_metadata = {
        name: known
        for name, known in states.widget_metadata.items()
        if name in active_widget_ids or (fragment_ids_this_run and known.fragment_id not in fragment_ids_this_run)
    }


def forget_those_that_left() -> None:
    """Let every session forget a widget when a run no longer shows it; to be called once, before there are any."""
    WStates.remove_stale_widgets = _remove_all  # type: ignore[assignment,method-assign]
