"""Numbers that are not negative and add up to 1: their bounds, weighted means, entropies and divergences."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_least,
    at_most,
    between,
    cross_entropy,
    dims,
    equal,
    exp,
    fraction,
    index,
    less,
    log,
    max_over,
    member,
    one_hot,
    scalar,
    softmax,
    sum_over,
    total,
    vector,
)

(n,) = dims("n")
p, q, x, z, c = vector("p", n), vector("q", n), vector("x", n), vector("z", n), scalar("c")
i, k = index("i", n), index("k", n)
largest, mass = max_over(i, x[i]), total(exp(x))
distribution = (at_least(p, 0), equal(total(p), 1))
positive = (less(0, p), equal(total(p), 1))
both_positive = (*positive, less(0, q), equal(total(q), 1))
s = softmax(x)
mean = sum_over(i, p[i] * x[i])
entropy = -sum_over(i, p[i] * log(p[i]))
several = log(n + 0 * c)

probability = Claim(
    "A probability lies between 0 and 1.", member(p[k], between(0, 1, closed="both")), given=distribution
)
never_certain = Mistake("It is never 1.", of=probability, answer=between(0, 1, closed="low"))
weights_of_any_sign = Mistake(
    "That they add up to 1 is taken to be enough.",
    of=probability,
    answer=between(0, 1, closed="both"),
    given=distribution[1:],
)

variance_of_one = Claim(
    "The variance of an event is at most a quarter.", at_most(p[k] - p[k] ** 2, fraction(1, 4)), given=distribution
)
half_the_bound = Mistake(
    "It is taken to be at most an eighth.",
    of=variance_of_one,
    answer=at_most(p[k] - p[k] ** 2, fraction(1, 8)),
)

purity = Claim("The squares add up to at most 1.", at_most(sum_over(i, p[i] ** 2), 1), given=distribution)
always_pure = Mistake("They add up to 1.", of=purity, answer=at_least(sum_over(i, p[i] ** 2), 1))

weighted_mean = Claim(
    "A weighted mean is at most the largest value.",
    at_most(mean, largest),
    given=distribution,
    source=sources.boyd_2004,
)
weights_without_a_sum = Mistake(
    "The weights need not add up to 1.", of=weighted_mean, answer=at_most(mean, largest), given=distribution[:1]
)
mean_above_the_largest = Mistake("The sides are swapped.", of=weighted_mean, answer=at_most(largest, mean))

attention = Claim(
    "What a softmax mixes is at most the largest of it.", at_most(sum_over(i, s[i] * z[i]), max_over(i, z[i]))
)
attention_is_hard = Mistake(
    "It is taken to pick the largest.", of=attention, answer=at_least(sum_over(i, s[i] * z[i]), max_over(i, z[i]))
)

plain_mean = Claim("A mean is at least the smallest value.", at_most(-max_over(i, -x[i]), total(x) / n))
mean_is_the_largest = Mistake("It is at least the largest.", of=plain_mean, answer=at_most(largest, total(x) / n))

spread = Claim(
    "The variance under any distribution is not negative.",
    at_most(mean**2, sum_over(i, p[i] * x[i] ** 2)),
    given=distribution,
    source=sources.boyd_2004,
)
spread_of_weights_of_any_sign = Mistake(
    "Weights of any sign are allowed.",
    of=spread,
    answer=at_most(mean**2, sum_over(i, p[i] * x[i] ** 2)),
    given=distribution[1:],
)

convexity = Claim(
    "Log-sum-exp is convex: its second derivative in any direction is not negative.",
    at_most(sum_over(i, s[i] * z[i]) ** 2, sum_over(i, s[i] * z[i] ** 2)),
    source=sources.boyd_2004,
)
strict_convexity = Mistake(
    "It is not so strictly: it is flat along equal entries.",
    of=convexity,
    answer=less(sum_over(i, s[i] * z[i]) ** 2, sum_over(i, s[i] * z[i] ** 2)),
)

log_sum_exp_above = Claim(
    "Log-sum-exp is at most the largest entry and the logarithm of their number.",
    at_most(log(mass), largest + several),
    source=sources.blanchard_2021,
)
number_forgotten = Mistake("Their number is forgotten.", of=log_sum_exp_above, answer=at_most(log(mass), largest))
strictly_below = Mistake("It is taken to be less.", of=log_sum_exp_above, answer=less(log(mass), largest + several))

smooth_maximum = Claim(
    "At a positive temperature it lies above the largest entry, by at most the temperature times that logarithm.",
    at_most(c * log(total(exp(x / c))), largest + c * several),
    given=(less(0, c),),
    source=sources.boyd_2004,
)
temperature_forgotten = Mistake(
    "The temperature is forgotten.",
    of=smooth_maximum,
    answer=at_most(c * log(total(exp(x / c))), largest + several),
)

most_probable = Claim(
    "The most probable of n events has a probability of at least 1/n.", at_least(max_over(i, s[i]), 1 / (n + 0 * c))
)
at_most_that = Mistake("It has at most that.", of=most_probable, answer=at_most(max_over(i, s[i]), 1 / (n + 0 * c)))

divergence = Claim(
    "The Kullback-Leibler divergence is not negative.",
    at_most(0, sum_over(i, p[i] * log(p[i] / q[i]))),
    given=both_positive,
    source=sources.bishop_2006,
)
divergence_is_positive = Mistake(
    "It is taken to be positive.", of=divergence, answer=less(0, sum_over(i, p[i] * log(p[i] / q[i])))
)
divergence_of_any_weights = Mistake(
    "The weights of the second need not add up to 1.",
    of=divergence,
    answer=at_most(0, sum_over(i, p[i] * log(p[i] / q[i]))),
    given=both_positive[:3],
)

cross_entropy_and_entropy = Claim(
    "A cross-entropy is at least the entropy.",
    at_most(entropy, -sum_over(i, p[i] * log(q[i]))),
    given=both_positive,
    source=sources.goodfellow_2016,
)
sides_swapped = Mistake(
    "The sides are swapped.",
    of=cross_entropy_and_entropy,
    answer=at_most(-sum_over(i, p[i] * log(q[i])), entropy),
)

entropy_below = Claim("An entropy is not negative.", at_most(0, entropy), given=positive, source=sources.bishop_2006)
minus_forgotten = Mistake("The minus sign is forgotten.", of=entropy_below, answer=at_most(0, -entropy))

entropy_above = Claim(
    "It is at most the logarithm of the number of events.",
    at_most(entropy, several),
    given=positive,
    source=sources.bishop_2006,
)
entropy_at_least_that = Mistake("It is at least that.", of=entropy_above, answer=at_most(several, entropy))

loss = Claim(
    "The cross-entropy of a softmax is not negative, whatever the target's distribution.",
    at_least(cross_entropy(p, s), 0),
    given=distribution,
    source=sources.goodfellow_2016,
)
bounded_away = Mistake(
    "It is taken to be at least 1.", of=loss, answer=at_least(cross_entropy(one_hot(k, n), s), 1), given=()
)

softmax_entropy = Claim("The entropy of a softmax is not negative.", at_most(0, -sum_over(i, s[i] * log(s[i]))))
more_than_that = Mistake(
    "It is taken to be more than the logarithm of their number.",
    of=softmax_entropy,
    answer=less(several, -sum_over(i, s[i] * log(s[i]))),
)

softmax_entropy_above = Claim(
    "It is at most the logarithm of their number.",
    at_most(-sum_over(i, s[i] * log(s[i])), several),
    source=sources.bishop_2006,
)
softmax_entropy_at_least = Mistake(
    "It is at least that.", of=softmax_entropy_above, answer=at_most(several, -sum_over(i, s[i] * log(s[i])))
)

two_softmaxes = Claim(
    "The cross-entropy of two softmaxes is at least the entropy of the first.",
    at_most(-sum_over(i, s[i] * log(s[i])), -sum_over(i, s[i] * log(softmax(z)[i]))),
    source=sources.goodfellow_2016,
)
entropy_of_the_second = Mistake(
    "It is taken to be at least that of the second.",
    of=two_softmaxes,
    answer=at_most(-sum_over(i, softmax(z)[i] * log(softmax(z)[i])), -sum_over(i, s[i] * log(softmax(z)[i]))),
)

free_energy = Claim(
    "Log-sum-exp is at least the mean under any distribution and its entropy.",
    at_most(mean + entropy, log(mass)),
    given=positive,
    source=sources.bishop_2006,
)
entropy_taken_off = Mistake(
    "A mean without an entropy is more than that.", of=free_energy, answer=at_most(log(mass), mean - entropy)
)

evidence = Claim(
    "The logarithm of a sum is bounded from below under any distribution.",
    at_least(log(total(q)), sum_over(i, p[i] * log(q[i] / p[i]))),
    given=(*positive, less(0, q)),
    source=sources.bishop_2006,
)
bound_from_above = Mistake(
    "The bound is taken for one from above.",
    of=evidence,
    answer=at_most(log(total(q)), sum_over(i, p[i] * log(q[i] / p[i]))),
)

jensen = Claim(
    "The logarithm of a mean is at least the mean of the logarithms.",
    at_least(log(sum_over(i, p[i] * q[i])), sum_over(i, p[i] * log(q[i]))),
    given=(*positive, less(0, q)),
    source=sources.boyd_2004,
)
weights_of_any_sum = Mistake(
    "The weights need not add up to 1.",
    of=jensen,
    answer=at_least(log(sum_over(i, p[i] * q[i])), sum_over(i, p[i] * log(q[i]))),
    given=(less(0, p), less(0, q)),
)

geometric_mean = Claim(
    "The geometric mean is at most the arithmetic one.",
    at_most(exp(total(log(q)) / n), total(q) / n),
    given=(less(0, q),),
    source=sources.boyd_2004,
)
means_exchanged = Mistake(
    "The means change places.", of=geometric_mean, answer=at_least(exp(total(log(q)) / n), total(q) / n)
)

least_purity = Claim(
    "The squares of n probabilities add up to at least 1/n.",
    at_least(sum_over(i, p[i] ** 2), 1 / (n + 0 * c)),
    given=positive,
)
more_than_pure = Mistake("They add up to more.", of=least_purity, answer=less(1 / (n + 0 * c), sum_over(i, p[i] ** 2)))

overlap = Claim(
    "The roots of the products of two distributions add up to at most 1.",
    at_most(sum_over(i, (p[i] * q[i]) ** fraction(1, 2)), 1),
    given=both_positive,
)
less_than_one = Mistake(
    "They are taken to add up to less.",
    of=overlap,
    answer=at_most(sum_over(i, (p[i] * q[i]) ** fraction(1, 2)), fraction(1, 2)),
)
