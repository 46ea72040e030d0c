r"""Derivatives by an expression: ``\partial J / \partial (W x + b)``, ``\partial \sigma(z) / \partial (-z)``.

By a function of one number there is one meaning, the quotient of the two derivatives. By what a quantity is defined as,
it is the derivative by that quantity; by what stands in the quantity that is derived, it is that in which this part
varies and nothing else does. Anything else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.basic import Basic

from verify.language import Add, Defined, Dependent, Entry, Expression, Name, Node, Number, latex
from verify.language.layers import Leveled, Member, Recursive
from verify.language.shape import is_scalar
from verify.language.unfold import stepped
from verify.read.apply import fitting, occurs, substituted
from verify.read.errors import ReadError
from verify.read.scope import Layered, Quantity, Scope
from verify.read.source import Span

ZERO = Number(0)


def quantity_of(variable: Expression, scope: Scope) -> tuple[Expression, ...]:
    """The quantities that are defined as an expression, and the values of families that are at its levels."""
    levels = dict.fromkeys(each.level for each in _leaves(variable) if isinstance(each, Leveled | Recursive | Member))
    found: dict[Expression, None] = {}
    for named in scope.names.values():
        match named.meaning:
            case Quantity(expression=Defined() as value):
                found |= {value: None} if same(value.meaning, variable) else {}
            case Layered(open=False) as family:
                values = [family.build(level) for level in levels]
                found |= {value: None for value in values if _is_made(value, variable)}
            case _:
                pass
    return tuple(found)


def _is_made(value: Expression, variable: Expression) -> bool:
    """Whether the value of a family at a level is made by an expression."""
    match value:
        case Recursive():
            made = stepped(value, value.level)
            starts: dict[Node, Node] = {each: each.start for each in made.atoms(Recursive) if each.level == ZERO}
            return same(substituted(made, starts), variable)
        case Leveled():
            return same(value.meaning, variable)
        case _:
            return False


def same(one: Basic, other: Basic) -> bool:
    """Whether two expressions are one, terms in any order."""
    if isinstance(one, Add) and isinstance(other, Add) and len(one.terms) == len(other.terms):
        rest = list(other.terms)
        for term in one.terms:
            match = next((each for each in rest if same(term, each)), None)
            if match is None:
                return False
            rest.remove(match)
        return True
    return one == other


def number_in(variable: Expression) -> Expression | None:
    """The one number that a number is a function of; nothing for any other variable."""
    leaves = list(dict.fromkeys(_leaves(variable)))
    single = len(leaves) == 1 and is_scalar(fitting(variable)) and is_scalar(fitting(leaves[0]))
    return leaves[0] if single and not isinstance(leaves[0], Dependent) else None


def held(quantity: Expression, variable: Expression, at: Span) -> tuple[Expression, Defined]:
    """A quantity in which an expression is a value of its own, and that value.

    Raises :class:`ReadError` where it does not stand in the quantity, or what it is made of stands elsewhere in it.
    """
    shown = latex(variable)
    value = Defined(f"({shown})", variable)
    seen = _unfolded(quantity, variable)
    turned = substituted(seen, {variable: value, value: value})
    if not occurs(value, turned):
        says = f"{shown} is no variable to differentiate by, and no part of {latex(quantity)}"
        raise ReadError(says, at.start, expected="a name, or an entry of one")
    rest = substituted(turned, {value: Name("?", fitting(variable))})
    if any(occurs(leaf, rest) for leaf in _leaves(variable)):
        says = (
            f"what {shown} is made of stands elsewhere in {latex(quantity)}, so that its derivative has no one meaning"
        )
        raise ReadError(says, at.start, expected="a name that is defined")
    return turned, value


def _unfolded(quantity: Expression, variable: Expression) -> Expression:
    """A value of a recursion by the value before, where that stands in the variable."""
    if isinstance(quantity, Recursive) and any(isinstance(each, Recursive) for each in _leaves(variable)):
        return stepped(quantity, quantity.level)
    return quantity


def _leaves(node: Basic) -> Iterator[Expression]:
    """The names, entries of names and defined quantities that an expression is made of."""
    match node:
        case Entry(tensor=Name() | Defined() | Member() | Leveled() | Recursive()):
            yield node
        case Name() | Defined() | Member() | Leveled() | Recursive() | Dependent():
            yield node
        case _:
            for part in node.args:
                yield from _leaves(part)
