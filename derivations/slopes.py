"""The slopes of tanh and of the logistic function: equal where e^z + e^-z = 2 + 2 sqrt 3, at |z| = 1.66288589..."""

from derivations import sources
from verify import Claim, Mistake, between, equal, exp, fraction, greater, less, member, scalar, sigma, tanh

x, z = scalar("x"), scalar("z")
width = exp(z) + exp(-z)
before, beyond = fraction(16628, 10000), fraction(16629, 10000)

difference = Claim(
    "The difference of the slopes has the sign of 12 - (e^z + e^-z - 2)^2.",
    equal(
        tanh.derivative(z) - sigma.derivative(z),
        4 / width**2 - 1 / (width + 2),
        (4 * (width + 2) - width**2) / (width**2 * (width + 2)),
        (12 - (width - 2) ** 2) / (width**2 * (width + 2)),
    ),
    source=sources.lecun_1998,
)
turned_round = Mistake(
    "The difference is turned round.",
    of=difference,
    answer=((width - 2) ** 2 - 12) / (width**2 * (width + 2)),
)
square_not_completed = Mistake(
    "The square is completed without its constant.",
    of=difference,
    answer=(8 - (width - 2) ** 2) / (width**2 * (width + 2)),
)

steeper_where_narrow = Claim(
    "So tanh is steeper where that is positive,",
    greater(tanh.derivative(z), sigma.derivative(z)),
    given=(less((width - 2) ** 2, 12),),
    source=sources.lecun_1998,
)
steeper_for_all = Mistake(
    "Far from 0 it is flatter.",
    of=steeper_where_narrow,
    answer=greater(tanh.derivative(x), sigma.derivative(x)),
)
three_times_as_steep = Mistake(
    "It is four times as steep at 0, and soon less than three times.",
    of=steeper_where_narrow,
    answer=greater(tanh.derivative(z), 3 * sigma.derivative(z)),
)

flatter_where_wide = Claim(
    "and flatter where it is negative.",
    less(tanh.derivative(z), sigma.derivative(z)),
    given=(greater((width - 2) ** 2, 12),),
    source=sources.lecun_1998,
)
flatter_for_all = Mistake(
    "Near 0 it is steeper.", of=flatter_where_wide, answer=less(tanh.derivative(x), sigma.derivative(x))
)

steeper_near_zero = Claim(
    "In decimals: steeper up to 1.6628 on both sides of 0,",
    greater(tanh.derivative(z), sigma.derivative(z)),
    given=(member(z, between(-before, before)),),
    source=sources.lecun_1998,
)
steeper_than_the_bound = Mistake(
    "The largest slope of the logistic function stands for its slope.",
    of=steeper_near_zero,
    answer=greater(tanh.derivative(z), fraction(1, 4)),
)

flatter_far_from_zero = Claim(
    "flatter from 1.6629 on.",
    less(tanh.derivative(z), sigma.derivative(z)),
    given=(greater(z, beyond),),
    source=sources.lecun_1998,
)
half_as_steep = Mistake(
    "It is not half as steep at once.",
    of=flatter_far_from_zero,
    answer=less(tanh.derivative(z), sigma.derivative(z) / 2),
)
