"""Processes that answer questions side by side; one that hangs, grows or dies costs what it was working on.

While it works, a process tells what it is about to do. Each of these has its own limit of time, so that it is known
what a process was killed for.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")

OUT_OF_MEMORY = 77
MEGABYTE = 1 << 20

Announce = Callable[[str], object]


@dataclass(frozen=True)
class Lost:
    """No answer came: what the process was doing last, why it ended, and whether it was ``killed`` or broke."""

    doing: str | None
    says: str
    killed: bool = True


@dataclass
class _Slot(Generic[Question]):
    """A process, the question that it works on, what it is doing, and by when it must say something, or be done."""

    process: BaseProcess
    pipe: Connection
    question: Question
    doing: str | None
    deadline: float
    end: float


class Pool(Generic[Question, Answer]):
    """Asks ``answer``, a function of a module, in so many processes."""

    def __init__(
        self, answer: Callable[[Question, Announce], Answer], jobs: int, *, seconds: float, most: float, megabytes: int
    ) -> None:
        self.answer, self.jobs = answer, jobs
        self.seconds, self.most, self.megabytes = seconds, most, megabytes
        self.idle: list[tuple[BaseProcess, Connection]] = []
        self.busy: list[_Slot[Question]] = []

    def answers(
        self,
        questions: Iterable[Question],
        again: Callable[[Question, Lost], Question | None],
    ) -> Iterator[tuple[Question, Answer | Lost]]:
        """The answers as they come; ``again`` says what to ask instead where one was lost, if anything."""
        waiting: deque[Question] = deque()
        source = iter(questions)
        try:
            while True:
                while len(self.busy) < self.jobs:
                    question = waiting.popleft() if waiting else next(source, None)
                    if question is None:
                        break
                    self._ask(question)
                if not self.busy:
                    return
                for slot, found in self._ready():
                    retry = again(slot.question, found) if isinstance(found, Lost) else None
                    if retry is None:
                        yield slot.question, found
                    else:
                        waiting.append(retry)
        finally:
            self._stop()

    def _ask(self, question: Question) -> None:
        process, pipe = self.idle.pop() if self.idle else self._started()
        now = monotonic()
        slot = _Slot(process, pipe, question, None, now + min(self.seconds, self.most), now + self.most)
        self.busy.append(slot)
        try:
            pipe.send(question)
        except OSError:
            return

    def _ready(self) -> Iterator[tuple[_Slot[Question], Answer | Lost]]:
        """What has come from the processes by now, or has been given up."""
        left = min(slot.deadline for slot in self.busy) - monotonic()
        ready = wait([slot.pipe for slot in self.busy], max(0.0, left))
        for slot in [each for each in self.busy if each.pipe in ready]:
            try:
                kind, value = slot.pipe.recv()
            except (EOFError, OSError):
                yield slot, self._died(slot)
                continue
            if kind == "doing":
                slot.doing, slot.deadline = value, min(monotonic() + self.seconds, slot.end)
            else:
                self.busy.remove(slot)
                self.idle.append((slot.process, slot.pipe))
                yield slot, value
        for slot in [each for each in self.busy if each.deadline <= monotonic() and not each.pipe.poll()]:
            self.busy.remove(slot)
            _end(slot.process, slot.pipe)
            over = slot.end <= monotonic()
            says = f"it took more than {self.most if over else self.seconds:g} seconds"
            yield slot, Lost(None if over else slot.doing, says)

    def _died(self, slot: _Slot[Question]) -> Lost:
        self.busy.remove(slot)
        slot.process.join(5)
        code = slot.process.exitcode
        _end(slot.process, slot.pipe)
        if code == OUT_OF_MEMORY:
            return Lost(slot.doing, f"it took more than {self.megabytes} MB")
        killed = code is not None and code < 0
        return Lost(slot.doing, f"the process that worked on it ended with code {code}", killed)

    def _started(self) -> tuple[BaseProcess, Connection]:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
        ours, theirs = context.Pipe()
        others = [each for _, each in self.idle] + [each.pipe for each in self.busy] + [ours]
        process = context.Process(target=_work, args=(theirs, others, self.answer, self.megabytes), daemon=True)  # type: ignore[attr-defined]
        sys.stdout.flush()
        sys.stderr.flush()
        process.start()
        theirs.close()
        return process, ours

    def _stop(self) -> None:
        for process, pipe in [*self.idle, *((slot.process, slot.pipe) for slot in self.busy)]:
            _end(process, pipe)
        self.idle, self.busy = [], []


def _end(process: BaseProcess, pipe: Connection) -> None:
    pipe.close()
    process.kill()
    process.join()


def _work(
    pipe: Connection, others: list[Connection], answer: Callable[[Question, Announce], Answer], megabytes: int
) -> None:
    """What a process does: answers until nobody asks. It leaves Ctrl-C to the one that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in others:
        each.close()
    _limit(megabytes)
    try:
        while True:
            question = pipe.recv()
            pipe.send(("answer", answer(question, lambda doing: pipe.send(("doing", doing)))))
    except (EOFError, OSError):
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _limit(megabytes: int) -> None:
    """No more memory than this, and no file of its own."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
