"""Where the displays of a write-up stand, and under which headings."""

import pytest

from verify.read.document import layout
from verify.read.source import Source


def displays(text: str) -> list[str]:
    return [
        text[each.content.start : each.content.end].strip() if each.closed else "unclosed"
        for each in layout(Source("hw.md", text)).displays
    ]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("$$a$$", ["a"], "one line"),
        ("$$\na\n$$", ["a"], "three lines"),
        ("so $$a$$ and $$b$$.", ["a", "b"], "within a line"),
        ("- item\n  $$a$$\n> $$b$$", ["a", "b"], "in lists and quotes"),
        ("```\n$$a$$\n```\n$$b$$", ["b"], "a fence is code"),
        ("~~~tex\n$$a$$\n~~~\n$$b$$", ["b"], "another fence"),
        ("````\n```\n$$a$$\n```\n````", [], "a fence within a longer one"),
        ("`$$a$$` $$b$$", ["b"], "code within a line"),
        ("`a` $$b$$ `c`", ["b"], "a display between pieces of code"),
        ("a ` b $$c$$", ["c"], "a backtick alone is no code"),
        ("<!-- $$a$$ -->$$b$$", ["b"], "a comment"),
        ("<!--\n$$a$$\n-->\n$$b$$", ["b"], "a comment over lines"),
        (r"\$\$a\$\$ $$b$$", ["b"], "escaped dollars"),
        ("$$a", ["unclosed"], "not closed"),
        ("$$a = b\n\nText\n\n$$c$$", ["unclosed", "c"], "not closed, and another after it"),
        (
            "$$\\begin{aligned}a\n\nb\\end{aligned}$$",
            [r"\begin{aligned}a" + "\n\n" + r"b\end{aligned}"],
            "an empty line in an environment",
        ),
        ("$a$ $$b$$", ["b"], "a formula within a line before it"),
        ("$a$$b$", [], "two formulas that touch"),
        ("It costs $5.\n\n$$a$$", ["a"], "money"),
        ("It costs $5 and $6 in all. $$a$$", ["a"], "more money"),
        ("a $ b\n$$c$$", ["c"], "a dollar alone"),
        ("", [], "nothing"),
        ("$$$$", [""], "nothing in it"),
    ],
)
def test_displays(text: str, expected: list[str], why: str) -> None:
    assert displays(text) == expected, why


@pytest.mark.parametrize(
    ("text", "many", "why"),
    [
        ("$a$ and $b$", 2, "two"),
        ("$a$ and $b = c$", 1, "one holds a relation, and is read"),
        (r"$\sum_{i=1}^n x_i$", 1, "a relation in a subscript is none"),
        ("$5 and $6", 0, "money"),
        ("`$a$`", 0, "code"),
        ("$a$$b$", 2, "two that touch"),
        ("$a\n\nb$", 0, "not over an empty line"),
        ("$$a$$", 0, "a display"),
    ],
)
def test_formulas_within_lines_without_a_relation_are_counted(text: str, many: int, why: str) -> None:
    assert layout(Source("hw.md", text)).inline == many, why


@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        ("# A\n## B\n$$x$$", ("A", "B"), "headings"),
        ("# A\n## B\n# C\n$$x$$", ("C",), "a heading of the same level ends those below"),
        ("# A #\n$$x$$", ("A",), "closed headings"),
        ("A\n===\n\n$$x$$", ("A",), "underlined headings"),
        ("A\n---\n\n$$x$$", ("A",), "otherwise"),
        ("Q1.5\n\n$$x$$", ("Q1.5",), "a question"),
        ("Q 1.4\n\n$$x$$", ("Q 1.4",), "with a space"),
        ("**Q1.5**\n\n$$x$$", ("Q1.5",), "in bold"),
        ("Q1.5:\n\n$$x$$", ("Q1.5",), "with a colon"),
        ("Question 3\n\n$$x$$", ("Question 3",), "a word"),
        ("Problem 3 (b)\n\n$$x$$", ("Problem 3 (b)",), "with a part"),
        ("Problem 3\n\n(b)\n\n$$x$$", ("Problem 3", "(b)"), "a part below it"),
        ("2c)\n\n$$x$$", ("2c)",), "a number and a part"),
        ("Q1.5 The affine layer\n\n$$x$$", ("Q1.5 The affine layer",), "with a title"),
        ("**Softmax**\n\n$$x$$", ("Softmax",), "a line in bold"),
        ("# Homework\nQ1.1\n\nQ1.2\n\n$$x$$", ("Homework", "Q1.2"), "the next question"),
        ("Q1.5 shows that the gradient is $x$.\n\n$$x$$", (), "a sentence is no heading"),
        ("```\n# A\n```\n$$x$$", (), "code is none"),
        ("$$\n# A\n$$ $$x$$", (), "nor is mathematics"),
        ("# The size of $x$\n$$x$$", ("The size of $x$",), "with a formula"),
        ("(a) Show this.\n\n$$x$$", ("(a)",), "a part at the start of a paragraph"),
        ("So (a) holds.\n\n$$x$$", (), "and nowhere else"),
        ("**(b)** Show this.\n\n$$x$$", ("(b)",), "a part in bold"),
        ("Example 1. Let us see.\n\n$$x$$", ("Example 1",), "an example"),
        ("Example 1 shows this.\n\n$$x$$", (), "a sentence about one"),
        ("Q1.5: compute it.\n\n$$x$$", ("Q1.5",), "a question with its text"),
        ("Q1.5\n\n(a) One.\n\n(b) Two.\n\n$$x$$", ("Q1.5", "(b)"), "parts of a question"),
        ("Q1.5\n\n**Solution**\n\n$$x$$", ("Q1.5", "Solution"), "an answer belongs to its question"),
        ("Text\n\n$$x$$", (), "none"),
    ],
)
def test_headings(text: str, path: tuple[str, ...], why: str) -> None:
    assert layout(Source("hw.md", text)).displays[-1].headings == path, why


@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        (r"\section{A}\subsection*{B} $x = 1$", ("A",), "one a line"),
        ("\\section{A}\n\\subsection*{B $y$}\\label{b}\n$x = 1$", ("A", "B $y$"), "sections"),
        ("\\textbf{Q1.5}\n\n$x = 1$", ("Q1.5",), "a line in bold"),
        ("Q1.5\n\n$x = 1$", ("Q1.5",), "a question"),
        ("\\item[(a)] $x = 1$", ("(a)",), "an item with a letter"),
        ("% \\section{A}\n$x = 1$", (), "none in a comment"),
    ],
)
def test_headings_of_tex(text: str, path: tuple[str, ...], why: str) -> None:
    assert layout(Source("hw.tex", text), "tex").displays[-1].headings == path, why


def test_places_are_those_of_the_text() -> None:
    text = "# A\n\n`code` $$a$$"
    (display,) = layout(Source("hw.md", text)).displays
    assert (text[display.start : display.start + 2], text[display.content.start]) == ("$$", "a")
