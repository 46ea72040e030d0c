"""The swish, z sigma(z): the argument, gated by its logistic function."""

from derivations import sources
from verify import Claim, Mistake, diff, equal, exp, scalar, sigma, swish

z = scalar("z")

derivative = Claim(
    "By the product rule, the derivative of the swish is swish + sigma (1 - swish).",
    equal(
        diff(swish(z), z),
        diff(z * sigma(z), z),
        sigma(z) + z * sigma.derivative(z),
        sigma(z) + z * sigma(z) * (1 - sigma(z)),
        z * sigma(z) + sigma(z) * (1 - z * sigma(z)),
        swish(z) + sigma(z) * (1 - swish(z)),
    ),
    source=sources.ramachandran_2017,
)
one_term_of_the_product_rule = Mistake(
    "The product rule has lost its first term.", of=derivative, answer=z * sigma(z) * (1 - sigma(z))
)
gate_held_constant = Mistake("The gate is held constant.", of=derivative, answer=sigma(z))
derivatives_multiplied = Mistake(
    "The derivatives of the factors are multiplied.", of=derivative, answer=sigma(z) * (1 - sigma(z))
)
logistic_form = Mistake("This is the form for the logistic function.", of=derivative, answer=swish(z) * (1 - swish(z)))

definition = Claim("It is the argument over 1 + e^-z.", equal(swish(z), z * sigma(z), z / (1 + exp(-z))))
argument_inside = Mistake("The argument is multiplied inside.", of=definition, answer=sigma(z * z))

difference_of_the_mirrored = Claim(
    "Its mirrored value is less by z.",
    equal(swish(z) - swish(-z), z * sigma(z) + z * sigma(-z), z * (sigma(z) + sigma(-z)), z),
)
taken_to_be_even = Mistake("The function is taken to be even.", of=difference_of_the_mirrored, answer=0)
mirrored_gate_forgotten = Mistake(
    "The mirrored gate is taken for the same.", of=difference_of_the_mirrored, answer=2 * swish(z)
)

with_a_slope = scalar(r"\beta")
derivative_with_a_slope = Claim(
    "With a slope beta in the gate, the slope is a factor of the second term.",
    equal(
        diff(z * sigma(with_a_slope * z), z),
        sigma(with_a_slope * z) + with_a_slope * z * sigma.derivative(with_a_slope * z),
        with_a_slope * z * sigma(with_a_slope * z)
        + sigma(with_a_slope * z) * (1 - with_a_slope * z * sigma(with_a_slope * z)),
    ),
    source=sources.ramachandran_2017,
)
slope_forgotten = Mistake(
    "The slope is forgotten as an inner derivative.",
    of=derivative_with_a_slope,
    answer=sigma(with_a_slope * z) + z * sigma.derivative(with_a_slope * z),
)
