"""An inequality for the two signs of a number by themselves: as it stands there, or as it rises from what it is at 0.

Of a number z of which nothing else is given, f(z) >= 0 is shown for z > 0, for z = 0, and as f(-z) for z > 0. On each
side it suffices that f(0) >= 0 and that f' >= 0, which may be shown in the same way by f'(0) and f'': f is continuous
on the half-line, as it is defined there for the same values of all else. So tanh z <= z for z >= 0, since tanh' <= 1,
and log cosh z <= z^2 / 2, since tanh z <= z.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import assert_never

from verify.kernel.atoms import Poly
from verify.kernel.contents import subterms
from verify.kernel.differentiate import differentiate
from verify.kernel.domain import conditions
from verify.kernel.normal import NormalForm
from verify.kernel.ring import Facts, Ring
from verify.kernel.statement import Statement
from verify.kernel.term import ZERO, Entry, OutOfBudget, Term, Undefined, Unsupported, Variable, mul, number
from verify.kernel.walk import replace_variable
from verify.language import Name
from verify.language.verdict import AtLeast, Condition, Invertible, Nonzero, Positive

MOST_NUMBERS, DERIVATIVES = 3, 3

IsShown = Callable[[Ring, Poly, bool], bool]


def by_halves(stated: Statement, value: Term, *, strict: bool, is_shown: IsShown) -> bool:
    """Whether a value is shown to be at least 0, or more, for each sign of one of its numbers.

    ``is_shown`` says whether a normal form is at least 0 or, where its last argument is true, more than 0.
    """
    for variable in _numbers(stated, value)[:MOST_NUMBERS]:
        halves = _Halves(stated, variable, is_shown)
        with suppress(OutOfBudget, Undefined, Unsupported):
            if all(halves.holds(value, side, strict=strict) for side in halves.sides):
                return halves.holds_at_zero(value, strict=strict)
    return False


def _numbers(stated: Statement, value: Term) -> list[Variable]:
    """The numbers in a value of which no more is given than that they are positive, or not negative."""
    known = stated.known
    tied = {each for equation in known.equations for each in _variables(equation.left) | _variables(equation.right)}
    told = Counter(variable for each in known.inequalities for variable in _variables(each.value))
    found = dict.fromkeys(each.variable for each in subterms(value) if isinstance(each, Entry) and not each.subscripts)
    return [
        each
        for each in found
        if each not in tied and told[each] == (each in known.facts.nonnegative) and each.held == 0
    ]


def _variables(term: Term) -> set[Variable]:
    return {each.variable for each in subterms(term) if isinstance(each, Entry)}


@dataclass(frozen=True)
class _Halves:
    """Both sides of 0 for one number of a statement; on either of them it is written as a positive one."""

    stated: Statement
    variable: Variable
    is_shown: IsShown

    @property
    def sides(self) -> tuple[int, ...]:
        """The signs that the number may have, but for 0."""
        facts = self.stated.known.facts
        return (1,) if self.variable in facts.positive | facts.nonnegative else (1, -1)

    @property
    def facts(self) -> Facts:
        """What is given of all values of the number."""
        return replace(self.stated.known.facts, divided_by=())

    @property
    def positive(self) -> Facts:
        """What is given, and that the number is positive."""
        return replace(self.facts, positive=self.facts.positive | {self.variable})

    def at(self, value: Term, side: int) -> Term:
        """A value with the number, the number turned, or 0."""
        own = Entry(self.variable, ())
        return replace_variable(value, self.variable, lambda _: mul(number(side), own) if side else ZERO)

    def holds(self, value: Term, side: int, *, strict: bool) -> bool:
        """Whether a value is at least 0 on one side of 0, or more."""
        turned = self.at(value, side)
        ring = Ring(self.positive)
        if self.is_shown(ring, NormalForm(ring).of(turned), strict):
            return True
        return self._is_defined(side) and self._rises(turned, strict=strict, derivatives=DERIVATIVES)

    def holds_at_zero(self, value: Term, *, strict: bool) -> bool:
        """Whether a value is at least 0 where the number is, if it may be and the value is defined there."""
        if self.variable in self.stated.known.facts.positive:
            return True
        try:
            return self._is_shown_at_zero(value, strict=strict)
        except Undefined:
            return True

    def _rises(self, value: Term, *, strict: bool, derivatives: int) -> bool:
        """Whether a value is at least 0 (or more) at 0, and its slope is beyond that."""
        if not derivatives:
            return False
        above = strict and self._is_shown_at_zero(value, strict=True)
        if not above and not self._is_shown_at_zero(value, strict=False):
            return False
        steep = strict and not above
        slope = differentiate(value, self.variable, (), self._unneeded)
        ring = Ring(self.positive)
        return self.is_shown(ring, NormalForm(ring).of(slope), steep) or self._rises(
            slope, strict=steep, derivatives=derivatives - 1
        )

    def _is_shown_at_zero(self, value: Term, *, strict: bool) -> bool:
        ring = Ring(self.facts)
        return self.is_shown(ring, NormalForm(ring).of(self.at(value, 0)), strict)

    @staticmethod
    def _unneeded(_: object) -> int:
        raise Unsupported("the derivative of an inverse by a number")

    def _is_defined(self, side: int) -> bool:
        """Whether everything is defined on the half-line, with 0, for the same values of all else."""
        found: list[set[str]] = []
        for at, facts in ((side, self.positive), (0, self.facts)):
            known = replace(self.stated.known, facts=facts)
            partial = tuple(self.at(each, at) for each in self.stated.partial)
            own = replace(self.stated, left=ZERO, right=ZERO, known=known, partial=partial)
            needed = conditions(own)
            if any(self.variable.symbol in _names_in(each) for each in needed):
                return False
            found.append({str(each) for each in needed})
        return found[1] <= found[0]


def _names_in(condition: Condition) -> set[str]:
    """The names in what a condition is about."""
    match condition:
        case AtLeast():
            return set()
        case Nonzero() | Positive():
            expression = condition.expression
        case Invertible():
            expression = condition.matrix
        case _:
            assert_never(condition)
    return {each.symbol for each in expression.atoms(Name)}
