"""Wrong formulas of the field, each with the mistake that was made, worked out by hand, and what must be found."""

from dataclasses import replace

import pytest

from verify.check import check, misshapen
from verify.diagnose import diagnose
from verify.language import (
    Chain,
    Interval,
    Proved,
    between,
    cross_entropy,
    define,
    definition,
    delta,
    diag,
    diff,
    dims,
    equal,
    exp,
    expectation,
    family,
    fraction,
    function,
    grad,
    greater,
    hadamard,
    has_shape,
    independent,
    index,
    jacobian,
    less,
    log,
    loss,
    matrix,
    member,
    one_hot,
    oo,
    recursion,
    scalar,
    sigma,
    softmax,
    softplus,
    sum_over,
    tanh,
    tends_to,
    total,
    tr,
    variance,
    vector,
    vector_of,
    vjp,
    widths,
)
from verify.language.families import Recursion

m, n, p = dims("m n p")
i, j, k, o = index("i", m), index("j", n), index("k", n), index("o", n)
z, c, s, v, r = (scalar(symbol) for symbol in ("z", "c", "s", "v", "r"))

# y = W x + b, with delta = dJ/dy
W, x, b, up = matrix("W", m, n), vector("x", n), vector("b", m), vector(r"\delta", m)
y = define("y", W * x + b)
J = loss("J", y)
error = define("g", grad(J, y))

# softmax and cross-entropy
t = vector("t", n)
predicted = define(r"\hat{y}", softmax(x))
ce = cross_entropy(t, predicted)
sums_to_one = (equal(total(t), 1),)
S = softmax(x)

# one hidden layer
D, H, K = dims("D H K")
u, target = vector("u", D), vector("t", K)
V_1, c_1, V_2, c_2 = matrix("V_1", H, D), vector("c_1", H), matrix("V_2", K, H), vector("c_2", K)
z_1 = define("z_1", V_1 * u + c_1)
h = define("h", sigma(z_1))
out = define(r"\hat{t}", softmax(define("z_2", V_2 * h + c_2)))
loss_of_network = cross_entropy(target, out)
one = (equal(total(target), 1),)
slope = sigma.derivative(z_1)

# word2vec: U has a column for each word
A, B = matrix("A", n, n), matrix("B", n, n)
M = matrix("U", m, n)
center = vector("v_c", m)
words = define(r"\hat{w}", softmax(M.T * center))
word_loss = cross_entropy(one_hot(o, n), words)

w = vector("w", n)
moments = (
    independent(w, x),
    equal(expectation(w[j]), 0),
    equal(expectation(x[j]), 0),
    equal(variance(w[j]), v),
    equal(variance(x[j]), s),
)

# two layers of matrices, and any number of them
X_1, X_2, a_1, a_2 = matrix("X_1", m, n), matrix("X_2", p, m), vector("a_1", m), vector("a_2", p)
stack = X_2 * (X_1 * x + a_1) + a_2
(L,) = dims("L")
width = widths("N")
f = function("f")
layers = family("F", lambda level: (width(level), width(level - 1)))
offsets = family("d", lambda level: (width(level), 1))
before = definition("q", lambda level: layers(level) * values(level - 1) + offsets(level))
values: Recursion = recursion(
    "v", vector("x", width(0)), lambda level: f(before(level)), lambda level: (width(level), 1)
)
deep = loss("J", values(L))
level = index("l", L)

