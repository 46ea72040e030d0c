"""Any depth: the tables, what an induction shows, and planted mistakes in its rules."""

from __future__ import annotations

import pytest

from tests.kernel.depth_tables import ALWAYS_PROVED, NEVER_PROVED, the_link
from verify.check import check
from verify.language import Chain, Proved
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
