"""The write-up that ships as an example: what it claims is right, but for the mistakes planted in it.

Planted are three: in question 4 a factor is pulled out of the sum that binds its index, and the gradient by W is
x delta^T where W is k x d; at the end of question 6 prediction and target are turned round.
"""

from pathlib import Path

import pytest

from verify.language import Judgment, Misshapen, Proved, Refuted, Stated
from verify.read import judge, load_context, read

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"


@pytest.fixture(scope="module")
def judgments() -> tuple[Judgment, ...]:
    path = EXAMPLES / "neural-networks.md"
    return judge(read(path.read_text(encoding="utf-8"), path.name, load_context(path.with_suffix(".toml"))))


def test_the_planted_mistakes_are_found_and_nothing_else(judgments: tuple[Judgment, ...]) -> None:
    caught = [each for each in judgments if not isinstance(each.verdict, Proved | Stated)]
    assert [(each.question, each.right) for each in caught] == [
        ("4", r"\delta_i \sum_{i=1}^{k} W_{ij}"),
        ("4", r"x \delta^T"),
        ("6", r"y - \hat y"),
    ]
    sum_left, turned, sign = (each.verdict for each in caught)
    assert isinstance(sum_left, Misshapen)
    assert sum_left.reason == "unbound-index"
    assert isinstance(turned, Misshapen)
    assert (turned.reason, turned.transposed) == ("shape", True)
    assert isinstance(sign, Refuted)


def test_what_it_defines_is_stated(judgments: tuple[Judgment, ...]) -> None:
    assert [each.left for each in judgments if isinstance(each.verdict, Stated)] == ["h", "y", "W", "b", "L"]


def test_every_question_has_something_proved(judgments: tuple[Judgment, ...]) -> None:
    proved = [each.question for each in judgments if isinstance(each.verdict, Proved)]
    assert list(dict.fromkeys(proved)) == list("123456")
    assert len(proved) == 38
