"""Symmetric matrices, declared as such or made from others; and the antisymmetric ones, whose forms vanish."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    define,
    dims,
    equal,
    grad,
    hadamard,
    identity,
    jacobian,
    matrix,
    norm,
    ones,
    scalar,
    tr,
    vector,
)

m, n = dims("m n")
A, B, C = matrix("A", n, n), matrix("B", n, n), matrix("C", n, n)
x, w, y = vector("x", n), vector("w", n), vector("y", m)
X, penalty = matrix("X", m, n), scalar(r"\lambda")
mean = define(r"\mu", X.T * ones(m) / m)
centered = X - ones(m) * mean.T
symmetric, antisymmetric = equal(A, A.T), equal(A, -A.T)

quadratic_form = Claim(
    "The gradient of a quadratic form of a symmetric matrix is twice the matrix times the vector.",
    equal(grad(x.T * A * x, x), (A + A.T) * x, 2 * A * x),
    given=(symmetric,),
    source=sources.petersen_2012,
)
two_forgotten = Mistake("The factor two is forgotten.", of=quadratic_form, answer=A * x)
terms_subtracted = Mistake("The two terms are subtracted.", of=quadratic_form, answer=(A - A.T) * x)
not_for_any_matrix = Mistake(
    "Without the symmetry it does not hold.", of=quadratic_form, answer=2 * A * x, given=(equal(A * x, A * x),)
)

hessian = Claim(
    "Its Hessian is twice the matrix.",
    equal(jacobian(grad(x.T * A * x, x), x), 2 * A),
    given=(symmetric,),
    source=sources.petersen_2012,
)
diagonal_only = Mistake("Only the squares are derived twice.", of=hessian, answer=2 * hadamard(A, identity(n)))

completed_square = Claim(
    "A square is completed.",
    equal((x - w).T * A * (x - w), x.T * A * x - 2 * w.T * A * x + w.T * A * w),
    given=(symmetric,),
    source=sources.bishop_2006,
)
cross_term_once = Mistake(
    "The cross term is counted once.", of=completed_square, answer=x.T * A * x - w.T * A * x + w.T * A * w
)

square = Claim("It is its own transpose, so that A A^T is its square.", equal(A * A.T, A**2), given=(symmetric,))
entries_squared = Mistake("Each entry is squared.", of=square, answer=hadamard(A, A))

product = Claim(
    "A product is turned round by a transpose, which the symmetric factor does without.",
    equal((A * B).T, B.T * A.T, B.T * A),
    given=(symmetric,),
)
order_kept = Mistake("The factors keep their order.", of=product, answer=A * B.T)

backwards = Claim(
    "A trace of three symmetric factors may be read backwards.",
    equal(tr(A * B * C), tr((A * B * C).T), tr(C * B * A)),
    given=(symmetric, equal(B, B.T), equal(C, C.T)),
)
trace_taken_apart = Mistake("The trace of a product is taken apart.", of=backwards, answer=tr(A) * tr(B) * tr(C))

antisymmetric_form = Claim(
    "The quadratic form of an antisymmetric matrix vanishes, as it is its own negative.",
    equal(x.T * A * x, (x.T * A * x).T, x.T * A.T * x, -x.T * A * x, 0),
    given=(antisymmetric,),
    source=sources.magnus_neudecker_1988,
)
taken_for_a_length = Mistake(
    "It is taken for the squared length of A x.", of=antisymmetric_form, answer=norm(A * x) ** 2
)

orthogonal = Claim(
    "An antisymmetric and a symmetric matrix are orthogonal.",
    equal(tr(A.T * B), 0),
    given=(antisymmetric, equal(B, B.T)),
    source=sources.magnus_neudecker_1988,
)
diagonal_of_the_other = Mistake("The trace of the other is left.", of=orthogonal, answer=tr(B))

gram = Claim("The matrix of inner products X^T X is symmetric, whatever X is.", equal((X.T * X).T, X.T * X))
gram_of_the_rows = Mistake("The squares of the lengths alone.", of=gram, answer=hadamard(X.T * X, identity(n)))

ridge = Claim(
    "The gradient of the ridge regression's loss is 2 (X^T X + lambda I) w - 2 X^T y.",
    equal(
        grad(norm(X * w - y) ** 2 + penalty * norm(w) ** 2, w),
        2 * X.T * (X * w - y) + 2 * penalty * w,
        2 * (X.T * X + penalty * identity(n)) * w - 2 * X.T * y,
    ),
    source=sources.bishop_2006,
)
penalty_not_derived = Mistake("The penalty keeps no factor two.", of=ridge, answer=2 * X.T * (X * w - y) + penalty * w)
penalty_on_the_gram_matrix = Mistake(
    "The penalty multiplies the matrix.", of=ridge, answer=2 * penalty * X.T * X * w - 2 * X.T * y
)

ridge_hessian = Claim(
    "Its Hessian is symmetric, and constant.",
    equal(
        jacobian(grad(norm(X * w - y) ** 2 + penalty * norm(w) ** 2, w), w),
        2 * (X.T * X + penalty * identity(n)),
        (2 * (X.T * X + penalty * identity(n))).T,
    ),
    source=sources.bishop_2006,
)
identity_forgotten = Mistake(
    "The penalty is added to every entry.", of=ridge_hessian, answer=2 * (X.T * X + penalty * ones(n) * ones(n).T)
)

covariance = Claim(
    "The covariance of the rows of X is the mean of their outer products less that of their mean.",
    equal(centered.T * centered / m, X.T * X / m - mean * mean.T),
    source=sources.murphy_2012,
)
mean_added = Mistake("The mean's outer product is added.", of=covariance, answer=X.T * X / m + mean * mean.T)
means_not_removed = Mistake("The mean is not taken off.", of=covariance, answer=X.T * X / m)

covariance_is_symmetric = Claim(
    "A covariance is symmetric.",
    equal((centered.T * centered / m).T, centered.T * centered / m),
    source=sources.murphy_2012,
)
uncorrelated = Mistake(
    "The columns are taken to be uncorrelated.",
    of=covariance_is_symmetric,
    answer=hadamard(centered.T * centered / m, identity(n)),
)
