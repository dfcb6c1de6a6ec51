"""Run a function in a child process within bounds of memory and time: a hostile file must not take the server down.

It bounds what a file may cost; it is no sandbox: the child has the rights of the server.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Reason = Literal["memory", "time", "busy", "died"]

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
# Number libraries reserve memory for every thread that they start, whether they use it or not.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX"), "1")
NO_MEMORY, NO_ANSWER = 71, 70

_turns = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


class GuardError(RuntimeError):
    """A function that gave no result.

    Parameters
    ----------
    reason : {"memory", "time", "busy", "died"}
        A bound was reached, all children stayed busy, or the process ended in a way that nobody foresaw.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def run(megabytes: int, seconds: int, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Call a function in a child process and give back what it gives.

    At most two children run at once; a third waits as long as one may run. Where the system cannot bound
    the memory of a process (Windows), only the time is bounded.

    Parameters
    ----------
    megabytes : address space of the child, with Python and the libraries that the function imports
    seconds : for everything, the start of the child included
    function : of the top level of a module; it, its arguments and its result are pickled

    Raises
    ------
    GuardError
        There is no result. What the function itself raises is raised as it is.
    """
    asked = pickle.dumps((function, arguments, named))
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "data.intake.guards", str(megabytes), str(seconds)]
    if not _turns.acquire(timeout=seconds):
        raise GuardError("busy")
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, nothing from outside is in the command
            command,
            input=asked,
            capture_output=True,
            timeout=seconds,
            env=os.environ | ONE_THREAD | {"PYTHONPATH": paths},
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise GuardError("time") from None
    finally:
        _turns.release()
    if done.returncode == 0:
        well, outcome = pickle.loads(done.stdout)  # noqa: S301 -- written by our own child
        if well:
            return outcome
        raise outcome
    if done.returncode == NO_MEMORY:
        raise GuardError("memory")
    if done.returncode == -getattr(signal, "SIGXCPU", 0):
        raise GuardError("time")
    _log.warning("a child process ended with %s: %s", done.returncode, done.stderr[-2000:].decode(errors="replace"))
    raise GuardError("died")


def _answer(megabytes: int, seconds: int) -> int:
    """Read what is asked from the standard input, do it within the bounds, and write the outcome where output went."""
    _bound(megabytes, seconds)
    output = os.fdopen(os.dup(1), "wb")
    # What a library prints must not stand among the answer.
    os.dup2(2, 1)
    try:
        function, arguments, named = pickle.load(sys.stdin.buffer)  # noqa: S301 -- written by our own parent
        try:
            outcome: tuple[bool, Any] = (True, function(*arguments, **named))
        except MemoryError:
            raise
        except Exception as error:
            outcome = (False, error)
        packed = pickle.dumps(outcome)
        pickle.loads(packed)  # noqa: S301 -- an error may be packed and yet not be unpacked
    except MemoryError:
        return NO_MEMORY
    except Exception:
        traceback.print_exc()
        return NO_ANSWER
    with output:
        output.write(packed)
    return 0


def _bound(megabytes: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        # Refused where a lower bound stands already, and by systems that do not know it.
        with suppress(ValueError, OSError):
            # The process is told at the first bound and ended at the second.
            resource.setrlimit(kind, (most, most + 1))


if __name__ == "__main__":
    sys.exit(_answer(int(sys.argv[1]), int(sys.argv[2])))
