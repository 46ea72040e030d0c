r"""Limits as they are written: \lim, arrows, conditions beside them, and what stays undecided."""

from collections.abc import Mapping

import pytest

import verify
from verify.language import Proved, Refuted, Stated, Undecided, Unreadable

Z = {"names": {"z": "scalar", "x": "scalar", "c": "scalar"}}
MANY = {"names": {"z": "scalar for i", "n": "dimension"}}
ENTRIES = {"names": {"z": "n"}}
NOTHING: dict[str, object] = {}


def verdicts(text: str, context: Mapping[str, object]) -> list[type]:
    return [type(each.verdict) for each in verify.check(text, dict(context) or None)]


@pytest.mark.parametrize(
    ("text", "context", "expected", "why"),
    [
        (r"\lim_{z \to \infty} \sigma(z) = 1", Z, [Proved], "the logistic function far above 0"),
        (r"\lim_{z \to -\infty} \sigma(z) = 0", Z, [Proved], "and far below"),
        (r"\lim_{z \to +\infty} \sigma(z) = 0", Z, [Refuted], "the wrong end"),
        (r"\lim\limits_{z \to \infty} \frac{1}{1 + e^{-z}} = 1", Z, [Proved], "written out"),
        (r"\lim_{z \to \pm\infty} \sigma'(z) = 0", Z, [Proved, Proved], "two limits"),
        (r"\lim_{z \to \pm\infty} \sigma(z) = 1", Z, [Proved, Refuted], "of which one is wrong"),
        (r"\lim_{|z| \to \infty} \tanh'(z) = 0", Z, [Proved, Proved], "the size tends to infinity both ways"),
        (r"\lim_{z \to \infty} z^2 = \infty", Z, [Proved], "infinity as a limit"),
        (r"\lim_{z \to \infty} z^2 = -\infty", Z, [Refuted], "the other one"),
        (r"\lim_{z \to \infty} z \\ &= \infty", Z, [Proved], "in the next row"),
        (r"0 = \lim_{z \to \infty} e^{-z}", Z, [Proved], "the limit on the right"),
        (r"\lim_{z \to \infty} \sigma'(z) = \lim_{z \to \infty} \sigma(z)(1 - \sigma(z)) = 0", Z, [Proved] * 2, "both"),
        (r"\lim_{z \to \infty} \sigma(z) = \lim_{z \to \infty} \tanh(z) = 1", Z, [Undecided, Proved], "no identity"),
        (r"\lim_{z \to \infty} \sigma(z) = \lim_{z \to -\infty} \sigma(z)", Z, [Undecided], "two ways"),
        (r"\sigma'(z) = \sigma(z)(1 - \sigma(z)) \to 0 \text{ as } z \to \infty", Z, [Proved] * 2, "a chain"),
        (r"\sigma(z) \to 0 \text{ as } z \to \infty", Z, [Refuted], "the wrong limit"),
        (r"\sigma(z) \to 1 \quad (z \to \infty)", Z, [Proved], "in parentheses"),
        (r"\sigma(z) \to 1, \quad z \to \infty", Z, [Proved], "after a comma"),
        (r"z \to -\infty \Rightarrow \sigma(z) \to 0", Z, [Stated, Proved], "before an arrow"),
        (r"z \to -\infty \Rightarrow \sigma(z) \to 1", Z, [Stated, Refuted], "the wrong limit"),
        (r"\sigma(z) \xrightarrow{z \to \infty} 1", Z, [Proved], "over an arrow"),
        (r"\sigma(z) \xrightarrow[z \to -\infty]{} 1", Z, [Refuted], "under it"),
        (r"\sigma(z) \underset{z \to \infty}{\longrightarrow} 1", Z, [Proved], "under another one"),
        (r"\sigma(z) \stackrel{z \to \infty}{\to} 0", Z, [Refuted], "over another one"),
        ("σ(z) → 1, z → ∞", Z, [Proved], "Unicode"),
        (r"\prod_{i=1}^n \sigma'(z_i) \to 0, \quad n \to \infty", MANY, [Proved], "a long product"),
        (r"n \to \infty \Rightarrow \prod_{i=1}^n \sigma'(z_i) \to 0", ENTRIES, [Stated, Proved], "of entries"),
        (
            r"n \to \infty \Rightarrow \prod_{i=1}^n \sigma'(z_i) \to 0",
            NOTHING,
            [Stated, Proved],
            "of what is not declared",
        ),
        (r"\lim_{n \to \infty} \prod_{i=1}^n \sigma(z_i) = 0", ENTRIES, [Refuted], "less than one is not enough"),
        (r"\lim_{n \to \infty} \left(\tfrac{1}{4}\right)^n = 0", MANY, [Proved], "a power"),
        (r"\lim_{z \to \infty} \sigma(z) = 1", NOTHING, [Proved], "without a context"),
        (r"\lim_{t \to \infty} \sigma(t) = 0", NOTHING, [Refuted], "a number is nothing but a number"),
        (r"z \to \infty \Rightarrow \sigma(z) = 1", Z, [Stated, Undecided], "an equation that a limit is meant by"),
        (
            r"z \to \infty \Rightarrow \sigma'(z) = \sigma(z) - \sigma(z)^2",
            Z,
            [Stated, Proved],
            "one that holds anyhow",
        ),
        (r"z \to 0 \Rightarrow \sigma(z) \to \frac{1}{2}", Z, [Undecided, Undecided], "not at infinity"),
        (r"\lim_{z \to 0} \sigma(z) = \frac{1}{2}", Z, [Undecided], "nor here"),
        (r"\sigma(z) \to 1", Z, [Undecided], "nothing tends anywhere"),
        (r"x \to 0", Z, [Undecided], "nor here"),
        (r"\lim_{z \to \infty} \sigma(z) \le 1", Z, [Undecided], "an order beside a limit"),
        (r"\lim_{z \to \infty} c \sigma(z) = c", Z, [Undecided], "a limit that is no number"),
        (r"L = \lim_{z \to \infty} \sigma(z)", Z, [Unreadable], "no name is defined by a limit"),
        (r"z = \infty", Z, [Unreadable], "infinity is no number"),
        (r"y = \infty", Z, [Unreadable], "and defines nothing"),
        (r"2 \lim_{z \to \infty} \sigma(z) = 2", Z, [Unreadable], "a limit within a formula"),
    ],
)
def test_limits(text: str, context: dict[str, object], expected: list[type], why: str) -> None:
    assert verdicts(rf"\[ {text} \]", context) == expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"As $z \to \infty$, $\sigma(z) \to 1$.", [Stated, Proved]),
        (r"As $z \to -\infty$, $\sigma(z) \to 1$.", [Stated, Refuted]),
        (r"$\sigma(z) \to 0$ as $z \to -\infty$.", [Proved, Stated]),
        (r"As $z = z$, $\sigma(z) = 1$.", [Proved, Refuted]),
    ],
)
def test_limits_in_a_sentence(text: str, expected: list[type]) -> None:
    assert verdicts(text, Z) == expected


def test_what_tends_where_is_listed() -> None:
    (judgment,) = verify.check(r"$$\lim_{z \to \infty} \sigma(z) = 1$$", Z)
    assert judgment.assumed == (r"where z \to \infty",)
