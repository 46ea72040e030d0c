"""Entries, and what runs over an index: every index is an axis in front of the values."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

import numpy as np

from verify.language import Array, Entry, Expression, Max, Product, Sum
from verify.language.shape import ONE, shape_of
from verify.sample.scope import Scope, opened, run_of
from verify.sample.tensor import Outside, Tensor

Walk = Callable[[Expression, Scope], Tensor]


def entry(e: Entry, scope: Scope, value: Walk) -> Tensor:
    """The entries that the subscripts point at, wherever the scope's axes point."""
    tensor, shape = value(e.tensor, scope), shape_of(e.tensor)
    before, own = tensor.shape[: scope.depth], tensor.shape[scope.depth :]
    if len(e.subscripts) != len(shape):
        kept = tuple(count for count, axis in zip(own, shape, strict=True) if axis != ONE)
        own = kept if len(kept) == len(e.subscripts) else (1,) * len(e.subscripts)
        tensor = tensor.reshaped(before + own)
    places = subscripts(e, scope, own)
    batch = tuple(
        np.arange(count).reshape((1,) * axis + (count,) + (1,) * (scope.depth - axis - 1))
        for axis, count in enumerate(before)
    )
    return tensor.rearranged(lambda array: array[(*batch, *places)])


def subscripts(e: Entry, scope: Scope, own: tuple[int, ...]) -> list[np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """The subscripts of an entry, counted from 0, each within its axis."""
    places = [scope.index(subscript) - 1 for subscript in e.subscripts]
    for subscript, place, count in zip(e.subscripts, places, own, strict=True):
        if place.size and not 0 <= place.min() <= place.max() < count:
            raise Outside(f"the index {subscript} of {e} leaves 1..{count}")
    return places


def of_binder(e: Sum | Product | Max | Array, scope: Scope, value: Walk) -> Tensor:
    """The body with an axis for each index, and then the axes summed, or made the value's own."""
    body, indices = opened(e, scope.binders)
    inner, counts = scope, []
    for index in indices:
        first, count = run_of(index.dimension, scope.sizes)
        inner = inner.bind(index, first, count)
        counts.append(count)
    if isinstance(e, Max) and 0 in counts:
        raise Outside(f"{e} is a maximum over nothing")
    result = value(body, inner)
    own = result.shape[inner.depth :] if isinstance(e, Sum) else ()
    result = result.reshaped(result.shape[: inner.depth] + own)
    result = result.repeated((*result.shape[: scope.depth], *counts, *own))
    match e:
        case Array():
            return result if len(counts) > 1 else result.reshaped((*result.shape, 1))
        case Sum():
            return _along(counts, result, scope.depth, lambda tensor, axis: tensor.total(axis))
        case Product():
            return _along(counts, result, scope.depth, lambda tensor, axis: tensor.product(axis))
        case Max():
            return _along(counts, result, scope.depth, lambda tensor, axis: tensor.largest(axis))
        case _:
            assert_never(e)


def _along(counts: list[int], tensor: Tensor, depth: int, operation: Callable[[Tensor, int], Tensor]) -> Tensor:
    for axis in reversed(range(depth, depth + len(counts))):
        tensor = operation(tensor, axis)
    return tensor
