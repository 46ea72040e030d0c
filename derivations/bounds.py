"""Inequalities and limits of losses and logarithms: what a value cannot fall below, and what it comes close to."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_least,
    at_most,
    dims,
    exp,
    fraction,
    greater,
    index,
    less,
    log,
    max_over,
    oo,
    scalar,
    sigma,
    softmax,
    sum_over,
    swish,
    tanh,
    tends_to,
    vector,
)

(n,) = dims("n")
x, z = vector("x", n), scalar("z")
j, k = index("j", n), index("k", n)
largest, mass = max_over(j, x[j]), sum_over(j, exp(x[j]))
several = at_least(n, 2)

softplus_is_positive = Claim("The softplus is positive.", less(0, log(1 + exp(z))), source=sources.dugas_2001)
softplus_at_zero = Mistake(
    "Its value at 0 is taken for a bound.", of=softplus_is_positive, answer=at_most(log(2 + 0 * z), log(1 + exp(z)))
)

softplus_above_its_argument = Claim(
    "It is more than its argument.", less(z, log(1 + exp(z))), source=sources.dugas_2001
)
softplus_above_twice_the_argument = Mistake(
    "It is not more than twice that.", of=softplus_above_its_argument, answer=less(2 * z, log(1 + exp(z)))
)

softplus_far_out = Claim(
    "Far out the softplus is as good as its argument.",
    tends_to(log(1 + exp(z)) / z, 1, z=oo),
    source=sources.dugas_2001,
)
softplus_flat = Mistake("It is taken to be flat.", of=softplus_far_out, answer=0)

softplus_far_below = Claim("Far below it vanishes.", tends_to(log(1 + exp(z)), 0, z=-oo), source=sources.dugas_2001)
softplus_rises_again = Mistake("It is taken for the logistic function, far above.", of=softplus_far_below, answer=1)

loss_of_the_logistic = Claim("The loss of a logistic unit is positive.", less(0, -log(sigma(z))))
loss_has_the_wrong_sign = Mistake(
    "The minus sign is forgotten.", of=loss_of_the_logistic, answer=less(0, log(sigma(z)))
)

cross_entropy_of_several = Claim(
    "The cross-entropy of a softmax of several entries is positive.",
    less(0, -log(softmax(x)[k])),
    given=(several,),
    source=sources.goodfellow_2016,
)
cross_entropy_below_one = Mistake(
    "It is taken to be a probability.", of=cross_entropy_of_several, answer=less(-log(softmax(x)[k]), 1)
)

above_the_maximum = Claim(
    "The logarithm of a sum of exponentials is at least the largest entry.",
    at_most(largest, log(mass)),
    source=sources.boyd_2004,
)
not_below = Mistake("It is taken to lie below.", of=above_the_maximum, answer=at_most(log(mass), largest))

strictly_above = Claim(
    "Of several entries it is more.", less(largest, log(mass)), given=(several,), source=sources.boyd_2004
)
more_by_one = Mistake("It is taken to be more by one.", of=strictly_above, answer=less(largest + 1, log(mass)))

one_of_several = Claim("One of n is at most all of them.", at_most(1 / n, 1))
one_of_one = Mistake("For n = 1 it is all of them.", of=one_of_several, answer=at_most(1 / n, 1 / n**2))

softplus_and_its_argument = Claim(
    "Far out the softplus and its argument come close.",
    tends_to(log(1 + exp(z)) - z, 0, z=oo),
    source=sources.dugas_2001,
)
softplus_off_by_one = Mistake("They stay apart by 1.", of=softplus_and_its_argument, answer=1)

left_of_the_softplus = Claim(
    "What is left of the softplus is as good as e^-z.", tends_to((log(1 + exp(z)) - z) * exp(z), 1, z=oo)
)
left_of_nothing = Mistake("Nothing is left.", of=left_of_the_softplus, answer=0)

softplus_below_the_exponential = Claim("The softplus is less than e^z.", less(log(1 + exp(z)), exp(z)))
softplus_below_half = Mistake(
    "It is less than half of that.", of=softplus_below_the_exponential, answer=less(log(1 + exp(z)), exp(z) / 2)
)

hyperbolic_below_its_argument = Claim(
    "The hyperbolic tangent is at most its argument, where that is not negative.",
    at_most(tanh(z), z),
    given=(at_least(z, 0),),
)
on_both_sides = Mistake(
    "It is so on both sides of 0.", of=hyperbolic_below_its_argument, answer=at_most(tanh(z), z), given=()
)

cosine = log((exp(z) + exp(-z)) / 2)
smooth_square = Claim("The logarithm of cosh is at most half of the square.", at_most(cosine, z**2 / 2))
quarter_of_the_square = Mistake("It is at most a quarter of it.", of=smooth_square, answer=at_most(cosine, z**2 / 4))

smooth_absolute_value = Claim(
    "Far out it is as good as the absolute value, less log 2.", tends_to(cosine - z, -log(2 + 0 * z), z=oo)
)
no_difference = Mistake("Nothing is left between them.", of=smooth_absolute_value, answer=1 - log(2 + 0 * z))

logistic_from_below = Claim(
    "The logarithm of the logistic function lies above a parabola.",
    at_least(log(sigma(z)), z / 2 - log(2 + 0 * z) - z**2 / 8),
)
flatter_parabola = Mistake(
    "A flatter parabola crosses it.",
    of=logistic_from_below,
    answer=at_least(log(sigma(z)), z / 2 - log(2 + 0 * z) - z**2 / 16),
)

swish_from_below = Claim("The swish is more than -1.", greater(swish(z), -1), source=sources.ramachandran_2017)
swish_above_a_quarter = Mistake(
    "It is more than a quarter below 0.", of=swish_from_below, answer=greater(swish(z), -fraction(1, 4))
)
