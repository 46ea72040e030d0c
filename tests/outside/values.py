"""The value of an expression at a point, read off the tree alone, in whatever arithmetic is given.

It shares with the prover the tree and its shapes, and nothing else: no terms, no normal form, no sampler.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, Protocol

from verify.language import (
    Add,
    Argument,
    Array,
    Call,
    Defined,
    Delta,
    Dependent,
    Derivative,
    Diagonal,
    Dimension,
    Entry,
    Expression,
    Formula,
    Hadamard,
    Index,
    Matrix,
    Max,
    Mul,
    Name,
    Norm,
    Number,
    Opaque,
    Power,
    Primitive,
    Product,
    Range,
    Sum,
    Trace,
    Transpose,
    Vjp,
)
from verify.language.expression import Function
from verify.language.shape import ONE, base_of, is_scalar, long_axes, product_steps, shape_of


class Cannot(Exception):
    """This is not evaluated: says why."""


class Arithmetic(Protocol):
    """Arrays of numbers: ``module`` is NumPy, or what behaves like it."""

    module: Any

    def array(self, value: Any) -> Any:
        """The array that a result is: an array, or a number that is left of one without axes."""

    def number(self, value: Fraction) -> Any:
        """An array without axes."""

    def exp(self, array: Any) -> Any:
        """E to each entry."""

    def log(self, array: Any) -> Any:
        """The logarithm of each entry."""

    def root(self, array: Any) -> Any:
        """The square root of each entry."""

    def largest(self, array: Any) -> Any:
        """The largest entry."""

    def unknown(self, symbol: str, array: Any) -> Any:
        """A smooth function of this name at each entry."""

    def inverse(self, matrix: Any) -> Any:
        """The inverse of a square matrix."""

    def derived(self, function: Any, at: Any) -> Any:
        """The derivative of a function from arrays to arrays: axes of the value, then of the argument."""

    def slope(self, function: Any, at: Any) -> Any:
        """The derivative of a function that acts on each entry by itself."""


@dataclass(frozen=True)
class Place:
    """Sizes, values of free indices by their symbols, and what names and held definitions are."""

    numbers: Arithmetic
    sizes: Mapping[str, int]
    held: Mapping[Expression, Any]
    indices: Mapping[str, int] = field(default_factory=dict)

    def value(self, e: Expression) -> Any:
        """An array with the axes of the expression's shape."""
        if e in self.held:
            return self.held[e]
        found = self.numbers.array(_value(e, self))
        axes = tuple(map(self.count, shape_of(e)))
        return found if tuple(found.shape) == axes else found.reshape(axes)

    def scalar(self, e: Expression) -> Any:
        """The value of what counts as a number, without axes."""
        return self.value(e).reshape(())

    def count(self, e: Expression) -> int:
        """A dimension, or a subscript."""
        found = self.exact(e)
        if found is None or found.denominator != 1:
            raise Cannot(f"{e} is no whole number")
        return int(found)

    def exact(self, e: Expression) -> Fraction | None:
        """The rational number that an expression in numbers, dimensions and indices is."""
        match e:
            case Number():
                return Fraction(e.value)
            case Dimension():
                return Fraction(self.sizes[e.symbol])
            case Index():
                return Fraction(self.indices[e.symbol])
            case Add() | Mul():
                total = Fraction(isinstance(e, Mul))
                for part in e.args:
                    value = self.exact(part)
                    if value is None:
                        return None
                    total = total * value if isinstance(e, Mul) else total + value
                return total
            case Power(base=base, exponent=Number(value=power)) if power.denominator == 1:
                value = self.exact(base)
                return None if value is None or value == 0 > power else value ** int(power)
            case _:
                return None

    def run(self, e: Expression) -> range:
        """What an index of this dimension runs over."""
        if isinstance(e, Range):
            return range(self.count(e.low), self.count(e.high) + 1)
        return range(1, self.count(e) + 1)


def _value(e: Expression, here: Place) -> Any:
    numbers = here.numbers
    match e:
        case Number() | Dimension() | Index():
            exact = here.exact(e)
            assert exact is not None
            return numbers.number(exact)
        case Delta():
            return numbers.number(Fraction(here.count(e.row) == here.count(e.column)))
        case Name():
            raise Cannot(f"{e} has no value")
        case Defined():
            return here.value(e.meaning)
        case Entry():
            return _entry(here.value(e.tensor), e, here)
        case Sum() | Product() | Max() | Array():
            return _binder(e, here)
        case Matrix():
            return _stacked([here.scalar(entry) for row in e.rows for entry in row], here)
        case Add() | Hadamard():
            return _entrywise(e, here)
        case Mul():
            return _product(e, here)
        case Power():
            return _power(e, here)
        case Transpose():
            return here.value(e.argument).T
        case Trace():
            inner = here.value(e.argument)
            return sum(inner[(place,) * inner.ndim] for place in range((*inner.shape, 1)[0]))
        case Norm():
            inner = here.value(e.argument)
            return numbers.root((inner * inner).reshape(-1).sum())
        case Diagonal():
            return numbers.module.diag(here.value(e.argument).reshape(-1))
        case Call():
            return _applied(e.function, e.order, here.value(e.argument), here)
        case Dependent():
            parts = [here.value(each) for each in e.arguments]
            return sum(_weighted(part, e.symbol, place, here) for place, part in enumerate(parts))
        case Derivative() | Vjp():
            return _derivative(e, here)
        case _:
            raise Cannot(f"{type(e).__name__} is not evaluated")


