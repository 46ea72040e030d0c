"""A process that runs ahead: it does what this one is about to do, and hands over what it finds.

At the first thing to be found this process is doubled. The double goes on as this one would, and finds one thing after
the other; this one takes each from it instead of finding it. Where the double hangs, grows or dies, what it was finding
is lost, and another double goes on from there. So nothing is read or sent twice, and a crash costs one thing only.
"""

from __future__ import annotations

import math
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from verify.stream.worker import OUT_OF_MEMORY, Lost, allowed, limit_memory

Found = TypeVar("Found")

SECONDS, MEGABYTES = 60.0, 4000
GRACE = 5


@dataclass(frozen=True)
class Double:
    """The process that runs ahead, and the end of the pipe from which it is heard."""

    number: int
    pipe: Connection


@contextmanager
def ahead(seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Iterator[Ahead]:
    """A process that runs ahead of what is done here, and ends with it; so much time and memory is for each thing.

    >>> with ahead() as process:
    ...     [process.find(number, lambda: number * number) for number in (1, 2, 3)]
    [1, 4, 9]
    >>> with ahead() as process:
    ...     print(process.find("a runaway", lambda: [None] * 10**12))
    Lost(killed=True, says='it took more than 4000 MB')
    """
    process = Ahead(seconds, megabytes)
    try:
        yield process
    finally:
        process.stop()


class Ahead:
    """Finds things in a double of this process; in this process itself where the system cannot double one.

    Use it by :func:`ahead`. What is done with the things must depend on nothing but them, and print nothing: it is
    done in both processes.
    """

    def __init__(self, seconds: float, megabytes: int) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self.double: Double | None = None
        self.ours: Connection | None = None
        self.lost: dict[int, Lost] = {}
        self.broken = self.finding = False

    @property
    def is_double(self) -> bool:
        """Whether this is the process that runs ahead."""
        return self.ours is not None

    def find(self, name: object, look: Callable[[], Found]) -> Found | Lost:
        """What ``look`` finds, or why it was lost; ``name`` says what it is, to see that both mean the same."""
        number = hash(name)
        if number in self.lost:
            return self.lost[number]
        if self.ours is None and self.double is None and not self._doubled():
            return look()
        if self.ours is not None:
            return self._told(number, look, self.ours)
        found = self._heard(number)
        if isinstance(found, Lost):
            self.lost[number] = found
        return cast("Found | Lost", found)

    def stop(self) -> None:
        """End the double; and in the double, end."""
        if self.ours is not None:
            self._end()
        if self.double is not None:
            self.double.pipe.close()
            os.kill(self.double.number, signal.SIGKILL)
            os.waitpid(self.double.number, 0)
            self.double = None

    def _end(self) -> None:
        """End the double; where an error of ours in finding something is why, with its traceback."""
        error = sys.exception()
        if self.finding and error is not None:
            traceback.print_exception(error)
            sys.stderr.flush()
        os._exit(int(self.finding))

    def _doubled(self) -> bool:
        """Double this process; True in both, False where it cannot be done."""
        if not hasattr(os, "fork"):
            return False
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            with warnings.catch_warnings():
                # A library may have threads of its own; none of them is needed in the double.
                warnings.simplefilter("ignore", DeprecationWarning)
                number = os.fork()
        except OSError:  # no memory, or no process more: better to go on without
            os.close(reading)
            os.close(writing)
            return False
        if number:
            os.close(writing)
            self.double = Double(number, Connection(reading, writable=False))
        else:
            os.close(reading)
            self.ours = Connection(writing, readable=False)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that waits
            limit_memory(self.megabytes)
        return True

    def _told(self, name: int, look: Callable[[], Found], pipe: Connection) -> Found:
        """In the double: what is found, handed over."""
        # Where nobody waits any longer, this ends the double, whatever it is doing.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(math.ceil(self.seconds) + GRACE)
        self.finding = True
        try:
            found = look()
            signal.alarm(0)
            pipe.send((name, found))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except OSError:
            os._exit(0)
        self.finding = False
        return found

    def _heard(self, name: int) -> object:
        """What the double found next, or why nothing came of it."""
        double = self.double
        assert double is not None
        try:
            if not double.pipe.poll(self.seconds):
                self.stop()
                return Lost(killed=True, says=f"it took more than {self.seconds:g} seconds")
            told, found = double.pipe.recv()
        except (EOFError, OSError):
            return self._died(double)
        assert told == name, "both processes do the same"
        return found

    def _died(self, double: Double) -> Lost:
        double.pipe.close()
        _, status = os.waitpid(double.number, 0)
        self.double = None
        code = os.waitstatus_to_exitcode(status)
        if code == OUT_OF_MEMORY:
            return Lost(killed=True, says=f"it took more than {allowed(self.megabytes)} MB")
        if code == -signal.SIGALRM:
            return Lost(killed=True, says=f"it took more than {self.seconds:g} seconds")
        if code == -signal.SIGKILL:
            return Lost(killed=True, says="it was killed, as happens where memory is short")
        self.broken = True
        return Lost(killed=False, says=f"the process that worked on it ended with code {code}")
