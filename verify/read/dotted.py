r"""Dots: ``a_1 + \cdots + a_n``, ``a_1 a_2 \cdots a_n``, ``(x_1, \ldots, x_n)`` and matrices given by their corners.

What is written out beside the dots must fit the pattern of what stands at their ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from verify.language import Array, Delta, Diagonal, Expression, Matrix, Number, Product, Sum, Transpose
from verify.language.shape import is_scalar
from verify.read.apply import bound, fitting
from verify.read.conditions import ONE
from verify.read.errors import ReadError
from verify.read.indices import Running
from verify.read.patterns import LETTERS, Pattern, fresh, letters_in, pattern, same
from verify.read.sizes import dimension
from verify.read.summation import SumReader
from verify.read.syntax import Dots, Grid, Group, Numeral, Syntax

DOTS = "what these dots stand for is not clear"
EXPECTED = "first and last thing alike but for a number in their subscripts"


class DottedReader(SumReader):
    """Reads dots between things that show a pattern."""

    def factors(self, parts: Sequence[Syntax]) -> list[Expression]:
        """The factors that stand side by side."""
        if Dots in map(type, parts):
            return self.dotted_factors(parts)
        return super().factors(parts)

    # ---------------------------------------------------------------- sums and products

    def dotted_terms(self, terms: Sequence[tuple[int, Syntax]]) -> list[tuple[int, Expression]]:
        """The terms of a sum, those around dots as one."""
        signs, nodes = [sign for sign, _ in terms], [term for _, term in terms]
        at, start, found = self._run(nodes)
        if len(set(signs[max(start, 1) : at + 2])) > 1 or (start and signs[start] != signs[at]):
            raise ReadError("the signs beside these dots differ", nodes[at].at.start, expected=EXPECTED)
        value = self._over(found, lambda body, running: self._sum(found, body, running))
        before = [(sign, self.expression(term)) for sign, term in terms[:start]]
        return [*before, (signs[start], value), *((sign, self.expression(term)) for sign, term in terms[at + 2 :])]

    def dotted_factors(self, parts: Sequence[Syntax]) -> list[Expression]:
        """The factors of a product, those around dots as one."""
        at, start, found = self._run(parts)
        value = self._over(found, lambda body, running: self._product(found, body, running))
        return [*self.factors(parts[:start]), value, *self.factors(parts[at + 2 :])]

    def _product(self, found: Pattern, body: Expression, running: Running) -> Expression:
        if not is_scalar(fitting(body)):
            says = "a product of matrices with dots is not read here"
            raise ReadError(says, found.index.at.start, expected="the factors written out")
        for number in range(1, found.first):
            skipped = Delta(self.indices.lone(running), Number(number))
            body = skipped + (ONE - skipped) * body
        return bound(Product, body, self.indices.release(running))

    def _sum(self, found: Pattern, body: Expression, running: Running) -> Expression:
        for number in range(1, found.first):
            body = (ONE - Delta(self.indices.lone(running), Number(number))) * body
        return bound(Sum, body, self.indices.release(running))

    def _run(self, nodes: Sequence[Syntax]) -> tuple[int, int, Pattern]:
        """Where the dots are, where what they belong to begins, and its pattern from there on."""
        at = next(position for position, node in enumerate(nodes) if isinstance(node, Dots))
        if not 0 < at < len(nodes) - 1:
            raise ReadError(DOTS, nodes[at].at.start, expected=EXPECTED)
        found = self._pattern(nodes[at - 1], nodes[at + 1], nodes[at])
        start, number = at - 1, found.first
        while start > 0 and number > 1 and same(found.numbered(number - 1), nodes[start - 1]):
            start, number = start - 1, number - 1
        return at, start, replace(found, start=Numeral(str(number), found.index.at))

    def _pattern(self, first: Syntax, last: Syntax, dots: Syntax, taken: frozenset[str] = frozenset()) -> Pattern:
        taken |= letters_in(first) | letters_in(last) | frozenset(self.scope.names) | self.indices.names
        found = pattern(first, last, fresh(taken))
        if found is None or found.first < 1:
            raise ReadError(DOTS, dots.at.start, expected=EXPECTED)
        return found

    def _over(self, found: Pattern, build: Callable[[Expression, Running], Expression]) -> Expression:
        """What is built of the thing with an index, which runs to the last value."""
        over = self._last(found)
        running = self.bind(found.index.letter, over, found.index.at.start)
        return build(self.expression(found.body), running)

    def _last(self, found: Pattern) -> Expression:
        """How far dots go that begin with 1."""
        over = dimension(found.last, self.scope, new=False)
        if over in self.scope.from_zero:
            says = "dots between entries that are counted from 0"
            raise ReadError(says, found.index.at.start, expected=r"\sum_{i=0}^{n-1}")
        return over

    # ---------------------------------------------------------------- lists and matrices

    def listed(self, node: Group, *, turned: bool) -> Expression:
        r"""``(x_1, \ldots, x_n)`` as a column; ``turned``, with a transpose on it, is a column as well."""
        if node.opened == "[" and not turned:
            self.notes.doubt("a list in brackets is a row, or a column")
        value = self._column(node.items)
        if turned:
            self.notes.assume("a list with a transpose, or of arguments, is a column")
        return value

    def _column(self, cells: Sequence[Syntax]) -> Expression:
        if not any(isinstance(cell, Dots) for cell in cells):
            return Matrix(*((self.expression(cell),) for cell in cells))
        found = self._line(cells)
        return self._over(found, lambda body, running: self._array(found, body, running))

    def _array(self, found: Pattern, body: Expression, running: Running) -> Expression:
        return bound(Array, self._entry(body, found), self.indices.release(running))

    def _line(self, cells: Sequence[Syntax], taken: frozenset[str] = frozenset()) -> Pattern:
        """The pattern of a line with dots in it, which begins with 1 and which all that is written out fits."""
        many = [position for position, cell in enumerate(cells) if isinstance(cell, Dots)]
        at = many[0] if many else 0
        if len(many) != 1 or not 0 < at < len(cells) - 1:
            raise ReadError(DOTS, cells[at].at.start, expected=EXPECTED)
        found = self._pattern(cells[0], cells[-1], cells[at], taken)
        if found.first != 1:
            raise ReadError("a list that does not begin with 1", cells[0].at.start, expected=EXPECTED)
        for position, cell in enumerate(cells):
            if position != at and not same(cell, _at(found, position, at, len(cells))):
                raise ReadError("this does not fit what stands at the ends", cell.at.start, expected=EXPECTED)
        return found

    def _entry(self, body: Expression, found: Pattern) -> Expression:
        if not is_scalar(fitting(body)):
            raise ReadError("the things beside these dots are no numbers", found.index.at.start, expected="entries")
        return body

    def cornered(self, node: Grid) -> Expression:
        """A matrix with dots in it, or one written out."""
        rows = node.rows
        if not any(isinstance(cell, Dots) for row in rows for cell in row):
            return Matrix(*(tuple(map(self.expression, row)) for row in rows))
        if len(rows) == 1:
            return Transpose(self._column(rows[0]))
        if all(len(row) == 1 for row in rows):
            return self._column([row[0] for row in rows])
        diagonal = self._diagonal(rows)
        return self._corners(node) if diagonal is None else diagonal

    def _diagonal(self, rows: Sequence[Sequence[Syntax]]) -> Expression | None:
        """A matrix with something on its diagonal alone."""
        if any(len(row) != len(rows) for row in rows):
            return None
        cells = [(cell, across == down) for down, row in enumerate(rows) for across, cell in enumerate(row)]
        others = [cell for cell, on_diagonal in cells if not on_diagonal]
        if not all(isinstance(cell, Dots) or (isinstance(cell, Numeral) and cell.text == "0") for cell in others):
            return None
        return Diagonal(self._column([cell for cell, on_diagonal in cells if on_diagonal]))

    def _corners(self, node: Grid) -> Expression:
        """A matrix by the pattern of its rows, each of which has the pattern of its columns."""
        dotted = [position for position, row in enumerate(node.rows) if all(isinstance(cell, Dots) for cell in row)]
        if len(dotted) != 1 or not 0 < dotted[0] < len(node.rows) - 1:
            raise ReadError(DOTS, node.at.start, expected="four corners, and dots between them")
        (at,) = dotted
        taken = letters_in(node) | {LETTERS[0]}
        lines = {place: self._line(row, taken) for place, row in enumerate(node.rows) if place != at}
        first = lines[0]
        down = self._pattern(first.body, lines[len(node.rows) - 1].body, node.rows[at][0], letters_in(node))
        for place, line in lines.items():
            fits = same(line.last, first.last) and same(line.body, _at(down, place, at, len(node.rows)))
            if down.first != 1 or not fits:
                raise ReadError("this row does not fit the others", node.rows[place][0].at.start, expected=EXPECTED)
        return self._matrix(down, first)

    def _matrix(self, down: Pattern, across: Pattern) -> Expression:
        height, width = self._last(down), self._last(across)
        outer = self.bind(down.index.letter, height, down.index.at.start)
        inner = self.bind(across.index.letter, width, across.index.at.start + 1)
        body = self._entry(self.expression(down.body), down)
        last = self.indices.release(inner)
        return bound(Array, body, self.indices.release(outer), last)


def _at(found: Pattern, position: int, dots: int, many: int) -> Syntax:
    """The thing at a position of a line: counted from 1 before the dots, from the last value after them."""
    return found.numbered(position + 1) if position < dots else found.from_last(many - 1 - position)
