"""Inverse matrices: products, transposes, derivatives, and the solutions of least squares that they give."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    define,
    diag,
    diff,
    dims,
    equal,
    grad,
    identity,
    index,
    jacobian,
    less,
    loss,
    matrix,
    norm,
    scalar,
    tr,
    vector,
)

m, n = dims("m n")
A, B, C = matrix("A", n, n), matrix("B", n, n), matrix("C", n, n)
X, x, w, y, c, t = matrix("X", m, n), vector("x", n), vector("w", n), vector("y", m), scalar("c"), scalar("t")
i, j = index("i", n), index("j", n)
one = identity(n)
invertible, also_invertible = equal(A**-1 * A, one), equal(B**-1 * B, one)
solution = define("u", A**-1 * x)
J = loss("J", solution)
gram, penalized = X.T * X, X.T * X + c * one
full_rank, regular = equal(gram**-1 * gram, one), equal(penalized**-1 * penalized, one)
hat = X * gram**-1 * X.T

both_sides = Claim(
    "A left inverse of a square matrix is a right one.", equal(A**-1 * A, A * A**-1, one), given=(invertible,)
)
entries_inverted = Mistake("The matrix is left.", of=both_sides, answer=A)

of_a_product = Claim(
    "The inverse of a product is the product of the inverses, turned round.",
    equal((A * B) ** -1, B**-1 * A**-1),
    given=(invertible, also_invertible),
    source=sources.petersen_2012,
)
order_kept = Mistake("The factors keep their order.", of=of_a_product, answer=A**-1 * B**-1)

of_a_transpose = Claim(
    "Transposing and inverting change places.",
    equal(A.T**-1, (A**-1).T),
    given=(invertible,),
    source=sources.petersen_2012,
)
transpose_forgotten = Mistake("The transpose is forgotten.", of=of_a_transpose, answer=A**-1)

of_an_inverse = Claim("The inverse of the inverse is the matrix.", equal((A**-1) ** -1, A), given=(invertible,))
taken_for_a_transpose = Mistake("The inverse is taken for the transpose.", of=of_an_inverse, answer=A.T)

of_a_multiple = Claim(
    "A factor is inverted with the matrix.", equal((c * A) ** -1, A**-1 / c), given=(invertible, less(0, c))
)
factor_not_inverted = Mistake("The factor stays.", of=of_a_multiple, answer=c * A**-1)

of_a_diagonal = Claim(
    "A diagonal matrix is inverted entry by entry.", equal(diag(x) ** -1, diag(1 / x)), given=(less(0, x),)
)
signs_changed = Mistake("The signs are changed.", of=of_a_diagonal, answer=-diag(x))

of_a_symmetric_matrix = Claim(
    "The inverse of a symmetric matrix is symmetric.",
    equal((A**-1).T, A.T**-1, A**-1),
    given=(equal(A, A.T), invertible),
)
own_inverse = Mistake("It is taken to be its own inverse.", of=of_a_symmetric_matrix, answer=A)

difference = Claim(
    "A difference of inverses is that of the matrices, between them and turned round.",
    equal(A**-1 - B**-1, A**-1 * (B - A) * B**-1),
    given=(invertible, also_invertible),
)
not_turned_round = Mistake("The difference is not turned round.", of=difference, answer=A**-1 * (A - B) * B**-1)

similar = Claim("Similar matrices have one trace.", equal(tr(B**-1 * A * B), tr(A)), given=(also_invertible,))
sandwich_kept = Mistake("Both factors are inverted.", of=similar, answer=tr(B**-1 * A * B**-1))

derivative = Claim(
    "The derivative of an inverse has the derivative of the matrix between two inverses.",
    equal(diff(((A + t * B) ** -1)[i, j], t), -((A + t * B) ** -1 * B * (A + t * B) ** -1)[i, j]),
    given=(equal((A + t * B) ** -1 * (A + t * B), one),),
    source=sources.petersen_2012,
)
sign_forgotten = Mistake(
    "The minus sign is forgotten.", of=derivative, answer=((A + t * B) ** -1 * B * (A + t * B) ** -1)[i, j]
)
derived_inside = Mistake("The derivative is inverted.", of=derivative, answer=(B**-1)[i, j], given=(also_invertible,))

trace = Claim(
    "The gradient of tr(B A^-1 C) by A is -(A^-1 C B A^-1)^T.",
    equal(grad(tr(B * A**-1 * C), A), -((A**-1 * C * B * A**-1).T)),
    given=(invertible,),
    source=sources.petersen_2012,
)
result_not_transposed = Mistake("It is not transposed.", of=trace, answer=-(A**-1 * C * B * A**-1))
outer_factors_swapped = Mistake("B and C change places.", of=trace, answer=-((A**-1 * B * C * A**-1).T))

quadratic_form = Claim(
    "The gradient of x^T A^-1 x by A is -A^-T x x^T A^-T.",
    equal(grad(x.T * A**-1 * x, A), -(A.T**-1) * x * x.T * A.T**-1),
    given=(invertible,),
    source=sources.petersen_2012,
)
transposes_forgotten = Mistake("The transposes are forgotten.", of=quadratic_form, answer=-(A**-1) * x * x.T * A**-1)

gaussian_exponent = Claim(
    "The gradient of a Gaussian's exponent by its mean.",
    equal(grad(-(w - x).T * A**-1 * (w - x) / 2, x), A**-1 * (w - x)),
    given=(equal(A, A.T), invertible),
    source=sources.bishop_2006,
)
exponent_turned_round = Mistake("The difference is turned round.", of=gaussian_exponent, answer=A**-1 * (x - w))

jacobian_of_a_solution = Claim(
    "The Jacobian of the solution of A u = x is the inverse.",
    equal(jacobian(A**-1 * x, x), A**-1),
    given=(invertible,),
    source=sources.giles_2008,
)
matrix_itself = Mistake("It is taken for the matrix.", of=jacobian_of_a_solution, answer=A)

back_through_a_solution = Claim(
    "A gradient goes back through a linear system by solving the transposed one.",
    equal(grad(J, x), A.T**-1 * grad(J, solution)),
    given=(invertible,),
    source=sources.giles_2008,
)
not_the_transposed_system = Mistake(
    "The system is not transposed.", of=back_through_a_solution, answer=A**-1 * grad(J, solution)
)

back_to_the_matrix = Claim(
    "To the matrix it goes as minus an outer product with the solution.",
    equal(grad(J, A), -(A.T**-1) * grad(J, solution) * solution.T),
    given=(invertible,),
    source=sources.giles_2008,
)
plus_sign = Mistake("The sign is lost.", of=back_to_the_matrix, answer=A.T**-1 * grad(J, solution) * solution.T)

normal_equations = Claim(
    "Least squares: at (X^T X)^-1 X^T y the gradient vanishes.",
    equal(
        grad(norm(X * w - y) ** 2, w),
        2 * X.T * (X * w - y),
        2 * gram * (w - gram**-1 * X.T * y),
    ),
    given=(full_rank,),
    source=sources.bishop_2006,
)
solution_without_the_inverse = Mistake(
    "The inverse is forgotten.", of=normal_equations, answer=2 * gram * (w - X.T * y)
)

projection = Claim(
    "The hat matrix is a projection.",
    equal(hat * hat, hat, hat.T),
    given=(full_rank,),
    source=sources.bishop_2006,
)
onto_everything = Mistake("It is taken for the identity.", of=projection, answer=identity(m))

degrees_of_freedom = Claim("Its trace is the number of columns.", equal(tr(hat), n), given=(full_rank,))
number_of_rows = Mistake("It is taken for the number of rows.", of=degrees_of_freedom, answer=m)

ridge = Claim(
    "Ridge regression: at (X^T X + c I)^-1 X^T y the gradient vanishes.",
    equal(
        grad(norm(X * w - y) ** 2 + c * norm(w) ** 2, w),
        2 * penalized * (w - penalized**-1 * X.T * y),
    ),
    given=(regular,),
    source=sources.bishop_2006,
)
penalty_forgotten = Mistake(
    "The penalty is forgotten in the solution.",
    of=ridge,
    answer=2 * gram * (w - penalized**-1 * X.T * y),
)

shrinkage = Claim(
    "What ridge regression takes from the identity is c times the inverse.",
    equal(penalized**-1 * gram, one - c * penalized**-1),
    given=(regular,),
)
nothing_taken = Mistake("Nothing is taken.", of=shrinkage, answer=one)
