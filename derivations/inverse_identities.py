"""Identities with inverses of sums: push-through, Sherman and Morrison, Woodbury, and the dual of ridge regression."""

from derivations import sources
from verify import Claim, Mistake, dims, equal, identity, less, matrix, norm, scalar, tr, vector

m, n = dims("m n")
A, B, K = matrix("A", n, n), matrix("B", n, n), matrix("K", m, m)
P, Q, X = matrix("P", n, m), matrix("Q", m, n), matrix("X", m, n)
u, v, x, y, t = vector("u", n), vector("v", n), vector("x", n), vector("y", n), vector("t", m)
a, c = scalar("a"), scalar("c")
one, one_of_m = identity(n), identity(m)
invertible, also_invertible = equal(A**-1 * A, one), equal(B**-1 * B, one)
sum_invertible = equal((A + B) ** -1 * (A + B), one)

down, across = one + P * Q, one_of_m + Q * P
pushed = (equal(down**-1 * down, one), equal(across**-1 * across, one_of_m))

push_through = Claim(
    "A factor goes through the inverse of a sum, which turns round.",
    equal(across**-1 * Q, Q * down**-1),
    given=pushed,
    source=sources.petersen_2012,
)
transposed_on_the_way = Mistake(
    "The product is transposed on the way.",
    of=push_through,
    answer=Q * (one + Q.T * P.T) ** -1,
    given=(),
)
factor_on_the_wrong_side = Mistake(
    "It goes in with its neighbor left where it was.",
    of=push_through,
    answer=Q * (2 * one + P * Q) ** -1,
    given=(),
)

pushed_back = Claim(
    "So the larger of two systems is solved by the smaller.",
    equal(down**-1, one - P * across**-1 * Q),
    given=pushed,
    source=sources.petersen_2012,
)
sign_of_the_correction = Mistake("The correction is added.", of=pushed_back, answer=one + P * across**-1 * Q)

changed = A + u * v.T
regular = (invertible, equal(changed**-1 * changed, one), less(0, 1 + v.T * A**-1 * u))
correction = A**-1 * u * v.T * A**-1 / (1 + v.T * A**-1 * u)

sherman_morrison = Claim(
    "After a change by one outer product an inverse changes by one.",
    equal(changed**-1, A**-1 - correction),
    given=regular,
    source=sources.petersen_2012,
)
correction_added = Mistake("The correction is added.", of=sherman_morrison, answer=A**-1 + correction)
denominator_lost = Mistake("The denominator is forgotten.", of=sherman_morrison, answer=A**-1 - A**-1 * u * v.T * A**-1)
sign_in_the_denominator = Mistake(
    "The denominator has the wrong sign.",
    of=sherman_morrison,
    answer=A**-1 - A**-1 * u * v.T * A**-1 / (1 - v.T * A**-1 * u),
)

changed_solution = Claim(
    "Applied to the vector that was added, the new inverse is the old one, shrunk.",
    equal(changed**-1 * u, A**-1 * u / (1 + v.T * A**-1 * u)),
    given=regular,
)
solution_grown = Mistake("It grows.", of=changed_solution, answer=A**-1 * u * (1 + v.T * A**-1 * u))

spiked = c * one + u * u.T
spike = Claim(
    "A multiple of the identity and one outer product are inverted in a formula.",
    equal(spiked**-1, (one - u * u.T / (c + u.T * u)) / c),
    given=(less(0, c), less(0, c + u.T * u), equal(spiked**-1 * spiked, one)),
    source=sources.bishop_2006,
)
divided_in_part = Mistake("Only the identity is divided.", of=spike, answer=one / c - u * u.T / (c + u.T * u))

updated, inner = A + P * Q, one_of_m + Q * A**-1 * P
small = (invertible, equal(updated**-1 * updated, one), equal(inner**-1 * inner, one_of_m))
woodbury = Claim(
    "After a change of low rank an inverse changes by one of low rank.",
    equal(updated**-1, A**-1 - A**-1 * P * inner**-1 * Q * A**-1),
    given=small,
    source=sources.petersen_2012,
)
inverse_of_the_inner_sum_lost = Mistake(
    "The inner sum is not inverted.", of=woodbury, answer=A**-1 - A**-1 * P * inner * Q * A**-1
)
inner_product_without_the_inverse = Mistake(
    "The old inverse is left out of the inner sum.",
    of=woodbury,
    answer=A**-1 - A**-1 * P * across**-1 * Q * A**-1,
    given=(*small, pushed[1]),
)

weighted, capacitance = A + P * K * Q, K**-1 + Q * A**-1 * P
woodbury_with_weights = Claim(
    "So it is with weights between the factors.",
    equal(weighted**-1, A**-1 - A**-1 * P * capacitance**-1 * Q * A**-1),
    given=(
        invertible,
        equal(K**-1 * K, one_of_m),
        equal(weighted**-1 * weighted, one),
        equal(capacitance**-1 * capacitance, one_of_m),
    ),
    source=sources.petersen_2012,
)
weights_not_inverted = Mistake(
    "The weights are not inverted.",
    of=woodbury_with_weights,
    answer=A**-1 - A**-1 * P * (K + Q * A**-1 * P) ** -1 * Q * A**-1,
    given=(),
)

