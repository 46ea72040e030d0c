"""Random true identities: an expression, and the same one after rules that keep its value wherever it is defined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import cast

from sympy.core.basic import Basic

from tests.fuzz.expressions import Grower
from verify.language import (
    Add,
    Bound,
    Call,
    Expression,
    Index,
    Mul,
    Number,
    Power,
    Primitive,
    Sum,
    Trace,
    exp,
    log,
    sigma,
)
from verify.language import tanh as hyperbolic
from verify.language.arithmetic import Node
from verify.language.shape import is_scalar, shape_of

Rule = Callable[[Expression, Random], Expression | None]


def rewritten(e: Expression, random: Random, times: int) -> Expression:
    """The expression after so many rules, each at a random place where it applies."""
    for _ in range(times):
        places = [(path, node) for path, node in _places(e, ()) if is_scalar(shape_of(node))]
        random.shuffle(places)
        rules = list(RULES)
        random.shuffle(rules)
        path, new = next(_applied(places, rules, random))
        e = _put(e, path, new)
    return e


def _applied(
    places: list[tuple[tuple[int, ...], Expression]], rules: list[Rule], random: Random
) -> Iterator[tuple[tuple[int, ...], Expression]]:
    for rule in rules:
        for path, node in places:
            new = rule(node, random)
            if new is not None:
                yield path, new


def _places(node: Basic, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Expression]]:
    """The numbers in an expression, but for subscripts, exponents and what functions are made of."""
    match node:
        case Add() | Mul():
            inner = tuple(range(len(node.args)))
        case Sum() | Power() | Trace():
            inner = (0,)
        case Call():
            inner = (2,)
        case _:
            inner = ()
    yield path, node  # type: ignore[misc]
    for place in inner:
        yield from _places(node.args[place], (*path, place))


def _put(node: Basic, path: tuple[int, ...], new: Basic) -> Expression:
    if not path:
        return new  # type: ignore[return-value]
    first, *rest = path
    changed = _put(node.args[first], tuple(rest), new)
    assert isinstance(node, Node)
    return node.func(*node.args[:first], changed, *node.args[first + 1 :])  # type: ignore[no-any-return]


def _scalars(e: Expression) -> bool:
    return isinstance(e, Add | Mul) and all(not shape_of(part) for part in e.args)


def commuted(e: Expression, random: Random) -> Expression | None:
    """Terms, or factors that are numbers, in another order."""
    if not _scalars(e):
        return None
    parts = list(e.args)
    random.shuffle(parts)
    return type(e)(*parts)


def distributed(e: Expression, random: Random) -> Expression | None:
    """A(b + c) = ab + ac."""
    if not (isinstance(e, Mul) and _scalars(e)):
        return None
    for place, factor in enumerate(e.factors):
        if isinstance(factor, Add) and _scalars(factor):
            return Add(*(Mul(*e.factors[:place], term, *e.factors[place + 1 :]) for term in factor.terms))
    return None


def split(e: Expression, random: Random) -> Expression | None:
    """A sum of sums."""
    if isinstance(e, Sum) and isinstance(e.body, Add) and _scalars(e.body):
        return Add(*(Sum.rebuilt(term, *e.args[1:]) for term in e.body.terms))
    return None


def swapped(e: Expression, random: Random) -> Expression | None:
    """Two sums in the other order."""
    if not (isinstance(e, Sum) and isinstance(e.body, Sum)):
        return None
    outer, inner = (Index(symbol, e.dimensions[0]) for symbol in ("s", "t"))
    under = e.opened(outer)
    assert isinstance(under, Sum)
    return Sum(Sum(under.opened(inner), outer), inner)


def added_and_subtracted(e: Expression, random: Random) -> Expression | None:
    """E = e + t - t."""
    term = Grower(random).closed(1)
    return Add(term, e, Mul(Number(-1), term))


def multiplied_and_divided(e: Expression, random: Random) -> Expression | None:
    """E = (e d)/d for a d that is positive."""
    positive = Add(Number(1), Power(Grower(random).closed(1), Number(2)))
    return Mul(Mul(positive, e), Power(positive, Number(-1)))


def reduced_fraction(e: Expression, random: Random) -> Expression | None:
    """1/b = d/(b d)."""
    if not (isinstance(e, Power) and e.exponent == Number(-1) and not shape_of(e.base)):
        return None
    positive = exp(Grower(random).closed(1))
    return Mul(positive, Power(Mul(e.base, positive), Number(-1)))


def exponential_of_a_sum(e: Expression, random: Random) -> Expression | None:
    """The exponential of a sum is a product."""
    if isinstance(e, Call) and e.function == Primitive("exp") and _scalars(e.argument) and isinstance(e.argument, Add):
        return Mul(*(exp(term) for term in e.argument.terms))
    return None


def logarithm_of_an_exponential(e: Expression, random: Random) -> Expression | None:
    """E = log exp e."""
    return None if shape_of(e) else log(exp(e))


def logarithm_of_a_product(e: Expression, random: Random) -> Expression | None:
    """Log p + t = log(p e^t), where p is positive as all arguments of our logarithms are."""
    if not (isinstance(e, Add) and _scalars(e)):
        return None
    for place, term in enumerate(e.terms):
        if isinstance(term, Call) and term.function == Primitive("log"):
            return log(Mul(term.argument, exp(_sum(e.terms[:place] + e.terms[place + 1 :]))))
    return None


def _sum(terms: tuple[Expression, ...]) -> Expression:
    return Add(*terms) if len(terms) > 1 else terms[0]


def put_under_the_sum(e: Expression, random: Random) -> Expression | None:
    """A factor that has no index goes under a sum."""
    if not (isinstance(e, Mul) and len(e.factors) == 2 and _scalars(e)):
        return None
    factor, other = e.factors
    if isinstance(other, Sum) and not factor.atoms(Bound):
        return cast(Expression, Sum.rebuilt(Mul(factor, other.body), *other.args[1:]))
    return None


def squared(e: Expression, random: Random) -> Expression | None:
    """The square as a product."""
    if isinstance(e, Power) and e.exponent == Number(2) and not shape_of(e.base):
        return Mul(e.base, e.base)
    return None


def transposed(e: Expression, random: Random) -> Expression | None:
    """A number is its own transpose; that of a product is turned around. So is what a trace is of."""
    if isinstance(e, Mul) and shape_of(e) and all(shape_of(part) for part in e.factors):
        return Mul(*(factor.T for factor in reversed(e.factors)))
    if isinstance(e, Trace):
        return Trace(e.argument.T)
    return None


def cycled(e: Expression, random: Random) -> Expression | None:
    """The trace of a product, its first factor last."""
    if isinstance(e, Trace) and isinstance(e.argument, Mul):
        first, *others = e.argument.factors
        return Trace(Mul(*others, first))
    return None


def written_out(e: Expression, random: Random) -> Expression | None:
    """The logistic function and the hyperbolic tangent by exponentials."""
    if not isinstance(e, Call) or e.order or shape_of(e.argument):
        return None
    if e.function == sigma:
        return Power(Add(Number(1), exp(Mul(Number(-1), e.argument))), Number(-1))
    if e.function == hyperbolic:
        return Add(Mul(Number(2), sigma(Mul(Number(2), e.argument))), Number(-1))
    return None


RULES: tuple[Rule, ...] = (
    commuted,
    distributed,
    split,
    swapped,
    added_and_subtracted,
    multiplied_and_divided,
    reduced_fraction,
    exponential_of_a_sum,
    logarithm_of_an_exponential,
    logarithm_of_a_product,
    put_under_the_sum,
    squared,
    transposed,
    cycled,
    written_out,
)
