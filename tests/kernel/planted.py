"""Wrong steps that are planted in the proof of an inequality, and must be seen by its replay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.kernel.test_order import verdict
from verify.kernel import order
from verify.language import Chain, Undecided

Plant = Callable[[pytest.MonkeyPatch], None]


def require_caught(plant: Plant, chain: Chain, given: tuple[Chain, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails unless a false inequality, which the wrong step shows, contradicts a value at an instance."""
    monkeypatch.setattr(order, "_fails_already", lambda *_: False)  # so that the step is reached
    plant(monkeypatch)
    found = verdict(chain, *given)
    assert isinstance(found, Undecided), found
    assert "contradict each other" in found.says
