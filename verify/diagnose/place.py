"""Places in a formula: a part, the way down to it, and the indices that are bound around it, which have names here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sympy.core.basic import Basic

from verify.diagnose.parts import atoms
from verify.language import Call, Defined, Derivative, Entry, Expression, Index, Node, Power, Transpose, Vjp
from verify.language.binders import Binder, Bound, close
from verify.language.layers import Leveled, Member, Recursive, Step, Width

MOST_PLACES = 150
# How the index is called under which a piece stood that may stand under another one.
HOLE = "#"


@dataclass(frozen=True)
class Around:
    """A form around a place: which of its parts leads there, and the names of the indices that it binds there."""

    form: Node
    number: int
    names: tuple[Index, ...] = ()


@dataclass(frozen=True)
class Place:
    """A part of a formula, with the forms around it, the outermost first."""

    part: Expression
    above: tuple[Around, ...] = ()

    @property
    def at(self) -> tuple[int, ...]:
        """The way down to it."""
        return tuple(each.number for each in self.above)

    @property
    def is_root(self) -> bool:
        """Whether it is the whole formula."""
        return not self.above

    @property
    def around(self) -> Node | None:
        """The form that it is a part of."""
        return self.above[-1].form if self.above else None

    @property
    def scope(self) -> tuple[Index, ...]:
        """The indices that are bound around it."""
        return tuple(index for each in self.above for index in each.names)

    @property
    def is_derived(self) -> bool:
        """Whether it stands in a derivative: there indices and names alone are edited."""
        return any(isinstance(each.form, Derivative | Vjp) for each in self.above)

    @property
    def is_subscript(self) -> bool:
        """Whether it is an index and not a quantity."""
        return isinstance(self.around, Entry) and self.above[-1].number > 0

    @property
    def is_argument(self) -> bool:
        """Whether a function is applied to it."""
        return isinstance(self.around, Call)

    @property
    def is_exponent(self) -> bool:
        """Whether it is an exponent."""
        return isinstance(self.around, Power) and self.above[-1].number == 1

    @property
    def is_transposed(self) -> bool:
        """Whether it stands right under a transpose."""
        return isinstance(self.around, Transpose)


def named(binder: Binder, *beside: Basic) -> tuple[Index, ...]:
    """Names for the indices of a binder: its own, primed while they are taken beside it."""
    taken = {each.symbol for node in (binder, *beside) for each in atoms(node, Index)}
    found: list[Index] = []
    for hint, over in zip(binder.hints, binder.dimensions, strict=True):
        symbol = hint
        while symbol in taken:
            symbol += "'"
        taken.add(symbol)
        found.append(Index(symbol, over))
    return tuple(found)


def places(formula: Expression) -> list[Place]:
    r"""All places of a formula that may be edited, those around before those inside.

    >>> from verify.language import dims, index, sum_over, vector
    >>> n, = dims("n")
    >>> i, x = index("i", n), vector("x", n)
    >>> [str(place.part) for place in places(sum_over(i, x[i]))]
    ['\\sum_{i=1}^{n} x_i', 'x_i', 'x', 'i']
    """
    found: list[Place] = []
    waiting = [Place(formula)]
    while waiting and len(found) < MOST_PLACES:
        place = waiting.pop(0)
        found.append(place)
        waiting.extend(_inside(place))
    return found


def _inside(place: Place) -> Iterator[Place]:
    part = place.part
    if isinstance(part, Member | Leveled | Recursive | Step | Width | Index | Bound):
        return
    for number, inner in enumerate(part.args):
        if isinstance(part, Binder) and number == 0:
            names = named(part, *place.scope)
            yield Place(part.opened(*names), (*place.above, Around(part, 0, names)))
        elif isinstance(inner, Node) and not (isinstance(part, Defined) and not _may_change(part, number)):
            yield Place(cast(Expression, inner), (*place.above, Around(part, number)))


def _may_change(part: Defined, number: int) -> bool:
    """Whether an argument may be replaced in the meaning of what is applied to it: no index is bound around it."""
    return number >= 2 and not atoms(part.args[number], Bound)


def put(place: Place, part: Node) -> Expression:
    """The formula with another part at a place.

    >>> from verify.language import dims, index, sum_over, vector
    >>> n, = dims("n")
    >>> i, x, y = index("i", n), vector("x", n), vector("y", n)
    >>> body = places(sum_over(i, x[i]))[1]
    >>> put(body, body.part * y[body.scope[0]]) == sum_over(i, x[i] * y[i])
    True
    """
    built: Node = part
    for around in reversed(place.above):
        form, number = around.form, around.number
        if isinstance(form, Defined):
            old = form.args[number]
            arguments = [*form.arguments[: number - 2], built, *form.arguments[number - 1 :]]
            built = Defined(form.symbol, form.meaning.xreplace({old: built}), *arguments)
        else:
            inner = close(built, around.names) if around.names else built
            built = form.func(*form.args[:number], inner, *form.args[number + 1 :])
    return cast(Expression, built)
