"""Variances at initialization: what a layer with random weights does to means and variances, forward and backward."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    covariance,
    delta,
    dims,
    distinct,
    equal,
    expectation,
    fraction,
    independent,
    index,
    indices,
    less,
    matrix,
    random,
    scalar,
    sum_over,
    total,
    variance,
    vector,
)

n, k = dims("n k")
w, x, W = vector("w", n), vector("x", n), matrix("W", k, n)
b, error = vector("b", k), vector(r"\delta", k)
u, t = scalar("u"), scalar("t")
a, c, v, s, r, q = scalar("a"), scalar("c"), scalar("v"), scalar("s"), scalar("r"), scalar("q")
mean_w, mean_x, mean_u, mean_t = scalar(r"\mu_w"), scalar(r"\mu_x"), scalar(r"\mu_u"), scalar(r"\mu_t")
deviation_w, deviation_x = scalar("s_w"), scalar("s_x")
i, j, p, o = index("i", n), index("j", n), *indices("p o", k)
output, passed_back = W * x + b, W.T * error

weights = equal(variance(w[i]), v)
inputs = equal(variance(x[i]), s)
centered_weights = equal(expectation(w[i]), 0)
centered_inputs = equal(expectation(x[i]), 0)
layer = (independent(W, x, b), equal(expectation(W[p, i]), 0), centered_inputs, inputs)
upstream = (independent(W, error), equal(expectation(W[p, i]), 0), equal(expectation(error[p]), 0))

linear = Claim(
    "An expectation is linear, whether or not its terms are independent.",
    equal(expectation(a * u + c * t), a * expectation(u) + c * expectation(t)),
    given=(random(u, t),),
)
factor_squared = Mistake(
    "Factors are squared, as in a variance.", of=linear, answer=a**2 * expectation(u) + c**2 * expectation(t)
)

linear_over_a_sum = Claim(
    "So is that of a sum of any length.",
    equal(expectation(total(x)), sum_over(i, expectation(x[i]))),
    given=(random(x),),
)
all_have_the_first_mean = Mistake(
    "The entries need not have one mean.", of=linear_over_a_sum, answer=n * expectation(x[1])
)

product_of_independent = Claim(
    "The expectation of a product of independent factors is the product of their expectations.",
    equal(expectation(u * t), expectation(u) * expectation(t)),
    given=(independent(u, t),),
)
added = Mistake("The expectations are added.", of=product_of_independent, answer=expectation(u) + expectation(t))

product_of_any = Claim(
    "In general their covariance is added.",
    equal(expectation(u * t), expectation(u) * expectation(t) + covariance(u, t)),
    given=(random(u, t),),
)
independence_assumed = Mistake("Independence is not given.", of=product_of_any, answer=expectation(u) * expectation(t))

square = Claim(
    "The second moment is the variance and the square of the mean.",
    equal(expectation(u**2), variance(u) + expectation(u) ** 2),
    given=(random(u),),
)
independent_of_itself = Mistake("A number is not independent of itself.", of=square, answer=expectation(u) ** 2)
mean_taken_for_zero = Mistake("The mean need not be zero.", of=square, answer=variance(u))

scaled = Claim("A factor leaves a variance squared.", equal(variance(c * u), c**2 * variance(u)), given=(random(u),))
not_squared = Mistake("It is not squared.", of=scaled, answer=c * variance(u))

shifted = Claim("A constant term has no variance.", equal(variance(u + c), variance(u)), given=(random(u),))
shift_added = Mistake("The constant is added.", of=shifted, answer=variance(u) + c)

sum_of_any_two = Claim(
    "The variance of a sum counts the covariance twice.",
    equal(variance(u + t), variance(u) + variance(t) + 2 * covariance(u, t)),
    given=(random(u, t),),
)
covariance_dropped = Mistake("Independence is not given.", of=sum_of_any_two, answer=variance(u) + variance(t))
covariance_once = Mistake(
    "The covariance counts once.", of=sum_of_any_two, answer=variance(u) + variance(t) + covariance(u, t)
)

sum_of_independent = Claim(
    "Variances of independent terms add up.",
    equal(variance(total(x)), sum_over(i, variance(x[i])), n * s),
    given=(independent(x), inputs),
)
one_of_the_terms = Mistake("The number of terms is forgotten.", of=sum_of_independent, answer=s)
all_one_number = Mistake("As if all terms were one and the same.", of=sum_of_independent, answer=n**2 * s)

mean_of_independent = Claim(
    "The variance of their mean falls with their number.",
    equal(variance(total(x) / n), s / n),
    given=(independent(x), inputs),
)
divided_twice = Mistake("The sum is forgotten.", of=mean_of_independent, answer=s / n**2)
divisor_not_squared = Mistake("The divisor is not squared.", of=mean_of_independent, answer=s)

sum_of_squared_deviations = Claim(
    "Deviations from the mean of the sample have one degree of freedom less.",
    equal(expectation(sum_over(i, (x[i] - total(x) / n) ** 2)), (n - 1) * s),
    given=(independent(x), equal(expectation(x[i]), mean_x), inputs),
    source=sources.murphy_2012,
)
true_mean_for_the_sample_mean = Mistake(
    "As if the true mean were taken off.", of=sum_of_squared_deviations, answer=n * s
)

product_of_two = Claim(
    "The variance of a product of independent factors, whatever their means.",
    equal(
        variance(u * t),
        variance(u) * variance(t) + variance(u) * mean_t**2 + variance(t) * mean_u**2,
    ),
    given=(independent(u, t), equal(expectation(u), mean_u), equal(expectation(t), mean_t)),
)
variances_multiplied = Mistake("The means need not be zero.", of=product_of_two, answer=variance(u) * variance(t))
variances_added = Mistake("A sum for the product.", of=product_of_two, answer=variance(u) + variance(t))

mean_of_a_unit = Claim(
    "The mean of a weighted sum.",
    equal(expectation(w.T * x), n * mean_w * mean_x),
    given=(independent(w, x), equal(expectation(w[i]), mean_w), equal(expectation(x[i]), mean_x)),
)
terms_not_counted = Mistake("The number of terms is forgotten.", of=mean_of_a_unit, answer=mean_w * mean_x)
sums_multiplied = Mistake("Both sums are counted.", of=mean_of_a_unit, answer=n**2 * mean_w * mean_x)

unit = Claim(
    "With zero means, a weighted sum of n inputs has n times the product of the variances.",
    equal(variance(w.T * x), n * v * s),
    given=(independent(w, x), centered_weights, centered_inputs, weights, inputs),
    source=sources.glorot_2010,
)
fan_in_forgotten = Mistake("The number of inputs is forgotten.", of=unit, answer=v * s)
fan_in_squared = Mistake("The number of inputs is squared, as if all terms were one.", of=unit, answer=n**2 * v * s)
sum_for_product = Mistake("The variances are added.", of=unit, answer=n * (v + s))
one_variance_only = Mistake("The variance of the inputs is forgotten.", of=unit, answer=n * v)

unit_by_deviations = Claim(
    "The same by standard deviations.",
    equal(variance(w.T * x), n * deviation_w**2 * deviation_x**2),
    given=(
        independent(w, x),
        centered_weights,
        centered_inputs,
        less(0, deviation_w),
        less(0, deviation_x),
        equal(variance(w[i]), deviation_w**2),
        equal(variance(x[i]), deviation_x**2),
    ),
    source=sources.glorot_2010,
)
deviations_for_variances = Mistake(
    "Standard deviations stand for variances.", of=unit_by_deviations, answer=n * deviation_w * deviation_x
)

unit_with_means = Claim(
    "Means that are not zero add a term for each of the two.",
    equal(variance(w.T * x), n * (v * s + v * mean_x**2 + s * mean_w**2)),
    given=(
        independent(w, x),
        equal(expectation(w[i]), mean_w),
        equal(expectation(x[i]), mean_x),
        weights,
        inputs,
    ),
)
means_ignored = Mistake("The means are taken to be zero.", of=unit_with_means, answer=n * v * s)
means_exchanged = Mistake(
    "Each mean stands at the wrong variance.",
    of=unit_with_means,
    answer=n * (v * s + v * mean_w**2 + s * mean_x**2),
)
mean_of_the_weights_only = Mistake(
    "The mean of the inputs counts too.", of=unit_with_means, answer=n * (v * s + s * mean_w**2)
)

unit_with_centered_weights = Claim(
    "If the weights alone have mean zero, the second moment of the inputs takes the place of their variance.",
    equal(variance(w.T * x), v * sum_over(i, expectation(x[i] ** 2)), n * v * q),
    given=(independent(w, x), centered_weights, weights, equal(expectation(x[i] ** 2), q)),
    source=sources.he_2015,
)
variance_for_the_second_moment = Mistake(
    "Outputs of a rectifier have no mean zero.",
    of=unit_with_centered_weights,
    answer=v * sum_over(i, variance(x[i])),
)

after_a_rectifier = Claim(
    "If a rectifier halves the second moment, weights of variance 2 / n keep the variance.",
    equal(variance(w.T * x), r),
    given=(
        independent(w, x),
        centered_weights,
        equal(variance(w[i]), 2 / n),
        equal(expectation(x[i] ** 2), r / 2),
    ),
    source=sources.he_2015,
)
half_forgotten = Mistake("The half is counted twice.", of=after_a_rectifier, answer=r / 2)

forward = Claim(
    "Forward, the number of inputs counts: the columns of W.",
    equal(variance((W * x)[p]), n * v * s),
    given=(*layer, equal(variance(W[p, i]), v)),
    source=sources.glorot_2010,
)
outputs_counted = Mistake("The outputs are counted.", of=forward, answer=k * v * s)

with_a_bias = Claim(
    "An independent bias adds its own variance, whatever its mean.",
    equal(variance(output[p]), n * v * s + r),
    given=(*layer, equal(variance(W[p, i]), v), equal(variance(b[p]), r)),
)
bias_forgotten = Mistake("The bias is forgotten.", of=with_a_bias, answer=n * v * s)
bias_for_each_input = Mistake("The bias is counted with each input.", of=with_a_bias, answer=n * (v * s + r))

two_units = Claim(
    "Two units with the same inputs are uncorrelated.",
    equal(covariance(output[p], output[o]), 0),
    given=(*layer, distinct(p, o)),
)
shared_inputs = Mistake("As if shared inputs made them one.", of=two_units, answer=variance(output[p]))

covariances = Claim(
    "The covariances of the units, on and off the diagonal.",
    equal(covariance((W * x)[p], (W * x)[o]), delta(p, o) * n * v * s),
    given=(*layer, equal(variance(W[p, i]), v)),
)
diagonal_everywhere = Mistake("Every two units are taken for one.", of=covariances, answer=n * v * s)

backward = Claim(
    "Backward, the number of outputs counts: the rows of W.",
    equal(variance(passed_back[j]), k * v * s),
    given=(*upstream, equal(variance(W[p, i]), v), equal(variance(error[p]), s)),
    source=sources.glorot_2010,
)
fan_in_for_fan_out = Mistake("The inputs are counted.", of=backward, answer=n * v * s)
forgets_the_weights = Mistake("The weights' variance is forgotten.", of=backward, answer=k * s)

kept_forward = Claim(
    "Weights of variance 1 / n keep the variance forward.",
    equal(variance((W * x)[p]), s),
    given=(*layer, equal(variance(W[p, i]), 1 / n)),
    source=sources.lecun_1998,
)
sum_forgotten = Mistake("The sum over the inputs is forgotten.", of=kept_forward, answer=s / n)
grows_with_the_inputs = Mistake("The weights' variance is forgotten.", of=kept_forward, answer=n * s)

deviation_of_one_over_n = Claim(
    "If 1 / n is the standard deviation, the variance falls with the number of inputs.",
    equal(variance((W * x)[p]), s / n),
    given=(*layer, equal(variance(W[p, i]), (1 / n) ** 2)),
)
taken_for_the_variance = Mistake("The deviation is taken for the variance.", of=deviation_of_one_over_n, answer=s)

kept_backward = Claim(
    "Weights of variance 1 / k keep the variance backward.",
    equal(variance(passed_back[j]), s),
    given=(*upstream, equal(variance(W[p, i]), 1 / k), equal(variance(error[p]), s)),
    source=sources.glorot_2010,
)
kept_by_the_other_count = Mistake("Inputs and outputs are exchanged.", of=kept_backward, answer=n * s / k)

compromise_forward = Claim(
    "With the variance 2 / (n + k), the forward factor is 2 n / (n + k).",
    equal(variance((W * x)[p]), 2 * n / (n + k) * s),
    given=(*layer, equal(variance(W[p, i]), 2 / (n + k))),
    source=sources.glorot_2010,
)
always_one = Mistake("It keeps the variance only if n = k.", of=compromise_forward, answer=s)
backward_factor = Mistake("This is the backward factor.", of=compromise_forward, answer=2 * k / (n + k) * s)

compromise_backward = Claim(
    "The backward factor is 2 k / (n + k).",
    equal(variance(passed_back[j]), 2 * k / (n + k) * s),
    given=(*upstream, equal(variance(W[p, i]), 2 / (n + k)), equal(variance(error[p]), s)),
    source=sources.glorot_2010,
)
forward_factor = Mistake("This is the forward factor.", of=compromise_backward, answer=2 * n / (n + k) * s)

distance_from_one = Claim("The forward factor is 1 exactly if n = k.", equal(n * (2 / (n + k)) - 1, (n - k) / (n + k)))
one_for_all_sizes = Mistake("It is not 1 for all sizes.", of=distance_from_one, answer=0)

both_directions = Claim(
    "One variance that keeps both directions would need n = k.", equal((n * v - 1) - (k * v - 1), (n - k) * v)
)
always_possible = Mistake("Both at once are possible only if n = k.", of=both_directions, answer=0)

factors_add_up = Claim(
    "What one direction gains the other loses: the two factors add up to 2.",
    equal(n * (2 / (n + k)) + k * (2 / (n + k)), 2),
)
each_is_one = Mistake("As if their product were meant.", of=factors_add_up, answer=1)

harmonic_mean = Claim(
    "The compromise is the harmonic mean of 1 / n and 1 / k.",
    equal(2 / (n + k), 1 / (fraction(1, 2) * (1 / (1 / n) + 1 / (1 / k)))),
)
arithmetic_mean = Mistake("This is their arithmetic mean.", of=harmonic_mean, answer=fraction(1, 2) * (1 / n + 1 / k))
halves_lost = Mistake("The 2 is lost.", of=harmonic_mean, answer=1 / (n + k))
