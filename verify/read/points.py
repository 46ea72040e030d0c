r"""Values at a point: ``\left.\sigma'(z)\right|_{z=0}``."""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import Call, Dependent, Derivative, Expression, Formula, Mul, Name, Node, Vjp, latex
from verify.language.calls import Argument
from verify.language.shape import is_scalar
from verify.read.apply import fitting, occurs, substituted
from verify.read.errors import ReadError
from verify.read.grouped import GroupedReader
from verify.read.pairs import stands_in
from verify.read.scope import Quantity
from verify.read.subscripts import children
from verify.read.syntax import Compared, Evaluated, Joined, Juxtaposed, Scripted, Signed, Symbol, Syntax, spelling

NO_POINT = "this is no point at which something can be evaluated"


class PointReader(GroupedReader):
    """Reads values at a point."""

    def evaluated(self, node: Evaluated) -> Expression:
        """What stands before the bar, where a number has the value that stands below it."""
        value = self.expression(node.inner)
        for condition in node.at_point:
            value = self._at(value, condition)
        return value

    def doubt_reach(self, parts: Sequence[Syntax]) -> None:
        r"""Doubt a bar behind a term beside which others hold its variable: ``\left.`` is not told from no bar."""
        for part in parts:
            for each in _bars(part):
                for condition in each.at_point:
                    name = condition.sides[0]
                    others = [other for other in parts if other is not part]
                    if isinstance(name, Symbol | Scripted) and any(stands_in(name, other) for other in others):
                        self.notes.doubt("how much stands before a bar, with a point below it, is not clear")

    def _at(self, value: Expression, condition: Compared) -> Expression:
        name = spelling(condition.sides[0])
        meaning = None if name is None else self.scope.find(name)
        variable = meaning.expression if isinstance(meaning, Quantity) else None
        start = condition.at.start
        if condition.relations != ("=",) or len(condition.sides) != 2 or not isinstance(variable, Name):
            raise ReadError(NO_POINT, start, expected="x = 0, for a number x that has a name")
        point = self.expression(condition.sides[1])
        if not is_scalar(fitting(variable)) or not is_scalar(fitting(point)) or occurs(variable, point):
            raise ReadError(NO_POINT, start, expected="x = 0, for a number x that has a name")
        if isinstance(value, Mul) and sum(occurs(variable, factor) for factor in value.factors) > 1:
            self.notes.doubt(f"how much is evaluated where {latex(variable)} = {latex(point)} is not clear")
        found = at_point(value, variable, point)
        if found is None:
            says = f"what {latex(value)} is where {latex(variable)} = {latex(point)} cannot be said here"
            raise ReadError(says, start, expected="a formula in which the variable stands as a number")
        return found


def _bars(node: Syntax) -> tuple[Evaluated, ...]:
    """The bars in a term that no parentheses hold together."""
    match node:
        case Evaluated():
            return (node,)
        case Juxtaposed() | Joined() | Signed():
            return tuple(found for each in children(node) for found in _bars(each))
        case _:
            return ()


def at_point(expression: Expression, variable: Name, point: Expression) -> Expression | None:
    r"""An expression where a variable has a value, derivatives being taken before; nothing where this has no form.

    >>> from verify.language import Number, diff, scalar, sigma
    >>> z = scalar("z")
    >>> at_point(diff(sigma(z), z) + z, z, Number(0))
    \sigma'\left(0\right) + 0
    >>> at_point(diff(Dependent("J", z), z), z, Number(0)) is None
    True
    """
    ready = _undone(expression, variable)
    if ready is None:
        return None
    return substituted(ready, {variable: point})


def _undone(expression: Expression, variable: Name) -> Expression | None:
    """The expression with its derivatives by a number as derivatives of functions at it."""
    found: dict[Node, Node] = {}
    for each in expression.atoms(Dependent, Derivative, Vjp):
        if isinstance(each, Dependent) and occurs(variable, each):
            return None
        if isinstance(each, Derivative | Vjp) and occurs(variable, each.variable):
            if each.variable != variable or isinstance(each, Vjp):
                return None
            taken = _as_call(each, variable)
            if taken is None:
                return None
            found[each] = taken
    return substituted(expression, found)


def _as_call(derivative: Derivative, variable: Name) -> Expression | None:
    """A derivative by a number as that of a function of it, at it."""
    order = 0
    inner: Expression = derivative
    while isinstance(inner, Derivative) and inner.variable == variable:
        order, inner = order + 1, inner.quantity
    if inner.atoms(Derivative, Vjp) or not is_scalar(fitting(inner)):
        return None
    if isinstance(inner, Call) and inner.argument == variable:
        return Call(inner.function, inner.order + order, variable)
    body = substituted(inner, {variable: Argument()})
    if inner.atoms(Argument):
        return None
    return Call(Formula(rf"\left({latex(inner)}\right)", body), order, variable)
