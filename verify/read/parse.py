r"""From tokens to a syntax tree: juxtaposition binds tighter than ``\cdot`` and ``\odot``, these tighter than ``+``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from verify.read.alphabet import CLOSING, IMPLICATIONS, NOT_YET, OPENING, PRODUCTS, RELATIONS
from verify.read.errors import ReadError
from verify.read.grids import GridParser
from verify.read.pieces import is_condition
from verify.read.scripts import DEEPEST
from verify.read.syntax import Joined, Juxtaposed, Numeral, Ranged, Scripted, Signed, Syntax, parts_of
from verify.read.tokens import Kind, Token

NO_OPERANDS = PRODUCTS | CLOSING | RELATIONS | IMPLICATIONS | {r"\rVert", r"\mid"}
OPERANDS = frozenset((Kind.LETTER, Kind.DIGIT, Kind.WORD, Kind.OPEN, Kind.BEGIN))
DOTS = r"\cdots"
MOST_FACTORS = 100
MOST_TERMS = 500
KEPT, MOST_KEPT = 256, 1000


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
    if end is None and tokens:
        end = tokens[-1].end
    if len(tokens) > MOST_KEPT:
        return _parsed(tokens, words, end)
    return _kept(tuple(tokens), words, end)


def may_hold_dots(tokens: Sequence[Token]) -> bool:
    r"""Whether dots may stand in what is parsed: they are written, or a matrix has an empty cell.

    >>> from verify.read.tokens import tokenize
    >>> may_hold_dots(tokenize(r"a_1 + \ldots + a_n")), may_hold_dots(tokenize("a_1 + a_2"))
    (True, False)
    """
    return DOTS in [token.text for token in tokens] or Kind.BEGIN in [token.kind for token in tokens]


def _parsed(tokens: Sequence[Token], words: frozenset[str], end: int | None) -> Syntax:
    parser = Parser(tokens, words, end)
    node = parser.expression()
    parser.finish()
    return node


# A side is looked at several times: what it defines, what it uses, what it says.
_kept = lru_cache(KEPT)(_parsed)


class Parser(GridParser):
    """Reads sums and products of what the other parsers read."""

    def expression(self) -> Syntax:
        """Terms with signs between them."""
        first = self.next
        terms = [self._first_term()]
        while (token := self.next) is not None and token.kind is Kind.SIGN and token.text in "+-":
            self.take()
            terms.append((1 if token.text == "+" else -1, self.signed_term()))
            if len(terms) > MOST_TERMS:
                raise ReadError(f"a sum of more than {MOST_TERMS} terms", token.start)
        if len(terms) == 1 and terms[0][0] == 1:
            return terms[0][1]
        start = terms[0][1].at if first is None else first.at
        return Signed(tuple(terms), start.to(terms[-1][1].at))

    def _first_term(self) -> tuple[int, Syntax]:
        token = self.next
        if token is not None and token.kind is Kind.SIGN and token.text in "+-":
            self.take()
            return (1 if token.text == "+" else -1), self.term()
        return 1, self.term()

    def signed_term(self) -> Syntax:
        """A term that may bring a minus of its own, as in ``a + -b``."""
        if self.next_is(Kind.SIGN, "-"):
            sign = self.take()
            term = self.term()
            return Signed(((-1, term),), sign.at.to(term.at))
        return self.term()

    def term(self) -> Syntax:
        r"""Factors with signs of products between them, or one alone."""
        factors, signs = [self._side_by_side()], []
        while (token := self.next) is not None and token.text in PRODUCTS and token.kind in (Kind.SIGN, Kind.COMMAND):
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
        while self._begins_operand(token := self.next):
            if token is not None and token.text == "|" and self.is_evaluation():
                parts = [self.evaluation(parts)]
                continue
            before, part = parts[-1], self._operand()
            if isinstance(before, Numeral) and isinstance(part, Numeral | Scripted) and _first_digit(part):
                raise ReadError("two numbers side by side", part.at.start, expected="a sign between them")
            parts.append(part)
        if len(parts) == 1:
            return parts[0]
        if len(parts) > MOST_FACTORS:
            raise ReadError(f"more than {MOST_FACTORS} factors side by side", parts[MOST_FACTORS].at.start)
        whole = parts[0].at.to(parts[-1].at)
        if Juxtaposed in map(type, parts):
            parts = [inner for part in parts for inner in parts_of(part)]
        return parts[0] if len(parts) == 1 else Juxtaposed(tuple(parts), whole)

    def _begins_operand(self, token: Token | None) -> bool:
        if token is None:
            return False
        if token.kind in OPERANDS:
            return True
        match token.kind:
            case Kind.TEXT:
                return not is_condition(token.text)
            case Kind.SIGN:
                return token.text in OPENING or token.text == "|" != self.bars
            case Kind.COMMAND:
                return token.text not in NO_OPERANDS and token.text != self.bars
            case _:
                return False

    def _operand(self) -> Syntax:
        """One thing with its scripts."""
        self.depth += 1
        token = self.next
        if self.depth > DEEPEST:
            raise ReadError(f"nested more than {DEEPEST} deep", token.start if token else self.end)
        try:
            base = self.atom()
            return base if isinstance(base, Ranged) else self.scripts(base)
        finally:
            self.depth -= 1


def _first_digit(node: Syntax) -> bool:
    return isinstance(node, Numeral) or (isinstance(node, Scripted) and isinstance(node.base, Numeral))
