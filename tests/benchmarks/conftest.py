"""What the tests hold by themselves, all claims and pytest, is no garbage that what is measured must look through."""

from __future__ import annotations

import gc

import pytest


@pytest.fixture(autouse=True, scope="session")
def _what_is_loaded_stays() -> None:
    """As a worker of the command does, once it has loaded what it needs."""
    gc.collect()
    gc.freeze()
