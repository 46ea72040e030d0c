r"""Short excerpts as transcribing handwriting garbles them: the plain verdict, and the reading that would be proved."""

from collections.abc import Mapping

import pytest

import verify
from verify.language import Misshapen, Proved, Refuted, Undecided, Unreadable

X = {"names": {"x": "scalar"}}
VECTOR = {"names": {"x": "n", "c": "scalar"}}
AFFINE = {
    "names": {"W": "k x d", "x": "d", "b": "k", "J": "function of y"},
    "definitions": {"y": "W x + b", r"\delta": r"\frac{\partial J}{\partial y}"},
}
LOSS = {
    "names": {r"\theta": "n", "y": "n distribution"},
    "definitions": {r"\hat y": r"\operatorname{softmax}(\theta)"},
}
VELOCITY = {"names": {"v": "scalar", "f": "elementwise function"}}


def judged(text: str, context: Mapping[str, object]) -> list[tuple[type, str | None]]:
    return [(type(each.verdict), each.suggestion) for each in verify.check(text, dict(context))]


@pytest.mark.parametrize(
    ("text", "context", "expected", "meant", "why"),
    [
        (r"\tanh(x) = 26(2x) - 1", X, Refuted, r"2\sigma (2x) - 1", "26 for 2 sigma"),
        (r"\sigma'(x) = 6(x)(1 - \sigma(x))", X, Refuted, r"\sigma (x)(1 - \sigma(x))", "6 for sigma"),
        (r"\sigma'(x) = \sigma(x)(1 - o(x))", X, Unreadable, r"\sigma(x)(1 - \sigma (x))", "o for sigma"),
        (r"\sigma'(x) = \delta(x)(1 - \sigma(x))", X, Unreadable, r"\sigma (x)(1 - \sigma(x))", "delta for sigma"),
        (r"\frac{\partial J}{\partial W} = 8 x^T", AFFINE, Misshapen, r"\delta x^T", "8 for delta"),
        (r"\frac{\partial J}{\partial b} = 8", AFFINE, Misshapen, r"\delta", "8 for delta, alone"),
        (r"softman(x + c) = softmax(x)", VECTOR, Unreadable, r"\operatorname{softmax}(x + c)", "softman for softmax"),
        (r"\text{softmax}(x + c) = \text{sottmax}(x)", VECTOR, Unreadable, r"\operatorname{softmax}(x)", "t for f"),
        (r"\tanh(x) = 2\sigma(2x) 1", X, Refuted, r"2\sigma(2x) - 1", "a lost minus"),
        (r"f(V) + f(v) = 2 f(v)", VELOCITY, Unreadable, r"f(v) + f(v)", "V for v"),
        (
            r"\frac{\partial J}{\partial w} = \delta x^T",
            AFFINE,
            Unreadable,
            r"\frac{\partial J}{\partial W}",
            "w, W",
        ),
        (
            r"\frac{\partial CE(y, \hat y)}{\partial \theta} = y - y",
            LOSS,
            Refuted,
            r"\hat y - y",
            "a hat that was lost",
        ),
        (r"e^{-x} = \frac{1}{\sigma(x)} 1", X, Refuted, r"\frac{1}{\sigma(x)} - 1", "a lost minus after a fraction"),
    ],
)
def test_noise(text: str, context: Mapping[str, object], expected: type, meant: str, why: str) -> None:
    ((found, suggestion),) = judged(rf"$${text}$$", context)
    assert found is expected, why
    assert suggestion is not None, why
    assert suggestion.startswith("proved if read as "), why
    assert meant in suggestion, why


def test_a_minus_for_an_equals_sign() -> None:
    found = judged("$$\\sigma'(x) = \\sigma(x)(1 - \\sigma(x))$$\n\n$$-\\frac{e^{-x}}{(1 + e^{-x})^2}$$", X)
    assert [verdict for verdict, _ in found] == [Proved, Unreadable]
    assert found[1][1] == r"proved if read as \sigma(x)(1 - \sigma(x)) = \frac{e^{-x}}{(1 + e^{-x})^2}"


@pytest.mark.parametrize(
    ("text", "context", "expected", "why"),
    [
        (r"\sigma(x) = \sigma(x)^2 + 1", X, Refuted, "no small edit mends it"),
        (r"\tanh(x) = 27(2x) - 1", X, Refuted, "27 looks like nothing that is true"),
        (r"\frac{\partial J}{\partial W} = x \delta^T", AFFINE, Misshapen, "an error of the writer, and no noise"),
        (r"\frac{\partial J}{\partial x} = W \delta", AFFINE, Misshapen, "a transpose that was forgotten"),
        (r"\tanh(x) = 2\sigma(2x) + 1", X, Refuted, "a sign that is there is read as it is"),
        (r"x = 26", X, Undecided, "this may define x"),
    ],
)
def test_what_is_wrong_is_not_explained_away(
    text: str, context: Mapping[str, object], expected: type, why: str
) -> None:
    assert judged(rf"$${text}$$", context) == [(expected, None)], why


def test_a_lost_prime() -> None:
    ((found, suggestion),) = judged(r"$$\sigma(x) = \sigma(x) - \sigma(x)^2$$", X)
    assert found is Refuted
    assert suggestion == r"proved if read as \sigma'(x) = \sigma(x) - \sigma(x)^2"
