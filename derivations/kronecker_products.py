r"""Kronecker products, and matrices stacked into one column, by which weights become a vector.

``vec`` stacks columns, as in the literature; stacked by rows, the two factors change places.
"""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    define,
    diag,
    dims,
    equal,
    grad,
    identity,
    jacobian,
    kronecker,
    less,
    loss,
    matrix,
    norm,
    scalar,
    tr,
    vec,
    vector,
    vjp,
)

m, n, p, q, r, s = dims("m n p q r s")
A, B, C, D = matrix("A", m, n), matrix("B", p, q), matrix("C", n, r), matrix("D", q, s)
E, F, X = matrix("E", m, n), matrix("F", r, s), matrix("X", n, p)
S, T, U = matrix("S", m, m), matrix("T", p, p), matrix("U", m, m)
W, x, y, delta = matrix("W", m, n), vector("x", n), vector("y", m), vector(r"\delta", m)
u, v, c = vector("u", p), vector("v", q), scalar("c")
z = define("z", W * x)
J = loss("J", z)
one = identity(m)
of_rows, of_columns = define("I_m", identity(m).meaning), define("I_n", identity(n).meaning)
of_both = define("I_{mn}", identity(m * n).meaning)
not_zero = (less(0, norm(A)), less(0, norm(B)))
invertible = (equal(S**-1 * S, one), equal(T**-1 * T, identity(p)))

mixed_product = Claim(
    "A product of Kronecker products is taken factor by factor.",
    equal(kronecker(A, B) * kronecker(C, D), kronecker(A * C, B * D)),
    source=sources.magnus_neudecker_1988,
)
factors_crossed = Mistake("The second factors come first.", of=mixed_product, answer=kronecker(B * D, A * C))

mixed_with_vectors = Claim(
    "So is its product with a Kronecker product of vectors.",
    equal(kronecker(A, B) * kronecker(x, v), kronecker(A * x, B * v)),
    source=sources.magnus_neudecker_1988,
)
vectors_crossed = Mistake("The vectors change places.", of=mixed_with_vectors, answer=kronecker(B * v, A * x))

transpose = Claim(
    "A Kronecker product is transposed factor by factor, in its order.",
    equal(kronecker(A, B).T, kronecker(A.T, B.T)),
    source=sources.magnus_neudecker_1988,
)
order_reversed = Mistake(
    "The order is reversed, as that of a matrix product is.", of=transpose, answer=kronecker(B.T, A.T)
)
not_transposed = Mistake("Neither factor is transposed.", of=transpose, answer=kronecker(A, B), expect=Misshapen)

trace = Claim(
    "Its trace is the product of the traces.",
    equal(tr(kronecker(S, T)), tr(S) * tr(T)),
    source=sources.magnus_neudecker_1988,
)
traces_added = Mistake("The traces are added.", of=trace, answer=tr(S) + tr(T))

associative = Claim(
    "It is associative.",
    equal(kronecker(kronecker(A, B), F), kronecker(A, kronecker(B, F)), kronecker(A, B, F)),
    source=sources.magnus_neudecker_1988,
)
commuted = Mistake("It is taken to commute.", of=associative, answer=kronecker(kronecker(B, A), F))

distributive = Claim(
    "It distributes over sums.",
    equal(kronecker(A + E, B), kronecker(A, B) + kronecker(E, B)),
    source=sources.magnus_neudecker_1988,
)
second_factor_lost = Mistake(
    "One term loses its second factor.", of=distributive, answer=kronecker(A, B) + E, expect=Misshapen
)
one_term_turned = Mistake("One term is turned round.", of=distributive, answer=kronecker(A, B) + kronecker(B, E))

factor_moves = Claim(
    "A number moves from one factor to the other.",
    equal(kronecker(c * A, B), kronecker(A, c * B), c * kronecker(A, B)),
    source=sources.magnus_neudecker_1988,
)
factor_twice = Mistake("It is counted in both.", of=factor_moves, answer=kronecker(c * A, c * B))

inverse = Claim(
    "It is inverted factor by factor, in its order.",
    equal(kronecker(S, T) ** -1, kronecker(S**-1, T**-1)),
    given=invertible,
    source=sources.magnus_neudecker_1988,
)
inverse_reversed = Mistake("The order is reversed.", of=inverse, answer=kronecker(T**-1, S**-1))

sum_in_a_factor = Claim(
    "Of terms that differ in one factor, the sum is inverted in that factor.",
    equal((kronecker(S, T) + kronecker(U, T)) ** -1, kronecker((S + U) ** -1, T**-1)),
    given=(invertible[1], equal((S + U) ** -1 * (S + U), one)),
)
inverses_added = Mistake(
    "The inverses are added.", of=sum_in_a_factor, answer=kronecker(S**-1 + U**-1, T**-1), given=()
)

