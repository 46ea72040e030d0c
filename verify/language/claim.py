"""Claims and mistakes: what a file of ``derivations`` is made of."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from verify.language.arithmetic import as_expression
from verify.language.display import mimebundle
from verify.language.link import Chain, Interval, Link, Location, Relation, Side
from verify.language.shape import Mismatch, Shape, describe, same_shape, shape
from verify.language.verdict import Misshapen, Refuted


class ClaimError(ValueError):
    """A claim is malformed. Says which, what was expected and what was given, and where it stands."""


@dataclass(frozen=True)
class Source:
    """Where a claim comes from, as a bibliography writes it."""

    authors: str
    title: str
    year: int
    where: str = ""

    def __str__(self) -> str:
        return f"{self.authors} ({self.year}). {self.title}.{' ' + self.where + '.' if self.where else ''}"


@dataclass(frozen=True)
class Claim:
    """A statement with its hypotheses; it is checked, link by link, by the kernel and by the sampler.

    Raises :class:`ClaimError` when the shapes of its sides do not fit.

    >>> from verify.language import dims, matrix, vector
    >>> m, n = dims("m n")
    >>> W, x = matrix("W", m, n), vector("x", n)
    >>> from verify.language.link import equal
    >>> Claim("The transpose turns a product round.", equal((W * x).T, x.T * W.T)).links()[0].relation
    <Relation.EQUAL: '='>
    >>> Claim("Not so.", equal(W * x, x.T * W))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    verify.language.claim.ClaimError: ...
    """

    _repr_mimebundle_ = mimebundle

    says: str
    statement: Chain
    given: tuple[Chain, ...] = ()
    source: Source | None = None
    at: Location = field(default_factory=lambda: _caller(), compare=False)

    def __post_init__(self) -> None:
        for chain in (*self.given, self.statement):
            for link in chain.links():
                problem = misfit(link)
                if problem is not None:
                    raise ClaimError(f"{self.at}: the claim {self.says!r}: {problem}")

    def links(self) -> tuple[Link, ...]:
        """Its links, each under its hypotheses."""
        given = tuple(link for chain in self.given for link in chain.links())
        return self.statement.links(given)


@dataclass(frozen=True)
class Mistake:
    """A plausible wrong answer to a claim, which must be caught by the verdict expected.

    It is an expression, an interval or a shape in the place of the claim's last side, or a statement of its
    own; its hypotheses are those of the claim, unless others are ``given``.
    """

    _repr_mimebundle_ = mimebundle

    says: str
    of: Claim
    answer: Side | object
    expect: type[Refuted] | type[Misshapen] = Refuted
    given: tuple[Chain, ...] | None = None
    at: Location = field(default_factory=lambda: _caller(), compare=False)

    def links(self) -> tuple[Link, ...]:
        """The claim's left side with the wrong answer for its last side; or the answer itself, if it is a statement."""
        hypotheses = self.of.given if self.given is None else self.given
        given = tuple(link for chain in hypotheses for link in chain.links())
        if isinstance(self.answer, Chain):
            return self.answer.links(given)
        claimed = self.of.statement.links(given)[-1]
        answer = self.answer if isinstance(self.answer, tuple | Interval) else as_expression(self.answer)
        return (Link(self.of.links()[0].left, claimed.relation, answer, claimed.given),)


def misfit(link: Link) -> str | None:
    """What does not fit in a link, in words that name both shapes; nothing if all fits."""
    alone = isinstance(link.right, tuple) or link.relation is not Relation.EQUAL
    sides = [link.left] if alone else [link.left, link.right]
    shapes: list[Shape] = []
    for side in sides:
        own = shape(side)  # type: ignore[arg-type]
        if isinstance(own, Mismatch):
            return f"in {side}, {own.says}"
        shapes.append(own)
    if len(shapes) == 2 and not same_shape(*shapes):
        return f"the left side {sides[0]} is {describe(shapes[0])}, the right side {sides[1]} is {describe(shapes[1])}"
    return None


def _caller() -> Location:
    """Where the claim is written: the nearest frame outside this file and the dataclass machinery."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename in (__file__, "<string>", ""):
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    return Location(f"{path.parent.name}/{path.name}", frame.f_lineno, 1)
