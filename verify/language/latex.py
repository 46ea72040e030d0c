"""Expressions as LaTeX, as they were written.

What is printed here can be read back by ``verify.read`` to the same expression.
"""

from __future__ import annotations

from typing import TypeGuard, assert_never

from verify.language.arithmetic import Add, Dimension, Entry, Mul, Name, Number, Power, Transpose
from verify.language.binders import Array, Binder, Bound, Delta, Index, Max, Product, Range, Sum, mentions
from verify.language.calls import Argument, Call, Defined, Dependent, Derivative, Vjp
from verify.language.component import Component
from verify.language.expression import Expression
from verify.language.kronecker import Kronecker, Paired, Vec
from verify.language.layers import Ascending, Descending, Infinity, Leveled, Member, Recursive, Width
from verify.language.matrices import Diagonal, Hadamard, Matrix, Norm, Trace
from verify.language.moments import Covariance, Expectation, Variance
from verify.language.shape import long_axes, shape

# How tightly a form holds together: a weaker one inside a stronger one needs parentheses.
SUM, HADAMARD, PRODUCT, PREFIX, POWER, ATOM = range(6)


def latex(expression: Expression) -> str:
    r"""The expression in LaTeX.

    >>> from verify.language import dims, matrix, vector
    >>> m, n = dims("m n")
    >>> W, x, b = matrix("W", m, n), vector("x", n), vector("b", m)
    >>> print(latex((W * x + b).T / 2))
    \frac{\left(W x + b\right)^T}{2}
    """
    return _print(expression, ())[0]


def _tight(e: Expression, bound: tuple[str, ...], strength: int) -> str:
    text, own = _print(e, bound)
    return text if own >= strength else rf"\left({text}\right)"


def _print(e: Expression, bound: tuple[str, ...]) -> tuple[str, int]:
    match e:
        case Number():
            return _number(e)
        case Component():
            return _subscripted(e.symbol, ATOM, (e.index,), bound)
        case Dimension() | Name() | Index() | Dependent():
            return e.symbol, ATOM
        case Bound():
            return bound[e.level] if e.level < len(bound) else rf"\#{e.level - len(bound)}", ATOM
        case Range():
            return rf"{_tight(e.low, bound, SUM)}..{_tight(e.high, bound, SUM)}", SUM
        case Argument():
            return r"\cdot", ATOM
        case Entry():
            return _entry(e, bound)
        case Sum() | Product() | Max() | Array():
            return _binder(e, bound)
        case Matrix():
            rows = r" \\ ".join(" & ".join(_print(entry, bound)[0] for entry in row) for row in e.rows)
            return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}", ATOM
        case Add():
            return _add(e, bound), SUM
        case Mul():
            return _mul(e, bound)
        case Power():
            return _power(e, bound)
        case Transpose():
            return rf"{_base(e.argument, bound)}^T", POWER
        case Hadamard() | Kronecker():
            sign = r" \odot " if isinstance(e, Hadamard) else r" \otimes "
            return sign.join(_tight(factor, bound, POWER) for factor in e.factors), HADAMARD
        case Paired():
            return " ".join(_tight(factor, bound, POWER) for factor in e.factors), PRODUCT
        case Call():
            return _call(e, bound)
        case Trace() | Diagonal() | Vec():
            named = {Trace: "tr", Diagonal: "diag", Vec: "vec"}[type(e)]
            return rf"\operatorname{{{named}}}\left({_print(e.argument, bound)[0]}\right)", ATOM
        case Norm():
            return rf"\left\lVert {_print(e.argument, bound)[0]} \right\rVert", ATOM
        case Expectation():
            return rf"\operatorname{{E}}\left[{_print(e.argument, bound)[0]}\right]", ATOM
        case Variance():
            return rf"\operatorname{{Var}}\left({_print(e.argument, bound)[0]}\right)", ATOM
        case Covariance():
            both = ", ".join(_print(each, bound)[0] for each in (e.left, e.right))
            return rf"\operatorname{{Cov}}\left({both}\right)", ATOM
        case Delta():
            return rf"\delta_{{{_print(e.row, bound)[0]}{_print(e.column, bound)[0]}}}", ATOM
        case Derivative():
            return _derivative(e, bound), ATOM
        case Vjp():
            jacobian = _derivative(e, bound)
            return rf"\left({jacobian}\right)^* {_tight(e.upstream, bound, POWER)}", PRODUCT
        case Width() | Member() | Leveled() | Recursive():
            level = _print(e.level, bound)[0]
            return f"{e.symbol}_{level}" if len(level) == 1 else f"{e.symbol}_{{{level}}}", ATOM
        case Descending() | Ascending():
            return _ordered(e, bound), PRODUCT
        case Infinity():
            return r"\infty" if e.sign > 0 else r"-\infty", ATOM if e.sign > 0 else PREFIX
        case Defined():
            if not e.arguments:
                return e.symbol, ATOM
            arguments = ", ".join(_print(argument, bound)[0] for argument in e.arguments)
            return rf"{e.symbol}\left({arguments}\right)", ATOM
        case _:
            assert_never(e)


