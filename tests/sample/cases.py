"""Claims that the sampler is tried on: true ones, and plausible wrong ones of the same shape."""

from typing import NamedTuple

from verify.language import (
    Chain,
    Number,
    at_least,
    cross_entropy,
    define,
    delta,
    diag,
    diff,
    dims,
    distinct,
    equal,
    exp,
    function,
    grad,
    hadamard,
    has_shape,
    identity,
    index,
    indices,
    jacobian,
    less,
    log,
    loss,
    matrix,
    max_over,
    norm,
    one_hot,
    product_over,
    scalar,
    sigma,
    softmax,
    sum_over,
    tanh,
    total,
    tr,
    vector,
    vjp,
)
from verify.language.link import Link

m, n, k = dims("m n k")
W, b, x, v = matrix("W", m, n), vector("b", m), vector("x", n), vector("v", n)
W2, b2 = matrix("W_2", k, m), vector("b_2", k)
A, t = matrix("A", n, n), vector("t", n)
upstream, c, z, a = vector(r"\delta", m), scalar("c"), scalar("z"), scalar("a")
f = function("f")
i, j = indices("i j", n)
p, q, r = index("p", m), index("q", n), index("r", m)
y = define("y", W * x + b)
J = loss("J", y)
s = softmax(x)
hidden = define("h", f(y))
output = define("o", W2 * hidden + b2)
L = loss("L", output)
loss_by_output = grad(L, output)


class Case(NamedTuple):
    """A claim with the reason why it is true, or wrong."""

    why: str
    statement: Chain
    given: tuple[Chain, ...] = ()

    def link(self) -> Link:
        """The only link of the claim, under its hypotheses."""
        (link,) = self.statement.links(tuple(each for chain in self.given for each in chain.links()))
        return link


sums_to_one = equal(total(t), 1)

TRUE = (
    Case("softmax does not see a shift", equal(softmax(x + c), s)),
    Case("a softmax sums to 1", equal(total(s), 1)),
    Case("the logistic derivative", equal(sigma.derivative(z), sigma(z) * (1 - sigma(z)))),
    Case("its second derivative", equal(sigma.derivative(z, 2), sigma(z) * (1 - sigma(z)) * (1 - 2 * sigma(z)))),
    Case("tanh is a stretched logistic function", equal(tanh(z), 2 * sigma(2 * z) - 1)),
    Case("vjp by the weights", equal(vjp(y, W, upstream), upstream * x.T)),
    Case("vjp by the input", equal(vjp(y, x, upstream), W.T * upstream)),
    Case("vjp by the bias", equal(vjp(y, b, upstream), upstream)),
    Case("the gradient of an unknown loss", equal(grad(J, W), grad(J, y) * x.T)),
    Case("the same, entry by entry", equal(diff(J, W[p, q]), grad(J, y)[p] * x[q])),
    Case("as a sum over outputs", equal(diff(J, W[p, q]), sum_over(r, diff(J, y[r]) * diff(y[r], W[p, q])))),
    Case("two linear layers are one", equal(W2 * (W * x + b) + b2, W2 * W * x + W2 * b + b2)),
    Case("a hidden layer of any function", equal(grad(L, W), hadamard(W2.T * loss_by_output, f.derivative(y)) * x.T)),
    Case("softmax and cross-entropy", equal(grad(cross_entropy(t, s), x), s - t), (sums_to_one,)),
    Case("the same without the hypothesis", equal(grad(cross_entropy(t, s), x), total(t) * s - t)),
    Case("for a one-hot target", equal(grad(cross_entropy(t, s), x), s - one_hot(i, n)), (equal(t, one_hot(i, n)),)),
    Case("by entries", equal(diff(cross_entropy(t, s), x[j]), s[j] - delta(j, i)), (equal(t[j], delta(i, j)),)),
    Case("the softmax Jacobian", equal(jacobian(s, x), diag(s) - s * s.T)),
    Case("its entries", equal(diff(s[i], x[j]), s[i] * (delta(i, j) - s[j]))),
    Case("an entrywise function has a diagonal Jacobian", equal(jacobian(f(x), x), diag(f.derivative(x)))),
    Case("a quadratic form", equal(grad(x.T * A * x, x), (A + A.T) * x)),
    Case("a symmetric one", equal(grad(x.T * A * x, x), 2 * A * x), (equal(A, A.T),)),
    Case("second derivatives", equal(diff(diff(log(total(exp(x))), x[i]), x[j]), s[i] * (delta(i, j) - s[j]))),
    Case("the gradient of a norm", equal(grad(norm(x), x), x / norm(x))),
    Case("the trace of a product", equal(tr(A * A.T), sum_over(i, sum_over(j, A[i, j] ** 2)))),
    Case("the inverse of a matrix", equal(A * A**-1, identity(n))),
    Case("a product of exponentials", equal(product_over(i, exp(x[i])), exp(total(x)))),
    Case("a derivative by a product", equal(diff(product_over(i, x[i]), c), Number(0))),
    Case("the largest entry moves with a shift", equal(max_over(i, x[i] + c), max_over(i, x[i]) + c)),
    Case("a shift by the maximum", equal(total(exp(x)) * exp(c), total(exp(x + c))), (equal(c, -max_over(i, x[i])),)),
    Case("a logarithm of positive numbers", equal(log(x[i] * x[j]), log(x[i]) + log(x[j])), (less(0, x[i]),)),
    Case("off the diagonal", equal(diff(s[i], x[j]), -s[i] * s[j]), (distinct(i, j),)),
    Case("on the diagonal", equal(diff(s[i], x[j]), s[i] * (1 - s[i])), (equal(i, j),)),
    Case("in the first place", equal(delta(i, j), delta(Number(1), j)), (equal(i, 1),)),
    Case("for two and more", equal((n - 1) / (n - 1), 1), (at_least(n, 2),)),
    Case("a denominator that is 0 on the diagonal", equal(x[i] / (x[i] - x[j]), 1 + x[j] / (x[i] - x[j]))),
    Case("a shape", has_shape(grad(J, W), (m, n))),
)

