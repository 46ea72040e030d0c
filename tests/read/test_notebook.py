"""Notebooks: Markdown cells are read, none is run, and places are told by the cell."""

import json

import pytest

from verify.read import ReadError, read
from verify.read.notebook import notebook


def of(*cells: object) -> str:
    return json.dumps({"nbformat": 4, "cells": list(cells)})


def markdown(source: object) -> dict[str, object]:
    return {"cell_type": "markdown", "source": source}


CODE = {"cell_type": "code", "source": "$$a = b$$\nimport os; os.remove('x')"}


def test_places_are_told_by_the_cell() -> None:
    document = read(of(CODE, markdown("one\n\n$$1 = 1$$"), CODE, markdown(["$$\n", "2 = 2$$"])), "hw.ipynb")
    assert [str(step.at) for step in document.steps] == ["hw.ipynb:cell 2:3:7", "hw.ipynb:cell 4:2:5"]


def test_headings_and_chains_go_on_over_cells() -> None:
    first, second = read(of(markdown("# Q2\n$$1 = 1$$"), CODE, markdown("$$= 1$$")), "hw.ipynb").steps
    assert (first.question, second.question, second.left) == ("2", "2", "1")


def test_a_fence_without_an_end_costs_its_cell_alone() -> None:
    document = read(of(markdown("```\n$$1 = 1$$"), markdown("$$2 = 2$$")), "hw.ipynb")
    assert [step.left for step in document.steps] == ["2"]


@pytest.mark.parametrize(
    ("cells", "steps"),
    [
        ([], 0),
        ([None, 3, "x", {}, markdown(None), markdown([1, "$$1 = 1$$"])], 1),
        ([{"cell_type": "raw", "source": "$$1 = 1$$"}], 0),
    ],
)
def test_odd_cells(cells: list[object], steps: int) -> None:
    assert len(read(of(*cells), "hw.ipynb").steps) == steps


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this is not JSON"),
        ("[]", "no cells"),
        ('{"cells": {}}', "no cells"),
        ('{"cells":' + "[" * 100_000, "nested too deeply"),
        (of(markdown("a\0")), "a NUL character"),
        (of(markdown("a\ud800")), "half of a surrogate pair"),
    ],
)
def test_what_is_no_notebook(text: str, says: str) -> None:
    with pytest.raises(ReadError, match=says):
        read(text, "hw.ipynb")


def test_an_error_shows_its_line() -> None:
    (step,) = read(of(CODE, markdown("one\n$$ a = (b $$")), "hw.ipynb").steps
    assert getattr(step.meaning, "source", None) == "$$ a = (b $$"
    assert notebook(of(), "hw.ipynb").text == ""
