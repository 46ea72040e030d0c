r"""Hypotheses on what is random.

Only the names that a hypothesis lists, ``independent(w, x)`` or ``random(x, y)``, are random; all others
are constants. Means and variances are given by hypotheses of their own, such as
``equal(expectation(w[i]), 0)`` and ``equal(variance(w[i]), v)``.
"""

from __future__ import annotations

from typing import Literal, cast

from verify.language.arithmetic import Entry, Name, Number, Power
from verify.language.expression import Expression
from verify.language.link import Chain, Link, Relation
from verify.language.moments import Covariance, Expectation, Variance

Given = Literal["mean", "variance", "square"]

not_a_name = "Expected names, such as a vector w, but got {value!r} (type {kind})."


def independent(*names: Name) -> Chain:
    """All entries of these names are random, and mutually independent: a hypothesis.

    >>> from verify.language import dims, vector
    >>> n, = dims("n")
    >>> print(independent(vector("w", n), vector("x", n)))
    w, x independent
    >>> independent(2)
    Traceback (most recent call last):
    TypeError: Expected names, such as a vector w, but got 2 (type int).
    """
    return _listing(names, Relation.INDEPENDENT)


def random(*names: Name) -> Chain:
    """All entries of these names are random, and may depend on one another in any way: a hypothesis."""
    return _listing(names, Relation.RANDOM)


def _listing(names: tuple[Name, ...], relation: Relation) -> Chain:
    wrong: list[object] = [name for name in names if not isinstance(name, Name)]
    if wrong or not names:
        value = (*wrong, names)[0]
        raise TypeError(not_a_name.format(value=value, kind=type(value).__name__))
    return Chain((names[0], names[1:]), (relation,))


def listed(link: Link) -> tuple[Name, ...]:
    """The names that a hypothesis says to be random; none if it says something else."""
    if link.relation not in (Relation.INDEPENDENT, Relation.RANDOM) or not isinstance(link.right, tuple):
        return ()
    return cast(tuple[Name, ...], (link.left, *link.right))


def is_moment(link: Link) -> bool:
    """Whether a hypothesis speaks of an expectation, a variance or a covariance."""
    sides = (link.left, link.right)
    return any(isinstance(side, Expression) and side.atoms(Expectation, Variance, Covariance) for side in sides)


def speaks_of_chance(link: Link) -> bool:
    """Whether a link or one of its hypotheses speaks of what is random."""
    return any(listed(each) or is_moment(each) for each in (link, *link.given))


def moment_of(side: Expression) -> tuple[Given, Name | Entry] | None:
    """What a hypothesis gives: the mean, the square's mean or the variance of an entry, and of which."""
    match side:
        case Expectation(argument=Name() | Entry(tensor=Name()) as entry):
            return "mean", entry
        case Expectation(argument=Power(base=Name() | Entry(tensor=Name()) as entry, exponent=two)) if two == Number(2):
            return "square", entry
        case Variance(argument=Name() | Entry(tensor=Name()) as entry):
            return "variance", entry
        case _:
            return None
