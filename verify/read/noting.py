r"""The names in a statement that mean nothing yet, and how many axes each of them has as it is written.

A small letter is a number, with an index a vector; any letter with two indices is a matrix, and so is a capital.
``u_w^T`` with an index w is one of several vectors. ``W_f`` and ``h_{t-1}`` are names with all that is written at them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from verify.read.definitions import square
from verify.read.differential import MARKS, Differential, differential
from verify.read.errors import ReadError
from verify.read.indices import FREE_LETTERS
from verify.read.scope import Elementwise, Scope, Sliced, Template
from verify.read.sized import SIZED
from verify.read.subscripts import Label, children, labels
from verify.read.syntax import (
    Compared,
    Fraction,
    Group,
    Juxtaposed,
    Ranged,
    Scripted,
    Signed,
    Spelling,
    Symbol,
    Syntax,
    spelling,
    tag_of,
)
from verify.read.unify import Unclear

RESERVED = frozenset({"J", "L", "E", "T", "1", "0", r"\ell"})
LOSSES = frozenset({"J", "L", "E", r"\ell"})
CAPITALS = frozenset({r"\Sigma", r"\Theta", r"\Lambda", r"\Phi", r"\Psi", r"\Gamma", r"\Omega"})
BOLD = frozenset({r"\mathbf", r"\boldsymbol", r"\bm"})
NABLA = r"\nabla"


@dataclass
class NotedNames:
    """The names that mean nothing yet, with the number of axes that each has as it is written.

    Those that may have a single entry are soft.

    ``lying`` is for a write-up whose small letters are rows, not columns.
    """

    scope: Scope
    lying: bool = False
    losses: Set[str] = frozenset()
    ranks: dict[str, int] = field(default_factory=dict)
    names: dict[str, Spelling] = field(default_factory=dict)
    soft: set[str] = field(default_factory=set)
    families: dict[str, Spelling] = field(default_factory=dict)
    """Several vectors under one letter."""
    chosen: dict[str, tuple[Label, str]] = field(default_factory=dict)
    """What is no usual letter for an index, and says which of the vectors of a family is meant."""
    sizes: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    """Letters that belong to a name, as in ``W_f`` and ``h_{t-1}``, and are no indices."""
    head: Syntax | None = None
    """The left side, where it may be a definition."""

    def read(self, sides: Sequence[Syntax]) -> None:
        """Find the names in the sides of a statement."""
        self.head = whole = self._defined(sides[0]) if len(sides) > 1 else None
        for side in sides:
            self._survey(side, frozenset())
        for side in sides:
            self._count(side, frozenset(), head=side is whole)
        if whole is not None and (name := spelling(whole)) is not None and name.key in self.names:
            self.soft.add(name.key)

    def _defined(self, left: Syntax) -> Syntax | None:
        """What a left side may define: a name alone, or a function of names."""
        if spelling(left) is not None or square(left) is not None:
            return left
        match left:
            case Juxtaposed(parts=(head, Group(opened="(", items=items))) if spelling(head) is not None:
                plain = all(spelling(each) is not None for each in items)
                return left if plain and self._meaning(head) is None else None
            case _:
                return None

    def _meaning(self, node: Syntax) -> object:
        name = spelling(node)
        return None if name is None else self.scope.find(name)

    # ---------------------------------------------------------------- before names are counted

    def _survey(self, node: Syntax, bound: frozenset[str]) -> None:
        """Find upper bounds, letters that belong to names, and families."""
        if isinstance(node, Ranged):
            if node.high is not None and (name := spelling(node.high)) is not None:
                self.sizes.add(name.key)
            bound |= {name.key for name in map(spelling, node.indices) if name is not None}
        if isinstance(node, Scripted) and isinstance(node.base, Symbol) and len(node.below) == 1:
            self._survey_label(node, node.base, node.below[0], bound)
        if isinstance(node, Juxtaposed):
            for before, part in pairwise(node.parts):
                if is_transposed(before) and self._is_slice(part, bound):
                    self._family(part)
        for child in children(node):
            self._survey(child, bound)

    def _survey_label(self, node: Scripted, base: Symbol, label: Syntax, bound: frozenset[str]) -> None:
        found = labels(node.below)
        if isinstance(label, Signed):
            first = label.terms[0][1]
            self.tags |= {first.key} if isinstance(first, Symbol) else set()
        elif found and len(found) == 1 and found[0].number is None:
            if is_capital(base) and found[0].name not in bound and self._meaning(base) is None:
                self.tags.add(found[0].name)
            elif is_transposed(node) and self._is_slice(node, bound):
                self._family(node)

    def _is_slice(self, node: Syntax, bound: frozenset[str]) -> bool:
        """Whether a small letter with one index may be one of several vectors."""
        if not isinstance(node, Scripted) or not isinstance(node.base, Symbol) or is_capital(node.base):
            return False
        found = labels(node.below) or ()
        index = len(found) == 1 and found[0].number is None and found[0].name in FREE_LETTERS | bound
        return index and self._meaning(node.base) is None and self._meaning(node) is None

    def _family(self, node: Syntax) -> None:
        if isinstance(node, Scripted) and isinstance(node.base, Symbol):
            name = Spelling(node.base, node.primes)
            self.families[name.key] = name

    # ---------------------------------------------------------------- what each name is

    def _count(self, node: Syntax, bound: frozenset[str], *, head: bool = False) -> None:
        """Note the names that are not known, each with the number of axes that it must have."""
        match node:
            case Compared():
                return
            case Ranged():
                if node.over is not None:
                    raise Unclear
                self._count(node.body, bound | {each.key for each in map(spelling, node.indices) if each is not None})
                return
            case Fraction() if (derived := derivative_of(node)) is not None:
                for each in (*derived.quantity, *derived.variables):
                    self._count(each, bound)
                return
            case Juxtaposed() if head:
                for each in node.parts[1:]:
                    self._count(each, bound)
                return
            case Juxtaposed():
                self._refuse_functions(node)
            case Scripted() if isinstance(node.base, Symbol) and node.base.letter == NABLA:
                for each in node.below:
                    self._count(each, bound)
                return
        if (name := square(node)) is not None and (head or self.scope.names.get(name.key) is not None):
            return
        base = node.base if isinstance(node, Scripted) else node
        above = node.above if isinstance(node, Scripted) else None
        if above is not None and not is_transpose(above) and not (isinstance(above, Group) and above.opened in "(["):
            self._count(above, bound)
        if not isinstance(base, Symbol):
            for child in (base,) if isinstance(node, Scripted) else children(node):
                self._count(child, bound)
            return
        exponential = base.key == "e" and above is not None
        marks = base.key in MARKS - {"d"}
        if not marks and not exponential and self._is_new(node, base):
            self._note(node if isinstance(node, Scripted) else base, base, bound, head=head)

    def _is_new(self, node: Syntax, base: Symbol) -> bool:
        """Whether a name means nothing as it is written, with its subscript."""
        whole = spelling(_untouched(node)) if isinstance(node, Scripted) else None
        return self.scope.find(whole or Spelling(base)) is None

    def _refuse_functions(self, node: Juxtaposed) -> None:
        """A letter before parentheses with a bare name in them is a function, of which nothing is known."""
        for part, after in pairwise(node.parts):
            name = spelling(part)
            called = isinstance(after, Group) and all(spelling(item) is not None for item in after.items)
            if called and name is not None and self.scope.find(name) is None and self._meaning(name.symbol) is None:
                raise Unclear

    def _note(self, node: Symbol | Scripted, base: Symbol, bound: frozenset[str], *, head: bool) -> None:
        below = labels(node.below) if isinstance(node, Scripted) else ()
        plain = Spelling(base, node.primes if isinstance(node, Scripted) else 0)
        whole = spelling(_untouched(node))
        derived = plain.primes and isinstance(self._meaning(base), Elementwise | Template)
        if derived or base.key in SIZED or (base.key == r"\delta" and len(below or ()) == 2 and whole is not None):
            return
        if isinstance(self.scope.find(plain), Sliced):
            self._choose(plain.key, below or ())
            return
        if self.scope.find(plain) is not None and plain.key not in self.tags:
            return
        if (head and base.plain in RESERVED) or plain.key in self.losses:
            return
        loss = base.plain in LOSSES and not below and not is_transposed(node)
        if whole is None or whole.tag or (base.plain in RESERVED and not loss and not (below and head)):
            raise Unclear
        if not below and below is not None and (plain.key in bound or plain.key in self.sizes):
            if plain.key in bound:
                raise Unclear
            return
        indexed = [each for each in below or () if each.number is None and each.name in FREE_LETTERS | bound]
        tagged = below is None or any(each.name in self.tags and each.name not in bound for each in below)
        if plain.key in self.families and below and len(below) == 1 and not tagged:
            self._choose(plain.key, () if indexed else below)
        elif below and len(indexed) == len(below) and not tagged:
            self._add(plain, len(below))
        elif any(each.name in bound for each in below or ()):
            raise Unclear
        else:
            single = 2 if is_capital(base) and not loss else 1 if is_transposed(node) or base.font in BOLD else 0
            self.soft |= {whole.key} if base.font in BOLD and not is_transposed(node) else set()
            self._add(whole, single)

    def _choose(self, family: str, below: Sequence[Label]) -> None:
        for label in below:
            if label.number is None and label.name not in FREE_LETTERS and self.scope.find(label.spelling) is None:
                self.chosen[label.name] = (label, family)

    def _add(self, name: Spelling, rank: int) -> None:
        if rank > 2:
            raise Unclear
        self.names[name.key] = name
        self.ranks[name.key] = max(self.ranks.get(name.key, 0), rank)


def keys_in(sides: Sequence[Syntax]) -> set[str]:
    """The keys under which the names in formulas may be noted."""
    found: set[str] = set()
    stack = list(sides)
    while stack:
        node = stack.pop()
        stack += children(node)
        if isinstance(node, Symbol):
            found.add(node.key)
        elif isinstance(node, Scripted) and isinstance(node.base, Symbol):
            whole = spelling(_untouched(node))
            found |= {Spelling(node.base, node.primes).key, *(() if whole is None else (whole.key,))}
    return found


def without_transpose(node: Syntax) -> Syntax:
    """A name without its transpose."""
    if isinstance(node, Scripted) and node.above is not None and is_transpose(node.above):
        if node.below or node.primes:
            return Scripted(node.base, node.below, None, node.primes, node.at)
        return node.base
    return node


def _untouched(node: Symbol | Scripted) -> Syntax:
    """A name without its power or transpose; a tag is a part of it."""
    if isinstance(node, Scripted) and node.above is not None and tag_of(node.above) is None:
        return Scripted(node.base, node.below, None, node.primes, node.at) if node.below or node.primes else node.base
    return node


def derivative_of(node: Fraction) -> Differential | None:
    """The derivative that a fraction is."""
    try:
        return differential(node.above, node.below, node.at)
    except ReadError:
        return None


def is_capital(symbol: Symbol) -> bool:
    """Whether a letter is a capital, of which some look like small ones."""
    return (len(symbol.letter) == 1 and symbol.letter.isupper()) or symbol.letter in CAPITALS


def is_transpose(above: Syntax) -> bool:
    """Whether a superscript is that of a transpose."""
    return isinstance(above, Symbol) and above.key == "T"


def is_transposed(node: Syntax) -> bool:
    """Whether something has a transpose on it."""
    return isinstance(node, Scripted) and node.above is not None and is_transpose(node.above)
