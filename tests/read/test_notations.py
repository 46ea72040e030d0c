r"""The notations of write-ups, one a row: what each is read to, by mathematics, or where it is refused.

The names: W is m x d, x has d entries, b m, u and v n, A is n x n; y = W x + b, J depends on y; z and c are numbers,
f is any function of one; o is an index up to n. \delta with two indices is Kronecker's: it means nothing else here.
"""

import pytest

from tests.read.reading import name
from verify.language import (
    Defined,
    Delta,
    Derivative,
    Expression,
    Norm,
    Number,
    Opaque,
    Transpose,
    cross_entropy,
    diag,
    dims,
    grad,
    hadamard,
    identity,
    index,
    indices,
    jacobian,
    kronecker,
    log,
    loss,
    matrix,
    matrix_of,
    max_over,
    norm,
    ones,
    product_over,
    scalar,
    sigma,
    softmax,
    sum_over,
    tanh,
    tr,
    vec,
    vector,
    vector_of,
)
from verify.language import exp as e_to
from verify.language.matrices import Matrix
from verify.read.conventions import Conventions
from verify.read.elaborate import Elaborated, elaborate
from verify.read.errors import ReadError
from verify.read.order import before
from verify.read.parse import parse
from verify.read.scope import Elementwise, Indexed, Quantity, scope_of
from verify.read.tokens import tokenize

m, d, n = dims("m d n")
W, x, b = matrix("W", m, d), vector("x", d), vector("b", m)
y = Defined("y", W * x + b)
J = loss("J", y)
z, c = scalar("z"), scalar("c")
u, v, p = vector("u", n), vector("v", n), vector(r"\hat{y}", n)
A = matrix("A", n, n)
W2 = matrix("W^{(2)}", n, n)
f = Opaque("f")
o = index("o", n)
i, j, k, s = indices("i j k s", n)
down, across = index("i", m), index("j", d)
one = Number(1)

QUANTITIES = (m, d, n, W, x, b, y, J, z, c, u, v, p, A, W2)
SCOPE = scope_of(
    [
        *((name(each.symbol), Quantity(each)) for each in QUANTITIES),
        (name("f"), Elementwise(f)),
        (name("o"), Indexed(o)),
    ]
)
TOLD = {"i": n, "j": n, "k": n}


def read(text: str, conventions: Conventions | None = None) -> Elaborated:
    return elaborate(parse(tokenize(text), SCOPE.words), SCOPE, conventions or Conventions(), TOLD)


def all_but(skipped: Expression, term: Expression) -> Expression:
    """A term that does not count where an index is one that is left out."""
    return (one - skipped) * term


def all_after(last: int) -> Expression:
    """The sum of the entries after the first two, or so."""
    body: Expression = u[i]
    for value in range(1, last + 1):
        body = all_but(Delta(i, Number(value)), body)
    return sum_over(i, body)


