"""From two sides and a relation to a link, or to why it is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.language import (
    Call,
    Dependent,
    Entry,
    Expression,
    Index,
    Interval,
    Link,
    Mismatch,
    Misshapen,
    Mul,
    Name,
    Node,
    Number,
    Opaque,
    Relation,
    Undecided,
    latex,
    shape,
)
from verify.language.binders import Array
from verify.language.chance import moment_of
from verify.language.layers import Member
from verify.language.shape import is_scalar, long_axes, shape_of
from verify.language.size import same_dimension
from verify.language.unfold import NotUnfolded, Unfolding, depth_of, speaks_of_levels
from verify.read.apply import bound, free_indices, occurs
from verify.read.given import relevant
from verify.read.levels_run import within_layers
from verify.read.limits import limit_of
from verify.read.setting import Setting
from verify.read.sides import Good, Side
from verify.read.step import Meaning
from verify.read.symmetric import as_symmetry

ORDERED = frozenset({Relation.LESS, Relation.AT_MOST, Relation.GREATER, Relation.AT_LEAST})
RELATIONS = {
    "=": Relation.EQUAL,
    ":=": Relation.EQUAL,
    r"\coloneq": Relation.EQUAL,
    r"\equiv": Relation.EQUAL,
    "<": Relation.LESS,
    r"\le": Relation.AT_MOST,
    ">": Relation.GREATER,
    r"\ge": Relation.AT_LEAST,
    r"\in": Relation.MEMBER,
    r"\to": Relation.TENDS,
}


@dataclass(frozen=True)
class Joined:
    """What two sides make together, and what was assumed for it."""

    meaning: Meaning
    assumed: tuple[str, ...]
    layout: str | None
    supposed: str | None = None


def join(left: Good, relation: Relation, right: Good, setting: Setting, *, opening: bool) -> Joined:
    """The link between two sides; ``opening`` if it is the first of its chain, where a name may be defined."""
    assumed = dict.fromkeys((*left.notes.assumed, *right.notes.assumed))
    layout = setting.layout if left.notes.layout or right.notes.layout else None
    defines = opening and relation is Relation.EQUAL
    doubts = (*left.notes.doubts, *right.notes.doubts)
    problem = (
        _doubt(doubts)
        or _pairs(left, right)
        or _functions(left, right)
        or _alike(left, right, setting)
        or _ranges(left, right)
        or _sets(left, right)
        or (_opens(left, right, setting) if defines else None)
        or (_bounds(left, right, setting) if opening and relation in ORDERED else None)
    )
    if problem is not None:
        return Joined(problem, tuple(assumed), layout)
    first, second = left.value, right.value
    if isinstance(first, Interval | tuple):
        return Joined(Undecided("relation", "a set on the left side"), tuple(assumed), layout)
    if isinstance(second, Interval | tuple):
        kind = Relation.SHAPE if isinstance(second, tuple) else Relation.MEMBER
        link = Link(first, kind, second, relevant(setting.given, first))
        return Joined(_at_its_depth(link), tuple(assumed), layout)
    first, second, noted = _entrywise(first, second)
    link = Link(first, relation, second, relevant(setting.given, first, second))
    limit = limit_of(link, left=bool(left.written.below), right=bool(right.written.below))
    if isinstance(limit, Undecided):
        return Joined(limit, tuple(assumed), layout)
    supposed = limit.supposed or _einstein(left, right)
    if not speaks_of_levels(limit.link):
        return Joined(limit.link, (*assumed, *noted), layout, supposed)
    whole, ends = within_layers(limit.link)
    return Joined(_at_its_depth(whole), (*assumed, *noted, *ends), layout, supposed)


def _at_its_depth(link: Link) -> Link:
    """A link about certain layers alone, W_1 and W_2, as one about names; one about any depth as it is."""
    if not speaks_of_levels(link) or depth_of(link):
        return link
    try:
        return Unfolding({}).link(link)
    except NotUnfolded:
        return link


def _doubt(doubts: Sequence[str]) -> Undecided | None:
    return Undecided("ambiguous", "; ".join(dict.fromkeys(doubts))) if doubts else None


def _ranges(left: Good, right: Good) -> Misshapen | None:
    """An index that runs differently far on both sides."""
    for name, dimension in left.free.items():
        other = right.free.get(name)
        if other is not None and not same_dimension(dimension, other):
            says = f"{name} runs over {dimension} on the left side, over {other} on the right"
            return Misshapen("index-range", says, (dimension,), (other,))
    return None


def _pairs(left: Good, right: Good) -> Undecided | None:
    """Both indices of a sum over i < j are bound where nothing else has one of them; else one may be meant."""
    for side, other in ((left, right), (right, left)):
        for name in side.notes.pairs:
            if name in other.free:
                return Undecided("ambiguous", f"whether the sum runs over {name} as well is not clear")
    return None


def _functions(left: Good, right: Good) -> Undecided | None:
    """A function without an argument beside what has one."""
    for side, other in ((left, right), (right, left)):
        plain = not other.notes.pointwise and isinstance(other.value, Node)
        if side.notes.pointwise and plain and isinstance(other.value, Node) and other.value.atoms(Name):
            return Undecided("ambiguous", "a function stands without its argument")
    return None


def _alike(left: Good, right: Good, setting: Setting) -> Undecided | None:
    """The variance of a vector is that of each entry, where the entries are said to have the same."""
    known = {
        entry.tensor
        for link in setting.given
        for said, entry in (moment_of(link.left) or (None, None),)
        if said == "variance" and isinstance(entry, Entry)
    }
    for name in (*left.notes.alike, *right.notes.alike):
        if name not in known:
            says = f"the variance of {name}, which is no number: that of an entry, if all have the same"
            return Undecided("ambiguous", f"{says}; write \\operatorname{{Var}}({name}_i), or say it in the context")
    return None


def _einstein(left: Good, right: Good) -> str | None:
    """An index that stands twice in a product of one side, and not on the other: a sum over it may be meant.

    What is written may be proved all the same, and is not refuted.
    """
    for side, other, where in ((left, right, "left"), (right, left, "right")):
        for name in side.free:
            if name not in other.free and _is_number(other) and _is_repeated(name, side):
                return f"{name} stands twice in a product on the {where} side alone: a sum over {name} may be meant"
    return None


def _sets(left: Good, right: Good) -> Undecided | None:
    """Sums over two sets: whether they are one is not known."""
    names = list(dict.fromkeys((*left.notes.sets, *right.notes.sets)))
    if len(names) < 2:
        return None
    return Undecided("ambiguous", f"whether {' and '.join(names)} have the same members is not known here")


def _is_repeated(name: str, side: Good) -> bool:
    products = side.value.atoms(Mul) if isinstance(side.value, Node) else set()
    return any(
        sum(any(index.symbol == name for index in free_indices(factor)) for factor in each.factors) > 1
        for each in products
    )


def _opens(left: Good, right: Good, setting: Setting) -> Undecided | None:
    """A name that is declared, and not defined: whether a link says what it is or claims it is not to be seen."""
    symmetric = _symmetric(left, right)
    base = _open_name(left.value) if symmetric is None else symmetric
    if base is None or not isinstance(right.value, Node) or (symmetric is None and occurs(base, right.value)):
        return None
    if any(occurs(base, link.left) or _in_right(base, link) for link in setting.given):
        return None
    return undefined(base.symbol)


def _symmetric(left: Good, right: Good) -> Name | None:
    """The matrix that two sides say to be symmetric."""
    if not isinstance(left.value, Node) or not isinstance(right.value, Node):
        return None
    said = as_symmetry(Link(left.value, Relation.EQUAL, right.value))
    return said.left if said is not None and isinstance(said.left, Name) else None


def _bounds(left: Good, right: Good, setting: Setting) -> Undecided | None:
    """A declared name, or an entry of one, that is said to be less than a number: this may be meant as a condition."""
    for side, other in ((left, right), (right, left)):
        base = _open_name(side.value)
        plain = isinstance(other.value, Node) and not other.value.atoms(Name, Dependent)
        if base is None or not plain or any(occurs(base, link.left) or _in_right(base, link) for link in setting.given):
            continue
        return Undecided("ambiguous", f"{base.symbol} is declared and not defined: this may be a condition on it")
    return None


def undefined(symbol: str) -> Undecided:
    """The verdict on a link that may define a declared name, or claim something of it."""
    return Undecided("ambiguous", f"{symbol} is declared and not defined: this may define it, or claim it")


def _in_right(base: Name | Member | Dependent | Opaque, link: Link) -> bool:
    return isinstance(link.right, Node) and occurs(base, link.right)


def _open_name(value: object) -> Name | Member | Dependent | Opaque | None:
    match value:
        case Name() | Member() | Dependent():
            return value
        case Entry(tensor=(Name() | Member()) as tensor) if all(isinstance(each, Index) for each in value.subscripts):
            return tensor
        case Call(function=Opaque() as function, order=0, argument=Name()):
            return function
        case _:
            return None


def _entrywise(left: Expression, right: Expression) -> tuple[Expression, Expression, tuple[str, ...]]:
    """A vector equated to an entry is read entrywise, a tensor equated to 0 as one of zeros."""
    for tensor, other, turned in ((left, right, False), (right, left, True)):
        axes = shape_of(tensor)
        if is_scalar(axes) or not is_scalar(shape_of(other)):
            continue
        if other == Number(0):
            zeros = _zeros(long_axes(axes) and axes)
            noted = f"0 is the {'vector' if len(long_axes(axes)) == 1 else 'matrix'} of zeros"
            return (zeros, tensor, (noted,)) if turned else (tensor, zeros, (noted,))
        index = _lone_index(tensor, other)
        if index is not None and len(long_axes(axes)) == 1 and same_dimension(long_axes(axes)[0], index.dimension):
            entry = Entry(tensor, index)
            noted = f"{latex(tensor)} is read entrywise, at {index.symbol}"
            return (other, entry, (noted,)) if turned else (entry, other, (noted,))
    return left, right, ()


def _lone_index(tensor: Expression, entry: Expression) -> Index | None:
    """The one index that is free in an entry and not in the tensor."""
    own = free_indices(tensor)
    others = [index for index in free_indices(entry) if index not in own]
    return others[0] if len(others) == 1 else None


def _zeros(axes: tuple[Expression, ...]) -> Expression:
    if Number(1) in axes or len(axes) != 2:
        zeros = bound(Array, Number(0), Index("i", next((axis for axis in axes if axis != Number(1)), Number(1))))
        return zeros.T if axes[0] == Number(1) else zeros
    return bound(Array, Number(0), Index("i", axes[0]), Index("j", axes[1]))


def unbound(side: Side, sides: Sequence[Side]) -> Misshapen | None:
    """An index that is used outside of the sum that binds it, which no other side of the chain has free."""
    if not isinstance(side, Good):
        return None
    suspects = [name for name in side.free if name in side.bound]
    others = [each for each in sides if isinstance(each, Good) and each is not side] if suspects else []
    for name in suspects:
        clean = any(name in other.free and name not in other.bound for other in others)
        absent = any(name not in other.free and _is_number(other) for other in others)
        if absent and not clean:
            return Misshapen("unbound-index", f"{name} is not bound here: it is bound only inside the sum")
    return None


def _is_number(side: Good) -> bool:
    """Whether a side is a number; a vector has its index without writing it."""
    own = shape(side.value) if isinstance(side.value, Node) else None
    return own is not None and not isinstance(own, Mismatch) and is_scalar(own)
