"""A third judge: ordinary SymPy on every claim written out at small sizes, within a budget; it decides nothing.

Left minus right goes through ``cancel``. What SymPy cannot bring to zero it evaluates to thirty digits
at a rational point, where it must vanish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import sympy

from verify.catalog import NamedClaim, find
from verify.language import Dimension, Index, Interval, Link, Number, Power, Relation
from verify.language.chance import is_moment
from verify.language.depth import is_too_large
from verify.language.explicit import at
from verify.language.shape import is_scalar, shape_of
from verify.language.unfold import at_depths, depth_of, sides_of

CLAIMS = find("derivations").claims
MANY_OPERATIONS = 220
DEEPEST = 2
# A network on a batch has four; written out at size 3 it takes SymPy minutes.
FEW_DIMENSIONS = 3


@pytest.mark.parametrize("named", CLAIMS, ids=lambda named: named.name)
def test_sympy_agrees_at_small_sizes(named: NamedClaim) -> None:
    sizes = (1, 2) if len(_dimensions(named)) <= FEW_DIMENSIONS else (1,)
    assert not opinions(named, sizes)["disagrees"], f"SymPy does not find {named.name} true"


@pytest.mark.exhaustive
@pytest.mark.parametrize("named", CLAIMS, ids=lambda named: named.name)
def test_sympy_agrees_at_larger_sizes(named: NamedClaim) -> None:
    size = 3 if len(_dimensions(named)) <= FEW_DIMENSIONS else 2
    assert not opinions(named, (size,))["disagrees"], f"SymPy does not find {named.name} true"


def opinions(named: NamedClaim, sizes: tuple[int, ...]) -> Counter[str]:
    """What SymPy finds of each entry of each equation of a claim, at these sizes."""
    links = [link for link in named.claim.links() if link.relation is Relation.EQUAL]
    return Counter(opinion(each) for link in links for size in sizes for each in differences(link, size))


@pytest.mark.exhaustive
def test_the_judge_has_an_opinion_and_sees_mistakes() -> None:
    """It agrees with most claims, and with no mistake that it can judge."""
    z = sympy.Symbol("z")
    assert opinion(sympy.exp(z) / (1 + sympy.exp(z)) - 1 / (1 + sympy.exp(-z))) == "agrees"
    assert opinion(sympy.log(sympy.exp(z)) - z) == "agrees"
    assert opinion(sympy.exp(z) - sympy.exp(-z)) == "disagrees"
    some = [link for named in CLAIMS[::9] for link in named.claim.links()[:1] if link.relation is Relation.EQUAL]
    found = Counter(map(opinion, (each for link in some for each in differences(link, 2))))
    assert found["agrees"] > found.total() / 2


def _dimensions(named: NamedClaim) -> set[str]:
    sides = [side for link in named.claim.links() for side in sides_of(link)]
    return {each.symbol for side in sides for each in side.atoms(Dimension)}


def differences(link: Link, size: int) -> Iterator[sympy.Basic]:
    """Left minus right, entry by entry."""
    return (left - right for left, right in pairs(link, size))


def pairs(link: Link, size: int) -> Iterator[tuple[sympy.Basic, sympy.Basic]]:
    """Both sides, entry by entry, with every dimension of this size and all indices 1, or 1, 2, ... in turn.

    What is said of any depth is written out at depth 1, and at depth 2 where that is not too long.
    """
    depth = depth_of(link)
    if depth:
        for sizes, instance in at_depths(link, depth, DEEPEST):
            if max(sizes.values()) == 1 or not any(map(is_too_large, sides_of(instance))):
                yield from pairs(instance, size)
        return
    assert not isinstance(link.right, tuple | Interval)
    sides = (link.left, link.right)
    sizes = {each.symbol: size for side in (*sides, *_hypotheses(link)) for each in side.atoms(Dimension)}
    free = sorted({each.symbol for side in sides for each in side.atoms(Index)})
    for step in (0, 1):
        indices = {symbol: 1 + place * step % size for place, symbol in enumerate(free)}
        if not _allowed(link, indices):
            continue
        left, right = (at(side, sizes, indices) for side in sides)
        for one, other in zip(_entries(left), _entries(right), strict=True):
            yield (_under_hypotheses(one, link, size, indices), _under_hypotheses(other, link, size, indices))


def _entries(value: object) -> list[sympy.Basic]:
    flat = getattr(value, "flat", None)
    return list(flat()) if callable(flat) else list(getattr(value, "_array", [value]))


def _hypotheses(link: Link) -> list[sympy.Basic]:
    return [each.left for each in link.given]


def _allowed(link: Link, indices: dict[str, int]) -> bool:
    """Whether the hypotheses on indices hold for these values."""
    for each in link.given:
        if isinstance(each.left, Index) and isinstance(each.right, Index):
            same = indices.get(each.left.symbol, 1) == indices.get(each.right.symbol, 1)
            if same != (each.relation is Relation.EQUAL):
                return False
    return True


def _under_hypotheses(side: sympy.Basic, link: Link, size: int, indices: dict[str, int]) -> sympy.Basic:
    """A side with each equation solved for one of its symbols; an index on one side only is the link's."""
    for each in link.given:
        if (
            each.relation is not Relation.EQUAL
            or isinstance(each.left, Index)
            or is_moment(each)
            or _says_that_there_is_an_inverse(each)
            or isinstance(each.right, tuple | Interval)
        ):
            continue
        names = {d.symbol: size for side in (each.left, each.right) for d in side.atoms(Dimension)}
        free = sorted({i.symbol for side in (each.left, each.right) for i in side.atoms(Index)})
        one_sided = {i.symbol for i in each.left.atoms(Index) ^ each.right.atoms(Index)} & set(indices)
        for value in range(1, size + 1):
            chosen = dict.fromkeys(free, value) | {symbol: indices[symbol] for symbol in one_sided}
            solved: dict[sympy.Basic, sympy.Basic] = {}
            for entry in _entries(at(each.left, names, chosen) - at(each.right, names, chosen)):
                equation = sympy.expand(entry.subs(solved))
                if equation == 0 or sympy.cancel(equation) == 0:
                    continue
                symbol, slope = next((x, equation.diff(x)) for x in _symbols(equation) if equation.diff(x).is_Number)
                solved[symbol] = sympy.expand(symbol - equation / slope)
            for symbol, meaning in solved.items():
                side = side.subs(symbol, meaning)
            if not free:
                break
    return side


def _says_that_there_is_an_inverse(given: Link) -> bool:
    """Whether a hypothesis is that the inverse times the matrix is the identity: it says nothing of the entries."""
    return any(
        not is_scalar(shape_of(power.base)) and power.exponent == Number(-1) for power in given.left.atoms(Power)
    )


def opinion(difference: sympy.Basic) -> str:
    """What SymPy finds of a difference that should be zero."""
    if difference == 0:
        return "agrees"
    if difference.count_ops() > MANY_OPERATIONS:
        return "over budget"
    if difference.atoms(sympy.Function) - difference.atoms(sympy.exp, sympy.log, sympy.Max):
        return "agrees" if sympy.expand(difference.doit()) == 0 else "no opinion"
    if not difference.has(sympy.Max) and sympy.cancel(difference) == 0:
        return "agrees"
    point = {symbol: sympy.Rational(2 * place + 3, 7) for place, symbol in enumerate(_symbols(difference))}
    return "agrees" if abs(sympy.N(difference.subs(point), 30, maxn=200)) < sympy.Float("1e-20") else "disagrees"


def _symbols(expression: sympy.Basic) -> list[sympy.Symbol]:
    return sorted(expression.free_symbols, key=str, reverse=True)
