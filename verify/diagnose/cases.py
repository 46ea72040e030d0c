"""Links that are proved where two indices are equal, or where they differ, and not in both cases: one is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from verify.check import check
from verify.diagnose.diagnosis import Explanation
from verify.diagnose.parts import atoms
from verify.diagnose.trial import PROOF, Steps
from verify.diagnose.words import FOR_STUDENT
from verify.language import Entry, Expression, Index, Interval, Link, Mismatch, Proved, Relation, latex, shape
from verify.language.size import same_dimension

CODE = "case"
MOST_PAIRS = 3
ENOUGH = 3
WORDS = {Relation.EQUAL: "=", Relation.DISTINCT: r"\ne"}


def explain_cases(link: Link, steps: Steps) -> tuple[Explanation, ...]:
    r"""The case in which a link between numbers, vectors or square matrices is proved, if it is in one.

    >>> from verify.language import delta, dims, equal, index, vector
    >>> n, = dims("n")
    >>> i, k, x = index("i", n), index("k", n), vector("x", n)
    >>> link, = equal(delta(i, k) * x[i], x[i]).links()
    >>> explain_cases(link, Steps(100))[0].for_grader
    'The cases of equal and of different indices are mixed up: it holds for i = k only.'
    >>> link, = equal(x[i], x[k] + 1).links()
    >>> explain_cases(link, Steps(100))
    ()
    """
    entrywise = _entrywise(link)
    if entrywise is None or isinstance(entrywise.right, tuple | Interval):
        return ()
    free = _free(entrywise.left, entrywise.right)
    pairs = [pair for pair in combinations(free, 2) if same_dimension(pair[0].dimension, pair[1].dimension)]
    known = {frozenset((each.left, each.right)) for each in link.given if isinstance(each.right, Expression)}
    for first, second in pairs[:MOST_PAIRS]:
        if {first, second} in known:
            continue
        for relation, sign in WORDS.items():
            steps.tried += 1
            if not steps.spend(PROOF):
                return ()
            case = Link(first, relation, second)
            verdict = check(replace(entrywise, given=(*link.given, case))).verdict
            if isinstance(verdict, Proved) and not verdict.conditions:
                return (_explained(link, f"{latex(first)} {sign} {latex(second)}"),)
    return ()


def _explained(link: Link, case: str) -> Explanation:
    told = f"The cases of equal and of different indices are mixed up: it holds for {case} only."
    right = link.right
    return Explanation(CODE, FOR_STUDENT[CODE], told, right, "right", (), str(right), str(right), ENOUGH)


def _entrywise(link: Link) -> Link | None:
    """The link between the generic entries of two sides of one shape."""
    if not isinstance(link.right, Expression) or link.relation is not Relation.EQUAL:
        return None
    own, other = shape(link.left), shape(link.right)
    if isinstance(own, Mismatch) or isinstance(other, Mismatch) or len(own) != len(other):
        return None
    taken = {index.symbol for side in (link.left, link.right) for index in atoms(side, Index)}
    fresh = iter(each for each in "pqrs" if each not in taken)
    axes = [each for each in own if str(each) != "1"]
    if not axes:
        return link
    if len(own) != 2:
        return None
    at = [Index(next(fresh), axis) for axis in axes]
    return replace(link, left=Entry(link.left, *at), right=Entry(link.right, *at))


def _free(*sides: Expression) -> tuple[Index, ...]:
    return tuple(dict.fromkeys(_indices(sides)))


def _indices(sides: tuple[Expression, ...]) -> Iterator[Index]:
    for side in sides:
        yield from sorted(atoms(side, Index), key=str)
