"""Work done apart: in a process of its own, which is started over where one of the things that it finds ends it.

The process does all of the work. It hands over each thing as soon as it is found, and at the end what came of the
whole. Where it hangs, grows or dies at a thing, that thing is lost, and another process does the work again, being told
what was found before. Where it ends elsewhere, the work is lost, and it is known how far it had come. What comes of the
work is JSON, so that no text which ended a process is looked at here.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import NoReturn, TypeVar, cast

from verify.stream.shared import Shared
from verify.stream.worker import OUT_OF_MEMORY, Lost, allowed, limit_memory

Found = TypeVar("Found")
Work = Callable[["Apart"], object]

SECONDS, MEGABYTES = 60.0, 4000


@dataclass(frozen=True)
class Told:
    """Something that was found, and the hash of its name."""

    name: int
    found: object


@dataclass(frozen=True)
class Ended:
    """The work was lost: how far it had come, and why."""

    place: str
    lost: Lost


def apart(
    work: Work, told: Callable[[], None] = lambda: None, *, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> object | Ended:
    """What comes of work, done in a process of its own; ``told`` is called as soon as it has found something.

    So much time and memory is for each thing to be found, and for each part that the work says it comes to. Where the
    system cannot double a process, the work is done in this one.

    >>> apart(lambda process: [process.find(number, lambda: number * number) for number in (1, 2, 3)])
    [1, 4, 9]
    >>> apart(lambda process: [process.comes_to("page 2"), [None] * 10**12])
    Ended(place='page 2', lost=Lost(killed=True, says='it took more than 4000 MB'))
    """
    known: list[Told] = []
    while True:
        shared = Shared()
        started = _started(work, known, shared, seconds, megabytes)
        if started is None:
            return work(Apart(seconds, known))
        number, pipe = started
        found = _heard(number, pipe, known, told)
        if isinstance(found, str):
            return cast("object", json.loads(found))
        lost = _why(os.waitstatus_to_exitcode(found), seconds, megabytes)
        if shared.finding != len(known) + 1:
            return Ended(shared.place, lost)
        known.append(Told(shared.name, lost))
        told()


class Apart:
    """What the work is given: it says how far it has come, and has things found, each of which may end the process.

    What it does must depend on nothing but these things, since it may be done again, and print nothing.
    """

    def __init__(
        self, seconds: float, known: list[Told], shared: Shared | None = None, pipe: Connection | None = None
    ) -> None:
        self.seconds, self.known, self.shared, self.pipe = seconds, known, shared, pipe
        self.met = 0
        self.broken = False
        """Whether something was lost by an error of ours."""

    def comes_to(self, place: str, *, limited: bool = True) -> None:
        """Say how far the work has come; until it comes further, it has so many seconds of the processor's time."""
        if self.shared is not None:
            self.shared.come_to(place)
            signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds if limited else 0)

    def find(self, name: object, look: Callable[[], Found]) -> Found | Lost:
        """What ``look`` finds, or why it was lost; ``name`` says what it is, to see that it is the same again."""
        if self.shared is None or self.pipe is None:
            return look()
        number, self.met = self.met, self.met + 1
        if number >= len(self.known):
            return self._found(hash(name), look, self.shared, self.pipe)
        told = self.known[number]
        assert told.name == hash(name), "what is done again is the same"
        self.broken = self.broken or (isinstance(told.found, Lost) and not told.found.killed)
        return cast("Found | Lost", told.found)

    def _found(self, name: int, look: Callable[[], Found], shared: Shared, pipe: Connection) -> Found:
        left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        shared.begin(self.met, name)
        found = look()
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(pipe, Told(name, found))
        signal.setitimer(signal.ITIMER_VIRTUAL, left)
        return found


def _started(
    work: Work, known: list[Told], shared: Shared, seconds: float, megabytes: int
) -> tuple[int, Connection] | None:
    """The number of a process that does the work, and the pipe from which it is heard; nothing where there is none."""
    if not hasattr(os, "fork"):
        return None
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
        return None
    if number:
        os.close(writing)
        return number, Connection(reading, writable=False)
    os.close(reading)
    pipe = Connection(writing, readable=False)
    return _do(work, Apart(seconds, known, shared, pipe), pipe, megabytes)


def _do(work: Work, process: Apart, pipe: Connection, megabytes: int) -> NoReturn:
    """In the process of its own: do the work, hand over what comes of it, and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that waits
    for each in (signal.SIGALRM, signal.SIGVTALRM):
        signal.signal(each, signal.SIG_DFL)
    limit_memory(megabytes)
    gc.freeze()  # what is there already stays, and need not be gone through whenever garbage is collected
    code = 1
    try:
        result = json.dumps(work(process))
        process.comes_to("", limited=False)
        _send(pipe, result)
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:
        error = sys.exception()
        if error is not None:
            traceback.print_exception(error)
            sys.stderr.flush()
        os._exit(code)


def _send(pipe: Connection, what: Told | str) -> None:
    """Hand something over; where nobody waits for it any longer, end."""
    try:
        pipe.send(what)
    except OSError:
        os._exit(0)


def _heard(number: int, pipe: Connection, known: list[Told], told: Callable[[], None]) -> str | int:
    """What came of the work, or with what status its process ended; what it has found is noted on the way."""
    result, has_ended = None, False
    try:
        while (message := _received(pipe)) is not None:
            if isinstance(message, str):
                result = message
                break
            known.append(message)
            told()
        has_ended = True
    finally:
        if not has_ended:
            os.kill(number, signal.SIGKILL)
        pipe.close()
        _, status = os.waitpid(number, 0)
    return status if result is None else result


def _received(pipe: Connection) -> Told | str | None:
    """What was handed over; nothing where the other process has ended."""
    try:
        return cast("Told | str", pipe.recv())
    except (EOFError, OSError):
        return None


def _why(code: int, seconds: float, megabytes: int) -> Lost:
    """Why a process ended with a code."""
    match -code:
        case signal.SIGALRM | signal.SIGVTALRM:
            return Lost(killed=True, says=f"it took more than {seconds:g} seconds")
        case signal.SIGKILL:
            return Lost(killed=True, says="it was killed, as happens where memory is short")
        case _ if code == OUT_OF_MEMORY:
            return Lost(killed=True, says=f"it took more than {allowed(megabytes)} MB")
        case _:
            return Lost(killed=False, says=f"the process that worked on it ended with code {code}")
