"""From a link to its verdict, and from a claim to what kernel and sampler say of it together.

Where both ran they must agree; if they do not, that is a :class:`Contradiction`, a bug of ours. The sampler is
imported where it is used: the links of a write-up need none, and begin a fifth of a second earlier.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sympy.core.basic import Basic

from verify.kernel.recalled import decided
from verify.language import Claim, Link, Mismatch, Mistake, Relation, Verdict, describe, same_shape, shape
from verify.language.arithmetic import kinds
from verify.language.binders import Binder, Index
from verify.language.calls import Defined, Derivative
from verify.language.depth import is_too_deep
from verify.language.display import mimebundle
from verify.language.expression import Expression
from verify.language.judgment import Judgment
from verify.language.link import Interval, side_text
from verify.language.shape import Shape, is_scalar
from verify.language.verdict import AtLeast, Misshapen, Proved, Refuted, Undecided

if TYPE_CHECKING:
    from verify.sample import Sampled, Sampling

FEWEST_POINTS = 20


class Contradiction(Exception):
    """Kernel and sampler disagree on a link: a bug of ours. Says the link and what each of them found."""


def check(link: Link, *, second: bool = False) -> Judgment:
    """The verdict on a link; with ``second``, with a second proof where there is one.

    >>> from verify.language import dims, equal, matrix, vector, word
    >>> m, n = dims("m n")
    >>> W, x, delta = matrix("W", m, n), vector("x", n), vector("d", m)
    >>> right, = equal((W * x).T, x.T * W.T).links()
    >>> word(check(right).verdict)
    'proved'
    >>> wrong, = equal(delta * x.T, x * delta.T).links()
    >>> print(check(wrong).verdict)
    the left side is m x n, the right side n x m (its transpose would fit)
    """
    if any(map(is_too_deep, link_expressions(link))):
        return Judgment("", str(link.relation), "", Undecided("budget", "the formula is nested too deeply"), link)
    verdict = misshapen(link) or decided(link, second=second)
    return Judgment(str(link.left), str(link.relation), side_text(link.right), verdict, link)


def link_expressions(link: Link) -> tuple[Expression, ...]:
    """The sides of a link that are expressions."""
    return (link.left,) if isinstance(link.right, tuple | Interval) else (link.left, link.right)


def misshapen(link: Link) -> Misshapen | None:
    """What does not fit in a link, if something does not."""
    sides = link_expressions(link)
    shapes: list[Shape] = []
    for side in sides:
        own = shape(side)
        if isinstance(own, Mismatch):
            return Misshapen(own.reason, own.says, own.expected, own.actual, own.transposed)
        shapes.append(own)
    return _unequal(link, shapes) or _escaped(sides)


def _unequal(link: Link, shapes: list[Shape]) -> Misshapen | None:
    if link.relation is Relation.SHAPE and isinstance(link.right, tuple):
        expected, actual, says = link.right, shapes[0], f"{link.left} is {describe(shapes[0])}"
    elif len(shapes) == 2:
        expected, actual = shapes
        says = f"the left side is {describe(expected)}, the right side {describe(actual)}"
    else:
        return None
    if same_shape(expected, actual):
        return None
    transposed = len(expected) == 2 and not is_scalar(actual) and same_shape(expected, actual[::-1])
    return Misshapen("shape", says, expected, actual, transposed)


def _escaped(sides: tuple[Expression, ...]) -> Misshapen | None:
    """An index that stands free beside the sum that binds it, while the other side does not have it free."""
    for side, other in (sides, sides[::-1]) if len(sides) == 2 else ():
        if not any(issubclass(kind, Binder) for kind in kinds(side)):
            continue
        here, there = Written(), Written()
        here.read(side)
        there.read(other)
        for symbol in sorted(here.free & here.bound - there.free - here.derived_by):
            return Misshapen("unbound-index", f"{symbol} is not bound here: only inside the sum")
    return None


class Written:
    """The symbols of indices as they are written in a side: free, bound, or in what is derived by.

    The meaning of a definition is not written there. An index of what is derived by is meant for all
    its values: the derivative of sum_j x_j by x_j is 1.
    """

    def __init__(self) -> None:
        self.free: set[str] = set()
        self.bound: set[str] = set()
        self.derived_by: set[str] = set()

    def read(self, node: Basic) -> None:
        """Take in one part of a side."""
        match node:
            case Index():
                self.free.add(node.symbol)
            case Defined():
                for argument in node.arguments:
                    self.read(argument)
            case Derivative():
                self.derived_by |= {index.symbol for index in node.variable.atoms(Index)}
                self.read(node.quantity)
            case _:
                if isinstance(node, Binder):
                    self.bound |= set(node.hints)
                for part in node.args:
                    self.read(part)


@dataclass(frozen=True)
class ClaimResult:
    """A claim with the verdict on each of its links, and what the sampler saw."""

    _repr_mimebundle_ = mimebundle

    judgments: tuple[Judgment, ...]
    sampled: Sampled | None
    why_not_sampled: str | None

    @property
    def proved(self) -> bool:
        """Whether every link is proved, with no condition that the claim does not declare."""
        return all(isinstance(each.verdict, Proved) and not each.verdict.conditions for each in self.judgments)


@dataclass(frozen=True)
class MistakeResult:
    """A mistake with the verdict on its link, and whether that is the one expected."""

    _repr_mimebundle_ = mimebundle

    judgments: tuple[Judgment, ...]
    caught: bool

    @property
    def verdict(self) -> Verdict:
        """The verdict on the wrong answer."""
        return self.judgments[-1].verdict


def prove_claim(claim: Claim, points: int = 60) -> ClaimResult:
    """Check a claim by kernel and sampler, which shares its points among the links.

    Raises :class:`Contradiction` if they disagree.
    """
    from verify.sample import NotSampled, Sampled, sample

    judgments = tuple(check(link, second=True) for link in claim.links())
    shared = max(FEWEST_POINTS, points // len(judgments))
    samplings = [
        agreed(judgment, sample(link, shared, at_least(judgment)))
        for judgment, link in zip(judgments, claim.links(), strict=True)
    ]
    sampled = [each for each in samplings if isinstance(each, Sampled)]
    reasons = [each.why for each in samplings if isinstance(each, NotSampled)]
    if not sampled:
        return ClaimResult(judgments, None, "; ".join(dict.fromkeys(reasons)) or "nothing to sample")
    worst = max(each.max_relative_error for each in sampled)
    return ClaimResult(judgments, Sampled(sum(each.points for each in sampled), worst), None)


def at_least(judgment: Judgment) -> dict[str, int]:
    """The smallest sizes for which a link is proved."""
    if not isinstance(judgment.verdict, Proved):
        return {}
    return {each.dimension: each.bound for each in judgment.verdict.conditions if isinstance(each, AtLeast)}


def agreed(judgment: Judgment, sampling: Sampling) -> Sampling:
    """The sampling, unless it contradicts the kernel's verdict."""
    from verify.sample import Disagreement

    if isinstance(judgment.verdict, Proved) and isinstance(sampling, Disagreement):
        raise Contradiction(f"{judgment.link} is proved, but the sampler sees it fail: {sampling}")
    return sampling


def prove_mistake(mistake: Mistake) -> MistakeResult:
    """Check that a mistake is caught by the verdict expected; NumPy must see the kernel's counterexample.

    Raises :class:`Contradiction` if it does not.
    """
    from verify.sample import Agrees, Inadmissible, at_witness

    judgments = tuple(map(check, mistake.links()))
    for judgment in judgments:
        if isinstance(judgment.verdict, Refuted) and judgment.link is not None:
            seen = at_witness(judgment.link, judgment.verdict.witness)
            if isinstance(seen, Agrees | Inadmissible):
                raise Contradiction(f"{judgment.link} is refuted, but the sampler does not see it fail there: {seen}")
    return MistakeResult(judgments, isinstance(judgments[-1].verdict, mistake.expect))


class _Module(ModuleType):
    """This module, which may be called: ``verify.check(text, context)`` checks a text.

    A package's attribute is its module of that name as soon as that is imported, so that a function could not be it.
    """

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return import_module("verify.report.interactive").check(*arguments, **named)


sys.modules[__name__].__class__ = _Module
