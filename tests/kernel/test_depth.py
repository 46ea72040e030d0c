"""Any depth: the tables, what an induction shows, and planted mistakes in its rules."""

from __future__ import annotations

import pytest

from tests.kernel.depth_tables import ALWAYS_PROVED, NEVER_PROVED, the_link
from verify.check import check
from verify.language import Chain, Proved, Undecided, dims, equal, family, recursion, vector, widths
from verify.sample import Disagreement, sample


@pytest.mark.parametrize(("chain", "given"), ALWAYS_PROVED)
def test_is_always_proved(chain: Chain, given: tuple[Chain, ...]) -> None:
    verdict = check(the_link(chain, given)).verdict
    assert isinstance(verdict, Proved), verdict
    assert verdict.conditions == ()
    assert verdict.replay.instances > 0


@pytest.mark.parametrize(("chain", "given"), NEVER_PROVED)
def test_is_never_proved(chain: Chain, given: tuple[Chain, ...]) -> None:
    assert not isinstance(check(the_link(chain, given)).verdict, Proved)


@pytest.mark.parametrize(("chain", "given"), ALWAYS_PROVED)
def test_the_sampler_sees_no_fault_in_what_is_proved(chain: Chain, given: tuple[Chain, ...]) -> None:
    assert not isinstance(sample(the_link(chain, given), 20), Disagreement)


def test_a_recursion_whose_step_fits_at_no_level_is_undecided_with_the_reason() -> None:
    (depth,) = dims("L")
    wide, x = widths("D"), vector("x", widths("D")(0))
    square = family("W", lambda level: (wide(level), wide(level)))
    a = recursion("a", x, lambda level: square(level) * a(level - 1), lambda level: (wide(level), 1))
    verdict = check(the_link(equal(a(depth), 2 * a(depth)), ())).verdict
    assert isinstance(verdict, Undecided)
    assert "the columns of W_1 (D_1 x D_1) do not meet the rows of x (D_0 x 1)" in verdict.says
