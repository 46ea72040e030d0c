"""Random write-ups: displays of true identities in LaTeX between prose, headings and code, with noise or without."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.fuzz.expressions import LOGARITHMIC, Grower
from tests.fuzz.identities import rewritten
from tests.read.test_fuzz import PIECES
from verify.language import equal, latex
from verify.read import read_context

CONTEXT = read_context(
    """
[names]
x = "n"
y = "n"
W = "n x n"
V = "n x n"
a = "scalar"
c = "scalar"
i = "index n"
k = "index n"
"""
)
DISPLAYS = {
    "hw.md": ("$${}$$", "$$\n{}\n$$", "\\[\n{}\n\\]", "```math\n{}\n```"),
    "hw.tex": ("$${}$$", "\\[ {} \\]", "\\begin{{equation}}{}\\end{{equation}}", "\\begin{{align*}}{}\\end{{align*}}"),
}
PROSE = (
    "Therefore it follows, as was said above.",
    "We sum over all entries; this is (2).",
    "It costs 5 dollars, or 6.",
    "The name $x$ is no claim.",
    "",
)
MARKDOWN = ("# Question 2", "- an item", "> quoted", "| a | b |\n|---|---|", "```python\n$$a = c$$\n```", "*so*")
TEX = (r"\section{A}", "% $$a = c$$", r"\textbf{so}", r"\begin{verbatim}$$a = c$$\end{verbatim}")


@dataclass(frozen=True)
class WriteUp:
    """A text with the number of displays in it; what is ``clean`` has true identities alone."""

    path: str
    text: str
    displays: int
    clean: bool


def write_up(random: Random) -> WriteUp:
    """A random write-up, half of them with noise inside the displays."""
    path = random.choice(sorted(DISPLAYS))
    clean, between = random.random() < 0.5, (*PROSE, *(MARKDOWN if path == "hw.md" else TEX))
    parts, displays = [], 0
    for _ in range(random.randint(1, 5)):
        parts.append(random.choice(between))
        formula = identity(random)
        if not clean:
            formula = noisy(formula, random)
        parts.append(random.choice(DISPLAYS[path]).format(formula))
        displays += 1
    return WriteUp(path, "\n\n".join(parts) + "\n", displays, clean)


def identity(random: Random) -> str:
    """A true identity as it is typed."""
    left = Grower(random, LOGARITHMIC).grown(2)
    chain = equal(left, rewritten(left, random, random.randint(1, 2)))
    return " = ".join(latex(side) for side in chain.sides)  # type: ignore[arg-type]


def noisy(formula: str, random: Random) -> str:
    """Something left out, doubled or put in, at a few places; never what begins or ends a display."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(formula) + 1)
        end = min(len(formula), at + random.randint(0, 4))
        put = random.choice(["", formula[at:end] * 2, random.choice(QUIET), " "])
        formula = formula[:at] + put + formula[end:]
    return formula


QUIET = [piece for piece in PIECES if not {"$", "`", "~", "%"} & set(piece) and "\\[" not in piece]
