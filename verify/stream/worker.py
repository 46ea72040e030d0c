"""A process that answers questions one by one; where it dies, or takes too long, another takes its place."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")

OUT_OF_MEMORY = 77
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Lost:
    """No answer came: the process was ``killed`` for its time or memory, or else it broke, by an error of ours."""

    killed: bool
    says: str


class Worker(Generic[Question, Answer]):
    """Asks ``answer``, a function of a module, in a process of its own.

    >>> with Worker(len, seconds=60, megabytes=2000) as worker:
    ...     worker.ask("abc")
    3
    """

    def __init__(self, answer: Callable[[Question], Answer], *, seconds: float, megabytes: int) -> None:
        self.answer, self.seconds, self.megabytes = answer, seconds, megabytes
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Worker[Question, Answer]:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def ask(self, question: Question) -> Answer | Lost:
        """The answer to a question, or why there is none."""
        pipe = self._started()
        try:
            pipe.send(question)
            if not pipe.poll(self.seconds):
                self._stop()
                return Lost(killed=True, says=f"it took more than {self.seconds:g} seconds")
            answer: Answer = pipe.recv()
            return answer
        except (EOFError, OSError):
            return self._died()

    def _started(self) -> Connection:
        if self._pipe is None:
            methods = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(  # type: ignore[attr-defined]
                target=_answer_all, args=(theirs, self._pipe, self.answer, self.megabytes), daemon=True
            )
            sys.stdout.flush()
            self._process.start()
            theirs.close()
        return self._pipe

    def _died(self) -> Lost:
        assert self._process is not None
        self._process.join(5)
        code = self._process.exitcode
        self._stop()
        if code == OUT_OF_MEMORY:
            return Lost(killed=True, says=f"it took more than {allowed(self.megabytes)} MB")
        return Lost(killed=False, says=f"the process that worked on it ended with code {code}")

    def _stop(self) -> None:
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def _answer_all(pipe: Connection, other: Connection, answer: Callable[[Question], Answer], megabytes: int) -> None:
    """What the process does: answers until nobody asks."""
    other.close()
    limit_memory(megabytes)
    gc.freeze()  # what is there already stays, and need not be gone through whenever garbage is collected
    try:
        while True:
            pipe.send(answer(pipe.recv()))
    except (EOFError, KeyboardInterrupt):
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def limit_memory(megabytes: int) -> None:
    """No more memory than this, nor than was allowed before."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (allowed(megabytes) * MEGABYTE, hard))


def allowed(megabytes: int) -> int:
    """So many megabytes, or fewer where a limit was set before."""
    if sys.platform != "linux":
        return megabytes
    import resource

    limits = resource.getrlimit(resource.RLIMIT_AS)
    return min([megabytes, *(each // MEGABYTE for each in limits if each >= 0)])