shifted, also_shifted = A - a * one, A - c * one
resolvent = Claim(
    "Two resolvents differ by their product.",
    equal(shifted**-1 - also_shifted**-1, (a - c) * shifted**-1 * also_shifted**-1),
    given=(equal(shifted**-1 * shifted, one), equal(also_shifted**-1 * also_shifted, one)),
)
resolvents_swapped = Mistake(
    "The sign of the difference is lost.", of=resolvent, answer=(c - a) * shifted**-1 * also_shifted**-1
)

resolvents_commute = Claim(
    "Resolvents of one matrix commute.",
    equal(shifted**-1 * also_shifted**-1, also_shifted**-1 * shifted**-1),
    given=(equal(shifted**-1 * shifted, one), equal(also_shifted**-1 * also_shifted, one)),
)
product_of_resolvents = Mistake(
    "Their product is taken for the resolvent of the product.",
    of=resolvents_commute,
    answer=(A * A - a * c * one) ** -1,
    given=(),
)

precision = A**-1 + B**-1
both_regular = (invertible, also_invertible, sum_invertible, equal(precision**-1 * precision, one))
parallel_sum = Claim(
    "The inverse of a sum of inverses, as of precisions that add up.",
    equal(precision**-1, A * (A + B) ** -1 * B, B * (A + B) ** -1 * A),
    given=both_regular,
    source=sources.bishop_2006,
)
inverses_added = Mistake("The inverses are added instead.", of=parallel_sum, answer=A + B)

product_of_gaussians = Claim(
    "The mean of a product of two Gaussians: each mean is weighted by the other's covariance.",
    equal(precision**-1 * (A**-1 * x + B**-1 * y), B * (A + B) ** -1 * x + A * (A + B) ** -1 * y),
    given=both_regular,
    source=sources.bishop_2006,
)
own_covariances = Mistake(
    "Each mean is weighted by its own covariance.",
    of=product_of_gaussians,
    answer=A * (A + B) ** -1 * x + B * (A + B) ** -1 * y,
)

innovation, information = Q * A * Q.T + K, A**-1 + Q.T * K**-1 * Q
observed = (
    invertible,
    equal(K**-1 * K, one_of_m),
    equal(innovation**-1 * innovation, one_of_m),
    equal(information**-1 * information, one),
)
gain = Claim(
    "The gain of a Kalman filter, by covariances and by precisions.",
    equal(A * Q.T * innovation**-1, information**-1 * Q.T * K**-1),
    given=observed,
    source=sources.murphy_2012,
)
gain_without_noise = Mistake("The precision of the noise is forgotten.", of=gain, answer=information**-1 * Q.T)

posterior = Claim(
    "The covariance after an observation is the inverse of the precisions added.",
    equal((one - A * Q.T * innovation**-1 * Q) * A, information**-1),
    given=observed,
    source=sources.murphy_2012,
)
uncertainty_grows = Mistake("The precisions are added without an inverse.", of=posterior, answer=information)

primal, dual = X.T * X + c * one, X * X.T + c * one_of_m
penalized = (equal(primal**-1 * primal, one), equal(dual**-1 * dual, one_of_m))
ridge = Claim(
    "Ridge regression has a dual: the weights are those of a system with a row for each example.",
    equal(primal**-1 * X.T * t, X.T * dual**-1 * t),
    given=penalized,
    source=sources.murphy_2012,
)
without_the_penalty = Mistake(
    "The penalty is left out of the dual.", of=ridge, answer=X.T * (X * X.T) ** -1 * t, given=()
)

residual = Claim(
    "Its residuals are the dual weights, times the penalty.",
    equal(t - X * primal**-1 * X.T * t, c * dual**-1 * t),
    given=penalized,
    source=sources.murphy_2012,
)
penalty_forgotten = Mistake("The penalty is forgotten.", of=residual, answer=dual**-1 * t)

penalty_by_the_dual = Claim(
    "The penalty itself, by the dual weights.",
    equal(norm(primal**-1 * X.T * t) ** 2, t.T * dual**-1 * X * X.T * dual**-1 * t),
    given=penalized,
)
one_inverse_lost = Mistake("One of the inverses is lost.", of=penalty_by_the_dual, answer=t.T * dual**-1 * X * X.T * t)

effective_parameters = Claim(
    "The effective number of parameters falls with the penalty.",
    equal(tr(X * primal**-1 * X.T), n - c * tr(primal**-1)),
    given=penalized[:1],
    source=sources.bishop_2006,
)
counted_by_rows = Mistake("It is counted by rows.", of=effective_parameters, answer=m - c * tr(primal**-1))

dual_parameters = Claim(
    "It is the same for the dual, where there is a row for each example.",
    equal(tr(X * primal**-1 * X.T), tr(dual**-1 * X * X.T), m - c * tr(dual**-1)),
    given=penalized,
)
as_many_as_examples = Mistake("The penalty is forgotten.", of=dual_parameters, answer=tr(X * X.T * dual**-1) + c)

turned = (one - A) * (one + A) ** -1
rotation = Claim(
    "The Cayley transform of an antisymmetric matrix is orthogonal.",
    equal(turned.T * turned, one),
    given=(equal(A, -A.T), equal((one + A) ** -1 * (one + A), one), equal((one - A) ** -1 * (one - A), one)),
)
symmetric_instead = Mistake(
    "It is taken to be so for a symmetric matrix.",
    of=rotation,
    answer=one,
    given=(equal(A, A.T), equal((one + A) ** -1 * (one + A), one)),
)
