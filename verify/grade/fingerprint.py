"""Short names of formulas: equal formulas have one, whatever process works it out."""

from __future__ import annotations

from hashlib import sha256

from sympy.core.basic import Basic

from verify.language import Interval, Link
from verify.language.link import Side


def digest(*words: str) -> str:
    """A short name of some words in their order."""
    return sha256("\0".join(words).encode(errors="surrogatepass")).hexdigest()[:24]


class Fingerprints:
    """Names formulas; each part of them once, so that a definition that stands in many places costs no more.

    >>> from verify.language import scalar
    >>> names = Fingerprints()
    >>> names.of(scalar("x") + 1) == names.of(scalar("x") + 1), names.of(scalar("x")) == names.of(scalar("y"))
    (True, False)
    """

    def __init__(self) -> None:
        self.known: dict[Basic, str] = {}

    def of(self, node: Basic) -> str:
        """The name of a formula."""
        if node not in self.known:
            inside = tuple(map(self.of, node.args))
            self.known[node] = digest(type(node).__name__, *(inside or (repr(node),)))
        return self.known[node]

    def of_side(self, side: Side) -> str:
        """The name of a side of a link."""
        match side:
            case tuple():
                return digest("shape", *map(self.of, side))
            case Interval():
                ends = (side.low, side.high)
                return digest(str(side), *("" if each is None else self.of(each) for each in ends))
            case _:
                return self.of(side)

    def of_link(self, link: Link) -> str:
        """The name of a link with its hypotheses, and with the words that its indices are written with."""
        given = map(self.of_link, link.given)
        return digest(str(link), self.of(link.left), str(link.relation), self.of_side(link.right), *given)
