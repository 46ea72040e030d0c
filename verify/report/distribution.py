"""The distribution of marks as a figure: how many submissions got how many points."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

from verify.report.figure import DASHED, WIDTH, Figure, Frame

BINS, TICKS = 10, 5


def distribution(scores: list[Fraction], points: Fraction) -> Figure:
    """Bars over equal ranges of points, the last of which takes in what lies above, and a line at the mean.

    >>> marks = distribution([Fraction(1), Fraction(9), Fraction(10)], Fraction(10))
    >>> [round(height) for _, height, _ in marks.bars]
    [85, 170]
    """
    whole = points if points > 0 else max(*scores, Fraction(1))
    bins = Counter(max(0, min(int(score / whole * BINS), BINS - 1)) for score in scores)
    most = max(bins.values())
    step = _step(most)
    high = math.ceil(most / step) * step
    frame = Frame(0, float(whole), 0, high)
    gap = round(WIDTH / BINS * 0.08, 2)
    bars = []
    for place in sorted(bins):
        left, height = frame.at(float(whole * place / BINS), bins[place])
        bars.append((round(left + gap, 2), height, round(WIDTH / BINS - 2 * gap, 2)))
    mean = float(min(whole, sum(scores, Fraction(0)) / len(scores)))
    edges = [whole * place / TICKS for place in range(TICKS + 1)]
    line = [(mean, 0.0), (mean, float(high))]
    name_at = (mean + float(whole) * (0.015 if mean < 0.85 * whole else -0.1), high * 0.94)
    return Figure(
        "distribution",
        "How many submissions got how many points.",
        frame.across(*((float(each), f"{float(each):g}") for each in edges)),
        frame.upward(*((float(each), str(each)) for each in range(0, high + 1, step))),
        (frame.line(line, DASHED, "mean", name_at),),
        (),
        tuple(bars),
    )


def _step(most: int) -> int:
    """A round number of submissions between two marks of the axis, so that there are five of them at most.

    >>> _step(3), _step(12), _step(1000)
    (1, 5, 200)
    """
    step = 1
    while True:
        for factor in (1, 2, 5):
            if factor * step * TICKS >= most:
                return factor * step
        step *= 10
