"""A link that holds in one case of two indices alone; the expected cases are worked out by hand."""

import pytest

from verify.diagnose.cases import explain_cases
from verify.diagnose.trial import Steps
from verify.language import Chain, define, delta, diag, diff, dims, equal, hadamard, index, jacobian, softmax, vector

m, n = dims("m n")
i, k = index("i", n), index("k", n)
x, y = vector("x", n), vector("y", m)
s = define("s", softmax(x))

TABLE: list[tuple[Chain, str | None, str]] = [
    # d s_i / d x_k is s_i (1 - s_i) for i = k, and -s_i s_k else
    (equal(diff(s[i], x[k]), s[i] * (1 - s[i])), "i = k", "the form on the diagonal"),
    (equal(diff(s[i], x[k]), -s[i] * s[k]), r"i \ne k", "the form off the diagonal"),
    (equal(diff(s[i], x[k]), s[i] + 1), None, "wrong in both cases"),
    (equal(jacobian(softmax(x), x), diag(hadamard(s, 1 - s))), "p = q", "the diagonal of the Jacobian alone"),
    (equal(delta(i, k), 1), "i = k", "a delta is 1 for equal indices"),
    (equal(delta(i, k), 0), r"i \ne k", "and 0 for different ones"),
    (equal(x[i] + 0 * x[k], x[i]), "i = k", "true in both cases: the first that is proved is told"),
]


@pytest.mark.parametrize(("chain", "case", "why"), TABLE, ids=[row[2] for row in TABLE])
def test_the_case_in_which_it_holds(chain: Chain, case: str | None, why: str) -> None:
    found = explain_cases(chain.links()[0], Steps(1000))
    assert [each.for_grader.rpartition(" holds for ")[2] for each in found] == ([f"{case} only."] if case else []), why


def test_without_steps_nothing_is_tried() -> None:
    (link,) = equal(delta(i, k), 1).links()
    assert explain_cases(link, Steps(0)) == ()
