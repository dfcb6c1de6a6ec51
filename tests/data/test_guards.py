"""What a function in a child process may cost, and what comes back of it."""

import os
import signal
import subprocess
import sys
import threading
import time
import types

import pytest

from data.intake import guards
from data.intake.guards import GuardError, run


def test_the_result_comes_back_from_another_process() -> None:
    assert run(200, 20, sorted, [3, 1, 2], reverse=True) == [3, 2, 1]
    assert run(200, 20, os.getpid) != os.getpid()
    assert run(200, 20, os.getpgrp) != os.getpgrp(), "what the child sends its group would reach the server"


def test_what_the_function_raises_is_raised_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError, match="division"):
        run(200, 20, divmod, 1, 0)


def test_a_result_that_cannot_travel_is_named_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(GuardError) as failed:
        run(200, 20, threading.Lock)
    assert failed.value.reason == "died"
    assert "cannot pickle" in caplog.text


def test_what_the_child_cannot_import_is_named_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    here = types.ModuleType("only_here")
    exec("def f(): pass", vars(here))
    monkeypatch.setitem(sys.modules, "only_here", here)
    with pytest.raises(GuardError) as failed:
        run(200, 20, here.f)
    assert failed.value.reason == "died"
    assert "No module named 'only_here'" in caplog.text


def test_row_1_memory_is_bounded() -> None:
    assert len(run(200, 20, bytes, 50 << 20)) == 50 << 20
    with pytest.raises(GuardError) as failed:
        run(200, 20, bytes, 400 << 20)
    assert failed.value.reason == "memory"


@pytest.mark.parametrize("work", [(time.sleep, 60), (sum, range(10**12))], ids=["waits", "computes"])
def test_row_1_time_is_bounded(work: tuple[object, ...]) -> None:
    with pytest.raises(GuardError) as failed:
        run(1000, 1, *work)  # type: ignore[arg-type]
    assert failed.value.reason == "time"


@pytest.mark.parametrize("end", [(os._exit, 5), (signal.raise_signal, signal.SIGKILL), (os.abort,)])
def test_a_child_that_dies_is_named(end: tuple[object, ...], caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(GuardError) as failed:
        run(200, 20, *end)  # type: ignore[arg-type]
    assert failed.value.reason == "died"
    assert "a child process ended with" in caplog.text


def test_what_the_function_prints_does_not_stand_in_the_result() -> None:
    assert run(200, 20, print, "x") is None
    assert run(200, 20, subprocess.call, ["echo", "x"]) == 0


def test_a_third_waits_and_is_told_when_it_waited_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "_turns", threading.BoundedSemaphore(1))
    guards._turns.acquire()
    with pytest.raises(GuardError) as failed:
        run(200, 1, os.getpid)
    assert failed.value.reason == "busy"
    guards._turns.release()
    assert run(200, 20, int, "5") == 5
