"""Dimensions as they are written: a name, a number, or a small expression such as ``n + 1`` or ``2m``."""

from __future__ import annotations

from verify.language import Dimension, Expression, as_expression
from verify.language.layers import Width
from verify.read.errors import ReadError
from verify.read.join import product, total
from verify.read.scope import Quantity, Scope
from verify.read.syntax import Group, Joined, Juxtaposed, Numeral, Scripted, Signed, Symbol, Syntax, spelling


def dimension(node: Syntax, scope: Scope, *, new: bool = True) -> Expression:
    """The dimension that is written; a name that means nothing else is a ``new`` one, where these may stand.

    Raises :class:`ReadError` for a name of another kind, and for what is no whole number of axes.
    """
    match node:
        case Numeral() if node.text.isdigit():
            return as_expression(int(node.text))
        case Symbol() | Scripted():
            return _named(node, scope, new=new)
        case Signed():
            terms = [(sign, dimension(term, scope, new=new)) for sign, term in node.terms]
            return total([-term if sign < 0 else term for sign, term in terms])
        case Juxtaposed():
            return product([dimension(part, scope, new=new) for part in node.parts])
        case Joined() if all(sign in (r"\cdot", r"\times", "*") for sign in node.signs):
            return product([dimension(factor, scope, new=new) for factor in node.factors])
        case Group(items=(inner,)):
            return dimension(inner, scope, new=new)
        case _:
            raise ReadError("this is no dimension", node.at.start, expected="n, 3 or n + 1")


def _named(node: Symbol | Scripted, scope: Scope, *, new: bool) -> Expression:
    name = spelling(node)
    if name is None:
        raise ReadError("this is no dimension", node.at.start, expected="n, 3 or n + 1")
    meaning = scope.find(name)
    if meaning is None and new:
        return Dimension(name.key)
    if meaning is None:
        raise ReadError(f"the name {name.key} is not known here", node.at.start, known=scope.known)
    if isinstance(meaning, Quantity) and isinstance(meaning.expression, Dimension | Width):
        return meaning.expression
    raise ReadError(f"{name.key} is no dimension here", node.at.start, known=scope.known)
