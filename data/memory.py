"""Memory that large work leaves behind, given back to the machine."""

import gc

import pyarrow


def give_back() -> None:
    """Free what nothing needs any more, also where it refers to itself, and give the room back.

    Python looks for such circles rarely, and the C library keeps what was freed between things that stay: 50 to 100 MB
    after a deck. Arrow asks the C library to let go, where it can.
    """
    gc.collect()
    pyarrow.default_memory_pool().release_unused()
