"""From a normal form back to an expression, so that people can read it."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from flint import fmpq

from verify import language as said
from verify.kernel.atoms import (
    Atom,
    Content,
    DeltaForm,
    DepForm,
    DivisorForm,
    EntryForm,
    ExpForm,
    Exponent,
    FnForm,
    LogForm,
    MaxForm,
    Monomial,
    Poly,
    SizeForm,
    SumForm,
    content,
)
from verify.kernel.term import Extent, Idx, Kind, Subscript
from verify.language import Expression

LETTERS = "abcdpqrs"


def lift(poly: Poly) -> Expression:
    """A polynomial as an expression, its terms in the order of the normal form."""
    return _sum(content(poly))


def _sum(poly: Content) -> Expression:
    terms = [_term(monomial, coefficient) for monomial, coefficient in poly]
    if not terms:
        return said.Number(0)
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _term(monomial: Monomial, coefficient: fmpq) -> Expression:
    above = [_power(atom, exponent) for atom, exponent in _in_order(monomial) if exponent > 0]
    below = [_power(atom, -exponent) for atom, exponent in _in_order(monomial) if exponent < 0]
    value = Fraction(int(coefficient.p), int(coefficient.q))
    numerator = _product([*([said.Number(abs(value.numerator))] if abs(value.numerator) != 1 else []), *above])
    denominator = _product([*([said.Number(value.denominator)] if value.denominator != 1 else []), *below])
    term = numerator / denominator if denominator != said.Number(1) else numerator
    return -term if value < 0 else term


def _in_order(monomial: Monomial) -> Monomial:
    return tuple(sorted(monomial, key=lambda power: power[0].key))


def _product(factors: list[Expression]) -> Expression:
    if not factors:
        return said.Number(1)
    product = factors[0]
    for factor in factors[1:]:
        product = product * factor
    return product


def _power(atom: Atom, exponent: Exponent) -> Expression:
    if isinstance(atom.form, ExpForm):
        scale = said.as_expression(Fraction(exponent))
        inner = _term(atom.form.power, fmpq(1))
        return said.exp(inner if exponent == 1 else scale if inner == said.Number(1) else scale * inner)
    base = _atom(atom)
    return base if exponent == 1 else base ** said.as_expression(Fraction(exponent))


def _atom(atom: Atom) -> Expression:
    form = atom.form
    match form:
        case EntryForm():
            name = said.Name(form.variable.symbol, tuple(map(_dimension, form.variable.axes)))
            return name if not name.declared else name[_on_axes(form.variable.axes, form.subscripts)]
        case DeltaForm():
            return said.delta(_subscript(form.row), _subscript(form.column))
        case SizeForm():
            return said.Dimension(form.name)
        case ExpForm():
            return said.exp(_term(form.power, fmpq(1)))
        case LogForm():
            return said.log(_sum(form.argument))
        case FnForm():
            return said.Call(said.Opaque(form.symbol), form.order, _sum(form.argument))
        case SumForm():
            body = _term(form.body, fmpq(1))
            for index in reversed(form.over):
                body = said.sum_over(_index(index), body)
            return body
        case MaxForm():
            return said.max_over(_index(form.over), _sum(form.body))
        case DepForm():
            return _dependence(form)
        case DivisorForm():
            return _sum(form.polynomial)
        case _:
            assert_never(form)


def _dependence(form: DepForm) -> Expression:
    """The partial derivative of J by entry i of its first slot: (d_1 J)_i."""
    if not form.by:
        return said.Name(form.symbol)
    symbol = "".join(rf"\partial_{slot + 1} " for slot, _ in form.by) + form.symbol
    subscripts = [_subscript(each) for _, indices in form.by for each in indices if isinstance(each, Idx)]
    return said.Entry(said.Name(symbol), *subscripts) if subscripts else said.Name(symbol)


def _on_axes(axes: tuple[Extent, ...], subscripts: tuple[Subscript, ...]) -> tuple[said.Subscript, ...]:
    shown = [_subscript(each) for axis, each in zip(axes, subscripts, strict=True) if axis.fixed != 1]
    return tuple(shown) or tuple(map(_subscript, subscripts))


def _subscript(subscript: Subscript) -> said.Subscript:
    return said.Number(subscript) if isinstance(subscript, int) else _index(subscript)


def _index(index: Idx) -> said.Index:
    """An index by its symbol; canonical ones by letters, those further out later in the alphabet."""
    dimension = _dimension(index.extent)
    match index.kind:
        case Kind.FREE:
            return said.Index(index.symbol, dimension)
        case Kind.FRESH:
            return said.Index("j", dimension)
        case Kind.CANONICAL:
            depth = int(index.symbol) - 1
            letter = LETTERS[index.number % len(LETTERS)]
            return said.Index(letter + "'" * depth, dimension)
        case _:
            assert_never(index.kind)


def _dimension(extent: Extent) -> Expression:
    terms = [
        _product([*([said.Number(int(c))] if c != 1 or not names else []), *map(said.Dimension, names)])
        for names, c in extent.monomials
    ]
    total: Expression = terms[0] if terms else said.Number(0)
    for term in terms[1:]:
        total = total + term
    return total
