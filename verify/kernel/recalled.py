"""Verdicts that were reached before: a link, written with the same letters, is decided once a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sympy.core.basic import Basic

from verify.kernel.decide import decide
from verify.language import Link, Verdict
from verify.language.arithmetic import kinds
from verify.language.binders import Binder, Hint
from verify.language.unfold import sides_of

KEPT = 2048


def decided(link: Link, *, second: bool = False) -> Verdict:
    """The verdict on a link, from memory where it was decided before.

    >>> from verify.language import equal, scalar, sigma, word
    >>> z = scalar("z")
    >>> link, = equal(sigma(-z), 1 - sigma(z)).links()
    >>> word(decided(link)), decided(link) is decided(link)
    ('proved', True)
    """
    return _decided(link, tuple(_letters(link)), second)


def forget() -> None:
    """Forget all verdicts: what a changed rule makes of a link is not what was found before."""
    _decided.cache_clear()


@lru_cache(maxsize=KEPT)
def _decided(link: Link, letters: tuple[str, ...], second: bool) -> Verdict:  # noqa: ARG001 - letters tell links apart
    return decide(link, second=second)


def _letters(link: Link) -> Iterator[str]:
    """The letters of bound indices, in which links may differ that are equal; a verdict names them."""
    for side in sides_of(link):
        if any(issubclass(kind, Binder) for kind in kinds(side)):
            yield from _hints(side)


def _hints(side: Basic) -> Iterator[str]:
    """The letters in a side, from left to right; of a part that stands in several places, there its number."""
    met: dict[int, int] = {}
    waiting = [side]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Hint):
            yield part.symbol
        elif part.args:
            if id(part) in met:
                yield f"#{met[id(part)]}"
            else:
                met[id(part)] = len(met)
                waiting.extend(reversed(part.args))
