"""Derivatives, measured: central differences at two steps, extrapolated, with the error that the two show.

Next to the steps stand two probes. The value in the middle shows a kink, where there is no derivative. A
value that is not a number, in the place of the entry, shows whether the quantity depends on it at all:
what stays a number does not, and its derivative is exactly 0.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import assert_never

import numpy as np

from verify.language import (
    Argument,
    Call,
    Defined,
    Derivative,
    Entry,
    Expression,
    Formula,
    Index,
    Name,
    Opaque,
    Primitive,
    Vec,
    Vjp,
)
from verify.language.arithmetic import Node
from verify.language.expression import Function
from verify.language.shape import ONE, base_of, is_scalar, shape_of
from verify.sample.entries import Walk, subscripts
from verify.sample.scope import Scope
from verify.sample.tensor import Mask, Tensor, Unsampled

# Where the quantity is evaluated, in steps; the last place holds the value that is not a number.
STEPS = (Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(-1, 2), Fraction(0))
POINTS = len(STEPS) + 1


def derivative(e: Derivative, scope: Scope, value: Walk) -> Tensor:
    """The derivative, its axes as the language says: shaped like the variable, or outputs and then inputs."""
    slopes, own = _slopes(e, scope, value)
    depth, quantity, variable = scope.depth, shape_of(e.quantity), shape_of(e.variable)
    before, outputs = slopes.shape[:depth], slopes.shape[depth + 1 :]
    if is_scalar(quantity):
        return slopes.reshaped(before + own)
    if is_scalar(variable):
        return slopes.reshaped(before + outputs)
    moved = slopes.rearranged(lambda array: np.moveaxis(array, depth, -1))
    return moved.reshaped(before + _long(outputs, quantity) + _long(own, variable))


def pulled_back(e: Vjp, scope: Scope, value: Walk) -> Tensor:
    """The sum over all outputs of the upstream gradient times the derivative, shaped like the variable."""
    slopes, own = _slopes(e, scope, value)
    depth, upstream = scope.depth, value(e.upstream, scope)
    before, entries, outputs = slopes.shape[:depth], slopes.shape[depth], slopes.shape[depth + 1 :]
    slopes = slopes.reshaped((*before, entries, int(np.prod(outputs, dtype=int))))
    weights = upstream.reshaped((*upstream.shape[:depth], 1, slopes.shape[-1]))
    total = (slopes * weights).total(-1)
    return total.reshaped(total.shape[:depth] + own)


def applied(function: Function, order: int, argument: Tensor, scope: Scope, value: Walk) -> Tensor:
    """A function, or a derivative of it, of each entry: to the function, all axes are alike."""
    match function:
        case Primitive(symbol="exp"):
            return argument.exp()
        case Opaque():
            if function.symbol not in scope.functions:
                raise Unsampled(f"the function {function.symbol} is not given")
            return scope.functions[function.symbol].derived(order, argument)
        case Primitive(symbol="log") if order == 0:
            return argument.log()
        case Formula() if order == 0:
            flat = scope.holding(Argument(), argument, len(argument.shape))
            return _flattened(value(function.body, flat), argument)
        case Primitive(symbol="log") | Formula():
            nesting = order + (orders(function.body) if isinstance(function, Formula) else 0)
            step = _step(scope.arithmetic, nesting)
            here = argument.rearranged(lambda array: array[..., None])
            perturbed = _perturbed(here, here.scale() * step, np.array(True), scope.arithmetic)
            values = applied(function, order - 1, perturbed, scope, value)
            return difference(values, -1, argument.scale() * step)
        case Primitive():
            raise Unsampled(f"the function {function.symbol} has no numeric value")
        case _:
            assert_never(function)


def difference(values: Tensor, axis: int, step: Tensor) -> Tensor:
    """The derivative from the values at :data:`STEPS` and the probe, along an axis, extrapolated over two steps.

    What the extrapolation changes bounds its own error, and more than that.
    """
    part = [values.rearranged(lambda array, at=at: np.take(array, at, axis)) for at in range(POINTS)]  # type: ignore[misc]
    exactly = type(values).exactly
    per_step = step.inverse()
    wide = (part[0] - part[1]) * exactly(Fraction(1, 2)) * per_step
    narrow = (part[2] - part[3]) * per_step
    change = (narrow - wide) * exactly(Fraction(1, 3))
    slope = (narrow + change).widened(change)
    twice = part[4] + part[4]
    # Where the quantity is smooth, half the step leaves a quarter of the bend; at a kink it leaves half of it.
    kink = (part[2] + part[3] - twice).exceeds((part[0] + part[1] - twice) * exactly(Fraction(1, 3)))
    slope = type(values).unknown().repeated(slope.shape).chosen(kink, slope)
    return slope.chosen(part[5].undefined(), exactly(0).repeated(slope.shape))


@lru_cache(maxsize=8192)
def orders(e: Node) -> int:
    """How many differences are taken of differences in an expression."""
    inner = max((orders(part) for part in e.args if part.args or isinstance(part, Node)), default=0)
    match e:
        case Derivative() | Vjp():
            return inner + 1
        case Call(function=Formula() | Primitive(symbol="log")):
            return inner + e.order
        case _:
            return inner


def _slopes(e: Derivative | Vjp, scope: Scope, value: Walk) -> tuple[Tensor, tuple[int, ...]]:
    """The derivatives by each entry of the variable, the axis of those entries before the quantity's own."""
    base, depth = base_of(e.variable), scope.depth
    if not isinstance(base, Name | Defined):
        raise Unsampled(f"{base} is not a variable to differentiate by")
    _refuse_families(base, e.quantity)
    _refuse_mixed(base, e, scope)
    center = value(base, scope)
    rank = len(center.shape) - depth
    mask, own = _entries(e.variable, scope, center.shape[depth:])
    here = center.rearranged(lambda array: np.expand_dims(array, (depth, -1)))
    step = here.scale() * _step(scope.arithmetic, orders(e.quantity) + 1)
    perturbed = _perturbed(here, step, mask[..., None], scope.arithmetic)
    moved = perturbed.rearranged(lambda array: np.moveaxis(array, -1, depth + 1))
    values = value(e.quantity, scope.holding(base, moved, depth + 2))
    wide = values.shape[:depth] + (mask.shape[depth], POINTS) + values.shape[depth + 2 :]
    own_step = _selected(step.rearranged(lambda array: array[..., 0]), mask, rank)
    own_step = own_step.reshaped(own_step.shape + (1,) * (len(wide) - depth - 2))
    return difference(values.repeated(wide), depth + 1, own_step), own


