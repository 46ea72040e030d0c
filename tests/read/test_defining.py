"""What a write-up defines in one section, and what its context says in another."""

import pytest

from verify.language import word
from verify.read import judge, read, read_context

CONTEXT = r"""
[names]
x = "n"
[[question]]
id = "1"
names = { W = "m x n" }
[[question]]
id = "2"
names = { y = "n", a = "n" }
given = ['\sum_i y_i = 1']
"""
TEXT = """
# 1

$$ y = W x $$

# 2

$$ C = a^T y $$

$$ a = x + x $$

$$ C = 2 x^T y $$

$$ C = x^T y $$
"""


def test_a_definition_brings_back_no_name_of_another_section() -> None:
    """The second y is the context's; that a is defined there must not make it the first one again."""
    verdicts = [(each.left, word(each.verdict)) for each in judge(read(TEXT, "hw.md", read_context(CONTEXT)))]
    assert verdicts == [
        ("y", "stated"),
        ("C", "stated"),
        ("a", "stated"),
        ("C", "proved"),
        ("C", "refuted"),
    ]


INNER = r"""
[names]
x = "scalar"
[definitions]
'z(x)' = '1 + e^{-x}'
'v(t)' = '\frac{1}{t}'
"""


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"$$v(z) = \frac{1}{z}$$", "proved", "what a function is taken of is a number, and no function"),
        (r"$$v'(z) = -\frac{1}{z^2}$$", "proved", "its derivative, too"),
        (r"$$v(z) = \frac{2}{z}$$", "refuted", "and it is checked"),
        (r"$$v(z) = \frac{1}{z}$$ $$\sigma(x) = v(z(x))$$", "proved proved", "in that formula alone"),
        (r"$$v(z(x)) = \frac{1}{z}$$", "undecided", "where it has an argument, it is the function"),
        (r"$$x(z) = x + x e^{-x}$$", "unreadable", "x is a number, and z beside it the function"),
        (r"$$w(z) = z^2$$ $$w(z(x)) = z(x)^2$$", "stated proved", "in a definition"),
    ],
)
def test_a_function_that_is_an_argument(text: str, expected: str, why: str) -> None:
    found = judge(read(text, "hw.md", read_context(INNER)))
    assert " ".join(word(each.verdict) for each in found) == expected, f"{why}: {[each.verdict for each in found]}"
