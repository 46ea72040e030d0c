"""Lines as compilers write them, each on one line whatever a write-up holds."""

import pytest

from verify.read import judge, read, read_context
from verify.report.gcc import gcc_lines
from verify.report.results import CheckedFile

CONTEXT = read_context('[names]\na = "scalar"\nW = "m x n"\nx = "n"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$a = a$$", []),
        ("$$y = a$$", []),
        ("$$a + a = a$$", ["hw.md:1:11: error: a + a = a: for a = 1: left 2, right 1 [refuted]"]),
        (
            "\n$$Wx = x$$",
            ["hw.md:2:8: error: Wx = x: the left side is m x 1, the right side n x 1 [misshapen-shape]"],
        ),
        ("$$a = \\pm a$$", ["hw.md:1:7: error: a = \\pm a: \\pm says two things at once: write one sign [unreadable]"]),
        ("$$a = 2$$", ["hw.md:1:7: warning: a = 2: "
          "a is declared and not defined: this may define it, or claim it [undecided-ambiguous]"]),
    ],
)  # fmt: skip
def test_lines(text: str, expected: list[str]) -> None:
    file = CheckedFile("hw.md", None, 1, judge(read(text, "hw.md", CONTEXT)))
    assert [line.partition("; known here")[0] for line in gcc_lines(file)] == expected


def test_the_code_of_the_mistake_stands_in_brackets_where_one_explains_it() -> None:
    # 2a + a is a + 2a; no single edit takes e^e^s(a) to a.
    text = "$$2a + a = a$$ $$a = \\exp(\\exp(\\sigma(a)))$$ $$a + a = 2a$$"
    first, second = gcc_lines(CheckedFile("hw.md", None, 1, judge(read(text, "hw.md", CONTEXT)), diagnosed=True))
    assert first.startswith("hw.md:1:12: error: 2a + a = a: for a = 1: left 3, right 1; ")
    assert first.endswith("; A term is missing. [missing-term]"), first
    assert second.endswith("; No single usual mistake explains this step. [refuted]"), second


def test_control_characters_are_shown_as_what_they_are() -> None:
    text = "$$a = \x1b[2J\n\r\x07 b$$"
    (line,) = gcc_lines(CheckedFile("hw.md", None, 1, judge(read(text, "hw.md", CONTEXT))))
    assert line.isprintable()
