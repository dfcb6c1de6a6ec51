"""Bounds on the work: one answer is made at a time, few wait, what was made is kept, each address has its pace."""

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from records.rates import Rate
from web.api.contract import RefusedError

MOST_BYTES: Final = 24_000_000
MOST_WAITING: Final = 24
USUAL: Final = "600/minute"
ROWS_A_UNIT: Final = 1000
_SMALL: Final = 500
Found = TypeVar("Found")


@dataclass(frozen=True)
class Answer:
    """What is sent.

    Attributes
    ----------
    content, packed : the bytes, and whether they are packed by gzip
    tag : names the content, whatever its form on the way
    headers : beside those of every answer
    """

    content: bytes
    packed: bool
    tag: str
    headers: Mapping[str, str]

    def unpacked(self) -> bytes:
        """The bytes for who does not take gzip."""
        return gzip.decompress(self.content) if self.packed else self.content


def answer(content: bytes, headers: Mapping[str, str], packs: bool = True) -> Answer:
    """An answer, packed once where that helps.

    Parameters
    ----------
    content
        What is sent.
    headers
        Beside those of every answer.
    packs
        Whether it may be packed; GeoParquet is already.
    """
    tag = hashlib.blake2b(content, digest_size=12).hexdigest()
    if not packs or len(content) < _SMALL:
        return Answer(content, False, tag, headers)
    return Answer(gzip.compress(content, 5, mtime=0), True, tag, headers)


def short(key: str) -> str:
    """A key in few letters, for an address."""
    return hashlib.blake2b(key.encode(), digest_size=6).hexdigest()


class Workshop:
    """Makes answers in a thread beside the one that serves everybody, one at a time, and keeps the latest."""

    def __init__(self) -> None:
        self._lane = ThreadPoolExecutor(1, "tapal-feed")
        self._looks = ThreadPoolExecutor(4, "tapal-feed-look")
        self._waiting = 0
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._size = 0

    async def found(self, look: Callable[[], Found]) -> Found:
        """What a short look into the database finds; it does not wait for what is being made."""
        return await asyncio.get_running_loop().run_in_executor(self._looks, look)

    async def made(self, key: str, make: Callable[[], Answer]) -> Answer:
        """The answer of this key.

        Raises
        ------
        RefusedError
            Too many wait already.
        """
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return found
        if self._waiting >= MOST_WAITING:
            raise RefusedError(
                503,
                "Terlalu banyak permintaan data sekaligus. Coba lagi dalam beberapa detik.",
                "Too many requests for data at once. Try again in some seconds.",
                5,
            )
        self._waiting += 1
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._lane, make)
        finally:
            self._waiting -= 1
        if key not in self._kept:
            self._kept[key] = found
            self._size += len(found.content)
            while self._size > MOST_BYTES:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.content)
        return found


class Pace:
    """How much one address may ask for: one a request, and one more for every thousand rows of an answer.

    Parameters
    ----------
    usual
        What is allowed unless the operator says otherwise.
    """

    def __init__(self, usual: str = USUAL) -> None:
        self._rate = Rate("FEED", usual)

    def spend(self, address: str, units: int = 1) -> None:
        """Count a request or the rows of an answer.

        Parameters
        ----------
        address
            From which it comes.
        units
            As how many it counts.

        Raises
        ------
        RefusedError
            There were too many.
        """
        if units and (wait_s := self._rate.take(address, units)):
            raise RefusedError(
                429,
                "Terlalu banyak permintaan data dari jaringan ini. Tunggu sebentar, lalu coba lagi.",
                "Too many requests for data from this network. Wait a little and try again.",
                wait_s,
            )
