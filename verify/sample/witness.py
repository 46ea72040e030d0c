"""The witness of a refutation, looked at with NumPy: do the sides differ there, as the kernel says?"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import assert_never

import numpy as np

from verify.language import Dependent, Interval, Link, Name, Paired, Relation, Shape, Witness, slope
from verify.language.shape import long_axes
from verify.language.unfold import depth_of
from verify.sample.compare import NotDefined, Separated, Told, Untold, outcome
from verify.sample.depths import instance_of
from verify.sample.distributed import distributed
from verify.sample.given import broken
from verify.sample.lots import Lot, Place, random_names
from verify.sample.points import Ground, Point, parts, unfit
from verify.sample.results import Agrees, CannotTell, Differs, Inadmissible, Rows, Second
from verify.sample.scope import count_of, weight
from verify.sample.smooth import Polynomial
from verify.sample.tensor import Array, Outside, Unsampled


def at_witness(link: Link, witness: Witness) -> Second:
    """What NumPy sees of a link at the point of a witness.

    What the witness leaves out should not matter: an input is 0 then, or 1 where it must be positive,
    and a function is t.

    >>> from verify.language import equal, scalar
    >>> x = scalar("x")
    >>> link, = equal(2 * x, x * x).links()
    >>> at_witness(link, Witness((), (), (("x", (("1",),)),), (), "2", "1"))
    Differs(left=2.0, right=1.0)
    >>> at_witness(link, Witness((), (), (("x", (("2",),)),), (), "4", "2"))
    Agrees(relative_error=0.0)
    """
    depth = depth_of(link)
    if depth:
        instance = instance_of(link, depth, dict(witness.sizes))
        return CannotTell("the witness names no depth") if instance is None else at_witness(instance, witness)
    problem = unfit(link)
    if problem is not None or isinstance(link.right, tuple | Interval) or link.relation is not Relation.EQUAL:
        return CannotTell(problem or f"{link} is no equation")
    try:
        point = distributed(_point(link, witness), link.given, _lots(link, witness))
        if point is None:
            return Inadmissible("no distribution has the moments that are given there")
        hypothesis = broken(point, link.given)
        if hypothesis is not None:
            return Inadmissible(f"the hypothesis {hypothesis} does not hold there")
        found = outcome(link, link.right, point)
    except Unsampled as reason:
        return CannotTell(str(reason))
    except Outside as reason:
        return Inadmissible(str(reason))
    match found:
        case Separated():
            return Differs(found.left, found.right)
        case Told():
            return Agrees(found.relative_error)
        case NotDefined():
            return Inadmissible("a side is undefined or infinite there")
        case Untold():
            return CannotTell(found.why)
        case _:
            assert_never(found)


def _point(link: Link, witness: Witness) -> Point:
    """The point of the witness. Raises Unsampled for a size that it does not give, or an input of another size."""
    ground, sizes = Ground.of(link), dict(witness.sizes)
    rows, values, functions = dict(witness.inputs), dict(witness.indices), dict(witness.functions)
    wanted = {name: (name.symbol, name.declared) for name in ground.names if name not in ground.shown}
    inputs: dict[Name, Array] = {}
    for name, (symbol, declared) in wanted.items():
        inputs[name] = _entries(symbol, declared, rows, sizes, int(name in ground.positive))
    for node in parts(link, *link.given):
        if isinstance(node, Dependent):
            for position in range(len(node.arguments)):
                key, symbol = weight(node, position), slope(node, position)
                entries = _entries(symbol, key.declared, rows, sizes)
                if key in inputs and inputs[key].tolist() != entries.tolist():
                    raise Unsampled(f"{node.symbol} is used of two quantities, with two gradients")
                inputs[key] = entries
    return Point(
        ground=ground,
        sizes=sizes,
        inputs=inputs,
        functions={symbol: Polynomial(functions.get(symbol, (0, 1))) for symbol in ground.functions},
        pinned={index: values[index.symbol] for index in ground.indices if index.symbol in values},
        linear=True,
    )


def _lots(link: Link, witness: Witness) -> tuple[Lot, ...]:
    """The distributions of the witness. Raises Unsampled for an entry that is not random here."""
    names, sizes = random_names(link.given), dict(witness.sizes)

    def placed(symbol: str, place: tuple[int, ...]) -> Place:
        fitting = [each for each in names if each.symbol == symbol and len(long_axes(each.declared)) == len(place)]
        if len(fitting) != 1:
            raise Unsampled(f"{symbol} is not one random name")
        counts = [count_of(axis, sizes) for axis in long_axes(fitting[0].declared)]
        return fitting[0], sum((each - 1) * prod(counts[axis + 1 :]) for axis, each in enumerate(place))

    return tuple(
        Lot(
            tuple(placed(symbol, place) for symbol, place in chance.entries),
            tuple((Fraction(probability), tuple(map(Fraction, values))) for probability, values in chance.outcomes),
        )
        for chance in witness.chances
    )


def _entries(symbol: str, declared: Shape, rows: dict[str, Rows], sizes: dict[str, int], absent: int = 0) -> Array:
    shape = tuple(count_of(axis, sizes) for axis in declared)
    if symbol not in rows:
        return np.full(shape, Fraction(absent), dtype=object)
    entries = np.array([[Fraction(number) for number in row] for row in rows[symbol]], dtype=object)
    expected = (shape[0], prod(shape[1:])) if shape else (1, 1)
    # What is the gradient by an axis made of others has these for its rows and columns.
    folded = entries.size == prod(shape) and any(isinstance(axis, Paired) for axis in declared)
    if entries.shape != expected and not folded:
        raise Unsampled(f"the witness gives {symbol} as {entries.shape}, and it is {shape or 'a scalar'}")
    return entries.reshape(shape)
