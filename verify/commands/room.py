"""Memory: how much of it is allowed, whether a library has room to be imported, and what is never forgotten."""

from __future__ import annotations

import gc
import mmap
import sys
from collections.abc import Iterator
from contextlib import contextmanager

MEGABYTE = 1 << 20
# What NumPy and its libraries take when they are imported; where they find less, they end the process by themselves.
NUMPY = 128


def need_room(megabytes: int) -> None:
    """Raise :class:`MemoryError` where there is no room for so much more.

    >>> need_room(1)
    >>> need_room(1 << 40)
    Traceback (most recent call last):
    MemoryError
    """
    try:
        mmap.mmap(-1, megabytes * MEGABYTE).close()
    except (OSError, OverflowError) as error:
        raise MemoryError from error


@contextmanager
def imported() -> Iterator[None]:
    """While modules are imported, nothing is looked for that could be forgotten; and later not among what they hold.

    >>> with imported():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def told_limit() -> str:
    """What is said of a limit of memory after what it led to; nothing where none was set."""
    if sys.platform != "linux":
        return ""
    import resource

    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return "" if allowed == resource.RLIM_INFINITY else f": {allowed // MEGABYTE} MB are allowed (ulimit -v)"
