"""The LaTeX document: its parts, its bytes, that nothing in it is a command by accident, and that it compiles."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Golden
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
from verify.report.latex_document import latex_document
from verify.report.records import ProofsRecord, proofs_record
from verify.report.results import ProvedClaim, TriedMistake

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
    assert re.findall(r"\\section\{(.*)\}", DOCUMENT) == ["rings", "two ends"]
    assert r"two ends & 2 & 2 & 1 & 1\\" in DOCUMENT
    assert DOCUMENT.count(r"\begin{claim}") == DOCUMENT.count(r"\end{claim}") == 6
    assert DOCUMENT.count(r"\begin{align*}") == 6


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (
            r"The gradient by W is \ensuremath{\delta} xᵀ, 100 \% of it. \cite{source1}".replace(
                "ᵀ", r"\texttt{U+1D40}"
            ),
            "",
        ),
        (
            r"\bibitem{source1} \L{}ukasiewicz, J. \& M\"{u}ller, A. (1931). 100\% of rings\_and\_fields.",
            "a source once",
        ),
        (r"\texttt{rings.quotient}: proved under a condition that it does not state, by normal form", "a condition"),
        (r"Where $z \ne 0$.", "the condition"),
        (r"\texttt{rings.wrong}: refuted", "a claim that is false"),
        (r"For $z = 1$, $f(t) = t^3 - t$: left $6$, right $0$.", "its witness"),
        (r"$W x \in \mathbb{R}^{1 \times m}$", "a shape"),
        (r"missed: expected refuted, got proved", "a mistake that is none"),
        (r"The exact range is $(0, \frac{1}{4}]$, with $1/4$ at $z = 0$.", "an exact range"),
        (r"right outside of $(0, \frac{1}{2})$.", "an interval that a value is outside of"),
        (r"Given: $n \ge 2$.", "a hypothesis"),
        (r"Misshapen: the left side is m x n, the right side n x m (its transpose would fit).", "a mismatch in words"),
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
            case str() if value not in {"=", "in", "shape", ">="}:
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


def compiled(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a TeX without access to files and programs says of a document."""
    (folder / "report.tex").write_text(text, encoding="utf-8")
    return subprocess.run(
        ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "report.tex"],  # noqa: S607
        cwd=folder,
        env={**os.environ, "openin_any": "p", "openout_any": "p"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX here")
@pytest.mark.parametrize("made", [record, hostile], ids=["plain", "hostile"])
def test_it_compiles(made: Callable[[], ProofsRecord], tmp_path: Path) -> None:
    done = compiled(latex_document(made()), tmp_path)
    assert done.returncode == 0, done.stdout[-2000:]
    assert (tmp_path / "report.pdf").stat().st_size > 10_000
    assert "Missing character" not in (tmp_path / "report.log").read_text(encoding="utf-8", errors="replace")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX here")
def test_a_document_with_a_command_that_is_not_there_would_be_seen(tmp_path: Path) -> None:
    broken = DOCUMENT.replace(r"\maketitle", r"\maketitle\nosuchcommand")
    assert compiled(broken, tmp_path).returncode != 0
