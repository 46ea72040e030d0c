r"""From tokens to a syntax tree: juxtaposition binds tighter than ``\cdot`` and ``\odot``, these tighter than ``+``."""

from __future__ import annotations

from collections.abc import Sequence

from verify.read.alphabet import CLOSING, IMPLICATIONS, MATRICES, NOT_YET, OPENING, PRODUCTS, RELATIONS
from verify.read.atoms import AtomParser
from verify.read.errors import ReadError
from verify.read.scripts import DEEPEST
from verify.read.syntax import (
    Grid,
    Joined,
    Juxtaposed,
    Numeral,
    Ranged,
    Scripted,
    Signed,
    Symbol,
    Syntax,
    parts_of,
)
from verify.read.tokens import Kind, Token

NO_OPERANDS = PRODUCTS | CLOSING | RELATIONS | IMPLICATIONS | {r"\Vert", r"\rVert"}
MOST_FACTORS = 100
MOST_TERMS = 500


def parse(tokens: Sequence[Token], words: frozenset[str] = frozenset(), end: int | None = None) -> Syntax:
    r"""The syntax tree of an expression. ``words`` are the names and functions of several letters.

    Raises :class:`ReadError` at the first token that cannot stand where it stands.

    >>> from verify.read.tokens import tokenize
    >>> type(parse(tokenize(r"\delta x^T"))).__name__
    'Juxtaposed'
    >>> parse(tokenize(r"x + \frac{1}{2"))
    Traceback (most recent call last):
    verify.read.errors.ReadError: 1:13: this { is not closed; expected }
    """
    parser = Parser(tokens, words, end)
    node = parser.expression()
    parser.finish()
    return node


