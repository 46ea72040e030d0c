"""What a write-up defines in one section, and what its context says in another."""

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
TEXT = {
    "names": {"x": "n"},
    "question": [
        {"id": "1", "names": {"W": "m x n"}},
        {"id": "2", "names": {"y": "n", "a": "n"}, "given": [r"\sum_i y_i = 1"]},
    ],
}
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
