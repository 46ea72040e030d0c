r"""What names may mean where nothing says it: read off the formula in which they stand, and listed as assumptions.

The dimensions follow by unification: in ``y = W x + b`` the rows of W are the entries of y and b, its columns those of
x. Small letters are columns, or rows where only these fit: ``y = x W + b``. What fits in neither way but with a matrix
of one row or one column is read so, and is doubtful.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from verify.language import Dimension, Expression, Index, Name, Number, describe
from verify.read.errors import ReadError
from verify.read.kind_shown import Kind
from verify.read.scope import Indexed, Meaning, Quantity, Scope, Sliced
from verify.read.shaping import Shapes
from verify.read.syntax import Spelling, Symbol, Syntax
from verify.read.unify import ONE, Dimensions, Unclear
from verify.read.unknowns import Unknowns

MOST_NAMES = 16
NOTHING: Mapping[str, Kind] = {}
WAYS = (
    (True, False, False),
    (True, True, False),
    (True, False, True),
    (False, False, False),
    (False, True, False),
)
"""In what order is tried whether sizes have to differ from 1, whether vectors lie, and whether gradients of them do."""


@dataclass(frozen=True)
class Inferred:
    """A name with the meaning that it is given, what it is made of, and what there is to say of it."""

    name: Spelling
    meaning: Meaning
    expression: Expression
    says: str
    doubt: str = ""


@dataclass(frozen=True)
class Guess:
    """What names are inferred to mean, and which letters that were chosen for sizes before are found to be others."""

    names: tuple[Inferred, ...] = ()
    equal: Mapping[Expression, Expression] = field(default_factory=dict)


def inferred(
    sides: Sequence[Syntax],
    scope: Scope,
    losses: Set[str] = frozenset(),
    loose: Set[Expression] = frozenset(),
    shown: Mapping[str, Kind] = NOTHING,
) -> Guess:
    """Meanings for the names in the sides of one statement that mean nothing yet; none where they stay unclear.

    Losses that are derived are left out. Sizes that are ``loose`` may be found to be equal to others. What other
    formulas have ``shown`` of names is kept to.
    """
    for strict, lying, turned in WAYS:
        try:
            return _read(sides, Unknowns(scope, lying, losses, shown=shown), Dimensions(strict, loose), turned=turned)
        except (Unclear, ReadError):
            continue
    return Guess()


def _read(sides: Sequence[Syntax], unknowns: Unknowns, dimensions: Dimensions, *, turned: bool) -> Guess:
    unknowns.read(sides)
    if not unknowns.names and not unknowns.families and not unknowns.sizes and not unknowns.chosen:
        return Guess()
    if len(unknowns.names) + len(unknowns.families) > MOST_NAMES:
        return Guess()
    found = Shapes(unknowns, dimensions, turned=turned)
    found.read(sides)
    numbers = [key for key in _vectors(sides, unknowns) if unknowns.ranks.get(key) == 0] if unknowns.lying else ()
    if (dimensions.strict and numbers) or any(_is_bent(found, key) for key in unknowns.vectors):
        raise Unclear
    quantities = [_quantity(found, key) for key in unknowns.names]
    doubt = _doubt(found, quantities, numbers)
    made = [replace(each, doubt=doubt) for each in quantities]
    families = [_family(found, key) for key in unknowns.families]
    sizes, chosen = _sizes(found), _chosen(found, families)
    equal = {size: dimensions.named(size) for size in dimensions.equal}
    return Guess((*made, *families, *sizes, *chosen), equal)


def _vectors(sides: Sequence[Syntax], unknowns: Unknowns) -> list[str]:
    """The names that would be vectors if small letters were columns."""
    columns = Unknowns(unknowns.scope, losses=unknowns.losses)
    columns.read(sides)
    return [key for key, rank in columns.ranks.items() if rank == 1]


def _doubt(found: Shapes, quantities: Sequence[Inferred], numbers: Collection[str]) -> str:
    """What is doubtful where a matrix has to have one row or one column to fit, or a vector has to be a number."""
    bent = [each.says for each in quantities if each.name.key in found.shapes and _is_bent(found, each.name.key)]
    bent += [each.says for each in quantities if each.name.key in numbers]
    return f"the formulas fit only if {' and '.join(bent)}, which may not be meant" if bent else ""


def _is_bent(found: Shapes, key: str) -> bool:
    """Whether a matrix has to have one row or one column to fit."""
    hard = key not in found.unknowns.soft
    axes = [axis for axis in found.shapes[key] if axis != ONE]
    return hard and any(found.dimensions.root(axis) == ONE for axis in axes)


def _quantity(found: Shapes, key: str) -> Inferred:
    shape = tuple(map(found.size_of, found.shapes[key])) if key in found.shapes else ()
    if all(each == Number(1) for each in shape):
        shape = ()
    name = Name(key, shape)
    return Inferred(found.unknowns.names[key], Quantity(name, open=True), name, said_of(name))


def _family(found: Shapes, key: str) -> Inferred:
    many, entries = map(found.size_of, found.rows[key])
    rows = Name(key, (many, entries))
    return Inferred(found.unknowns.families[key], Sliced(rows, key), rows, said_of(rows, several=True))


def said_of(name: Name, *, several: bool = False) -> str:
    """What there is to say of a name that is inferred; ``several`` of one whose rows are vectors."""
    shape = name.declared
    if several:
        return f"{name.symbol} with an index is one of {shape[0]} vectors, {describe((shape[1], Number(1)))}"
    return f"{name.symbol} is {describe(shape)}" if shape else f"{name.symbol} is a number"


def _sizes(found: Shapes) -> list[Inferred]:
    """The dimensions that were named by what they bound, and those that were found."""
    at = [*found.unknowns.names.values(), *found.unknowns.families.values()]
    all_sizes = map(found.size_of, range(1, len(found.dimensions.parents)))
    known = [size for size in all_sizes if isinstance(size, Dimension)]
    new = [size for size in dict.fromkeys(known) if size.symbol not in found.unknowns.scope.names]
    if not at:
        return []
    place = at[0].symbol.at
    return [Inferred(Spelling(Symbol(each.symbol, "", (), place)), Quantity(each), each, "") for each in new]


def _chosen(found: Shapes, families: Sequence[Inferred]) -> list[Inferred]:
    """Letters that say which vector of a family is meant: indices."""
    made: list[Inferred] = []
    for label, family in found.unknowns.chosen.values():
        rows = next((each.expression for each in families if each.name.key == family), None)
        meaning = found.unknowns.scope.find(Spelling(Symbol(family, "", (), label.spelling.symbol.at)))
        known = meaning.rows if rows is None and isinstance(meaning, Sliced) else rows
        if isinstance(known, Name):
            index = Index(label.name, known.declared[0])
            made.append(Inferred(label.spelling, Indexed(index), index, ""))
    return made
