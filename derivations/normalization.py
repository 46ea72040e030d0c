"""Normalization by mean and variance: what is kept, what is lost, and the gradients that go back through it."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_least,
    delta,
    diff,
    dims,
    equal,
    fraction,
    index,
    less,
    scalar,
    sum_over,
    vector,
)

(n,) = dims("n")
x, g = vector("x", n), vector("g", n)
e = scalar("e")
i, j, k, l = index("i", n), index("j", n), index("k", n), index("l", n)
mean = sum_over(l, x[l]) / n
variance = sum_over(l, (x[l] - mean) ** 2) / n
root = (variance + e) ** fraction(1, 2)
positive = (less(0, e),)
a, b = (x[i] - mean) / root, (x[j] - mean) / root

mean_of_squares = Claim(
    "The variance is the mean of the squares less the square of the mean.",
    equal(variance, x.T * x / n - mean**2),
    source=sources.bishop_2006,
)
mean_added = Mistake("The square of the mean is added.", of=mean_of_squares, answer=x.T * x / n + mean**2)

not_negative = Claim("A variance is not negative.", at_least(variance, 0))
below_one = Mistake("It is at least 1.", of=not_negative, answer=at_least(variance, 1))

centered = Claim(
    "What is normalized adds up to 0.", equal(sum_over(i, a), 0), given=positive, source=sources.ioffe_2015
)
mean_kept = Mistake("The mean is not taken off.", of=centered, answer=mean)

scaled = Claim(
    "Its variance is 1, but for the number that is added.",
    equal(sum_over(i, a**2) / n, variance / (variance + e)),
    given=positive,
    source=sources.ioffe_2015,
)
one_exactly = Mistake("It is 1.", of=scaled, answer=1)

gradient_of_the_variance = Claim(
    "The derivative of the variance by an entry is twice its deviation over n.",
    equal(diff(variance, x[k]), 2 * (x[k] - mean) / n),
    source=sources.ioffe_2015,
)
mean_held_in_the_variance = Mistake("The mean is forgotten.", of=gradient_of_the_variance, answer=2 * x[k] / n)

jacobian = Claim(
    "The Jacobian takes off the mean, and the part along what is normalized.",
    equal(diff(a, x[j]), (delta(i, j) - 1 / n - a * b / n) / root),
    given=positive,
    source=sources.ioffe_2015,
)
root_held = Mistake("The deviation is held constant.", of=jacobian, answer=(delta(i, j) - 1 / n) / root)
mean_held = Mistake("The mean is held constant.", of=jacobian, answer=(delta(i, j) - a * b / n) / root)

gradient = Claim(
    "So does the gradient that goes back through it.",
    equal(sum_over(i, g[i] * diff(a, x[j])), (g[j] - sum_over(l, g[l]) / n - b * sum_over(i, g[i] * a) / n) / root),
    given=positive,
    source=sources.ioffe_2015,
)
factor_of_n = Mistake(
    "The division by n is forgotten.", of=gradient, answer=(g[j] - sum_over(l, g[l]) - b * sum_over(i, g[i] * a)) / root
)

no_common_shift = Claim(
    "A number added to all entries changes nothing: the derivatives add up to 0.",
    equal(sum_over(j, diff(a, x[j])), 0),
    given=positive,
    source=sources.ba_2016,
)
one_in_all = Mistake("They add up to what one entry would give.", of=no_common_shift, answer=1 / root)
