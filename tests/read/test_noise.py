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
ROWS = {
    "names": {"x": "1 x p", "W_1": "p x H", "b_1": "1 x H", "W_2": "H x q", "b_2": "1 x q", "t": "1 x q"},
    "definitions": {
        "z": "x W_1 + b_1",
        "h": r"\sigma(z)",
        "y'": "h W_2 + b_2",
        r"\hat y": r"\operatorname{softmax}(y')",
        "C": r"-\sum_i t_i \log \hat y_i",
        r"\delta_1": r"\hat y - t",
        r"\delta_2": r"\delta_1 W_2^T",
        r"\delta_3": r"\delta_2 \odot \sigma'(z)",
    },
    "given": [r"\sum_i t_i = 1"],
}
WORDS = {
    "names": {"U": "d x n", "u": "column of U", "v_c": "d", "o": "index n", "y": "n one-hot at o"},
    "definitions": {r"\hat y": r"\operatorname{softmax}(U^T v_c)", "CE": r"-\sum_i y_i \log \hat y_i"},
}
SIZES = {"names": {"D_x": "dimension", "D_y": "dimension", "H": "dimension"}, "definitions": {"P": "D_x H + H D_y"}}
CLASSES = {
    "names": {"x": "n", "y": "n distribution"},
    "definitions": {r"\hat y": r"\operatorname{softmax}(x)", "CE": r"-\sum_i y_i \log \hat y_i"},
}
INNER = {"names": {"x": "scalar"}, "definitions": {"z(x)": "1 + e^{-x}", "v(t)": r"\frac{1}{t}"}}


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
        (r"\sigma(x) = \frac{1}{1 + e^{x}}", X, Refuted, r"1 + e^{-x}", "a lost minus in an exponent"),
        (r"\sigma'(x) = -\frac{1}{(1 + e^{-x})^2} - -e^{-x}", X, Refuted, r"\cdot -e^{-x}", "a dot as a minus"),
        (r"softman(x) = softman(x + c)", VECTOR, Unreadable, r"\operatorname{softmax}(x) = \operatorname{softmax}(x",
         "twice the same"),
        (r"softman(d) = softman(d + c)", VECTOR, Unreadable, r"\operatorname{softmax}(x) = \operatorname{softmax}(x",
         "and d for x in all places"),
        (r"\operatorname{softmax}(xtc) = \operatorname{softmax}(x)", VECTOR, Unreadable, "(x+c)", "t for a plus"),
        (r"\frac{e^{\kappa_i}}{\sum_j e^{\kappa_j}} = softmax(x)_i", VECTOR, Unreadable, r"\frac{e^{x_i}}",
         "kappa for x"),
        (r"\tanhh(x) = \frac{1 - e^{-2x}}{1 + e^{-2x}}", X,
         Unreadable, r"\operatorname{tanh}(x)", "a command spelled wrong"),
        (r"signoid(\chi) = \frac{1}{1 + e^{-x}}", X, Unreadable, r"\operatorname{sigmoid}(x)", "chi for x, and a word"),
        (r"\sigma(x) = v(\pm(x))", INNER, Unreadable, "v(z(x))", "plus or minus for z"),
        (r"\sigma'(x) = v'(z(x)) Z'(x)", INNER, Unreadable, "z'(x)", "a capital for a function"),
        (r"o'(x) = o(x)^2 \left(\frac{1}{o(x)} - 1\right)", X, Unreadable,
         r"\sigma '(x) = \sigma (x)^2 \left(\frac{1}{\sigma (x)} - 1\right)", "o for sigma in all places"),
        (r"o(x) = o(x) - o(x)^2", X,
         Unreadable, r"\sigma '(x) = \sigma (x) - \sigma (x)^2", "and a lost prime besides"),
        (r"\hat y = Softmax(hWz + b_2)", ROWS, Unreadable, r"\operatorname{softmax}(hW_2 + b_2)", "z for an index 2"),
        (r"h = Signaid(xW_A + b_A)", ROWS,
         Unreadable, r"\operatorname{sigmoid}(xW_1 + b_1)", "A for 1, in both places"),
        (r"z = xN_4 + b_4", ROWS, Unreadable, "xW_1 + b_1", "N for W, 4 for 1"),
        (r"C = CE(t, softmax(y))", ROWS, Unreadable, "softmax(y')", "a lost prime of a name"),
        (r"\delta_1 = j - t", ROWS, Unreadable, r"\hat y - t", "j for y, with its hat lost"),
        (r"\delta_1 = \dot y - t", ROWS, Unreadable, r"\hat y - t", "a dot for a hat"),
        (r"\delta_3 = \delta_2 \odot o(z)", ROWS,
         Unreadable, r"\delta_2 \odot \sigma '(z)", "o for sigma, and a lost prime"),
        (r"\frac{\partial C}{\partial x} = \frac{\partial C}{\partial y} \frac{\partial y}{\partial x}", ROWS,
         Unreadable, r"\frac{\partial C}{\partial \hat y} \frac{\partial \hat y}{\partial x}", "a hat lost twice"),
        (r"P = D_x H + H O_y", SIZES, Unreadable, "H D_y", "O for D"),
        (r"\frac{\partial CE}{\partial x_h} = -\sum_i y_i \frac{1}{\hat y_i} \frac{\partial \hat y_i}{\partial x_h}",
         CLASSES, Unreadable, r"\frac{\partial CE}{\partial x_k}", "an index h for k"),
        (r"\frac{\partial CE}{\partial \Theta} = \hat y - y", LOSS | {"definitions": LOSS["definitions"] | {
            "CE": r"-\sum_i y_i \log \hat y_i"}},
         Unreadable, r"\frac{\partial CE}{\partial \theta }", "a capital Theta"),
        (r"\frac{\partial CE}{\partial v_h} = (\hat y_k - y_k) v_c", WORDS, Unreadable,
         r"\frac{\partial CE}{\partial u_k} = (\hat y_k - y_k) v_c", "v for u, but not in the name that is known"),
        (r"\log \hat y_0 = u_0^\dagger v_c - \log \sum_k e^{u_k^\dagger v_c}", WORDS, Unreadable,
         r"u_o^T v_c - \log \sum_k e^{u_k^T v_c}", "0 for the index o, a dagger for T"),
    ],
)  # fmt: skip
def test_noise(text: str, context: Mapping[str, object], expected: type, meant: str, why: str) -> None:
    ((found, suggestion),) = judged(rf"$${text}$$", context)
    assert found is expected, why
    assert suggestion is not None, why
    assert suggestion.startswith("proved if read as "), why
    assert meant in suggestion, why
    ((again, _),) = judged(rf"$${suggestion.removeprefix('proved if read as ')}$$", context)
    assert again is Proved, f"{why}: what is suggested is proved where it is written"


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
        (r"\sigma'(x) = o(x)(1 + \sigma(x))", X, Unreadable, "read as sigma, it is still wrong"),
        (r"softman(x) = e^x", VECTOR, Unreadable, "the sum is missing, whatever the word"),
        (r"z = xN_4 + b_2", ROWS, Unreadable, "another layer's bias"),
        (r"\delta_3 = \delta_2 W_1^T", ROWS, Misshapen, "a factor that was forgotten"),
        (r"\delta_1 = t - \hat y", ROWS, Refuted, "turned round"),
        (r"P = D_x H + D_y", SIZES, Refuted, "a factor that was forgotten, of dimensions"),
        (r"\frac{\partial CE}{\partial u_k} = \hat y_k v_c", WORDS, Refuted, "the target was forgotten"),
        (r"softmax(x)_i = \frac{x_i}{\sum_j e^{x_j}}", VECTOR, Refuted, "an exponential that was forgotten"),
        (r"W_Q q = 1", X, Unreadable, "nothing like it is known"),
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