frobenius = Claim(
    "Its Frobenius norm is the product of the norms.",
    equal(norm(kronecker(A, B)), norm(A) * norm(B)),
    given=not_zero,
    source=sources.magnus_neudecker_1988,
)
norms_added = Mistake("The norms are added.", of=frobenius, answer=norm(A) + norm(B))

identities = Claim(
    "A Kronecker product of identities is an identity.",
    equal(kronecker(of_rows, of_columns), of_both),
    source=sources.magnus_neudecker_1988,
)
counted_twice = Mistake("It is counted twice.", of=identities, answer=2 * of_both)

diagonals = Claim(
    "So is one of diagonal matrices the diagonal matrix of the product.",
    equal(kronecker(diag(x), diag(y)), diag(kronecker(x, y))),
    source=sources.magnus_neudecker_1988,
)
diagonals_turned = Mistake("The vectors change places.", of=diagonals, answer=diag(kronecker(y, x)))

outer_product = Claim(
    "A column and a row make the outer product, whichever comes first.",
    equal(kronecker(x, y.T), x * y.T, kronecker(y.T, x)),
    source=sources.magnus_neudecker_1988,
)
outer_transposed = Mistake("Both are transposed.", of=outer_product, answer=kronecker(x.T, y), expect=Misshapen)

stacked_outer_product = Claim(
    "Two columns make the outer product, stacked: the second runs faster.",
    equal(kronecker(x, y), vec(y * x.T)),
    source=sources.magnus_neudecker_1988,
)
stacked_by_rows = Mistake("The rows are stacked.", of=stacked_outer_product, answer=vec(x * y.T))

stacked_product = Claim(
    "vec(A X B) is B^T ⊗ A times vec(X).",
    equal(vec(A * X * B), kronecker(B.T, A) * vec(X)),
    source=sources.magnus_neudecker_1988,
)
factors_exchanged = Mistake("The factors change places.", of=stacked_product, answer=kronecker(A, B.T) * vec(X))
b_not_transposed = Mistake(
    "B is not transposed.", of=stacked_product, answer=kronecker(B, A) * vec(X), expect=Misshapen
)

layer = Claim(
    "So W x is linear in vec(W).",
    equal(vec(W * x), W * x, kronecker(x.T, one) * vec(W)),
    source=sources.magnus_neudecker_1988,
)
layer_of_rows = Mistake("The rows of W are taken to be stacked.", of=layer, answer=kronecker(one, x.T) * vec(W))

layer_by_rows = Claim(
    "Stacked by rows, the factors change places.",
    equal(W * x, kronecker(one, x.T) * vec(W.T)),
    source=sources.magnus_neudecker_1988,
)
layer_of_columns = Mistake("The order for columns is kept.", of=layer_by_rows, answer=kronecker(x.T, one) * vec(W.T))

weight_jacobian = Claim(
    "The Jacobian of W x by vec(W) is x^T ⊗ I.",
    equal(jacobian(W * x, vec(W)), kronecker(x.T, one)),
    source=sources.magnus_neudecker_1988,
)
jacobian_of_rows = Mistake("It is that by the rows.", of=weight_jacobian, answer=kronecker(one, x.T))
jacobian_transposed = Mistake("It is transposed.", of=weight_jacobian, answer=kronecker(x, one), expect=Misshapen)

product_jacobian = Claim(
    "The Jacobian of vec(A X B) by vec(X) is B^T ⊗ A.",
    equal(jacobian(vec(A * X * B), vec(X)), kronecker(B.T, A)),
    source=sources.magnus_neudecker_1988,
)
jacobian_exchanged = Mistake("The factors change places.", of=product_jacobian, answer=kronecker(A, B.T))

weight_gradient = Claim(
    "The gradient by vec(W) is the input times the upstream gradient.",
    equal(vjp(W * x, vec(W), upstream=delta), kronecker(x, delta), vec(delta * x.T)),
    source=sources.magnus_neudecker_1988,
)
gradient_by_rows = Mistake("It is that by the rows.", of=weight_gradient, answer=kronecker(delta, x))

loss_gradient = Claim(
    "So it is for any loss of W x.",
    equal(grad(J, vec(W)), kronecker(x, grad(J, z))),
    source=sources.magnus_neudecker_1988,
)
loss_gradient_by_rows = Mistake("It is that by the rows.", of=loss_gradient, answer=kronecker(grad(J, z), x))

bilinear_form = Claim(
    "A trace of four factors is a form in stacked columns.",
    equal(tr(C.T * A.T * E * C), vec(E * C).T * vec(A * C)),
    source=sources.magnus_neudecker_1988,
)
stacked_squared = Mistake("One of them is left out.", of=bilinear_form, answer=vec(A * C).T * vec(A * C))

jacobian_of_a_product = Claim(
    "A Kronecker product of vectors is derived by each of them.",
    equal(jacobian(kronecker(x, u), u), kronecker(x, identity(p))),
    source=sources.magnus_neudecker_1988,
)
identity_first = Mistake("The identity comes first.", of=jacobian_of_a_product, answer=kronecker(identity(p), x))
