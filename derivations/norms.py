"""Lengths of vectors and Frobenius norms of matrices, with their gradients where they are not zero."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    define,
    dims,
    equal,
    exp,
    grad,
    identity,
    index,
    jacobian,
    less,
    log,
    matrix,
    norm,
    scalar,
    sum_over,
    tr,
    vector,
)

m, n, k = dims("m n k")
x, y, b = vector("x", n), vector("y", n), vector("b", m)
A, X, W, Y = matrix("A", m, n), matrix("X", m, n), matrix("W", n, k), matrix("Y", m, k)
c = scalar("c")
p, i = index("p", m), index("i", n)
not_zero, y_not_zero = less(0, norm(x)), less(0, norm(y))
mean_square = define("r", x.T * x / n)
cosine = x.T * y / (norm(x) * norm(y))

frobenius = Claim(
    "The squared Frobenius norm is the sum of the squares of all entries.",
    equal(norm(A) ** 2, tr(A.T * A), tr(A * A.T), sum_over(p, sum_over(i, A[p, i] ** 2))),
    source=sources.petersen_2012,
)
of_the_diagonal = Mistake(
    "The square of the sum for the sum of the squares.", of=frobenius, answer=sum_over(p, sum_over(i, A[p, i])) ** 2
)

frobenius_as_a_root = Claim(
    "The Frobenius norm is the root of that trace.",
    equal(norm(A), exp(log(tr(A.T * A)) / 2)),
    given=(less(0, norm(A)),),
    source=sources.petersen_2012,
)
root_forgotten = Mistake("The root is forgotten.", of=frobenius_as_a_root, answer=tr(A.T * A))

gradient_of_the_square = Claim(
    "The gradient of its square is 2 A.", equal(grad(norm(A) ** 2, A), 2 * A), source=sources.petersen_2012
)
of_the_norm = Mistake("It is that of the norm.", of=gradient_of_the_square, answer=A)

gradient_of_the_norm = Claim(
    "The gradient of the Frobenius norm is the matrix, scaled to norm 1.",
    equal(grad(norm(A), A), A / norm(A)),
    given=(less(0, norm(A)),),
    source=sources.petersen_2012,
)
not_scaled = Mistake("The matrix is not scaled.", of=gradient_of_the_norm, answer=A)
scaled_twice = Mistake("It is scaled twice.", of=gradient_of_the_norm, answer=A / norm(A) ** 2)

regression = Claim(
    "The gradient of a regression with several outputs is 2 X^T (X W - Y).",
    equal(grad(norm(X * W - Y) ** 2, W), 2 * X.T * (X * W - Y)),
    source=sources.bishop_2006,
)
residual_turned_round = Mistake("The residual is turned round.", of=regression, answer=2 * X.T * (Y - X * W))
not_transposed = Mistake("X is not transposed.", of=regression, answer=2 * X * (X * W - Y), expect=Misshapen)

length = Claim(
    "The gradient of a vector's length is its direction.",
    equal(grad(norm(x), x), x / norm(x)),
    given=(not_zero,),
    source=sources.petersen_2012,
)
twice_the_vector = Mistake("It is taken for the gradient of the square.", of=length, answer=2 * x)
root_not_derived = Mistake("The root is not derived.", of=length, answer=x / norm(x) ** 2)

distance = Claim(
    "So it is with the length of a residual, through the matrix.",
    equal(grad(norm(A * x - b), x), A.T * (A * x - b) / norm(A * x - b)),
    given=(less(0, norm(A * x - b)),),
    source=sources.petersen_2012,
)
matrix_forgotten = Mistake(
    "The factor two of the square is kept.", of=distance, answer=2 * A.T * (A * x - b) / norm(A * x - b)
)

direction = Claim(
    "The Jacobian of a direction projects onto what is orthogonal to it.",
    equal(jacobian(x / norm(x), x), (identity(n) - x * x.T / norm(x) ** 2) / norm(x)),
    given=(not_zero,),
    source=sources.petersen_2012,
)
length_held_constant = Mistake("The length is taken to be constant.", of=direction, answer=identity(n) / norm(x))
projection_not_scaled = Mistake(
    "The projection is not scaled.", of=direction, answer=identity(n) - x * x.T / norm(x) ** 2
)

hessian_of_the_length = Claim(
    "It is the Hessian of the length, and takes the vector itself to zero.",
    equal(jacobian(grad(norm(x), x), x) * x, jacobian(x / norm(x), x) * x, 0 * x),
    given=(not_zero,),
    source=sources.petersen_2012,
)
direction_kept = Mistake("The direction is kept.", of=hessian_of_the_length, answer=x / norm(x))

unit_length = Claim("A direction has length 1.", equal(norm(x / norm(x)) ** 2, 1), given=(not_zero,))
scaled_by_the_length = Mistake("It is one over the length.", of=unit_length, answer=1 / norm(x))

scaling = Claim("A positive factor leaves a length.", equal(norm(c * x), c * norm(x)), given=(less(0, c), not_zero))
factor_squared = Mistake("The factor is squared.", of=scaling, answer=c**2 * norm(x))

cosine_gradient = Claim(
    "The gradient of the cosine of two vectors is orthogonal to the first.",
    equal(
        grad(cosine, x),
        y / (norm(x) * norm(y)) - x.T * y / (norm(x) ** 3 * norm(y)) * x,
    ),
    given=(not_zero, y_not_zero),
    source=sources.magnus_neudecker_1988,
)
length_not_derived = Mistake("The length is not derived.", of=cosine_gradient, answer=y / (norm(x) * norm(y)))

root_mean_square = Claim(
    "The Jacobian of a layer that divides by the root of the mean square.",
    equal(
        jacobian(x / exp(log(mean_square) / 2), x),
        (identity(n) - x * x.T / norm(x) ** 2) / exp(log(mean_square) / 2),
        exp(log(n) / 2) / norm(x) * (identity(n) - x * x.T / norm(x) ** 2),
    ),
    given=(not_zero,),
    source=sources.zhang_2019,
)
mean_taken_for_the_sum = Mistake(
    "The mean is taken for the sum.",
    of=root_mean_square,
    answer=(identity(n) - x * x.T / norm(x) ** 2) / norm(x),
)
