"""What is told of a judgment: the mistake, the witness in round numbers, noise where another reading is proved."""

from dataclasses import replace

from verify.check import check
from verify.diagnose import explain_link
from verify.language import dims, equal, exp, index, scalar, sigma, softmax, sum_over, vector

(n,) = dims("n")
j = index("j", n)
x, z = vector("x", n), scalar("z")
(WRONG,) = equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))).links()


def test_what_is_told() -> None:
    told = explain_link(check(WRONG))
    assert told is not None
    before, after = (rf"1 {sign} \sigma\left(z\right)" for sign in "+-")
    repaired = rf"\sigma\left(z\right) \left({after}\right)"
    assert told.record() == {
        "code": "sign",
        "for_student": "Check the signs: one of them is wrong.",
        "for_grader": f"A sign is wrong; {after} for {before} makes it right: {repaired}.",
        "edit": {"side": "right", "before": before, "after": after},
        "repaired": repaired,
        "witness": "for z = 0: left 1/4, right 3/4",
        "others": [],
    }
    assert told.shown == "Check the signs: one of them is wrong. [sign]"
    assert told.witness == "for z = 0: left 1/4, right 3/4"


def test_a_witness_is_rounded() -> None:
    (link,) = equal(softmax(x)[j], 1 / sum_over(j, exp(x[j]))).links()
    told = explain_link(check(link))
    assert told is not None
    assert told.code == "missing-factor"
    # e^x_1 is missing; at x = (1) the entry is 1, and 1 / e is 0.3679
    assert told.witness == "for n = 1, j = 1, x = 1: left 1, right 0.37"


def test_what_is_right_is_not_explained() -> None:
    (link,) = equal(z + z, 2 * z).links()
    assert explain_link(check(link)) is None


def test_nothing_explains_it() -> None:
    (link,) = equal(softmax(x)[j], 7 + exp(sigma(z)) * z).links()
    told = explain_link(check(link))
    assert told is not None
    assert told.code is None
    record = told.record()
    assert (record["code"], record["edit"], record["repaired"]) == (None, None, None)
    assert told.shown == told.for_student == "No single usual mistake explains this step."


def test_another_reading_that_is_proved_is_noise() -> None:
    (link,) = equal(softmax(x)[j], 1 / sum_over(j, exp(x[j]))).links()
    told = explain_link(replace(check(link), suggestion="perhaps e^{x_j}"))
    assert told is not None
    assert (told.code, told.for_grader) == ("noise", "perhaps e^{x_j}")


def test_a_sign_is_likelier_than_noise() -> None:
    told = explain_link(replace(check(WRONG), suggestion="perhaps 1 - sigma"))
    assert told is not None
    assert told.code == "sign"


def test_taking_out_is_likelier_than_putting_in() -> None:
    c = scalar("c")
    (link,) = equal(softmax(x + c)[j], exp(c) * softmax(x)[j]).links()
    told = explain_link(check(link))
    assert told is not None
    # e^c is left out; dividing the softmax by e^c does the same
    assert [told.code, *(each.code for each in told.others)] == ["extra-factor", "missing-factor"]
