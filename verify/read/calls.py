"""Functions and what they are applied to; a name before parentheses is a factor, unless it is a function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction as Exact

from verify.language import Defined, Dependent, Expression, Index, Name, Transpose, latex, one_hot, softmax_rows
from verify.language.layers import Leveled, Recursive
from verify.language.shape import long_axes
from verify.read.apply import applied, fitting
from verify.read.dependence import depends
from verify.read.errors import ReadError
from verify.read.layered import LayerReader
from verify.read.names import NeedsArgument
from verify.read.scope import Elementwise, FunctionMeaning, Indexed, Operation, Quantity
from verify.read.syntax import Dots, Group, Numeral, Scripted, Spelling, Symbol, Syntax, spelling

MOST_NESTED = 100
SOFTMAX = "softmax"
MADE = Defined | Dependent | Leveled | Recursive
"""What depends on other names, and may be written with them."""


@dataclass(frozen=True)
class Called:
    """A function where it is written, with its scripts if it has any."""

    meaning: FunctionMeaning
    symbol: Symbol
    scripts: Scripted | None

    @property
    def primes(self) -> int:
        """How many times it is derived."""
        return self.scripts.primes if self.scripts is not None else 0


class CallReader(LayerReader):
    """Reads factors written side by side, calls among them."""

    depth = 0

    def factors(self, parts: Sequence[Syntax]) -> list[Expression]:
        """The factors that stand side by side."""
        found: list[Expression] = []
        position = 0
        while position < len(parts):
            factor, position = self.factor(parts, position)
            found.append(factor)
        return found

    def factor(self, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        """The factor that begins at a part, and the position after it: a function takes its argument with it."""
        part = parts[position]
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise ReadError("nested too deep", part.at.start)
        called = self.function(part)
        unit = self._unit_vector(part, parts, position) if called is None else None
        if unit is not None:
            found = unit
        elif called is not None:
            found = self._call(called, parts, position)
        elif isinstance(part, Symbol | Scripted):
            found = self._name(part, parts, position)
        else:
            found = self.expression(part), position + 1
        self.depth -= 1
        return found

    def _unit_vector(self, part: Syntax, parts: Sequence[Syntax], position: int) -> tuple[Expression, int] | None:
        """``e_o`` or ``e(o)`` for a declared index o, where e means nothing else: 1 at o, 0 elsewhere."""
        base = part.base if isinstance(part, Scripted) else part
        if not isinstance(base, Symbol) or base.letter != "e" or base.accents:
            return None
        if self.scope.find(Spelling(base)) is not None:
            return None
        if isinstance(part, Scripted) and not part.primes:
            at = self._declared_index(part.below)
            return None if at is None else (self.scripts(one_hot(at, at.dimension), (), part.above), position + 1)
        after = parts[position + 1] if position + 1 < len(parts) else None
        group, outer = (after.base, after) if isinstance(after, Scripted) else (after, None)
        at = self._declared_index(group.items) if isinstance(group, Group) and part is base else None
        return None if at is None else (self._outer_scripts(one_hot(at, at.dimension), outer), position + 2)

    def _declared_index(self, items: tuple[Syntax, ...]) -> Index | None:
        name = spelling(items[0]) if len(items) == 1 else None
        meaning = None if name is None or self.indices.find(name.key) is not None else self.scope.find(name)
        if not isinstance(meaning, Indexed):
            return None
        self.notes.assume(f"e with the index {meaning.index.symbol} is the vector with 1 there and 0 elsewhere")
        return meaning.index

    def function(self, part: Syntax) -> Called | None:
        """The function that a part names."""
        base, scripts = (part.base, part) if isinstance(part, Scripted) else (part, None)
        if not isinstance(base, Symbol) or self.indices.find(base.key) is not None:
            return None
        whole = None if scripts is None else spelling(scripts)
        known = None if whole is None else self.scope.find(whole)
        if isinstance(known, FunctionMeaning):
            return Called(known, base, None)
        meaning = self.scope.find(Spelling(base)) if known is None else None
        return Called(meaning, base, scripts) if isinstance(meaning, FunctionMeaning) else None

    def _call(self, called: Called, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        symbol = called.symbol
        if position + 1 >= len(parts):
            raise NeedsArgument(f"{symbol.key} is a function and needs an argument", symbol.at.start, expected="(")
        after = parts[position + 1]
        group, outer = (after.base, after) if isinstance(after, Scripted) else (after, None)
        if not isinstance(group, Group):
            value, position = self._bare(called, parts, position)
            return self._function_scripts(value, called), position
        several = isinstance(called.meaning, Operation) and called.meaning.arity == 1 and len(group.items) > 1
        arguments = [self.listed(group, turned=True)] if several else list(map(self.expression, group.items))
        whole = self._of_matrix(called, arguments)
        value = whole or applied(called.meaning, called.primes, arguments, self.notes, group.at.start)
        return self._outer_scripts(self._function_scripts(value, called), outer), position + 2

    def _of_matrix(self, called: Called, arguments: Sequence[Expression]) -> Expression | None:
        """The softmax of a matrix, which is taken along its rows or its columns as the context says."""
        if not isinstance(called.meaning, Operation) or called.meaning.symbol != SOFTMAX or called.primes:
            return None
        if len(arguments) != 1 or len(long_axes(fitting(arguments[0]))) < 2:
            return None
        (matrix,) = arguments
        if not self.conventions.softmax:
            self.notes.doubt(f"the softmax of the matrix {latex(matrix)} may be that of its rows, or of its columns")
        if self.conventions.softmax == "columns":
            return Transpose(softmax_rows(Transpose(matrix)))
        return softmax_rows(matrix)

    def _outer_scripts(self, value: Expression, outer: Scripted | None) -> Expression:
        """``softmax(x)_i``: the scripts of the parentheses belong to the value."""
        if outer is None:
            return value
        if outer.primes:
            raise ReadError("a prime on parentheses", outer.at.end - 1, expected="a prime on the function")
        return self.scripts(value, outer.below, outer.above)

    def _bare(self, called: Called, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        r"""``\log x``: the argument without parentheses is one thing, and no factor may follow it."""
        symbol = called.symbol
        if not isinstance(called.meaning, Elementwise) or not symbol.letter.isalpha() or len(symbol.letter) == 1:
            raise NeedsArgument(f"{symbol.key} is a function", parts[position + 1].at.start, expected="(")
        argument, position = self.factor(parts, position + 1)
        if position < len(parts) and self.function(parts[position]) is None:
            says = f"it is not clear how much {symbol.key} is applied to"
            raise ReadError(says, parts[position].at.start, expected="parentheses")
        return applied(called.meaning, called.primes, [argument], self.notes, symbol.at.start), position

    def _function_scripts(self, value: Expression, called: Called) -> Expression:
        r"""``\tanh^2(x)`` and ``softmax_i(x)``."""
        scripts = called.scripts
        if scripts is None:
            return value
        if scripts.below:
            if isinstance(called.meaning, Elementwise):
                raise ReadError("a subscript on a function of a number", scripts.below[0].at.start, expected="(")
            value = self.entry(value, scripts.below)
        if scripts.above is None:
            return value
        power = Exact(scripts.above.text) if isinstance(scripts.above, Numeral) else Exact(0)
        if power.denominator != 1 or power < 2:
            raise ReadError("this is no power of a function", scripts.above.at.start, expected="2 or 3, or parentheses")
        return value ** int(power)

    def _name(self, part: Symbol | Scripted, parts: Sequence[Syntax], position: int) -> tuple[Expression, int]:
        """A name; before a parenthesis with what it depends on, as in ``J(W, b)``, the name alone is meant."""
        value = self.named(part)
        after = parts[position + 1] if position + 1 < len(parts) else None
        group, outer = (after.base, after) if isinstance(after, Scripted) else (after, None)
        if not isinstance(group, Group) or group.opened != "(" or not isinstance(value, MADE | Name):
            return value, position + 1
        if isinstance(value, MADE) and len(group.items) == 1 and isinstance(group.items[0], Dots):
            self.notes.assume(f"{latex(value)}(...) is {latex(value)}")
            return self._outer_scripts(value, outer), position + 2
        given = [self._plain(item) for item in group.items]
        names = [each for each in given if each is not None]
        entry = isinstance(value, Name) and outer is not None and outer.below
        if len(names) < len(given) or entry:
            return value, position + 1
        if isinstance(value, Name):
            says = f"{latex(value)} is no function, and a product is not written so"
            raise ReadError(says, group.at.start, expected=r"\cdot for a product")
        if not all(depends(value, name) for name in names):
            says = f"{latex(value)} does not depend on {', '.join(map(latex, names))}, as far as is said here"
            raise ReadError(says, group.at.start, expected=r"\cdot for a product, or the name alone")
        self.notes.assume(f"{latex(value)}({', '.join(map(latex, names))}) is {latex(value)}")
        return self._outer_scripts(value, outer), position + 2

    def _plain(self, item: Syntax) -> Expression | None:
        """What a plain name stands for; nothing for any other expression."""
        name = spelling(item)
        meaning = None if name is None else self.scope.find(name)
        return meaning.expression if isinstance(meaning, Quantity) else None
