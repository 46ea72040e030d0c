"""Functions applied: to each entry of a tensor, to a vector as a whole, or to the entries of one by its index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from sympy.core.basic import Basic
from sympy.core.containers import Tuple

from verify.language import (
    Add,
    Array,
    Call,
    Defined,
    Delta,
    Entry,
    Expression,
    Index,
    Mismatch,
    Name,
    Node,
    Number,
    Range,
    Transpose,
    expectation,
    latex,
    shape,
)
from verify.language.binders import Binder, Hint, close
from verify.language.shape import ONE, Shape, is_scalar, long_axes
from verify.language.unfold import LEVELED
from verify.read.errors import ReadError
from verify.read.notes import Misfit, Notes
from verify.read.scope import Elementwise, FunctionMeaning, Operation, Template

VARIANCE = "Var"


def fitting(expression: Expression) -> Shape:
    """The shape of an expression; raises :class:`Misfit` if its parts do not fit."""
    found = shape(expression)
    if isinstance(found, Mismatch):
        raise Misfit(found)
    return found


def applied(
    meaning: FunctionMeaning, order: int, arguments: Sequence[Expression], notes: Notes, offset: int
) -> Expression:
    r"""The value of a function, or of its derivative of this order, at its arguments.

    Raises :class:`ReadError` for a wrong number of arguments, and for a derivative that has no notation.
    """
    many = 1 if isinstance(meaning, Elementwise) else arity(meaning)
    if len(arguments) != many:
        given = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
        says = f"{given} where {many} {'is' if many == 1 else 'are'} taken"
        raise ReadError(says, offset)
    match meaning:
        case Elementwise():
            return Call(meaning.function, order, arguments[0])
        case Operation() | Template():
            if order:
                raise ReadError("a prime on a function of vectors", offset, expected=r"\frac{\partial …}{\partial …}")
            return _whole(meaning, arguments, notes, offset)
        case _:
            assert_never(meaning)


def arity(meaning: Operation | Template) -> int:
    """How many arguments a function takes."""
    return meaning.arity if isinstance(meaning, Operation) else len(meaning.parameters)


def _whole(meaning: Operation | Template, arguments: Sequence[Expression], notes: Notes, offset: int) -> Expression:
    """A function of vectors; given the entries of one by an index, an entry of its value."""
    if isinstance(meaning, Operation) and meaning.symbol == VARIANCE and isinstance(arguments[0], Name):
        arguments = [_first_entry(arguments[0], notes)]
    wants = [_wants_vector(meaning, position) for position in range(len(arguments))]
    shapes = [fitting(argument) for argument in arguments]
    entries = [want and is_scalar(found) for want, found in zip(wants, shapes, strict=True)]
    if not any(entries):
        for want, found in zip(wants, shapes, strict=True):
            if want and len(long_axes(found)) != 1:
                raise ReadError(f"{meaning.symbol} takes a vector", offset)
        return _built(meaning, arguments)
    indices = list(dict.fromkeys(index for argument in arguments for index in free_indices(argument)))
    if not all(entries) or len(indices) != 1:
        given = f"a scalar with the indices {', '.join(map(_shown, indices))}" if indices else "a scalar"
        raise ReadError(f"{meaning.symbol} takes a vector and is given {given}", offset)
    (index,) = indices
    value = _built(meaning, [lifted(argument, index) for argument in arguments])
    shown = ", ".join(latex(argument) for argument in arguments)
    notes.assume(_plainly(f"{meaning.symbol}({shown}) is entry {_shown(index)} of {latex(value)}"))
    return Entry(value, index)


def _first_entry(name: Name, notes: Notes) -> Expression:
    """An entry of a name, whose variance is meant where all entries have the same."""
    many = len(long_axes(name.declared))
    if not many:
        return name
    notes.alike[name] = None
    notes.assume(f"the variance of {latex(name)} is that of each entry")
    return Entry(name, *[Number(1)] * many)


def expected(quantity: Expression) -> Expression:
    """The expectation of a quantity, entry by entry."""
    axes = fitting(quantity)
    over = [Index(letter, axis) for letter, axis in zip(("i", "j"), long_axes(axes), strict=False)]
    if not over:
        return expectation(quantity)
    entries = bound(Array, expectation(Entry(quantity, *over)), *over)
    return Transpose(entries) if len(over) == 1 and axes[0] == ONE else entries


def _wants_vector(meaning: Operation | Template, position: int) -> bool:
    if isinstance(meaning, Operation):
        return meaning.vectors
    return len(long_axes(meaning.parameters[position].declared)) == 1


def _built(meaning: Operation | Template, arguments: Sequence[Expression]) -> Expression:
    if isinstance(meaning, Operation):
        return meaning.build(*arguments)
    names: dict[Node, Node] = dict(zip(meaning.parameters, arguments, strict=True))
    return Defined(meaning.symbol, substituted(meaning.body, names), *arguments)


def lifted(entry: Expression, index: Index) -> Expression:
    """The vector whose entry at the index this is: of ``x_i + c``, ``x + c``; of others, the array of entries."""
    if isinstance(entry, Entry) and entry.subscripts == (index,):
        return entry.tensor
    if isinstance(entry, Add):
        terms = [lifted(term, index) if index in free_indices(term) else term for term in entry.terms]
        if all(isinstance(old, Entry) or new is old for old, new in zip(entry.terms, terms, strict=True)):
            return Add(*terms)
    return bound(Array, entry, index)


def bound(kind: type[Binder], body: Node, *indices: Index) -> Expression:
    """A binder over indices, with the names that they were written with."""
    hints = Tuple(*(Hint(_shown(index)) for index in indices))
    return kind.rebuilt(close(body, indices), hints, Tuple(*(index.dimension for index in indices)))  # type: ignore[return-value]


def free_indices(expression: Basic) -> tuple[Index, ...]:
    """The indices that are free in an expression as it is written, definitions left folded, in order."""
    found: dict[Index, None] = {}
    stack: list[Basic] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, Index):
            found[node] = None
        elif isinstance(node, Defined):
            stack.extend(reversed(node.arguments))
        else:
            stack.extend(reversed(node.args))
    return tuple(found)


def occurs(part: Basic, expression: Basic) -> bool:
    """Whether a part stands anywhere in an expression, definitions unfolded."""
    stack: list[Basic] = [expression]
    while stack:
        node = stack.pop()
        if node == part:
            return True
        stack.extend(node.args)
    return False


def subscripts(expression: Basic, index: Index) -> bool:
    """Whether an index stands anywhere otherwise than as a number: as a subscript, at a layer, in a bound."""
    stack: list[Basic] = [expression]
    while stack:
        node = stack.pop()
        match node:
            case Entry():
                places: tuple[Basic, ...] = node.subscripts
            case Delta() | Range():
                places = node.args
            case Binder():
                places = node.dimensions
            case _:
                places = (node.level,) if isinstance(node, LEVELED) else ()
        if any(occurs(index, place) for place in places):
            return True
        stack.extend(node.args)
    return False


def substituted(expression: Expression, names: Mapping[Node, Node]) -> Expression:
    """The expression with others in the place of names; they hold no bound index, so nothing is captured."""
    return _substituted(expression, names, {})  # type: ignore[return-value]


def _substituted(node: Basic, names: Mapping[Node, Node], known: dict[int, Basic]) -> Basic:
    """A part with others in it, once for all places at which it stands: functions of functions share theirs."""
    if isinstance(node, Node) and node in names:
        return names[node]
    found = known.get(id(node))
    if found is None:
        parts = [_substituted(part, names, known) for part in node.args]
        same = all(new is old for new, old in zip(parts, node.args, strict=True))
        found = known[id(node)] = node if same else node.func(*parts)
    return found


def _shown(index: Index) -> str:
    return index.symbol.partition("@")[0]


def _plainly(text: str) -> str:
    return text.replace(r"\left", "").replace(r"\right", "")
