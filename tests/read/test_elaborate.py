"""Notations: each is read to the expression that mathematics gives it, or refused at its place."""

import pytest

from tests.read.reading import expression, name
from verify.language import (
    Array,
    Call,
    Defined,
    Delta,
    Derivative,
    Expression,
    Hadamard,
    Index,
    Mismatch,
    Number,
    Opaque,
    Range,
    Sum,
    cross_entropy,
    diag,
    dims,
    grad,
    hadamard,
    index,
    indices,
    log,
    loss,
    matrix,
    max_over,
    norm,
    one_hot,
    product_over,
    row,
    scalar,
    shape,
    sigma,
    softmax,
    sum_over,
    tanh,
    tr,
    vector,
    vector_of,
)
from verify.language import exp as e_to
from verify.language.functions import softplus
from verify.language.matrices import Matrix
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.indices import Unsettled
from verify.read.notes import Misfit
from verify.read.parse import parse
from verify.read.scope import Elementwise, Indexed, Quantity, scope_of
from verify.read.tokens import tokenize

k, d, n = dims("k d n")
W, x, b = matrix("W", k, d), vector("x", d), vector("b", k)
y = Defined("y", W * x + b)
J = loss("J", y)
delta = Defined(r"\delta", grad(J, y))
z, c = scalar("z"), scalar("c")
u, v = vector("u", n), vector("v", n)
p = vector(r"\hat y", n)
A = matrix("A", n, n)
r = row("r", n)
f = Opaque("f")
W2 = matrix("W_2", n, k)
M = matrix("M^{(2)}", n, n)
o = index("o", n)
loss_word = scalar("loss")
i, j = index("i", d), index("j", d)
row_i, column_j = index("i", k), index("j", d)
at, to = indices("i j", n)

SCOPE = scope_of(
    [
        *((name(each.symbol), Quantity(each)) for each in (k, d, n, W, x, b, y, J, delta, z, c, u, v, p, A, r, W2, M)),
        (name("f"), Elementwise(f)),
        (name("o"), Indexed(o)),
        (name(r"\operatorname{loss}"), Quantity(loss_word)),
    ]
)
BARE = scope_of([(name(each.symbol), Quantity(each)) for each in (n, u, v, z)])


def zs(symbol: str) -> Expression:
    return scalar(symbol)


