"""The table of truth: no row is missing, and each has the verdict that it says it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.read.reading import meaning
from tests.truth.rows import Row, faults, rows
from verify.language import Unreadable

ROWS = {row.id: row for row in rows()}

IDS = (
    "softmax-shift-entry",
    "softmax-shift-vector",
    "softmax-shift-factor-last",
    "softmax-shift-in-steps",
    "softmax-shift-common-fraction",
    "shifted-entry-not-positive",
    "shifted-exponential-closed",
    "shifted-exponential-open",
    "shift-prevents-overflow",
    "exponential-positive",
    "softmax-open-range",
    "softmax-half-open-range",
    "softmax-sums-to-one",
    "softmax-three-steps",
    "softmax-entry-for-weight",
    "linear-two-layers",
    "linear-any-depth",
    "linear-any-depth-dots",
    "linear-two-layers-transposed",
    "linear-three-layers-transposed",
    "linear-sums-for-products",
    "logistic-derivative-mirrored",
    "logistic-derivative-split",
    "logistic-derivative-long",
    "logistic-derivative-minus-for-equals",
    "logistic-derivative-power",
    "logistic-derivative-chain-rule",
    "logistic-derivative-of-value",
    "logistic-definition-sign-lost",
    "logistic-derivative-entrywise",
    "logistic-factor-argument",
    "logistic-factor-argument-range",
    "tanh-from-logistic",
    "tanh-to-logistic",
    "tanh-misread-number",
    "tanh-minus-lost",
    "tanh-other-forms",
    "tanh-derivative",
    "tanh-range",
    "logistic-range",
    "tanh-steeper-near-zero",
    "tanh-steeper-everywhere",
    "affine-transposed-weights-entries",
    "affine-transposed-weights-row-layout",
    "affine-transposed-input-entries",
    "affine-transposed-input-row-layout",
    "affine-transposed-bias-entries",
    "affine-transposed-bias-row-layout",
    "affine-transposed-shapes",
    "affine-transposed-partials",
    "affine-transposed-weights-matrix",
    "affine-transposed-input-matrix",
    "affine-transposed-bias-matrix",
    "affine-weights-entries",
    "affine-input-factor-leaves-its-sum",
    "affine-bias-entries",
    "affine-matrices",
    "affine-unknown-name",
    "chain-rule-two-layers",
    "chain-rule-any-depth",
    "chain-rule-regrouped",
    "logistic-saturates",
    "product-of-arguments-vanishes",
    "gradient-vanishes",
    "log-softmax",
    "one-hot-loss",
    "loss-gradient-in-parts",
    "loss-gradient-one-everywhere",
    "loss-for-its-gradient",
    "loss-outer-derivative",
    "softmax-jacobian-cases",
    "softmax-jacobian-factor-lost",
    "loss-gradient",
    "network-input-gradient",
    "network-product-of-jacobians",
    "network-prime-lost",
    "network-jacobian-of-first-layer",
    "parameters-hidden-units-only",
    "parameters-shapes",
    "parameters-count",
    "zero-every-neuron-zero",
    "zero-same-gradient-for-all",
    "zero-uniform-output",
    "zero-gradients-not-all-zero",
    "zero-gradients-small",
    "variance-of-unit",
    "variance-of-backward-unit",
    "word2vec-log-prediction",
    "word2vec-center-of-logarithm",
    "word2vec-center-gradient",
    "word2vec-center-sign",
    "word2vec-output-cases",
    "word2vec-output-chain",
    "word2vec-output-gradient",
)


def test_no_row_is_missing_and_none_is_there_twice() -> None:
    assert tuple(row.id for row in rows()) == IDS
    assert len(set(IDS)) == len(IDS) == 94


def test_no_two_rows_say_the_same() -> None:
    assert len({row.claim for row in rows()}) == len(IDS)


@pytest.mark.parametrize("name", IDS)
def test_the_row_has_its_verdict(name: str) -> None:
    assert faults(ROWS[name]) == []


def test_a_derivative_by_a_name_that_nothing_defines_is_unreadable() -> None:
    """h is nowhere in the context; b was meant."""
    found = meaning(r"$$\frac{\partial J}{\partial h} = \delta$$")
    assert isinstance(found, Unreadable)
    assert "h" in found.says
    assert "b" in found.known
    assert not isinstance(meaning(r"$$\frac{\partial J}{\partial b} = \delta$$"), Unreadable)


def changed(name: str, **changes: object) -> Row:
    return replace(ROWS[name], **changes)  # type: ignore[arg-type]


PLANTED = [
    (changed("softmax-sums-to-one", verdict="refuted"), "no mistake is refuted", "a true claim called false"),
    (changed("softmax-sums-to-one", verdict="misshapen"), "no mistake is misshapen", "a true claim called misshapen"),
    (
        changed("softmax-entry-for-weight", verdict="proved"),
        "a mistake does not hold what is proved",
        "a false claim called true",
    ),
    (
        changed("softmax-entry-for-weight", verdict="misshapen"),
        "no mistake is misshapen",
        "a false claim called misshapen",
    ),
    (changed("softmax-sums-to-one", held_by=("softmax.sums",)), "softmax.sums is not there", "an unknown name"),
    (
        changed("shift-prevents-overflow", held_by=("tests/derivations/test_overflow.py::test_nothing",)),
        "tests/derivations/test_overflow.py::test_nothing is not there",
        "an unknown test",
    ),
    (
        changed("softmax-half-open-range", verdict="partial", condition="n = 1"),
        "without the condition it holds as well",
        "a claim that needs no condition",
    ),
    (changed("loss-gradient", condition=None), "the condition is not said", "a condition that is not named"),
    (changed("tanh-range", verdict="loose"), "no claim names a larger set than the exact range", "an exact range"),
    (changed("tanh-range", exact="(0, 1)"), "the exact range is not (0, 1) but {'(-1, 1)'}", "another range"),
    (
        changed("affine-transposed-weights-row-layout", layout="denominator"),
        "no claim is the transpose of a derivative, denominator layout",
        "another layout",
    ),
    (
        changed("affine-transposed-bias-row-layout", held_by=("affine_transposed.bias_gradient",)),
        "no mistake says the same of the derivative as it is laid out here",
        "a convention without its contrary",
    ),
    (
        changed(
            "affine-transposed-weights-row-layout",
            held_by=("affine_transposed.weight_gradient_transposed", "affine_transposed.sign_flipped"),
        ),
        "no mistake says the same of the derivative as it is laid out here",
        "a mistake about something else",
    ),
    (
        changed("affine-matrices", held_by=("affine.bias_gradient_transposed",)),
        "affine.bias_gradient_transposed is no derivative in the mixed layout",
        "the other layout",
    ),
    (changed("affine-unknown-name", held_by=("affine.bias_gradient",)), "no test of the reader says so", "no reader"),
]


@pytest.mark.parametrize(("row", "says", "why"), PLANTED, ids=[why for _, _, why in PLANTED])
def test_a_planted_row_is_seen(row: Row, says: str, why: str) -> None:
    assert says in faults(row), why


@pytest.mark.parametrize("changes", [{"verdict": "true"}, {"layout": "row"}, {"held_by": ()}, {"claim": ""}], ids=str)
def test_a_row_of_unknown_words_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="softmax-sums-to-one"):
        changed("softmax-sums-to-one", **changes)
