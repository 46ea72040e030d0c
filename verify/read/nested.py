r"""Layers within layers: ``W_n(W_{n-1}(\cdots(W_1 x + b_1)\cdots) + b_{n-1}) + b_n``, a value of a recursion."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.containers import Tuple
from sympy.core.symbol import Str

from verify.language import Dimension, Expression, Index, Number, describe, same_shape
from verify.language.layers import Member, Recursive, Step, System, Width, normal_level
from verify.read.apply import fitting, substituted
from verify.read.composed import HOLE, ComposedReader
from verify.read.dotted import DOTS
from verify.read.errors import ReadError
from verify.read.indices import Indices
from verify.read.patterns import Pattern, fresh, letters_in, pattern, replaced, same
from verify.read.scope import Indexed, Quantity
from verify.read.subscripts import children
from verify.read.syntax import Dots, Group, Juxtaposed, Spelling, Syntax, parts_of

LETTERS = ("h", "a", "f", "g", "v")
EXPECTED = r"W_n(W_{n-1}(\cdots(W_1 x)\cdots))"
LEVEL = Dimension("?level")


class NestedReader(ComposedReader):
    """Reads what dots within parentheses stand for."""

    def nested(self, node: Syntax) -> Expression | None:
        """The value of layers within layers; nothing where no dots stand around a thing within parentheses."""
        groups = [group for group in _groups(node) if _surrounded(group) is not None]
        if len(groups) != 1:
            return None
        layers: list[Syntax] = []
        while groups:
            layers.append(replaced(node, groups[0], HOLE))
            node = groups[0].items[0]
            groups = [] if _core(node) is not None else [each for each in _groups(node) if _surrounded(each)]
        core = _core(node)
        if core is None:
            return None
        above: list[Syntax] = []
        innermost = opposite(layers[0], core)
        while isinstance(innermost, Group) and opposite(layers[0], innermost.items[0]) is not None:
            above.append(replaced(core, innermost, HOLE))
            core = innermost.items[0]
            innermost = opposite(layers[0], core)
        found = None if innermost is None else self.pattern_of(layers, above[::-1], replaced(core, innermost, HOLE))
        if innermost is None or found is None:
            raise ReadError(DOTS, core.at.start, expected=EXPECTED)
        return self.recursive(found, self.expression(innermost))

    def pattern_of(self, layers: list[Syntax], above: list[Syntax], first: Syntax) -> Pattern | None:
        """The pattern of layers: the last ones, those above the first, and the first, as far as they are written."""
        taken = letters_in(first) | letters_in(layers[0]) | frozenset(self.scope.names) | self.indices.names
        found = pattern(first, layers[0], fresh(taken), numbered=False)
        if found is None or found.first != 1:
            return None
        down = all(same(layer, found.from_last(back)) for back, layer in enumerate(layers))
        up = all(same(layer, found.numbered(number)) for number, layer in enumerate(above, start=2))
        return found if down and up else None

    def recursive(self, found: Pattern, start: Expression) -> Expression:
        """The value that the last layer makes, each being applied to the one before."""
        head = parts_of(found.body)[0]
        family = self.family_of(head)
        free = (letter for letter in LETTERS if letter not in letters_in(found.body) or letter == LETTERS[-1])
        symbol = next(free) if family is None else family.symbol
        axes = fitting(start)
        shape = tuple(
            Width(axis.symbol, LEVEL) if isinstance(axis, Width) and axis.level == Number(0) else axis for axis in axes
        )
        index = Index(found.index.letter, Number(0))
        before = Member(symbol, index - 1, _placed(shape, normal_level(index - 1)))
        scope = self.scope.with_name(Spelling(HOLE), Quantity(before))
        scope = scope.with_name(Spelling(found.index), Indexed(index))
        value = type(self)(scope, self.conventions, Indices({}, {}), self.notes).expression(found.body)
        expected, made = _placed(shape, index), fitting(value)
        if not same_shape(expected, made):
            says = f"a layer makes {describe(made)} where the next one needs {describe(expected)}"
            raise ReadError(says, found.index.at.start)
        system = System(Tuple(Str(symbol)), Tuple(start), Tuple(Step(value, index)))
        last = self.level(found.last)
        return Recursive(symbol, last, _placed(shape, normal_level(last)), system)


def _placed(shape: tuple[Expression, ...], level: Expression) -> tuple[Expression, ...]:
    return tuple(substituted(axis, {LEVEL: level}) for axis in shape)


def _groups(node: Syntax) -> Iterator[Group]:
    """The parentheses that stand in a formula, and in no others."""
    for child in children(node):
        if isinstance(child, Group):
            if len(child.items) == 1:
                yield child
        else:
            yield from _groups(child)


def _core(node: Syntax) -> Syntax | None:
    """What stands between dots, without its parentheses."""
    parts = parts_of(node)
    if len(parts) < 2 or not isinstance(parts[0], Dots):
        return None
    inner = parts[1:-1] if isinstance(parts[-1], Dots) else parts[1:]
    if not inner or any(isinstance(each, Dots) for each in inner):
        return None
    if len(inner) == 1:
        return inner[0].items[0] if isinstance(inner[0], Group) and len(inner[0].items) == 1 else inner[0]
    return Juxtaposed(inner, inner[0].at.to(inner[-1].at))


def _surrounded(group: Group) -> Syntax | None:
    """What stands between dots somewhere within parentheses in parentheses."""
    node: Syntax = group.items[0]
    core = _core(node)
    if core is not None:
        return core
    found = [inner for each in _groups(node) if (inner := _surrounded(each)) is not None]
    return found[0] if len(found) == 1 else None


def opposite(layer: Syntax, core: Syntax) -> Syntax | None:
    """What stands in the innermost layer where the others have the layer before."""
    if layer is HOLE:
        return core
    ours, theirs = children(layer), children(core)
    if type(layer) is not type(core) or len(ours) != len(theirs):
        return None
    found = [opposite(one, other) for one, other in zip(ours, theirs, strict=True)]
    return next((each for each in found if each is not None), None)
