"""Generated submissions, right and wrong in known ways: each mark is as it must be, also after kills.

``python -m tests.grade.many`` does the same with ten thousand.
"""

import random
from pathlib import Path

import pytest

from tests.grade.many import differing, interrupted
from tests.grade.planted import QUESTIONS, plant, submission, unexpected
from tests.grade.test_answers import ASSIGNMENTS
from verify.grade.batch import Batch
from verify.grade.overrides import NOTHING
from verify.grade.submissions import submissions


def graded(folder: Path, name: str) -> None:
    Batch(ASSIGNMENTS[name], submissions([str(folder / "in")]), folder / "whole", NOTHING, jobs=2).run()


@pytest.mark.parametrize(("name", "many"), [("networks", 10), ("vectors", 5)])
def test_every_planted_mistake_is_found_and_no_right_answer_marked_down(tmp_path: Path, name: str, many: int) -> None:
    expected = plant(tmp_path / "in", name, many)
    graded(tmp_path, name)
    assert unexpected(tmp_path / "whole", expected) == []


def test_a_mark_that_is_not_what_it_must_be_is_told(tmp_path: Path) -> None:
    expected = plant(tmp_path / "in", "networks", 1)
    graded(tmp_path, "networks")
    score, pending, code = expected["s00000"]["4c"]
    for wrong in ((score + 1, pending, code), (score, pending + 1, code), (score, pending, "case")):
        assert len(unexpected(tmp_path / "whole", {"s00000": {**expected["s00000"], "4c": wrong}})) == 1


def test_all_parts_are_planted_and_no_more_points_than_there_are() -> None:
    for name, questions in QUESTIONS.items():
        worth = {each.id: each.points for each in ASSIGNMENTS[name].all_parts}
        for variants in (variants for parts in questions.values() for variants in parts):
            for each in variants:
                assert all(score + pending <= worth[part] for part, (score, pending, _) in each.marks.items())
        _, _, marks = submission(name, random.Random(1))  # noqa: S311 - not for secrets
        assert list(marks) == list(worth)


def test_a_batch_that_is_killed_at_random_moments_ends_as_if_it_was_not(tmp_path: Path) -> None:
    plant(tmp_path / "in", "networks", 4)
    graded(tmp_path, "networks")
    interrupted("networks", tmp_path, 4, random.Random(), kills=1)  # noqa: S311 - not for secrets
    assert differing(tmp_path / "whole", tmp_path / "killed") == []
