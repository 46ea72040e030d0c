"""Any depth, limits and products: what is always proved, and what never is, with the bug that it would need."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from verify.language import (
    Chain,
    Link,
    ascending,
    at_least,
    at_most,
    between,
    definition,
    descending,
    diag,
    diff,
    dims,
    equal,
    exp,
    family,
    fraction,
    function,
    grad,
    greater,
    hadamard,
    index,
    indices,
    jacobian,
    less,
    log,
    loss,
    matrix,
    member,
    oo,
    product_over,
    recursion,
    scalar,
    sigma,
    softmax,
    sum_over,
    tanh,
    tends_to,
    total,
    vector,
    widths,
)

L, n, d = dims("L n d")
D = widths("D")
l, j = indices("l j", L)
inner = index("l", L - 1)
z, r, x0, eta = scalar("z"), scalar("r"), scalar("x"), scalar("e")
f = function("f")

x = vector("x", D(0))
W = family("W", lambda at: (D(at), D(at - 1)))
b = family("b", lambda at: (D(at), 1))
pre = definition("z", lambda at: W(at) * a(at - 1) + b(at))
a = recursion("a", x, lambda at: f(pre(at)), lambda at: (D(at), 1))
J = loss("J", a(L))
stack = recursion("s", x, lambda at: W(at) * stack(at - 1) + b(at), lambda at: (D(at), 1))
biases = sum_over(j, descending(l, W(l), L, j + 1) * b(j))

# layers of one width, where a wrong product has a shape too
y = vector("y", d)
A, c = family("A", (d, d)), family("c", (d, 1))
square = recursion("h", y, lambda at: A(at) * square(at - 1) + c(at), (d, 1))
carried = sum_over(j, descending(l, A(l), L, j + 1) * c(j))
bent = recursion("g", y, lambda at: f(before(at)), (d, 1))
before = definition("p", lambda at: A(at) * bent(at - 1))
residual = recursion("q", y, lambda at: residual(at - 1) + f(A(at) * residual(at - 1)), (d, 1))
K = loss("K", bent(L))
through = definition("p", lambda at: A(at) * passing(at - 1))
passing = recursion("k", y, lambda at: passing(at - 1) + f(through(at)), (d, 1))
sharing = definition("p", lambda at: A(at) * shared(at - 1) + A(at - 1) * shared(at - 1))
shared = recursion("k", y, lambda at: f(sharing(at)), (d, 1))
fixed = definition("p", lambda at: A(at) * again(at - 1) + A(5) * again(at - 1))
again = recursion("k", y, lambda at: f(fixed(at)), (d, 1))
P, S, R = loss("P", passing(L)), loss("S", shared(L)), loss("R", again(L))

# numbers
v = vector("v", L)
t, u, w = family("t"), family("u"), family("w")
slopes = product_over(l, sigma.derivative(u(l)))
weighted = product_over(l, sigma.derivative(u(l)) * w(l))
falling = recursion("r", x0, lambda at: falling(at - 1) / 2)

# products of numbers, and a base that is larger than e by less than 10^-12
positive = vector("p", n)
B = matrix("B", n, n)
h, k, e = indices("h k e", n)
near_e, said_three = fraction(271828182846, 100000000000), fraction(3, 1)

# hidden units that start alike
H = dims("H")[0]
i, o = index("i", H), index("o", H)
U_0 = matrix("U_0", H, d)
p = index("p", d)
shrinking = recursion("U", U_0, lambda at: shrinking(at - 1) - eta * shrinking(at - 1), (H, d))
drifting = recursion("U", U_0, lambda at: drifting(at - 1) + matrix("N", H, d), (H, d))
rows_alike = equal(U_0[i, p], U_0[o, p])


def row(chain: Chain, why: str, *given: Chain) -> ParameterSet:
    """A row of the table: a statement, why it is there, and its hypotheses."""
    return pytest.param(chain, given, id=why)


def the_link(chain: Chain, given: tuple[Chain, ...]) -> Link:
    """The last link of a row."""
    return chain.links(tuple(link for each in given for link in each.links()))[-1]


ALWAYS_PROVED = [
    row(equal(stack(L), descending(l, W(l), L, 1) * x + biases), "a linear stack"),
    row(equal(square(L), descending(l, A(l), L, 1) * y + carried), "the same with one width"),
    row(equal(descending(l, A(l), L, 1).T, ascending(l, A(l).T, 1, L)), "the transpose of an ordered product"),
    row(equal(jacobian(bent(L), y), descending(l, diag(f.derivative(before(l))) * A(l), L, 1)), "a chain of Jacobians"),
    row(equal(grad(K, bent(L)), grad(loss("K", bent(L)), bent(L))), "the last value itself"),
    row(
        equal(grad(J, pre(inner)), hadamard(W(inner + 1).T * grad(J, pre(inner + 1)), f.derivative(pre(inner)))),
        "an error from the next one",
    ),
    row(equal(grad(J, W(l)), grad(J, pre(l)) * a(l - 1).T), "the gradient by weights"),
    row(equal(grad(J, a(inner)), W(inner + 1).T * grad(J, pre(inner + 1))), "the gradient by values"),
    row(equal(grad(P, A(l)), grad(P, through(l)) * passing(l - 1).T), "weights beside which the values pass"),
    row(
        equal(grad(P, passing(inner)), grad(P, passing(inner + 1)) + A(inner + 1).T * grad(P, through(inner + 1))),
        "two ways back",
    ),
    row(equal(sum_over(l, l), L * (L + 1) / 2), "whole numbers"),
    row(equal(sum_over(l, l**2), L * (L + 1) * (2 * L + 1) / 6), "squares"),
    row(equal(sum_over(l, 2**l), 2 ** (L + 1) - 2), "powers"),
    row(equal(product_over(l, l / (l + 1)), 1 / (L + 1)), "factors that cancel"),
    row(equal(product_over(l, 2 * w(l)), 2**L * product_over(l, w(l))), "a factor of each factor"),
    row(equal(product_over(l, t(l) * w(l)), product_over(l, t(l)) * product_over(l, w(l))), "a product of products"),
    row(equal(product_over(l, exp(t(l))), exp(sum_over(l, t(l)))), "exponentials"),
    row(equal(product_over(l, exp(v[l])), exp(sum_over(l, v[l]))), "the same of the entries of a vector"),
    row(equal(sum_over(l, l * v[l]), sum_over(l, v[l] * l)), "entries beside their numbers"),
    row(equal(falling(L), x0 / 2**L), "a recursion solved"),
    row(equal(diff(falling(L), x0), fraction(1, 2) ** L), "its derivative"),
    row(equal(shrinking(L)[i, p], shrinking(L)[o, p]), "rows that start alike", rows_alike),
    row(at_most(slopes, 4 ** (-L)), "a bound of each factor"),
    row(at_most(slopes, fraction(1, 3) ** L), "a bound that is not the best"),
    row(greater(slopes, 0), "positive factors"),
    row(tends_to(slopes, 0, L=oo), "bounded by a power"),
    row(tends_to(weighted, 0, L=oo), "weights bounded by 3", member(w(l), between(-3, 3, closed="both"))),
    row(
        tends_to(weighted, 0, L=oo),
        "weights bounded by one number less than 4",
        member(w(l), between(-r, r, closed="both")),
        less(r, 4),
    ),
    row(tends_to(sigma.derivative(z), 0, z=oo), "saturation"),
    row(tends_to(sigma.derivative(z), 0, z=-oo), "saturation below"),
    row(tends_to(tanh(z), -1, z=-oo), "the lower end of tanh"),
    row(tends_to(z**3 * exp(-z), 0, z=oo), "an exponential outgrows a power"),
    row(tends_to((2 * n + 1) / n, 2, n=oo), "leading coefficients"),
    row(tends_to(n**2 * fraction(1, 2) ** n, 0, n=oo), "a power outgrows a polynomial"),
    row(tends_to(z**3, -oo, z=-oo), "an odd power below"),
    row(tends_to(log(1 + exp(z)) / z, 1, z=oo), "the logarithm of an exponential"),
    row(tends_to(log(1 + exp(z)), 0, z=-oo), "the logarithm of what tends to 1"),
    row(tends_to(log(sigma(z)) / z, 1, z=-oo), "the logarithm of what tends to 0"),
    row(tends_to(log(n) ** 3 / n, 0, n=oo), "a power outgrows a logarithm"),
    row(tends_to(log(z**4) / log(z**2), 2, z=-oo), "logarithms of powers"),
    # products of numbers
    row(equal(log(product_over(h, positive[h])), sum_over(h, log(positive[h]))), "their logarithm", less(0, positive)),
    row(equal(log(product_over(l, exp(v[l]))), sum_over(l, v[l])), "of exponentials, without a hypothesis"),
    row(
        equal(diff(product_over(h, positive[h]), positive[k]), product_over(h, positive[h]) / positive[k]),
        "a derivative leaves a factor out",
        less(0, positive),
    ),
    row(equal(diff(log(product_over(h, positive[h])), positive[k]), 1 / positive[k]), "a score", less(0, positive)),
    row(less(0, product_over(h, positive[h])), "positive factors that are given", less(0, positive)),
    row(
        equal(sum_over(k, log(product_over(h, exp(B[k, h])))), sum_over(k, sum_over(h, B[k, h]))),
        "under a sum, whose index they mention",
    ),
    row(tends_to(product_over(l, sigma(u(l)) * (1 - sigma(u(l)))), 0, L=oo), "factors that hold one another down"),
    row(tends_to(product_over(l, 3 * sigma(u(l)) * (1 - sigma(u(l)))), 0, L=oo), "the same, three times as large"),
    row(at_most(product_over(l, sigma(u(l)) * (1 - sigma(u(l)))), 4 ** (-L)), "and the power that bounds them"),
    row(member(sigma(u(l)) * (1 - sigma(u(l))), between(0, fraction(1, 4), closed="high")), "a number at any level"),
]


NEVER_PROVED = [
    # the base case
    row(equal(sum_over(l, l), L * (L + 1) / 2 + 1), "the step alone, without a base case"),
    row(equal(falling(L), x0 / 2 ** (L - 1)), "a base case one too early"),
    row(equal(product_over(l, w(l)), 2 * product_over(l, w(l))), "a base case that is never tried"),
    row(equal(square(L), descending(l, A(l), L, 1) * y + carried + c(1)), "a constant that every step keeps"),
    # the step
    row(equal(sum_over(l, l), 2 * L - 1), "true for one and two, false for three"),
    row(equal(sum_over(l, l), L * (L + 1) / 2 + (L - 1) * (L - 2) * (L - 3)), "true for one to three, false for four"),
    row(equal(square(L), ascending(l, A(l), 1, L) * y + carried), "the order of an ordered product"),
    row(equal(square(L), descending(l, A(l), L, 1) * y + sum_over(j, c(j))), "biases not carried"),
    row(equal(square(L), descending(l, A(l), L, 1) * y + descending(l, A(l), L, 2) * c(1)), "only the first bias"),
    row(equal(square(L), sum_over(l, A(l)) * y + carried), "a sum for a product"),
    row(
        equal(square(L), descending(l, A(l), L, 1) * y + sum_over(j, descending(l, A(l), L, j) * c(j))),
        "an ordered product that begins one level too low",
    ),
    row(equal(descending(l, A(l), L, 1), descending(l, A(l), L - 1, 1) * A(L)), "the last factor at the wrong end"),
    row(equal(descending(l, A(l), L, 1).T, descending(l, A(l).T, L, 1)), "a transpose that keeps the order"),
    row(equal(residual(L), bent(L)), "two recursions taken for one"),
    row(equal(jacobian(residual(L), y), descending(l, diag(f.derivative(before(l))) * A(l), L, 1)), "a path forgotten"),
    row(equal(product_over(l, 2 * v[l]), 2 * product_over(l, v[l])), "a factor of each entry taken out once"),
    row(equal(sum_over(l, l * v[l]), L * sum_over(l, v[l])), "the last number for all"),
    row(equal(product_over(l, v[l]), product_over(l, softmax(v)[l])), "entries of a whole vector made free"),
    # derivatives
    row(equal(jacobian(bent(L), y), descending(l, A(l), L, 1)), "slopes lost"),
    row(
        equal(jacobian(bent(L), y), ascending(l, diag(f.derivative(before(l))) * A(l), 1, L)), "the chain turned round"
    ),
    row(
        equal(
            jacobian(bent(L), y),
            descending(l, diag(f.derivative(before(l))), L, 1) * descending(l, A(l), L, 1),
        ),
        "matrices that change places",
    ),
    row(equal(jacobian(bent(L), y), 0 * descending(l, A(l), L, 1)), "what is hidden in an unknown taken for constant"),
    row(equal(grad(K, A(1)), 0 * A(1)), "a derivative by a level far below taken for zero"),
    row(equal(grad(K, A(inner)), 0 * A(inner)), "a derivative that does not see what is above"),
    row(equal(grad(K, before(inner)), A(inner + 1).T * grad(K, before(inner + 1))), "the slope lost on the way back"),
    row(
        equal(
            grad(K, before(inner)),
            hadamard(A(inner).T * grad(K, before(inner + 1)), f.derivative(before(inner))),
        ),
        "the weights of the wrong level",
    ),
    row(
        equal(
            grad(K, before(inner)),
            hadamard(A(inner + 1).T * grad(K, before(inner + 1)), f.derivative(before(inner + 1))),
        ),
        "the slope of the wrong level",
    ),
    row(equal(grad(P, passing(inner)), A(inner + 1).T * grad(P, through(inner + 1))), "one of two ways back"),
    row(equal(grad(S, A(l)), grad(S, sharing(l)) * shared(l - 1).T), "weights that the next layer shares"),
    row(
        equal(
            grad(S, sharing(inner)),
            hadamard((A(inner + 1) + A(inner)).T * grad(S, sharing(inner + 1)), f.derivative(sharing(inner))),
        ),
        "a layer that names the weights below, taken for one that does not",
    ),
    row(equal(grad(R, A(l)), grad(R, fixed(l)) * again(l - 1).T), "weights of one level in every layer"),
    row(equal(grad(K, A(l)), grad(K, bent(l)) * bent(l - 1).T), "the gradient by values for that before them"),
    row(equal(grad(K, A(l)), grad(K, before(l)) * bent(l).T), "the values of the wrong level"),
    # what a recursion keeps
    row(equal(shrinking(L)[i, p], shrinking(L)[o, p]), "hypotheses that are not given"),
    row(equal(drifting(L)[i, p], drifting(L)[o, p]), "a step that does not keep what is given", rows_alike),
    row(equal(shrinking(L)[i, p], U_0[i, p]), "a hypothesis at the start used at every step", rows_alike),
    # bounds
    row(at_most(slopes, 5 ** (-L)), "a bound smaller than the factors"),
    row(less(slopes, 4 ** (-L)), "a bound that is reached"),
    row(at_most(slopes, 4 ** (-L - 1)), "one factor too many in the bound"),
    row(at_least(slopes, 5 ** (-L)), "a lower bound of values as small as one likes"),
    row(at_most(product_over(l, -2 * sigma(u(l))), 0), "signs in a product"),
    row(greater(weighted, 0), "factors of unknown sign"),
    # limits
    row(
        tends_to(product_over(l, t(l)), 0, L=oo), "factors less than 1, not bounded by one", member(t(l), between(0, 1))
    ),
    row(tends_to(product_over(l, sigma(u(l))), 0, L=oo), "a bound attained at infinity only"),
    row(tends_to(weighted, 0, L=oo), "weights without a bound"),
    row(tends_to(weighted, 0, L=oo), "weights less than 4, not bounded by less", member(w(l), between(-4, 4))),
    row(tends_to(weighted, 0, L=oo), "a bound of 4 that is reached", member(w(l), between(-4, 4, closed="both"))),
    row(
        tends_to(weighted, 0, L=oo),
        "bounds that differ from level to level",
        member(w(l), between(-t(l), t(l), closed="both")),
        less(t(l), 4),
    ),
    row(
        tends_to(weighted, 0, L=oo),
        "a bound larger than 4",
        member(w(l), between(-r, r, closed="both")),
        less(r, 5),
    ),
    row(tends_to(product_over(l, u(l) * (1 - sigma(u(l)))), 0, L=oo), "the argument for the value"),
    row(tends_to(slopes, 1, L=oo), "another limit"),
    row(tends_to(product_over(l, 1 - 1 / (l + 1) ** 2), 0, L=oo), "a product that tends to a half"),
    row(tends_to(sigma(z), 0, z=oo), "the wrong end"),
    row(tends_to(tanh(z), 1, z=-oo), "the sign of infinity"),
    row(tends_to(exp(z) / (exp(z) + exp(2 * z)), 1, z=oo), "the largest term below overlooked"),
    row(tends_to((n + 1) / (2 * n), 1, n=oo), "leading coefficients left out"),
    row(tends_to(z**2, -oo, z=-oo), "an even power taken for an odd one"),
    row(tends_to(2**n / n**3, 0, n=oo), "a polynomial taken to outgrow a power"),
    row(tends_to(log(1 + exp(z)) / z, 0, z=oo), "a logarithm taken for its slow growth"),
    row(tends_to(log(1 + exp(2 * z)) / z, 1, z=oo), "a rate lost under a logarithm"),
    row(tends_to(log(1 + exp(z)) / z, 1, z=-oo), "the wrong end of a softplus"),
    row(tends_to(log(1 + exp(z)) - z, 1, z=oo), "terms that cancel"),
    row(tends_to(log(3 + exp(z)), 0, z=-oo), "the logarithm of a limit that is not 1"),
    row(tends_to(log(n) / n, 1, n=oo), "a logarithm taken to grow like its argument"),
    row(tends_to(exp(log(near_e) * n) / (n * (exp(n) + 1)), 0, n=oo), "a base hardly larger than e"),
    row(tends_to(exp(log(said_three) * n) / (exp(n) + 1), 0, n=oo), "a base compared with a rate"),
    # products of numbers
    row(equal(log(product_over(h, positive[h])), total(positive)), "a logarithm lost", less(0, positive)),
    row(equal(product_over(h, positive[h]), exp(sum_over(h, log(positive[h] ** 2)) / 2)), "factors of any sign"),
    row(
        equal(diff(product_over(h, positive[h]), positive[k]), product_over(h, positive[h])),
        "a factor that a derivative leaves out",
        less(0, positive),
    ),
    row(equal(product_over(h, positive[h]), positive[1]), "only n = 1 is tried", less(0, positive)),
    row(
        equal(product_over(h, -positive[h]), -product_over(h, positive[h])),
        "an even number of signs",
        less(0, positive),
    ),
    row(
        equal(
            sum_over(k, sum_over(e, positive[k] * product_over(h, exp(B[e, h])))),
            sum_over(k, sum_over(e, positive[k] * product_over(h, exp(B[k, h])))),
        ),
        "the index of an outer sum taken for that of an inner one",
    ),
    row(tends_to(product_over(l, 4 * sigma(u(l)) * (1 - sigma(u(l)))), 0, L=oo), "a bound of 1 that is reached"),
    row(tends_to(product_over(l, sigma(w(l)) * (1 - sigma(u(l)))), 0, L=oo), "two numbers taken for one"),
    row(at_most(product_over(l, sigma(u(l)) * (1 - sigma(u(l)))), 5 ** (-L)), "a power that is too small"),
    row(member(sigma(u(l)) * (1 - sigma(u(l))), between(0, fraction(1, 4))), "an end that is attained at any level"),
    row(less(u(l), u(l + 1)), "two levels in any order"),
]
