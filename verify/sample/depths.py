"""Statements about any depth, sampled at small depths, where they are ordinary ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from verify.language import Link
from verify.language.depth import is_too_large
from verify.language.unfold import Depth, NotUnfolded, Unfolding, at_depths, sides_of
from verify.sample.results import Disagreement, NotSampled, Sampled, Sampling

SampleLink = Callable[[Link, int, Mapping[str, int] | None], Sampling]

DEEPEST = 6
FEWEST = 3


def sample_at_depths(
    link: Link, depth: Depth, points: int, at_least: Mapping[str, int] | None, sample: SampleLink
) -> Sampling:
    """Whether the sides agree at depths 1 to 6, or as far as they can be written out; at the first and last level."""
    instances: list[tuple[dict[str, int], Link]] = []
    for deep, same in groupby(
        at_depths(link, depth, DEEPEST), key=lambda each: [each[0][name] for name in depth.dimensions]
    ):
        levels = list(same)
        if deep[:1] > [1] and any(map(is_too_large, sides_of(levels[0][1]))):
            break
        instances += [levels[0]] if len(levels) == 1 else [levels[0], levels[-1]]
    each_points = max(FEWEST, points // max(1, len(instances)))
    told: list[Sampled] = []
    reasons: list[str] = []
    for sizes, instance in instances:
        match sample(instance, each_points, at_least):
            case Sampled() as sampled:
                told.append(sampled)
            case Disagreement() as found:
                return Disagreement(
                    (*sizes.items(), *found.sizes),
                    found.indices,
                    found.inputs,
                    found.left,
                    found.right,
                    found.entry,
                    found.functions,
                )
            case NotSampled(why):
                reasons.append(f"at {', '.join(f'{name} = {size}' for name, size in sizes.items())}: {why}")
    if not told:
        return NotSampled(reasons[0] if reasons else "there is no level at these depths that this speaks of")
    return Sampled(sum(each.points for each in told), max(each.max_relative_error for each in told))


def instance_of(link: Link, depth: Depth, sizes: Mapping[str, int]) -> Link | None:
    """The link at the depth, and at the levels, that a witness names; nothing if it names none."""
    try:
        levels = {index: sizes[index.symbol] for index in depth.indices}
        return Unfolding({name: sizes[name] for name in depth.dimensions}, levels).link(link)
    except (KeyError, NotUnfolded):
        return None
