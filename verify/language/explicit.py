"""Expressions at given sizes as ordinary SymPy, to play with: every entry a symbol, every sum written out.

Nothing here decides anything: SymPy evaluates as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any, assert_never

import sympy

from verify.language.arithmetic import Add, Dimension, Entry, Mul, Name, Number, Power, Transpose
from verify.language.binders import Array, Bound, Delta, Index, Max, Product, Range, Sum
from verify.language.calls import Argument, Call, Defined, Dependent, Derivative, Formula, Opaque, Primitive, Vjp
from verify.language.component import Component
from verify.language.dense import LARGEST, Dense, Place, one, places
from verify.language.depth import DEEPEST, is_too_deep
from verify.language.expression import Expression, Function
from verify.language.kronecker import Kronecker, Paired, Vec
from verify.language.layers import Ascending, Descending, Infinity, Leveled, Member, Recursive, Width
from verify.language.matrices import Diagonal, Hadamard, Matrix, Norm, Trace
from verify.language.moments import Covariance, Expectation, Variance
from verify.language.shape import ONE, base_of, is_scalar, long_axes, product_steps, shape_of

SAFE = re.compile(r"[A-Za-z0-9\\{}_^', ]+")


def at(expression: Expression, sizes: Mapping[str, int], indices: Mapping[str, int] | None = None) -> Any:
    r"""The explicit SymPy expression (of a scalar), matrix, or array of three and more axes, at these sizes.

    Entries become symbols ``x_1``, ``W_{11}``; an unknown function, or a quantity that depends on others,
    an undefined SymPy function. Free indices take the values given, from 1.

    Raises ValueError for a size or index that is missing or not positive, for what would have more than
    10 000 entries, and for a name that holds anything but letters, digits, ``\ { } _ ^ ' ,`` and spaces.

    >>> from verify.language import dims, matrix, vector
    >>> m, n = dims("m n")
    >>> at(matrix("W", m, n) * vector("x", n), {"m": 1, "n": 2})
    Matrix([[W_{11}*x_1 + W_{12}*x_2]])
    >>> at(vector("x", n), {"m": 1})
    Traceback (most recent call last):
    ValueError: The dimension n has no size; given were m.
    """
    for name, count in {**sizes, **(indices or {})}.items():
        if type(count) is not int or count < 1:
            raise ValueError(f"Expected a whole number of at least 1 for {name} but got {count!r}.")
    if is_too_deep(expression):
        raise ValueError(f"The expression is nested more than {DEEPEST} deep.")
    here = Place(dict(sizes), dict(indices or {}))
    _refuse_twins(expression, here)
    found = _value(expression, here)
    if not found.axes:
        return found.entries[0]
    if len(found.axes) == 2:
        return sympy.ImmutableMatrix(*found.axes, list(found.entries))
    return sympy.ImmutableDenseNDimArray(list(found.entries), found.axes)


def _value(e: Expression, here: Place) -> Dense:
    if e in here.held:
        return here.held[e]
    match e:
        case Number():
            return one(sympy.Rational(e.value.numerator, e.value.denominator))
        case Dimension():
            return one(sympy.Integer(here.count(e)))
        case Index():
            return one(sympy.Integer(here.index(e)))
        case Name():
            return _symbols(e, here.axes(e.declared))
        case Argument() | Bound() | Range() | Paired():
            raise ValueError(f"{e} has no value of its own.")
        case Entry():
            return _entry(e, here)
        case Sum() | Product() | Max() | Array():
            return _binder(e, here)
        case Matrix():
            entries = tuple(_one(entry, here) for row in e.rows for entry in row)
            return Dense((len(e.rows), len(e.rows[0])), entries)
        case Add() | Hadamard():
            parts = [_value(part, here) for part in (e.terms if isinstance(e, Add) else e.factors)]
            axes = here.axes(shape_of(e))
            combine = sympy.Add if isinstance(e, Add) else sympy.Mul
            return Dense(axes, tuple(combine(*(part.of(place) for part in parts)) for place in places(axes)))
        case Mul():
            return _product(e, here)
        case Power():
            return _power(e, here)
        case Transpose() | Trace() | Norm() | Diagonal():
            return _of_matrix(e, here)
        case Kronecker() | Vec():
            return _laid_out(e, here)
        case Call():
            return _value(e.argument, here).each(lambda entry: _applied(e.function, e.order, entry, here))
        case Delta():
            return one(sympy.Integer(here.index(e.row) == here.index(e.column)))
        case Expectation():
            return one(sympy.Function("E")(sympy.expand(_one(e.argument, here))))
        case Variance() | Covariance():
            return _value(e.meaning, here)
        case Derivative() | Vjp():
            return _derivative(e, here)
        case Defined():
            return _value(e.meaning, here)
        case Width() | Member() | Leveled() | Recursive() | Descending() | Ascending() | Infinity():
            raise ValueError(f"{e} has no entries of its own: unfold it at a fixed depth first.")
        case Dependent():
            of, symbol = e.arguments, _safe(e.symbol)
            if isinstance(e, Component):
                of, symbol = e.of, _safe(f"{{{e.symbol}}}_{here.index(e.index)}")
            entries = tuple(entry for argument in of for entry in _value(argument, here).entries)
            return one(sympy.Function(symbol)(*entries))
        case _:
            assert_never(e)


def _one(e: Expression, here: Place) -> Any:
    return _value(e, here).of(())


def _safe(symbol: str) -> str:
    if not SAFE.fullmatch(symbol):
        raise ValueError(rf"Expected a name of letters, digits, \ {{ }} _ ^ ' , and spaces but got {symbol!r}.")
    return symbol


def _symbols(name: Name, axes: tuple[int, ...]) -> Dense:
    """A symbol for each entry: ``x_1`` of a row or a column, ``W_{11}`` of a matrix."""
    symbol = _safe(name.symbol)
    base, names = f"{{{symbol}}}" if "_" in symbol else symbol, []
    for place in places(axes):
        kept = [str(each + 1) for each, axis in zip(place, name.declared, strict=True) if axis != ONE]
        joined = ("" if max(axes, default=1) < 10 else ",").join(kept)
        subscript = f"_{joined}" if len(joined) == 1 else f"_{{{joined}}}"
        names.append(base + subscript if joined else symbol)
    return Dense(axes, tuple(map(sympy.Symbol, names)))


def _refuse_twins(expression: Expression, here: Place) -> None:
    """Two names whose entries would be written alike, such as a vector x and a scalar x_1, are not mixed up."""
    owners: dict[str, Name] = {}
    for name in sorted(expression.atoms(Name), key=lambda each: each.symbol):
        for symbol in _symbols(name, here.axes(name.declared)).entries:
            owner = owners.setdefault(symbol.name, name)
            if owner != name:
                raise ValueError(f"{owner} and {name} both have an entry that is written {symbol.name}.")


def _entry(e: Entry, here: Place) -> Dense:
    tensor, places = _value(e.tensor, here), _subscripts(e, here)
    return one(tensor.of(places))


def _subscripts(e: Entry, here: Place) -> tuple[int, ...]:
    """The place of an entry, with the axis of length one of a row or a column put in."""
    shape = shape_of(e.tensor)
    subscripts = [here.index(subscript) - 1 for subscript in e.subscripts]
    if len(subscripts) != len(shape):
        given = iter(subscripts)
        subscripts = [0 if axis == ONE else next(given) for axis in shape]
    for subscript, count in zip(subscripts, here.axes(shape), strict=True):
        if not 0 <= subscript < count:
            raise ValueError(f"The index of {e} is {subscript + 1} and should lie in 1..{count}.")
    return tuple(subscripts)


def _binder(e: Sum | Product | Max | Array, here: Place) -> Dense:
    runs = [here.values(dimension) for dimension in e.dimensions]
    if prod(map(len, runs)) > LARGEST:
        raise ValueError(f"{e} runs over more than {LARGEST} values.")
    bodies = [_value(e.opened(*map(Number, values)), here) for values in product(*runs)]
    match e:
        case Array():
            entries = tuple(body.of(()) for body in bodies)
            return Dense(tuple(map(len, runs)) if len(runs) > 1 else (len(runs[0]), 1), entries)
        case Sum():
            axes = here.axes(shape_of(e))
            return Dense(axes, tuple(sympy.Add(*(body.of(place) for body in bodies)) for place in places(axes)))
        case Product() | Max():
            combine = sympy.Mul if isinstance(e, Product) else sympy.Max
            return one(combine(*(body.of(()) for body in bodies)))
        case _:
            assert_never(e)


def _product(e: Mul, here: Place) -> Dense:
    result = _value(e.factors[0], here)
    for factor, (_, step) in list(zip(e.factors, product_steps(e), strict=True))[1:]:
        right = _value(factor, here)
        if step == "contract":
            result = _contracted(result, right)
        else:
            axes = max(result.axes, right.axes, key=lambda each: (prod(each), len(each)))
            result = Dense(axes, tuple(result.of(place) * right.of(place) for place in places(axes)))
    return result


def _contracted(left: Dense, right: Dense) -> Dense:
    axes, inner = left.axes[:-1] + right.axes[1:], right.axes[0]
    cut = len(left.axes) - 1
    entries = (
        sympy.Add(*(left.of((*place[:cut], each)) * right.of((each, *place[cut:])) for each in range(inner)))
        for place in places(axes)
    )
    return Dense(axes, tuple(entries))


def _power(e: Power, here: Place) -> Dense:
    base, exponent = _value(e.base, here), _one(e.exponent, here)
    if len(long_axes(shape_of(e.base))) > 1:
        powered = sympy.ImmutableMatrix(*base.axes, list(base.entries)) ** exponent
        return Dense(base.axes, tuple(powered))
    return base.each(lambda entry: entry**exponent)


def _of_matrix(e: Transpose | Trace | Norm | Diagonal, here: Place) -> Dense:
    inner = _value(e.argument, here)
    match e:
        case Transpose():
            axes = inner.axes[::-1]
            return Dense(axes, tuple(inner.of(place[::-1]) for place in places(axes)))
        case Trace():
            return one(sympy.Add(*(inner.of((each,) * len(inner.axes)) for each in range((*inner.axes, 1)[0]))))
        case Norm():
            return one(sympy.sqrt(sympy.Add(*(entry**2 for entry in inner.entries))))
        case Diagonal():
            count = len(inner.entries)
            square = [inner.entries[row] if row == column else sympy.S.Zero for row, column in places((count, count))]
            return Dense((count, count), tuple(square))
        case _:
            assert_never(e)


def _laid_out(e: Kronecker | Vec, here: Place) -> Dense:
    """SymPy's own product and columns, of matrices with all their entries."""
    parts = e.factors if isinstance(e, Kronecker) else (e.argument,)
    dense = [_value(part, here) for part in parts]
    matrices = [sympy.ImmutableMatrix(*(each.axes or (1, 1)), list(each.entries)) for each in dense]
    found = sympy.kronecker_product(*matrices) if isinstance(e, Kronecker) else matrices[0].vec()
    return Dense(here.axes(shape_of(e)), tuple(found))


