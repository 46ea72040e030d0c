"""The LaTeX document: its parts, its bytes, that nothing in it is a command by accident, and that it compiles."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Golden
from tests.report.typeset import compiled, overfull
from verify.catalog import NamedClaim, NamedMistake
from verify.check import prove_claim, prove_mistake
from verify.language import (
    Claim,
    Misshapen,
    Mistake,
    Source,
    at_least,
    between,
    define,
    dims,
    equal,
    fraction,
    function,
    grad,
    has_shape,
    index,
    loss,
    matrix,
    member,
    scalar,
    sigma,
    softmax,
    vector,
)
from verify.report.engine import Engine, TexError, pdf
from verify.report.latex_document import latex_document
from verify.report.records import ProofsRecord, proofs_record
from verify.report.results import ProvedClaim, TriedMistake
from verify.report.text import VERDICTS

m, n = dims("m n")
W, x, z, k, f = matrix("W", m, n), vector("x", n), scalar("z"), index("k", n), function("f")
y = define("y", W * x)
J = loss("J", y)
BOOK = Source("Łukasiewicz, J. & Müller, A.", "100% of rings_and_fields", 1931)

GRADIENT = Claim("The gradient by W is δ xᵀ, 100 % of it.", equal(grad(J, W), grad(J, y) * x.T), source=BOOK)
RANGE = Claim("A softmax lies between 0 and 1.", member(softmax(x)[k], between(0, 1)), given=(at_least(n, 2),))
SLOPE = Claim("The slope.", member(sigma.derivative(z), between(0, 1)), source=BOOK)
QUOTIENT = Claim("Needs a condition that it does not state.", equal(z / z, 1))
WRONG = Claim("Not so.", equal(f(z + z), f(z)))
SHAPE = Claim("Its shape.", has_shape(W * x, (m, 1)))


def record() -> ProofsRecord:
    """Two subjects: proofs, a proof under a condition, a claim that is false; mistakes caught and missed."""
    claims = {
        "rings.gradient": GRADIENT,
        "rings.shape": SHAPE,
        "rings.quotient": QUOTIENT,
        "rings.wrong": WRONG,
        "two_ends.softmax": RANGE,
        "two_ends.slope": SLOPE,
    }
    mistakes = {
        "rings.factors_swapped": Mistake("Swapped.", of=GRADIENT, answer=x * grad(J, y).T, expect=Misshapen),
        "rings.doubled": Mistake("Doubled.", of=GRADIENT, answer=2 * grad(J, y) * x.T),
        "rings.turned": Mistake("Turned.", of=SHAPE, answer=(1, m), expect=Misshapen),
        "rings.no_mistake": Mistake("None.", of=QUOTIENT, answer=equal(z + z, 2 * z)),
        "two_ends.half": Mistake("Half of it.", of=RANGE, answer=between(0, fraction(1, 2)), given=()),
    }
    names = {id(claim): name for name, claim in claims.items()}
    return proofs_record(
        tuple(ProvedClaim(NamedClaim(name, claim), prove_claim(claim)) for name, claim in claims.items()),
        tuple(
            TriedMistake(NamedMistake(name, names[id(each.of)], each), prove_mistake(each))
            for name, each in mistakes.items()
        ),
    )


DOCUMENT = latex_document(record())


def test_the_document_is_as_it_was(golden: Golden) -> None:
    golden.check("report.tex", DOCUMENT)


def test_the_same_record_gives_the_same_bytes() -> None:
    assert latex_document(record()) == DOCUMENT


def test_it_counts_and_orders() -> None:
    assert "6 claims: 4 proved; 5 mistakes: 4 caught." in DOCUMENT
    assert re.findall(r"\\section\{(.*?)\}", DOCUMENT) == ["rings", "two ends"]
    assert r"\hyperref[subject:2]{two ends} & 2 & 2 & 2 & " in DOCUMENT
    assert DOCUMENT.count(r"\textbf{Claim \theclaim.}") == 6
    assert DOCUMENT.count("\n\\chain{") == 6


def test_what_does_not_hold_is_on_the_front_page() -> None:
    front = DOCUMENT.partition(r"\section{")[0]
    assert r"\textbf{Not everything holds:}" in front
    assert re.findall(r"\\named\{(\S+?)\},? (.*?)\);", front) == [
        (r"rings.quotient", "proved under a condition that it does not state"),
        (r"rings.wrong", "refuted"),
    ]


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (
            r"\textit{The gradient by W is \ensuremath{\delta} xᵀ, 100 \% of it.} \cite{source1}".replace(
                "ᵀ", r"\texttt{U+1D40}"
            ),
            "what it says",
        ),
        (
            r"\bibitem{source1} \L{}ukasiewicz, J. \& M\"{u}ller, A. (1931). 100\% of rings\_and\_fields.",
            "a source once",
        ),
        (r"\shapeundecided\ Proved under a condition that it does not state.", "a condition that is not stated"),
        (r"Wherever $z \ne 0$.", "the condition"),
        (r"\row{=}{f\left(z\right)}{\verdict{refuted}}", "a claim that is false"),
        (r"At $z = 1$, $f(t) = t^3 - t$ the left side is $6$ and the right side $0$.", "its witness"),
        (r"$W x \in \mathbb{R}^{1 \times m}$", "a shape"),
        (r"missed: expected refuted, got proved", "a mistake that is none"),
        (r"The exact range is $(0, \frac{1}{4}]$, with $\tfrac{1}{4}$ at $z = 0$.", "an exact range"),
        (r"the right side outside of $(0, \frac{1}{2})$.", "an interval that a value is outside of"),
        (r"Given $n \ge 2$.", "a hypothesis"),
        (
            r"Misshapen: the left side is $m \times n$, the right side $n \times m$ (its transpose would fit).",
            "a mismatch, its shapes set as formulas",
        ),
    ],
)
def test_it_says(piece: str, why: str) -> None:
    assert piece in DOCUMENT, why


HOSTILE = (
    r"""\input{/etc/passwd} \write18{touch x} $ & % # _ ^ ~ ((( 1 + 1 ))) ((* if *)) ^^5cinput 李 🙂 """
    + "\x07\n\n\u202e"
)


