r"""What stands to the right of ``\in``: an interval, or the shape of a vector or a matrix."""

from __future__ import annotations

from collections.abc import Sequence

from verify.language import Expression, Interval, Number, Shape
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.parse import parse
from verify.read.scope import Scope
from verify.read.sizes import dimension
from verify.read.syntax import Joined, Juxtaposed
from verify.read.tokens import Kind, Token

POSITIVE = ("+", "*", ">0", r"\ge1")
COUNTS = frozenset(
    {r"\mathbbN", "ℕ", *(f"{letter}{sign}" for letter in (r"\mathbbN", "ℕ", r"\mathbbZ", "ℤ") for sign in POSITIVE)}
)


def read_set(tokens: Sequence[Token], scope: Scope, offset: int) -> Interval | Shape:
    r"""An interval such as ``(0, 1]``, or the shape in ``\mathbb{R}^{m \times n}``.

    Raises :class:`ReadError` for other sets.

    >>> from verify.read.tokens import tokenize
    >>> str(read_set(tokenize("(0, 1]"), Scope(), 0))
    '(0, 1]'
    """
    if not tokens:
        raise ReadError("no set stands here", offset, expected=r"(0, 1) or \mathbb{R}^{m \times n}")
    if tokens[0].text == r"\mathbb" or tokens[0].text == "ℝ" or _is_plain(tokens, scope):
        return _shape(tokens, scope)
    if tokens[0].text in ("(", "[") and tokens[-1].text in (")", "]"):
        return _interval(tokens, scope)
    raise ReadError("this is no set that is read", tokens[0].start, expected=r"(0, 1) or \mathbb{R}^{m \times n}")


def is_of_counts(tokens: Sequence[Token]) -> bool:
    r"""Whether a set is that of the whole numbers from 1 on: ``\mathbb{N}``, ``\mathbb{N}^+``, ``\mathbb{Z}_{>0}``.

    >>> from verify.read.tokens import tokenize
    >>> is_of_counts(tokenize(r"\mathbb{N}_{>0}")), is_of_counts(tokenize(r"\mathbb{Z}"))
    (True, False)
    """
    text = "".join(token.text for token in tokens if token.kind not in (Kind.OPEN, Kind.CLOSE))
    return text.replace("_", "").replace("^", "") in COUNTS


def _is_plain(tokens: Sequence[Token], scope: Scope) -> bool:
    """Whether a set is written with a plain R, as in ``R^n``."""
    return tokens[0].text == "R" and "R" not in scope.names and (len(tokens) == 1 or tokens[1].kind is Kind.ABOVE)


def _interval(tokens: Sequence[Token], scope: Scope) -> Interval:
    depth = 0
    comma = None
    for position, token in enumerate(tokens[1:-1], start=1):
        depth += (token.text in "([{") - (token.text in ")]}")
        if depth == 0 and token.text == ",":
            comma = position
    if comma is None:
        raise ReadError("an interval has two ends", tokens[0].start, expected="a comma between them")
    low, high = _end(tokens[1:comma], scope), _end(tokens[comma + 1 : -1], scope)
    return Interval(low, high, tokens[0].text == "[", tokens[-1].text == "]")


def _end(tokens: Sequence[Token], scope: Scope) -> Expression | None:
    """An end of an interval; nothing for infinity."""
    texts = [token.text for token in tokens]
    if texts in ([r"\infty"], ["+", r"\infty"], ["-", r"\infty"]):
        return None
    return elaborate(parse(tokens, scope.words), scope).expression


def _shape(tokens: Sequence[Token], scope: Scope) -> Shape:
    letter = 1
    while letter < len(tokens) and tokens[letter].kind in (Kind.OPEN, Kind.CLOSE):
        letter += 1
    if tokens[0].text == r"\mathbb" and (letter >= len(tokens) or tokens[letter].text != "R"):
        raise ReadError("this is no set that is read", tokens[0].start, expected=r"\mathbb{R}")
    rest = list(tokens[letter + 1 :]) if tokens[0].text == r"\mathbb" else list(tokens[1:])
    if rest and rest[0].kind is Kind.CLOSE:
        rest = rest[1:]
    if not rest:
        return ()
    if rest[0].kind is not Kind.ABOVE:
        raise ReadError(r"only \mathbb{R} with a superscript is read", rest[0].start, expected="^")
    inner = rest[2:-1] if rest[1:] and rest[1].kind is Kind.OPEN and rest[-1].kind is Kind.CLOSE else rest[1:]
    node = parse(inner, scope.words, tokens[-1].end)
    if isinstance(node, Joined) and set(node.signs) == {r"\times"}:
        return tuple(dimension(factor, scope) for factor in node.factors)
    if isinstance(node, Joined | Juxtaposed):
        raise ReadError("this is no shape", node.at.start, expected=r"n or m \times n")
    return dimension(node, scope), Number(1)
