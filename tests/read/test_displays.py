"""Formulas in Markdown and in TeX, with every sign that opens one; and what is none."""

import time

import pytest

from verify.read.document import Form, layout
from verify.read.source import Source


def found(text: str, form: Form = "markdown") -> list[str]:
    """Each display, those within lines between bars."""
    layed = layout(Source("hw.md", text), form)
    inner = [layed.source.text[each.content.start : each.content.end].strip() for each in layed.displays]
    return [
        ("unclosed" if not each.closed else f"|{text}|" if each.inline else text)
        for each, text in zip(layed.displays, inner, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"\[a = b\]", ["a = b"], "brackets"),
        (r"\\[a = b\\]", ["a = b"], "with the backslashes that Markdown takes away"),
        (r"\(a = b\) and \\(c = d\\)", ["|a = b|", "|c = d|"], "parentheses"),
        (r"a \\[2pt] b", [], "no bracket that closes"),
        ("$a = b$", ["|a = b|"], "dollars"),
        ("$ a = b $", ["|a = b|"], "dollars with spaces"),
        ("$`a = b`$", ["|a = b|"], "dollars and backticks"),
        ("$a$ and $b$", [], "no relation"),
        ("$a$\n$= b$", ["|a|", "|= b|"], "a left side before a relation"),
        ("$5 and $6 = six", [], "money"),
        ("from $5 = five to $6", [], "money and a sign"),
        ("It costs $ 5 and then $ 6 more = 11.", [], "money with spaces"),
        ("$a = b\n\nc = d$", [], "not over an empty line"),
        (r"\$a = b\$", [], "escaped"),
        ("\\begin{align}a&=b\\end{align}", [r"\begin{align}a&=b\end{align}"], "an environment alone"),
        ("\\begin{align*}a&=b\\end{align*}", [r"\begin{align*}a&=b\end{align*}"], "with a star"),
        ("$$\\begin{align}a&=b\\end{align}$$", [r"\begin{align}a&=b\end{align}"], "between dollars"),
        ("\\begin{align}a=b", ["unclosed"], "an environment that is not closed"),
        ("\\[a = b\n\ntext", ["unclosed"], "a bracket that is not closed"),
        ("\\[a = b\n\n\\[c = d\\]", ["unclosed", "c = d"], "and another one after it"),
        ("```math\na = b\n```", ["a = b"], "a fence of mathematics"),
        ("```{math}\na = b\n```", ["a = b"], "as a directive"),
        ("```latex\n$$a = b$$\n```", [], "a fence of code"),
        ("    ```python\n$a = b$\n    ```", [], "a fence in a list"),
        ('<script type="math/tex">a = b</script>', ["|a = b|"], "a script"),
        ('<script type="math/tex; mode=display">a = b</script>', ["a = b"], "a script of a display"),
        ("<script>$a = b$</script>", [], "another script"),
        ("<pre>$a = b$</pre><code>$a = b$</code>", [], "code of HTML"),
        ("$$\n\na = b\n\n$$", ["a = b"], "empty lines within"),
        ("$$a = b\n\nThis follows.\n\n$$c = d$$", ["unclosed", "c = d"], "prose after an empty line"),
        ("$$a = b$$\n\n$$c = d$$", ["a = b", "c = d"], "two"),
        (r"$\newcommand{\R}{x}$ $\R = 1$", [r"|\!|", "|x = 1|"], "macros alone are accounted for"),
    ],
)
def test_markdown(text: str, expected: list[str], why: str) -> None:
    assert found(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("% $a = b$\n$c = d$", ["|c = d|"], "a comment"),
        (r"50\% of $a = b$", ["|a = b|"], "no comment"),
        ("\\[a % $b$\n= c\\]", ["a %    \n= c"], "a comment in a formula"),
        ("\\begin{align}\na &= b \\\\\n% c\n&= d\n\\end{align}", None, "a line of comment is no empty line"),
        ("\\begin{verbatim}$a = b$\\end{verbatim}$c = d$", ["|c = d|"], "verbatim"),
        ("\\verb|$a = b$| $c = d$", ["|c = d|"], "verbatim within a line"),
        ("\\begin{lstlisting}\n$a = b$\n\\end{lstlisting}", [], "code"),
        ("\\iffalse $a = b$ \\fi", [], "what is switched off"),
        ("$a = 1$\\begin{document}$b = 2$\\end{document}$c = 3$", ["|b = 2|"], "the document alone"),
        ("\\newcommand{\\R}{x}\\begin{document}$\\R = 2$", ["|x = 2|"], "macros of the preamble"),
        ("$ a = b $", ["|a = b|"], "spaces"),
        ("\\input{other} $a = b$", ["|a = b|"], "no other file is read"),
        ("`$a = b$`", ["|a = b|"], "quotation marks are no code"),
    ],
)
def test_tex(text: str, expected: list[str] | None, why: str) -> None:
    shown = found(text, "tex")
    assert len(shown) == 1 and shown != ["unclosed"] if expected is None else shown == expected, why


@pytest.mark.parametrize("name", ["equation", "align", "flalign", "eqnarray", "multline", "gather", "alignat"])
@pytest.mark.parametrize("star", ["", "*"])
def test_environments(name: str, star: str) -> None:
    text = rf"\begin{{{name}{star}}} a = b \end{{{name}{star}}}"
    assert found(text) == found(text, "tex") == [text]


@pytest.mark.parametrize(
    "piece", ["$", "$$", "$$ ", "\\[", "\\(", "\\begin{align}", "`", "```\n", "<!--", "<pre>", "\\\\", "\n\n$$", "{"]
)
def test_signs_without_end_take_no_time(piece: str) -> None:
    start = time.perf_counter()
    layout(Source("hw.md", piece * 40_000))
    layout(Source("hw.tex", piece * 40_000), "tex")
    assert time.perf_counter() - start < 20
