"""Names and what is written at them: entries, transposes and powers, Kronecker deltas, vectors by their entries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import assert_never

from verify.language import Delta, Dimension, Entry, Expression, Hadamard, Number, Transpose, describe, exp, latex
from verify.language.binders import Array
from verify.language.layers import Width
from verify.language.shape import ONE, Shape, is_scalar, long_axes
from verify.read import sizes
from verify.read.alphabet import HADAMARD
from verify.read.apply import bound, fitting
from verify.read.conventions import Conventions
from verify.read.differential import PARTIAL, UPRIGHT
from verify.read.errors import ReadError
from verify.read.indices import FROM_ZERO, Indices, Running
from verify.read.notes import Notes
from verify.read.respelled import ALL
from verify.read.scope import (
    Elementwise,
    FunctionFamily,
    Indexed,
    Layered,
    Meaning,
    Operation,
    Quantity,
    Scope,
    Sliced,
    Template,
)
from verify.read.sized import SIZED
from verify.read.slices import sliced
from verify.read.source import Span
from verify.read.subscripts import Label, labels, mentions
from verify.read.syntax import Bars, Group, Numeral, Scripted, Signed, Spelling, Symbol, Syntax, spelling, tag_of

IDENTITY = "I"
TRANSPOSES = "transpose"


class UnknownName(ReadError):
    """A name means nothing here."""

    def __init__(self, says: str, offset: int, *, known: tuple[str, ...], name: Spelling) -> None:
        super().__init__(says, offset, known=known)
        self.name = name


class NeedsArgument(ReadError):
    """A function stands without what it is applied to."""


class NameReader(ABC):
    """Reads names with their scripts in a scope."""

    def __init__(self, scope: Scope, conventions: Conventions, indices: Indices, notes: Notes) -> None:
        self.scope = scope
        self.conventions = conventions
        self.indices = indices
        self.notes = notes

    @abstractmethod
    def expression(self, node: Syntax) -> Expression:
        """The expression that a node means."""

    @abstractmethod
    def listed(self, node: Group, *, turned: bool) -> Expression:
        """The column that a list in parentheses is; ``turned`` with a transpose on it."""

    @abstractmethod
    def primed(self, value: Expression, primes: int, at: Span) -> Expression:
        """The derivative that a prime on parentheses is."""

    @abstractmethod
    def subscripted_bars(self, node: Bars, scripts: Scripted) -> Expression:
        """The norm that a subscript on bars names."""

    # ---------------------------------------------------------------- names

    def named(self, node: Symbol | Scripted) -> Expression:
        """A name, or anything else with scripts."""
        if isinstance(node, Symbol):
            return self._symbol(Spelling(node), node)
        if self._is_transposed_by_prime(node):
            return self._transposed(node)
        if not isinstance(node.base, Symbol):
            return self._scripted(node.base, node)
        if self._is_exponential(node) and node.above is not None:
            return exp(self.expression(node.above))
        base, tag = node.base, tag_of(node.above) or ""
        rest = None if tag else node.above
        plain = node if node.above is None else Scripted(base, node.below, None, node.primes, node.at)
        whole = spelling(plain) if node.below else None
        if whole is not None and not self._is_bound(node.below):
            meaning = self.scope.find(Spelling(base, node.primes, whole.below, tag))
            if isinstance(meaning, Quantity):
                return self.scripts(meaning.expression, (), rest)
        sized = self._sized(node)
        if sized is not None:
            return self.scripts(sized, (), rest)
        kronecker = self._kronecker(node)
        if kronecker is not None:
            return self.scripts(kronecker, (), rest)
        return self.scripts(self._tensor(Spelling(base, node.primes, "", tag), node), node.below, rest)

    def _is_transposed_by_prime(self, node: Scripted) -> bool:
        """Whether a prime transposes what it stands at: it is no part of its name, as far as that is known."""
        if self.conventions.prime != TRANSPOSES or node.primes != 1 or node.above is not None:
            return False
        if isinstance(node.base, Group):
            return True
        if not isinstance(node.base, Symbol) or self.scope.find(Spelling(node.base, 1)) is not None:
            return False
        found = self.scope.find(Spelling(node.base))
        return isinstance(found, Quantity | Layered | Sliced)

    def _transposed(self, node: Scripted) -> Expression:
        """What is transposed by its prime: a name with its subscript, or a tensor of which an entry is taken then."""
        plain, transpose = replace(node, primes=0), Symbol("T", "", (), node.at)
        whole = spelling(plain)
        if isinstance(node.base, Symbol):
            tensor = isinstance(self.scope.find(Spelling(node.base)), Quantity)
            if tensor and (whole is None or self.scope.find(whole) is None):
                return self.scripts(self.scripts(self.named(node.base), (), transpose), node.below, None)
        return self.scripts(self.named(plain), (), transpose)

    def _sized(self, node: Scripted) -> Expression | None:
        r"""``I_n``, ``I_{mn}`` and ``\mathbf{1}_n``, where they mean nothing else, with the size in the subscript."""
        base = node.base
        if not isinstance(base, Symbol) or base.key not in SIZED or len(node.below) != 1 or node.primes:
            return None
        if self.scope.find(Spelling(base)) is not None:
            return None
        try:
            size = sizes.dimension(node.below[0], self.scope, new=False)
        except ReadError:
            return None
        return SIZED[base.key](size) if size.atoms(Dimension) and not size.atoms(Width) else None

    def _is_exponential(self, node: Scripted) -> bool:
        base = node.base
        plain = isinstance(base, Symbol) and base.key == "e" and not node.below and not node.primes
        return plain and isinstance(base, Symbol) and self.scope.find(Spelling(base)) is None

    def _scripted(self, base: Syntax, node: Scripted) -> Expression:
        if isinstance(base, Bars) and node.below:
            return self.scripts(self.subscripted_bars(base, node), (), node.above)
        if node.primes:
            return self.scripts(self.primed(self.expression(base), node.primes, node.at), node.below, node.above)
        if isinstance(base, Group) and len(base.items) > 1 and not node.below and _is_transpose(node.above):
            return self.listed(base, turned=True)
        if isinstance(base, Group) and self._binds(base, node.below):
            return self.scripts(self._by_entries(base, node.below), (), node.above)
        return self.scripts(self.expression(base), node.below, node.above)

    def _tensor(self, name: Spelling, node: Scripted) -> Expression:
        """What subscripts are put on; ``w_{ij}`` is an entry of W where w means nothing."""
        symbol = name.symbol
        if self.scope.find(name) is None and node.below and len(symbol.letter) == 1 and symbol.letter.islower():
            upper = Spelling(Symbol(symbol.letter.upper(), symbol.font, symbol.accents, symbol.at), name.primes)
            meaning = self.scope.find(upper)
            if isinstance(meaning, Quantity) and len(long_axes(fitting(meaning.expression))) == 2:
                self.notes.assume(f"{symbol.letter} with two indices is an entry of {latex(meaning.expression)}")
                return meaning.expression
        return self._symbol(name, node)

    def _symbol(self, name: Spelling, node: Syntax) -> Expression:
        """What a name means; raises :class:`ReadError` if it means nothing here."""
        running = self.indices.find(name.key)
        if running is not None:
            index = self.indices.lone(running)
            return index - 1 if index.dimension in self.scope.from_zero else index
        meaning = self.scope.find(name)
        match meaning:
            case Quantity():
                return meaning.expression
            case Indexed():
                raise ReadError(f"the index {name.key} as a number", node.at.start, expected="a subscript")
            case Elementwise() | Operation() | Template():
                raise NeedsArgument(f"{name.key} is a function and needs an argument", node.at.start, expected="(")
            case Layered(whole=whole) if whole is not None:
                return whole.expression
            case Sliced() | Layered() | FunctionFamily():
                says = f"{name.key} is a family: which of them is meant?"
                raise ReadError(says, node.at.start, expected=f"{name.key}_i")
            case None if self.scope.alike(name):
                return self._one_of(name, node)
            case None:
                raise self._unknown(name, node)
            case _:
                assert_never(meaning)

    def _one_of(self, name: Spelling, node: Syntax) -> Expression:
        """A name that may be one of several in other fonts: the first of them, which is doubtful."""
        others = self.scope.alike(name)
        first = self.scope.names[others[0]].meaning
        if not isinstance(first, Quantity):
            raise self._unknown(name, node)
        self.notes.doubt(f"{name.key} may be {', '.join(others[:-1])} or {others[-1]}")
        return first.expression

    def _unknown(self, name: Spelling, node: Syntax) -> ReadError:
        if name.symbol.letter in (PARTIAL, UPRIGHT):
            says = f"{name.symbol.letter} stands only in a derivative"
            return ReadError(says, node.at.start, expected=r"\frac{\partial a}{\partial b}, a sum in parentheses")
        says = f"the name {name.key} is not known here"
        plain = self.scope.find(Spelling(name.symbol, 0, name.below, name.tag)) if name.primes == 1 else None
        if isinstance(plain, Quantity) and not is_scalar(fitting(plain.expression)):
            says += ", and a prime is no transpose"
        if name.tag:
            says += ", and a superscript in parentheses is no power"
        return UnknownName(says, node.at.start, known=self.scope.known, name=name)

    # ---------------------------------------------------------------- scripts

    def scripts(self, value: Expression, below: tuple[Syntax, ...], above: Syntax | None) -> Expression:
        """An entry, then a transpose or a power."""
        if below:
            value = self.entry(value, below)
        return value if above is None else self._raised(value, above)

    def entry(self, tensor: Expression, below: tuple[Syntax, ...]) -> Expression:
        """An entry of a tensor."""
        axes = fitting(tensor)
        offset = below[0].at.start
        long = long_axes(axes)
        found = labels(below, len(long))
        if found is None:
            raise ReadError("this is no subscript", offset, expected="indices, or numbers")
        if any(label.name == ALL for label in found):
            return sliced(tensor, found, self.subscript, self.notes)
        taken = axes if _has_each(axes, found) else long or axes[:1]
        if len(taken) != len(found):
            takes = ("no index", "1 index")[len(taken)] if len(taken) < 2 else f"{len(taken)} indices"
            raise ReadError(f"{latex(tensor)} ({describe(axes)}) takes {takes}", offset)
        subscripts = [self.subscript(label, axis) for label, axis in zip(found, taken, strict=True)]
        return Entry(tensor, *subscripts)

    def subscript(self, label: Label, axis: Expression) -> Expression:
        """A subscript of an axis: a number or an index."""
        if label.number is None:
            return self.indices.subscript(self.index_of(label), axis)
        if label.number == 0 and axis not in self.scope.from_zero:
            raise ReadError("entries are counted from 1 here", label.offset, expected=FROM_ZERO)
        return self.counted(label.number, axis)

    def counted(self, number: int, over: Expression | None) -> Expression:
        """The place of an entry, counted from 1, that has this number."""
        return Number(number + 1 if over in self.scope.from_zero else number)

    def is_index(self, label: Label) -> bool:
        """Whether a subscript is an index: one that is bound, a declared one, or a letter that may be free."""
        if label.number is not None:
            return False
        meaning = self.scope.find(label.spelling)
        if self.indices.find(label.name) is not None or isinstance(meaning, Indexed):
            return True
        return meaning is None and label.name.rstrip("'") in self.scope.free_letters

    def index_of(self, label: Label) -> Running:
        """The index of a name: the one bound innermost, a declared one, or a free one."""
        running = self.indices.find(label.name)
        if running is not None:
            return running
        meaning = self.scope.find(label.spelling)
        if isinstance(meaning, Indexed):
            return self.indices.free_index(label.name, meaning.index.dimension, label.offset)
        if meaning is not None:
            dimension = isinstance(meaning, Quantity) and isinstance(meaning.expression, Dimension)
            says = f"{label.name} is {'a dimension' if dimension else 'a name'} here, and no index"
            raise ReadError(says, label.offset, expected="another letter, or a sum over it")
        if label.name.rstrip("'") not in self.scope.free_letters:
            says = f"the index {label.name} is not known here"
            raise ReadError(says, label.offset, expected="i, j, k, …, or a sum over it", known=self.scope.known)
        return self.indices.free_index(label.name, None, label.offset)

    def bind(self, name: str, dimension: Expression | None, at: int) -> Running:
        """Begin the body of what binds an index."""
        named = self.scope.names.get(name)
        return self.indices.bind(name, dimension, at, declared=named is not None and isinstance(named.meaning, Indexed))

    def _is_bound(self, below: tuple[Syntax, ...]) -> bool:
        return self.indices.binds and any(self.indices.find(label.name) is not None for label in labels(below) or ())

    def _kronecker(self, node: Scripted) -> Expression | None:
        r"""``\delta_{ij}``, where the write-up has no other delta, or one that has no two indices; ``I_{ij}``."""
        base = node.base
        if not isinstance(base, Symbol) or base.key not in (r"\delta", IDENTITY) or node.primes:
            return None
        found = labels(node.below, 2)
        meaning = self.scope.find(Spelling(base))
        if base.key == IDENTITY and (meaning is not None or any(map(self._is_no_index, found or ()))):
            return None
        if found is None or len(found) != 2 or not (meaning is None or self._is_another(meaning, found)):
            return None
        running = [self.index_of(label) for label in found if label.number is None]
        match running:
            case [first, second]:
                return Delta(*self.indices.pair(first, second))
            case [only] if found[0].number is None:
                return Delta(self.indices.lone(only), self.counted(found[1].number or 0, only.dimension))
            case [only]:
                return Delta(self.counted(found[0].number or 0, only.dimension), self.indices.lone(only))
            case _:
                return None

    def _is_no_index(self, label: Label) -> bool:
        return label.number is None and not self.is_index(label)

    def _is_another(self, meaning: Meaning, found: tuple[Label, ...]) -> bool:
        """Whether a delta with two indices cannot be the one that is known, a number or a vector; this is noted."""
        if not isinstance(meaning, Quantity) or not all(
            label.number is not None or self.is_index(label) for label in found
        ):
            return False
        if len(long_axes(fitting(meaning.expression))) > 1:
            return False
        self.notes.assume(r"\delta with two indices is Kronecker's")
        return True

    def _binds(self, base: Group, below: tuple[Syntax, ...]) -> bool:
        """Whether ``[…]_i`` is the vector of its entries, since the index stands within."""
        found = labels(below)
        if base.opened != "[" or len(base.items) != 1 or not found:
            return False
        inner = base.items[0]
        if any(label.number is not None for label in found):
            return False
        return isinstance(inner, Numeral) or all(mentions(inner, label.name) for label in found)

    def _by_entries(self, base: Group, below: tuple[Syntax, ...]) -> Expression:
        running = [self.bind(label.name, self._declared(label), label.offset) for label in labels(below) or ()]
        body = self.expression(base.items[0])
        indices = [self.indices.release(each) for each in reversed(running)][::-1]
        if not is_scalar(fitting(body)):
            raise ReadError("a vector in brackets, with its own index within", base.at.start, expected="an entry")
        return bound(Array, body, *indices)

    def _declared(self, label: Label) -> Expression | None:
        """How far a declared index runs."""
        meaning = self.scope.find(label.spelling)
        return meaning.index.dimension if isinstance(meaning, Indexed) else None

    def _raised(self, value: Expression, above: Syntax) -> Expression:
        """A transpose, or a power."""
        if isinstance(above, Symbol) and above.key == "T":
            if fitting(value):
                return Transpose(value)
            if self.scope.find(Spelling(above)) is None:
                raise ReadError(f"{latex(value)} is a scalar and has no transpose", above.at.start)
        match above:
            case Signed(terms=((-1, Symbol(key="T") as mark),)) if self.scope.find(Spelling(mark)) is None:
                if fitting(value):
                    return Transpose(value**-1)
            case _:
                pass
        if isinstance(above, Symbol) and above.letter == "*":
            raise ReadError("a star is not read yet", above.at.start, expected="^T for a transpose")
        if isinstance(above, Group) and above.opened in HADAMARD and isinstance(above.items[0], Numeral):
            return Hadamard(*[value] * int(above.items[0].text))
        if tag_of(above) is not None:
            says = "a superscript in parentheses is no power, and no such name is known here"
            raise ReadError(says, above.at.start, known=self.scope.known)
        return value ** self.expression(above)


def _has_each(axes: Shape, found: tuple[Label, ...]) -> bool:
    """Whether each axis is subscripted; one of length one may be left out, and has no entry but the first."""
    if len(axes) != len(found):
        return False
    return all(each.number == 1 for axis, each in zip(axes, found, strict=True) if axis == ONE)


def _is_transpose(above: Syntax | None) -> bool:
    return isinstance(above, Symbol) and above.key == "T"
