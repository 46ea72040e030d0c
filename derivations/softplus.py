"""The softplus, log(1 + e^z): a smooth positive part, whose derivative is the logistic function."""

from derivations import sources
from verify import Claim, Mistake, diff, equal, exp, log, scalar, sigma, softplus

z = scalar("z")

derivative = Claim(
    "The derivative of the softplus is the logistic function.",
    equal(
        diff(softplus(z), z),
        1 / (1 + exp(z)) * diff(1 + exp(z), z),
        exp(z) / (1 + exp(z)),
        1 / (1 + exp(-z)),
        sigma(z),
    ),
    source=sources.dugas_2001,
)
inner_derivative_forgotten = Mistake("The inner derivative is forgotten.", of=derivative, answer=1 / (1 + exp(z)))
mirrored = Mistake("The argument has the wrong sign.", of=derivative, answer=sigma(-z))

second_derivative = Claim(
    "The second derivative is that of the logistic function.",
    equal(softplus.derivative(z, 2), sigma.derivative(z), sigma(z) * (1 - sigma(z))),
    source=sources.dugas_2001,
)
logistic_squared = Mistake("The logistic function is squared.", of=second_derivative, answer=sigma(z) ** 2)

of_the_logistic = Claim(
    "It is minus the logarithm of the mirrored logistic function.",
    equal(softplus(z), -log(1 / (1 + exp(z))), -log(sigma(-z)), -log(1 - sigma(z))),
    source=sources.goodfellow_2016,
)
not_mirrored = Mistake("The argument is not mirrored.", of=of_the_logistic, answer=-log(sigma(z)))
sign_lost = Mistake("The sign is lost.", of=of_the_logistic, answer=log(sigma(-z)))

difference_of_the_mirrored = Claim(
    "Its mirrored value is less by z.",
    equal(
        softplus(z) - softplus(-z),
        log((1 + exp(z)) / (1 + exp(-z))),
        log(exp(z)),
        z,
    ),
    source=sources.goodfellow_2016,
)
taken_to_be_even = Mistake("The function is taken to be even.", of=difference_of_the_mirrored, answer=0)
taken_to_be_odd = Mistake("The function is taken to be odd.", of=difference_of_the_mirrored, answer=2 * softplus(z))
