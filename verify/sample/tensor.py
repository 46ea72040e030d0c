"""The small arithmetic that a tree is evaluated in: arrays of numbers, each with a bound of its error.

Two arithmetics have this form: float64 with a running error bound (:mod:`.floats`), and Arb balls of any
precision (:mod:`.balls`). The walk over the tree does not know which of them it uses.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Mask = NDArray[np.bool_]


class Unsampled(Exception):
    """This cannot be evaluated numerically, at any point: says why."""


class TooLarge(Exception):
    """Here this would take more values than we spend; a point of smaller size may do."""


class Outside(Exception):
    """This point lies outside the domain: an index out of range, or a maximum over nothing."""


@dataclass(frozen=True)
class Comparison:
    """What the error bounds say of two arrays, entry by entry; an entry that no mask has is not told."""

    outside: Mask
    differ: Mask
    agree: Mask
    relative_error: float

    def where(self, meant: Mask) -> Comparison:
        """The comparison with all other entries left outside."""
        outside = self.outside | ~np.broadcast_to(meant, np.broadcast_shapes(meant.shape, self.outside.shape))
        return Comparison(outside, self.differ & ~outside, self.agree & ~outside, self.relative_error)


T = TypeVar("T", bound="Tensor")


class Tensor(ABC):
    """An array of numbers with error bounds."""

    # No array for differences that is built has more entries.
    cells: ClassVar[int]

    @classmethod
    @abstractmethod
    def exactly(cls, numbers: Array | Fraction | int) -> Self:
        """Exact rationals, as fractions or whole numbers."""

    @classmethod
    @abstractmethod
    def step_bits(cls, nesting: int) -> int:
        """The difference step is 2 to the minus this, for a derivative of so many orders."""

    @classmethod
    @abstractmethod
    def unknown(cls) -> Self:
        """A scalar that is not a number: every result that depends on it is not a number either."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, ...]:
        """The lengths of all axes."""

    @abstractmethod
    def rearranged(self, change: Callable[[Array], Array]) -> Self:
        """The entries moved, repeated or left out, by a change of arrays that computes nothing."""

    @abstractmethod
    def __add__(self, other: Self) -> Self: ...

    @abstractmethod
    def __mul__(self, other: Self) -> Self: ...

    @abstractmethod
    def inverse(self) -> Self:
        """1 over each entry; not finite at 0."""

    @abstractmethod
    def exp(self) -> Self:
        """E to each entry."""

    @abstractmethod
    def log(self) -> Self:
        """The natural logarithm of each entry; not finite unless positive."""

    @abstractmethod
    def root(self) -> Self:
        """The square root of each entry; not a number if negative."""

    @abstractmethod
    def sine(self, quarter_turns: int) -> Self:
        """The sine of each entry plus so many quarter turns: its derivative of that order."""

    @abstractmethod
    def raised(self, exponents: Array) -> Self:
        """Each entry to a whole power."""

    @abstractmethod
    def total(self, axis: int) -> Self:
        """The sum along an axis."""

    @abstractmethod
    def largest(self, axis: int) -> Self:
        """The largest entry along an axis, which is not empty."""

    @abstractmethod
    def chosen(self, mask: Mask, other: Self) -> Self:
        """The entries where the mask holds, and elsewhere those of the other."""

    @abstractmethod
    def scale(self) -> Self:
        """A power of two near the size of each entry, and at least 1: what a step is multiplied by."""

    @abstractmethod
    def widened(self, error: Self) -> Self:
        """The same numbers with error bounds that are larger by the size of another."""

    @abstractmethod
    def exceeds(self, other: Self) -> Mask:
        """Where an entry is larger in absolute value than the other's, for certain."""

    @abstractmethod
    def undefined(self) -> Mask:
        """Where an entry is not a number."""

    @abstractmethod
    def compared(self, other: Self) -> Comparison:
        """Where both agree, and where they differ, as far as the error bounds can tell."""

    @abstractmethod
    def rounded(self) -> NDArray[np.float64]:
        """The nearest floats."""

    def __neg__(self) -> Self:
        return self * type(self).exactly(-1)

    def __sub__(self, other: Self) -> Self:
        return self + -other

    def reshaped(self, shape: tuple[int, ...]) -> Self:
        """The same entries in other axes."""
        return self.rearranged(lambda array: array.reshape(shape))

    def repeated(self, shape: tuple[int, ...]) -> Self:
        """The entries repeated along axes of length one."""
        return self.rearranged(lambda array: np.broadcast_to(array, shape))

    def product(self, axis: int) -> Self:
        """The product along an axis; of nothing, 1."""
        result = type(self).exactly(1).repeated(self.shape[:axis] + self.shape[axis + 1 :])
        for position in range(self.shape[axis]):
            result = result * self.rearranged(lambda array, at=position: np.take(array, at, axis))  # type: ignore[misc]
        return result


def stacked(parts: Sequence[T]) -> T:
    """Tensors side by side along a new last axis."""
    shape = np.broadcast_shapes(*(part.shape for part in parts))
    joined = parts[0].rearranged(lambda array: np.broadcast_to(array[..., None], (*shape, len(parts))))
    for position, part in enumerate(parts[1:], start=1):
        here = np.arange(len(parts)) == position
        joined = part.rearranged(lambda array: array[..., None]).chosen(here, joined)
    return joined