NOTATIONS: list[tuple[str, Expression, str]] = [
    # numbers, signs, fractions
    ("2", Number(2), "a number"),
    ("0.5", Number(1) / Number(2), "a decimal is exact"),
    ("-1", Number(-1), "minus one is one number"),
    ("-2", -Number(2), "others are negated"),
    ("z - 1", z - 1, "a difference"),
    ("+z", z, "a leading plus"),
    ("z + -c", z + (-c), "two signs"),
    (r"\frac{z}{c}", z / c, "a fraction"),
    (r"\frac12", Number(1) / Number(2), "a fraction of digits"),
    (r"\dfrac{1}{2}z", (Number(1) / Number(2)) * z, "another fraction, and a factor"),
    ("z/c", z / c, "a slash"),
    ("z/(2c)", z / (2 * c), "a slash before parentheses"),
    ("(-1)z", Number(-1) * z, "a negative factor"),
    ("2^3", Number(2) ** 3, "a power of numbers"),
    ("z^2", z**2, "a power"),
    ("z^{-1}", z**-1, "an inverse"),
    ("z^{c+1}", z ** (c + 1), "a sum in an exponent"),
    (r"\sqrt{z}", z ** (Number(1) / Number(2)), "a root"),
    ("(z + c)^2", (z + c) ** 2, "a power of parentheses"),
    (r"\left[z + c\right]^2", (z + c) ** 2, "brackets are parentheses"),
    (r"\big(z\big)", z, "sizes of parentheses"),
    (r"\{z + c\} 2", (z + c) * 2, "braces are parentheses"),
    ("z % a comment", z, "a comment"),
    (r"z\,c", z * c, "a thin space"),
    (r"{}z", z, "empty braces"),
    # products
    ("zc", z * c, "side by side"),
    ("z c u", z * c * u, "three factors"),
    (r"z \cdot c", z * c, "a dot"),
    (r"z \times c", z * c, "a cross"),
    ("z * c", z * c, "a star"),
    ("Wx + b", W * x + b, "a matrix and a vector"),
    (r"u^T v", u.T * v, "an inner product"),
    (r"u v^\top", u * v.T, "an outer product"),
    (r"u v^{\top}", u * v.T, "the same"),
    (r"u v^{T}", u * v.T, "the same"),
    (r"u v^\intercal", u * v.T, "the same"),
    (r"u v^{\mathrm T}", u * v.T, "the same"),
    (r"u v^\mathsf{T}", u * v.T, "the same"),
    (r"(A u)^T", (A * u).T, "the transpose of a product"),
    (r"u \odot v", hadamard(u, v), "the entrywise product"),
    (r"u \circ v", hadamard(u, v), "another sign for it"),
    (r"u \odot v \odot u", Hadamard(u, v, u), "three factors"),
    (r"A u \odot v", hadamard(A * u, v), "juxtaposition binds tighter"),
    (r"u \odot A v", hadamard(u, A * v), "on both sides"),
    (r"A \cdot u \odot v", hadamard(A * u, v), "from the left, as it fits"),
    (r"u \odot A \cdot v", hadamard(u, A * v), "the other way, since only that fits"),
    (r"u \odot v \cdot c", Hadamard(u, v) * c, "a scalar may come in anywhere"),
    (r"z(z+1)", z * (z + 1), "a name before parentheses is a factor"),
    (r"2(z)(c)", 2 * z * c, "parentheses side by side"),
    (r"u \cdot 2", u * 2, "a number to the right"),
    # names
    (r"\hat y", p, "an accent"),
    (r"\hat{y}", p, "an accent with braces"),
    (r"\widehat{y}_i", p[at], "a wide accent, and an index"),
    (r"\hat{y_i}", p[at], "an accent over a letter with its index"),
    (r"\mathbf{W}", W, "bold is the same name, unless both are declared"),
    (r"\boldsymbol{W} \vec{x}", W * x, "other bold fonts"),
    (r"{\bf W} x", W * x, "a switch of font"),
    (r"\mathbf{Wx}", W * x, "two letters in a font"),
    ("W_2", W2, "a name with a number"),
    ("W_{2}", W2, "braces around it"),
    ("W_2 y", W2 * y, "a name with a number, and a factor"),
    (r"M^{(2)}", M, "a tag in parentheses"),
    (r"M^{(2)T}", M.T, "a tag and a transpose"),
    (r"\operatorname{loss} z", loss_word * z, "a word"),
    ("loss z", loss_word * z, "a declared word without a font"),
    # entries
    ("x_i", x[i], "an entry"),
    ("x_{i}", x[i], "braces"),
    ("x_1", x[1], "a number as an index"),
    ("W_{ij}", W[row_i, column_j], "two indices"),
    ("W_{i,j}", W[row_i, column_j], "with a comma"),
    ("W_{1j}", W[1, column_j], "a number and an index"),
    ("W_{12}", W[1, 2], "two digits are two indices"),
    ("x_{12}", x[12], "of a vector they are one"),
    ("w_{ij}", W[row_i, column_j], "an entry of W, where w means nothing"),
    (r"r_i", r[at], "an entry of a row"),
    (r"(Wx)_i", (W * x)[row_i], "an entry of a product"),
    (r"[Wx]_i", (W * x)[row_i], "the same in brackets"),
    (r"x_{i'} x_i", x[index("i'", d)] * x[i], "a primed index"),
    (r"[u_i v_i]_i", vector_of(at, u[at] * v[at]), "a vector by its entries"),
    (r"u_o", u[o], "a declared index"),
    (r"e_o", one_hot(o, n), "the unit vector of a declared index"),
    (r"e(o)", one_hot(o, n), "the same"),
    (r"x_i^2", x[i] ** 2, "a power of an entry"),
    # sums
    (r"\sum_{i=1}^n u_i", sum_over(at, u[at]), "a sum with bounds"),
    (r"\sum_i u_i", sum_over(at, u[at]), "the dimension is that of the axis"),
    (r"\sum_i^n u_i", sum_over(at, u[at]), "an upper bound alone"),
    (r"\sum\limits_{i} u_i", sum_over(at, u[at]), "limits"),
    (r"\sum_{i=1}^n u_i v_i + c", sum_over(at, u[at] * v[at]) + c, "a sum ends at a plus"),
    (r"\sum_i u_i \cdot v_i", sum_over(at, u[at] * v[at]), "and not at a dot"),
    (r"\sum_i -u_i", sum_over(at, -u[at]), "a sign within"),
    (r"c \sum_i u_i", c * sum_over(at, u[at]), "a factor before it"),
    (r"\left(\sum_i u_i\right) c", sum_over(at, u[at]) * c, "a factor after it"),
    (r"\sum_i \sum_j A_{ij} u_j", sum_over(at, sum_over(to, A[at, to] * u[to])), "two sums"),
    (r"\sum_{i,j} A_{ij}", sum_over(at, sum_over(to, A[at, to])), "two indices at one sign"),
    (r"\sum_{ij} A_{ij}", sum_over(at, sum_over(to, A[at, to])), "without a comma"),
    (r"\sum_i u_i \sum_i v_i", sum_over(at, u[at] * sum_over(at, v[at])), "an inner sum hides the outer index"),
    (r"\sum_k u_k", sum_over(at, u[at]), "a bound index hides the dimension k"),
    (r"\sum_o u_o", sum_over(at, u[at]), "a bound index hides a declared one"),
    (r"\sum_{j=1}^{n} e^{u_j + c}", sum_over(to, e_to(u[to] + c)), "within an exponent"),
    (
        r"\sum_{i=0}^n u_i",
        Sum(u[Index("i", Range(Number(0), n))], Index("i", Range(Number(0), n))),
        "one term too many",
    ),
    (r"\prod_i u_i", product_over(at, u[at]), "a product over an index"),
    (r"\max_i u_i", max_over(at, u[at]), "a maximum"),
    (r"z - \max_j u_j", z - max_over(to, u[to]), "in a difference"),
    (r"\frac{e^{u_i}}{\sum_j e^{u_j}}", e_to(u[at]) / sum_over(to, e_to(u[to])), "a softmax, written out"),
    # functions
    (r"e^{-z}", e_to(-z), "the exponential"),
    (r"e^z", e_to(z), "without braces"),
    (r"\exp(z)", e_to(z), "as a function"),
    (r"\exp\{z\}", e_to(z), "with braces"),
    ("exp(z)", e_to(z), "without a backslash"),
    (r"\log z", log(z), "without parentheses"),
    (r"\ln(z)", log(z), "the natural logarithm"),
    (r"u_i \log \hat y_i", u[at] * log(p[at]), "the last factor"),
    (r"\log \frac{z}{c}", log(z / c), "of a fraction"),
    (r"\log \sigma(z)", log(sigma(z)), "of a call"),
    (r"\log z \log c", log(z) * log(c), "two logarithms"),
    (r"\log \sum_j e^{u_j}", log(sum_over(to, e_to(u[to]))), "of a sum"),
    (r"\sigma(z)", sigma(z), "the logistic function"),
    ("sigmoid(z)", sigma(z), "by its name"),
    (r"\sigma(Wx + b)", sigma(W * x + b), "entrywise"),
    (r"\tanh(2z)", tanh(2 * z), "tanh"),
    ("tanh(z)", tanh(z), "without a backslash"),
    (r"\operatorname{tanh}(z)", tanh(z), "as an operator"),
    (r"\mathrm{softplus}(z)", softplus(z), "in another font"),
    (r"\tanh^2(z)", tanh(z) ** 2, "a power of a function"),
    (r"\sigma'(z)", sigma.derivative(z), "a prime is a derivative"),
    (r"\sigma^\prime(z)", sigma.derivative(z), "written out"),
    (r"\sigma^{\prime}(z)", sigma.derivative(z), "in braces"),
    (r"f(u)", f(u), "any function, entrywise"),
    (r"f''(z)", f.derivative(z, 2), "two primes"),
    (r"f(u)_i", f(u)[at], "an entry of the values"),
    (r"f(z)^2", f(z) ** 2, "a power of a value"),
    (r"\text{softmax}(u)", softmax(u), "a text as a name"),
    ("softmax(u)", softmax(u), "without a backslash"),
    (r"\softmax(u)", softmax(u), "with one"),
    (r"\mathrm{softmax}(u)_i", softmax(u)[at], "an entry"),
    (r"softmax_i(u)", softmax(u)[at], "an entry, the index at the function"),
    ("softmax(u_i)", softmax(u)[at], "f of entries is an entry of f"),
    ("softmax(u_i + c)", softmax(u + c)[at], "with a number added"),
    ("softmax(u_i v_i)", softmax(vector_of(at, u[at] * v[at]))[at], "of a product of entries"),
    (r"\sum_j softmax(u_j)", sum_over(to, softmax(u)[to]), "by a bound index"),
    (r"\operatorname{CE}(u, \hat y)", cross_entropy(u, p), "two arguments"),
    (r"\operatorname{tr}(A)", tr(A), "the trace"),
    (r"\operatorname{diag}(u)", diag(u), "a diagonal matrix"),
    (r"\|u\|^2", norm(u) ** 2, "a norm"),
    (r"\left\lVert u \right\rVert", norm(u), "a norm, otherwise"),
    ("J(W, b)", J, "a loss at what it depends on"),
    # derivatives
    (r"\frac{\partial J}{\partial W}", grad(J, W), "a gradient"),
    (r"\frac{\partial J}{\partial W_{ij}}", Derivative(J, W[row_i, column_j]), "by an entry"),
    (r"\frac{\partial y_i}{\partial x_j}", Derivative(y[row_i], x[column_j]), "of an entry by an entry"),
    (r"\partial J / \partial W", grad(J, W), "with a slash"),
    (r"\frac{\partial}{\partial z}\left[z^2\right]", Derivative(z**2, z), "an operator"),
    (r"\frac{\partial}{\partial z} z^2", Derivative(z**2, z), "before a power"),
    (r"\frac{d}{dz} z e^z", Derivative(z * e_to(z), z), "before a product"),
    (r"\frac{d}{dz} (z^2) c", Derivative(z**2, z) * c, "before parentheses, which it takes alone"),
    (r"\frac{d}{dz} (z + 1)^2", Derivative((z + 1) ** 2, z), "with their exponent"),
    (r"c \frac{d}{dz} \frac{1}{z}", c * Derivative(1 / z, z), "a factor before it"),
    (r"\frac{d z^2}{d z}", Derivative(z**2, z), "with a d, though d is a dimension"),
    (r"\frac{\mathrm{d} z^2}{\mathrm{d} z}", Derivative(z**2, z), "with an upright d"),
    (r"\frac{d\sigma(z)}{dz}", Derivative(sigma(z), z), "of a call"),
    (r"\frac{d \sigma}{d z}", Derivative(sigma(z), z), "of a function, at the variable"),
    (r"\frac{\partial Wx}{\partial x}", Derivative(W * x, x), "of a product"),
    (r"\frac{\partial (Wx + b)}{\partial x}", Derivative(W * x + b, x), "of a sum in parentheses"),
    (r"\frac{\partial \log \hat y_i}{\partial \hat y_i}", Derivative(log(p[at]), p[at]), "of a logarithm"),
    (
        r"\frac{\partial (\sum_i u_i A_{ij})}{\partial A_{ij}}",
        Derivative(sum_over(at, u[at] * A[at, to]), A[at, to]),
        "the inner i is another i",
    ),
    # vectors and matrices by their entries
    (r"\begin{bmatrix} 1 & z \\ c & 2 \end{bmatrix}", Matrix((Number(1), z), (c, Number(2))), "a matrix"),
    (r"\begin{pmatrix} z \\ c \\ \end{pmatrix}^T", Matrix((z,), (c,)).T, "a column, transposed"),
    (r"\left[\begin{array}{cc} z & c \end{array}\right]", Matrix((z, c)), "an array"),
    # Unicode
    ("σ(z) · c", sigma(z) * c, "letters and signs of Unicode"),
    ("∂J/∂W", grad(J, W), "a derivative in Unicode"),
    (r"\textcircled{1} z", z, "a circled number"),
    (r"z \circled{2}", z, "another, at the end"),
    (r"z \ding{172}", z, "as a sign"),
    (r"z \circled{a}", z, "a circled letter at the end"),
    ("W(x + x)", W * (x + x), "a matrix before parentheses"),
    ("W(x^T)", W * x.T, "also around a transpose"),
    ("z(u_i)", z * u[at], "or an entry"),
]


