"""From a tensor expression to its generic entry: the only bridge from the language to the kernel.

``Lowering().entry(e, (i, j))`` is the term for entry (i, j) of e. Derivatives are taken on the way;
a derivative by a defined quantity holds that quantity independent and puts its meaning back after.
Every division, logarithm and inverse is noted in ``partial``, also where it is derived or multiplied by zero.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, assert_never

from sympy.core.basic import Basic
from sympy.core.numbers import Rational
from sympy.core.symbol import Str

from verify import language as said
from verify.kernel.contents import height_of, subterms
from verify.kernel.differentiate import differentiate
from verify.kernel.kroneckers import as_kronecker
from verify.kernel.places import At, Place, deltas, extents, finest, flat, gathered, on_axes, parted, variable_of
from verify.kernel.term import (
    LARGEST_EXPONENT,
    ONE,
    ONE_WIDE,
    Ambiguous,
    Dep,
    Entry,
    Exp,
    Extent,
    Fn,
    Idx,
    Inverse,
    Kind,
    Log,
    Max,
    Mean,
    OutOfBudget,
    Pow,
    Size,
    Slot,
    Subscript,
    Term,
    Unsupported,
    Variable,
    add,
    extent,
    mul,
    number,
    summed,
)
from verify.kernel.walk import replace_variable
from verify.language import Expression
from verify.language.arithmetic import kinds
from verify.language.kronecker import paired
from verify.language.shape import Shape, Step, base_of, is_scalar, long_axes, product_steps, shape_of
from verify.language.size import same_dimension

Steps = tuple[tuple[Shape, Step], ...]

PLACE = Variable("argument", ())

# What functions of functions are written out to.
MOST_PARTS = 50_000
HIGHEST = 1_000


class Written(NamedTuple):
    """A function's derivative of some order, at the place of its argument; what it notes; and the number of parts."""

    value: Term
    partial: tuple[Term, ...]
    parts: int


