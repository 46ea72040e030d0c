"""The likelihood of independent examples is a product of any length; its logarithm is a sum."""

from derivations import sources
from verify import Claim, Mistake, diff, dims, equal, index, less, log, product_over, sum_over, vector

(n,) = dims("n")
p, q = vector("p", n), vector("q", n)
i, k = index("i", n), index("k", n)
positive = (less(0, p[k]),)
likelihood = product_over(i, p[i])

log_of_a_product = Claim(
    "The logarithm of a product of positive numbers is the sum of their logarithms.",
    equal(log(likelihood), sum_over(i, log(p[i]))),
    given=positive,
    source=sources.goodfellow_2016,
)
logarithm_forgotten = Mistake(
    "The product becomes a sum, and the logarithm is lost.", of=log_of_a_product, answer=sum_over(i, p[i])
)
product_kept = Mistake(
    "The logarithm goes inside, and the product stays.", of=log_of_a_product, answer=product_over(i, log(p[i]))
)
log_of_the_sum = Mistake(
    "The logarithm of the sum stands for the sum of the logarithms.",
    of=log_of_a_product,
    answer=log(sum_over(i, p[i])),
)

slope_of_the_log = Claim(
    "Its derivative by one of the probabilities is one over that.",
    equal(diff(log(likelihood), p[k]), 1 / p[k]),
    given=positive,
    source=sources.goodfellow_2016,
)
without_the_logarithm = Mistake(
    "The derivative of the product stands for that of its logarithm.",
    of=slope_of_the_log,
    answer=likelihood / p[k],
)

ratio = Claim(
    "The logarithm of a ratio of likelihoods is a sum of differences.",
    equal(log(likelihood / product_over(i, q[i])), sum_over(i, log(p[i]) - log(q[i]))),
    given=(*positive, less(0, q[k])),
)
ratio_of_logarithms = Mistake(
    "The ratio of the logarithms is summed.", of=ratio, answer=sum_over(i, log(p[i]) / log(q[i]))
)
