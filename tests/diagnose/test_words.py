"""Every code has its two sentences; the student's gives no formula away, the grader's does."""

import re

import pytest

from verify.check import check
from verify.diagnose import diagnose
from verify.diagnose.codes import CODES, undone
from verify.diagnose.words import FOR_GRADER, FOR_STUDENT
from verify.language import equal, scalar, sigma

z = scalar("z")


def test_codes_and_sentences_are_the_same_set() -> None:
    assert set(CODES) == set(FOR_STUDENT) == set(FOR_GRADER)
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_sentence_for_the_student_is_one_and_holds_no_formula(code: str) -> None:
    says = FOR_STUDENT[code]
    assert says.count(".") + says.count("?") == 1
    assert says.endswith((".", "?"))
    assert not re.search(r"[\\$_^=\d]", says)


def test_the_grader_is_given_the_repaired_formula_and_the_student_is_not() -> None:
    (link,) = equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))).links()
    best = diagnose(link, check(link).verdict).explanations[0]
    assert str(best.repaired) in best.for_grader
    assert str(best.repaired) not in best.for_student
    assert best.after in best.for_grader


@pytest.mark.parametrize("code", CODES)
def test_what_undoes_a_mistake_on_the_other_side_undone_again_is_itself(code: str) -> None:
    assert undone(undone(code)) == code
    assert undone(code) in CODES
