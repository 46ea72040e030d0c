"""Values that display themselves in a notebook: in IPython's own formatter where it is, else by their method."""

from __future__ import annotations

import importlib
import importlib.util
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

from verify import Claim, Mistake, at_least, between, dims, equal, has_shape, index, matrix, member, scalar, vector
from verify import softmax as soft
from verify.check import check, prove_claim, prove_mistake
from verify.grade.assignment import read_assignment
from verify.grade.grade import Text, grade
from verify.language import Judgment, Misshapen, Stated, Unreadable
from verify.report.notebook import bundle

m, n = dims("m n")
W, x, z, k = matrix("W", m, n), vector("x", n), scalar("z"), index("k", n)
CLAIM = Claim("The transpose of W_1 x.", equal((W * x).T, x.T * W.T))
MISTAKE = Mistake("Turned.", of=CLAIM, answer=W.T * x, expect=Misshapen)
RANGE = Claim("Between.", member(soft(x)[k], between(0, 1)), given=(at_least(n, 2),))
(WRONG,) = equal((z + 1) ** 2, z**2 + 1).links()
JUDGED = check(WRONG)
ASSIGNMENT = read_assignment(
    '[names]\nx = "scalar"\n[[question]]\nid = "1"\n[[question.part]]\nid = "1a"\n'
    "asks = '(x+1)^2'\nanswer = 'x^2+2x+1'\npoints = 2"
)
GRADED = grade(ASSIGNMENT, [Text("hw.md", "# 1\n$$(x+1)^2 = x^2 + 1$$")])


def shown(value: Any) -> dict[str, str]:
    """What a notebook gets: from IPython if it is here, else from the method that it asks."""
    if importlib.util.find_spec("IPython") is None:
        return dict(value._repr_mimebundle_(include=None, exclude=None))
    shell = importlib.import_module("IPython.core.interactiveshell").InteractiveShell
    found, _ = shell.instance().display_formatter.format(value)
    return dict(found)


@pytest.mark.parametrize(
    ("value", "plain", "pieces"),
    [
        (W * x, "W x", ["$W x$"]),
        (x[k], "xₖ", ["$x_k$"]),
        (CLAIM.statement, "(W x)ᵀ = xᵀ Wᵀ", [r"$\left(W x\right)^T = x^T W^T$"]),
        (equal(z + z, 2 * z, z * 2), "z + z = 2 z = z · 2", [r"$z + z = 2 z = z \cdot 2$"]),
        (has_shape(W * x, (m, 1)), "W x ∈ ℝ^(m × 1)", [r"\times 1}$"]),
        (WRONG, "(z + 1)² = z² + 1", [r"$\left(z + 1\right)^{2} = z^{2} + 1$"]),
        (CLAIM, "The transpose of W₁ x.\n(W x)ᵀ = xᵀ Wᵀ", ["The transpose of ", "$W_{1}$"]),
        (RANGE, "Between.\nsoftmax(x)ₖ ∈ (0, 1)\nGiven n ≥ 2.", [r"Given $n \ge 2$"]),
        (MISTAKE, "Turned.\n(W x)ᵀ = Wᵀ x", ["Turned."]),
        # At z = 1 the sides are 4 and 2.
        (JUDGED, "(z + 1)² = z² + 1  refuted\n  At z = 1 the left side is 4 and the right side 2.", ["refuted", "$4$"]),
        (JUDGED.verdict, "refuted\n  At z = 1 the left side is 4 and the right side 2.", ["refuted", "$2$"]),
        (Stated("y"), "stated", ["stated"]),
        (prove_claim(CLAIM), "(W x)ᵀ = xᵀ Wᵀ  proved", ["proved"]),
        (GRADED, "0 points\n1a: x² + 1  0 of 2 points\n  wrong: for x = 1: left 4, right 2", ["0 of 2 points"]),
    ],
)
def test_values_display_themselves(value: object, plain: str, pieces: list[str]) -> None:
    found = shown(value)
    assert found["text/plain"].startswith(plain)
    for piece in pieces:
        assert piece in found["text/html"]
        assert piece in found["text/latex"]


def test_a_tried_mistake_tells_of_the_shapes() -> None:
    found = shown(prove_mistake(MISTAKE))
    assert "misshapen\n  Misshapen: the columns of Wᵀ (n × m)" in found["text/plain"]


HOSTILE = r"""<script>alert(1)</script> $\href{javascript:alert(1)}{x}$ \input{/etc/passwd} \(x\) & """ + "\x1b[31m"


@pytest.mark.parametrize(
    "value",
    [
        Judgment(HOSTILE, "=", HOSTILE, Stated(HOSTILE), assumed=(HOSTILE,), suggestion=HOSTILE),
        Judgment(HOSTILE, None, None, Unreadable(1, 1, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,))),
        Unreadable(1, 1, HOSTILE, HOSTILE),
        Claim(HOSTILE, equal(z, z)),
    ],
)
def test_hostile_text_is_shown_and_never_run(value: object) -> None:
    found = shown(value)
    assert "\x1b" not in "".join(found.values())
    parser = Pieces()
    parser.feed(found["text/html"])
    assert set(parser.tags) <= {"p", "table", "tr", "td", "code", "span"}
    # A dollar or a backslash of theirs stands alone in a tag of its own, so that no formula begins there.
    assert not [text for text in parser.texts if r"\href" in text or r"\(" in text]
    assert r"\input" not in found["text/latex"].replace(r"\textbackslash{}input", "")
    assert r"\href" not in found["text/latex"].replace(r"\textbackslash{}href", "")


class Pieces(HTMLParser):
    """The tags of a page, and its texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_what_is_nothing_of_ours_is_text() -> None:
    assert bundle(3) == {"text/plain": "3"}


def test_without_a_notebook_nothing_of_it_is_imported() -> None:
    code = (
        "import sys; from verify import Claim, equal, scalar; z = scalar('z'); claim = Claim('It is.', equal(z, z));"
        "assert not [each for each in sys.modules if each.startswith('verify.report')];"
        "assert '$z = z$' in claim._repr_mimebundle_()['text/html']"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_colors_of_verdicts_are_said_by_words_too() -> None:
    assert re.search(r'<td style="color: crimson">refuted</td>', shown(JUDGED)["text/html"])
