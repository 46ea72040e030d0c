"""Why gradients vanish in deep networks of logistic units, and when they do not."""

from derivations import sources
from verify import (
    Claim,
    Mistake,
    at_most,
    between,
    definition,
    diff,
    dims,
    equal,
    family,
    fraction,
    greater,
    index,
    less,
    member,
    oo,
    product_over,
    recursion,
    scalar,
    sigma,
    tanh,
    tends_to,
)

(n,) = dims("n")
i = index("i", n)
z, r = scalar("z"), scalar("r")
u, w = family("z"), family("w")
quarter = fraction(1, 4)

saturation_above = Claim(
    "Far above 0 the slope of the logistic function vanishes.",
    tends_to(sigma(z) * (1 - sigma(z)), 0, z=oo),
    source=sources.lecun_1998,
)
slope_stays = Mistake("It tends to its largest value.", of=saturation_above, answer=quarter)
value_for_slope = Mistake(
    "The value does not vanish, it tends to 1.", of=saturation_above, answer=tends_to(sigma(z), 0, z=oo)
)

saturation_below = Claim(
    "Far below 0 it vanishes too.",
    tends_to(sigma(z) * (1 - sigma(z)), 0, z=-oo),
    source=sources.lecun_1998,
)
complement_stays = Mistake(
    "The factor 1 - sigma tends to 1 there.", of=saturation_below, answer=tends_to(1 - sigma(z), 0, z=-oo)
)

saturation_of_tanh = Claim(
    "The slope of tanh vanishes as well.", tends_to(tanh.derivative(z), 0, z=oo), source=sources.lecun_1998
)
slope_of_tanh_at_zero = Mistake("One is its slope at 0.", of=saturation_of_tanh, answer=1)

slopes = product_over(i, sigma.derivative(u(i)))

bounded_by_powers = Claim(
    "The product of n slopes of the logistic function is at most 4^-n.",
    at_most(slopes, 4 ** (-n)),
    source=sources.lecun_1998,
)
powers_of_a_fifth = Mistake("At 0 each slope is a quarter.", of=bounded_by_powers, answer=5 ** (-n))
strictly_less = Mistake("At 0 the bound is reached.", of=bounded_by_powers, answer=less(slopes, 4 ** (-n)))

positive = Claim("The product of slopes is positive.", greater(slopes, 0), source=sources.lecun_1998)
at_least_a_power = Mistake("It may be as small as one likes.", of=positive, answer=greater(slopes, 5 ** (-n)))

powers_vanish = Claim("Powers of a quarter tend to 0.", tends_to(quarter**n, 0, n=oo))
powers_of_one = Mistake("Powers of four do not.", of=powers_vanish, answer=tends_to(4**n, 0, n=oo))

slopes_vanish = Claim(
    "The product of slopes tends to 0, wherever they are taken.",
    tends_to(slopes, 0, n=oo),
    source=sources.lecun_1998,
)
less_than_one = Mistake(
    "Factors between 0 and 1 are not enough: the product of 1 - 1/(i + 1)^2 tends to a half.",
    of=slopes_vanish,
    answer=tends_to(product_over(i, sigma(u(i))), 0, n=oo),
)
argument_for_the_value = Mistake(
    "With the argument in the place of the value the factors have no bound.",
    of=slopes_vanish,
    answer=tends_to(product_over(i, u(i) * (1 - sigma(u(i)))), 0, n=oo),
)

closed_form = Claim(
    "The product of 1 - 1/(i + 1)^2 over i from 1 to n is (n + 2) / (2 (n + 1)).",
    equal(product_over(i, 1 - 1 / (i + 1) ** 2), (n + 2) / (2 * (n + 1))),
)
off_by_one = Mistake("The index is shifted by one.", of=closed_form, answer=(n + 1) / (2 * n))

tends_to_a_half = Claim(
    "So it tends to a half, though each factor is less than 1.", tends_to((n + 2) / (2 * (n + 1)), fraction(1, 2), n=oo)
)
tends_to_zero = Mistake("It does not tend to 0.", of=tends_to_a_half, answer=0)

# layers of one unit: z_i = w_i a_{i-1} + b_i, a_i = sigma(z_i)
x, b = scalar("x"), family("b")
v = definition("z", lambda i: w(i) * a(i - 1) + b(i))
a = recursion("a", x, lambda i: sigma(v(i)))

gradient_of_a_chain = Claim(
    "Through layers of one unit the derivative is the product of slopes and weights.",
    equal(diff(a(n), x), product_over(i, sigma.derivative(v(i)) * w(i))),
    source=sources.rumelhart_1986,
)
weights_forgotten = Mistake(
    "The weights are forgotten.", of=gradient_of_a_chain, answer=product_over(i, sigma.derivative(v(i)))
)
value_not_slope = Mistake(
    "A factor of the slope is missing.", of=gradient_of_a_chain, answer=product_over(i, (1 - a(i)) * w(i))
)

weighted = product_over(i, sigma.derivative(u(i)) * w(i))

vanishes_for_small_weights = Claim(
    "If the weights are bounded by a number less than 4, the derivative tends to 0 as layers are added.",
    tends_to(weighted, 0, n=oo),
    given=(member(w(i), between(-r, r, closed="both")), less(r, 4)),
    source=sources.lecun_1998,
)
for_all_weights = Mistake(
    "Not for all weights: with the weight 4 and every pre-activation 0 each factor is 1.",
    of=vanishes_for_small_weights,
    answer=0,
    given=(),
)
bound_not_below_four = Mistake(
    "A bound of 5 does not do.",
    of=vanishes_for_small_weights,
    answer=0,
    given=(member(w(i), between(-r, r, closed="both")), less(r, 5)),
)

explodes = Claim(
    "With the weight 16 and every pre-activation 0 the derivative is 4^n.",
    equal(product_over(i, sigma.derivative(0) * 16), 4**n),
    source=sources.lecun_1998,
)
still_vanishes = Mistake("It does not become small.", of=explodes, answer=quarter**n)
