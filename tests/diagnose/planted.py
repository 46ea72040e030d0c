"""Mistakes planted in a formula, each with its code and how large the edit is that undoes it.

They are made here by their own rules, one mistake at one node; nothing of ``verify.diagnose`` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy.core.basic import Basic

from verify.diagnose.edit import weight
from verify.language import (
    Add,
    Call,
    Defined,
    Delta,
    Derivative,
    Dimension,
    Entry,
    Expression,
    Hadamard,
    Index,
    Leveled,
    Member,
    Mul,
    Name,
    Node,
    Number,
    Power,
    Range,
    Recursive,
    Sum,
    Transpose,
    Vjp,
    exp,
    log,
    shape,
)
from verify.language.binders import Binder, mentions
from verify.language.shape import Mismatch, is_scalar

Planted = tuple[str, int, Expression]
MINUS = Number(-1)


def planted(formula: Expression) -> Iterator[Planted]:
    """Every single mistake that these rules make of a formula."""
    names = sorted(formula.atoms(Name), key=str)
    seen: set[Basic] = {formula}
    for code, size, wrong in (*_everywhere(formula, names), ("sign", 1, Mul(MINUS, formula))):
        if wrong not in seen:
            seen.add(wrong)
            yield code, size, wrong  # type: ignore[misc]


def _everywhere(node: Node, names: list[Name]) -> Iterator[tuple[str, int, Node]]:
    yield from _here(node, names)  # type: ignore[arg-type]
    for place, part in enumerate(node.args):
        fixed = isinstance(node, Derivative | Vjp | Member | Leveled | Recursive) or (
            isinstance(node, Defined) and place < 2
        )
        fixed = fixed or (isinstance(node, Entry) and place > 0) or (isinstance(node, Binder) and place > 0)
        if fixed or not isinstance(part, Node):
            continue
        for code, size, changed in _everywhere(part, names):
            if isinstance(node, Defined):
                meaning = node.meaning.xreplace({part: changed})
                yield code, size, Defined(node.symbol, meaning, changed, *node.arguments[1:])
            else:
                yield code, size, node.func(*node.args[:place], changed, *node.args[place + 1 :])


def is_fixed(node: Node, place: int) -> bool:
    """Whether a part stays as it is: the meaning of a definition, an index, what is derived, a family."""
    match node:
        case Derivative() | Vjp() | Member() | Leveled() | Recursive():
            return True
        case Defined():
            return place < 2
        case Entry() | Binder():
            return place > 0
        case _:
            return False


def _here(node: Expression, names: list[Name]) -> Iterator[tuple[str, int, Node]]:
    match node:
        case Add():
            yield from _of_terms(node.terms)
        case Mul():
            yield from _of_factors(node.factors)
        case Hadamard():
            yield "hadamard", 1, Mul(*node.factors)
            yield "sum-product", 1, Add(*node.factors)
            for place, factor in enumerate(node.factors):
                yield "missing-factor", weight(factor), _joined(Hadamard, _without(node.factors, place))
        case Power():
            if node.exponent == Number(2):
                yield "missing-function", 1, node.base
            if node.exponent == MINUS:
                yield "inverse", 1, node.base
        case Transpose():
            yield "transpose", 1, node.argument
        case Call():
            yield from _of_call(node)
        case Entry():
            yield from _of_entry(node)
        case Sum():
            yield from _of_sum(node)
        case Delta():
            yield "case", 1, Number(1)
        case Number() if node.value > 0:
            yield "number", 1, Number(node.value + 1)
        case Name():
            own = shape(node)
            yield from (("name", 1, other) for other in names if other != node and shape(other) == own)
            if not isinstance(own, Mismatch) and len(own) == 2 and not is_scalar(own):
                yield "transpose", 1, Transpose(node)
        case Defined() if not node.arguments and isinstance(node.meaning, Call):
            yield "argument", 1, node.meaning.argument
        case _:
            return


def _of_terms(terms: tuple[Expression, ...]) -> Iterator[tuple[str, int, Node]]:
    for place, term in enumerate(terms):
        yield "sign", 1, Add(*terms[:place], _negated(term), *terms[place + 1 :])
        yield "missing-term", weight(term), _joined(Add, _without(terms, place))
        yield "extra-term", weight(term), Add(*terms, term)
    if len(terms) == 2:
        yield "reversed", 1, Add(*map(_negated, reversed(terms)))
        yield "sum-product", 1, Mul(*terms)


def _of_factors(factors: tuple[Expression, ...]) -> Iterator[tuple[str, int, Node]]:
    matrices = [not isinstance(own := shape(each), Mismatch) and not is_scalar(own) for each in factors]
    for place, factor in enumerate(factors):
        if factor != MINUS:
            yield "missing-factor", weight(factor), _joined(Mul, _without(factors, place))
        else:
            yield "sign", 1, _joined(Mul, _without(factors, place))
    yield "extra-factor", 1, Mul(Number(2), *factors)
    for place in range(len(factors) - 1):
        if matrices[place] and matrices[place + 1]:
            swapped = (*factors[:place], factors[place + 1], factors[place], *factors[place + 2 :])
            yield "order", 1, Mul(*swapped)
            entrywise = Hadamard(factors[place], factors[place + 1])
            yield "hadamard", 1, _joined(Mul, (*factors[:place], entrywise, *factors[place + 2 :]))
    if len(factors) == 2 and MINUS not in factors:
        yield "sum-product", 1, Add(*factors)


def _of_call(node: Call) -> Iterator[tuple[str, int, Node]]:
    yield "sign", 1, Call(node.function, node.order, _negated(node.argument))
    yield "prime", 1, Call(node.function, node.order + 1, node.argument)
    if node.order:
        yield "prime", 1, Call(node.function, node.order - 1, node.argument)
        if not is_exponential(node):
            yield "argument", 2, Call(node.function, node.order, Call(node.function, 0, node.argument))
    else:
        yield "missing-function", 1, node.argument
    if node.function in (exp, log):
        return
    if isinstance(node.argument, Add):
        apart = (Call(node.function, node.order, term) for term in node.argument.terms)
        yield "sum-split", 1, Add(*apart)


def is_exponential(node: Call) -> bool:
    return node.function == exp


def _of_entry(node: Entry) -> Iterator[tuple[str, int, Node]]:
    if len(node.subscripts) == 2:
        yield "index", 1, Entry(node.tensor, *reversed(node.subscripts))
    for place, at in enumerate(node.subscripts):
        if isinstance(at, Number):
            moved = (*node.subscripts[:place], Number(at.value + 1), *node.subscripts[place + 1 :])
            yield "bound", 1, Entry(node.tensor, *moved)


def _of_sum(node: Sum) -> Iterator[tuple[str, int, Node]]:
    over = node.dimensions[0]
    index = Index(node.hints[0], over)
    yield "missing-sum", 2, node.opened(index)
    if isinstance(over, Range):
        yield "bound", 1, node.over(Range(over.low + 1, over.high))
        yield "bound", 1, node.over(Range(over.low, over.high - 1))
    match node.body:
        case Mul(factors=(first, *others)) if mentions(first, 0) and first != MINUS:
            rest = _joined(Mul, others)
            if mentions(rest, 0):
                apart = [Sum.rebuilt(part, *node.args[1:]) for part in (first, rest)]
                yield "sum-split", 1, Mul(*apart)
                outside = Sum.rebuilt(first, *node.args[1:]).opened(index)
                yield "index-escaped", 1, Mul(outside, Sum.rebuilt(rest, *node.args[1:]))
        case Call():
            inner = Sum.rebuilt(node.body.argument, *node.args[1:])
            yield "sum-split", 1, Call(node.body.function, node.body.order, inner)
        case _:
            return


def dimensions_exchanged(formula: Expression) -> Iterator[Planted]:
    """The first two dimensions that are counted, exchanged."""
    counted = sorted(formula.atoms(Dimension), key=str)
    if len(counted) > 1 and not formula.atoms(Name):
        first, second = counted[:2]
        yield "dimension", 1, formula.xreplace({first: second, second: first})


def _negated(part: Expression) -> Node:
    if isinstance(part, Mul) and part.factors[0] == MINUS:
        return _joined(Mul, part.factors[1:])
    return Number(-part.value) if isinstance(part, Number) else -part


def _joined(form: type[Node], parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else form(*parts)


def _without(parts: tuple[Expression, ...], place: int) -> tuple[Expression, ...]:
    return parts[:place] + parts[place + 1 :]
