"""The workers: local processes, or the cluster that DASK_SCHEDULER names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import dask
from distributed import Client, LocalCluster, as_completed

WORKER_MEMORY = "2GB"
"""A local worker that needs more is stopped and its tile begun anew."""

LOST_WORKERS = 3
"""Workers that may die over the same piece of work before the run stops."""


@contextmanager
def workers(count: int) -> Iterator[Client]:
    """A client of the cluster at DASK_SCHEDULER, which must see the same folders; else of so many local processes.

    With none it is a thread of this process.
    """
    settings = {"distributed.scheduler.allowed-failures": LOST_WORKERS, "distributed.admin.log-length": 0}
    address = os.environ.get("DASK_SCHEDULER")
    with dask.config.set(settings):
        if address:
            with Client(address) as client:
                yield client
            return
        with (
            LocalCluster(
                n_workers=max(count, 1),
                processes=count > 0,
                threads_per_worker=1,
                memory_limit=WORKER_MEMORY if count else None,
                protocol="tcp",
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client


def run(
    client: Client,
    function: Callable[[str, int], int],
    folder: str,
    numbers: Iterable[int],
    name: str,
    say: Callable[[str], None],
) -> None:
    """Call a function with a folder and each number, on the workers, and say how far it is at every tenth.

    Parameters
    ----------
    client : of `workers`
    function : takes the folder and a number, writes there, and returns the number
    folder : that every worker sees
    numbers : of the pieces of work
    name : of the pieces, for `say`
    say : told how far it is

    Raises
    ------
    Exception
        What a call raised; what others finished stays in the folder.
    """
    waiting = list(numbers)
    futures = client.map(function, [folder] * len(waiting), waiting, pure=False)
    told = 0
    for done, (future, _) in enumerate(as_completed(futures, with_results=True), start=1):
        future.release()
        if done * 10 // len(waiting) > told:
            told = done * 10 // len(waiting)
            say(f"{name}: {done} of {len(waiting)}")
