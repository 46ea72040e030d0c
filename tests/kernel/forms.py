"""Values of normal forms, taken atom by atom in balls: what a normal form says, without what made it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import product
from typing import Any, assert_never

from flint import arb, arb_mat, fmpq

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
)
from verify.kernel.balls import Balls, precision
from verify.kernel.evaluate import Evaluation, OutOfReach, OutsideDomain
from verify.kernel.point import GRID, Point
from verify.kernel.term import Extent, Idx, Subscript, Term

Indices = Mapping[Idx, int]


class Values:
    """Values of atoms and polynomials at a point, for given sizes."""

    def __init__(self, numbers: Balls, sizes: Mapping[str, int]) -> None:
        self.numbers, self.sizes = numbers, sizes

    def of(self, poly: Poly, indices: Indices) -> arb:
        """The value of a polynomial."""
        return self.content(tuple(poly.items()), indices)

    def content(self, terms: Content, indices: Indices) -> arb:
        return sum((arb(c) * self.monomial(monomial, indices) for monomial, c in terms), arb(0))

    def monomial(self, monomial: Monomial, indices: Indices) -> arb:
        return reduce(lambda total, power: total * self.power(power[0], power[1], indices), monomial, arb(1))

    def power(self, atom: Atom, exponent: Exponent, indices: Indices) -> arb:
        if isinstance(atom.form, ExpForm):
            scale = arb(fmpq(exponent.numerator, exponent.denominator))
            return (scale * self.monomial(atom.form.power, indices)).exp()
        assert exponent == int(exponent)
        return self.numbers.power(self.atom(atom, indices), int(exponent))

    def atom(self, atom: Atom, indices: Indices) -> arb:
        form = atom.form
        match form:
            case EntryForm():
                return self.numbers.entry(form.variable, _at(form.subscripts, indices))
            case DeltaForm():
                row, column = _at((form.row, form.column), indices)
                return arb(int(row == column))
            case SizeForm():
                return arb(self.sizes[form.name])
            case ExpForm():
                return self.monomial(form.power, indices).exp()
            case LogForm():
                return self.numbers.log(self.content(form.argument, indices))
            case FnForm():
                return self.numbers.function(form.symbol, form.order, self.content(form.argument, indices))
            case SumForm():
                return sum((self.monomial(form.body, each) for each in self.over(form.over, indices)), arb(0))
            case MaxForm():
                return self.numbers.largest(
                    [self.content(form.body, each) for each in self.over((form.over,), indices)]
                )
            case DepForm():
                by = [(slot, _at(subscripts, indices)) for slot, subscripts in form.by]
                return self.numbers.dependence(form.symbol, by, [self.slot(*slot, indices) for slot in form.slots])
            case InverseForm():
                matrix = self.slot(form.over, form.body, indices)
                row, column = _at((form.row, form.column), indices)
                return _inverse(matrix, row, column)
            case DivisorForm():
                return self.content(form.polynomial, indices)
            case MomentForm():
                raise OutOfReach
            case _:
                assert_never(form)

    def slot(self, over: tuple[Subscript, ...], body: Content, indices: Indices) -> dict[tuple[int, ...], arb]:
        own = tuple(each for each in over if isinstance(each, Idx))
        return {_at(over, each): self.content(body, each) for each in self.over(own, indices)}

    def over(self, bound: tuple[Idx, ...], indices: Indices) -> list[Indices]:
        ranges = [range(1, self.many(each.extent) + 1) for each in bound]
        return [{**indices, **dict(zip(bound, values, strict=True))} for values in product(*ranges)]

    def many(self, extent: Extent) -> int:
        return sum(
            int(c) * reduce(lambda total, name: total * self.sizes[name], names, 1) for names, c in extent.monomials
        )


def _at(subscripts: tuple[Subscript, ...], indices: Indices) -> tuple[int, ...]:
    return tuple(indices[each] if isinstance(each, Idx) else each for each in subscripts)


def _inverse(matrix: Mapping[tuple[int, ...], Any], row: int, column: int) -> arb:
    size = max(down for down, _ in matrix)
    rows = [[matrix[down, across] for across in range(1, size + 1)] for down in range(1, size + 1)]
    try:
        return arb_mat(rows).inv()[row - 1, column - 1]
    except ZeroDivisionError:
        raise OutsideDomain from None


def seen_to_agree(term: Term, form: Poly, free: tuple[Idx, ...] = (), size: int = 3, points: int = 12) -> int:
    """At how many points of either sign a normal form has the value of its term; the free indices are 1, 2, and so on.

    Raises :class:`AssertionError` where it has another one.
    """
    sizes, seen = {"n": size, "m": 2}, 0
    indices = {index: place for place, index in enumerate(free, start=1)}
    for seed in range(points):
        numbers = Balls(Point(seed, GRID if seed % 3 else GRID[25:]))
        with precision(128):
            try:
                direct = Evaluation(numbers, sizes).of(term, indices)
                found = Values(numbers, sizes).of(form, indices)
            except OutsideDomain:
                continue
            assert (direct - found).contains(0), f"{direct} is not {found}, at the seed {seed}"
            seen += bool((direct - found).rad() < arb(2) ** -60)
    return seen
