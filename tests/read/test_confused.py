r"""One slip at a time: what each sign may have been, where it may not, and what the edited formula looks like."""

import pytest

from tests.read.reading import name
from verify.language import Name
from verify.read.confused import is_known, misread, slips
from verify.read.edits import applied
from verify.read.scope import Quantity, scope_of
from verify.read.source import Source
from verify.read.suggest import spelled
from verify.read.tokens import tokenize

LETTERS = ("x", "W_1", "v_c", "u", "o", r"\hat y", "y'")
NAMES = scope_of((name(each), Quantity(Name(each))) for each in LETTERS)


def slipped(text: str) -> list[str]:
    tokens, source = tuple(tokenize(text)), Source("", text)
    return [spelled(applied(tokens, [edit]), source) for edit in slips(tokens, NAMES)]


def repaired(text: str, position: int) -> list[str]:
    tokens, source = tuple(tokenize(text)), Source("", text)
    return [spelled(applied(tokens, [edit]), source) for edit in misread(tokens, position, NAMES)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("26(x)", [r"2\sigma (x)"], "6 for sigma, before an argument alone"),
        ("26x", [], "and not before a factor"),
        ("e^{x}", ["e^{-x}"], "a minus that was lost in an exponent"),
        ("a^{x}", [], "of e alone: anything else may have a power"),
        (r"\sigma(x)", [r"\sigma'(x)"], "a prime that was lost"),
        ("y - y", [r"\hat y - y", "y' - y", r"y - \hat y", "y - y'"], "a hat or a prime, each in its place"),
        (r"\hat y", ["y", r"\hat y'"], "or one too many"),
        ("X", ["x"], "a capital for a small letter"),
        ("(x) 1", ["(x) - 1", "(x) + 1"], "a sign lost between two factors"),
        ("(x)1", [], "that stand apart"),
        ("u - -x", [r"u \cdot -x"], "a dot that became a minus"),
        ("softman(x)", [r"\operatorname{softmax}(x)"], "a word that nearly is another"),
        ("u + x", [], "nothing here looks like anything else that is known"),
    ],
)
def test_slips(text: str, expected: list[str], why: str) -> None:
    assert slipped(text) == expected, why


@pytest.mark.parametrize(
    ("text", "position", "expected", "why"),
    [
        (r"\kappa + 1", 0, ["x + 1"], "kappa for x, as x is known, and k is not"),
        ("xtc", 1, ["x+c"], "t for a plus"),
        ("v_0", 0, ["u_0", "v_o"], "v for u, or 0 for the index o"),
        ("N_4", 0, ["W_4", "N_1"], "N for W, or 4 for 1: one at a time"),
        ("Wl", 0, ["W_1"], "an index that rose to the line"),
        (r"\dot y", 1, [r"\hat y", "y", "\\dot y'"], "another accent, or none"),
        ("ex", 0, ["e^x"], "an exponent that sank to the line"),
        (r"u^\dagger x", 2, ["u^T x"], "a dagger for a transpose"),
        ("o(x)", 0, [r"\sigma (x)"], "o for sigma, and no 0 before an argument"),
        ("Q", 0, [], "nothing looks like it"),
    ],
)
def test_misread(text: str, position: int, expected: list[str], why: str) -> None:
    assert repaired(text, position) == expected, why


def test_a_known_name_is_left_alone() -> None:
    tokens = tokenize("v_c v_w")
    assert [is_known(tokens, position, NAMES) for position in (0, 3)] == [True, False]


def test_edits_do_not_disturb_one_another() -> None:
    text = "26(x) - 26(x)"
    tokens = tuple(tokenize(text))
    assert spelled(applied(tokens, list(slips(tokens, NAMES))), Source("", text)) == r"2\sigma (x) - 2\sigma (x)"


def test_there_are_few_slips_to_a_sign() -> None:
    tokens = tokenize("y + 26(x) " * 200)
    assert len(list(slips(tokens, NAMES))) <= 4 * len(tokens)