class Parser(AtomParser):
    """Reads sums and products of what the other parsers read."""

    def expression(self) -> Syntax:
        """Terms with signs between them."""
        first = self.peek()
        terms = [self._first_term()]
        while (token := self.peek()) is not None and token.kind is Kind.SIGN and token.text in "+-":
            self.take()
            terms.append((1 if token.text == "+" else -1, self._signed_term()))
            if len(terms) > MOST_TERMS:
                raise ReadError(f"a sum of more than {MOST_TERMS} terms", token.start)
        if len(terms) == 1 and terms[0][0] == 1:
            return terms[0][1]
        start = terms[0][1].at if first is None else first.at
        return Signed(tuple(terms), start.to(terms[-1][1].at))

    def _first_term(self) -> tuple[int, Syntax]:
        token = self.peek()
        if token is not None and token.kind is Kind.SIGN and token.text in "+-":
            self.take()
            return (1 if token.text == "+" else -1), self.term()
        return 1, self.term()

    def _signed_term(self) -> Syntax:
        """A term that may bring a minus of its own, as in ``a + -b``."""
        if self.next_is(Kind.SIGN, "-"):
            sign = self.take()
            term = self.term()
            return Signed(((-1, term),), sign.at.to(term.at))
        return self.term()

    def term(self) -> Syntax:
        r"""Factors with signs of products between them, or one alone."""
        factors, signs = [self._side_by_side()], []
        while (token := self.peek()) is not None and token.text in PRODUCTS and token.kind in (Kind.SIGN, Kind.COMMAND):
            if token.text in NOT_YET:
                raise self.surprise(token, "a product")
            signs.append(self.take().text)
            if len(signs) >= MOST_FACTORS:
                raise ReadError(f"more than {MOST_FACTORS} factors", token.start)
            factors.append(self._signed_factor())
        if not signs:
            return factors[0]
        return Joined(tuple(factors), tuple(signs), factors[0].at.to(factors[-1].at))

    def _signed_factor(self) -> Syntax:
        if self.next_is(Kind.SIGN, "-"):
            sign = self.take()
            factor = self._side_by_side()
            return Signed(((-1, factor),), sign.at.to(factor.at))
        return self._side_by_side()

    def _side_by_side(self) -> Syntax:
        parts = [self._operand()]
        while self._begins_operand(self.peek()):
            before, part = parts[-1], self._operand()
            if isinstance(before, Numeral) and isinstance(part, Numeral | Scripted) and _first_digit(part):
                raise ReadError("two numbers side by side", part.at.start, expected="a sign between them")
            parts.append(part)
        if len(parts) == 1:
            return parts[0]
        if len(parts) > MOST_FACTORS:
            raise ReadError(f"more than {MOST_FACTORS} factors side by side", parts[MOST_FACTORS].at.start)
        spliced = tuple(inner for part in parts for inner in parts_of(part))
        return spliced[0] if len(spliced) == 1 else Juxtaposed(spliced, parts[0].at.to(parts[-1].at))

    def _begins_operand(self, token: Token | None) -> bool:
        if token is None:
            return False
        match token.kind:
            case Kind.LETTER | Kind.DIGIT | Kind.WORD | Kind.TEXT | Kind.OPEN | Kind.BEGIN:
                return True
            case Kind.SIGN:
                return token.text in OPENING
            case Kind.COMMAND:
                return token.text not in NO_OPERANDS
            case _:
                return False

    def _operand(self) -> Syntax:
        """One thing with its scripts."""
        self.depth += 1
        token = self.peek()
        if self.depth > DEEPEST:
            raise ReadError(f"nested more than {DEEPEST} deep", token.start if token else self.end)
        try:
            base = self.atom()
            return base if isinstance(base, Ranged) else self.scripts(base)
        finally:
            self.depth -= 1

    def ranged(self) -> Ranged:
        r"""A sum with its bounds; it takes all that follows up to the next + or -."""
        sign = self.take()
        indices: tuple[Symbol | Scripted, ...] = ()
        low: Syntax | None = None
        high: Syntax | None = None
        while (token := self.peek()) is not None and token.kind in (Kind.BELOW, Kind.ABOVE):
            self.take()
            if token.kind is Kind.BELOW and not indices:
                indices, low = self._bounds(sign)
            elif token.kind is Kind.ABOVE and high is None:
                (high,) = self._script(token, commas=False)
            else:
                raise ReadError("a second bound of the same kind", token.start)
        if not indices:
            raise ReadError(
                f"{sign.text} without an index", sign.start, expected=rf"{sign.text}_i or {sign.text}_{{i=1}}^n"
            )
        body = self._signed_term()
        return Ranged(sign.text, indices, low, high, body, sign.at.to(body.at))

    def _bounds(self, sign: Token) -> tuple[tuple[Symbol | Scripted, ...], Syntax | None]:
        if not self.next_is(Kind.OPEN):
            return (self._index(self.argument(sign.text)),), None
        brace = self.take()
        found: list[Symbol | Scripted] = []
        while True:
            item = self.expression()
            found += [self._index(part) for part in (item.parts if isinstance(item, Juxtaposed) else (item,))]
            if not self.next_is(Kind.SIGN, ","):
                break
            self.take()
        low: Syntax | None = None
        token = self.peek()
        if token is not None and token.kind is Kind.SIGN and token.text == "=":
            self.take()
            low = self.expression()
        elif token is not None and token.text in (r"\ne", r"\in", "<", ">", r"\le", r"\ge", ":", r"\notin"):
            raise ReadError("sums over a condition or a set are not read yet", token.start, expected="i or i=1")
        self.close(Kind.CLOSE, "}", brace)
        return tuple(found), low

    def _index(self, node: Syntax) -> Symbol | Scripted:
        if isinstance(node, Symbol):
            return node
        if isinstance(node, Scripted) and isinstance(node.base, Symbol) and not node.below and node.above is None:
            return node
        raise ReadError("this is no index", node.at.start, expected="a letter")

    def grid(self) -> Grid:
        """A matrix, row by row."""
        begin = self.take()
        if begin.text not in MATRICES:
            self.position -= 1
            raise self.surprise(begin, "an expression")
        if begin.text == "array" and self.next_is(Kind.OPEN):
            while self.position < len(self.tokens) and self.take().kind is not Kind.CLOSE:
                pass
        rows: list[tuple[Syntax, ...]] = []
        cells: list[Syntax] = []
        while True:
            token = self.peek()
            if token is not None and token.kind is Kind.END and not cells and rows:
                break
            cells.append(self.expression())
            token = self.peek()
            if token is not None and token.kind in (Kind.ROW, Kind.END):
                rows.append(tuple(cells))
                cells = []
                if token.kind is Kind.END:
                    break
            elif token is None:
                raise ReadError(f"this {begin.text} has no end", begin.start, expected=rf"\end{{{begin.text}}}")
            elif token.kind is not Kind.ALIGN:
                raise self.surprise(token, rf"&, \\ or \end{{{begin.text}}}")
            self.take()
        closed = self.take()
        if closed.text != begin.text:
            raise ReadError(f"{begin.text} ends as {closed.text}", closed.start, expected=rf"\end{{{begin.text}}}")
        return Grid(tuple(rows), begin.at.to(closed.at))


def _first_digit(node: Syntax) -> bool:
    return isinstance(node, Numeral) or (isinstance(node, Scripted) and isinstance(node.base, Numeral))
