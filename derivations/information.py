"""The score of a softmax, its Fisher information, and the gradient of a mean under it."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_most,
    delta,
    diff,
    dims,
    equal,
    exp,
    fraction,
    index,
    log,
    scalar,
    softmax,
    sum_over,
    total,
    vector,
)

(n,) = dims("n")
x, r, u, c = vector("x", n), vector("r", n), vector("u", n), scalar("c")
i, j, k = index("i", n), index("j", n), index("k", n)
s = softmax(x)
score, other = diff(log(s[k]), x[i]), diff(log(s[k]), x[j])
curvature = diff(diff(log(total(exp(x))), x[i]), x[j])
spread = sum_over(k, s[k] * u[k] ** 2) - sum_over(k, s[k] * u[k]) ** 2

score_of_a_softmax = Claim(
    "The score is an indicator, less the probability.", equal(score, delta(k, i) - s[i]), source=sources.bishop_2006
)
indicator_alone = Mistake("It is the indicator.", of=score_of_a_softmax, answer=delta(k, i))

mean_of_the_score = Claim("Its mean is 0.", equal(sum_over(k, s[k] * score), 0), source=sources.bishop_2006)
sum_of_the_score = Mistake("So is its sum.", of=mean_of_the_score, answer=sum_over(k, score))

fisher_information = Claim(
    "The mean of its products is the curvature of log-sum-exp, and minus the mean of its derivatives.",
    equal(
        sum_over(k, s[k] * score * other),
        -sum_over(k, s[k] * diff(score, x[j])),
        curvature,
        s[i] * (delta(i, j) - s[j]),
    ),
    source=sources.bishop_2006,
)
sign_of_the_curvature = Mistake(
    "The minus sign is lost.", of=fisher_information, answer=sum_over(k, s[k] * diff(score, x[j]))
)

gradient_of_a_mean = Claim(
    "The derivative of a mean is the mean of the product with the score.",
    equal(diff(sum_over(k, s[k] * r[k]), x[i]), sum_over(k, s[k] * r[k] * score)),
    source=sources.williams_1992,
)
weights_forgotten = Mistake("The probabilities are forgotten.", of=gradient_of_a_mean, answer=sum_over(k, r[k] * score))

baseline = Claim(
    "A number taken off first does not change it.",
    equal(sum_over(k, s[k] * (r[k] - c) * score), sum_over(k, s[k] * r[k] * score)),
    source=sources.williams_1992,
)
baseline_counts = Mistake("It does.", of=baseline, answer=sum_over(k, s[k] * (r[k] - c) * score) + c * s[i])

curvature_is_bounded = Claim(
    "The curvature of log-sum-exp is at most 1 in any direction.", at_most(spread, u.T * u), source=sources.boyd_2004
)
bounded_by_a_quarter = Mistake(
    "It is at most a quarter.", of=curvature_is_bounded, answer=at_most(spread, fraction(1, 4) * u.T * u)
)
