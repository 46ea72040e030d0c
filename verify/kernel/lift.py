"""From a normal form back to an expression, so that people can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from flint import fmpq
from sympy.core.basic import Basic
from sympy.core.containers import Tuple

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
    InverseForm,
    LogForm,
    MaxForm,
    MomentForm,
    Monomial,
    Poly,
    SizeForm,
    SumForm,
    content,
)
from verify.kernel.term import Extent, Idx, Kind, Subscript
from verify.language import Expression
from verify.language.binders import Binder, Hint

LETTERS = "abcdefghpqrstuvw"

Dependents = Mapping[str, said.Dependent]


def lift(poly: Poly, dependents: Dependents | None = None) -> Expression:
    """A polynomial as an expression, its terms in the order of the normal form, its bound indices a, b, ..."""
    return _lettered(_Lift(dependents or {}).sum(content(poly)), 0)


def _lettered(node: Basic, depth: int) -> Expression:
    """The expression with the hints of its binders replaced by letters, the outermost first."""
    if not node.args:
        return node  # type: ignore[return-value]
    if not isinstance(node, Binder):
        return node.func(*(_lettered(part, depth) for part in node.args))  # type: ignore[no-any-return]
    inner = depth + len(node.hints)
    hints = Tuple(*(Hint(LETTERS[place % len(LETTERS)]) for place in range(depth, inner)))
    return type(node).rebuilt(_lettered(node.body, inner), hints, node.args[2])  # type: ignore[return-value]


@dataclass(frozen=True)
class _Lift:
    """Puts expressions together from atoms; unknown dependences by the way they were declared."""

    dependents: Dependents

    def sum(self, poly: Content) -> Expression:
        terms = [self.term(monomial, coefficient) for monomial, coefficient in poly]
        if not terms:
            return said.Number(0)
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    def term(self, monomial: Monomial, coefficient: fmpq) -> Expression:
        above = [self.power(atom, exponent) for atom, exponent in _in_order(monomial) if exponent > 0]
        below = [self.power(atom, -exponent) for atom, exponent in _in_order(monomial) if exponent < 0]
        value = Fraction(int(coefficient.p), int(coefficient.q))
        numerator = _product([*([said.Number(abs(value.numerator))] if abs(value.numerator) != 1 else []), *above])
        denominator = _product([*([said.Number(value.denominator)] if value.denominator != 1 else []), *below])
        term = numerator / denominator if denominator != said.Number(1) else numerator
        return -term if value < 0 else term

    def power(self, atom: Atom, exponent: Exponent) -> Expression:
        if isinstance(atom.form, ExpForm):
            scale = said.as_expression(Fraction(exponent))
            inner = self.term(atom.form.power, fmpq(1))
            return said.exp(inner if exponent == 1 else scale if inner == said.Number(1) else scale * inner)
        base = self.atom(atom)
        return base if exponent == 1 else base ** said.as_expression(Fraction(exponent))

    def atom(self, atom: Atom) -> Expression:
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
                return said.exp(self.term(form.power, fmpq(1)))
            case LogForm():
                return said.log(self.sum(form.argument))
            case FnForm():
                return said.Call(said.Opaque(form.symbol), form.order, self.sum(form.argument))
            case SumForm():
                body = self.term(form.body, fmpq(1))
                for index in reversed(form.over):
                    body = said.sum_over(_index(index), body)
                return body
            case MaxForm():
                return said.max_over(_index(form.over), self.sum(form.body))
            case MomentForm():
                return said.expectation(self.term(form.product, fmpq(1)))
            case DepForm():
                return self.dependence(form)
            case DivisorForm():
                return self.sum(form.polynomial)
            case InverseForm():
                return (self.matrix(form) ** -1)[_subscript(form.row), _subscript(form.column)]
            case _:
                assert_never(form)

    def matrix(self, form: InverseForm) -> Expression:
        """The matrix of which a form is an entry of the inverse."""
        entry = self.sum(form.body)
        down, across = map(_index, form.over)
        if isinstance(entry, said.Entry) and entry.subscripts == (down, across):
            return entry.tensor
        return said.matrix_of(down, across, entry)

    def dependence(self, form: DepForm) -> Expression:
        """The derivative of J by an entry of what it depends on, and by further ones."""
        known = self.dependents.get(form.symbol)
        whole: Expression = said.Name(form.symbol) if known is None else known
        if isinstance(known, said.Component):
            whole = known.whole[_place(form)]
        for slot, indices in form.by:
            of, at = said.Name(f"\\#{slot + 1}") if known is None else known.arguments[slot], indices
            if isinstance(known, said.Component):
                of, at = known.of[slot - 1], indices[1:]
            subscripts = [_subscript(each) for each in at if isinstance(each, Idx)]
            gradient = said.Derivative(whole, of)
            whole = said.Entry(gradient, *subscripts) if subscripts else gradient
        return whole


def _place(form: DepForm) -> said.Subscript:
    """Which entry of an unknown vector a form is: in its first slot there is a 1 there, and 0 elsewhere."""
    (own, *_), body = form.slots[0]
    for monomial, _ in body:
        for atom, _ in monomial:
            if isinstance(atom.form, DeltaForm):
                return _subscript(atom.form.row if atom.form.column == own else atom.form.column)
    return said.Number(1)


def _in_order(monomial: Monomial) -> Monomial:
    return tuple(sorted(monomial, key=lambda power: power[0].key))


def _product(factors: list[Expression]) -> Expression:
    if not factors:
        return said.Number(1)
    product = factors[0]
    for factor in factors[1:]:
        product = product * factor
    return product


def _on_axes(axes: tuple[Extent, ...], subscripts: tuple[Subscript, ...]) -> tuple[said.Subscript, ...]:
    shown = [_subscript(each) for axis, each in zip(axes, subscripts, strict=True) if axis.fixed != 1]
    return tuple(shown) or tuple(map(_subscript, subscripts))


def _subscript(subscript: Subscript) -> said.Subscript:
    return said.Number(subscript) if isinstance(subscript, int) else _index(subscript)


def _index(index: Idx) -> said.Index:
    """An index by its symbol; canonical ones by depth and number, until they get their letters."""
    dimension = _dimension(index.extent)
    match index.kind:
        case Kind.FREE:
            return said.Index(index.symbol, dimension)
        case Kind.FRESH:
            return said.Index("j", dimension)
        case Kind.CANONICAL:
            return said.Index(f"{index.symbol}:{index.number}", dimension)
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