ROWS: list[tuple[str, Expression, str]] = [
    # sums without an upper bound, over sets, under conditions
    (r"\sum_j u_j", sum_over(j, u[j]), "no upper bound"),
    (r"\sum_{j} u_j v_j", sum_over(j, u[j] * v[j]), "in braces"),
    (r"\sum_{i,j} A_{ij}", sum_over(i, sum_over(j, A[i, j])), "two indices at one sign"),
    (r"\sum_{i=1,j=1}^n A_{ij}", sum_over(i, sum_over(j, A[i, j])), "each with its beginning"),
    (r"\sum_{w \in n} u_w", sum_over(j, u[j]), "over a set that is a dimension"),
    (r"\sum_{w \in \mathcal{V}} u_w", sum_over(j, u[j]), "over a vocabulary"),
    (r"\sum_{i \in \{1, \dots, n\}} u_i", sum_over(i, u[i]), "over a set that is written out"),
    (r"\sum_{i \in [n]} u_i", sum_over(i, u[i]), "its short form"),
    (r"\sum_{1 \le i \le n} u_i", sum_over(i, u[i]), "between two bounds"),
    (r"\sum_{j \ne i} u_j", sum_over(j, all_but(Delta(j, i), u[j])), "under a condition"),
    (r"\sum_{j \neq i}^n u_j", sum_over(j, all_but(Delta(j, i), u[j])), "and an upper bound"),
    (r"\sum_{j=1, j \ne i}^n u_j", sum_over(j, all_but(Delta(j, i), u[j])), "after a lower one"),
    (r"\sum_{\substack{j=1 \\ j \ne i}}^n u_j", sum_over(j, all_but(Delta(j, i), u[j])), "in two rows"),
    (r"\sum_{j : j \ne i} u_j", sum_over(j, all_but(Delta(j, i), u[j])), "after a colon"),
    (r"\sum_{j | j \ne i} u_j", sum_over(j, all_but(Delta(j, i), u[j])), "after a bar"),
    (r"\sum_{j \ne o} u_j", sum_over(j, all_but(Delta(j, o), u[j])), "a declared index left out"),
    (r"\sum_{j \ne 1} u_j", sum_over(j, all_but(Delta(j, one), u[j])), "a number left out"),
    (r"\sum_{i=2}^n u_i", sum_over(i, all_but(Delta(i, one), u[i])), "a later beginning"),
    (
        r"\sum_{i=3}^n u_i",
        sum_over(i, all_but(Delta(i, Number(2)), all_but(Delta(i, one), u[i]))),
        "a still later beginning",
    ),
    (r"\sum_{i > 2} u_i", all_after(2), "after the second"),
    (r"\sum_{3 \le i \le n} u_i", all_after(2), "between other bounds"),
    (r"\sum_{n \ge i > 2} u_i", all_after(2), "turned round"),
    (r"\sum_{i \le n} u_i", sum_over(i, u[i]), "up to the last"),
    # sums over pairs, and bounds that move
    (r"\sum_{j < i} u_j", sum_over(j, before(j, i) * u[j]), "below another index"),
    (r"\sum_{j > i} u_j", sum_over(j, before(i, j) * u[j]), "above it"),
    (r"\sum_{j=1}^{i-1} u_j", sum_over(j, before(j, i) * u[j]), "as an upper bound"),
    (r"\sum_{j=1}^{i} u_j", sum_over(j, before(j, i, by=0) * u[j]), "which is attained"),
    (r"\sum_{j=i+1}^n u_j", sum_over(j, before(i, j) * u[j]), "as a lower one"),
    (r"\sum_{j=i}^n u_j", sum_over(j, before(i, j, by=0) * u[j]), "which is attained"),
    (r"\sum_{i<j} A_{ij}", sum_over(i, sum_over(j, before(i, j) * A[i, j])), "both indices"),
    (r"\sum_{i,j : i<j} A_{ij}", sum_over(i, sum_over(j, before(i, j) * A[i, j])), "as a condition"),
    (r"\sum_{i=1}^n \sum_{j=i+1}^n A_{ij}", sum_over(i, sum_over(j, before(i, j) * A[i, j])), "as two sums"),
    (
        r"\sum_{i<j} u_i u_j",
        sum_over(i, sum_over(j, one / 2 * (all_but(Delta(i, j), u[i] * u[j])))),
        "half of all pairs, where the order does not matter",
    ),
    (
        r"\sum_{i \le j} u_i u_j",
        sum_over(i, sum_over(j, one / 2 * ((one + Delta(i, j)) * (u[i] * u[j])))),
        "with the equal ones",
    ),
    # indices that count from 0, as numbers
    (r"\sum_{i=0}^{n-1} z^i", sum_over(i, z ** (i - 1)), "up to n - 1"),
    (r"\sum_{i=0}^{n} z^i", z ** Number(0) + sum_over(i, z**i), "up to n"),
    (r"\prod_{j} u_j", product_over(j, u[j]), "a product"),
    (r"\prod_i u_i \prod_i v_i", product_over(i, u[i]) * product_over(i, v[i]), "it ends where another begins"),
    (r"\prod_i u_i \prod_j A_{ij}", product_over(i, u[i] * product_over(j, A[i, j])), "but for its own index"),
    (r"\prod_i z u_i", product_over(i, z * u[i]), "what stands before the index"),
    (r"\prod_{i=1}^n z c", product_over(i, z * c), "no index at all"),
    (r"\prod_{j=1}^n u_j", product_over(j, u[j]), "with bounds"),
    (
        r"\prod_{j \ne i} u_j",
        product_over(j, one - (one - Delta(j, i)) + (one - Delta(j, i)) * u[j]),
        "a product under a condition",
    ),
    (r"\sum u_i v_i", sum_over(i, u[i] * v[i]), "no index at all"),
    (r"\frac{e^{u_i}}{\sum e^{u_j}}", e_to(u[i]) / sum_over(j, e_to(u[j])), "no index, in a fraction"),
    (r"\sum_i \sum A_{ij}", sum_over(i, sum_over(j, A[i, j])), "the index that is not bound yet"),
    (r"\sum^n u_i", sum_over(i, u[i]), "an upper bound alone"),
    (r"\sum_i i u_i", sum_over(i, i * u[i]), "the index as a number"),
    (r"\sum_i u_i \sum_i v_i", sum_over(i, u[i] * sum_over(i, v[i])), "an inner index hides the outer one"),
    # maxima
    (r"\max_i u_i", max_over(i, u[i]), "a maximum"),
    (r"\max u_i", max_over(i, u[i]), "without an index"),
    (r"\max(u)", max_over(i, u[i]), "of a vector"),
    (r"\max_j (u_j + c)", max_over(j, u[j] + c), "of a sum"),
    (r"\min_i u_i", -max_over(i, -u[i]), "a minimum is minus the maximum of the negatives"),
    # indicators and deltas
    (r"\delta_{ij} u_j", Delta(i, j) * u[j], "Kronecker"),
    (r"\delta_{i,j} u_j", Delta(i, j) * u[j], "with a comma"),
    (r"\delta_{io} u_i", Delta(i, o) * u[i], "of a declared index"),
    (r"\mathbf{1}[i=j] u_j", Delta(i, j) * u[j], "an indicator"),
    (r"\mathbb{1}\{i=j\} u_j", Delta(i, j) * u[j], "another font and other brackets"),
    (r"\mathbbm{1}(i=j) u_j", Delta(i, j) * u[j], "another still"),
    (r"\mathbb{I}[i=j] u_j", Delta(i, j) * u[j], "an I"),
    (r"1\{i=o\}", Delta(i, o), "a plain 1"),
    (r"\mathbf{1}_{i=j} u_j", Delta(i, j) * u[j], "in the subscript"),
    (r"\mathbf{1}_{\{i=j\}} u_j", Delta(i, j) * u[j], "in braces there"),
    (r"[i=j] u_j", Delta(i, j) * u[j], "brackets alone"),
    (r"[i \ne j] u_j", (one - Delta(i, j)) * u[j], "different indices"),
    (r"\mathbf{1}[i < j] u_j", before(i, j) * u[j], "an order"),
    (r"\mathbf{1}[i \ge j] u_j", before(j, i, by=0) * u[j], "another one"),
    (r"\mathbf{1}[i \le 2] u_i", (Delta(i, one) + Delta(i, Number(2))) * u[i], "up to a number"),
    (r"\mathbf{1}[i > 1] u_i", (one - Delta(i, one)) * u[i], "after one"),
    (r"\mathbf{1}[i=j=o]", Delta(i, j) * Delta(j, o), "three indices"),
    (r"\mathbf{1}[i=1]", Delta(i, one), "a number"),
    (r"\left(\mathbf{1}[i=j] - u_j\right)", Delta(i, j) - u[j], "in a difference"),
    # cases
    (r"\begin{cases} 1 & i = j \\ 0 & i \ne j \end{cases}", Delta(i, j), "the delta, written out"),
    (r"\begin{cases} 1 & \text{if } i = j \\ 0 & \text{otherwise} \end{cases}", Delta(i, j), "in words"),
    (r"\begin{cases} 0, & \text{if $i \ne j$} \\ 1, & \text{else} \end{cases}", Delta(i, j), "the other way round"),
    (
        r"\begin{cases} u_i(1-u_j) & i = j \\ -u_i u_j & i \ne j \end{cases}",
        Delta(i, j) * (u[i] * (one - u[j])) + (one - Delta(i, j)) * (-u[i] * u[j]),
        "two values",
    ),
    (
        r"\begin{cases} z & \text{when } i = o \\ c & \text{if } o \neq i \end{cases}",
        Delta(i, o) * z + (one - Delta(i, o)) * c,
        "the second condition turned round",
    ),
    (
        r"\begin{cases} z & i = j \\ c & i < j \\ 0 & i > j \end{cases} u_i u_j",
        (Delta(i, j) * z + before(i, j) * c) * u[i] * u[j],
        "three cases",
    ),
    (
        r"\begin{cases} z & i = 1 \\ c & i = 2 \\ 3 & \text{otherwise} \end{cases} u_i",
        (Delta(i, one) * z + Delta(i, Number(2)) * c + (one - Delta(i, one) - Delta(i, Number(2))) * 3) * u[i],
        "the rest",
    ),
    # values at a point
    (r"\sigma'(z)|_{z=0}", sigma.derivative(Number(0)), "a derivative at a point"),
    (r"\left.\frac{d}{dz} f(z)\right|_{z=c}", f.derivative(c), "as an operator"),
    (r"z^2 c|_{z=1, c=2}", Number(1) ** 2 * Number(2), "two values"),
    # derivatives
    (r"\frac{\partial J}{\partial W_{ij}}", Derivative(J, W[down, across]), "by an entry"),
    (r"\frac{\partial}{\partial z}[z^2 + c]", Derivative(z**2 + c, z), "an operator before brackets"),
    (r"\frac{\partial}{\partial z} \left(z^2\right)", Derivative(z**2, z), "before parentheses"),
    (r"\frac{d}{dz} e^{-z}", Derivative(e_to(-z), z), "with a d"),
    (r"\frac{\mathrm{d}}{\mathrm{d}z} e^{-z}", Derivative(e_to(-z), z), "an upright one"),
    (r"\frac{dJ}{dW}", grad(J, W), "of a name"),
    ("dJ/dW", grad(J, W), "in a line"),
    ("dJ/dW_{ij}", Derivative(J, W[down, across]), "by an entry in a line"),
    (r"\partial J/\partial W", grad(J, W), "with curled ones"),
    (r"\partial_W J", grad(J, W), "the variable as a subscript"),
    (r"\partial_{W_{ij}} J", Derivative(J, W[down, across]), "an entry there"),
    (r"\nabla_W J", grad(J, W), "a nabla"),
    (r"\nabla_{W} J", grad(J, W), "in braces"),
    (r"\nabla_y J x^T", grad(J, y) * x.T, "it takes a quantity alone"),
    (r"\nabla_u (u^T v)", Derivative(u.T * v, u), "or parentheses"),
    (r"\nabla_u u^T A u", Derivative(u.T * A * u, u), "or else the whole product"),
    (r"\nabla_u^2 (u^T A u)", Derivative(Derivative(u.T * A * u, u), u), "the Hessian"),
    (r"A^{-T}", (A**-1).T, "the inverse of the transpose"),
    (r"e^{(z + c)(z + c)}", e_to((z + c) * (z + c)), "a product of parentheses above"),
    (r"e^{(z + c) c}", e_to(z + c) ** c, "which may be that of a power"),
    (r"A^{-\top} u", (A**-1).T * u, "in another letter"),
    (
        r"\nabla_{u_i} \log \sum_j e^{u_j}",
        Derivative(log(sum_over(j, e_to(u[j]))), u[i]),
        "a nabla by an entry",
    ),
    (r"\frac{\partial^2 z^3}{\partial z^2}", Derivative(Derivative(z**3, z), z), "a second derivative"),
    (r"\frac{d^2}{dz^2} z^3", Derivative(Derivative(z**3, z), z), "as an operator"),
    (r"\frac{\partial^2 (z c)}{\partial z \partial c}", Derivative(Derivative(z * c, c), z), "a mixed one"),
    (
        r"\frac{\partial^2 J}{\partial y_i \partial y_j}",
        Derivative(Derivative(J, y[index("j", m)]), y[down]),
        "by two entries",
    ),
    (r"\frac{\partial^2 J}{\partial y^2}", Derivative(Derivative(J, y), y), "the Hessian"),
    (r"\frac{\partial^2 J}{\partial y \partial y^T}", Derivative(Derivative(J, y), y), "the Hessian, otherwise"),
    (r"f'(z)", f.derivative(z), "a prime"),
    (r"f''(z)", f.derivative(z, 2), "two"),
    (r"f^\prime(z)", f.derivative(z), "written out"),
    (r"\sigma'(u) \odot v", hadamard(sigma.derivative(u), v), "entrywise"),
    (r"(1 + e^{-z})'", Derivative(1 + e_to(-z), z), "a prime on parentheses"),
    (r"\left(z^3\right)''", Derivative(Derivative(z**3, z), z), "two on parentheses"),
    # transposes
    (r"u^T v", u.T * v, "a T"),
    (r"u^\top v", u.T * v, "a top"),
    (r"u^{\top} v", u.T * v, "in braces"),
    (r"u^{T} v", u.T * v, "a T in braces"),
    (r"u^\intercal v", u.T * v, "intercal"),
    (r"u^{\mathsf{T}} v", u.T * v, "sans serif"),
    (r"u^{\text{T}} v", u.T * v, "as a text"),
    ("uᵀv", u.T * v, "a raised T"),
    (r"W^{(2)T} u", W2.T * u, "after a tag"),
    (r"{W^{(2)}}^T u", W2.T * u, "on braces"),
    (r"(W^{(2)})^T u", W2.T * u, "on parentheses"),
    (r"(A u)^T", (A * u).T, "of a product"),
    # names
    (r"\mathbf{W} \mathbf x", W * x, "bold"),
    (r"\boldsymbol{W} \bm{x}", W * x, "other bold fonts"),
    (r"{\bf W} {\bf x}", W * x, "switches"),
    (r"\vec{x}", x, "an arrow"),
    (r"\hat y_i", p[i], "a hat"),
    (r"\widehat{y}_i", p[i], "a wide hat"),
    ("ŷ_i", p[i], "a hat in one character"),
    # functions
    (r"e^{u_i}", e_to(u[i]), "e to the"),
    (r"\exp(u_i)", e_to(u[i]), "exp"),
    (r"\exp\left(u_i\right)", e_to(u[i]), "with sizes"),
    (r"\exp\{u_i\}", e_to(u[i]), "with braces"),
    ("exp(u_i)", e_to(u[i]), "bare"),
    (r"\mathrm{exp}(u_i)", e_to(u[i]), "upright"),
    (r"\log u_i", log(u[i]), "the natural logarithm"),
    (r"\ln u_i", log(u[i]), "by its other name"),
    ("log(u_i)", log(u[i]), "bare"),
    (r"\text{softmax}(u)_i", softmax(u)[i], "a text"),
    (r"\operatorname{softmax}(u)", softmax(u), "an operator"),
    ("softmax(u)", softmax(u), "bare"),
    (r"\mathrm{CE}(v, \hat y)", cross_entropy(v, p), "of two arguments"),
    ("sigmoid(z)", sigma(z), "the logistic function by name"),
    ("tanh(z)", tanh(z), "bare"),
    (r"\tanh^2(z)", tanh(z) ** 2, "a power of a function"),
    (r"\operatorname{tr}(A)", tr(A), "the trace"),
    (r"\mathrm{diag}(u)", diag(u), "a diagonal matrix"),
    (r"\operatorname{vec}(A)", vec(A), "the columns, stacked"),
    (r"I_{nd} \operatorname{vec}(A)", identity(n * d) * vec(A), "the identity of a product for its size"),
    (r"\mathbf{1}_{2n + 1}", ones(2 * n + 1), "a size that is written out"),
    (r"\text{vec}(W x)^T \mathrm{vec}(b)", vec(W * x).T * vec(b), "in other fonts"),
    (r"\frac{\partial (W x)}{\partial \operatorname{vec}(W)}", jacobian(W * x, vec(W)), "derived by the columns"),
    (
        r"\frac{\partial \operatorname{vec}(A^2)}{\partial \operatorname{vec}(A)}",
        jacobian(vec(A**2), vec(A)),
        "of both",
    ),
    (r"\nabla_{\operatorname{vec}(W)} J", grad(J, vec(W)), "a gradient by them"),
    (r"\operatorname{diag}(u_1, \dots, u_n)", diag(vector_of(i, u[i])), "of a list"),
    # products
    (r"u \odot v", hadamard(u, v), "entrywise"),
    (r"u \circ v", hadamard(u, v), "another sign"),
    (r"A u \odot v", hadamard(A * u, v), "juxtaposition binds tighter"),
    (r"z \cdot u", z * u, "a dot"),
    (r"A \cdot u", A * u, "of matrices"),
    (r"A \times u", A * u, "a cross"),
    (r"A * u", A * u, "a star"),
    (r"u^T \cdot v", u.T * v, "an inner product"),
    ("u · 2", u * 2, "a dot in one character"),
    # fractions, roots, brackets
    (r"\frac12 z", (one / 2) * z, "without braces"),
    (r"\tfrac{1}{2} z", (one / 2) * z, "small"),
    (r"\dfrac{z}{c}", z / c, "large"),
    (r"\cfrac{z}{c}", z / c, "continued"),
    ("z/c", z / c, "in a line"),
    (r"\sqrt{z}", z ** (one / 2), "a root"),
    (r"\left( z + c \right)", z + c, "growing parentheses"),
    (r"\Big( z + c \Big)", z + c, "big ones"),
    (r"\bigl[ z + c \bigr]", z + c, "brackets"),
    (r"\left\{ z + c \right\}", z + c, "braces"),
    (r"\underbrace{z + c}_{\text{bias}} + z", z + c + z, "a brace with a label"),
    (r"\color{red} z", z, "a color"),
    (r"\textcolor{blue}{z} c", z * c, "another"),
    (r"\boxed{z}", z, "a box"),
    (r"\cancel{z} c", z * c, "what is struck out is still there"),
    (r"z\phantom{+ c}", z, "what is not seen"),
    (r"z \, c \; 2 \!", z * c * 2, "spaces"),
    # norms
    (r"\|u\|", norm(u), "a norm"),
    (r"\lVert u \rVert_2^2", norm(u) ** 2, "the Euclidean one, squared"),
    (r"\left\| u \right\|^2", norm(u) ** 2, "with sizes"),
    (r"||u||^2", norm(u) ** 2, "four bars"),
    (r"\|A\|_F^2", norm(A) ** 2, "of a matrix, by name"),
    (r"2\|u\|", 2 * norm(u), "after a factor"),
    (r"|z|", Norm(z), "the size of a number"),
    (r"|z| |c|", Norm(z) * Norm(c), "of two"),
    # dots
    (r"u_1 + \cdots + u_n", sum_over(i, u[i]), "a sum"),
    (r"u_1 + u_2 + \dots + u_n", sum_over(i, u[i]), "with two terms before"),
    (r"z + u_1 v_1 + \dots + u_n v_n - c", z + sum_over(i, u[i] * v[i]) - c, "of products, between others"),
    (r"e^{u_1} + \ldots + e^{u_n}", sum_over(i, e_to(u[i])), "of exponentials"),
    (r"-u_1 - \dots - u_n", -sum_over(i, u[i]), "of negatives"),
    (r"u_2 + \dots + u_n", sum_over(i, all_but(Delta(i, one), u[i])), "from the second on"),
    (r"u_1 u_2 \cdots u_n", product_over(i, u[i]), "a product"),
    (r"A_{i1} u_1 + \dots + A_{in} u_n", sum_over(j, A[i, j] * u[j]), "the index in the midst of others"),
    (r"u_1 + ... + u_n", sum_over(i, u[i]), "dots as they are typed"),
    (r"u_1 + \dotsc + u_n", sum_over(i, u[i]), "dots of lists in a sum"),
    (r"(u_1, \ldots, u_n)", vector_of(i, u[i]), "a list"),
    (r"(u_1,...,u_n)", vector_of(i, u[i]), "a list with dots as they are typed"),
    (r"(u_1, \ldots, u_n)^T", vector_of(i, u[i]), "a list that is transposed, since a list is a row"),
    (r"(z, c)^T", Matrix((z,), (c,)), "a list of two"),
    (r"softmax(u_1, \dots, u_n)", softmax(vector_of(i, u[i])), "as arguments"),
    # matrices
    (r"\begin{bmatrix} z & c \\ c & z \end{bmatrix}", Matrix((z, c), (c, z)), "written out"),
    (r"\begin{pmatrix} z \\ c \end{pmatrix}", Matrix((z,), (c,)), "a column"),
    (r"\left[\begin{smallmatrix} z & c \end{smallmatrix}\right]", Matrix((z, c)), "a small row"),
    (r"\begin{bmatrix} u_1 \\ \vdots \\ u_n \end{bmatrix}", vector_of(i, u[i]), "a column by its ends"),
    (r"\begin{bmatrix} u_1 & \cdots & u_n \end{bmatrix}", Transpose(vector_of(i, u[i])), "a row by its ends"),
    (
        r"\begin{bmatrix} W_{11} & \dots & W_{1d} \\ \vdots & \ddots & \vdots \\ W_{m1} & \dots & W_{md} \end{bmatrix}",
        matrix_of(down, across, W[down, across]),
        "a matrix by its corners",
    ),
    (
        r"\begin{pmatrix} b_1 x_1 & b_1 x_2 & \dots & b_1 x_d \\ \vdots & & & \vdots \\ "
        r"b_m x_1 & b_m x_2 & \dots & b_m x_d \end{pmatrix}",
        matrix_of(down, across, b[down] * x[across]),
        "with a column more",
    ),
    (
        r"\begin{bmatrix} \frac{\partial J}{\partial y_1} \\ \vdots \\ \frac{\partial J}{\partial y_m} \end{bmatrix}",
        vector_of(down, Derivative(J, y[down])),
        "a gradient by its entries",
    ),
    (
        r"\begin{bmatrix} \sum_{j=1}^d W_{1j} x_j \\ \vdots \\ \sum_{j=1}^d W_{mj} x_j \end{bmatrix}",
        vector_of(down, sum_over(across, W[down, across] * x[across])),
        "sums as entries",
    ),
    (
        r"\begin{bmatrix} u_1 & & 0 \\ & \ddots & \\ 0 & & u_n \end{bmatrix}",
        diag(vector_of(i, u[i])),
        "a diagonal",
    ),
    (r"[u_i v_i]_i", vector_of(i, u[i] * v[i]), "a vector by its entry"),
    (
        r"\left[\frac{e^{u_i}}{\sum_j e^{u_j}}\right]_i",
        vector_of(i, e_to(u[i]) / sum_over(j, e_to(u[j]))),
        "a softmax by its entry",
    ),
    (r"(Wx)_i", (W * x)[down], "an entry of a product"),
    (r"[A u]_i", (A * u)[i], "in brackets"),
    (r"[A]_{ij}", A[i, j], "an entry of a matrix"),
    # Unicode
    ("σ(z)", sigma(z), "a letter"),
    ("∑ᵢ uᵢ", sum_over(i, u[i]), "a sum with small letters"),
    ("∂J/∂W", grad(J, W), "a derivative"),
    ("x₁²", x[1] ** 2, "small digits"),
    ("2·z × c", 2 * z * c, "products"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ROWS, ids=[text for text, _, _ in ROWS])
def test_notation(text: str, expected: Expression, why: str) -> None:
    assert read(text).expression == expected, why


REFUSED: list[tuple[str, int, str]] = [
    # sums
    (r"\sum u", 1, r"\sum without an index"),
    (r"\sum u_i v_j", 1, r"\sum without an index"),
    (r"\sum_{u_i > 0} u_i", 7, "a sum over a condition on values is not read"),
    (r"\sum_{i < n} u_i", 7, "i runs over a part of the entries alone, which is not read yet"),
    (r"\sum_{i \le n, i < n} u_i", 20, "an index that runs over a part of the entries is not read yet"),
    (r"\sum_{} u_i", 7, "} cannot stand here"),
    (r"\sum_{i = 2j}^n u_i", 11, "an index that runs over a part of the entries is not read yet"),
    (r"\sum_{i=1}^{n-1} u_i", 7, "i runs over a part of the entries alone, which is not read yet"),
    (r"\sum_{i=0}^{n-1} u_i", 7, "nothing says that this index counts from 0"),
    (r"\sum_{i=0} u_i", 9, "nothing says that this index counts from 0"),
    ("u_0", 3, "entries are counted from 1 here"),
    (r"\sum_{i \in (0, 1)} u_i", 13, "this is no set that is read"),
    (r"\max_{j \ne i} u_j", 1, r"\max over a part of the entries is not read"),
    (r"\sum_i^n^n u_i", 9, "a second bound of the same kind"),
    (r"\sum_i" * 13 + " u_i", 73, "more than 12 sums within one another"),
    # indicators and cases
    (r"\mathbf{1}[z > 0]", 13, "a condition on values is not read"),
    (r"\mathbf{1}[z \in u]", 13, "this is no condition on indices"),
    (r"\mathbf{1}[i = z]", 16, "z is a name here, and no index"),
    (r"\mathbf{1}[i = u_j]", 16, "this is no index"),
    (r"\mathbf{1}[1 = 2]", 12, "two numbers are compared"),
    (
        r"\begin{cases} z & z > 0 \\ 0 & \text{otherwise} \end{cases}",
        20,
        "a condition on values is not read",
    ),
    (r"\begin{cases} z & i = j \\ c & i = o \end{cases}", 1, "more than one of the cases holds where i = j = o"),
    (r"\begin{cases} z & i = j \end{cases}", 1, "none of the cases holds where i < j"),
    (r"\begin{cases} z & i = j \\ c & i < j \end{cases}", 1, "none of the cases holds where j < i"),
    (r"\begin{cases} z & i \le j \\ c & i \ge j \end{cases}", 1, "more than one of the cases holds where i = j"),
    (
        r"\begin{cases} z & i = j \\ c & i = o \\ 0 & \text{else} \end{cases}",
        1,
        "more than one of the cases holds where i = j = o",
    ),
    (r"\begin{cases} z & i = j \\ c \end{cases}", 30, "a case without a condition"),
    (r"\begin{cases} z & \text{maybe} \end{cases}", 19, "a text, 'maybe', in the midst of a formula"),
    (r"z = c", 3, "= cannot stand here"),
    (r"(z = c)", 3, "a relation in the midst of a formula"),
    # derivatives
    (r"\nabla J", 1, "nothing says what this nabla derives by"),
    (r"\nabla^2 J", 1, "nothing says what this nabla derives by"),
    (r"\nabla^3 J", 1, "a nabla with such a script is not read"),
    (r"\nabla_u^2 (A u)", 1, "the Hessian of what is no number is not read"),
    (r"\nabla_x", 9, "nothing stands here to be derived"),
    (r"\frac{\partial^2 z}{\partial z}", 1, "derived 2 times above and 1 times below"),
    (r"\frac{\partial z}{\partial z \partial c}", 1, "derived 1 times above and 2 times below"),
    (
        r"\frac{\partial^2 y}{\partial x^2}",
        1,
        "a second derivative by several vectors or matrices is not read",
    ),
    (r"(z c)'", 6, "by what this prime derives is not clear"),
    (r"(W x)'", 6, "by what this prime derives is not clear, and it is no transpose"),
    (r"(A A)'", 6, "by what this prime derives is not clear, and it is no transpose"),
    (r"A' u", 1, "the name A' is not known here, and a prime is no transpose"),
    # values at a point
    (r"z|_{z}", 5, "this is no point"),
    (r"u^T u|_{u=0}", 9, "this is no point at which something can be evaluated"),
    (r"z|_{z=u}", 5, "this is no point at which something can be evaluated"),
    (r"z|_{z=z+1}", 5, "this is no point at which something can be evaluated"),
    (r"z|_{z>0}", 5, "this is no point at which something can be evaluated"),
    (r"z|_{q=0}", 5, "this is no point at which something can be evaluated"),
    # products
    (r"u \otimes v", 1, r"\otimes has several meanings, and the context says none"),
    (r"A \odot A \cdot A", 1, "an entrywise product and another without parentheses"),
    (r"\binom{n}{2}", 1, "binomial coefficients are not read"),
    ("z!", 2, "factorials are not read"),
    # norms
    (r"\|u\|_1", 7, "this norm is not read"),
    (r"\|A\|_2", 7, "this norm is not read"),
    (r"|u|", 1, "single bars around u, which is no number"),
    (r"\|u", 1, r"this \Vert is not closed"),
    # dots
    (r"\cdots", 1, "what these dots stand for is not clear"),
    (r"z + \cdots", 5, "what these dots stand for is not clear"),
    (r"u_1 + \cdots + v_n", 7, "what these dots stand for is not clear"),
    (r"u_1 + \cdots - u_n", 7, "the signs beside these dots differ"),
    (r"u_1 v_2 + \cdots + u_n v_n", 11, "what these dots stand for is not clear"),
    (r"W_n \cdots W_1", 5, "what these dots stand for is not clear"),
    (r"\begin{bmatrix} u_1 \\ u_3 \\ \vdots \\ u_n \end{bmatrix}", 24, "this does not fit what stands at the ends"),
    (
        r"\begin{bmatrix} W_{11} & \dots & W_{1d} \\ \vdots & & \vdots \\ W_{m1} & \dots & W_{m1} \end{bmatrix}",
        74,
        "what these dots stand for is not clear",
    ),
    (r"(u_1, \ldots, v_n)", 7, "what these dots stand for is not clear"),
    # scripts
    ("e^-z", 3, "a script of more than one sign needs braces"),
    (r"\sqrt[3]{z}", 6, "only square roots are read"),
    ("u_{i=1}", 4, "this is no subscript"),
    ("W_{ij}^T", 8, r"W_{ij} is a scalar and has no transpose"),
    (r"\pm z", 1, r"\pm says two things at once: write one sign"),
    (r"\int z", 1, "integrals are not read"),
    (r"\lim z", 1, "a limit stands at the beginning of a side alone"),
]


@pytest.mark.parametrize(("text", "column", "says"), REFUSED, ids=[text for text, _, _ in REFUSED])
def test_refused_with_its_place(text: str, column: int, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert (caught.value.says, caught.value.column) == (says, column)


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        (r"\sum u_i v_i", r"\sum without an index runs over i"),
        (r"\sum_{w \in \mathcal{V}} u_w", r"\mathcal{V} has all values of the index"),
        (r"\nabla_y J x^T", "the gradient is that of J alone"),
        (r"(1 + e^{-z})'", "the prime derives by z"),
        (r"\frac{d\sigma}{dz}|_{z=0}", r"\sigma is derived at z"),
        (r"(u_1, \ldots, u_n)^T", "a list with a transpose, or of arguments, is a column"),
    ],
)
def test_readings_that_were_chosen_are_noted(text: str, assumed: str) -> None:
    assert list(read(text).notes.assumed) == [assumed]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (r"\sum_{w \in S} u_w", "which values of the index are in S is not known here"),
        (r"\sum_i u_i \sum_{i \ne j} A_{ij}", "the sum over i stands within another over i"),
        (r"\prod_i u_i z", "whether what stands after the product over i belongs to it"),
        (r"\max_i u_i z", "whether what stands after the maximum over i belongs to it"),
        (r"z + z|_{z=0}", "how much stands before a bar, with a point below it, is not clear"),
        (r"z f(z)|_{z=0}", "how much is evaluated where z = 0 is not clear"),
        (r"u \cdot v", r"u \cdot v may be the inner product or the entrywise one"),
        (r"u * v", r"u * v may be the inner product or the entrywise one"),
        (r"\frac{u}{v}", "the quotient of u and v, which are no numbers, may be entrywise"),
        (r"\|A\|", "which norm of the matrix A is meant is not said"),
        (r"[u_1, \dots, u_n]", "a list in brackets is a row, or a column"),
        (
            r"\nabla_x y",
            "the gradient of y, which is no number, may be its Jacobian or the transpose",
        ),
    ],
)
def test_what_may_mean_two_things_is_in_doubt(text: str, doubt: str) -> None:
    assert list(read(text).notes.doubts) == [doubt]


