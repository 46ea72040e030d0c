"""Subscripts, superscripts, primes, and what stands in braces."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from verify.read.alphabet import HADAMARD
from verify.read.cursor import Cursor
from verify.read.errors import ReadError
from verify.read.signs import is_relation
from verify.read.source import Span
from verify.read.syntax import (
    Compared,
    Evaluated,
    Group,
    Joined,
    Juxtaposed,
    Numeral,
    Scripted,
    Signed,
    Symbol,
    Syntax,
    parts_of,
    tag_of,
)
from verify.read.tokens import Kind, Token

DEEPEST = 50
SCRIPTS = frozenset((Kind.BELOW, Kind.ABOVE, Kind.PRIME))


class ScriptParser(Cursor, ABC):
    """Reads what is written at a letter or at parentheses."""

    @abstractmethod
    def expression(self) -> Syntax:
        """Terms with signs between them."""

    @abstractmethod
    def atom(self) -> Syntax:
        """One thing, without its scripts."""

    def compared(self) -> Syntax:
        """An expression, or a relation between several."""
        sides = [self.expression()]
        relations: list[str] = []
        while (token := self.next) is not None and is_relation(token):
            relations.append(self.take().text)
            sides.append(self.expression())
        if not relations:
            return sides[0]
        return Compared(tuple(sides), tuple(relations), sides[0].at.to(sides[-1].at))

    def scripts(self, base: Syntax) -> Syntax:
        """A thing with the scripts that follow it."""
        below: tuple[Syntax, ...] = ()
        above: Syntax | None = None
        primes = 0
        start = base.at.start
        while (token := self.next) is not None and token.kind in SCRIPTS:
            self.take()
            if token.kind is Kind.PRIME:
                primes += 1
            elif token.kind is Kind.BELOW:
                if below:
                    raise ReadError("a second subscript", token.start, expected="one subscript, in braces")
                below = self._subscript(token)
            elif self._only_primes():
                primes += self._primes_above()
            else:
                if above is not None:
                    raise ReadError("a second superscript", token.start, expected="one superscript, in braces")
                (above,) = self._script(token, commas=False)
        if not below and above is None and not primes:
            return base
        self._tight(base)
        end = self.tokens[self.position - 1].end
        return _tagged(Scripted(base, below, above, primes, Span(start, end)))

    def is_evaluation(self) -> bool:
        """Whether a bar comes next that has something written below it."""
        after = self.peek(1)
        return self.next_is(Kind.SIGN, "|") and after is not None and after.kind is Kind.BELOW

    def evaluation(self, parts: Sequence[Syntax]) -> Evaluated:
        r"""What stands before a bar, ``\sigma'(z)|_{z=0}``, with the point at which it is meant."""
        bar, sign = self.take(), self.take()
        points = self._script(sign)
        values = tuple(each for each in points if isinstance(each, Compared))
        if len(values) < len(points):
            raise ReadError("this is no point", points[0].at.start, expected="x = 0")
        whole = parts[0].at.to(parts[-1].at)
        spliced = tuple(inner for part in parts for inner in parts_of(part))
        inner = spliced[0] if len(spliced) == 1 else Juxtaposed(spliced, whole)
        return Evaluated(inner, values, Span(whole.start, max(bar.end, values[-1].at.end)))

    def _tight(self, base: Syntax) -> None:
        if isinstance(base, Signed | Joined | Juxtaposed):
            says = "a script on braces, which are not seen in print"
            raise ReadError(says, base.at.start, expected="parentheses, or a script on one letter")

    def _script(self, sign: Token, *, commas: bool = True) -> tuple[Syntax, ...]:
        token = self.next
        if token is None:
            raise self.surprise(token, f"a script after {sign.text}")
        if token.kind is Kind.OPEN:
            entrywise = self._entrywise()
            return self.braced(commas=commas) if entrywise is None else (entrywise,)
        if token.kind is Kind.SIGN and token.text in "-+":
            raise ReadError("a script of more than one sign needs braces", token.start, expected="{")
        if token.kind is Kind.SIGN and token.text == "*":
            return (Symbol("*", "", (), self.take().at),)
        return (self.argument(sign.text),)

    def _entrywise(self) -> Group | None:
        r"""The exponent of an entrywise power, ``^{\odot 2}``, as what stands after its sign."""
        ahead = [self.peek(each) for each in range(4)]
        brace, sign, digit, closed = ahead
        if brace is None or sign is None or digit is None or closed is None or closed.kind is not Kind.CLOSE:
            return None
        if sign.text not in HADAMARD or digit.kind is not Kind.DIGIT or digit.text in "01":
            return None
        self.move(len(ahead))
        return Group(sign.text, (Numeral(digit.text, digit.at),), "", brace.at.to(closed.at))

    def _subscript(self, sign: Token) -> tuple[Syntax, ...]:
        r"""A subscript: no word is looked for in it, so that ``\delta_{tr}`` has two indices."""
        words, self.words = self.words, frozenset()
        found = self._script(sign)
        self.words = words
        return found

    def _only_primes(self) -> bool:
        if self.next_is(Kind.PRIME):
            return True
        ahead = 1
        while (token := self.peek(ahead)) is not None and token.kind is Kind.PRIME:
            ahead += 1
        return self.next_is(Kind.OPEN) and ahead > 1 and token is not None and token.kind is Kind.CLOSE

    def _primes_above(self) -> int:
        if self.next_is(Kind.PRIME):
            self.take()
            return 1
        self.take()
        primes = 0
        while self.take().kind is Kind.PRIME:
            primes += 1
        return primes

    def braced(self, *, commas: bool = False) -> tuple[Syntax, ...]:
        """What stands in braces; with commas, several things."""
        brace = self.take()
        if self.next_is(Kind.CLOSE):
            raise ReadError("nothing stands in these braces", brace.start, expected="an expression")
        if self.next_is(Kind.SIGN, "*") and (token := self.peek(1)) is not None and token.kind is Kind.CLOSE:
            star = self.take()
            self.take()
            return (Symbol("*", "", (), star.at),)
        bars, self.bars = self.bars, ""
        items = [self.compared() if commas else self.expression()]
        while commas and self.next_is(Kind.SIGN, ","):
            self.take()
            items.append(self.compared())
        self.bars = bars
        self.close(Kind.CLOSE, "}", brace)
        return tuple(items)

    def argument(self, command: str) -> Syntax:
        """What a command takes: what stands in braces, or the one thing that follows."""
        token = self.next
        if token is None:
            raise self.surprise(token, f"an argument of {command}")
        if token.kind is Kind.OPEN:
            return self.braced()[0]
        if token.kind is Kind.DIGIT:
            self.take()
            return Numeral(token.text, token.at)
        if token.kind is Kind.LETTER:
            self.take()
            return Symbol(token.text, "", (), token.at)
        self.depth += 1
        if self.depth > DEEPEST:
            raise ReadError(f"nested more than {DEEPEST} deep", token.start)
        node = self.atom()
        self.depth -= 1
        return node


def _tagged(node: Scripted) -> Scripted:
    r"""``W^{(2)T}`` is the transpose of what is named ``W^{(2)}``; ``e^{(a + b)(a + b)}`` is a power of a product."""
    above = node.above
    if isinstance(above, Juxtaposed) and tag_of(above.parts[0]) is not None and tag_of(above.parts[1]) is None:
        rest = above.parts[1:]
        outer = rest[0] if len(rest) == 1 else Juxtaposed(rest, rest[0].at.to(rest[-1].at))
        return Scripted(replace(node, above=above.parts[0]), (), outer, 0, node.at)
    return node
