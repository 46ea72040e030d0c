r"""Sums, products and maxima over an index: how far it runs, and which of its values are meant."""

from __future__ import annotations

from collections.abc import Mapping

from verify.language import (
    Dimension,
    Expression,
    Index,
    Max,
    Mismatch,
    Number,
    Product,
    Range,
    Sum,
    as_expression,
    latex,
    shape,
)
from verify.language.binders import Binder
from verify.language.families import ascending, descending
from verify.language.shape import is_scalar, long_axes
from verify.language.size import same_dimension
from verify.language.unfold import LEVELED
from verify.read.apply import bound, fitting, occurs, subscripts, substituted
from verify.read.bounds import BoundsReader, Edges
from verify.read.conditions import ONE
from verify.read.errors import ReadError
from verify.read.indices import Running
from verify.read.join import product, side_by_side, total
from verify.read.pairs import parted
from verify.read.scope import Indexed, Quantity
from verify.read.subscripts import children, labels
from verify.read.syntax import Dots, Group, Juxtaposed, Numeral, Ranged, Scripted, Spelling, Symbol, Syntax, spelling

NO_EDGES = Edges()
MOST_WITHIN = 12
NAMED = {r"\prod": "product", r"\max": "maximum", r"\min": "minimum"}
BINDERS: Mapping[str, type[Binder]] = {r"\sum": Sum, r"\prod": Product, r"\max": Max, r"\min": Max}
VOCABULARIES = frozenset({"V", r"\mathcal{V}", r"\mathbb{V}", "vocab", "Vocab", "vocabulary"})


class SumReader(BoundsReader):
    """Reads what binds an index."""

    within = 0
    """How many sums are being read, one within the other."""

    def ranged(self, node: Ranged) -> Expression:
        """A sum, a product, a maximum or a minimum over one index or several."""
        if max(self.within + 1, len(node.indices)) > MOST_WITHIN:
            raise ReadError(f"more than {MOST_WITHIN} sums within one another", node.at.start)
        self.within += 1
        value = self._ranged(node) if node.indices else self._unnamed(node)
        self.within -= 1
        return value

    def _ranged(self, node: Ranged) -> Expression:
        own, rest = parted(node, self._is_function)
        if rest is not None:
            return self._beside(own, rest)
        node = self.resolved(node)
        over, edges = (self._set(node.over), Edges()) if node.over is not None else self.between(node)
        self._refuse_captured(node)
        names = [(spelling(each), each.at.start) for each in node.indices]
        running = [self.bind(name.key, over, offset) for name, offset in names if name is not None]
        return self._bound(node, running, edges)

    def _is_function(self, node: Syntax) -> bool:
        return isinstance(node, Symbol | Scripted) and self.function(node) is not None

    def _beside(self, own: Ranged, rest: Syntax) -> Expression:
        """A product and what stands after it, in which its index does not occur."""
        value, after = self.expression(own), self.expression(rest)
        first = rest.parts[0] if isinstance(rest, Juxtaposed) else rest
        if not isinstance(first, Ranged) and is_scalar(fitting(value)):
            names = ", ".join(name.key for name in map(spelling, own.indices) if name is not None)
            self.notes.doubt(f"whether what stands after the {NAMED[own.sign]} over {names} belongs to it")
        return side_by_side([value, after], self.conventions)

    def _bound(self, node: Ranged, running: list[Running], edges: Edges = NO_EDGES) -> Expression:
        body = self.expression(node.body)
        whole = self.paired(node, running, body)
        if whole is None:
            whole = body
            for weight in self.chosen(node, running, edges):
                whole = _weighted(node, weight, whole)
        body = -whole if node.sign == r"\min" else whole
        for each in reversed(running):
            body = self._closed(node, body, each)
        return -body if node.sign == r"\min" else body

    def _closed(self, node: Ranged, body: Expression, running: Running) -> Expression:
        """The sum over one index; one from 0 on over what has no entries, as one from 1 on."""
        index, kind = self.indices.release(running), BINDERS[node.sign]
        over = index.dimension
        if kind is Product and not is_scalar(fitting(body)):
            return self._ordered_product(node, body, index)
        if not isinstance(over, Range) or over.low != Number(0) or subscripts(body, index):
            return bound(kind, body, index)
        if kind is Max:
            raise ReadError(f"{node.sign} over an index that counts from 0", node.at.start, expected="1")
        last = next((each for each in self.scope.dimensions if same_dimension(each, over.high + 1)), None)
        if last is not None:
            shifted = Index(index.symbol, last)
            return bound(kind, substituted(body, {index: shifted - 1}), shifted)
        whole = Index(index.symbol, over.high)
        first, rest = substituted(body, {index: Number(0)}), bound(kind, substituted(body, {index: whole}), whole)
        return total([first, rest]) if kind is Sum else product([first, rest])

    def _ordered_product(self, node: Ranged, body: Expression, index: Index) -> Expression:
        """A product of the matrices of layers: up the layers or down, as their shapes tell."""
        over = index.dimension if isinstance(index.dimension, Range) else Range(Number(1), index.dimension)
        if not any(occurs(index, each.level) for each in body.atoms(*LEVELED) if isinstance(each, LEVELED)):
            raise ReadError("a product of matrices with this sign", node.at.start, expected="the factors side by side")
        up, down = ascending(index, body, over.low, over.high), descending(index, body, over.high, over.low)
        fits = [each for each in (up, down) if not isinstance(shape(each), Mismatch)]
        if len(fits) == 2:
            self.notes.doubt(f"whether the product over {index.symbol} goes up the layers or down is not said")
        if len(fits) == 1:
            self.notes.assume(f"the product over {index.symbol} is {latex(fits[0])}")
        return fits[0] if fits else up

    # ---------------------------------------------------------------- how far it runs

    def _set(self, node: Syntax) -> Expression | None:
        """How many members a set has; nothing where the subscripts must tell, which is noted."""
        match node:
            case Group(opened=r"\{", items=(Numeral(text="1"), *_, Dots(), last)):
                over = self.end(last)
                if over in self.scope.from_zero:
                    raise ReadError(f"an index over {over} counts from 0 here", node.at.start, expected=str(over))
                return over
            case Group(opened="[", items=(last,)):
                return self.end(last)
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
            over = None if node.high is None else self.end(node.high)
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
        return isinstance(meaning, Indexed) or (meaning is None and name.key.rstrip("'") in self.scope.free_letters)


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