@pytest.mark.parametrize(
    ("operators", "text", "expected"),
    [
        ({r"\cdot": "hadamard"}, r"u \cdot v", hadamard(u, v)),
        ({"*": "hadamard"}, "u * v", hadamard(u, v)),
        ({r"\circ": "matrix"}, r"A \circ u", A * u),
        ({r"\otimes": "hadamard"}, r"u \otimes v", hadamard(u, v)),
        ({r"\otimes": "outer"}, r"u \otimes v", u * v.T),
        ({r"\otimes": "matrix"}, r"A \otimes u", A * u),
        ({r"\otimes": "kronecker"}, r"u \otimes v", kronecker(u, v)),
        ({r"\otimes": "kronecker"}, r"A ⊗ W ⊗ u", kronecker(A, W, u)),
        ({r"\otimes": "kronecker"}, r"(A \otimes W) \otimes u", kronecker(kronecker(A, W), u)),
        ({r"\otimes": "kronecker"}, r"A u \otimes W x", kronecker(A * u, W * x)),
        ({r"\otimes": "kronecker"}, r"A^T \otimes W^{(2)} + A \otimes A", kronecker(A.T, W2) + kronecker(A, A)),
        ({r"\otimes": "kronecker"}, r"z \cdot A \otimes W", kronecker(z * A, W)),
        ({r"\otimes": "kronecker"}, r"W \otimes A \cdot u", kronecker(W, A * u)),
        ({r"\otimes": "kronecker"}, r"(x^T \otimes I_m) \operatorname{vec}(W)", kronecker(x.T, identity(m)) * vec(W)),
        ({"*": "kronecker"}, "A * W", kronecker(A, W)),
        ({r"\circ": "kronecker"}, r"A \circ W", kronecker(A, W)),
        ({"juxtaposition": "kronecker"}, "z A W", kronecker(z * A, W)),
        ({"juxtaposition": "hadamard"}, "z u v", hadamard(z * u, v)),
    ],
)
def test_products_are_what_the_context_says(operators: dict[str, str], text: str, expected: Expression) -> None:
    assert read(text, Conventions(operators=operators)).expression == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (r"u \otimes u^T \cdot A", "a Kronecker product and another without parentheses"),
        (r"A \odot A \otimes A", "an entrywise product and a Kronecker product without parentheses"),
    ],
)
def test_a_kronecker_product_beside_others_wants_parentheses(text: str, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text, Conventions(operators={r"\otimes": "kronecker"}))
    assert caught.value.says == says
    assert caught.value.expected == "parentheses"


def test_a_bare_nabla_derives_by_what_the_context_says() -> None:
    assert read(r"\nabla J", Conventions(nabla="W")).expression == grad(J, W)


@pytest.mark.parametrize("layout", ["mixed", "numerator", "denominator"])
def test_a_gradient_with_a_nabla_is_shaped_like_its_variable_in_every_layout(layout: str) -> None:
    found = read(r"\nabla_W J", Conventions(layout=layout))  # type: ignore[arg-type]
    assert (found.expression, found.notes.layout) == (grad(J, W), False)


def test_the_norm_of_a_matrix_may_be_said_by_the_context() -> None:
    found = read(r"\|A\|", Conventions(norm="frobenius"))
    assert (found.expression, list(found.notes.doubts)) == (norm(A), [])
