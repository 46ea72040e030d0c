"""Gradients of the linear, quadratic and bilinear forms that losses in this field are made of."""

from derivations import sources
from verify import (
    Claim,
    Misshapen,
    Mistake,
    diag,
    diff,
    dims,
    equal,
    grad,
    hadamard,
    index,
    jacobian,
    matrix,
    norm,
    sum_over,
    tr,
    vector,
)

m, n = dims("m n")
a, x, y = vector("a", n), vector("x", n), vector("y", n)
b = vector("b", m)
A, X = matrix("A", m, n), matrix("X", n, m)
M, S = matrix("M", n, n), matrix("S", n, n)
i, j, k = index("i", n), index("j", n), index("k", n)

linear_form = Claim(
    "The gradient of a^T x is a, as is that of x^T a.",
    equal(grad(a.T * x, x), grad(x.T * a, x), a),
    source=sources.petersen_2012,
)
linear_form_as_a_row = Mistake("A row for the column.", of=linear_form, answer=a.T, expect=Misshapen)
variable_for_the_coefficient = Mistake("The variable stands for the coefficient.", of=linear_form, answer=x)

linear_map = Claim("The Jacobian of A x is A.", equal(jacobian(A * x, x), A), source=sources.petersen_2012)
linear_map_transposed = Mistake("It is transposed.", of=linear_map, answer=A.T, expect=Misshapen)

squared_length = Claim(
    "The gradient of x^T x is 2 x.",
    equal(grad(x.T * x, x), grad(norm(x) ** 2, x), 2 * x),
    source=sources.petersen_2012,
)
factor_two_forgotten = Mistake("Only one of the factors is derived.", of=squared_length, answer=x)

quadratic_form = Claim(
    "The gradient of x^T M x is (M + M^T) x.",
    equal(grad(x.T * M * x, x), M * x + M.T * x, (M + M.T) * x),
    source=sources.petersen_2012,
)
taken_for_symmetric = Mistake("This holds only for a symmetric matrix.", of=quadratic_form, answer=2 * M * x)
one_factor_only = Mistake("Only one of the factors is derived.", of=quadratic_form, answer=M * x)
row_for_the_column = Mistake("A row for the column.", of=quadratic_form, answer=x.T * (M + M.T), expect=Misshapen)

quadratic_form_entries = Claim(
    "Entry by entry, both factors have a part in it.",
    equal(
        diff(sum_over(i, sum_over(j, x[i] * M[i, j] * x[j])), x[k]),
        sum_over(j, M[k, j] * x[j]) + sum_over(i, x[i] * M[i, k]),
    ),
    source=sources.petersen_2012,
)
rows_only = Mistake("Only the rows are counted.", of=quadratic_form_entries, answer=2 * sum_over(j, M[k, j] * x[j]))

symmetric_quadratic_form = Claim(
    "For a symmetric matrix it is 2 M x.",
    equal(grad(x.T * ((M + M.T) / 2) * x, x), (M + M.T) * x),
    source=sources.petersen_2012,
)
symmetric_factor_forgotten = Mistake(
    "The factor two is forgotten.", of=symmetric_quadratic_form, answer=(M + M.T) / 2 * x
)

least_squares = Claim(
    "The gradient of |A x - b|^2 is 2 A^T (A x - b).",
    equal(
        grad(norm(A * x - b) ** 2, x),
        grad((A * x - b).T * (A * x - b), x),
        2 * A.T * A * x - 2 * A.T * b,
        2 * A.T * (A * x - b),
    ),
    source=sources.petersen_2012,
)
residual_turned_round = Mistake("The residual is turned round.", of=least_squares, answer=2 * A.T * (b - A * x))
two_forgotten = Mistake("The factor two is forgotten.", of=least_squares, answer=A.T * (A * x - b))
not_transposed = Mistake(
    "The matrix is not transposed.", of=least_squares, answer=2 * A * (A * x - b), expect=Misshapen
)

bilinear_form = Claim(
    "The gradient of a^T X b by the matrix is a b^T; of b^T X^T a it is the same.",
    equal(grad(a.T * X * b, X), grad(b.T * X.T * a, X), a * b.T),
    source=sources.petersen_2012,
)
bilinear_factors_swapped = Mistake("The factors are swapped.", of=bilinear_form, answer=b * a.T, expect=Misshapen)

trace_of_a_product = Claim(
    "The gradient of tr(A X) by X is A^T.",
    equal(grad(tr(A * X), X), grad(tr(X * A), X), A.T),
    source=sources.petersen_2012,
)
trace_not_transposed = Mistake("It is not transposed.", of=trace_of_a_product, answer=A, expect=Misshapen)
trace_of_the_sign = Mistake("The sign is flipped.", of=trace_of_a_product, answer=-A.T)

trace_of_a_square_product = Claim(
    "So it is for square matrices, where one may forget the transpose.",
    equal(grad(tr(M * S), S), M.T),
    source=sources.petersen_2012,
)
square_not_transposed = Mistake("It is not transposed.", of=trace_of_a_square_product, answer=M)

trace_of_a_quadratic_form = Claim(
    "The gradient of tr(X^T M X) by X is (M + M^T) X.",
    equal(grad(tr(X.T * M * X), X), M * X + M.T * X, (M + M.T) * X),
    source=sources.petersen_2012,
)
trace_taken_for_symmetric = Mistake(
    "This holds only for a symmetric matrix.", of=trace_of_a_quadratic_form, answer=2 * M * X
)
trace_order = Mistake(
    "The factors are in the wrong order.", of=trace_of_a_quadratic_form, answer=X * (M + M.T), expect=Misshapen
)

frobenius_norm = Claim(
    "The squared Frobenius norm is tr(X^T X), with the gradient 2 X.",
    equal(grad(norm(X) ** 2, X), grad(tr(X.T * X), X), 2 * X),
    source=sources.petersen_2012,
)
frobenius_two_forgotten = Mistake("The factor two is forgotten.", of=frobenius_norm, answer=X)

jacobian_of_a_hadamard_product = Claim(
    "The Jacobian of an entrywise product by one factor is the diagonal matrix of the other.",
    equal(jacobian(hadamard(x, y), x), diag(y)),
    source=sources.magnus_neudecker_1988,
)
own_factor = Mistake("Its own factor stands on the diagonal.", of=jacobian_of_a_hadamard_product, answer=diag(x))
