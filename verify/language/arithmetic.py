"""Sums, products, powers, transposes and entries: what can be said with operators.

Every form of the language is an immutable SymPy node that never evaluates: the tree is what was
written. ``W * x + b`` is an :class:`Add` of a :class:`Mul` and a :class:`Name`, whatever the shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from sympy.core.basic import Atom, Basic
from sympy.core.containers import Tuple
from sympy.core.numbers import Integer, Rational
from sympy.core.symbol import Str

from verify.language.display import mimebundle

if TYPE_CHECKING:
    from verify.language.expression import Expression, Subscript

MOST_KEPT = 4096
type_error = "Expected an expression or an exact number but got {value!r} (type {kind})."


def kinds(node: Basic) -> frozenset[type]:
    """The forms of the nodes in it, itself among them."""
    known: frozenset[type] | None = getattr(node, "_kinds", None)
    if known is None:
        form: type = type(node)
        parts = node._args
        known = _together(form, tuple(map(kinds, parts))) if parts else _alone(form)
        if isinstance(node, Node):
            node._kinds = known
    return known


@cache
def _alone(form: type) -> frozenset[type]:
    return frozenset({form})


@lru_cache(MOST_KEPT)
def _together(form: type, parts: tuple[frozenset[type], ...]) -> frozenset[type]:
    return _alone(form).union(*parts)


@lru_cache(MOST_KEPT)
def _holds(found: frozenset[type], wanted: tuple[type, ...]) -> bool:
    return any(issubclass(each, wanted) for each in found)


class Node(Basic):
    """The common ground of all forms: a SymPy node that is built as written and compared by structure.

    >>> from verify.language import dims, vector
    >>> n, = dims("n")
    >>> x = vector("x", n)
    >>> x + x == x + x, x + x == 2 * x
    (True, False)
    """

    _repr_mimebundle_ = mimebundle

    __slots__ = ("_kinds", "_shape")
    _kinds: frozenset[type]
    _shape: tuple[Expression, ...]
    _mhash: int | None

    def atoms(self, *types: Any) -> set[Any]:
        """All nodes of these types in it, itself among them; without types, those without parts.

        As SymPy's own, but a part that stands in several places is looked at once.

        >>> from verify.language import Name, dims, vector
        >>> n, = dims("n")
        >>> x = vector("x", n)
        >>> (x.T * x + x.T * x).atoms(Name) == {x}
        True
        """
        wanted = tuple(each if isinstance(each, type) else type(each) for each in types) or (Atom,)
        if not _holds(kinds(self), wanted):
            return set()
        seen: dict[int, Basic] = {id(self): self}
        todo: list[Basic] = [self]
        found: set[Any] = set()
        while todo:
            node = todo.pop()
            if isinstance(node, wanted):
                found.add(node)
            for part in node._args:
                if id(part) not in seen:
                    seen[id(part)] = part
                    todo.append(part)
        return found

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and hash(self) == hash(other) and self._args == other._args

    __ne__ = object.__ne__  # the opposite of the equality above; SymPy's own is a function in Python

    def __hash__(self) -> int:
        known: int | None = self._mhash
        if known is None:
            self._mhash = known = hash((type(self).__name__, *self._args))
        return known

    def __add__(self, other: object) -> Expression:
        return Add(*_terms(self), as_expression(other))

    def __radd__(self, other: object) -> Expression:
        return Add(*_terms(as_expression(other)), self)

    def __sub__(self, other: object) -> Expression:
        return Add(*_terms(self), -as_expression(other))

    def __rsub__(self, other: object) -> Expression:
        return Add(*_terms(as_expression(other)), -self)

    def __mul__(self, other: object) -> Expression:
        return Mul(*_factors(self), as_expression(other))

    def __rmul__(self, other: object) -> Expression:
        return Mul(*_factors(as_expression(other)), self)

    def __truediv__(self, other: object) -> Expression:
        return Mul(*_factors(self), Power(as_expression(other), Number(-1)))

    def __rtruediv__(self, other: object) -> Expression:
        return as_expression(other).__truediv__(self)

    def __pow__(self, other: object) -> Expression:
        return Power(self, as_expression(other))

    def __rpow__(self, other: object) -> Expression:
        return Power(as_expression(other), self)

    def __neg__(self) -> Expression:
        return Number(-1) if self == Number(1) else Mul(Number(-1), *_factors(self))

    def __getitem__(self, key: Subscript | int | tuple[Subscript | int, ...]) -> Entry:
        subscripts = key if isinstance(key, tuple) else (key,)
        return Entry(self, *(as_expression(subscript) for subscript in subscripts))

    @property
    def T(self) -> Transpose:  # noqa: N802 - the field writes a capital T
        """The transpose, unevaluated."""
        return Transpose(self)

    def at(self, indices: Mapping[str, int] | None = None, **sizes: int) -> Any:
        """The explicit SymPy expression or matrix at these sizes; see :func:`verify.language.explicit.at`.

        >>> from verify.language import dims, total, vector
        >>> n, = dims("n")
        >>> total(vector("x", n)).at(n=2)
        x_1 + x_2
        """
        from verify.language.explicit import at

        return at(cast("Expression", self), sizes, indices)

    def __str__(self) -> str:
        from verify.language.latex import latex

        return latex(cast("Expression", self))

    __repr__ = __str__


def as_str(symbol: str | Str) -> Str:
    """A symbol as SymPy's text; what is printed of one is the same."""
    return symbol if isinstance(symbol, Str) else _str(str(symbol))


