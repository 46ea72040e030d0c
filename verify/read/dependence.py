"""Whether a quantity depends on a name, as far as formulas tell: through definitions, and from layer to layer.

At a level that is a number, a recursion is written out down to what it begins with. At any other level it depends on
what it begins with, on what stands in its steps, and on what those values are made of that it goes through; not on a
layer above it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sympy.core.basic import Basic

from verify.language import Expression, Number
from verify.language.arithmetic import kinds
from verify.language.layers import Leveled, Member, Recursive, difference
from verify.language.unfold import LEVELED, WITH_LEVELS, NotUnfolded, Unfolding, stepped

MOST_LEVELS = 12


def depends(quantity: Expression, base: Expression) -> bool:
    """Whether a name, or what stands at a layer, stands in a quantity or in anything that it is made of.

    >>> from verify.language import Defined, Name
    >>> x, y = Name("x", ()), Name("y", ())
    >>> depends(Defined("z", x * x), x), depends(Defined("z", x * x), y)
    (True, False)
    """
    written = _written_out(quantity, base)
    if written is not None:
        return any(node == written[1] for node in _parts(written[0]))
    values = [node for node in _parts(quantity) if isinstance(node, Recursive)]
    return any(node == base for node in _parts(quantity)) or any(_goes_through(value, base) for value in values)


def _written_out(quantity: Expression, base: Expression) -> tuple[Expression, Expression] | None:
    """Both without recursions; nothing where a level is no small number."""
    if WITH_LEVELS.isdisjoint(kinds(quantity) | kinds(base)):
        return quantity, base
    levels = [node.level for side in (quantity, base) for node in _parts(side) if isinstance(node, LEVELED)]
    if not all(isinstance(level, Number) and level.value <= MOST_LEVELS for level in levels):
        return None
    try:
        unfolding = Unfolding({})
        return unfolding.of(quantity), unfolding.of(base)
    except NotUnfolded:
        return None


def _parts(whole: Basic) -> Iterator[Basic]:
    """All that an expression is made of, each once, without the steps of its recursions."""
    seen: set[Basic] = set()
    stack = [whole]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack += node.args[:-1] if isinstance(node, Recursive) else node.args


def _goes_through(value: Recursive, base: Expression) -> bool:
    """Whether a value of a recursion is made, at some level up to its own, of something."""
    inner = list(_inner(value))
    if not isinstance(base, LEVELED):
        return base in inner
    if base.symbol not in {node.symbol for node in inner if isinstance(node, LEVELED)} | {value.symbol}:
        return False
    step = stepped(value, value.level)
    forms = [difference(node.level, value.level) for node in _parts(step) if isinstance(node, LEVELED)]
    highest = max((number for parts, number in forms if not parts), default=Fraction(0))
    parts, number = difference(base.level, value.level)
    return bool(parts) or number <= max(highest, Fraction(0))


def _inner(value: Recursive) -> Iterator[Basic]:
    """What stands in the beginnings and the steps of all recursions that a value goes through."""
    system, left, known = value.system, [value.symbol], {value.symbol}
    while left:
        symbol = left.pop()
        for node in (*_parts(system.start(symbol)), *_parts(system.step(symbol))):
            yield node
            if isinstance(node, Member | Leveled) and node.symbol in set(system.symbols) - known:
                known.add(node.symbol)
                left.append(node.symbol)
