r"""Every display is accounted for: as many are found as were typed in, each with its links, and the summary adds up."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.language import word
from verify.read import judge, load_context, read, read_context
from verify.report.results import CheckedFile
from verify.report.writeup_text import summary

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
CONTEXT = read_context('[names]\nx = "scalar"\nu = "n"')
SETTINGS = settings(max_examples=150, derandomize=True, deadline=None, database=None)


class Typed(NamedTuple):
    """A piece of a document: its text, how many displays stand in it, and how many links."""

    text: str
    displays: int
    links: int


# Formulas with the number of links in them: right and wrong ones, unreadable ones, and one without a relation.
FORMULAS = [
    ("x + x = 2x", 1),
    ("2x = x + x = 3x - x", 2),
    ("x + 1 = x", 1),
    (r"x \in [0, 1]", 1),
    ("x^2 < x^2 + 1 < x^2 + 2", 2),
    (r"u^T u = \sum_i u_i^2", 1),
    ("u + x = x", 1),
    ("2x = )", 1),
    (r"\frac{x = 2", 1),
    ("x = \\undefined = 2x", 2),
    (r"\text{as above}", 1),
    ("x x", 1),
    ("", 1),
]
ROWS = [
    (r"2x &= x + x \\ &= 3x - x", 2),
    (r"2x &= x + x \\ u^T u &= 0", 2),
    (r"2x \\ &= x + x", 1),
    (r"& x + x = 2x \\ & ) = x", 2),
]
MARKDOWN = [
    "$$\n{}\n$$",
    "$${}$$",
    "\\[\n{}\n\\]",
    "```math\n{}\n```",
    '<script type="math/tex; mode=display">{}</script>',
]
TEX = [
    "$${}$$",
    "\\[ {} \\]",
    "\\begin{{equation}}{}\\end{{equation}}",
    "\\begin{{displaymath}}\n{}\n\\end{{displaymath}}",
]
ALIGNED = [
    "\\begin{{align}}{}\\end{{align}}",
    "$$\\begin{{aligned}}{}\\end{{aligned}}$$",
    "\\begin{{equation*}}\n\\begin{{split}}{}\\end{{split}}\n\\end{{equation*}}",
    "\\[\\begin{{array}}{{rcl}}{}\\end{{array}}\\]",
]
INLINE = ["${}$", r"\({}\)"]
NOTHING = [
    "Some prose, without a formula.",
    "It costs $5 and $6.",
    "A name, $x$, is no claim.",
    "# A heading",
    "- an item",
]
CODE = {
    "markdown": ["`$x = 1$` is code", "```\n$$x = 1$$\n```", "<!-- $$x = 1$$ -->", "<pre>$x = 1$</pre>"],
    "tex": ["% $$x = 1$$", "\\begin{verbatim}\n$$x = 1$$\n\\end{verbatim}", r"\begin{comment}$x = 1$\end{comment}"],
}


def pieces(form: str) -> st.SearchStrategy[Typed]:
    """Pieces of a document in Markdown or in TeX."""
    signs = MARKDOWN if form == "markdown" else TEX
    displays = [Typed(sign.format(text), 1, links) for sign in signs for text, links in FORMULAS]
    rows = [Typed(sign.format(text), 1, links) for sign in ALIGNED for text, links in ROWS]
    related = [(text, links) for text, links in FORMULAS if re.search("[=<]", text)]
    inline = [Typed(f"Since {sign.format(text)} here,", 1, links) for sign in INLINE for text, links in related]
    rest = [Typed(text, 0, 0) for text in NOTHING + CODE[form]]
    return st.one_of(*map(st.sampled_from, (displays, rows, inline, rest)))


def check(typed: Sequence[Typed], path: str) -> None:
    text = "\n\n".join(each.text for each in typed)
    document = read(text, path, CONTEXT)
    assert document.displays == sum(each.displays for each in typed)
    line = 1
    for each in typed:
        below = line + each.text.count("\n")
        assert len([step for step in document.steps if line <= step.at.line <= below]) == each.links, each.text
        line = below + 2


@SETTINGS
@given(st.lists(pieces("markdown"), max_size=12))
def test_markdown(typed: list[Typed]) -> None:
    check(typed, "hw.md")


@SETTINGS
@given(st.lists(pieces("tex"), max_size=12))
def test_tex(typed: list[Typed]) -> None:
    check(typed, "hw.tex")


@settings(SETTINGS, max_examples=25)
@given(st.lists(pieces("markdown"), max_size=6))
def test_the_summary_adds_up(typed: list[Typed]) -> None:
    document = read("\n\n".join(each.text for each in typed), "hw.md", CONTEXT)
    judgments = judge(document)
    said = summary(CheckedFile("hw.md", None, document.displays, judgments))
    displays, links, *counts = map(int, re.findall(r"\d+", said))
    assert (displays, links) == (sum(each.displays for each in typed), sum(each.links for each in typed))
    assert sum(counts) == links == len(judgments)
    for verdict in ("proved", "refuted", "misshapen", "undecided", "unreadable", "stated"):
        many = sum(word(each.verdict) == verdict for each in judgments)
        assert f"{many} {verdict}" in said


# ---------------------------------------------------------------- the examples

NO_MATHEMATICS = re.compile(r"```.*?```|`[^`\n]*`|\\begin\{verbatim\}.*?\\end\{verbatim\}|(?<!\\)%[^\n]*", re.DOTALL)
FORMULA = re.compile(
    r"\$\$(?P<dollars>.*?)\$\$|\\\[(?P<bracket>.*?)\\\]|\\begin\{(?P<name>align\*?|equation)\}(?P<body>.*?)\\end\{(?P=name)\}"
    r"|\$(?P<inline>[^$]*)\$",
    re.DOTALL,
)
RELATED = re.compile(r"[=<>]|\\(?:in|le|ge|ne|to)(?![A-Za-z])")


def typed_in(path: Path) -> int:
    """How many displays stand in an example, and formulas within lines that say something: counted another way."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    if path.suffix == ".tex":
        text = text.partition(r"\begin{document}")[2]
    found = FORMULA.finditer(NO_MATHEMATICS.sub("", text))
    return sum(each["inline"] is None or RELATED.search(each["inline"]) is not None for each in found)


@pytest.mark.parametrize(
    "path",
    sorted(each for each in EXAMPLES.iterdir() if each.suffix in (".md", ".tex", ".ipynb")),
    ids=lambda path: path.name,
)
def test_the_examples(path: Path) -> None:
    document = read(path.read_text(encoding="utf-8"), path.name, load_context(path.with_suffix(".toml")))
    assert document.displays == typed_in(path) > 10
    assert len(document.steps) >= document.displays