TABLE: list[tuple[Chain, tuple[Chain, ...], str, str]] = [
    # the affine layer
    (equal(vjp(y, W, upstream=up), -up * x.T), (), "sign", "the outer product has no minus"),
    (equal(vjp(y, W, upstream=up), x * up.T), (), "order", "n x m where W is m x n: the factors change places"),
    (equal(vjp(y, W, upstream=up), up * x), (), "transpose", "m x 1 times n x 1 does not exist"),
    (equal(vjp(y, x, upstream=up), W * up), (), "transpose", "W is m x n, and delta has m entries"),
    (equal(vjp(y, x, upstream=up), up.T * W), (), "layout", "the row, where x is a column"),
    (equal(vjp(y, x, upstream=up), W.T * (up + b)), (), "extra-term", "W^T b has no part in it"),
    (equal(grad(J, W), error * x.T * 2), (), "extra-factor", "there is no square that would give a 2"),
    (equal(grad(J, b), error.T), (), "layout", "a row where b is a column"),
    (equal(diff(J, x[j]), error[i] * sum_over(i, W[i, j])), (), "index-escaped", "g_i stands outside of its sum"),
    (equal(diff(J, x[j]), sum_over(i, error[i]) * sum_over(i, W[i, j])), (), "sum-split", "(a+b)(c+d) is not ac+bd"),
    (equal(diff(J, x[j]), error[i] * W[i, j]), (), "missing-sum", "an input reaches every output"),
    (equal(diff(J, W[i, j]), sum_over(i, error[i]) * x[j]), (), "extra-sum", "a weight reaches one output only"),
    (equal(diff(J, W[i, j]), error[i] * W[i, j]), (), "name", "the derivative by a weight is its input"),
    (equal(diff(J, W[i, j]), error[i] + x[j]), (), "sum-product", "it is a product"),
    (equal(y, W * x), (), "missing-term", "the bias is forgotten"),
    (equal(y, W * x - b), (), "sign", "the bias is added"),
    (equal(y[i], sum_over(j, W[i, j] * x[j] + b[i])), (), "sum-scope", "the bias would be added n times"),
    (equal(jacobian(y, x), W.T), (), "layout", "outputs are the rows"),
    # softmax
    (equal(S[j], x[j] / sum_over(k, exp(x[k]))), (), "missing-function", "the exponential above is lost"),
    (equal(S[j], exp(x[j])), (), "missing-factor", "one over the sum is forgotten"),
    (equal(S[j], sum_over(k, exp(x[k])) / exp(x[j])), (), "inverse", "the fraction is upside down"),
    (equal(S[j], exp(x[j]) / exp(sum_over(k, x[k]))), (), "sum-split", "the sum of exponentials, not of exponents"),
    (equal(sum_over(j, S[j]), n), (), "extra-factor", "n times one"),
    (equal(diff(S[j], x[k]), S[j] * (1 - S[k])), (), "case", "the 1 is there for j = k only"),
    (equal(diff(S[j], x[k]), S[j] * (S[k] - delta(j, k))), (), "reversed", "the difference is turned round"),
    (equal(diff(S[j], x[k]), S[j] * (delta(j, k) + S[k])), (), "sign", "s_k is taken off"),
    (equal(jacobian(S, x), S - S * S.T), (), "diagonal", "s stands on the diagonal only"),
    (equal(softmax(x + c), exp(c) * S), (), "extra-factor", "e^c cancels"),
    (equal(exp(x[j] + c), exp(x[j]) + exp(c)), (), "sum-product", "e^(a+b) is a product"),
    # the logistic function and the hyperbolic tangent
    (equal(sigma(z), 1 / (1 + exp(z))), (), "sign", "the exponent has lost its sign"),
    (equal(sigma.derivative(z), sigma(z) * (1 + sigma(z))), (), "sign", "1 - sigma"),
    (equal(sigma.derivative(z), sigma(z) - sigma(z)), (), "missing-function", "the second is squared"),
    (equal(sigma.derivative(z), exp(-z) / (1 + exp(-z))), (), "missing-function", "the denominator is squared"),
    (equal(sigma(-z), 1 + sigma(z)), (), "sign", "1 - sigma(z)"),
    (equal(diff(sigma(2 * z), z), sigma.derivative(2 * z)), (), "missing-factor", "the inner derivative 2"),
    (equal(tanh.derivative(z), 1 - tanh(z)), (), "missing-function", "the square is lost"),
    (equal(tanh.derivative(z), 1 + tanh(z) ** 2), (), "sign", "1 - tanh^2"),
    (equal(tanh(z), 2 * sigma(z) - 1), (), "missing-factor", "sigma(2z)"),
    (equal(tanh(z), 2 * sigma(2 * z)), (), "missing-term", "less 1"),
    (equal(diff(softplus(z), z), sigma.derivative(z)), (), "prime", "the derivative of softplus is sigma itself"),
    (equal(log(z * z + 1), 2 * log(z) + 1), (), "", "no single usual slip makes this of log(z^2 + 1)"),
    # cross-entropy
    (equal(grad(ce, x), t - predicted), sums_to_one, "reversed", "prediction minus target"),
    (equal(grad(ce, x), predicted + t), sums_to_one, "sign", "minus the target"),
    (equal(grad(ce, x), predicted), sums_to_one, "missing-term", "the target is forgotten"),
    (equal(ce, sum_over(j, t[j] * log(predicted[j]))), (), "sign", "the minus of the definition"),
    (equal(ce, -sum_over(j, log(predicted[j]))), (), "missing-factor", "the target is forgotten"),
    (equal(ce, -sum_over(j, t[j] * predicted[j])), (), "missing-function", "the logarithm is forgotten"),
    (equal(grad(cross_entropy(one_hot(o, n), predicted), x), predicted - 1), (), "one-hot", "the class alone"),
    # one hidden layer
    (equal(grad(loss_of_network, c_1), hadamard(V_2.T * (out - target), sigma(z_1))), one, "prime", "value for slope"),
    (equal(grad(loss_of_network, c_1), V_2.T * (out - target)), one, "missing-factor", "the slope is forgotten"),
    (
        equal(grad(loss_of_network, c_1), hadamard(V_2.T * (out - target), sigma.derivative(h))),
        one,
        "argument",
        "the slope is taken at h",
    ),
    (equal(grad(loss_of_network, c_1), hadamard(V_2 * (out - target), slope)), one, "transpose", "V_2 is K x H"),
    (equal(grad(loss_of_network, c_1), (V_2.T * (out - target)).T * slope), one, "hadamard", "it is entrywise"),
    (equal(grad(loss_of_network, V_2), (out - target) * z_1.T), one, "argument", "the values after sigma"),
    (equal(grad(loss_of_network, V_2), h * (out - target).T), one, "order", "H x K where V_2 is K x H"),
    (equal(grad(loss_of_network, c_2), target - out), one, "reversed", "prediction minus target"),
    # word2vec
    (equal(grad(word_loss, center), M * words), (), "one-hot", "the word itself is forgotten"),
    (equal(grad(word_loss, center), M * (one_hot(o, n) - words)), (), "reversed", "prediction minus target"),
    (equal(grad(word_loss, center), M.T * (words - one_hot(o, n))), (), "transpose", "U is m x n"),
    (equal(grad(word_loss, M), (words - one_hot(o, n)) * center.T), (), "order", "n x m where U is m x n"),
    # matrices, counts, initialization
    (equal((A * B).T, A.T * B.T), (), "order", "the order is turned round"),
    (equal(tr(A * B), tr(A) * tr(B)), (), "", "a trace of a product is no product of traces"),
    (equal(D * H + H + H * K + K, H * (1 + D) + K * (1 + D)), (), "dimension", "the second layer has H inputs"),
    (equal(D * H + H + H * K + K, D * (1 + H) + K * (1 + H)), (), "dimension", "a bias for each hidden unit"),
    (equal(variance(w.T * x), v * s), moments, "missing-factor", "n independent terms are added"),
    (equal(variance(w.T * x), n * (v + s)), moments, "sum-product", "v s for each of them"),
    (equal(diag(x) * t, x.T * t), (), "hadamard", "entry by entry"),
    # more than one place, and cases
    (equal(stack, X_2 * X_1 * x + a_1 + a_2), (), "missing-factor", "a_1 passes the second layer"),
    (equal(stack, X_2 * X_1 * x), (), "missing-term", "both biases are lost"),
    (equal(stack, X_2 * X_1 * x + X_2 * a_1 - a_2), (), "sign", "the last bias is added"),
    (equal(grad(J, b), b), (), "name", "dJ/dy, and not the bias"),
    (equal(grad(deep, before(L)), grad(deep, values(L))), (), "missing-factor", "the slope f'(q_L) is forgotten"),
    (
        equal(grad(deep, layers(level)), grad(deep, values(level)) * values(level - 1).T),
        (),
        "missing-factor",
        "the slope f'(q_l) is forgotten",
    ),
    (equal(diff(S[j], x[k]), delta(j, k) * S[j] * (1 - S[j])), (), "case", "off the diagonal it is -s_j s_k"),
    (equal(diff(log(predicted[j]), x[k]), 1 / predicted[j]), (), "missing-factor", "the inner derivative"),
    (equal(expectation(w[j] * x[j]), expectation(w[j]) * expectation(x[j])), (), "", "they need not be random"),
    (equal(sigma.derivative(z), z * (1 - z)), (), "argument", "sigma (1 - sigma), and not z (1 - z)"),
    (equal(diff(S[j], x[k]), 7), (), "", "what is asked is no answer"),
    (member(z * (1 - sigma(z)), between(0, 1)), (), "argument", "sigma(z) in the place of z"),
    (equal(exp(z), exp(-z)), (), "sign", "the sign of the exponent"),
    # ranges, limits, shapes
    (member(sigma(z), between(-1, 1)), (), "", "proved: a larger set is no mistake"),
    (member(tanh(z), between(0, 1)), (), "endpoint", "tanh is odd"),
    (member(sigma.derivative(z), between(0, fraction(1, 4))), (), "bracket", "1/4 is attained at 0"),
    (less(sigma.derivative(z), fraction(1, 4)), (), "bracket", "1/4 is attained at 0"),
    (greater(0, exp(z)), (), "relation", "e^z is positive"),
    (tends_to(sigma(z), 0, z=oo), (), "limit", "it tends to 1"),
    (has_shape(grad(J, W), (n, m)), (), "transpose", "a gradient is shaped like its variable"),
    (has_shape(grad(J, W), (m, 1)), (), "shape", "it is a matrix"),
    (equal(vector_of(i, error[i]), vector_of(i, error[1])), (), "index", "the entry i, not the first"),
]