@lru_cache(MOST_KEPT)
def _str(symbol: str) -> Str:
    return Str(symbol)


class Number(Node):
    """An exact rational number; a negative one other than -1 is written as -1 times its opposite."""

    __slots__ = ()

    def __new__(cls, value: int | Fraction | Rational) -> Number:
        if isinstance(value, int):
            return _whole(value)
        if isinstance(value, Fraction):
            value = Rational(value.numerator, value.denominator)
        return Basic.__new__(cls, Rational(value))

    @property
    def value(self) -> Fraction:
        """The number as a :class:`~fractions.Fraction`."""
        number = self._args[0]
        return Fraction(int(number.p)) if number.q == 1 else Fraction(int(number.p), int(number.q))


@lru_cache(MOST_KEPT)
def _whole(value: int) -> Number:
    number: Number = Basic.__new__(Number, Integer(value))
    return number


class Dimension(Node):
    """A dimension, at least 1: as a shape, as the end of an index, or as the number itself."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str) -> Dimension:
        return Basic.__new__(cls, as_str(symbol))

    @property
    def symbol(self) -> str:
        """How it is written."""
        return str(self._args[0].name)


class Name(Node):
    """A variable of a given shape: ``()`` for a scalar, ``(m, n)`` for a matrix, ``(n, 1)`` for a column."""

    __slots__ = ()

    def __new__(cls, symbol: str | Str, shape: tuple[Expression, ...] | Tuple = ()) -> Name:
        return Basic.__new__(cls, as_str(symbol), Tuple(*shape))

    @property
    def symbol(self) -> str:
        """How it is written."""
        return str(self._args[0].name)

    @property
    def declared(self) -> tuple[Expression, ...]:
        """The shape it was declared with."""
        return tuple(self._args[1])


class Entry(Node):
    """One entry of a tensor, ``x[i]`` or ``W[i, j]``; a row or a column takes one index."""

    __slots__ = ()

    def __new__(cls, tensor: Node, *subscripts: Node) -> Entry:
        return Basic.__new__(cls, tensor, *subscripts)

    @property
    def tensor(self) -> Expression:
        """What the entry is taken of."""
        return self._args[0]

    @property
    def subscripts(self) -> tuple[Subscript, ...]:
        """The indices, in the order of the axes."""
        return self._args[1:]


class Add(Node):
    """A sum of terms in the order in which they were written."""

    __slots__ = ()

    @property
    def terms(self) -> tuple[Expression, ...]:
        """The terms."""
        return self._args


class Mul(Node):
    """A product of factors, read from the left: scalars scale, matrices contract adjacent axes."""

    __slots__ = ()

    @property
    def factors(self) -> tuple[Expression, ...]:
        """The factors."""
        return self._args


class Power(Node):
    """A power; ``a / b`` is a times b to the -1. A vector's power is taken entrywise."""

    __slots__ = ()

    def __new__(cls, base: Node, exponent: Node) -> Power:
        return Basic.__new__(cls, base, exponent)

    @property
    def base(self) -> Expression:
        """What is raised."""
        return self._args[0]

    @property
    def exponent(self) -> Expression:
        """The power that it is raised to."""
        return self._args[1]


class Transpose(Node):
    """The transpose of a matrix, row or column; of a scalar, the scalar."""

    __slots__ = ()

    def __new__(cls, argument: Node) -> Transpose:
        return Basic.__new__(cls, argument)

    @property
    def argument(self) -> Expression:
        """What is transposed."""
        return self._args[0]


def as_expression(value: object) -> Expression:
    """The expression for a value: itself, or an exact number. Floats are refused: they are not exact.

    >>> as_expression(-2)
    -2
    >>> as_expression(0.5)
    Traceback (most recent call last):
    TypeError: Expected an expression or an exact number but got 0.5 (type float).
    """
    if isinstance(value, Node):
        return cast("Expression", value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Number(value) if value >= -1 else Mul(Number(-1), Number(-value))
    if isinstance(value, Fraction):
        numerator = as_expression(value.numerator)
        return numerator if value.denominator == 1 else numerator / Number(value.denominator)
    raise TypeError(type_error.format(value=value, kind=type(value).__name__))


def _terms(expression: Node) -> tuple[Node, ...]:
    return expression.args if isinstance(expression, Add) else (expression,)


def _factors(expression: Node) -> tuple[Node, ...]:
    return expression.args if isinstance(expression, Mul) else (expression,)