def _applied(function: Function, order: int, argument: Any, here: Place) -> Any:
    """A function, or a derivative of it, at a number."""
    variable = sympy.Dummy("t")
    match function:
        case Primitive(symbol="exp" | "log"):
            body = getattr(sympy, function.symbol)(variable)
        case Opaque():
            body, argument = sympy.Function(_safe(function.symbol))(variable), sympy.expand(argument)
        case Formula():
            held = {**here.held, Argument(): one(variable)}
            body = _one(function.body, replace(here, held=held))
        case Primitive():
            raise ValueError(f"The function {function.symbol} has no counterpart in SymPy.")
        case _:
            assert_never(function)
    return _substituted(sympy.diff(body, variable, order), {variable: argument})


def _substituted(e: Any, values: Mapping[Any, Any]) -> Any:
    """Values put in; a derivative of an unknown function at a plain symbol is written as such."""
    found = e.subs(values, simultaneous=True)
    return found.doit() if found.has(sympy.Subs) else found


def _derivative(e: Derivative | Vjp, here: Place) -> Dense:
    """By the symbols of a name; by fresh ones in the place of a definition, which then take its value."""
    base, shape = base_of(e.variable), shape_of(e.quantity)
    if not isinstance(base, Name | Defined):
        raise ValueError(f"{base} is not a variable to differentiate by.")
    center = _value(base, here)
    fresh = center if isinstance(base, Name) else center.each(lambda _: sympy.Dummy("v"))
    back = dict(zip(fresh.entries, center.entries, strict=True))
    quantity = _value(e.quantity, replace(here, held={**here.held, base: fresh}))
    by = one(fresh.of(_subscripts(e.variable, here))) if isinstance(e.variable, Entry) else fresh
    if isinstance(e.variable, Vec):
        by = _value(e.variable, replace(here, held={**here.held, base: fresh}))

    def slope(output: Any, entry: Any) -> Any:
        found = sympy.diff(output, entry)
        return found if fresh is center else _substituted(found, back)

    if isinstance(e, Vjp):
        upstream = _value(e.upstream, here).entries
        pairs = list(zip(upstream, quantity.entries, strict=True))
        return by.each(lambda entry: sympy.Add(*(above * slope(output, entry) for above, output in pairs)))
    if is_scalar(shape):
        return by.each(lambda entry: slope(quantity.of(()), entry))
    axes = quantity.axes if is_scalar(shape_of(e.variable)) else here.axes(shape_of(e))
    return Dense(axes, tuple(slope(output, entry) for output in quantity.entries for entry in by.entries))
