r"""Formulas as a line of Unicode: what LaTeX spells with commands, in the signs themselves.

It reads what ``formulas`` lets through and nothing else; any other text stays the source that it is. A fraction is
written with a slash, and parentheses stand wherever the line would otherwise say something else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import assert_never

from verify.report.formulas import SHAPE, TOKEN, clean
from verify.report.inline import Reader
from verify.report.phrase import Code, Formula, Phrase
from verify.report.text import visible

Show = Callable[[str], str]


def readable(source: str) -> str:
    r"""A formula as a line of Unicode; what is no formula as it stands.

    >>> print(readable(r"\left(\frac{\partial y}{\partial W}\right)^* \delta = \delta x^T"))
    (∂y/∂W)* δ = δ xᵀ
    >>> print(readable(r"\frac{1}{n} \sum_{i=1}^{n} \frac{x_i + 1}{2 n}"))
    (1/n) ∑ᵢ₌₁ⁿ (xᵢ + 1)/(2 n)
    >>> print(readable(r"\input{/etc/passwd}"))
    \input{/etc/passwd}
    """
    if clean(source) is None:
        return visible(source)
    shapes = SHAPE.sub(lambda match: match[0].replace(" x ", r" \times "), source)
    return Reader(TOKEN.findall(shapes)).row(frozenset(), tight=False)


def in_words(phrase: Phrase, show: Show = readable) -> str:
    r"""A sentence with its formulas, on a line.

    >>> print(in_words(("it is ", Formula(r"\mathbb{R}^{m \times n}"), ".")))
    it is ℝ^(m × n).
    """
    return "".join(_spoken(piece, show) for piece in phrase)


def _spoken(piece: str | Formula | Code, show: Show) -> str:
    match piece:
        case Formula():
            return show(piece.source)
        case Code():
            return visible(piece.text)
        case str():
            return visible(piece)
        case _:
            assert_never(piece)


def shown_in(encoding: str | None) -> Show:
    r"""How formulas are shown where only some signs can be: each in Unicode, or else as its LaTeX.

    >>> print(shown_in("latin-1")("a^{2} + 1"), shown_in("latin-1")(r"\sigma"))
    a² + 1 \sigma
    """

    def show(source: str) -> str:
        text = readable(source)
        try:
            text.encode(encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return visible(source)
        return text

    return show


def on_terminal() -> Show:
    """How formulas are shown on the standard output."""
    return shown_in(sys.stdout.encoding)
