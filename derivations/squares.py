"""Sums of squares and what is no less than one: Gram matrices, means, norms, and tangents of e and log."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_least,
    at_most,
    dims,
    equal,
    exp,
    greater,
    identity,
    index,
    less,
    log,
    matrix,
    norm,
    scalar,
    sum_over,
    total,
    tr,
    vector,
)

m, n = dims("m n")
x, y, b, A, B = vector("x", n), vector("y", n), vector("b", m), matrix("A", m, n), matrix("B", m, n)
a, c, r, s = scalar("a"), scalar("c"), scalar("r"), scalar("s")
i, k = index("i", n), index("k", n)
gram = A.T * A
positive = (less(0, r), less(0, s))
mean = total(x) / n
distributions = (less(0, x), equal(total(x), 1), less(0, y), equal(total(y), 1))

length_of_any = Claim("A square of a length is not negative.", at_least(x.T * x, 0))
longer_than_nothing = Mistake("Of the vector of zeros it is 0.", of=length_of_any, answer=greater(x.T * x, 0))

gram_matrix = Claim(
    "The matrix of all inner products is positive semidefinite.",
    at_least(x.T * gram * x, 0),
    source=sources.boyd_2004,
)
any_matrix = Mistake("A matrix need not be.", of=gram_matrix, answer=at_least(x.T * (gram - identity(n)) * x, 0))

ridge = Claim(
    "A penalty makes it positive semidefinite all the more.",
    at_least(x.T * (gram + r * identity(n)) * x, r * (x.T * x)),
    given=positive[:1],
    source=sources.boyd_2004,
)
penalty_for_all = Mistake(
    "The whole is not below the penalty.", of=ridge, answer=at_most(x.T * (gram + r * identity(n)) * x, r * (x.T * x))
)

squared_error = Claim("A squared error is not negative.", at_least((A * x - b).T * (A * x - b), 0))
error_of_one_sign = Mistake("The error itself has no sign.", of=squared_error, answer=at_least(total(A * x - b), 0))

entry_of_a_length = Claim("No entry is longer than the vector.", at_most(x[k] ** 2, x.T * x))
entry_of_a_sum = Mistake("A sum may be less than its terms.", of=entry_of_a_length, answer=at_most(x[k], total(x)))

cauchy_schwarz = Claim(
    "The square of an inner product is at most the product of the squares of the lengths.",
    at_most((x.T * y) ** 2, (x.T * x) * (y.T * y)),
    source=sources.boyd_2004,
)
turned_around = Mistake(
    "The sides are exchanged.", of=cauchy_schwarz, answer=at_least((x.T * y) ** 2, (x.T * x) * (y.T * y))
)

triangle = Claim(
    "A sum is no longer than its terms together.",
    at_most(norm(x + y), norm(x) + norm(y)),
    given=(greater(norm(x), 0), greater(norm(y), 0), greater(norm(x + y), 0)),
    source=sources.boyd_2004,
)
always_as_long = Mistake(
    "Only vectors of the same direction reach it.", of=triangle, answer=equal(norm(x + y), norm(x) + norm(y))
)

product_of_matrices = Claim(
    "An inner product of matrices is at most the product of their norms.",
    at_most(tr(A.T * B) ** 2, norm(A) ** 2 * norm(B) ** 2),
)
one_norm_twice = Mistake(
    "One norm stands for both.", of=product_of_matrices, answer=at_most(tr(A.T * B) ** 2, norm(A) ** 4)
)

square_of_the_mean = Claim(
    "The square of a mean is at most the mean of the squares, so that no variance is negative.",
    at_most(mean**2, sum_over(i, x[i] ** 2) / n),
)
sums_for_means = Mistake(
    "Of sums it is not so.", of=square_of_the_mean, answer=at_most(total(x) ** 2, sum_over(i, x[i] ** 2))
)

product_and_squares = Claim("A product is at most half of the sum of the squares.", at_most(a * c, (a**2 + c**2) / 2))
a_quarter = Mistake("Half of that is too little.", of=product_and_squares, answer=at_most(a * c, (a**2 + c**2) / 4))

geometric_mean = Claim(
    "The square of the geometric mean is at most that of the arithmetic one.",
    at_most(r * s, ((r + s) / 2) ** 2),
    given=positive,
)
half_of_the_sum = Mistake("The half is forgotten.", of=geometric_mean, answer=at_least(r * s, (r + s) ** 2))
harmonic_mean = Claim(
    "The harmonic mean is at most the arithmetic one.", at_most(2 * r * s / (r + s), (r + s) / 2), given=positive
)
means_exchanged = Mistake(
    "The means change places.", of=harmonic_mean, answer=at_least(2 * r * s / (r + s), (r + s) / 2)
)

tangent_of_e = Claim("The exponential lies above its tangent at 0.", at_least(exp(a), 1 + a), source=sources.boyd_2004)
steeper = Mistake("A steeper line crosses it.", of=tangent_of_e, answer=at_least(exp(a), 1 + 2 * a))

tangent_of_log = Claim(
    "The logarithm lies below its tangent at 1.", at_most(log(r), r - 1), given=positive[:1], source=sources.boyd_2004
)
touched_nowhere = Mistake("At 1 they touch.", of=tangent_of_log, answer=less(log(r), r - 1))

divergence = Claim(
    "The divergence of two distributions is not negative.",
    at_least(sum_over(i, x[i] * (log(x[i]) - log(y[i]))), 0),
    given=distributions,
)
divergence_either_way = Mistake(
    "The logarithms are weighted by the other distribution.",
    of=divergence,
    answer=at_least(sum_over(i, y[i] * (log(x[i]) - log(y[i]))), 0),
)