def _entries(variable: Expression, scope: Scope, axes: tuple[int, ...]) -> tuple[Mask, tuple[int, ...]]:
    """Which entry of the base is perturbed in which place of the axis of entries, and the variable's own axes."""
    if not isinstance(variable, Entry):
        count = int(np.prod(axes, dtype=int))
        order = np.arange(count).reshape(axes).ravel("F" if isinstance(variable, Vec) else "C")
        own = (count, 1) if isinstance(variable, Vec) and axes else axes
        return np.eye(count, dtype=np.bool_)[order].reshape((1,) * scope.depth + (count, *axes)), own
    shape = shape_of(variable.tensor)
    own = axes if len(variable.subscripts) == len(shape) else _long(axes, shape)
    own = own if len(own) == len(variable.subscripts) else (1,) * len(variable.subscripts)
    mask = np.ones((1,) * (scope.depth + 1 + len(own)), dtype=np.bool_)
    for axis, (place, count) in enumerate(zip(subscripts(variable, scope, own), own, strict=True)):
        along = np.arange(count).reshape((count,) + (1,) * (len(own) - axis - 1))
        mask = mask & (place.reshape(place.shape + (1,) * (1 + len(own))) == along)
    return mask.reshape(mask.shape[: scope.depth + 1] + axes), ()


def _perturbed(center: Tensor, step: Tensor, mask: Mask, field: type[Tensor]) -> Tensor:
    """The center with steps, and the probe, along its last axis of length one; outside the mask as it is."""
    steps = field.exactly(np.array((*STEPS, Fraction(0)), dtype=object))
    probe = np.arange(POINTS) == POINTS - 1
    moved = field.unknown().chosen(probe, center + step * steps)
    return moved.chosen(mask, center)


def _selected(tensor: Tensor, mask: Mask, rank: int) -> Tensor:
    """The one entry that the mask has in each place."""
    chosen = tensor.chosen(mask, type(tensor).exactly(0))
    for _ in range(rank):
        chosen = chosen.largest(-1)
    return chosen


def _refuse_mixed(base: Node, e: Derivative | Vjp, scope: Scope) -> None:
    """A defined quantity that is held independent must not hide a dependence on what is derived by next."""
    for node in scope.held:
        if isinstance(node, Defined) and node != base and _mentions(node.meaning, base) and _mentions(e.quantity, node):
            raise Unsampled(f"a derivative by {base} inside one by {node}, which depends on it, has no plain meaning")


def _refuse_families(base: Node, quantity: Expression) -> None:
    """One member of a family of definitions cannot be held while another, which may be the same, is unfolded."""
    if isinstance(base, Defined) and base.atoms(Index):
        for other in quantity.atoms(Defined):
            if other.symbol == base.symbol and other != base:
                raise Unsampled(f"{base} is derived by, and stands beside itself for other indices")


@lru_cache(maxsize=8192)
def _mentions(e: Node, part: Node) -> bool:
    return e == part or any(_mentions(inner, part) for inner in e.args)


def _step(field: type[Tensor], nesting: int) -> Tensor:
    return field.exactly(Fraction(1, 1 << field.step_bits(nesting)))


def _long(axes: tuple[int, ...], shape: tuple[Expression, ...]) -> tuple[int, ...]:
    return axes if len(shape) != 2 else tuple(count for count, axis in zip(axes, shape, strict=True) if axis != ONE)


def _flattened(result: Tensor, like: Tensor) -> Tensor:
    """The result of a formula, which may lack the axes along which its argument is constant, or have unit ones."""
    return result.reshaped(result.shape[: len(like.shape)])
