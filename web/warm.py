"""What is imported and loaded before the first visitor, so that a server that answers is also a quick one."""

import gc
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path


def modules_below(folder: Path) -> Iterator[str]:
    """Yield the dotted name of every module of a package, those of its sub-packages included.

    Parameters
    ----------
    folder
        The folder of a top-level package.
    """
    yield folder.name
    for module in pkgutil.walk_packages([str(folder)], f"{folder.name}."):
        yield module.name


def import_all(names: Iterable[str]) -> None:
    """Import modules by name."""
    for name in names:
        importlib.import_module(name)


def leave_to_the_process() -> None:
    """Take everything that is there out of the garbage collector's sight; only before there is any session.

    With pandas and geopandas imported a full collection costs about 90 ms under the GIL, for objects that live as long
    as the process; frozen, they are not walked again. A session that is frozen would never be freed.
    """
    # Streamlit looks at the stack once, at the first element, and Python then looks for the file of every module.
    inspect.stack()
    gc.collect()
    gc.freeze()