@pytest.mark.parametrize(("text", "expected", "why"), NOTATIONS, ids=[text for text, _, _ in NOTATIONS])
def test_notation(text: str, expected: Expression, why: str) -> None:
    assert expression(text, SCOPE) == expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\delta_{ij} u_j", Delta(at, to) * u[to]),
        (r"\sum_j \delta_{ij} u_j v_i", sum_over(to, Delta(at, to) * u[to] * v[at])),
        (r"u_i \delta_{i1}", u[at] * Delta(at, Number(1))),
        (r"\sum_j \sum_i \delta_{ij} u_i v_j", sum_over(to, sum_over(at, Delta(at, to) * u[at] * v[to]))),
    ],
)
def test_delta_with_two_indices_is_kronecker_where_it_means_nothing_else(text: str, expected: Expression) -> None:
    assert expression(text, BARE) == expected


def test_a_delta_alone_needs_the_other_side_to_know_how_far_its_indices_run() -> None:
    with pytest.raises(Unsettled, match="nothing tells how far i runs"):
        expression(r"\delta_{ij}", BARE)
    assert expression(r"\delta_{ij}", BARE, i=n, j=n) == Delta(at, to)


def refusal(text: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        elaborate(parse(tokenize(text), SCOPE.words), SCOPE)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        # names
        ("z + h", 5, "the name h is not known here"),
        (r"\mathbf{h}", 9, r"the name \mathbf{h} is not known here"),
        ("zqq", 2, "the name q is not known here"),
        (r"\operatorname{ReLU}(z)", 1, "the name ReLU is not known here"),
        ("z'", 1, "the name z' is not known here"),
        (r"z^{(2)}", 1, "the name z^{(2)} is not known here, and a superscript in parentheses is no power"),
        (r"(z + 1)^{(2)}", 10, "a superscript in parentheses is no power, and no such name is known here"),
        # indices
        ("i", 1, "the name i is not known here"),
        ("o u_o", 1, "the index o as a number"),
        ("u_{ij}", 4, "u (n x 1) takes 1 index"),
        ("W_i", 3, "W (k x d) takes 2 indices"),
        ("c_i", 3, "c (a scalar) takes no index"),
        ("x_k", 3, "k is a dimension here, and no index"),
        ("x_z", 3, "z is a name here, and no index"),
        ("x_g", 3, "the index g is not known here"),
        ("x_{i+1}", 4, "this is no subscript"),
        (r"\delta_{ijk}", 9, r"\delta (k x 1) takes 1 index"),
        (r"\sum_j z", 6, "nothing tells how far j runs"),
        (r"\sum_{i=1}^{n-1} u_i", 7, "i runs over a part of the entries alone, which is not read yet"),
        (r"\sum_{i=0}^{n-1} u_i", 7, "nothing says that this index counts from 0"),
        (r"\sum_{i=1}^z u_i", 12, "z is no dimension here"),
        # products
        ("z/2c", 3, "what stands below this / is not clear"),
        (r"A \odot A \cdot A", 1, "an entrywise product and another without parentheses"),
        ("(z, c)", 1, "several things in parentheses, and no function before them"),
        ("z(c)", 2, "z is no function, and a product is not written so"),
        (r"y(\hat y)", 2, r"y does not depend on \hat y, as far as is said here"),
        # functions
        (r"\sigma", 1, r"\sigma is a function and needs an argument"),
        (r"\sigma z", 8, r"\sigma is a function"),
        (r"\log z c", 8, "it is not clear how much log is applied to"),
        (r"\log 2z", 7, "it is not clear how much log is applied to"),
        (r"\log_2 z", 6, "a subscript on a function of a number"),
        (r"\sigma^{-1}(z)", 9, "this is no power of a function"),
        (r"\sigma(z, c)", 7, "2 arguments where 1 is taken"),
        ("softmax(z)", 8, "softmax takes a vector and is given a scalar"),
        ("softmax(W_{ij})", 8, "softmax takes a vector and is given a scalar with the indices i, j"),
        ("softmax'(u)", 9, "a prime on a function of vectors"),
        # transposes
        ("z^T", 3, "z is a scalar and has no transpose"),
        ("A^*", 3, "a star is not read yet"),
        # derivatives
        (r"\partial W", 1, r"\partial stands only in a derivative"),
        (r"\frac{\partial z}{c}", 7, r"\partial stands only in a derivative"),
        (r"\frac{\partial z + \partial c}{\partial z}", 7, r"\partial stands only in a derivative"),
        (r"\frac{\partial z}{\partial c z}", 30, "more than one thing to differentiate by"),
        (r"\frac{\partial J}{\partial (2x)}", 1, "2 x is no variable to differentiate by, and no part of J"),
        (r"\frac{\partial J}{\partial W^T}", 1, "W^T is no variable to differentiate by, and no part of J"),
        (r"\frac{\partial}{\partial z}", 28, "nothing stands here to be derived"),
        (r"\frac{d}{dz} \frac{1}{z} \frac{dz}{dc}", 14, "it is not clear how much is derived here"),
        (r"\frac{\partial w_kj}{\partial z}", 18, "W (k x d) takes 2 indices"),
        # braces that are not seen
        ("{z + c} z", 2, "a sum in braces, which are not seen in print"),
        ("{z c}^2", 2, "a script on braces, which are not seen in print"),
        ("e^-z", 3, "a script of more than one sign needs braces"),
        (r"\delta{ik}", 8, "the name i is not known here"),
        # what is not read
        (r"\nabla J", 1, "nothing says what this nabla derives by"),
        (r"u \otimes v", 1, r"\otimes has several meanings, and the context says none"),
        (r"\sum u", 1, r"\sum without an index"),
        (r"z \pm c", 3, r"\pm says two things at once: write one sign"),
        (r"\foo", 1, r"\foo is not known here"),
        ("z ¿", 3, "¿ cannot stand here"),
        ("2 3", 3, "two numbers side by side"),
        (r"z \text{ for all } c", 3, "a text, 'for all', in the midst of a formula"),
        (r"\begin{cases} z \end{cases}", 17, "a case without a condition"),
        # what is not closed
        ("(z + c", 1, "this ( is not closed"),
        (r"\frac{z}{c", 9, "this { is not closed"),
        ("z)", 2, ") cannot stand here"),
        ("(z]", 3, "] cannot stand here"),
        ("z +", 4, "the expression ends here"),
        ("z^", 3, "the expression ends here"),
        ("z^2^3", 4, "a second superscript"),
        ("x_i_j", 4, "a second subscript"),
        ("^2", 1, "^ with nothing to its left that it could belong to"),
        ("z & c", 3, "& outside of a matrix"),
        (r"\begin{bmatrix} z", 1, "this bmatrix has no end"),
    ],
)
def test_refused_with_its_place(text: str, column: int, says: str) -> None:
    error = refusal(text)
    assert (error.says, error.column) == (says, column)


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    assert refusal("h").known[:4] == ("k", "d", "n", "W")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("softmax(W u)", "the columns of W (k x d) do not meet the rows of u (n x 1)"),
        ("(W u)_i", "the columns of W (k x d) do not meet the rows of u (n x 1)"),
    ],
)
def test_shapes_that_do_not_fit_where_one_is_needed(text: str, says: str) -> None:
    with pytest.raises(Misfit, match="do not meet") as caught:
        expression(text, SCOPE)
    assert caught.value.verdict.says == says