def _fit(array: Any, rank: int) -> Any:
    """A number with so many axes of length one; anything else as it is."""
    return array.reshape((1,) * rank) if prod(array.shape) == 1 and array.ndim != rank else array


def _entrywise(e: Add | Hadamard, here: Place) -> Any:
    rank = len(shape_of(e))
    first, *others = (_fit(here.value(part), rank) for part in e.args)
    for part in others:
        first = here.numbers.array(first + part if isinstance(e, Add) else first * part)
    return first


def _product(e: Mul, here: Place) -> Any:
    result = here.value(e.factors[0])
    for factor, (shape, step) in list(zip(e.factors, product_steps(e), strict=True))[1:]:
        right = here.value(factor)
        if step == "contract":
            result = here.numbers.array(here.numbers.module.tensordot(result, right, 1))
        else:
            result = here.numbers.array(_fit(result, len(shape)) * _fit(right, len(shape)))
    return result


def _power(e: Power, here: Place) -> Any:
    base, power = here.value(e.base), here.exact(e.exponent)
    if len(long_axes(shape_of(e.base))) > 1:
        if power is None or power.denominator != 1 or power == 0:
            raise Cannot(f"{e} is no whole power of a matrix")
        factor = here.numbers.inverse(base) if power < 0 else base
        result = factor
        for _ in range(abs(int(power)) - 1):
            result = here.numbers.module.tensordot(result, factor, 1)
        return result
    if power is None:
        return here.numbers.exp(here.numbers.log(base) * here.scalar(e.exponent))
    if power.denominator == 2:
        base, power = here.numbers.root(base), 2 * power
    if power.denominator != 1:
        raise Cannot(f"the root {e}")
    return base ** int(power)


def _stacked(entries: list[Any], here: Place) -> Any:
    return here.numbers.module.stack([entry.reshape(()) for entry in entries])


def _entry(tensor: Any, e: Entry, here: Place) -> Any:
    return tensor[_subscripts(e, here)]


def _subscripts(e: Entry, here: Place) -> tuple[int, ...]:
    shape, given = shape_of(e.tensor), [here.count(each) - 1 for each in e.subscripts]
    if len(given) != len(shape):
        rest = iter(given)
        given = [0 if axis == ONE else next(rest) for axis in shape]
    for place, axis in zip(given, shape, strict=True):
        if not 0 <= place < here.count(axis):
            raise Cannot(f"an index of {e} leaves its range")
    return tuple(given)


def _binder(e: Sum | Product | Max | Array, here: Place) -> Any:
    runs = [here.run(each) for each in e.dimensions]
    values = [here.value(e.opened(*map(Number, each))) for each in product(*runs)]
    if isinstance(e, Sum):
        return sum(values) if values else here.numbers.number(Fraction(0))
    if isinstance(e, Product):
        return prod(values, start=here.numbers.number(Fraction(1)))
    if not values:
        raise Cannot(f"{e} runs over nothing")
    stacked = _stacked(values, here)
    return here.numbers.largest(stacked) if isinstance(e, Max) else stacked


def _applied(function: Function, order: int, argument: Any, here: Place) -> Any:
    def applied(array: Any) -> Any:
        match function:
            case Primitive(symbol="exp"):
                return here.numbers.exp(array)
            case Primitive(symbol="log"):
                return here.numbers.log(array)
            case Opaque():
                return here.numbers.unknown(function.symbol, array)
            case Formula():
                entries = [
                    replace(here, held={**here.held, Argument(): here.numbers.array(each)}).scalar(function.body)
                    for each in array.reshape(-1)
                ]
                return _stacked(entries, here).reshape(array.shape)
            case _:
                raise Cannot(f"the function {function}")

    def derived(array: Any, times: int) -> Any:
        return here.numbers.slope(lambda t: derived(t, times - 1), array) if times else applied(array)

    return derived(argument, order)


def _weighted(array: Any, symbol: str, place: int, here: Place) -> Any:
    """A quantity with every mixed derivative: waves of the entries, weighted, and a wave of their sum."""
    flat = here.numbers.unknown(f"{symbol} {place}", array.reshape(-1))
    total = sum(entry * here.numbers.number(Fraction(7 + 3 * at, 11)) for at, entry in enumerate(flat))
    return here.numbers.unknown(symbol, total)


def _derivative(e: Derivative | Vjp, here: Place) -> Any:
    base = base_of(e.variable)
    if not isinstance(base, Name | Defined):
        raise Cannot(f"{base} is not a variable to differentiate by")

    def quantity(array: Any) -> Any:
        found = replace(here, held={**here.held, base: array}).value(e.quantity)
        return found.reshape(()) if is_scalar(shape_of(e.quantity)) else found

    center = here.value(base)
    jacobian = here.numbers.derived(quantity, center)
    if isinstance(e.variable, Entry):
        outputs = jacobian.ndim - center.ndim
        jacobian = jacobian[(slice(None),) * outputs + _subscripts(e.variable, here)]
    if isinstance(e, Vjp):
        upstream = here.value(e.upstream)
        upstream = upstream.reshape(()) if is_scalar(shape_of(e.quantity)) else upstream
        return here.numbers.module.tensordot(upstream, jacobian, upstream.ndim)
    return jacobian
