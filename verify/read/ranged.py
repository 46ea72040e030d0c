r"""What stands under and above a sum: ``i``, ``i=1``, ``w \in V``, ``j \ne i``, ``1 \le i \le n``, several of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as with_changes

from verify.read.alphabet import RELATIONS
from verify.read.atoms import AtomParser
from verify.read.errors import ReadError
from verify.read.patterns import same
from verify.read.source import Span
from verify.read.syntax import Compared, Juxtaposed, Numeral, Ranged, Scripted, Symbol, Syntax, spelling
from verify.read.tokens import Kind, Token

ASCENDING = frozenset({"<", r"\le"})
TURNED = {">": "<", r"\ge": r"\le"}
DESCENDING = frozenset(TURNED)
INDEX_LETTERS = frozenset("ijk")
SEPARATORS = frozenset({",", ";", ":", "|", r"\mid", "\\\\"})


@dataclass(frozen=True)
class Bounds:
    """The indices of a sum, where they begin and end, the set they run over, and the conditions on them."""

    indices: tuple[Symbol | Scripted, ...] = ()
    low: Syntax | None = None
    high: Syntax | None = None
    over: Syntax | None = None
    conditions: tuple[Compared, ...] = field(default=())


class RangedParser(AtomParser):
    r"""Reads ``\sum``, ``\prod``, ``\max`` and ``\min`` with their bounds."""

    def ranged(self) -> Ranged:
        r"""A sum with its bounds; it takes all that follows up to the next + or -."""
        sign = self.take()
        bounds = Bounds()
        seen: set[Kind] = set()
        while (token := self.next) is not None and token.kind in (Kind.BELOW, Kind.ABOVE):
            self.take()
            if token.kind in seen:
                raise ReadError("a second bound of the same kind", token.start)
            seen.add(token.kind)
            if token.kind is Kind.BELOW:
                bounds = with_changes(self._below(sign), high=bounds.high)
            elif bounds.high is None:
                (high,) = self._script(token, commas=False)
                bounds = with_changes(bounds, high=high)
            else:
                raise ReadError("a second bound of the same kind", token.start)
        body = self.signed_term()
        at = sign.at.to(body.at)
        return Ranged(sign.text, bounds.indices, bounds.low, bounds.high, body, at, bounds.over, bounds.conditions)

    def _below(self, sign: Token) -> Bounds:
        if not self.next_is(Kind.OPEN):
            return Bounds((self._index(self.argument(sign.text)),))
        brace = self.take()
        inner: Token | None = None
        if self.next_is(Kind.COMMAND, r"\substack"):
            self.take()
            inner = self.close(Kind.OPEN, "{", brace)
        bars, self.bars = self.bars, "|"
        bounds = Bounds()
        while True:
            bounds = self._clause(bounds)
            token = self.next
            if token is None or token.text not in SEPARATORS:
                break
            self.take()
        self.bars = bars
        if inner is not None:
            self.close(Kind.CLOSE, "}", inner)
        self.close(Kind.CLOSE, "}", brace)
        if not bounds.indices:
            raise ReadError("no index stands here", brace.start, expected="i, i=1 or j \\ne i")
        return bounds

    def _clause(self, bounds: Bounds) -> Bounds:
        """The bounds with one clause more."""
        sides = [self.expression()]
        relations: list[Token] = []
        while (token := self.next) is not None and token.text in RELATIONS:
            relations.append(self.take())
            sides.append(self.expression())
        match [relation.text for relation in relations]:
            case [] if not bounds.conditions:
                return with_changes(bounds, indices=(*bounds.indices, *self._indices(sides[0])))
            case ["="] if bounds.low is None or same(bounds.low, sides[1]):
                return with_changes(bounds, indices=self._joined(bounds, sides[0]), low=sides[1])
            case [r"\in"] if bounds.over is None:
                return with_changes(bounds, indices=self._joined(bounds, sides[0]), over=sides[1])
            case [r"\ne"]:
                indices = bounds.indices or self._indices(sides[0])
                return with_changes(
                    bounds, indices=indices, conditions=(*bounds.conditions, _compared(sides, [r"\ne"]))
                )
            case texts if texts and (set(texts) <= ASCENDING or set(texts) <= DESCENDING):
                if set(texts) <= DESCENDING:
                    sides, texts = sides[::-1], [TURNED[each] for each in reversed(texts)]
                return self._ordered(bounds, sides, texts)
            case _:
                at_start = relations[0].start if relations else sides[0].at.start
                expected = r"i=1, i \in V or j \ne i"
                raise ReadError("a sum over such a condition is not read", at_start, expected=expected)

    def _ordered(self, bounds: Bounds, sides: list[Syntax], texts: list[str]) -> Bounds:
        r"""The bounds with a clause such as ``i < j``, ``1 \le i \le n`` or ``1 \le i < j \le n``."""
        low, high = bounds.low, bounds.high
        if low is None and isinstance(sides[0], Numeral) and sides[0].text.isdigit():
            first, strict = sides[0], texts[0] == "<"
            low = Numeral(str(int(first.text) + 1), first.at) if strict else first
            sides, texts = sides[1:], texts[1:]
        bounded = len(sides) > 1 and texts[-1] == r"\le" and (low is not bounds.low or _is_end(sides))
        if high is None and bounded:
            high, sides, texts = sides[-1], sides[:-1], texts[:-1]
        names = [each for each in sides if not isinstance(each, Numeral)]
        for each in names:
            if not isinstance(each, Symbol | Scripted) or spelling(each) is None or _has_subscript(each):
                raise ReadError("a sum over a condition on values is not read", each.at.start, expected="i < j")
        indices = bounds.indices or tuple(index for each in names for index in self._indices(each))
        pairs = zip(sides, texts, sides[1:], strict=False)
        conditions = (_compared([first, second], [text]) for first, text, second in pairs)
        return with_changes(bounds, indices=indices, low=low, high=high, conditions=(*bounds.conditions, *conditions))

    def _joined(self, bounds: Bounds, node: Syntax) -> tuple[Symbol | Scripted, ...]:
        r"""The indices, with those of a clause: ``i=1, i \in V`` speaks twice of one."""
        known = [_key(each) for each in bounds.indices]
        return (*bounds.indices, *(each for each in self._indices(node) if _key(each) not in known))

    def _indices(self, node: Syntax) -> tuple[Symbol | Scripted, ...]:
        return tuple(map(self._index, node.parts if isinstance(node, Juxtaposed) else (node,)))

    def _index(self, node: Syntax) -> Symbol | Scripted:
        if isinstance(node, Symbol):
            return node
        if isinstance(node, Scripted) and isinstance(node.base, Symbol) and not node.below and node.above is None:
            return node
        raise ReadError("this is no index", node.at.start, expected="a letter")


def _compared(sides: list[Syntax], relations: list[str]) -> Compared:
    return Compared(tuple(sides), tuple(relations), Span(sides[0].at.start, sides[-1].at.end))


def _has_subscript(node: Symbol | Scripted) -> bool:
    return isinstance(node, Scripted) and bool(node.below)


def _is_end(sides: list[Syntax]) -> bool:
    """Whether the last of three things in a row is the last value of an index, and no index."""
    last = sides[-1]
    return len(sides) > 2 and not (isinstance(last, Symbol) and last.key in INDEX_LETTERS)


def _key(index: Symbol | Scripted) -> str:
    name = spelling(index)
    return "" if name is None else name.key
