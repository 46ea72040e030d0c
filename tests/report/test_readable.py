"""Formulas on a line: that they say what the LaTeX says, in signs that a terminal shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.language import dims, equal, exp, grad, index, jacobian, log, loss, matrix, sigma, softmax, sum_over, vector
from verify.report.formulas import clean
from verify.report.phrase import Code, Formula
from verify.report.readable import in_words, readable, shown_in

m, n = dims("m n")
W, x, b = matrix("W", m, n), vector("x", n), vector("b", m)
i, k = index("i", n), index("k", n)


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        (grad(loss("J", W), W), "∂J/∂W"),
        (x * x.T, "x xᵀ"),
        ((W * x + b).T, "(W x + b)ᵀ"),
        ((W * x + b) / 2, "(W x + b)/2"),
        (sum_over(i, x[i] ** 2), "∑ᵢ₌₁ⁿ xᵢ²"),
        (sigma.derivative(x[i]), "σ′(xᵢ)"),
        (-log(softmax(x)[k]), "−log(softmax(x)ₖ)"),
        (exp(-x[i]), "e^(−xᵢ)"),
        (jacobian(W * x, x), "∂(W x)/∂x"),
    ],
)
def test_expressions(expression: object, line: str) -> None:
    assert readable(str(expression)) == line


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        (r"\frac{a}{b} c", "(a/b) c", "c does not stand below"),
        (r"c \frac{a}{b}", "c a/b", "what stands before may stand above as well"),
        (r"\frac{1}{2 n}", "1/(2 n)", "all of it stands below"),
        (r"\frac{a}{-b}", "a/(−b)", "a sign that stands below"),
        (r"\frac{a}{\frac{b}{c}}", "a/(b/c)", "a fraction below"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c", "a fraction above"),
        (r"\frac{\sum_i x_i}{n}", "(∑ᵢ xᵢ)/n", "else n would stand in the sum"),
        (r"\frac{\log x}{n}", "(log x)/n", "else n would stand in the logarithm"),
        (r"\frac{a}{b}^2", "(a/b)²", "the exponent is that of the fraction"),
        (r"a - -b", "a − −b", "one sign joins, the other belongs to b"),
        (r"x_{ij}^{2}", "xᵢⱼ²", "an index before the exponent"),
        (r"x'_i", "xᵢ′", "a prime"),
        (r"f''(t)", "f″(t)", "two primes"),
        (r"\delta_{row}", "δ_row", "a word stays on the line"),
        (r"x_q", "x_q", "there is no small q"),
        (r"e^{\sigma}", "e^σ", "nor a raised sigma"),
        (r"x_qy", "x_q y", "y is no index"),
        (r"D_{i-1}", "Dᵢ₋₁", "an index with a sign"),
        (r"a_{i,j}", "a_(i, j)", "there is no small comma"),
        (r"W_n \cdots W_1", "Wₙ ⋯ W₁", "dots"),
        (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[1  2; 3  4]", "a matrix row by row"),
        (r"\left[x_i\right]_{i}", "[xᵢ]ᵢ", "a vector by its entries"),
        (r"\left\lVert x \right\rVert^{2}", "‖x‖²", "a norm"),
        (r"\mathbb{R}^{m x n}", "ℝ^(m × n)", "a shape"),
        (r"\hat{y}_k", "ŷₖ", "an accent"),
        (r"\hat{\sigma}", "σ̂", "an accent over a letter that has none of its own"),
        (r"\operatorname{tr}A", "tr A", "two names are two words"),
        (r"\lim_{z \to \infty} z", "lim_(z → ∞) z", "a limit"),
        (r"z \in \left(0, \frac{1}{4}\right]", "z ∈ (0, 1/4]", "an interval"),
        (r"\sqrt{x + 1}", "√(x + 1)", "a root"),
        (r"\sqrt[3]{x}", "³√x", "its degree"),
        ("σ(x)≤1", "σ(x) ≤ 1", "signs that are Unicode already"),
        ("a \u001b[31m", "a \ufffd[31m", "no formula, and no color either"),
        (r"\input{/etc/passwd}", r"\input{/etc/passwd}", "no formula"),
        ("", "", "nothing"),
    ],
)
def test_formulas(source: str, line: str, why: str) -> None:
    assert readable(source) == line, why


PIECES = st.sampled_from(
    [*"abxWz012+-=(,)[]|^_'{} ", r"\frac{a}{b}", r"\sum_{i=1}^n ", r"\left(x\right)", r"\partial ", r"\sigma", r"\sqrt"]
    + [
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"\hat{y}",
        r"\text{row}",
        r"\ge ",
        r"\cdot ",
        "{x}",
        "^{T}",
        "&",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_may_be_printed_is_one_line_without_commands(source: str) -> None:
    line = readable(source)
    if clean(source) is None:
        assert line == source
    else:
        assert "\\" not in line
        assert "\n" not in line
        letters = [each for each in source if each in "zW"]
        assert [each for each in line if each in "zWᶻᵂ"] == letters or "^" in source or "_" in source


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("utf-8", "aᵢ ≥ ½"),
        ("ascii", r"a_i \ge ½"),
        ("latin-1", r"a_i \ge ½"),
        (None, r"a_i \ge ½"),
        ("no", r"a_i \ge ½"),
    ],
)
def test_where_a_sign_cannot_be_shown_the_source_is(encoding: str | None, line: str) -> None:
    shown = shown_in(encoding)(r"a_i \ge x")
    assert shown == line.replace("½", "x")


def test_each_formula_falls_back_by_itself() -> None:
    said = ("square: ", Formula("a^2"), ", code: ", Code(r"\x"), ", sigma: ", Formula(r"\sigma"))
    assert in_words(said, shown_in("latin-1")) == r"square: a², code: \x, sigma: \sigma"


def test_a_whole_claim() -> None:
    y = W * x
    (link,) = equal(jacobian(y, x), W).links()
    assert readable(str(link)) == "∂(W x)/∂x = W"
