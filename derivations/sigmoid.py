"""The logistic function, sigma(z) = 1 / (1 + e^-z)."""

from derivations import sources
from verify import Claim, Mistake, diff, equal, exp, scalar, sigma

z = scalar("z")

derivative = Claim(
    "The derivative of the logistic function is sigma(1 - sigma).",
    equal(
        diff(sigma(z), z),
        diff(1 / (1 + exp(-z)), z),
        -1 / (1 + exp(-z)) ** 2 * diff(1 + exp(-z), z),
        -1 / (1 + exp(-z)) ** 2 * -exp(-z),
        exp(-z) / (1 + exp(-z)) ** 2,
        (1 + exp(-z) - 1) / (1 + exp(-z)) ** 2,
        1 / (1 + exp(-z)) - 1 / (1 + exp(-z)) ** 2,
        1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z))),
        sigma(z) * (1 - sigma(z)),
    ),
    source=sources.lecun_1998,
)
sign_of_the_inner_derivative_lost = Mistake(
    "The inner derivative -e^-z has lost its sign.", of=derivative, answer=-exp(-z) / (1 + exp(-z)) ** 2
)
not_squared = Mistake("The denominator is not squared.", of=derivative, answer=exp(-z) / (1 + exp(-z)))
derivative_of_tanh = Mistake("This is the form for tanh.", of=derivative, answer=1 - sigma(z) ** 2)
plus_for_minus = Mistake("A plus for the minus.", of=derivative, answer=sigma(z) * (1 + sigma(z)))

derivative_by_the_square = Claim(
    "The same, expanded: sigma - sigma^2.", equal(sigma.derivative(z), sigma(z) - sigma(z) ** 2)
)
square_first = Mistake("The difference is turned round.", of=derivative_by_the_square, answer=sigma(z) ** 2 - sigma(z))
