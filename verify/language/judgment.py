"""A link with its verdict, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from verify.language.display import mimebundle
from verify.language.link import Link, Location
from verify.language.verdict import Verdict


@dataclass(frozen=True)
class Judgment:
    """A link as it was written, and its verdict.

    ``assumed`` lists the readings that were chosen (a 1 x 1 product as a scalar, …); ``suggestion``
    is another reading of a link that is not proved, which is. One that ``begins`` goes on from none before it.
    """

    _repr_mimebundle_ = mimebundle

    left: str
    relation: str | None
    right: str | None
    verdict: Verdict
    link: Link | None = None
    at: Location | None = None
    question: str | None = None
    layout: str | None = None
    assumed: tuple[str, ...] = ()
    suggestion: str | None = None
    begins: bool = False