def test_a_sum_from_0_is_one_term_too_long() -> None:
    found = shape(expression(r"\sum_{i=0}^n u_i", SCOPE))
    assert isinstance(found, Mismatch)
    assert found.reason == "index-range"


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("softmax(u_i)", [r"softmax(u_i) is entry i of \operatorname{softmax}(u)"]),
        ("u + c", ["c is added to each entry"]),
        ("w_{ij}", ["w with two indices is an entry of W"]),
        ("J(W, b)", ["J(W, b) is J"]),
        (r"\frac{d}{dz} (z^2) c", ["a derivative before parentheses is that of the parentheses alone"]),
        (r"\frac{d \sigma}{d z}", [r"\sigma is derived at z"]),
        (r"u \odot A \cdot v", [r"read as u \odot \left(A v\right)"]),
        ("e_o", ["e with the index o is the vector with 1 there and 0 elsewhere"]),
        ("u + v", []),
    ],
)
def test_readings_that_were_chosen_are_noted(text: str, assumed: list[str]) -> None:
    assert list(elaborate(parse(tokenize(text), SCOPE.words), SCOPE).notes.assumed) == assumed


def test_free_indices_run_as_far_as_the_axis_they_subscript() -> None:
    found = elaborate(parse(tokenize(r"\delta_i \sum_i W_{ij}"), SCOPE.words), SCOPE)
    assert (found.free, found.bound) == ({"i": k, "j": d}, ("i",))


def test_a_sum_over_a_declared_index_does_not_capture_it_in_a_definition() -> None:
    """y is one-hot at o, so that the sum over o of y_o is 1, and not n."""
    target = Defined("t", one_hot(o, n).meaning)
    scope = SCOPE.with_name(name("t"), Quantity(target))
    found = expression(r"\sum_o t_o", scope)
    assert found == sum_over(at, target[at])
    assert found.atoms(Index) == {o}


def test_an_operator_is_no_quotient() -> None:
    found = expression(r"\frac{\partial J}{\partial W_{ij}}", SCOPE)
    assert isinstance(found, Derivative)


def test_calls_stay_unfolded() -> None:
    assert isinstance(expression(r"\sigma(z)", SCOPE), Call)
    assert isinstance(expression("[u_i]_i", SCOPE), Array)
