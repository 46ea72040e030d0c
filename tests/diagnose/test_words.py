"""Every code has its two sentences; the student's gives no formula away, the grader's does."""

import re

import pytest
from sympy import preorder_traversal

from verify.check import check
from verify.diagnose import diagnose
from verify.diagnose.codes import CODES, undone
from verify.diagnose.words import FOR_GRADER, FOR_STUDENT
from verify.language import (
    Chain,
    Expression,
    Node,
    cross_entropy,
    delta,
    diff,
    dims,
    equal,
    index,
    matrix,
    one_hot,
    scalar,
    sigma,
    softmax,
    vector,
    vjp,
)

m, n = dims("m n")
i, k = index("i", n), index("k", n)
z, W, b, x, up = scalar("z"), matrix("W", m, n), vector("b", m), vector("x", n), vector("d", m)
y = W * x + b


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


WRONG = [
    equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))),
    equal(diff(cross_entropy(one_hot(k, n), softmax(x)), x[i]), delta(i, k) - softmax(x)[i]),
    equal(vjp(y, W, upstream=up), x * up.T),
    equal(vjp(y, x, upstream=up), W * up),
    equal(y, W * x),
    equal(diff(softmax(x)[i], x[k]), softmax(x)[i] * (1 - softmax(x)[k])),
    equal(diff(softmax(x)[i], x[k]), delta(i, k) * softmax(x)[i] * (1 - softmax(x)[i])),
]


@pytest.mark.parametrize("chain", WRONG, ids=str)
def test_no_sentence_for_a_student_holds_a_piece_of_what_would_be_right(chain: Chain) -> None:
    *_, link = chain.links()
    found = diagnose(link, check(link).verdict).explanations
    assert found
    for each in found:
        words = set(re.findall(r"\\[A-Za-z]+|[A-Za-z]+|\d+", each.for_student))
        assert isinstance(each.repaired, Expression)
        pieces = {str(part) for part in preorder_traversal(each.repaired) if isinstance(part, Node)}
        assert not words & pieces
        assert each.for_student == FOR_STUDENT[each.code]


@pytest.mark.parametrize("code", CODES)
def test_what_undoes_a_mistake_on_the_other_side_undone_again_is_itself(code: str) -> None:
    assert undone(undone(code)) == code
    assert undone(code) in CODES
