r"""Functions within functions: ``\sigma(W_n \sigma(\cdots \sigma(W_1 x) \cdots) + b_n)``, a value of a recursion.

Where dots alone stand within the innermost parentheses, ``\sigma(W_n \sigma(\cdots) + b_n)``, they stand for the value
of a recursion that is known and makes its next value in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from verify.language import Call, Defined, Expression, Node
from verify.language.layers import Leveled, Recursive, normal_level
from verify.language.unfold import stepped
from verify.read.apply import substituted
from verify.read.composed import HOLE
from verify.read.dotted import DOTS
from verify.read.errors import ReadError
from verify.read.nested import NestedReader, opposite
from verify.read.notes import Misfit
from verify.read.patterns import NODES, parts_in, replaced, same
from verify.read.scope import Layered, Quantity
from verify.read.subscripts import children
from verify.read.syntax import Dots, Group, Juxtaposed, Numeral, Scripted, Spelling, Symbol, Syntax

GAP = "…"
CALL = "f(…)"
LEAVES = (Symbol, Numeral)
MOST_UNFOLDED = 8
EXPECTED = r"\sigma(W_n \sigma(\cdots \sigma(W_1 x) \cdots))"


class AppliedReader(NestedReader):
    """Reads what dots within the parentheses of functions stand for."""

    dotted = True
    """Whether dots may stand in what is read."""

    def nested(self, node: Syntax) -> Expression | None:
        """The value of functions within functions, or of layers within layers; nothing where no dots stand in them."""
        if not self.dotted or not _has_dots(node):
            return None
        gaps = [each for each in _all_groups(node) if isinstance(each.items[0], Dots)]
        if any(self._is_of_value(node, gap) for gap in gaps):
            return super().nested(node)
        folded = self._folded(node)
        found = [folded] if _argument(folded) is not None else [each for each in _applied(folded) if _has_dots(each)]
        if len(found) != 1 or _has_dots(rest := replaced(folded, found[0], HOLE)):
            return self._unfinished(node)
        value = self._called(found[0])
        if value is None:
            return self._unfinished(node)
        scope = self.scope.with_name(Spelling(HOLE), Quantity(value))
        return type(self)(scope, self.conventions, self.indices, self.notes).expression(rest)

    def _called(self, node: Syntax) -> Expression | None:
        """The value of a function within which others stand, and dots; nothing where these stand for something else."""
        found = _peeled(node)
        if found is None or not found[0] or (_argument(found[1]) is None and _argument(_core(found[1])) is None):
            return None
        layers, gap = found
        if (core := _core(gap)) is None:
            return self._from_known(layers[-1], gap, node)
        return self._from_first(layers, gap, core)

    def _folded(self, value: Any) -> Any:
        """A formula in which a function with its argument is one factor, and so is what stands between dots."""
        if isinstance(value, tuple):
            return tuple(map(self._folded, value))
        if not isinstance(value, NODES):
            return value
        value = replace(value, **{each: self._folded(getattr(value, each)) for each in parts_in(value)})
        if not isinstance(value, Juxtaposed):
            return value
        parts = _between(self._pairs(value.parts))
        return parts[0] if len(parts) == 1 else replace(value, parts=parts)

    def _pairs(self, parts: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
        found: list[Syntax] = []
        for part in parts:
            if found and self.function(found[-1]) is not None and isinstance(part, Group) and len(part.items) == 1:
                at = found[-1].at.to(part.at)
                found[-1] = Group(CALL, (Juxtaposed((found[-1], part), at),), CALL, at)
            else:
                found.append(part)
        return tuple(found)

    # ---------------------------------------------------------------- down to the first

    def _from_first(self, layers: list[Syntax], gap: Syntax, core: Syntax) -> Expression:
        """The value that the last layer makes, where the first ones are written out as well."""
        if (function := _function(gap)) is not None and not same(function, _function(layers[0])):
            raise ReadError(DOTS, gap.at.start, expected=EXPECTED)
        above: list[Syntax] = []
        while len(inner := list(_applied(core))) == 1:
            above.append(replaced(core, inner[0], HOLE))
            core = inner[0]
        start = opposite(layers[0], core)
        found = None if start is None else self.pattern_of(layers, above[::-1], replaced(core, start, HOLE))
        if start is None or found is None:
            raise ReadError(DOTS, core.at.start, expected=EXPECTED)
        return self.recursive(found, self.expression(start))

    # ---------------------------------------------------------------- down to the dots

    def _unfinished(self, node: Syntax) -> Expression | None:
        r"""``W_n(W_{n-1}(\cdots) + b_{n-1}) + b_n``; layers down to the first are nested."""
        gaps = [each for each in _all_groups(node) if isinstance(each.items[0], Dots)]
        if len(gaps) != 1:
            return super().nested(node)
        layer = node
        while inner := [each for each in _all_groups(layer) if each is not gaps[0] and _holds(each, gaps[0])]:
            layer = inner[0].items[0]
        return self._from_known(replaced(layer, gaps[0], HOLE), gaps[0], node)

    def _is_of_value(self, node: Syntax, gap: Group) -> bool:
        """Whether a gap is what a value of a recursion, or a function of a level, is said to depend on."""
        for each in _all(node):
            if isinstance(each, Juxtaposed) and gap in each.parts[1:]:
                before = each.parts[each.parts.index(gap) - 1]
                return self.family_of(before) is not None or self._is_value(before)
        return False

    def _is_value(self, node: Syntax) -> bool:
        try:
            return isinstance(node, Scripted) and isinstance(self.expression(node), Recursive | Leveled | Defined)
        except (ReadError, Misfit):
            return False

    def _from_known(self, layer: Syntax, gap: Syntax, whole: Syntax) -> Expression:
        """A formula in which dots stand for the value of a recursion that makes its next value of it by a layer."""
        for value, label in self._values_before(layer):
            inner = self.scope.with_name(Spelling(HOLE), Quantity(value))
            reader = type(self)(inner, self.conventions, self.indices, self.notes)
            try:
                made = reader.expression(layer)
                after = unfolded(stepped(value, label))
                if unfolded(made) == after and reader.makes(_function(gap), after):
                    self.notes.assume(f"the dots stand for what {value} is made of")
                    return reader.expression(replaced(whole, gap, HOLE))
            except (ReadError, Misfit):
                continue
        raise ReadError(DOTS, gap.at.start, expected=EXPECTED)

    def makes(self, function: Syntax | None, value: Expression) -> bool:
        """Whether a value is one of a function, if there is one around the dots."""
        if function is None:
            return True
        own = self.expression(Juxtaposed((function, Group("(", (HOLE,), ")", HOLE.at)), function.at))
        return (
            isinstance(own, Call)
            and isinstance(value, Call)
            and own.function == value.function
            and own.order == value.order
        )

    def _values_before(self, layer: Syntax) -> Iterator[tuple[Recursive, Expression]]:
        """The values of recursions one level before one that stands in a layer, and that level."""
        found = [each for each in _all(layer) if isinstance(each, Scripted) and len(each.below) == 1]
        for node in found:
            try:
                label = self.level(node.below[0])
            except ReadError:
                continue
            for named in list(self.scope.names.values()):
                if isinstance(named.meaning, Layered):
                    value = named.meaning.build(normal_level(label - 1))
                    if isinstance(value, Recursive):
                        yield value, label


def unfolded(value: Expression) -> Expression:
    """An expression in which what is defined is written out, as far down as formulas of people go."""
    for _ in range(MOST_UNFOLDED):
        names: dict[Node, Node] = {each: each.meaning for each in value.atoms(Defined, Leveled)}
        if not names:
            break
        value = substituted(value, names)
    return value


def _between(parts: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    """Factors of which those from dots on, to the last dots or the end, are one."""
    at = next((position for position, part in enumerate(parts) if isinstance(part, Dots)), None)
    if at is None or len(parts) < 2:
        return parts
    ends = [position for position, part in enumerate(parts) if isinstance(part, Dots) and position > at]
    if len(ends) > 1 or (ends and ends[0] != len(parts) - 1):
        return parts
    core = parts[at + 1 : ends[0] if ends else len(parts)]
    whole = (Juxtaposed(core, core[0].at.to(core[-1].at)),) if core else ()
    return (*parts[:at], Group(GAP, whole, GAP, parts[at].at))


def _argument(node: Syntax | None) -> Syntax | None:
    """What a function is applied to."""
    match node:
        case Group(opened=opened, items=(Juxtaposed(parts=(_, Group(items=(only,)))),)) if opened == CALL:
            return only
        case _:
            return None


def _function(node: Syntax) -> Syntax | None:
    """The function that is applied."""
    match node:
        case Group(opened=opened, items=(Juxtaposed(parts=(function, _)),)) if opened == CALL:
            return function
        case _:
            return None


def _is_gap(node: Syntax) -> bool:
    return isinstance(node, Dots) or (isinstance(node, Group) and node.opened == GAP)


def _peeled(node: Syntax) -> tuple[list[Syntax], Syntax] | None:
    """The layers from outside to the dots, each with a hole where the next one stands; and what the dots stand in."""
    argument = _argument(node)
    if argument is None:
        return None
    if _is_gap(argument):
        return [], node
    found = [each for each in _applied(argument, gaps=True) if _has_dots(each)]
    if len(found) != 1:
        return None
    layer = replaced(node, found[0], HOLE)
    if _is_gap(found[0]):
        return [layer], found[0]
    rest = _peeled(found[0])
    return None if rest is None else ([layer, *rest[0]], rest[1])


def _core(gap: Syntax) -> Syntax | None:
    """What stands between dots."""
    inner = _argument(gap) or gap
    if not isinstance(inner, Group) or not inner.items:
        return None
    whole = inner.items[0]
    return whole.parts[0] if isinstance(whole, Juxtaposed) and len(whole.parts) == 1 else whole


def _applied(node: Syntax, *, gaps: bool = False) -> Iterator[Syntax]:
    """The functions with their arguments that stand in a formula, and in no others; and gaps."""
    start = _argument(node)
    stack = [node] if start is None else [start]
    while stack:
        each = stack.pop()
        if _argument(each) is not None or (gaps and isinstance(each, Group) and each.opened == GAP):
            yield each
        else:
            stack += children(each)


def _all(node: Syntax) -> Iterator[Syntax]:
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        stack.extend(reversed(children(each)))


def _all_groups(node: Syntax) -> list[Group]:
    return [each for each in _all(node) if isinstance(each, Group) and len(each.items) == 1]


def _holds(group: Group, gap: Group) -> bool:
    return any(each is gap for each in _all(group))


def _has_dots(node: Syntax) -> bool:
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, LEAVES):
            continue
        if _is_gap(each):
            return True
        stack += children(each)
    return False
