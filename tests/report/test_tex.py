"""Text in LaTeX: everything is shown, nothing is a command; formulas are let through only if they are ours."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verify.catalog import find
from verify.report.formulas import is_formula
from verify.report.tex import Tex, escaped, formula

TEXTS = [
    ("", "", "nothing"),
    ("W x + b = 3", "W x + b = 3", "plain signs"),
    (r"\input{/etc/passwd}", r"\textbackslash{}input\{/etc/passwd\}", "a command"),
    ("$ & % # _", r"\$ \& \% \# \_", "signs with a meaning of their own"),
    ("x^2 ~ y", r"x\textasciicircum{}2 \textasciitilde{} y", "accents without a letter"),
    ("a < b | c > d", r"a \textless{} b \textbar{} c \textgreater{} d", "signs that old fonts lack"),
    ("--- '' ,,", "-{}-{}- '{}' ,{},", "what would be joined to one sign"),
    ('"`', r"\textquotedbl{}\textasciigrave{}", "quotation marks"),
    ("é Ü ç ř ő ů å", r"\'{e} \"{U} \c{c} \v{r} \H{o} \r{u} \r{a}", "letters with accents"),
    ("e\u0301", r"\'{e}", "an accent that follows its letter"),
    ("ï ĵ į", r"\"{\i} \^{\j} \k{i}", "an accent takes the place of the dot, unless it stands below"),
    ("ß Ł ø æ", r"\ss{} \L{} \o{} \ae{}", "letters of their own"),
    ("σ ∂ ≤ −", r"\ensuremath{\sigma} \ensuremath{\partial} \ensuremath{\le} \ensuremath{-}", "mathematics"),
    ("λ Λ", r"\ensuremath{\lambda} \ensuremath{\Lambda}", "as Unicode spells it, lamda"),
    ("李🙂", r"\texttt{U+674E}\texttt{U+1F642}", "what the fonts lack"),
    ("a\x07\u200db", r"a\texttt{U+0007}\texttt{U+200D}b", "control characters"),
    ("a\n\tb\u00a0c\u2028d", "a  b c d", "spaces of all kinds"),
    ("\ud800", r"\texttt{U+D800}", "half of a pair"),
    ("«“…”»", None, "the rest is shown somehow"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TEXTS, ids=[why for _, _, why in TEXTS])
def test_escaped(text: str, expected: str | None, why: str) -> None:
    if expected is not None:
        assert escaped(text) == expected, why
    assert escaped(text).isascii()


WITH_MEANING = re.compile(r"(?<!\\)[$&%#_^~]|\\[A-Za-z]+(?![A-Za-z{}])")
OURS = re.compile(
    r"\\(?:text[a-z]+|ensuremath|ss|[ijlLoO]|ae|AE|oe|OE|dj|DJ|dh|DH|th|TH|[a-zA-Z])(?=\{|\})|\\[\\{}$&%#_`'^~=.\"]"
)


@given(st.text(max_size=40))
@example("\\")
@example("a\\b{")
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_whatever_is_written_no_sign_keeps_a_meaning(text: str) -> None:
    source = escaped(text)
    assert source.isascii()
    assert source.isprintable()
    without_math = re.sub(r"\\ensuremath\{(?:\\[A-Za-z]+|-)\}", "", source)
    assert WITH_MEANING.search(re.sub(r"\\['`^\"~=.]\{", "{", without_math)) is None
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", source):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_different_plain_texts_stay_different(first: str, second: str) -> None:
    plain = [text for text in (first, second) if text.isascii() and text.isprintable()]
    if len(set(plain)) == 2:
        assert escaped(first) != escaped(second)


def test_every_formula_of_every_claim_is_let_through() -> None:
    for named in find("derivations").claims:
        for link in named.claim.links():
            assert is_formula(str(link.left)), link


FORMULAS = [
    (r"\frac{\partial J}{\partial W}", True, "a derivative"),
    (r"\left(\sum_{i=1}^{n} x_i\right)^T", True, "parentheses and a sum"),
    (r"\begin{bmatrix} 1 & x \\ 0 & \frac{1}{2} \end{bmatrix}", True, "a matrix"),
    (r"\begin{bmatrix} \begin{bmatrix} 1 \end{bmatrix} & 2 \end{bmatrix}", True, "a matrix in a matrix"),
    ("W' x_{i, j}", True, "a prime, subscripts"),
    ("", False, "nothing"),
    ("x & y", False, "a column outside of a matrix"),
    (r"x \\ y", False, "a line outside of a matrix"),
    ("x $ y", False, "an end of math mode"),
    ("x % y", False, "a comment"),
    ("x # y", False, "a parameter"),
    ("x } y", False, "a brace too much"),
    ("{ x", False, "a brace too few"),
    (r"\left( x", False, "not closed"),
    (r"{\left( x} \right)", False, "closed crosswise"),
    (r"\input{x}", False, "a command that reads files"),
    (r"\write18{rm}", False, "a command that runs programs"),
    (r"\def\x{\x}\x", False, "a command that runs for ever"),
    (r"\begin{verbatim} \end{verbatim}", False, "another environment"),
    (r"\csname input\endcsname", False, "a command in disguise"),
    ("σ(x)", False, "a sign beyond ASCII, until it is made a command"),
    ("李", False, "a letter that no font here has"),
    ("x^2^3", False, "two superscripts"),
    ("x^2'", False, "a prime after a superscript, which is another"),
    ("x''^2_1", True, "primes, then both scripts"),
    ("x_1_2", False, "two subscripts"),
    ("x^", False, "a superscript that is not there"),
    (r"\frac{1}", False, "an argument too few"),
    (r"\frac12", True, "arguments of one sign"),
    (r"x^\frac12", False, "a command with arguments, as a script"),
    (r"\bigl( x \bigr)^2", True, "parentheses of a given size"),
    (r"\bigl x", False, "a size without a parenthesis"),
    (r"\left x \right)", False, "a parenthesis that is none"),
    (r"\text{softmax}(x)", True, "words"),
    (r"\text{a_b}", False, "a subscript among words"),
    (r"\text{\input{x}}", False, "a command among words"),
    (r"\sqrt[3]{x}", True, "a root of a degree"),
    ("{" * 41 + "}" * 41, False, "deeper than we print"),
    ("x" * 5000, False, "longer than we print"),
    ("^^5cinput{x}", False, "two carets and a number, which TeX reads as the sign of that number"),
    ("x^ ^y", False, "a superscript that is a caret"),
    ("x\\", False, "a backslash at the end"),
    ("x\ny", False, "two lines"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FORMULAS, ids=[why for *_, why in FORMULAS])
def test_formulas(text: str, expected: bool, why: str) -> None:
    assert is_formula(text) is expected, why
    source = formula(text).source
    assert (source == text) is expected or not text or is_formula(source)
    assert expected or text == "σ(x)" or source == rf"\mbox{{\texttt{{{escaped(text)}}}}}"


def test_a_shape_is_set_with_a_times_sign() -> None:
    assert formula(r"\mathbb{R}^{D_x x 1}") == Tex(r"\mathbb{R}^{D_x \times 1}")
