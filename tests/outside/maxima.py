"""Maxima, as a process that is sent one formula at a time and given so many seconds to answer."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from collections.abc import Mapping
from types import TracebackType

import sympy
from sympy.core.basic import Basic

SECONDS = 8.0
DONE = "answered"
PRELUDE = "display2d:false$ ratprint:false$ fpprec:80$ linel:100000$ numer_pbranch:false$\n"


class Silent(Exception):
    """Maxima did not answer in time, or with an error."""


class Unprinted(Exception):
    """A form that we do not print for Maxima: says which."""


class Maxima:
    """A session; it is begun anew where it did not answer in time."""

    def __init__(self) -> None:
        path = shutil.which("maxima")
        if path is None:
            raise FileNotFoundError("maxima is not installed")
        self.path = path
        self.process = self._begun()

    def __enter__(self) -> Maxima:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def ask(self, formula: str) -> str:
        """What Maxima prints for a formula, on one line. Raises :class:`Silent`."""
        assert self.process.stdin is not None
        self.process.stdin.write(
            f'block([found: errcatch({formula})], print(string(found)), print("{DONE}"))$\n'.encode()
        )
        self.process.stdin.flush()
        told = self._read(SECONDS)
        if told is None:
            self._end()
            self.process = self._begun()
            raise Silent("no answer in time")
        answer = told.replace("\n", "").replace("\\", "").strip()
        if not (answer.startswith("[") and answer.endswith("]")) or answer == "[]":
            raise Silent(f"an error: {answer[:80]}")
        return answer[1:-1]

    def _begun(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [self.path, "--very-quiet"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdin is not None
        process.stdin.write(PRELUDE.encode())
        return process

    def _read(self, seconds: float) -> str | None:
        """All that is printed before the word that ends an answer."""
        assert self.process.stdout is not None
        held, ends = b"", time.monotonic() + seconds
        while DONE.encode() not in held:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, ends - time.monotonic()))
            piece = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not piece:
                return None
            held += piece
        return held.decode("utf-8", "replace").partition(DONE)[0]

    def _end(self) -> None:
        self.process.kill()
        self.process.communicate()


def printed(e: Basic, names: Mapping[Basic, str]) -> str:
    """A SymPy expression in Maxima's syntax, from a closed list of forms. Raises :class:`Unprinted`."""
    match e:
        case sympy.Symbol():
            return names[e]
        case sympy.Rational():
            return f"({e.p}/{e.q})"
        case sympy.Add():
            return "(" + "+".join(printed(part, names) for part in e.args) + ")"
        case sympy.Mul():
            return "(" + "*".join(printed(part, names) for part in e.args) + ")"
        case sympy.exp():
            return f"exp({printed(e.args[0], names)})"
        case sympy.log():
            return f"log({printed(e.args[0], names)})"
        case sympy.Max():
            return "max(" + ",".join(printed(part, names) for part in e.args) + ")"
        case sympy.Pow():
            base, power = (printed(part, names) for part in e.args)
            return f"({base}^{power})"
        case _ if e == sympy.E:
            return "%e"
        case _:
            raise Unprinted(type(e).__name__)
