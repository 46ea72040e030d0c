"""The things that stand side by side: numbers, letters, words, parentheses, fractions, accents and fonts."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from verify.read.alphabet import ACCENTS, CLOSING, FONTS, GREEK, NOT_YET, OPENING, RANGED, SWITCHES
from verify.read.errors import ReadError
from verify.read.scripts import ScriptParser
from verify.read.source import Span
from verify.read.syntax import Bars, Dots, Fraction, Group, Juxtaposed, Numeral, Root, Scripted, Signed, Symbol, Syntax
from verify.read.tokens import Kind, Token

MOST_DIGITS = 40
OPERATORS = frozenset({r"\partial", r"\nabla"})


class AtomParser(ScriptParser):
    """Reads one thing."""

    @abstractmethod
    def signed_term(self) -> Syntax:
        """A term that may bring a minus of its own."""

    @abstractmethod
    def ranged(self) -> Syntax:
        """A sum over an index, with its body."""

    @abstractmethod
    def grid(self) -> Syntax:
        """A matrix, or values by cases."""

    def atom(self) -> Syntax:
        """One thing, without its scripts."""
        token = self.next
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
                return self.grid()
            case Kind.COMMAND:
                return self._command(token)
            case Kind.SIGN if token.text in OPENING:
                return self._group()
            case Kind.SIGN if token.text == "|":
                return self._bars()
            case _:
                raise self.surprise(token, "an expression")

    def _numeral(self) -> Numeral:
        start = self.position
        first = last = self.take()
        text = first.text
        while (token := self.next) is not None and token.start == last.end:
            if token.kind is not Kind.DIGIT and not (token.text == "." and "." not in text and self._is_point(token)):
                break
            last = self.take()
            text += last.text
        if self.position - start > MOST_DIGITS:
            raise ReadError(f"a number of more than {MOST_DIGITS} digits", first.start)
        return Numeral(text, Span(first.start, last.end))

    def _is_point(self, token: Token) -> bool:
        """Whether a digit stands right after a point."""
        after = self.peek(1)
        return after is not None and after.kind is Kind.DIGIT and after.start == token.end

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
                self.move(length)
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
        brace = self.next
        after = self.peek(1)
        if brace is not None and after is not None and after.kind is Kind.CLOSE:
            self.move(2)
            return Juxtaposed((), brace.at.to(after.at))
        if after is not None and after.kind is Kind.COMMAND and after.text in SWITCHES:
            self.move(2)
            inner = self.expression()
            if brace is not None:
                self.close(Kind.CLOSE, "}", brace)
            return self._restyled(inner, font=FONTS[after.text])
        (inner,) = self.braced()
        if isinstance(inner, Signed):
            says = "a sum in braces, which are not seen in print"
            raise ReadError(says, inner.at.start, expected="parentheses")
        return inner

    def _group(self) -> Group:
        opened = self.take()
        if (token := self.next) is not None and token.text in CLOSING:
            raise ReadError("nothing stands in these parentheses", opened.start, expected="an expression")
        bars, self.bars = self.bars, ""
        items = [self.compared()]
        while self.next_is(Kind.SIGN, ",") or self.next_is(Kind.SIGN, ";"):
            self.take()
            items.append(self.compared())
        self.bars = bars
        token = self.next
        kind = token.kind if token is not None and token.text == OPENING[opened.text] else Kind.SIGN
        closed = self.close(kind, OPENING[opened.text], opened)
        return Group(opened.text, tuple(items), closed.text, opened.at.to(closed.at))

    def _command(self, token: Token) -> Syntax:
        name = token.text
        if name in NOT_YET and name != r"\mathbb":
            raise self.surprise(token, "an expression")
        if name in OPENING:
            return self._group()
        if name == r"\cdots":
            return Dots(self.take().at)
        if name in GREEK or name in OPERATORS or (name[1:] in self.words and name not in FONTS):
            self.take()
            return Symbol(name if name in GREEK or name in OPERATORS else name[1:], "", (), token.at)
        if name == r"\frac":
            return self._fraction()
        if name == r"\sqrt":
            return self._root()
        if name in (r"\Vert", r"\lVert"):
            return self._bars()
        if name in RANGED:
            return self.ranged()
        if name in ACCENTS or (name in FONTS and name not in SWITCHES):
            self.take()
            inner = self.argument(name)
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
        above = self.argument(command.text)
        below = self.argument(command.text)
        return Fraction(above, below, Span(command.start, self.tokens[self.position - 1].end))

    def _root(self) -> Root:
        command = self.take()
        if self.next_is(Kind.SIGN, "["):
            raise ReadError("only square roots are read", command.end)
        inner = self.argument(command.text)
        return Root(inner, Span(command.start, self.tokens[self.position - 1].end))

    def _bars(self) -> Bars:
        opened = self.take()
        closing = r"\rVert" if opened.text == r"\lVert" else opened.text
        bars, self.bars = self.bars, closing
        inner = self.expression()
        self.bars = bars
        closed = self.close(opened.kind, closing, opened)
        return Bars(inner, opened.at.to(closed.at), opened.text != "|")
