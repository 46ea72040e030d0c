"""Golden files: what a command prints, kept in a file and compared to the byte."""

from pathlib import Path

import pytest

import verify  # noqa: F401 - before a test imports SymPy: it sets how SymPy computes
from verify.kernel.recalled import forget

GOLDEN = Path(__file__).parent / "golden"


class Golden:
    """Compares a text with the file of that name in tests/golden, or writes the file with ``--update-golden``."""

    def __init__(self, update: bool) -> None:
        self.update = update

    def check(self, name: str, text: str) -> None:
        path = GOLDEN / name
        if self.update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"there is no {path.name} in tests/golden; write it with: pytest --update-golden"
        assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; if it should, pytest --update-golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(autouse=True)
def _nothing_is_recalled() -> None:
    """A rule that a test plants is tried on every link, also on those that were decided before it was planted."""
    forget()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(bool(request.config.getoption("--update-golden")))
