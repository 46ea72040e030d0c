"""Processes that answer questions side by side; one that hangs, grows or dies costs what it was working on.

While it works, a process tells what it is about to find, and finds it only if no other has. Each of these has its own
limit of time, so that it is known what a process was killed for.
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

from verify.grade.once import Findings, Lost, Once, through

Question = TypeVar("Question")
Answer = TypeVar("Answer")

OUT_OF_MEMORY = 77
WATCH = 2.0
MEGABYTE = 1 << 20


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
        self, answer: Callable[[Question, Once], Answer], jobs: int, *, seconds: float, most: float, megabytes: int
    ) -> None:
        self.answer, self.jobs = answer, jobs
        self.seconds, self.most, self.megabytes = seconds, most, megabytes
        self.idle: list[tuple[BaseProcess, Connection]] = []
        self.busy: list[_Slot[Question]] = []
        self.findings = Findings()

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
                packed = slot.pipe.recv_bytes() if kind == "found" else b""
            except (EOFError, OSError):
                yield slot, self._died(slot)
                continue
            if kind == "doing":
                waits = self.findings.asked(value, slot.pipe)
                slot.doing, slot.deadline = (None, slot.end) if waits else (value, self._deadline(slot))
            elif kind == "found":
                slot.doing, slot.deadline = None, self._deadline(slot)
                self._go_on(self.findings.found(value, packed))
            else:
                self.busy.remove(slot)
                self.idle.append((slot.process, slot.pipe))
                yield slot, value
        for slot in [each for each in self.busy if each.deadline <= monotonic() and not each.pipe.poll()]:
            over = slot.end <= monotonic()
            says = f"it took more than {self.most if over else self.seconds:g} seconds"
            yield slot, self._lost(slot, None if over else slot.doing, says)

    def _deadline(self, slot: _Slot[Question]) -> float:
        return min(monotonic() + self.seconds, slot.end)

    def _go_on(self, told: list[Connection]) -> None:
        """Those who waited for another have their time again."""
        for slot in self.busy:
            if slot.pipe in told:
                slot.deadline = self._deadline(slot)

    def _died(self, slot: _Slot[Question]) -> Lost:
        slot.process.join(5)
        code = slot.process.exitcode
        if code == OUT_OF_MEMORY:
            return self._lost(slot, slot.doing, f"it took more than {self.megabytes} MB")
        killed = code is not None and code < 0
        return self._lost(slot, slot.doing, f"the process that worked on it ended with code {code}", killed=killed)

    def _lost(self, slot: _Slot[Question], doing: str | None, says: str, *, killed: bool = True) -> Lost:
        """End a process; what it was doing is given up for all."""
        self.busy.remove(slot)
        self.findings.gone(slot.pipe)
        _end(slot.process, slot.pipe)
        if slot.doing is not None:
            self._go_on(self.findings.gave_up(slot.doing, says))
        return Lost(doing, says, killed)

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
    pipe: Connection, others: list[Connection], answer: Callable[[Question, Once], Answer], megabytes: int
) -> None:
    """What a process does: answers until nobody asks. It leaves Ctrl-C to the one that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in others:
        each.close()
    _end_with(os.getppid())
    _limit(megabytes)
    once = through(pipe)
    try:
        while True:
            question = pipe.recv()
            pipe.send(("answer", answer(question, once)))
    except (EOFError, OSError):
        pass
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _end_with(parent: int) -> None:
    """Where the parent was killed, end as well, whatever is being done; every now and then this is looked after."""

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, WATCH, WATCH)


def _limit(megabytes: int) -> None:
    """No more memory than this, and no file of its own."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
