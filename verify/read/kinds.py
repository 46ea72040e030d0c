"""Kinds: what the file of an assignment says that a name is, such as ``d x k`` or ``function of y``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.subscripts import children
from verify.read.syntax import Scripted, Symbol, Syntax
from verify.read.tokens import tokenize


@dataclass(frozen=True)
class Tensor:
    """A scalar (no axes), a column, a row or a matrix."""

    axes: tuple[Syntax, ...]
    positive: bool = False


@dataclass(frozen=True)
class OneHot:
    """The column with a 1 at an index and 0 elsewhere."""

    axis: Syntax
    at: str


@dataclass(frozen=True)
class AllOnes:
    """The column of ones."""

    axis: Syntax


@dataclass(frozen=True)
class IsDimension:
    """A dimension."""


@dataclass(frozen=True)
class Over:
    """An index that runs over a dimension."""

    axis: Syntax


@dataclass(frozen=True)
class FunctionOf:
    """A scalar that depends on these names, in an unknown way."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class AnyFunction:
    """Any smooth function of a number, applied to each entry."""


Kind = Tensor | OneHot | AllOnes | IsDimension | Over | FunctionOf | AnyFunction

KINDS = (
    "scalar",
    "positive scalar",
    "D",
    "1 x D",
    "D x E",
    "dimension",
    "index D",
    "function of y",
    "elementwise function",
    "D one-hot at o",
    "D all ones",
)
WORDS = (
    "scalar",
    "positive",
    "dimension",
    "index",
    "function",
    "of",
    "elementwise",
    "one-hot",
    "at",
    "all",
    "ones",
    "x",
)


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
        case "scalar":
            return Tensor(())
        case "positive scalar":
            return Tensor((), positive=True)
        case "dimension":
            return IsDimension()
        case "elementwise function":
            return AnyFunction()
        case _:
            return _longer(words)


def _longer(words: str) -> Kind:
    if match := re.fullmatch(r"function of (.+)", words):
        return FunctionOf(tuple(name.strip() for name in re.split(r",| and ", match[1])))
    if match := re.fullmatch(r"index (.+)", words):
        return Over(_axis(match[1], words))
    if match := re.fullmatch(r"(.+) one-hot at (.+)", words):
        return OneHot(_axis(match[1], words), match[2].strip())
    if match := re.fullmatch(r"(.+) all ones", words):
        return AllOnes(_axis(match[1], words))
    axes = [_axis(axis, words) for axis in re.split(r"\s+(?:x|×|\\times)\s+", words)]
    if len(axes) > 2:
        raise ReadError(f"unknown kind {words!r}: a shape has one axis or two")
    return Tensor((axes[0], parse(tokenize("1"))) if len(axes) == 1 else (axes[0], axes[1]))


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
