"""All links of claims, and of mistakes that are expected to be refuted, for a judge that may have nothing to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.outside.opinion import Found
from verify.catalog import find
from verify.language import Link, Refuted, Relation

Judge = Callable[[Link, str, bool], Found | None]
CATALOG = find("derivations")


def claims() -> Iterator[tuple[str, Link]]:
    """The equations that are claimed, each under the name of its claim."""
    for named in CATALOG.claims:
        yield from ((named.name, link) for link in named.claim.links() if link.relation is Relation.EQUAL)


def mistakes() -> Iterator[tuple[str, Link]]:
    """The wrong equations, each under the name of its mistake."""
    for named in CATALOG.mistakes:
        wrong = named.mistake.links()[-1]
        if named.mistake.expect is Refuted and wrong.relation is Relation.EQUAL:
            yield named.name, wrong
