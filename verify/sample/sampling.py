"""Sampling a link: Hypothesis looks for a point at which its sides differ, and makes it small.

It suggests and never decides: the kernel's verdict stands without it, but must not contradict it.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import assert_never

from hypothesis import HealthCheck, Phase, Verbosity, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from verify.language import Interval, Link, Relation
from verify.language.unfold import depth_of
from verify.sample.compare import Outcome, Separated, Told, Untold, outcome, shapes
from verify.sample.depths import sample_at_depths
from verify.sample.given import met
from verify.sample.order import ordered
from verify.sample.points import Ground, Point, drawn, unfit
from verify.sample.results import NotSampled, Sampled, Sampling, disagreement
from verify.sample.tensor import Unsampled

# Hypothesis mixes constants of the loaded source files into what it draws, byte strings among them, where their
# length fits. None is so long, so that what is drawn does not depend on what is loaded.
SHORTEST = 64

ORDER = (Relation.LESS, Relation.AT_MOST, Relation.GREATER, Relation.AT_LEAST, Relation.MEMBER)


def sample(link: Link, points: int = 60, at_least: Mapping[str, int] | None = None) -> Sampling:
    """Whether the sides of a link agree, as far as so many points can show.

    Sizes run over three values from 1, or from what ``at_least`` says of a dimension.

    >>> from verify.language import equal, scalar, sigma
    >>> z = scalar("z")
    >>> true, = equal(sigma.derivative(z), sigma(z) * (1 - sigma(z))).links()
    >>> sample(true).points > 30
    True
    >>> wrong, = equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))).links()
    >>> print(sample(wrong))
    for z = 0: left 0.25, right 0.75
    """
    depth = depth_of(link)
    if depth and link.relation is not Relation.TENDS:
        return sample_at_depths(link, depth, points, at_least, sample)
    why = _unsuited(link)
    if why is not None:
        return NotSampled(why)
    try:
        return _search(link, Ground.of(link, at_least), points)
    except Unsampled as reason:
        return NotSampled(str(reason))


def _unsuited(link: Link) -> str | None:
    problem = unfit(link)
    if problem is not None:
        return problem
    match link.relation:
        case Relation.EQUAL | Relation.SHAPE:
            return None
        case Relation.LESS | Relation.GREATER | Relation.AT_MOST | Relation.AT_LEAST | Relation.MEMBER:
            return None
        case Relation.INDEPENDENT | Relation.RANDOM:
            return "what is random is a hypothesis, and nothing to sample"
        case Relation.DISTINCT:
            return "that two sides differ is a hypothesis, and nothing to sample"
        case Relation.TENDS:
            return "a limit has no points to sample"
        case _:
            assert_never(link.relation)


def _search(link: Link, ground: Ground, points: int) -> Sampling:
    """Looks for a point of disagreement, counting the others."""
    seen: dict[tuple[object, ...], Outcome | None] = {}

    def disagrees(data: bytes) -> bool:
        point = drawn(ground, data)
        key = point.key()
        if key not in seen:
            seen[key] = _at(link, point)
        return isinstance(seen[key], Separated)

    length = max(ground.bytes_needed(), SHORTEST)
    drawing = st.binary(min_size=length, max_size=length)
    try:
        smallest = find(drawing, disagrees, settings=_quiet(points), random=Random(0))  # noqa: S311 - no secret
    except NoSuchExample:
        return _summary(list(seen.values()))
    point = met(drawn(ground, smallest), link.given)
    found = None if point is None else _at_met(link, point)
    if point is None or not isinstance(found, Separated):
        raise AssertionError(f"the disagreement of {link} did not repeat itself")
    return disagreement(point, found)


def _quiet(points: int) -> settings:
    return settings(
        max_examples=points,
        phases=(Phase.generate, Phase.shrink),
        database=None,
        deadline=None,
        derandomize=True,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )


def _at(link: Link, point: Point) -> Outcome | None:
    """What happens at a point; nothing if the hypotheses cannot be met there."""
    ready = met(point, link.given)
    return None if ready is None else _at_met(link, ready)


def _at_met(link: Link, point: Point) -> Outcome:
    if link.relation in ORDER:
        return ordered(link, point)
    assert not isinstance(link.right, Interval)
    if isinstance(link.right, tuple):
        return shapes(link.left, link.right, point)
    return outcome(link, link.right, point)


def _summary(outcomes: list[Outcome | None]) -> Sampled | NotSampled:
    told = [each.relative_error for each in outcomes if isinstance(each, Told)]
    if told and 20 * len(told) >= len(outcomes):
        return Sampled(len(told), max(told))
    within = [each for each in outcomes if each is not None]
    reasons = [each.why for each in within if isinstance(each, Untold)]
    if not within:
        return NotSampled(f"the hypotheses were met at none of {len(outcomes)} points")
    if reasons:
        return NotSampled(f"{len(told)} of {len(outcomes)} points could be told: {reasons[0]}")
    return NotSampled(f"{len(told)} of {len(outcomes)} points lie in the domain")
