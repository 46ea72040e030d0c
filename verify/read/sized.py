r"""Names whose size is told by where they stand, or by a subscript: ``\mathbf{1}``, ``\mathbf{0}``, ``I``, ``I_n``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verify.language import Defined, Expression, Index, identity, ones, vector_of


def zeros(dimension: Expression) -> Expression:
    """The column of zeros."""
    return Defined(r"\mathbf{0}", vector_of(Index("i", dimension), 0))


SIZED: Mapping[str, Callable[[Expression], Expression]] = {
    r"\mathbf{1}": ones,
    r"\mathbb{1}": ones,
    r"\mathbf{0}": zeros,
    r"\mathbb{0}": zeros,
    "I": identity,
    r"\mathbf{I}": identity,
    r"\mathbb{I}": identity,
}


def called(key: str) -> str:
    """What a name is called in a sentence."""
    return "identity" if "I" in key else "vector of ones" if "1" in key else "vector of zeros"
