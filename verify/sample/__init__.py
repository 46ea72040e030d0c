"""The sampler: both sides of a link in numbers, by a route of its own. It suggests and never decides."""

from verify.sample.results import (
    Agrees,
    CannotTell,
    Differs,
    Disagreement,
    Inadmissible,
    NotSampled,
    Sampled,
    Sampling,
    Second,
)
from verify.sample.sampling import sample
from verify.sample.witness import at_witness

__all__ = [
    "Agrees",
    "CannotTell",
    "Differs",
    "Disagreement",
    "Inadmissible",
    "NotSampled",
    "Sampled",
    "Sampling",
    "Second",
    "at_witness",
    "sample",
]
