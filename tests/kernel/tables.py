"""The tables of what is always proved and never proved; each row of the second names the bug that it would need."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from verify.language import (
    Chain,
    Expression,
    Link,
    covariance,
    cross_entropy,
    define,
    delta,
    diag,
    diff,
    dims,
    distinct,
    equal,
    exp,
    expectation,
    function,
    grad,
    hadamard,
    independent,
    index,
    jacobian,
    less,
    log,
    loss,
    matrix,
    max_over,
    norm,
    one_hot,
    ones,
    random,
    scalar,
    sigma,
    softmax,
    sum_over,
    tanh,
    total,
    tr,
    variance,
    vector,
    vjp,
)

m, n = dims("m n")
x, y, t = vector("x", n), vector("y", n), vector("t", n)
W, V, A, B = matrix("W", m, n), matrix("V", m, n), matrix("A", n, n), matrix("B", n, n)
b, u = vector("b", m), vector("u", m)
a, c, z = scalar("a"), scalar("c"), scalar("z")
i, j, k = index("i", n), index("j", n), index("k", n)
p, q = index("p", m), index("q", m)
f, g = function("f"), function("g")
affine = define("y", W * x + b)
J = loss("J", affine)
s = softmax(x)
largest = max_over(i, x[i])

# Moments: x, t and W random, with the means and variances that a row gives.
both, weights = independent(x, t), independent(W, x)
mean_x, mean_t = equal(expectation(x[i]), a), equal(expectation(t[i]), c)
var_x, var_t = equal(variance(x[i]), z), equal(variance(t[i]), c)
zero_x, zero_t, centered = equal(expectation(x[i]), 0), equal(expectation(t[i]), 0), equal(expectation(W[p, i]), 0)
var_w = equal(variance(W[p, i]), c)
center = total(x) / n

Row = tuple[Expression | int, Expression | int, tuple[Chain, ...]]


def row(left: Expression | int, right: Expression | int, why: str, *given: Chain) -> ParameterSet:
    """A row of a table, named by its reason."""
    return pytest.param(left, right, given, id=why)


ALWAYS_PROVED = [
    row(softmax(x + c), s, "a factor common to numerator and denominator cancels"),
    row(softmax(x - largest), s, "a maximum is a number like any other"),
    row(total(s), 1, "a sum times its own inverse"),
    row(sum_over(i, x[i] * sum_over(j, y[j])), sum_over(j, y[j]) * sum_over(k, x[k]), "sums factor, indices rename"),
    row(sum_over(p, sum_over(i, W[p, i])), sum_over(i, sum_over(p, W[p, i])), "sums change places"),
    row(total(x) ** 2, sum_over(i, sum_over(j, x[i] * x[j])), "a square of a sum is a double sum"),
    row(sum_over(i, delta(i, j) * x[i]), x[j], "a delta contracts"),
    row(sum_over(i, exp(delta(i, j) * z)), n - 1 + exp(z), "a function of a delta splits"),
    row(jacobian(s, x), diag(s) - s * s.T, "the Jacobian of the softmax, both index patterns"),
    row(sum_over(i, diff(s[i], x[j])), 0, "its columns add up to zero"),
    row(diff(log(total(exp(x))), x[i]), s[i], "the gradient of log-sum-exp"),
    row(log(total(exp(x + c))), c + log(total(exp(x))), "a positive factor leaves a logarithm"),
    row(-log(sigma(z)), log(1 + exp(-z)), "the logarithm of a quotient"),
    row(sigma(-z), 1 - sigma(z), "the logistic function reflects"),
    row(sigma.derivative(z, 2), sigma.derivative(z) * (1 - 2 * sigma(z)), "a second derivative"),
    row(tanh(z), 2 * sigma(2 * z) - 1, "exponents with a factor"),
    row((A * B).T, B.T * A.T, "transposes turn products round"),
    row(tr(A * B), tr(B * A), "a trace is cyclic"),
    row(tr(x * y.T), x.T * y, "a 1 x 1 product is a scalar"),
    row(hadamard(x, y), diag(x) * y, "a Hadamard product is a diagonal matrix"),
    row(grad(x.T * A * x, x), (A + A.T) * x, "a quadratic form"),
    row(grad(norm(W * x - b) ** 2, x), 2 * W.T * (W * x - b), "least squares"),
    row(grad(tr(A * B), A), B.T, "the gradient of a trace"),
    row(vjp(affine, W, upstream=u), u * x.T, "the gradient by the weights"),
    row(grad(J, W), grad(J, affine) * x.T, "the same through an unknown loss"),
    row(diff(J, W[p, i]), sum_over(q, diff(J, affine[q]) * diff(affine[q], W[p, i])), "the chain rule"),
    row(diff(f(g(z)), z), f.derivative(g(z)) * g.derivative(z), "the chain rule for unknown functions"),
    row(diff(f(x)[i], x[j]), delta(i, j) * f.derivative(x[i]), "a function applied entrywise"),
    row(grad(cross_entropy(y, s), x), s - y, "a hypothesis on a sum", equal(total(y), 1)),
    row(grad(cross_entropy(one_hot(k, n), s), x), s - one_hot(k, n), "a one-hot target"),
    row(ones(m).T * W * ones(n), sum_over(i, sum_over(p, W[p, i])), "ones add everything up"),
    row(sum_over(i, 1 / (x[i] ** 2 + x[i])), total(1 / x) - sum_over(j, 1 / (1 + x[j])), "partial fractions in a sum"),
    row(sum_over(i, x[i] / (x[i] + c)), n - c * sum_over(j, 1 / (x[j] + c)), "division with remainder in a sum"),
    row(max_over(i, x[i] ** 2 / (1 + x[i] ** 2)), 1 + max_over(j, -1 / (1 + x[j] ** 2)), "division under a maximum"),
    row(softmax(x + c), softmax(x - largest), "a number with a meaning", equal(c, -largest)),
    row(exp(z) * a, exp(2 * c) * a, "and another", equal(z, 2 * c)),
    row(vector("w", 1) * a, a * vector("w", 1), "a column of one entry times a number"),
    row(log(a**2), 2 * log(a), "the logarithm of a power of a positive number", less(0, a)),
    row(variance(x.T * t), n * z * c, "independent, with zero means", both, zero_x, zero_t, var_x, var_t),
    row(variance(x.T * t), n * (z * c + z * c**2 + c * a**2), "with means", both, mean_x, mean_t, var_x, var_t),
    row(variance(x.T * t), sum_over(i, variance(x[i] * t[i])), "terms of a sum that are independent", both),
    row(expectation(x[i] * x[j]), a**2 + delta(i, j) * z, "coinciding indices", both, mean_x, var_x),
    row(expectation(total(x) ** 2), n * z + n**2 * a**2, "indices that coincide under a sum", both, mean_x, var_x),
    row(
        expectation(total(x) ** 3),
        sum_over(i, expectation(x[i] ** 3)),
        "three indices: third moments on the diagonal alone",
        both,
        zero_x,
    ),
    row(
        expectation(total(x) ** 4),
        sum_over(i, expectation(x[i] ** 4)) + 3 * n * (n - 1) * z**2,
        "four indices: in pairs, or all equal",
        both,
        zero_x,
        var_x,
    ),
    row(
        expectation((x[i] - a) ** 3), expectation(x[i] ** 3) - 3 * a * z - a**3, "a central moment", both, mean_x, var_x
    ),
    row(expectation(sum_over(i, (x[i] - center) ** 2)), (n - 1) * z, "a sample's variance", both, mean_x, var_x),
    row(expectation(x.T * A * x), z * tr(A) + a**2 * total(A * ones(n)), "a quadratic form", both, mean_x, var_x),
    row(variance((W * x)[p]), n * c * z, "a row of weights", weights, centered, zero_x, var_w, var_x),
    row(covariance((W * x)[p], (W * x)[q]), 0, "two rows of weights", weights, centered, distinct(p, q)),
    row(expectation((W * x)[p] * (W * x)[q]), 0, "the same as a product", weights, centered, distinct(p, q)),
    row(
        expectation(a * x.T * y + c),
        a * sum_over(i, expectation(x[i]) * y[i]) + c,
        "linear, constants beside",
        random(x),
    ),
    row(covariance(total(x), x[k]), z, "an entry and the sum that it is in", both, var_x),
    row(variance(x[i] + t[i]), variance(x[i]) + variance(t[i]) + 2 * covariance(x[i], t[i]), "dependent", random(x, t)),
    row(
        expectation(expectation(x[i]) * x[j]), expectation(x[i]) * expectation(x[j]), "an expectation within", random(x)
    ),
]


NEVER_PROVED = [
    row(sum_over(i, 1 + 0 * x[i]), 1, "a cutoff that is off by one: only n = 1 is tried"),
    row(s[i], 1, "only n = 1 is tried"),
    row(diff(s[i], x[k]), -s[i] * s[k], "only the index pattern in which all differ"),
    row(diff(s[i], x[k]), s[i] * (1 - s[k]), "only the index pattern i = k"),
    row(total(x) ** 2, sum_over(i, x[i] * x[i]), "an inner index captured by an outer one"),
    row(sum_over(i, sum_over(j, A[i, j])), sum_over(i, A[i, i]), "two bound indices taken for one"),
    row(A * x, A.T * x, "the order of a square matrix's axes is lost"),
    row((A * B).T, A.T * B.T, "factors taken to commute"),
    row(tr(A * B), tr(A) * tr(B), "a product of traces"),
    row(sum_over(p, 1 + 0 * u[p]) / n, 1, "two dimensions of one size in every instance"),
    row(1 / ((2 * a + 1) * (2 * c + 1)), 1 / ((a + 1) * (c + 1)), "denominators normalized at a loss"),
    row(1 / ((2 * a + 1) * (2 * c + 1)), 4 / ((2 * a + 1) * (4 * c + 2)), "a constant lost in a factored denominator"),
    row(1 / (2 * a + 2 * c), 1 / (a + c), "the content of a denominator lost"),
    row(
        sum_over(i, 1 / ((x[i] + 1) * (x[i] + 2))),
        sum_over(i, 1 / (x[i] + 1) + 1 / (x[i] + 2)),
        "two denominators under a sum taken apart with the wrong sign",
    ),
    row(exp(a * c), exp(a) * exp(c), "a product in an exponent taken for a sum"),
    row(exp(total(x)), total(exp(x)), "exp taken into a sum"),
    row(log(a + c), log(a) + log(c), "log taken into a sum"),
    row(sum_over(i, x[i] * y[i]), total(x) * total(y), "a sum of products taken for a product of sums"),
    row(max_over(i, x[i] + y[i]), largest + max_over(j, y[j]), "a maximum taken to be linear"),
    row(max_over(i, -x[i]), -largest, "a negative factor taken out of a maximum"),
    row(x[1], x[i], "a free index taken for the number 1"),
    row(x[1], x[2], "two numbers as subscripts taken for one"),
    row(f(a + c), f(a) + f(c), "an unknown function taken to be linear"),
    row(f.derivative(-z), f.derivative(z), "an even function for a witness"),
    row(f(z), g(z), "two unknown functions taken for one"),
    row(f.derivative(z), f(z), "the order of a derivative lost"),
    row(sigma.derivative(z), sigma(z) * (1 - sigma(-z)), "the sign of an argument lost"),
    row(tanh(z), 2 * sigma(z) - 1, "a factor in an exponent lost"),
    row(1 - tanh(z) ** 2, 1 - (exp(z) - exp(z)) ** 2, "a ball that holds zero raised to a power"),
    row(grad(cross_entropy(y, s), x), s - y, "a hypothesis used that is not given"),
    row(sum_over(p, W[p, i]), 1, "a hypothesis used along the wrong axis", equal(sum_over(j, W[p, j]), 1)),
    row(c, -x[k], "a meaning applied to another number", equal(a, -x[k])),
    row(a, c, "a hypothesis that says nothing of c", equal(a, a)),
    row(sum_over(i, x[i] ** 2), 1, "a hypothesis on y used for its square", equal(total(x), 1)),
    row(grad(J, x), W.T * u, "the gradient of a loss taken for any vector"),
    row(grad(J, b), grad(loss("L", affine), affine), "two losses taken for one"),
    row(delta(i, j), 1, "a delta dropped"),
    row(delta(i, j) * delta(j, k), delta(i, k), "a delta's middle index dropped"),
    row(sum_over(i, delta(i, j) * x[i]), total(x), "a delta contracted without replacing its index"),
    row(n * m, n + m, "dimensions taken to be 2"),
    row(a, a + 0 * a + 1, "a constant dropped"),
    row(sum_over(i, x[i] * exp(y[j])), total(x) * total(exp(y)), "a free index summed over"),
    row(sum_over(i, W[p, i] * x[i]), sum_over(q, W[q, i] * x[i]), "a row sum for a column sum"),
    row((W * x)[p], (W.T * u)[i], "a matrix and its transpose applied"),
    row(W * (x + y), W * x + y[i], "a product distributed over its first term only"),
    row((A * B) * x, (B * A) * x, "square matrices taken to commute"),
    row(A * B * A, A * A * B, "the order of three factors lost"),
    row(x * y.T, y * x.T, "an outer product taken to be symmetric"),
    row(x * x.T * y, hadamard(x, x, y), "a matrix product taken for a Hadamard product"),
    row(hadamard(A, B), A * B, "a Hadamard product taken for a matrix product"),
    row(diag(x) * A, A * diag(x), "rows scaled for columns"),
    row(tr(A), sum_over(i, sum_over(j, A[i, j])), "a trace taken over all entries"),
    row(tr(A.T * B), sum_over(i, A[i, i] * B[i, i]), "a Frobenius product taken over the diagonal"),
    row(norm(x + y) ** 2, norm(x) ** 2 + norm(y) ** 2, "the cross term of a square lost"),
    row(norm(2 * x) ** 2, 2 * norm(x) ** 2, "a factor squared only in part"),
    row(grad(x.T * A * x, x), 2 * A * x, "a matrix taken to be symmetric"),
    row(grad(x.T * A * x, x), A * x, "a product derived by its second factor only"),
    row(grad(norm(W * x - b) ** 2, x), W.T * (W * x - b), "the 2 of a square's derivative lost"),
    row(grad(norm(W * x - b) ** 2, x), 2 * W.T * (b - W * x), "the sign of a difference lost in a square"),
    row(grad(tr(A * B), A), B, "a transpose lost in the gradient of a trace"),
    row(jacobian(A * x, x), A.T, "a Jacobian with inputs as rows"),
    row(jacobian(f(x), x), diag(f(x)), "the derivative of a function applied entrywise lost"),
    row(diff(f(x)[i], x[j]), f.derivative(x[i]), "the delta of an entrywise function lost"),
    row(diff(f(g(z)), z), f.derivative(g(z)), "the inner derivative lost"),
    row(diff(f(g(z)), z), f.derivative(z) * g.derivative(z), "the outer derivative taken at the wrong point"),
    row(diff(f(z) * g(z), z), f.derivative(z) * g.derivative(z), "a product derived factor by factor"),
    row(f.derivative(z, 2), f.derivative(z) ** 2, "a second derivative taken for a square"),
    row(diff(1 / f(z), z), 1 / f.derivative(z), "a reciprocal derived inside"),
    row(diff(log(total(exp(x))), x[i]), exp(x[i]), "the denominator of a logarithmic derivative lost"),
    row(log(total(exp(x + c))), log(total(exp(x))) + n * c, "a factor taken out of each term of a sum"),
    row(log(total(exp(2 * x))), 2 * log(total(exp(x))), "a factor taken out of an exponent under a sum"),
    row(softmax(x) + softmax(-x), ones(n), "what holds for two classes taken to hold for all"),
    row(jacobian(s, x), diag(s), "the outer product of a softmax's Jacobian lost"),
    row(jacobian(s, x), s * s.T - diag(s), "a Jacobian negated"),
    row(sum_over(j, diff(s[i], x[j])), s[i], "row sums of a Jacobian that are zero"),
    row(grad(cross_entropy(y, s), x), total(y) * s + y, "a minus sign lost between two terms", equal(total(y), 1)),
    row(grad(cross_entropy(y, s), s), s - y, "a gradient by the wrong variable"),
    row(grad(cross_entropy(one_hot(k, n), s), x), s - 1, "a one-hot vector taken for ones"),
    row(grad(cross_entropy(one_hot(k, n), s), x), s - x[k] * one_hot(k, n), "a weight on a one-hot vector"),
    row(diff(J, W[p, i]), diff(J, affine[p]), "the last factor of a chain lost"),
    row(diff(J, W[p, i]), diff(J, affine[q]) * x[i], "the index of an upstream gradient changed"),
    row(vjp(affine, x, upstream=u), W.T * (W * x + b), "an upstream gradient taken for the output"),
    row(grad(J, b), 2 * grad(J, affine), "a gradient that is linear taken twice"),
    row(sigma(a + c), sigma(a) + sigma(c), "a logistic function taken to be linear"),
    row(sigma(2 * z), 2 * sigma(z), "a factor taken out of a logistic function"),
    row(sigma.derivative(z, 2), sigma.derivative(z) * (1 - sigma(z)), "the 2 of a second derivative lost"),
    row(exp(-log(1 + exp(z))), 1 + exp(-z), "the sign of an exponent lost at a logarithm"),
    row(exp(2 * log(1 + exp(z))), 1 + exp(2 * z), "a power taken into a sum"),
    row(sum_over(i, 1 / (x[i] + 1)), 1 / (total(x) + n), "a sum of reciprocals taken for a reciprocal of a sum"),
    row(sum_over(i, x[i] / (x[i] + y[i])), n - total(y) / total(x + y), "a sum of quotients taken for a quotient"),
    row(sum_over(i, sum_over(j, A[i, j])) / n, sum_over(j, A[i, j]), "a mean of rows taken for each row"),
    row(max_over(i, exp(x[i])), exp(x[k]), "a maximum taken for any entry"),
    row(max_over(i, x[i]) * max_over(j, y[j]), max_over(k, x[k] * y[k]), "a maximum of products"),
    row(sum_over(i, delta(i, j)), n, "a delta taken for 1 under its sum"),
    row(sum_over(i, sum_over(j, delta(i, j))), 1, "a double sum of deltas counted once"),
    row(1 / (x[i] - x[k]), 1 / (x[k] - x[i]), "a sign lost when a denominator is normalized"),
    row((x[i] - x[k]) ** 3, (x[k] - x[i]) ** 3, "an odd power taken for an even one"),
    row(expectation(x[i] ** 2), expectation(x[i]) ** 2, "coinciding indices taken for independent", both),
    row(expectation(x[i] * x[j]), a**2, "only the index pattern in which they differ", both, mean_x),
    row(expectation(x[i] * x[j]), a**2 + z, "only the index pattern i = j", both, mean_x, var_x),
    row(variance(x.T * t), n * z * c, "means taken for zero", both, var_x, var_t),
    row(variance(x.T * t), z * c, "only n = 1 is tried", both, zero_x, zero_t, var_x, var_t),
    row(variance(total(x)), n**2 * z, "all entries drawn by one lot", both, var_x),
    row(variance(total(x)), n * z, "independence used that is not given", random(x), var_x),
    row(
        expectation(x[i] * t[i]), expectation(x[i]) * expectation(t[i]), "a product of dependent factors", random(x, t)
    ),
    row(variance(x[i] + t[i]), variance(x[i]) + variance(t[i]), "a sum of dependent terms", random(x, t)),
    row(covariance(x[i], x[j]), 0, "one index pattern left out", both),
    row(expectation(x[i] ** 3), 0, "distributions taken to be symmetric", both, zero_x),
    row(expectation(x[i] ** 4), 3 * z**2, "distributions taken to be normal", both, zero_x, var_x),
    row(expectation(x[i] ** 3), expectation(x[j] ** 3), "distributions taken to be the same", both, mean_x, var_x),
    row(expectation(total(x) ** 3), n * expectation(x[j] ** 3), "the same under a sum", both, zero_x),
    row(
        expectation(total(x) ** 3),
        3 * n**2 * z * a + n**3 * a**3,
        "the block of all three left out",
        both,
        mean_x,
        var_x,
    ),
    row(expectation(total(x) ** 4), 3 * n**2 * z**2, "the fourth cumulant left out", both, zero_x, var_x),
    row(
        expectation(total(x) ** 3),
        sum_over(i, expectation(x[i] ** 3)) + n * (n - 1) * (n - 2),
        "false only where three entries differ",
        both,
        zero_x,
    ),
    row(expectation(f(x[i])), f(expectation(x[i])), "a function taken out of an expectation", both),
    row(expectation(sigma(x[i])), sigma(a), "a logistic function taken to be linear", both, mean_x),
    row(expectation(1 / x[i]), 1 / expectation(x[i]), "a reciprocal taken out of an expectation", both),
    row(variance(sigma(x[i])), z / 16, "the slope at zero taken for all slopes", both, zero_x, var_x),
    row(variance((W * x)[p]), m * c * z, "rows counted for columns", weights, centered, zero_x, var_w, var_x),
    row(variance((W.T * u)[i]), n * c * u.T * u, "columns counted for rows", independent(W), centered, var_w),
    row(covariance((W * x)[p], (W * x)[q]), 0, "two rows that may be one", weights, centered),
    row(covariance((W * x)[p], (W * x)[q]), 0, "the weights' means taken for zero", weights, distinct(p, q)),
    row(expectation(sum_over(i, (x[i] - center) ** 2)), n * z, "a sample's mean taken for the true one", both, var_x),
    row(variance(c * x[i]), c * variance(x[i]), "a factor of a variance not squared", both),
    row(variance(x[i]), a**2, "a variance for a deviation", both, equal(variance(x[i]), a)),
    row(expectation(expectation(x[i]) * x[i]), expectation(x[i] ** 2), "an expectation within opened again", both),
]


def one_link(left: Expression | int, right: Expression | int, given: tuple[Chain, ...]) -> Link:
    """The link left = right under hypotheses."""
    (link,) = equal(left, right).links(tuple(each for chain in given for each in chain.links()))
    return link
