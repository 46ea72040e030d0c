"""Verdicts: a closed union of frozen values, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from verify.language.display import mimebundle
from verify.language.expression import Expression
from verify.language.link import Interval, Link
from verify.language.shape import Shape, describe


@dataclass(frozen=True)
class Nonzero:
    """A condition: this is not zero."""

    expression: Expression

    def __str__(self) -> str:
        return rf"{self.expression} \ne 0"


@dataclass(frozen=True)
class Positive:
    """A condition: this is positive."""

    expression: Expression

    def __str__(self) -> str:
        return f"{self.expression} > 0"


@dataclass(frozen=True)
class Invertible:
    """A condition: this matrix has an inverse."""

    matrix: Expression

    def __str__(self) -> str:
        return rf"{self.matrix} \text{{ is invertible}}"


@dataclass(frozen=True)
class AtLeast:
    """A condition: this dimension is at least so large."""

    dimension: str
    bound: int

    def __str__(self) -> str:
        return rf"{self.dimension} \ge {self.bound}"


Condition = Nonzero | Positive | Invertible | AtLeast


@dataclass(frozen=True)
class Replay:
    """What a proof was replayed on: instances at which both sides were evaluated and agree."""

    instances: int
    arithmetic: Literal["modular", "balls"]
    sizes: tuple[str, ...]


@dataclass(frozen=True)
class Cutoff:
    """A proof by all small sizes: the largest size of each dimension that had to be tried, and the instances."""

    sizes: tuple[tuple[str, int], ...]
    instances: int


@dataclass(frozen=True)
class Induction:
    """A proof by induction: over what, the first statement, the hypothesis, and the step; in words, or in LaTeX.

    ``parts`` are the ordinary statements that it rests on: those of small depths, and the step for unknown
    tensors.
    """

    over: str
    first: str
    hypothesis: str
    step: str
    parts: tuple[Link, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Proved:
    """True for every admissible value and dimension, wherever both sides are defined."""

    _repr_mimebundle_ = mimebundle

    method: str
    conditions: tuple[Condition, ...]
    replay: Replay
    cutoff: Cutoff | None = None
    exact_range: Interval | None = None
    attained: tuple[str, ...] = ()
    induction: Induction | None = None


@dataclass(frozen=True)
class Chance:
    """Random entries that are drawn together, each named with its place, and what comes of it: probability and values.

    >>> print(Chance((("w", (1,)),), (("1/2", ("-1",)), ("1/2", ("1",)))))
    w_1 in {-1, 1}, each with probability 1/2
    >>> print(Chance((("x", ()), ("y", ())), (("1/3", ("2", "2")), ("2/3", ("-1", "0")))))
    (x, y) = (2, 2) with probability 1/3, (-1, 0) with probability 2/3
    """

    entries: tuple[tuple[str, tuple[int, ...]], ...]
    outcomes: tuple[tuple[str, tuple[str, ...]], ...]

    def __str__(self) -> str:
        named = _tuple([_entry(symbol, place) for symbol, place in self.entries])
        values = [_tuple(list(each)) for _, each in self.outcomes]
        probabilities = {probability for probability, _ in self.outcomes}
        if len(values) == 1:
            return f"{named} = {values[0]} always"
        if len(probabilities) == 1:
            return f"{named} in {{{', '.join(values)}}}, each with probability {probabilities.pop()}"
        pairs = zip(values, self.outcomes, strict=True)
        return f"{named} = {', '.join(f'{value} with probability {chance}' for value, (chance, _) in pairs)}"


@dataclass(frozen=True)
class Witness:
    r"""A point at which a link fails: sizes, index values, rational inputs, functions, and both values there.

    Inputs are matrices of exact rationals, row by row, a scalar being 1 x 1. Unknown functions of a
    number are polynomials, given by their coefficients from the constant one up; a quantity J that
    depends on y is linear in it, and its gradient stands among the inputs as ``\frac{\partial J}{\partial y}``.
    Random entries have the distributions in ``chances``, different chances being independent.
    """

    sizes: tuple[tuple[str, int], ...]
    indices: tuple[tuple[str, int], ...]
    inputs: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    functions: tuple[tuple[str, tuple[int, ...]], ...]
    left: str
    right: str
    chances: tuple[Chance, ...] = ()

    def __str__(self) -> str:
        parts = [f"{name} = {value}" for name, value in (*self.sizes, *self.indices)]
        parts += [f"{name} = {_array(rows)}" for name, rows in self.inputs]
        parts += [f"{name}(t) = {polynomial_text(coefficients)}" for name, coefficients in self.functions]
        if self.chances:
            parts = [", ".join(parts)] * bool(parts) + [str(chance) for chance in self.chances]
            return f"for {'; '.join(parts)}: left {self.left}, right {self.right}"
        values = f"left {self.left}, right {self.right}"
        return f"for {', '.join(parts)}: {values}" if parts else values


@dataclass(frozen=True)
class Refuted:
    """False: the witness shows it."""

    _repr_mimebundle_ = mimebundle

    witness: Witness
    holds_if: str | None = None


@dataclass(frozen=True)
class Misshapen:
    """The shapes or the indices do not fit."""

    _repr_mimebundle_ = mimebundle

    reason: Literal["shape", "unbound-index", "index-range"]
    says: str
    expected: Shape | None = None
    actual: Shape | None = None
    transposed: bool = False

    def __str__(self) -> str:
        return self.says + (" (its transpose would fit)" if self.transposed else "")


@dataclass(frozen=True)
class Unreadable:
    """We could not read it."""

    _repr_mimebundle_ = mimebundle

    line: int
    column: int
    source: str
    says: str
    expected: str | None = None
    known: tuple[str, ...] = ()


Doubt = Literal["no-proof", "budget", "killed", "ambiguous", "relation", "nowhere-defined"]


@dataclass(frozen=True)
class Undecided:
    """Neither proof nor counterexample: not an endorsement."""

    _repr_mimebundle_ = mimebundle

    reason: Doubt
    says: str
    residual: str | None = None
    tried: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Stated:
    """A definition, a hypothesis or prose: nothing to check."""

    _repr_mimebundle_ = mimebundle

    introduces: str


Verdict = Proved | Refuted | Misshapen | Unreadable | Undecided | Stated


def word(verdict: Verdict) -> str:
    """The verdict in one word, as it is written in JSON: ``proved``, ``refuted`` and so on."""
    return type(verdict).__name__.lower()


def shape_words(shape: Shape | None) -> str | None:
    """A shape in words, if there is one."""
    return None if shape is None else describe(shape)


def _array(rows: tuple[tuple[str, ...], ...]) -> str:
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    if all(len(row) == 1 for row in rows):
        return f"({', '.join(row[0] for row in rows)})"
    return f"[{'; '.join(' '.join(row) for row in rows)}]"


def _entry(symbol: str, place: tuple[int, ...]) -> str:
    joined = ("" if max(place, default=1) < 10 else ", ").join(map(str, place))
    return f"{symbol}_{joined}" if len(joined) == 1 else f"{symbol}_{{{joined}}}" if joined else symbol


def _tuple(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def polynomial_text(coefficients: tuple[int, ...]) -> str:
    """A polynomial in t, its highest power first.

    >>> polynomial_text((0, -1, 0, 1))
    't^3 - t'
    """
    text = ""
    for power in reversed(range(len(coefficients))):
        coefficient = coefficients[power]
        if coefficient:
            factor = "" if abs(coefficient) == 1 and power else str(abs(coefficient))
            monomial = "" if power == 0 else "t" if power == 1 else f"t^{power}"
            sign = ("-" if coefficient < 0 else "") if not text else (" - " if coefficient < 0 else " + ")
            text += sign + factor + monomial
    return text or "0"