class Lowering:
    """Lowers expressions of one link; it counts the fresh indices that it makes."""

    def __init__(self) -> None:
        self._made = 0
        self._held: dict[said.Defined, Variable] = {}
        self._variables: dict[said.Defined, Variable] = {}
        self._known: dict[object, Term] = {}
        self._slots: dict[object, Slot] = {}
        self._formulas: dict[tuple[said.Function, int], Written] = {}
        self.partial: list[Term] = []
        self._parts = 0

    def fresh(self, over: Extent) -> Subscript:
        """A new bound index, or 1 where there is only one value."""
        if over == ONE_WIDE:
            return 1
        self._made += 1
        return Idx(Kind.FRESH, "", self._made, over)

    def fresh_for(self, axes: tuple[Expression, ...]) -> At:
        """New bound indices for the axes of a shape."""
        return tuple(map(self._fresh_place, axes))

    def _fresh_place(self, axis: Expression) -> Place:
        """A new bound index, or one for each axis that this one is made of."""
        if isinstance(axis, said.Paired):
            return tuple(self.fresh(extent(each)) for each in axis.factors)
        return self.fresh(extent(axis))

    def entry(self, e: Expression, at: At, bound: At = ()) -> Term:
        """The entry of an expression at these subscripts, one for each axis; ``bound`` are those of its binders."""
        key = (e, at, bound, tuple(self._held))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._entry(e, at, bound)
        return known

    def scalar(self, e: Expression, bound: At) -> Term:
        """The value of a scalar, or of a 1 x 1 matrix."""
        return self.entry(e, (1,) * len(shape_of(e)), bound)

    def _entry(self, e: Expression, at: At, bound: At) -> Term:
        match e:
            case said.Number():
                return _numeral(e)
            case said.Dimension():
                return Size(extent(e))
            case said.Name():
                return Entry(variable_of(e), on_axes(at, e.declared))
            case said.Entry():
                subscripts = tuple(_place(each, bound) for each in e.subscripts)
                return self.entry(e.tensor, _on_axes(shape_of(e.tensor), subscripts), bound)
            case said.Sum() | said.Max() | said.Array() | said.Product():
                return self._binder(e, at, bound)
            case said.Matrix():
                return self._matrix(e, at, bound)
            case said.Add():
                return add(self._spread(term, at, bound) for term in e.terms)
            case said.Mul():
                return self._product(e.factors, tuple(product_steps(e)), at, bound)
            case said.Power():
                return self._power(e, at, bound)
            case said.Transpose():
                return self.entry(e.argument, at[::-1], bound)
            case said.Hadamard():
                return mul(*(self._spread(factor, at, bound) for factor in e.factors))
            case said.Kronecker():
                return self._kronecker(e, at, bound)
            case said.Vec():
                return self.entry(e.argument, _unstacked(shape_of(e.argument), at), bound)
            case said.Call():
                return self._call(e, at, bound)
            case said.Expectation():
                return Mean(self.scalar(e.argument, bound))
            case said.Variance() | said.Covariance():
                return self.scalar(e.meaning, bound)
            case said.Trace() | said.Norm() | said.Diagonal():
                return self._of_matrix(e, at, bound)
            case said.Delta():
                return deltas(_place(e.row, bound), _place(e.column, bound))
            case said.Derivative() | said.Vjp():
                return self._derivative(e, at, bound)
            case said.Defined():
                held = self._held.get(e)
                return self.entry(e.meaning, at, bound) if held is None else Entry(held, on_axes(at, shape_of(e)))
            case said.Dependent():
                return Dep(e.symbol, (), tuple(self._slot(argument, bound) for argument in e.arguments))
            case said.Argument():
                return Entry(PLACE, ())
            case said.Width() | said.Member() | said.Leveled() | said.Recursive() | said.Infinity():
                raise Unsupported(f"{e} by itself")
            case said.Descending() | said.Ascending():
                raise Unsupported(f"the ordered product {e} by itself")
            case said.Index() | said.Bound() | said.Range() | said.Paired():
                raise Unsupported(f"the value of the index {e} as a number")
            case _:
                assert_never(e)

    def _spread(self, e: Expression, at: At, bound: At) -> Term:
        """An entry of a term of a sum: a scalar stands at every entry."""
        return self.scalar(e, bound) if is_scalar(shape_of(e)) else self.entry(e, at, bound)

    def _binder(self, e: said.Sum | said.Max | said.Array | said.Product, at: At, bound: At) -> Term:
        match e:
            case said.Array():
                taken = at[: len(e.dimensions)]
                return self.scalar(e.body, (*bound, *taken))
            case said.Sum():
                running = self._fresh_place(e.dimensions[0])
                return _summed((running,), self.entry(e.body, at, (*bound, running)))
            case said.Max():
                over = self.fresh(extent(e.dimensions[0]))
                body = self.scalar(e.body, (*bound, over))
                return Max(over, body) if isinstance(over, Idx) else body
            case said.Product():
                many = extent(e.dimensions[0]).fixed
                if many is None:
                    raise Unsupported("a product over an index of unknown length")
                self._parts += many
                if self._parts > MOST_PARTS:
                    raise OutOfBudget
                return mul(*(self.scalar(e.body, (*bound, value)) for value in range(1, many + 1)))
            case _:
                assert_never(e)

    def _matrix(self, e: said.Matrix, at: At, bound: At) -> Term:
        """Entry by entry: row r, column c stands at delta_ir delta_jc."""
        return add(
            mul(deltas(at[0], down), deltas(at[1], across), self.scalar(entry, bound))
            for down, row in enumerate(e.rows, start=1)
            for across, entry in enumerate(row, start=1)
        )

    def _product(self, factors: tuple[Expression, ...], steps: Steps, at: At, bound: At) -> Term:
        """The product of factors, of which the steps say the shapes from the left, and how each came in."""
        *before, factor = factors
        if not before:
            return self.entry(factor, at, bound)
        shape, inner, (_, step) = steps[len(before) - 1][0], shape_of(factor), steps[len(before)]
        if step == "contract":
            over = self.fresh_for(finest(shape[-1:], inner[:1]))
            kept = len(shape) - 1
            left = self._product(tuple(before), steps, (*at[:kept], *over), bound)
            return _summed(over, mul(left, self.entry(factor, (*over, *at[kept:]), bound)))
        left_at, right_at = (((1,) * len(axes) if is_scalar(axes) else at) for axes in (shape, inner))
        return mul(self._product(tuple(before), steps, left_at, bound), self.entry(factor, right_at, bound))

    def _power(self, e: said.Power, at: At, bound: At) -> Term:
        exponent = rational(e.exponent)
        axes = shape_of(e.base)
        if len(long_axes(axes)) > 1:
            if exponent is None or exponent.denominator != 1 or exponent == 0:
                raise Unsupported(f"the matrix power {e}")
            if exponent == -1:
                return self._inverse(e.base, at, bound)
            if exponent < 0:
                return self._power(said.Power(said.Power(e.base, said.Number(-1)), said.Number(-exponent)), at, bound)
            power = said.Mul(*(e.base,) * int(exponent)) if exponent > 1 else e.base
            return self.entry(power, at, bound)
        if isinstance(e.base, said.Norm) and exponent is not None and exponent.denominator == 1 and exponent % 2 == 0:
            return Pow(self._squares(e.base.argument, bound), int(exponent) // 2)
        base = self.entry(e.base, at, bound)
        if exponent is not None and exponent.denominator == 1:
            return self._whole_power(base, int(exponent))
        return Exp(mul(self.scalar(e.exponent, bound), self._noted(Log(base))))

    def _kronecker(self, e: said.Kronecker, at: At, bound: At) -> Term:
        """The product of an entry of each factor: their rows, and their columns, are inside one another."""
        shapes = [shape_of(factor) or (said.Number(1),) * 2 for factor in e.factors]
        rows, columns = (
            parted(on_axes((place,), (paired(*own),)), own)
            for place, own in zip(at or (1, 1), zip(*shapes, strict=True), strict=True)
        )
        places = zip(e.factors, zip(rows, columns, strict=True), strict=True)
        return mul(*(self.entry(factor, both[: len(shape_of(factor))], bound) for factor, both in places))

    def _inverse(self, e: Expression, at: At, bound: At) -> Term:
        product = as_kronecker(e, self._held)
        if product is not None:
            if not all(same_dimension(*(shape_of(each) or (said.Number(1),) * 2)) for each in product.factors):
                raise Unsupported(f"the inverse of {product}, whose factors are not square")
            return self.entry(
                said.Kronecker(*(said.Power(each, said.Number(-1)) for each in product.factors)), at, bound
            )
        inner = self.fresh_for(shape_of(e))
        own, subscripts = flat(inner), flat(at)
        if len(own) != 2 or len(subscripts) != 2:
            raise Unsupported(f"the inverse of {e}, whose axes are made of others")
        return self._noted(Inverse(*subscripts, Slot(own, self.entry(e, inner, bound))))

    def _whole_power(self, base: Term, exponent: int) -> Term:
        if exponent in (0, 1):
            return base if exponent else ONE
        if abs(exponent) > LARGEST_EXPONENT:
            raise OutOfBudget
        power = Pow(base, exponent)
        return self._noted(power) if exponent < 0 else power

    def _noted(self, term: Term) -> Term:
        self.partial.append(term)
        return term

    def _squares(self, e: Expression, bound: At) -> Term:
        at = self.fresh_for(shape_of(e))
        return _summed(at, Pow(self.entry(e, at, bound), 2))

    def _of_matrix(self, e: said.Trace | said.Norm | said.Diagonal, at: At, bound: At) -> Term:
        match e:
            case said.Trace():
                axes = shape_of(e.argument)
                over = self.fresh_for(finest(axes[:1], axes[1:]))
                return _summed(over, self.entry(e.argument, over * 2 if over else (), bound))
            case said.Norm():
                return Exp(mul(number(Fraction(1, 2)), self._noted(Log(self._squares(e.argument, bound)))))
            case said.Diagonal():
                own = self.entry(e.argument, _on_axes(shape_of(e.argument), at[:1]), bound)
                return mul(deltas(at[0], at[1]), own)
            case _:
                assert_never(e)

    def _call(self, e: said.Call, at: At, bound: At) -> Term:
        argument = self.entry(e.argument, at, bound)
        written = self._formula(e.function, e.order)
        self._parts += written.parts
        if self._parts > MOST_PARTS or height_of(written.value) + height_of(argument) > HIGHEST:
            raise OutOfBudget  # functions of functions grow without end, in size or in depth
        self.partial += [replace_variable(each, PLACE, lambda _: argument) for each in written.partial]
        return replace_variable(written.value, PLACE, lambda _: argument)

    def _formula(self, function: said.Function, order: int) -> Written:
        """The derivative of a function of this order at the place of its argument, and what it notes."""
        key = (function, order)
        known = self._formulas.get(key)
        if known is None:
            known = self._formulas[key] = closed(*key) if is_closed(function) else self.written(*key)
        return known

    def written(self, function: said.Function, order: int) -> Written:
        """As it is written out, with what is held in its place now."""
        before = len(self.partial)
        if order and not isinstance(function, said.Opaque):
            value, noted, _ = self._formula(function, order - 1)
            value = differentiate(value, PLACE, (), self.fresh)
        else:
            value = self._value(function, order)
            noted = tuple(self.partial[before:])
            del self.partial[before:]
        return Written(value, noted, sum(1 for each in (value, *noted) for _ in subterms(each)))

    def _value(self, function: said.Function, order: int) -> Term:
        place = Entry(PLACE, ())
        match function:
            case said.Opaque():
                return Fn(function.symbol, order, place)
            case said.Formula():
                return self.entry(function.body, ())
            case said.Primitive():
                if function.symbol not in ("exp", "log"):
                    raise Unsupported(f"the function {function.symbol}")
                return Exp(place) if function.symbol == "exp" else self._noted(Log(place))
            case _:
                assert_never(function)

    def _slot(self, argument: Expression, bound: At) -> Slot:
        """A tensor that something depends on; the same one wherever it stands, so that it is worked on once."""
        key = (argument, bound, tuple(self._held))
        known = self._slots.get(key)
        if known is None:
            at = self.fresh_for(shape_of(argument))
            known = self._slots[key] = Slot(flat(at), self.entry(argument, at, bound))
        return known

    def _derivative(self, e: said.Derivative | said.Vjp, at: At, bound: At) -> Term:
        quantity, variable = shape_of(e.quantity), shape_of(e.variable)
        if isinstance(e, said.Vjp):
            over = self.fresh_for(finest(quantity, shape_of(e.upstream)))
            return _summed(over, mul(self.entry(e.upstream, over, bound), self._partial(e, over, at, bound)))
        if is_scalar(quantity):
            return self._partial(e, (1,) * len(quantity), at, bound)
        if is_scalar(variable):
            return self._partial(e, at, (1,) * len(variable), bound)
        kept = len(long_axes(quantity))
        return self._partial(e, _on_axes(quantity, at[:kept]), _on_axes(variable, at[kept:]), bound)

    def _partial(self, e: said.Derivative | said.Vjp, out: At, by: At, bound: At) -> Term:
        """The derivative of one entry of the quantity by one entry of the variable."""
        base = base_of(e.variable)
        if isinstance(e.variable, said.Entry):
            by = _on_axes(shape_of(e.variable.tensor), tuple(_place(each, bound) for each in e.variable.subscripts))
        if isinstance(e.variable, said.Vec):
            by = _unstacked(shape_of(base), by)
        if isinstance(base, said.Name):
            subscripts = on_axes(by, base.declared)
            return differentiate(self.entry(e.quantity, out, bound), variable_of(base), subscripts, self.fresh)
        if not isinstance(base, said.Defined):
            raise Unsupported(f"a derivative by {base}")
        return self._by_defined(e.quantity, base, out, by, bound)

    def _by_defined(self, quantity: Expression, base: said.Defined, out: At, by: At, bound: At) -> Term:
        if not _names(quantity, base):
            raise Ambiguous(f"{quantity} is not written as depending on {base}")
        axes = shape_of(base)
        variable = self._variables.setdefault(base, Variable(base.symbol, extents(axes), held=len(self._variables) + 1))
        further_out = base in self._held
        before = len(self.partial)
        self._held[base] = variable
        derivative = differentiate(self.entry(quantity, out, bound), variable, on_axes(by, axes), self.fresh)
        if not further_out:
            del self._held[base]

        def meaning(at: tuple[Subscript, ...]) -> Term:
            return self.entry(base, gathered(at, axes), bound)

        noted = self.partial[before:]
        self.partial[before:] = [replace_variable(each, variable, meaning) for each in noted]
        return replace_variable(derivative, variable, meaning)


CLOSED = (said.Formula, said.Primitive, said.Opaque, said.Call, said.Argument)
ARITHMETIC = (said.Add, said.Mul, said.Power, said.Number, Rational, Str)


def is_closed(function: said.Function) -> bool:
    """Whether a function has nothing in its formula but its argument and numbers: it is the same one in all links."""
    return all(issubclass(kind, (*CLOSED, *ARITHMETIC)) for kind in kinds(function))


@lru_cache(maxsize=256)
def closed(function: said.Function, order: int) -> Written:
    """The derivative of a function that is the same one in all links."""
    return Lowering().written(function, order)


def _names(node: Basic, base: said.Defined) -> bool:
    """Whether a definition is used in an expression."""
    met: set[Basic] = set()
    waiting: list[Basic] = [node]
    while waiting:
        part = waiting.pop()
        if part == base:
            return True
        if part not in met:
            met.add(part)
            waiting.extend(part.args)
    return False


@lru_cache(maxsize=1024)
def _numeral(e: said.Number) -> Term:
    return number(e.value)


def rational(e: Expression) -> Fraction | None:
    """The rational number that an exponent is written as, if it is one."""
    match e:
        case said.Number():
            return e.value
        case said.Mul():
            product: Fraction | None = Fraction(1)
            for factor in map(rational, e.factors):
                product = None if product is None or factor is None else product * factor
            return product
        case said.Power():
            base, exponent = rational(e.base), rational(e.exponent)
            return Fraction(1) / base if base and exponent == -1 else None
        case _:
            return None


def subscript(index: Expression) -> Subscript:
    """The subscript of a term for a free index; raises :class:`Unsupported` for what is no index."""
    match index:
        case said.Number():
            return int(index.value)
        case said.Index():
            over = extent(index.dimension)
            return 1 if over == ONE_WIDE else Idx(Kind.FREE, index.symbol, 0, over)
        case _:
            raise Unsupported(f"the subscript {index}")


def _place(index: Expression, bound: At) -> Place:
    """The place that an index names: that of what it is bound to."""
    return bound[-1 - index.level] if isinstance(index, said.Bound) else subscript(index)


def _unstacked(axes: tuple[Expression, ...], at: At) -> At:
    """The row and the column of a matrix at a place of its columns, stacked."""
    if not axes:
        return ()
    rows, columns = axes
    column, row = parted(on_axes(at[:1], (paired(columns, rows),)), (columns, rows))
    return row, column


def _summed(over: At, term: Term) -> Term:
    """The sum over all bound indices of places."""
    for index in flat(over):
        term = summed(index, term) if isinstance(index, Idx) else term
    return term


def _on_axes(axes: tuple[Expression, ...], subscripts: At) -> At:
    """A subscript for each axis: a row or a column is given one, and the other axis has a single entry."""
    if len(subscripts) == len(axes):
        return subscripts
    given = iter(subscripts)
    if all(axis == said.Number(1) for axis in axes):
        return (1,) * len(axes)
    return tuple(1 if axis == said.Number(1) else next(given) for axis in axes)