def _number(e: Number) -> tuple[str, int]:
    value = e.value
    if value.denominator == 1:
        return str(value), ATOM if value >= 0 else PREFIX
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}", ATOM


def _entry(e: Entry, bound: tuple[str, ...]) -> tuple[str, int]:
    base, own = _print(e.tensor, bound)
    loose = isinstance(e.tensor, Derivative | Call | Mul)
    return _subscripted(base, PREFIX if loose else own, e.subscripts, bound)


def _subscripted(base: str, own: int, at: tuple[Expression, ...], bound: tuple[str, ...]) -> tuple[str, int]:
    subscripts = [_print(each, bound)[0] for each in at]
    joined = "".join(subscripts) if all(len(each) == 1 for each in subscripts) else ", ".join(subscripts)
    subscript = joined if len(joined) == 1 else f"{{{joined}}}"
    if own < ATOM or "_" in base:
        return rf"\left({base}\right)_{subscript}", ATOM
    return rf"{base}_{subscript}", ATOM


def _binder(e: Sum | Product | Max | Array, bound: tuple[str, ...]) -> tuple[str, int]:
    names = _fresh(e, bound)
    inner = (*reversed(names), *bound)
    head = {Sum: r"\sum", Product: r"\prod", Max: r"\max", Array: ""}[type(e)]
    match e:
        case Array():
            body = _print(e.body, inner)[0]
            return rf"\left[{body}\right]_{{{''.join(names)}}}", ATOM
        case Max():
            return rf"{head}_{{{names[0]}}} {_under(e, inner)}", PREFIX
        case Sum() | Product():
            body = _under(e, inner)
            over = e.dimensions[0]
            low, high = (over.low, over.high) if isinstance(over, Range) else (Number(1), over)
            bounds = rf"_{{{names[0]}={_print(low, bound)[0]}}}^{{{_print(high, bound)[0]}}}"
            return rf"{head}{bounds} {body}", PREFIX
        case _:
            assert_never(e)


def _under(e: Sum | Product | Max, inner: tuple[str, ...]) -> str:
    """The body of a binder; in parentheses where a last factor without the index would not be read as part of it."""
    loose = not isinstance(e, Sum) and isinstance(e.body, Mul) and not mentions(e.body.factors[-1], 0)
    return _tight(e.body, inner, ATOM if loose else HADAMARD)


def _ordered(e: Descending | Ascending, bound: tuple[str, ...]) -> str:
    """The first factor and the last, with dots between them."""
    over = e.dimensions[0]
    assert isinstance(over, Range)
    ends = (over.high, over.low) if isinstance(e, Descending) else (over.low, over.high)
    first, last = (_tight(e.opened(level), bound, POWER) for level in ends)
    return rf"{first} \cdots {last}"