@pytest.mark.parametrize(("wrong", "given", "code", "why"), TABLE, ids=lambda value: str(value)[:60])
def test_the_mistake_is_among_the_first_three(wrong: Chain, given: tuple[Chain, ...], code: str, why: str) -> None:
    hypotheses = tuple(link for chain in given for link in chain.links())
    (link,) = wrong.links(hypotheses)
    found = diagnose(link, check(link).verdict)
    codes = [each.code for each in found.explanations[:3]]
    assert (code in codes) if code else not codes, (why, codes)


@pytest.mark.parametrize(("wrong", "given", "code", "why"), TABLE[::4], ids=lambda value: str(value)[:60])
def test_every_repair_is_a_link_that_is_proved(wrong: Chain, given: tuple[Chain, ...], code: str, why: str) -> None:
    hypotheses = tuple(link for chain in given for link in chain.links())
    (link,) = wrong.links(hypotheses)
    for each in diagnose(link, check(link).verdict).explanations:
        if each.code in {"relation", "bracket"} and each.repaired == link.right:
            continue  # the relation is repaired, not a side
        if each.side == "right":
            repaired = replace(link, right=each.repaired)
        else:
            assert not isinstance(each.repaired, tuple | Interval)
            repaired = replace(link, left=each.repaired)
        assert misshapen(repaired) is None
        assert isinstance(check(repaired).verdict, Proved), (each.code, why)
