r"""From tokens to a syntax tree: juxtaposition binds tighter than ``\cdot`` and ``\odot``, these tighter than ``+``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verify.read.alphabet import (
    ACCENTS,
    CLOSING,
    FONTS,
    GREEK,
    IMPLICATIONS,
    MATRICES,
    NOT_YET,
    OPENING,
    PRODUCTS,
    RANGED,
    RELATIONS,
    SWITCHES,
)
from verify.read.errors import ReadError
from verify.read.source import Span
from verify.read.syntax import (
    Bars,
    Fraction,
    Grid,
    Group,
    Joined,
    Juxtaposed,
    Numeral,
    Ranged,
    Root,
    Scripted,
    Signed,
    Symbol,
    Syntax,
    parts_of,
    tag_of,
)
from verify.read.tokens import Kind, Token

DEEPEST = 50
MOST_DIGITS = 40
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


class Parser:
    """Reads one expression after another from a list of tokens."""

    def __init__(self, tokens: Sequence[Token], words: frozenset[str], end: int | None = None) -> None:
        self.tokens = tokens
        self.words = words
        self.longest = max(map(len, words), default=0)
        self.position = 0
        self.depth = 0
        self.end = end if end is not None else tokens[-1].end if tokens else 0

    # ---------------------------------------------------------------- tokens

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or one further on."""
        position = self.position + ahead
        return self.tokens[position] if position < len(self.tokens) else None

    def next_is(self, kind: Kind, text: str | None = None) -> bool:
        """Whether the next token is of this kind, and this text."""
        token = self.peek()
        return token is not None and token.kind is kind and (text is None or token.text == text)

    def take(self) -> Token:
        """The next token, passed over."""
        token = self.tokens[self.position]
        self.position += 1
        return token

    def finish(self) -> None:
        """Raise :class:`ReadError` if something is left."""
        if self.position < len(self.tokens):
            raise self.surprise(self.tokens[self.position], "the end of the expression")

    def surprise(self, token: Token | None, expected: str) -> ReadError:
        """The error at a token that cannot stand where it stands."""
        if token is None:
            return ReadError("the expression ends here", self.end, expected=expected)
        if token.text in NOT_YET:
            return ReadError(NOT_YET[token.text], token.start)
        says = {
            Kind.COMMAND: f"{token.text} is not known here",
            Kind.TEXT: f"a text, {token.text[:30].strip()!r}, in the midst of a formula",
            Kind.BEGIN: f"the environment {token.text} is not read here",
            Kind.ALIGN: "& outside of a matrix",
            Kind.ABOVE: "^ with nothing to its left that it could belong to",
            Kind.BELOW: "_ with nothing to its left that it could belong to",
        }.get(token.kind, f"{token.text} cannot stand here")
        return ReadError(says, token.start, expected=expected)

    # ---------------------------------------------------------------- sums and products

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

    # ---------------------------------------------------------------- operands

    def _operand(self) -> Syntax:
        """One thing with its scripts."""
        self.depth += 1
        token = self.peek()
        if self.depth > DEEPEST:
            raise ReadError(f"nested more than {DEEPEST} deep", token.start if token else self.end)
        try:
            base = self._atom()
            return base if isinstance(base, Ranged) else self._scripts(base)
        finally:
            self.depth -= 1

    def _scripts(self, base: Syntax) -> Syntax:
        below: tuple[Syntax, ...] = ()
        above: Syntax | None = None
        primes = 0
        start = base.at.start
        while (token := self.peek()) is not None and token.kind in (Kind.BELOW, Kind.ABOVE, Kind.PRIME):
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

    def _tight(self, base: Syntax) -> None:
        if isinstance(base, Signed | Joined | Juxtaposed):
            says = "a script on braces, which are not seen in print"
            raise ReadError(says, base.at.start, expected="parentheses, or a script on one letter")

    def _script(self, sign: Token, *, commas: bool = True) -> tuple[Syntax, ...]:
        token = self.peek()
        if token is None:
            raise self.surprise(token, f"a script after {sign.text}")
        if token.kind is Kind.OPEN:
            return self._braced(commas=commas)
        if token.kind is Kind.SIGN and token.text in "-+":
            raise ReadError("a script of more than one sign needs braces", token.start, expected="{")
        if token.kind is Kind.SIGN and token.text == "*":
            return (Symbol("*", "", (), self.take().at),)
        return (self._argument(sign.text),)

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

    def _braced(self, *, commas: bool = False) -> tuple[Syntax, ...]:
        """What stands in braces; with commas, several things."""
        brace = self.take()
        if self.next_is(Kind.CLOSE):
            raise ReadError("nothing stands in these braces", brace.start, expected="an expression")
        if self.next_is(Kind.SIGN, "*") and (token := self.peek(1)) is not None and token.kind is Kind.CLOSE:
            star = self.take()
            self.take()
            return (Symbol("*", "", (), star.at),)
        items = [self.expression()]
        while commas and self.next_is(Kind.SIGN, ","):
            self.take()
            items.append(self.expression())
        self._close(Kind.CLOSE, "}", brace)
        return tuple(items)

    def _close(self, kind: Kind, text: str, opened: Token) -> Token:
        token = self.peek()
        if token is None:
            raise ReadError(f"this {opened.text} is not closed", opened.start, expected=text)
        if token.kind is not kind or token.text != text:
            raise self.surprise(token, text)
        return self.take()

    def _argument(self, command: str) -> Syntax:
        """What a command takes: what stands in braces, or the one thing that follows."""
        token = self.peek()
        if token is None:
            raise self.surprise(token, f"an argument of {command}")
        if token.kind is Kind.OPEN:
            return self._braced()[0]
        if token.kind is Kind.DIGIT:
            self.take()
            return Numeral(token.text, token.at)
        if token.kind is Kind.LETTER:
            self.take()
            return Symbol(token.text, "", (), token.at)
        self.depth += 1
        if self.depth > DEEPEST:
            raise ReadError(f"nested more than {DEEPEST} deep", token.start)
        node = self._atom()
        self.depth -= 1
        return node

    def _atom(self) -> Syntax:
        token = self.peek()
        if token is None:
            raise self.surprise(token, "an expression")
        match token.kind:
            case Kind.DIGIT:
                return self._numeral()
            case Kind.LETTER:
                return self._letters()
            case Kind.WORD | Kind.TEXT:
                return self._word()
            case Kind.OPEN:
                return self._invisible()
            case Kind.BEGIN:
                return self._grid()
            case Kind.COMMAND:
                return self._command(token)
            case Kind.SIGN if token.text in OPENING:
                return self._group()
            case _:
                raise self.surprise(token, "an expression")

    def _numeral(self) -> Numeral:
        first = self.peek()
        digits: list[Token] = []
        while (token := self.peek()) is not None and (not digits or token.start == digits[-1].end):
            after = self.peek(1)
            point = token.text == "." and after is not None and after.kind is Kind.DIGIT and after.start == token.end
            if token.kind is not Kind.DIGIT and not (point and digits and "." not in (each.text for each in digits)):
                break
            digits.append(self.take())
        if first is not None and len(digits) > MOST_DIGITS:
            raise ReadError(f"a number of more than {MOST_DIGITS} digits", first.start)
        return Numeral("".join(token.text for token in digits), digits[0].at.to(digits[-1].at))

    def _letters(self) -> Symbol:
        """A known word where the letters spell one, the longest if there are several; else one letter."""
        run: list[Token] = []
        longest = self.longest if self.words else 0
        while len(run) < longest and (token := self.peek(len(run))) is not None and token.kind is Kind.LETTER:
            if run and token.start != run[-1].end:
                break
            run.append(token)
        for length in range(len(run), 1, -1):
            word = "".join(token.text for token in run[:length])
            if word in self.words:
                self.position += length
                return Symbol(word, "", (), run[0].at.to(run[length - 1].at))
        letter = self.take()
        return Symbol(letter.text, "", (), letter.at)

    def _word(self) -> Symbol:
        token = self.take()
        word = " ".join(token.text.split())
        if token.kind is Kind.TEXT and not word.replace("-", "").isalnum() and word not in self.words:
            raise self.surprise(token, "an expression")
        return Symbol(word, "", (), token.at)

    def _invisible(self) -> Syntax:
        """Braces that no command takes: they are not seen in print, so that they may not change the meaning."""
        brace = self.peek()
        after = self.peek(1)
        if brace is not None and after is not None and after.kind is Kind.CLOSE:
            self.position += 2
            return Juxtaposed((), brace.at.to(after.at))
        if after is not None and after.kind is Kind.COMMAND and after.text in SWITCHES:
            self.position += 2
            inner = self.expression()
            if brace is not None:
                self._close(Kind.CLOSE, "}", brace)
            return self._restyled(inner, font=FONTS[after.text])
        (inner,) = self._braced()
        if isinstance(inner, Signed):
            says = "a sum in braces, which are not seen in print"
            raise ReadError(says, inner.at.start, expected="parentheses")
        return inner

    def _group(self) -> Group:
        opened = self.take()
        if (token := self.peek()) is not None and token.text in CLOSING:
            raise ReadError("nothing stands in these parentheses", opened.start, expected="an expression")
        items = [self.expression()]
        while self.next_is(Kind.SIGN, ",") or self.next_is(Kind.SIGN, ";"):
            self.take()
            items.append(self.expression())
        token = self.peek()
        kind = token.kind if token is not None and token.text == OPENING[opened.text] else Kind.SIGN
        closed = self._close(kind, OPENING[opened.text], opened)
        return Group(opened.text, tuple(items), closed.text, opened.at.to(closed.at))

    # ---------------------------------------------------------------- commands

    def _command(self, token: Token) -> Syntax:
        name = token.text
        if name in NOT_YET and name != r"\mathbb":
            raise self.surprise(token, "an expression")
        if name in OPENING:
            return self._group()
        if name in GREEK or name == r"\partial" or name[1:] in self.words:
            self.take()
            return Symbol(name if name in GREEK or name == r"\partial" else name[1:], "", (), token.at)
        if name == r"\frac":
            return self._fraction()
        if name == r"\sqrt":
            return self._root()
        if name in (r"\Vert", r"\lVert"):
            return self._bars()
        if name in RANGED:
            return self._ranged()
        if name in ACCENTS or (name in FONTS and name not in SWITCHES):
            self.take()
            inner = self._argument(name)
            return self._restyled(inner, accent=ACCENTS.get(name, ""), font=FONTS.get(name, ""))
        raise self.surprise(token, "a known command")

    def _restyled(self, node: Syntax, *, accent: str = "", font: str = "") -> Syntax:
        """A symbol in another font, or with an accent; of a symbol with scripts, the symbol."""
        match node:
            case Symbol():
                return replace(node, accents=(*node.accents, accent)) if accent else replace(node, font=font)
            case Numeral() if not accent:
                return Symbol(node.text, font, (), node.at)
            case Scripted():
                return replace(node, base=self._restyled(node.base, accent=accent, font=font))
            case Juxtaposed() if not accent:
                return replace(node, parts=tuple(self._restyled(part, font=font) for part in node.parts))
            case _:
                raise ReadError("an accent or a font on more than a letter", node.at.start, expected="one letter")

    def _fraction(self) -> Fraction:
        command = self.take()
        above = self._argument(command.text)
        below = self._argument(command.text)
        return Fraction(above, below, Span(command.start, self.tokens[self.position - 1].end))

    def _root(self) -> Root:
        command = self.take()
        if self.next_is(Kind.SIGN, "["):
            raise ReadError("only square roots are read", command.end)
        inner = self._argument(command.text)
        return Root(inner, Span(command.start, self.tokens[self.position - 1].end))

    def _bars(self) -> Bars:
        opened = self.take()
        inner = self.expression()
        closing = r"\rVert" if opened.text == r"\lVert" else r"\Vert"
        closed = self._close(Kind.COMMAND, closing, opened)
        return Bars(inner, opened.at.to(closed.at))

    def _ranged(self) -> Ranged:
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
            return (self._index(self._argument(sign.text)),), None
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
        self._close(Kind.CLOSE, "}", brace)
        return tuple(found), low

    def _index(self, node: Syntax) -> Symbol | Scripted:
        if isinstance(node, Symbol):
            return node
        if isinstance(node, Scripted) and isinstance(node.base, Symbol) and not node.below and node.above is None:
            return node
        raise ReadError("this is no index", node.at.start, expected="a letter")

    def _grid(self) -> Grid:
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


def _tagged(node: Scripted) -> Scripted:
    r"""``W^{(2)T}`` is the transpose of what is named ``W^{(2)}``."""
    above = node.above
    if isinstance(above, Juxtaposed) and tag_of(above.parts[0]) is not None:
        rest = above.parts[1:]
        outer = rest[0] if len(rest) == 1 else Juxtaposed(rest, rest[0].at.to(rest[-1].at))
        return Scripted(replace(node, above=above.parts[0]), (), outer, 0, node.at)
    return node


def _first_digit(node: Syntax) -> bool:
    return isinstance(node, Numeral) or (isinstance(node, Scripted) and isinstance(node.base, Numeral))
