"""Kinds: what the file of an assignment says that a name is, such as ``d x k`` or ``function of y``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.subscripts import children
from verify.read.syntax import Scripted, Symbol, Syntax
from verify.read.tokens import tokenize

Adjective = Literal["positive", "invertible", "symmetric", "diagonal", "random", "independent"]
ADJECTIVES: tuple[Adjective, ...] = ("positive", "invertible", "symmetric", "diagonal", "random", "independent")
OF_SQUARES = frozenset({"invertible", "symmetric", "diagonal"})


@dataclass(frozen=True)
class Tensor:
    """A scalar (no axes), a column, a row or a matrix, with what is said of it; mean and variance of each entry."""

    axes: tuple[Syntax, ...]
    adjectives: frozenset[str] = frozenset()
    mean: str | None = None
    variance: str | None = None


@dataclass(frozen=True)
class OneHot:
    """The column with a 1 at an index and 0 elsewhere."""

    axis: Syntax
    at: str


@dataclass(frozen=True)
class OneHotRows:
    """A matrix with one 1 in each row, and 0 elsewhere."""

    axes: tuple[Syntax, Syntax]


@dataclass(frozen=True)
class Distribution:
    """A column of numbers that are not negative, and sum to 1."""

    axis: Syntax


@dataclass(frozen=True)
class AllOnes:
    """The column of ones."""

    axis: Syntax


@dataclass(frozen=True)
class IsDimension:
    """A dimension."""


@dataclass(frozen=True)
class Over:
    """An index that runs over a dimension, from 1 or from 0."""

    axis: Syntax
    start: int = 1


@dataclass(frozen=True)
class SliceOf:
    """A family of vectors, the columns or the rows of a matrix; a row is a column unless it ``lies``."""

    matrix: str
    of_rows: bool
    lies: bool = False


@dataclass(frozen=True)
class FunctionOf:
    """A scalar that depends on these names, in an unknown way; or a column of such, where there is an axis."""

    names: tuple[str, ...]
    axis: Syntax | None = None


@dataclass(frozen=True)
class AnyFunction:
    """Any smooth function of a number, applied to each entry."""


@dataclass(frozen=True)
class FamilyOf:
    """A tensor for each value of an index, which stands above it: a layer, a step, a sample."""

    member: Tensor
    index: str


Kind = (
    Tensor
    | OneHot
    | OneHotRows
    | Distribution
    | AllOnes
    | IsDimension
    | Over
    | SliceOf
    | FunctionOf
    | AnyFunction
    | FamilyOf
)

KINDS = (
    "scalar",
    "D",
    "1 x D",
    "D x E",
    "dimension",
    "index D",
    "index D from 0",
    "function of y",
    "vector D function of y",
    "elementwise function",
    "column of U",
    "column of U^T",
    "row of V",
    "D one-hot at o",
    "D x E one-hot rows",
    "D distribution",
    "D all ones",
    "D x E for l",
    *ADJECTIVES,
)
WORDS = (
    *("scalar", "vector", "dimension", "index", "function", "elementwise", "one-hot", "rows", "distribution", "ones"),
    *("column", "row", "all", "from", "for", "with", "mean", "variance", *ADJECTIVES),
)
WITH = re.compile(r"(.+?) with (mean|variance) ([^,]+?)(?:(?:,| and)\s*(mean|variance) ([^,]+))?")


def kind(text: str) -> Kind:
    """The kind that a text names.

    Raises :class:`ReadError` with the nearest right word where it names none.

    >>> kind("function of y, W").names
    ('y', 'W')
    >>> kind("positive scaler")
    Traceback (most recent call last):
    verify.read.errors.ReadError: 1:1: unknown kind 'positive scaler': did you mean 'scalar'?
    """
    words = " ".join(text.split())
    match words:
        case "dimension":
            return IsDimension()
        case "elementwise function":
            return AnyFunction()
        case _:
            return _function(words) or _special(words) or _family(words) or _tensor(words, words)


def _function(words: str) -> Kind | None:
    if match := re.fullmatch(r"(?:vector (?P<axis>.+) )?function of (?P<names>.+)", words):
        names = tuple(name.strip() for name in re.split(r",| and ", match["names"]))
        return FunctionOf(names, None if match["axis"] is None else _axis(match["axis"], words))
    if match := re.fullmatch(r"(column|row) of (\S+?)(\^T|\^\\top|\^\{\\top\}|\^\{T\})?", words):
        if match[1] == "row":
            return SliceOf(match[2], match[3] is None, lies=True)
        return SliceOf(match[2], match[3] is not None)
    return None


def _special(words: str) -> Kind | None:
    if match := re.fullmatch(r"index (.+?)(?: from ([01]))?", words):
        return Over(_axis(match[1], words), int(match[2] or 1))
    if match := re.fullmatch(r"(.+) one-hot at (.+)", words):
        return OneHot(_axis(match[1], words), match[2].strip())
    if match := re.fullmatch(r"(.+) one-hot rows", words):
        rows, columns = _axes(match[1], words, 2)
        return OneHotRows((rows, columns))
    if match := re.fullmatch(r"(.+) all ones", words):
        return AllOnes(_axis(match[1], words))
    if match := re.fullmatch(r"(.+) distribution", words):
        return Distribution(_axis(match[1], words))
    return None


def _family(words: str) -> Kind | None:
    match = re.fullmatch(r"(.+) for ([A-Za-z])", words)
    return None if match is None else FamilyOf(_tensor(match[1], words), match[2])


def _tensor(text: str, whole: str) -> Tensor:
    """Adjectives, a shape, and what is said of mean and variance."""
    moments: dict[str, str] = {}
    if match := WITH.fullmatch(text):
        text = match[1]
        said = match.groups()
        moments = {name: value.strip() for name, value in zip(said[1::2], said[2::2], strict=True) if name}
    adjectives: set[str] = set()
    first, _, rest = text.partition(" ")
    while first.rstrip(",") in ADJECTIVES and rest:
        adjectives.add(first.rstrip(","))
        first, _, rest = rest.partition(" ")
    shape = f"{first} {rest}".strip()
    tensor = Tensor(() if shape == "scalar" else _axes(shape, whole), frozenset(adjectives), **moments)
    if moments and not adjectives & {"random", "independent"}:
        raise ReadError(f"{next(iter(moments))} of what is not random: expected 'random {shape} with …'")
    return tensor


def _axes(text: str, whole: str, many: int | None = None) -> tuple[Syntax, ...]:
    axes = [_axis(axis, whole) for axis in re.split(r"\s+(?:x|×|\\times)\s+", text)]
    if len(axes) > 2 or (many is not None and len(axes) != many):
        raise ReadError(f"unknown kind {whole!r}: a shape has {'one axis or two' if many is None else 'two axes here'}")
    return (axes[0], parse(tokenize("1"))) if len(axes) == 1 else tuple(axes)


def _axis(text: str, kind_text: str) -> Syntax:
    """A dimension as it is written in a shape: a name, a number, or a small expression."""
    plain = not re.search(r"[A-Za-z-]{3,}|[A-Za-z] [A-Za-z]", re.sub(r"\\[A-Za-z]+", "", text))
    if plain:
        try:
            return parse(tokenize(text))
        except ReadError as error:
            raise ReadError(f"unknown kind {kind_text!r}: {error.says} in the shape {text!r}") from error
    near = [match for word in re.findall(r"[A-Za-z-]+", kind_text) for match in get_close_matches(word, WORDS, 1, 0.7)]
    others = [word for word in near if word not in kind_text.split()]
    hint = f"did you mean {others[0]!r}?" if others else f"expected one of {', '.join(KINDS)}"
    raise ReadError(f"unknown kind {kind_text!r}: {hint}")


def dimension_names(node: Syntax) -> tuple[Symbol | Scripted, ...]:
    """The names that stand in a dimension."""
    if isinstance(node, Symbol | Scripted):
        return (node,)
    return tuple(name for child in children(node) for name in dimension_names(child))
