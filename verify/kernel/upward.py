"""What lies above a level, as an unknown: a loss of the last value is a smooth function of each value before it.

The values of a recursion above a level depend on what lies below through the value of that level alone, if
each step names nothing of other levels but the value just before.
"""

from __future__ import annotations

from typing import cast

from verify import language as said
from verify.kernel.peel import at_depth
from verify.kernel.reach import is_layered
from verify.kernel.term import Unsupported
from verify.language import Expression
from verify.language.arithmetic import Node
from verify.language.binders import rebuild
from verify.language.layers import Recursive, difference, normal_level
from verify.language.shape import is_scalar, shape_of
from verify.language.unfold import LEVELED


def seen_from(sides: tuple[Expression, ...], level: said.Index) -> tuple[list[Expression], list[str]]:
    """The sides with every quantity that is derived a function of the highest value needed; and that in words."""
    variables = [each.variable for side in sides for each in side.atoms(said.Derivative)]
    variables += [each.variable for side in sides for each in side.atoms(said.Vjp)]
    view = View(level, max((_offset(each, level) for each in variables), default=0))
    return [view.of(side) for side in sides], view.words


def _offset(variable: Expression, level: said.Index) -> int:
    """How far above the level a variable lies."""
    base = variable.tensor if isinstance(variable, said.Entry) else variable
    if not isinstance(base, LEVELED):
        raise Unsupported(f"a derivative by {variable}, which has no level")
    apart, distance = difference(base.level, level)
    if apart:
        raise Unsupported(f"a derivative by {variable} far from the level {level}")
    return int(distance)


class View:
    """Replaces what is derived by an unknown function of the value at one level."""

    def __init__(self, level: said.Index, highest: int) -> None:
        self._level = level
        self._cut = normal_level(level + highest)
        self.words: list[str] = []

    def of(self, e: Expression) -> Expression:
        """The expression, seen from that level."""
        return cast(Expression, self._of(e))

    def _of(self, node: Node) -> Node:
        if isinstance(node, said.Derivative):
            return said.Derivative(self._quantity(node.quantity), node.variable)
        return rebuild(node, lambda part, _: self._of(part))

    def _quantity(self, e: Expression) -> Expression:
        far = [each for each in e.atoms(Recursive) if not self._is_near(each.level)]
        if not far:
            return e
        if len(far) != 1 or not is_scalar(shape_of(e)) or _other_levels(e, far[0]):
            raise Unsupported(f"the derivative of {e}")
        (last,) = far
        self._require_above(last)
        value = last.at_level(self._cut, _moved(last, self._cut))
        words = f"{e} is a smooth function of {value}"
        if words not in self.words:
            self.words.append(words)
        return said.Dependent(f"{e}", value)

    def _is_near(self, level: Expression) -> bool:
        return not difference(level, self._level)[0]

    def _require_above(self, last: Recursive) -> None:
        """Raise :class:`Unsupported` unless the last value lies at the cut or above, for every value of the level."""
        over = self._level.dimension
        beyond = difference(normal_level(last.level - (self._cut - self._level)), over)
        if beyond[0] or beyond[1] < 0:
            raise Unsupported(f"{last}, which need not lie above {self._cut}")
        if not is_layered(last):
            raise Unsupported(f"{last}, whose steps name other levels than their own and the one before")


def _other_levels(e: Expression, last: Recursive) -> bool:
    rest = e.xreplace({last: said.Number(0)})
    return bool(rest.atoms(*LEVELED, said.Descending, said.Ascending))


def _moved(last: Recursive, level: Expression) -> tuple[Expression, ...]:
    """The shape of a recursion's value at another level."""
    if not isinstance(last.level, said.Dimension):
        raise Unsupported(f"the shape of {last} at another level")
    return tuple(at_depth(axis, last.level, level) for axis in last.declared)