WRONG = (
    Case("the sign", equal(sigma.derivative(z), -sigma(z) * (1 - sigma(z)))),
    Case("a sign that saturates", equal(sigma.derivative(30 * z), sigma(30 * z) * (sigma(30 * z) - 1))),
    Case("a factor of 2", equal(grad(x.T * x, x), x)),
    Case("0.05 % too large", equal(grad(x.T * A * x, x), Number(10005) / 10000 * (A + A.T) * x)),
    Case("one part in a thousand million", equal(grad(x.T * x, x), (2 + Number(1) / 10**9) * x)),
    Case("transposed, of a square matrix", equal(vjp(A * x, A, v), x * v.T)),
    Case("not transposed, of a square matrix", equal(vjp(A * x, x, v), A * v)),
    Case("indices swapped", equal(diff(x.T * A * v, A[i, j]), x[j] * v[i])),
    Case("the Jacobian's off-diagonal forgotten", equal(jacobian(s, x), diag(s) - hadamard(diag(s), diag(s)))),
    Case("the diagonal only", equal(diff(s[i], x[j]), s[i] * delta(i, j))),
    Case("wrong on the diagonal only", equal(diff(s[i], x[j]), -s[i] * s[j])),
    Case("a hypothesis forgotten", equal(grad(cross_entropy(t, s), x), s - t)),
    Case("softmax sees a factor", equal(softmax(2 * x), s)),
    Case("the derivative of f is not f", equal(f.derivative(z), f(z))),
    Case("f is not linear", equal(f(2 * z), 2 * f(z))),
    Case("the slope at the output", equal(grad(L, W), hadamard(W2.T * loss_by_output, f.derivative(hidden)) * x.T)),
    Case("J is not linear in y", equal(jacobian(grad(J, x), x), 0 * W.T * W)),
    Case("the diagonal forgotten", equal(diff(s[i], x[j]), s[i]), (equal(i, j),)),
    Case("off the diagonal only", equal(diff(s[i], x[j]), s[i] * s[j]), (distinct(i, j),)),
    Case("for three and more", equal((n - 1) * (n - 2), 0), (at_least(n, 3),)),
    Case("right for n = 1 only", equal(total(x) * total(v), sum_over(i, x[i] * v[i]))),
    Case("right for n = 2 only", equal(total(x + c), total(x) + 2 * c)),
    Case("a positive number is not above 1", equal(log(a) + max_over(i, x[i]), log(a)), (less(0, a),)),
    Case("a shape with its axes swapped", has_shape(grad(J, W), (n, m))),
)
