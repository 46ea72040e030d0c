"""The hyperbolic tangent, tanh(x) = (e^x - e^-x) / (e^x + e^-x)."""

from derivations import sources
from verify import Claim, Mistake, equal, exp, scalar, sigma, tanh

x = scalar("x")

scaled_logistic = Claim(
    "The hyperbolic tangent is a logistic function, scaled and shifted.",
    equal(
        tanh(x),
        (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
        2 / (1 + exp(-2 * x)) - 1,
        2 * sigma(2 * x) - 1,
    ),
    source=sources.lecun_1998,
)
argument_not_doubled = Mistake("The argument is not doubled.", of=scaled_logistic, answer=2 * sigma(x) - 1)
value_not_doubled = Mistake("The value is not doubled.", of=scaled_logistic, answer=sigma(2 * x) - 1)
not_shifted = Mistake("The shift by one is missing.", of=scaled_logistic, answer=2 * sigma(2 * x))

derivative = Claim("The derivative is one minus the square.", equal(tanh.derivative(x), 1 - tanh(x) ** 2))
not_squared = Mistake("The square is missing.", of=derivative, answer=1 - tanh(x))
