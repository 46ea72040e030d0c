"""What sampling can say of a link, and of a witness against it."""

from __future__ import annotations

from dataclasses import dataclass

from verify.sample.compare import Separated
from verify.sample.points import Point
from verify.sample.tensor import Array

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sampled:
    """The sides agreed at so many points inside the domain."""

    points: int
    max_relative_error: float


@dataclass(frozen=True)
class Disagreement:
    """A small point at which the sides differ; inputs are rationals row by row, functions in words.

    ``entry`` is the place in the sides, counted from 1, if they are tensors.
    """

    sizes: tuple[tuple[str, int], ...]
    indices: tuple[tuple[str, int], ...]
    inputs: tuple[tuple[str, Rows], ...]
    left: float
    right: float
    entry: tuple[int, ...] = ()
    functions: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        parts = [f"{name} = {number}" for name, number in (*self.sizes, *self.indices)]
        parts += [f"{name} = {_text(rows)}" for name, rows in self.inputs]
        parts += [f"{name}(t) = {text}" for name, text in self.functions]
        where = f" in entry {self.entry}" if self.entry else ""
        return f"for {', '.join(parts) or 'all values'}: left {self.left:.6g}, right {self.right:.6g}{where}"


@dataclass(frozen=True)
class NotSampled:
    """It could not be sampled, in words."""

    why: str


Sampling = Sampled | Disagreement | NotSampled


@dataclass(frozen=True)
class Differs:
    """The witness stands: the sides have these values there."""

    left: float
    right: float


@dataclass(frozen=True)
class Agrees:
    """The witness is wrong: the sides agree there, up to this relative error."""

    relative_error: float


@dataclass(frozen=True)
class Inadmissible:
    """The witness is wrong: it lies outside the domain, or does not meet the hypotheses."""

    why: str


@dataclass(frozen=True)
class CannotTell:
    """The witness could not be judged."""

    why: str


Second = Differs | Agrees | Inadmissible | CannotTell


def disagreement(point: Point, found: Separated) -> Disagreement:
    """The point at which the sides were found to differ, in readable form."""
    shown = {name: point.ground.shown.get(name, name.symbol) for name in point.inputs}
    return Disagreement(
        sizes=tuple(point.sizes.items()),
        indices=found.indices,
        inputs=tuple((shown[name], _in_rows(entries)) for name, entries in point.inputs.items()),
        left=found.left,
        right=found.right,
        entry=found.entry,
        functions=tuple((symbol, str(smooth)) for symbol, smooth in point.functions.items()),
    )


def _in_rows(entries: Array) -> Rows:
    rows = entries.reshape((entries.shape[0], -1)) if entries.ndim else entries.reshape((1, 1))
    return tuple(tuple(str(number) for number in row) for row in rows)


def _text(rows: Rows) -> str:
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    if all(len(row) == 1 for row in rows):
        return f"({', '.join(row[0] for row in rows)})"
    return f"[{'; '.join(' '.join(row) for row in rows)}]"