def hostile() -> ProofsRecord:
    """The record with hostile text in every place that holds text."""

    def everywhere(value: object) -> object:
        match value:
            case dict():
                return {key: everywhere(each) for key, each in value.items()}
            case list():
                return [everywhere(each) for each in value]
            case str() if value not in {"=", "in", "shape", ">=", *VERDICTS}:
                return f"{value}{HOSTILE}"
            case _:
                return value

    return everywhere(record())  # type: ignore[return-value]


def test_hostile_text_is_shown_and_does_nothing() -> None:
    text = latex_document(hostile())
    assert text.isascii()
    assert r"\input{" not in text
    assert r"\write" not in text
    assert "^^" not in text
    assert "((( 1 + 1 )))" in text, "no template is read in what is printed"
    assert DOCUMENT.isascii()


needs_tex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX here")


@needs_tex
@pytest.mark.parametrize("made", [record, hostile], ids=["plain", "hostile"])
def test_it_compiles(made: Callable[[], ProofsRecord], tmp_path: Path) -> None:
    log = compiled(latex_document(made()), tmp_path)
    assert "Missing character" not in log
    assert made is hostile or overfull(log) == []


@needs_tex
def test_a_document_with_a_command_that_is_not_there_would_be_seen(tmp_path: Path) -> None:
    with pytest.raises(TexError, match="Undefined control sequence"):
        pdf(DOCUMENT.replace(r"\begin{document}", r"\begin{document}\nosuchcommand"), Engine("pdflatex", "pdflatex"))


LONG = " + ".join(rf"x_{{{k}}}^{{2}}" for k in range(60))
WIDE = rf"\frac{{{LONG}}}{{2}}"


@needs_tex
@pytest.mark.parametrize("left", ["y", LONG, WIDE], ids=["short", "long", "wide"])
@pytest.mark.parametrize("right", [LONG, WIDE], ids=["long", "wide"])
def test_what_is_too_wide_is_broken_or_made_smaller(left: str, right: str, tmp_path: Path) -> None:
    known = record()
    known["claims"][0]["links"][0] |= {"left": left, "right": right}
    known["mistakes"][0]["links"][0] |= {"left": left, "right": right}
    assert overfull(compiled(latex_document(known), tmp_path)) == []


@needs_tex
def test_a_formula_that_runs_over_the_margin_would_be_seen(tmp_path: Path) -> None:
    spoiled = DOCUMENT.replace(r"\begin{document}", rf"\begin{{document}}\mbox{{${LONG}$}}", 1)
    assert overfull(compiled(spoiled, tmp_path)) != []
