"""Where the functions of the field take their values: ranges with their brackets."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_least,
    at_most,
    between,
    dims,
    equal,
    exp,
    fraction,
    greater,
    index,
    less,
    max_over,
    member,
    scalar,
    sigma,
    softmax,
    tanh,
    vector,
)

(n,) = dims("n")
x, c, z = vector("x", n), scalar("c"), scalar("z")
i, k = index("i", n), index("k", n)
largest = max_over(i, x[i])
quarter = fraction(1, 4)

softmax_of_several = Claim(
    "With at least two entries, each of a softmax lies strictly between 0 and 1.",
    member(softmax(x)[k], between(0, 1)),
    given=(at_least(n, 2),),
    source=sources.bridle_1990,
)
below_a_half = Mistake("Half of the sum is no bound.", of=softmax_of_several, answer=between(0, fraction(1, 2)))

softmax_of_any = Claim(
    "Of one entry the softmax is 1, so that 1 belongs to the range.",
    member(softmax(x)[k], between(0, 1, closed="high")),
)
one_is_the_least = Mistake("The bracket is at the wrong end.", of=softmax_of_any, answer=between(fraction(1, 10), 1))

exponentials = Claim("The exponential takes all positive values.", member(exp(z), between(0, None)))
at_most_one = Mistake("Only for arguments that are not positive.", of=exponentials, answer=between(0, 1, closed="high"))

shifted_entry = Claim(
    "After the largest entry is taken off, no entry is positive.",
    at_most(x[k] + c, 0),
    given=(equal(c, -largest),),
)
strictly_negative = Mistake("The largest entry becomes 0.", of=shifted_entry, answer=less(x[k] + c, 0))

shifted_exponential = Claim(
    "Then no exponential is larger than 1, and that of the largest entry is 1.",
    member(exp(x[k] + c), between(0, 1, closed="high")),
    given=(equal(c, -largest),),
)
open_at_one = Mistake("The largest entry gives 1.", of=shifted_exponential, answer=between(0, 1))

shifted_exponential_loosely = Claim(
    "Zero is no value, but may be named as a bound.",
    member(exp(x[k] + c), between(0, 1, closed="both")),
    given=(equal(c, -largest),),
)
not_shifted = Mistake(
    "Without the shift there is no bound.",
    of=shifted_exponential_loosely,
    answer=member(exp(x[k]), between(0, 1, closed="both")),
)

logistic = Claim("The logistic function lies strictly between 0 and 1.", member(sigma(z), between(0, 1)))
range_of_tanh = Mistake("This is half of the range of tanh.", of=logistic, answer=between(fraction(1, 2), 1))

logistic_slope = Claim(
    "The slope of the logistic function is at most a quarter, at 0.",
    member(sigma.derivative(z), between(0, quarter, closed="high")),
    source=sources.lecun_1998,
)
quarter_not_reached = Mistake("The quarter is reached.", of=logistic_slope, answer=between(0, quarter))
argument_for_the_value = Mistake(
    "The argument stands for the value.", of=logistic_slope, answer=member(z * (1 - sigma(z)), between(0, 1))
)

logistic_slope_loosely = Claim(
    "So it lies between 0 and 1 as well.", member(sigma(z) * (1 - sigma(z)), between(0, 1)), source=sources.lecun_1998
)
less_than_a_fifth = Mistake("At 0 it is a quarter.", of=logistic_slope_loosely, answer=between(0, fraction(1, 5)))

hyperbolic = Claim("The hyperbolic tangent lies strictly between -1 and 1.", member(tanh(z), between(-1, 1)))
positive_only = Mistake("It is odd.", of=hyperbolic, answer=between(0, 1))

hyperbolic_slope = Claim(
    "The slope of the hyperbolic tangent is at most 1, at 0.",
    member(tanh.derivative(z), between(0, 1, closed="high")),
    source=sources.lecun_1998,
)
one_not_reached = Mistake("The slope at 0 is 1.", of=hyperbolic_slope, answer=between(0, 1))

steeper_at_zero = Claim(
    "At 0 the hyperbolic tangent is steeper than the logistic function.",
    greater(tanh.derivative(z), sigma.derivative(z)),
    given=(equal(z, 0),),
    source=sources.lecun_1998,
)
steeper_everywhere = Mistake(
    "Far from 0 it is flatter.", of=steeper_at_zero, answer=greater(tanh.derivative(c), sigma.derivative(c))
)
