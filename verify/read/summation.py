r"""Sums, products and maxima over an index: how far it runs, and which of its values are meant."""

from __future__ import annotations

from collections.abc import Mapping

from verify.language import Delta, Dimension, Expression, Max, Number, Product, Range, Sum, as_expression
from verify.language.binders import Binder
from verify.language.shape import is_scalar, long_axes
from verify.read.apply import bound, fitting
from verify.read.conditions import ONE, ConditionReader
from verify.read.errors import ReadError
from verify.read.indices import FREE_LETTERS, Running
from verify.read.scope import Indexed, Quantity
from verify.read.sizes import dimension
from verify.read.subscripts import children, labels
from verify.read.syntax import Bars, Dots, Group, Numeral, Ranged, Scripted, Signed, Spelling, Symbol, Syntax, spelling

BINDERS: Mapping[str, type[Binder]] = {r"\sum": Sum, r"\prod": Product, r"\max": Max, r"\min": Max}
VOCABULARIES = frozenset({"V", r"\mathcal{V}", r"\mathbb{V}", "vocab", "Vocab", "vocabulary"})
MOST_SKIPPED = 10


class SumReader(ConditionReader):
    """Reads what binds an index."""

    def ranged(self, node: Ranged) -> Expression:
        """A sum, a product, a maximum or a minimum over one index or several."""
        if not node.indices:
            return self._unnamed(node)
        over = self._range(node)
        self._refuse_captured(node)
        names = [(spelling(each), each.at.start) for each in node.indices]
        running = [self.bind(name.key, over, offset) for name, offset in names if name is not None]
        return self._bound(node, running)

    def _bound(self, node: Ranged, running: list[Running]) -> Expression:
        body = self.expression(node.body)
        weights = [self.condition(each) for each in node.conditions]
        weights += [ONE - each for each in self._skipped(node, running)]
        for weight in weights:
            body = _weighted(node, weight, body)
        body = -body if node.sign == r"\min" else body
        for each in reversed(running):
            body = bound(BINDERS[node.sign], body, self.indices.release(each))
        return -body if node.sign == r"\min" else body

    # ---------------------------------------------------------------- how far it runs

    def _range(self, node: Ranged) -> Expression | None:
        """What the index runs over, if it is said."""
        if node.over is not None:
            return self._set(node.over)
        high = None if node.high is None else self._end(node.high)
        if not isinstance(node.low, Numeral) or node.low.text != "0":
            return high
        if high is None or (isinstance(node.high, Signed) and node.high.terms[-1][0] < 0):
            raise ReadError("an index that counts from 0 is not read yet", node.low.at.start, expected="1")
        return Range(Number(0), high)

    def _end(self, node: Syntax) -> Expression:
        """A last value: a dimension, or the size of a set between bars."""
        inner = node.inner if isinstance(node, Bars) and not node.double else node
        return dimension(inner, self.scope, new=False)

    def _skipped(self, node: Ranged, running: list[Running]) -> list[Expression]:
        """The deltas of the first values that a sum leaves out: 1 for a sum from 2."""
        low = node.low
        if low is None or (isinstance(low, Numeral) and low.text in ("0", "1")):
            return []
        if not isinstance(low, Numeral) or not low.text.isdigit() or not 1 < int(low.text) <= MOST_SKIPPED:
            says = "an index that runs over a part of the entries is not read yet"
            raise ReadError(says, low.at.start, expected="1")
        (only,) = running if len(running) == 1 else (None,)
        if only is None:
            raise ReadError("two indices that begin elsewhere than at 1", low.at.start, expected="1")
        return [Delta(self.indices.lone(only), Number(value)) for value in range(1, int(low.text))]

    def _set(self, node: Syntax) -> Expression | None:
        """How many members a set has; nothing where the subscripts must tell, which is noted."""
        match node:
            case Group(opened=r"\{", items=(Numeral(text="1"), *_, Dots(), last)):
                return self._end(last)
            case Group(opened="[", items=(last,)):
                return self._end(last)
            case Group(opened=r"\{", items=items) if all(_is_numeral(each, at) for at, each in enumerate(items, 1)):
                return as_expression(len(items))
            case Symbol() | Scripted() if (name := spelling(node)) is not None:
                return self._named_set(name)
            case _:
                raise ReadError("this is no set that is read", node.at.start, expected=r"V or \{1, \dots, n\}")

    def _named_set(self, name: Spelling) -> Expression | None:
        meaning = self.scope.find(name)
        self.notes.sets[name.key] = None
        if isinstance(meaning, Quantity) and isinstance(meaning.expression, Dimension):
            return meaning.expression
        if name.key in VOCABULARIES:
            self.notes.assume(f"{name.key} has all values of the index")
        else:
            self.notes.doubt(f"which values of the index are in {name.key} is not known here")
        return None

    def _refuse_captured(self, node: Ranged) -> None:
        r"""``\sum_{i \ne j}`` inside a sum over i: one of the two is meant to be bound, and it is not clear which."""
        for condition in node.conditions:
            names = [label.name for side in condition.sides for label in labels((side,)) or ()]
            if len(names) == 2 and self.indices.find(names[0]) is not None and self.indices.find(names[1]) is None:
                own = [spelling(each) for each in node.indices]
                if any(each is not None and each.key == names[0] for each in own):
                    self.notes.doubt(f"the sum over {names[0]} stands within another over {names[0]}")

    # ---------------------------------------------------------------- without an index

    def _unnamed(self, node: Ranged) -> Expression:
        """A sum over the one index that stands in its body, or a maximum over all entries."""
        names = self._loose(node.body)
        if len(names) == 1:
            ((name, offset),) = names.items()
            self.notes.assume(f"{node.sign} without an index runs over {name}")
            over = None if node.high is None else self._end(node.high)
            return self._bound(node, [self.bind(name, over, offset)])
        body = self.expression(node.body) if not names and node.sign in (r"\max", r"\min") else None
        axes = () if body is None else long_axes(fitting(body))
        if body is None or len(axes) != 1 or node.high is not None:
            says = f"{node.sign} without an index"
            raise ReadError(says, node.at.start, expected=rf"{node.sign}_i or {node.sign}_{{i=1}}^n")
        running = self.bind("i", axes[0], node.at.start)
        entry: Expression = body[self.indices.subscript(running, axes[0])]
        entry = -entry if node.sign == r"\min" else entry
        value: Expression = bound(Max, entry, self.indices.release(running))
        return -value if node.sign == r"\min" else value

    def _loose(self, node: Syntax) -> dict[str, int]:
        """The indices that stand in a formula and are bound neither in it nor around it, with their places."""
        found: dict[str, int] = {}
        stack: list[tuple[Syntax, frozenset[str]]] = [(node, frozenset())]
        while stack:
            each, inner = stack.pop()
            if isinstance(each, Ranged):
                inner = inner | {name.key for name in map(spelling, each.indices) if name is not None}
                inner |= set(self._loose(each.body)) if not each.indices else set()
            if isinstance(each, Scripted):
                for label in labels(each.below) or ():
                    if label.number is None and label.name not in inner and self._is_loose(label.spelling):
                        found.setdefault(label.name, label.offset)
            stack += [(child, inner) for child in children(each)]
        return found

    def _is_loose(self, name: Spelling) -> bool:
        if self.indices.find(name.key) is not None:
            return False
        meaning = self.scope.find(name)
        return isinstance(meaning, Indexed) or (meaning is None and name.key.rstrip("'") in FREE_LETTERS)


def _weighted(node: Ranged, weight: Expression, body: Expression) -> Expression:
    """The body where the weight is 1, and what does not count where it is 0."""
    match node.sign:
        case r"\sum":
            return weight * body
        case r"\prod" if is_scalar(fitting(body)):
            return ONE - weight + weight * body
        case _:
            raise ReadError(f"{node.sign} over a part of the entries is not read", node.at.start)


def _is_numeral(node: Syntax, value: int) -> bool:
    return isinstance(node, Numeral) and node.text == str(value)
