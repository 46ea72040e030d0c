"""Layers of one unit, z_i = w_i a_{i-1} + b_i and a_i = sigma(z_i): all factors are numbers there, and commute."""

from derivations import sources
from verify import Claim, Mistake, definition, diff, dims, equal, family, index, product_over, recursion, scalar, sigma

(n,) = dims("n")
i = index("i", n)
x, w, b, u = scalar("x"), family("w"), family("b"), family("z")
z = definition("z", lambda i: w(i) * a(i - 1) + b(i))
a = recursion("a", x, lambda i: sigma(z(i)))

regrouped = Claim(
    "Slopes and weights may be multiplied apart.",
    equal(
        diff(a(n), x),
        product_over(i, sigma.derivative(z(i)) * w(i)),
        product_over(i, sigma.derivative(z(i))) * product_over(i, w(i)),
    ),
    source=sources.rumelhart_1986,
)
last_weight_only = Mistake(
    "The last weight stands for the product of all.",
    of=regrouped,
    answer=product_over(i, sigma.derivative(z(i))) * w(n),
)
slopes_forgotten = Mistake("The layers are treated as linear.", of=regrouped, answer=product_over(i, w(i)))

slopes_by_values = Claim(
    "Each slope is sigma (1 - sigma), at its own layer.",
    equal(product_over(i, sigma.derivative(u(i))), product_over(i, sigma(u(i)) * (1 - sigma(u(i))))),
    source=sources.lecun_1998,
)
argument_for_value = Mistake(
    "The argument stands for the value.", of=slopes_by_values, answer=product_over(i, u(i) * (1 - sigma(u(i))))
)
