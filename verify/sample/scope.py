"""Where an expression is evaluated: sizes, values of names and indices, and the axes that stand before a value's own.

A value with free or bound indices has an axis for each of them, in front of its own axes, of length one
where it does not vary; so has a value that differences are taken of, for its perturbations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from verify.language import Add, Dependent, Dimension, Expression, Index, Mul, Name, Number, Paired, Power, Range
from verify.language.binders import Binder
from verify.language.shape import shape_of
from verify.sample.lots import Lot
from verify.sample.smooth import Smooth
from verify.sample.tensor import Array, Outside, Tensor, TooLarge, Unsampled

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Scope:
    """What the walk needs to know; ``depth`` axes stand before those of a value itself."""

    arithmetic: type[Tensor]
    sizes: Mapping[str, int]
    held: Mapping[Expression, Tensor]
    indices: Mapping[Index, Whole]
    functions: Mapping[str, Smooth]
    lots: tuple[Lot, ...] = ()
    linear: bool = False
    depth: int = 0
    binders: int = 0
    # What was evaluated here before: a softmax is used many times over.
    memo: dict[Expression, Tensor] = field(default_factory=dict, compare=False)

    def holding(self, node: Expression, tensor: Tensor, depth: int) -> Scope:
        """The scope in which a node has this value, with so many axes in front."""
        if np.prod(tensor.shape, dtype=np.int64) > self.arithmetic.cells:
            raise TooLarge(f"the differences by {node} need more than {self.arithmetic.cells} values at once")
        return replace(self, held={**self.held, node: tensor}, depth=depth, memo={})

    def bind(self, index: Index, first: int, count: int) -> Scope:
        """The scope in which an index runs along a new axis."""
        values = np.arange(first, first + count).reshape((1,) * self.depth + (count,))
        indices = {**self.indices, index: values}
        return replace(self, indices=indices, depth=self.depth + 1, binders=self.binders + 1, memo={})

    def look_up(self, node: Expression) -> Tensor | None:
        """The value held for a node, if there is one, with all axes of this scope in front."""
        tensor = self.held.get(node)
        if tensor is None:
            return None
        own = len(shape_of(node))
        before = len(tensor.shape) - own
        shape = tensor.shape[:before] + (1,) * (self.depth - before) + tensor.shape[before:]
        return tensor if shape == tensor.shape else tensor.reshaped(shape)

    def index(self, subscript: Expression) -> Whole:
        """The values of a subscript, counted from 1, with all axes of this scope."""
        if isinstance(subscript, Number):
            values = np.array(int(subscript.value))
        elif isinstance(subscript, Index) and subscript in self.indices:
            values = self.indices[subscript]
        else:
            raise Unsampled(f"{subscript} is no index with a value")
        return values.reshape(values.shape + (1,) * (self.depth - values.ndim))

    def number(self, value: Array | Fraction | int) -> Tensor:
        """An exact number, or one for each value of the indices."""
        tensor = self.arithmetic.exactly(value)
        return tensor.reshaped(tensor.shape + (1,) * (self.depth - len(tensor.shape)))


def run_of(dimension: Expression, sizes: Mapping[str, int]) -> tuple[int, int]:
    """The first value of an index of this dimension, and how many values there are."""
    if isinstance(dimension, Range):
        first = count_of(dimension.low, sizes)
        return first, max(count_of(dimension.high, sizes) - first + 1, 0)
    return 1, max(count_of(dimension, sizes), 0)


def count_of(dimension: Expression, sizes: Mapping[str, int]) -> int:
    r"""A dimension at these sizes.

    >>> from verify.language import dims
    >>> n, = dims("n")
    >>> count_of(2 * n + 1, {"n": 3})
    7
    >>> count_of(n / 2, {"n": 3})
    Traceback (most recent call last):
    verify.sample.tensor.Outside: \frac{n}{2} is 3/2 at these sizes
    """
    value = constant(dimension, sizes)
    if value is None:
        raise Unsampled(f"{dimension} is no dimension with a value")
    if value.denominator != 1:
        raise Outside(f"{dimension} is {value} at these sizes")
    return int(value)


def constant(expression: Expression, sizes: Mapping[str, int]) -> Fraction | None:
    """The rational number that an expression in dimensions is at these sizes, if it is one."""
    match expression:
        case Number():
            return expression.value
        case Dimension():
            if expression.symbol not in sizes:
                raise Unsampled(f"the dimension {expression.symbol} has no size")
            return Fraction(sizes[expression.symbol])
        case Add() | Mul() | Paired():
            result = Fraction(not isinstance(expression, Add))
            for argument in expression.args:
                part = constant(argument, sizes)
                if part is None:
                    return None
                result = result + part if isinstance(expression, Add) else result * part
            return result
        case Power() if expression.exponent == Number(-1):
            below = constant(expression.base, sizes)
            if below == 0:
                raise Outside(f"{expression.base} is 0 at these sizes")
            return None if below is None else 1 / below
        case _:
            return None


@lru_cache(maxsize=8192)
def opened(binder: Binder, level: int) -> tuple[Expression, tuple[Index, ...]]:
    """The body of a binder with indices that nothing else has, so that no walk ever meets a nameless one."""
    fresh = tuple(Index(f"#{level + place}", each) for place, each in enumerate(binder.dimensions))
    return binder.opened(*fresh), fresh


def weight(dependent: Dependent, position: int) -> Name:
    """The name of the weights by which an unknown quantity depends on one of its arguments."""
    return Name(f"{dependent.symbol}#{position}", shape_of(dependent.arguments[position]))
