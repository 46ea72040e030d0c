"""Matrices by their entries, and values by cases."""

from __future__ import annotations

from verify.read.alphabet import MATRICES
from verify.read.errors import ReadError
from verify.read.pieces import CONDITIONS, OTHERWISE
from verify.read.ranged import RangedParser
from verify.read.syntax import Cases, Compared, Dots, Grid, Syntax
from verify.read.tokens import Kind, Token

CASES = frozenset({"cases", "dcases", "rcases"})


class GridParser(RangedParser):
    """Reads what stands in rows and columns."""

    def grid(self) -> Syntax:
        """A matrix, row by row; or values by cases."""
        begin = self.take()
        if begin.text.rstrip("*") in CASES:
            return self._cases(begin)
        if begin.text not in MATRICES:
            self.move(-1)
            raise self.surprise(begin, "an expression")
        if begin.text == "array" and self.next_is(Kind.OPEN):
            while self.position < len(self.tokens) and self.take().kind is not Kind.CLOSE:
                pass
        rows: list[tuple[Syntax, ...]] = []
        while not self.next_is(Kind.END) or not rows:
            rows.append(self._row(begin))
            if self.next_is(Kind.ROW):
                self.take()
        closed = self._closed(begin)
        return Grid(tuple(rows), begin.at.to(closed.at))

    def _row(self, begin: Token) -> tuple[Syntax, ...]:
        cells = [self._cell()]
        while self.next_is(Kind.ALIGN):
            self.take()
            cells.append(self._cell())
        token = self.next
        if token is None:
            raise ReadError(f"this {begin.text} has no end", begin.start, expected=rf"\end{{{begin.text}}}")
        if token.kind not in (Kind.ROW, Kind.END):
            raise self.surprise(token, rf"&, \\ or \end{{{begin.text}}}")
        return tuple(cells)

    def _cell(self) -> Syntax:
        """One entry; an empty one is as good as dots."""
        token = self.next
        if token is not None and token.kind in (Kind.ALIGN, Kind.ROW, Kind.END):
            return Dots(token.at)
        return self.expression()

    def _closed(self, begin: Token) -> Token:
        if not self.next_is(Kind.END):
            raise ReadError(f"this {begin.text} has no end", begin.start, expected=rf"\end{{{begin.text}}}")
        closed = self.take()
        if closed.text != begin.text:
            raise ReadError(f"{begin.text} ends as {closed.text}", closed.start, expected=rf"\end{{{begin.text}}}")
        return closed

    # ---------------------------------------------------------------- cases

    def _cases(self, begin: Token) -> Cases:
        rows: list[tuple[Syntax, Compared | None]] = []
        while not self.next_is(Kind.END) or not rows:
            value = self.expression()
            self._skip((Kind.ALIGN, Kind.SPACE))
            rows.append((value, self._condition(begin)))
            if self.next_is(Kind.ROW):
                self.take()
        closed = self._closed(begin)
        return Cases(tuple(rows), begin.at.to(closed.at))

    def _condition(self, begin: Token) -> Compared | None:
        """The condition of a case; nothing for what holds otherwise."""
        token = self.next
        otherwise = False
        while token is not None and token.kind in (Kind.TEXT, Kind.WORD):
            words = token.text.strip(" ,.:").lower().split()
            if not words or words[0] not in (*CONDITIONS, *OTHERWISE, "and", "is"):
                raise self.surprise(token, "a condition such as i = k")
            otherwise = otherwise or words[0] in OTHERWISE
            self.take()
            self._skip((Kind.SPACE,))
            token = self.next
        if token is None:
            raise ReadError(f"this {begin.text} has no end", begin.start, expected=rf"\end{{{begin.text}}}")
        if token.kind in (Kind.ROW, Kind.END):
            if not otherwise:
                raise ReadError("a case without a condition", token.start, expected=r"i = k or \text{otherwise}")
            return None
        condition = self.compared()
        if not isinstance(condition, Compared):
            raise ReadError("this is no condition", condition.at.start, expected="i = k")
        self._skip((Kind.SPACE,))
        token = self.next
        if token is not None and token.kind not in (Kind.ROW, Kind.END):
            raise self.surprise(token, rf"\\ or \end{{{begin.text}}}")
        return condition

    def _skip(self, kinds: tuple[Kind, ...]) -> None:
        while (token := self.next) is not None and (token.kind in kinds or token.text in (",", ".", ";")):
            self.take()