def _fresh(e: Binder, bound: tuple[str, ...]) -> tuple[str, ...]:
    """The hints of a binder, primed where a free index or one bound further out has the name."""
    taken = set(bound) | {index.symbol for index in e.body.atoms(Index)}
    names: list[str] = []
    for hint in e.hints:
        while hint in taken:
            hint += "'"
        names.append(hint)
        taken.add(hint)
    return tuple(names)


def _add(e: Add, bound: tuple[str, ...]) -> str:
    text = _tight(e.terms[0], bound, HADAMARD)
    for term in e.terms[1:]:
        printed = _tight(term, bound, HADAMARD)
        text += f" - {printed[1:]}" if printed.startswith("-") else f" + {printed}"
    return text


def _mul(e: Mul, bound: tuple[str, ...]) -> tuple[str, int]:
    sign, factors = "", e.factors
    if factors[0] == Number(-1) and len(factors) > 1 and not _is_inverse(factors[1]):
        sign, factors = "-", factors[1:]
    groups: list[tuple[str, bool]] = []
    for position, factor in enumerate(factors):
        if position and _is_inverse(factor):
            above = groups[0][0] if len(groups) == 1 else _side_by_side(groups)
            below = _print(factor.base, bound)[0]
            groups = [(rf"\frac{{{above}}}{{{below}}}", False)]
        else:
            text, own = _print(factor, bound)
            greedy = isinstance(factor, Sum | Product | Max) and position < len(factors) - 1
            later = position > 0 or bool(sign)
            loose = own <= (PRODUCT if later else HADAMARD) or (later and text.startswith("-"))
            groups.append((text, greedy or loose))
    if len(groups) == 1 and not sign:
        return groups[0][0], ATOM
    return sign + _side_by_side(groups), PRODUCT


def _side_by_side(groups: list[tuple[str, bool]]) -> str:
    """Factors side by side, or with dots between all of them where a digit would be read with what stands before it."""
    texts = [rf"\left({text}\right)" if wrapped else text for text, wrapped in groups]
    return (r" \cdot " if any(text[:1].isdigit() for text in texts[1:]) else " ").join(texts)


def _is_inverse(e: Expression) -> TypeGuard[Power]:
    """Whether a factor is written below a fraction bar: the inverse of a number, or of each entry of a vector."""
    return isinstance(e, Power) and e.exponent == Number(-1) and not _is_matrix(e.base)


def _is_matrix(e: Expression) -> bool:
    own = shape(e)
    return isinstance(own, tuple) and len(long_axes(own)) > 1


def _power(e: Power, bound: tuple[str, ...]) -> tuple[str, int]:
    return rf"{_base(e.base, bound)}^{{{_print(e.exponent, bound)[0]}}}", POWER


def _base(e: Expression, bound: tuple[str, ...]) -> str:
    """What carries an exponent: a call, a power or a name with an exponent of its own is put in parentheses."""
    text, own = _print(e, bound)
    bare = own == ATOM and not isinstance(e, Call | Derivative) and "^" not in text and not text.startswith(r"\frac")
    return text if bare else rf"\left({text}\right)"


def _call(e: Call, bound: tuple[str, ...]) -> tuple[str, int]:
    argument = _print(e.argument, bound)[0]
    if e.function.symbol == "exp" and not e.order:
        return rf"e^{{{argument}}}", POWER
    symbol = rf"\{e.function.symbol}" if e.function.symbol in {"exp", "log"} else e.function.symbol
    return rf"{symbol}{chr(39) * e.order}\left({argument}\right)", ATOM


def _derivative(e: Derivative | Vjp, bound: tuple[str, ...]) -> str:
    quantity = _tight(e.quantity, bound, ATOM)
    return rf"\frac{{\partial {quantity}}}{{\partial {_tight(e.variable, bound, ATOM)}}}"
