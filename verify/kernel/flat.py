"""What is said of axes that are made of others in two ways, at fixed sizes and laid out flat.

There each side is a matrix of its entries. A link that fails at some sizes fails; one that has no dimensions in it is
what it is when it is written out. A name that is declared with a product for its size is taken to have the axes of
that product, everywhere in the link, if that is all that is needed: its entries are counted in another way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, permutations, product

from verify.kernel.statement import statement
from verify.kernel.term import Ambiguous, OutOfBudget, Undefined, Unsupported
from verify.language import Dimension, Expression, Interval, Link, Mismatch, Mul, Name, Number, Relation, shape
from verify.language.kronecker import paired
from verify.language.laid_out import NotLaidOut, dimension_symbols, laid_out
from verify.language.unfold import sides_of
from verify.language.verdict import Proved, Refuted, Verdict

MOST_DIMENSIONS, MOST_WAYS = 8, 24


def decide_flat(link: Link, decide: Callable[[Link], Verdict]) -> Verdict | None:
    """The verdict on a link whose axes do not meet as they are; nothing where that is not told."""
    if link.relation is not Relation.EQUAL:
        return None
    recounted = _recounted(link)
    if recounted is not None:
        return decide(recounted)
    symbols = dimension_symbols(link)
    for sizes in _sizes(symbols):
        try:
            instance = laid_out(link, sizes)
        except NotLaidOut:
            continue
        if any(isinstance(shape(side), Mismatch) for side in sides_of(instance)):
            continue
        verdict = decide(instance)
        if not symbols:
            return verdict
        if isinstance(verdict, Refuted):
            at = tuple((symbol, sizes[symbol]) for symbol in symbols)
            return replace(verdict, witness=replace(verdict.witness, sizes=at))
    return None


def decided_instead(link: Link, verdict: Proved | Refuted) -> Link:
    """The link that :func:`decide_flat` came to its verdict by."""
    recounted = _recounted(link)
    if recounted is not None:
        return recounted
    return laid_out(link, dict(verdict.witness.sizes) if isinstance(verdict, Refuted) else {})


def _sizes(symbols: tuple[str, ...]) -> Iterator[dict[str, int]]:
    """All 2, and 2 and 3 in turn: an axis of one entry is none."""
    if not symbols:
        yield {}
    elif len(symbols) <= MOST_DIMENSIONS:
        for first, second in ((2, 2), (2, 3), (3, 2)):
            yield {symbol: second if place % 2 else first for place, symbol in enumerate(symbols)}


def _recounted(link: Link) -> Link | None:
    """The link in which sizes that are written as products are those of axes made of the factors, if it fits then.

    In which order the factors are taken is free, for any name, as long as it is so everywhere. A name of which
    hypotheses tell something is left as it is: they speak of its rows and columns.
    """
    if isinstance(link.right, tuple | Interval):
        return None
    names = sorted(link.left.atoms(Name) | link.right.atoms(Name), key=str)
    told = {name for each in link.given for side in sides_of(each) for name in side.atoms(Name)}
    free = [name for name in names if any(map(_is_product, name.declared)) and name not in told]
    for shapes in islice(product(*map(_shapes, free)), MOST_WAYS if free else 0):
        changes = {name: Name(name.symbol, shape) for name, shape in zip(free, shapes, strict=True)}
        left, right = (side.xreplace(changes) for side in (link.left, link.right))
        try:
            statement(left, right, link.given)
        except Unsupported:
            continue
        except (Ambiguous, OutOfBudget, Undefined):
            pass
        return replace(link, left=left, right=right)
    return None


def _shapes(name: Name) -> Iterator[tuple[Expression, ...]]:
    """The shape of a name with the axes that its sizes are written as products of, in each order."""
    return product(*([paired(*each) for each in permutations(parts)] for parts in map(_factors, name.declared)))


def _factors(axis: Expression) -> tuple[Expression, ...]:
    return axis.factors if isinstance(axis, Mul) and _is_product(axis) else (axis,)


def _is_product(axis: Expression) -> bool:
    return isinstance(axis, Mul) and all(isinstance(factor, Dimension | Number) for factor in axis.factors)
