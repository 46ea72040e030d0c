"""Figures: their points are where the mathematics says, and both drawings hold all of them."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from tests.report.typeset import compiled, overfull
from verify.report.drawing import drawn, svg
from verify.report.figure import HEIGHT, WIDTH, Figure, Frame
from verify.report.figures import (
    CROSSING,
    OF_SUBJECT,
    activations,
    differences,
    overflow,
    shift,
    slope_bound,
    slopes,
    vanishing,
)
from verify.report.latex_document import latex_document
from verify.report.proofs_view import proofs_view

FIGURES = [made() for several in OF_SUBJECT.values() for made in several]


def near(figure: Figure, curve: int, at: tuple[float, float]) -> float:
    """How far a curve passes from a point of the page."""
    return min(max(abs(x - at[0]), abs(y - at[1])) for x, y in figure.curves[curve].points)


def test_the_crossing() -> None:
    # 12 = (u - 2)^2 for u = e^z + e^-z, so that u = 2 + 2 sqrt 3.
    assert pytest.approx(1.6629, abs=5e-5) == CROSSING
    shown = slopes()
    assert len(shown.dots) == 2
    for dot in shown.dots:
        assert near(shown, 0, dot) < 3
        assert near(shown, 1, dot) < 3


def test_the_bound_touches_at_zero_alone() -> None:
    shown = slope_bound()
    bound = shown.dots[0]
    assert bound == (WIDTH / 2, round(0.25 / 0.3 * HEIGHT, 2))
    assert [x for x, y in shown.curves[0].points if y >= bound[1]] == [WIDTH / 2]


def test_the_ends_of_the_activations() -> None:
    sigma, tanh = activations().curves
    frame = Frame(-4, 4, -1.1, 1.1)
    assert sigma.points[80] == frame.at(0, 0.5)
    assert tanh.points[80] == frame.at(0, 0)
    assert tanh.points[-1][1] > sigma.points[-1][1]


def test_the_products_fall_as_powers() -> None:
    frame = Frame(1, 20, -16, 0)
    # log10 of 4^-10 is -6.0206, and of 4^-20 it is -12.0412.
    assert vanishing().curves[0].points[9] == frame.at(10, -6.020599913)
    assert vanishing().curves[0].points[19] == frame.at(20, -12.041199827)


def test_each_kind_of_difference_has_its_best_step() -> None:
    one_sided, central = (min(curve.points, key=lambda point: point[1]) for curve in differences().curves)
    steps = [-13 + x / WIDTH * 12 for x, _ in (one_sided, central)]
    # eps^(1/2) is 1.5e-8, and eps^(1/3) is 6e-6: two powers of ten around them.
    assert -9.8 < steps[0] < -6.8
    assert -6.5 < steps[1] < -3.8
    assert central[1] < one_sided[1]
    assert differences().dots == (one_sided, central)


def test_a_shift_changes_nothing() -> None:
    heights = [height for _, height, _ in shift().bars]
    assert heights[:3] == heights[3:]
    # softmax(1, 2, 3) = (1, e, e^2) / (1 + e + e^2).
    assert [height / HEIGHT for height in heights[:3]] == pytest.approx([0.0900, 0.2447, 0.6652], abs=1e-3)


def test_without_the_maximum_taken_away_the_numerators_overflow() -> None:
    frame = Frame(0, 1000, -40, 400)
    naive, shifted, largest = overflow().curves
    # The largest number of double precision is (2 - 2^-52) 2^1023 = 1.7976931e308, and its logarithm 709.7827.
    dot = overflow().dots[0]
    assert dot == naive.points[-1] == frame.at(706.7827129, 308.2547156)
    assert math.isfinite(math.exp(3 + 706.78))
    with pytest.raises(OverflowError):
        math.exp(3 + 706.79)
    assert {upward for _, upward in shifted.points} == {frame.at(0, 0)[1]}
    assert {upward for _, upward in largest.points} == {dot[1]}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_all_is_inside_of_the_frame_and_in_both_drawings(figure: Figure) -> None:
    points = [point for curve in figure.curves for point in curve.points]
    assert all(-0.01 <= x <= WIDTH + 0.01 and -0.01 <= y <= HEIGHT + 0.01 for x, y in points)
    tex, page = drawn(figure).source, str(svg(figure))
    assert tex.isascii()
    assert tex.count(" m ") >= len(figure.curves)
    assert page.count("<polyline") == len(figure.curves)
    assert page.count("<circle") == len(figure.dots)
    assert page.count('class="bar"') == len(figure.bars)
    assert "\\" not in page
    assert "texttt" not in tex, "every name is a formula that may be printed"


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX here")
def test_they_compile(tmp_path: Path) -> None:
    text = latex_document({"format": "gradproof.proofs/1", "claims": [], "mistakes": []})
    pictures = "\n\n".join(drawn(figure).source for figure in FIGURES)
    assert overfull(compiled(text.replace(r"\end{document}", rf"{pictures}\end{{document}}"), tmp_path)) == []


def test_a_report_without_claims_has_no_subject() -> None:
    assert proofs_view({"format": "gradproof.proofs/1", "claims": [], "mistakes": []}).subjects == ()
